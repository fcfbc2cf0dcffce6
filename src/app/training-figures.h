/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/plot-view.h"
#include "app/training-job.h"
#include "engine/result.h"
#include "views/views.h"

G_BEGIN_DECLS

#define ISC_TYPE_TRAINING_FIGURES (isc_training_figures_get_type ())
G_DECLARE_FINAL_TYPE (IscTrainingFigures, isc_training_figures, ISC, TRAINING_FIGURES, GtkBox)

/**
 * IscTrainingFigures:
 *
 * Training's two figures, 0 the upper and 1 the lower, which a person may have alone and whose
 * steps go together.  Its signal "changed" says that another view is chosen.
 */

/** isc_training_figures_set_runs: which runs and parameters there are to choose from */
void isc_training_figures_set_runs (IscTrainingFigures *self, IscExperiment *experiment);

/** isc_training_figures_show: @result: how far the runs are, which is referenced; @figures: (array
 * fixed-size=2): of the chosen views */
void
isc_training_figures_show (IscTrainingFigures *self, IscResult *result, IscFigure *const *figures);

/** isc_training_figures_draw: makes the figures here, of the result there is */
void isc_training_figures_draw (IscTrainingFigures *self);

/** isc_training_figures_say: @words: what stands where there is no result from now on */
void isc_training_figures_say (IscTrainingFigures *self, const char *words);

/** isc_training_figures_get_views: @views: (array fixed-size=2) (out caller-allocates): what is
 * chosen; @options: (array fixed-size=2) (out caller-allocates): how it is looked at here */
void isc_training_figures_get_views (IscTrainingFigures *self,
                                     const IscView **views,
                                     IscViewOptions *options);

/** isc_training_figures_choose: @view: what figure @index shows; @log_y: on a logarithmic axis;
 * @by_parameter: a line a parameter; @init: of which, where a figure shows one */
void isc_training_figures_choose (IscTrainingFigures *self,
                                  guint index,
                                  const IscView *view,
                                  gboolean log_y,
                                  gboolean by_parameter,
                                  guint init);

/** isc_training_figures_get_view: Returns: (transfer none): what figure @index shows */
const IscView *isc_training_figures_get_view (IscTrainingFigures *self, guint index);

/** isc_training_figures_get_options: Returns: how it is looked at when it is exported */
IscViewOptions isc_training_figures_get_options (IscTrainingFigures *self, guint index);

/** isc_training_figures_make: Returns: (transfer full) (nullable): figure @index as it is exported,
 * with the experiment's title and a caption; %NULL before the first step */
IscFigure *isc_training_figures_make (IscTrainingFigures *self, guint index);

/** isc_training_figures_get_plot: Returns: (transfer none): where figure @index is shown */
IscPlotView *isc_training_figures_get_plot (IscTrainingFigures *self, guint index);

/** isc_training_figures_get_menu: Returns: (transfer none): the upper one's choice of what it shows
 * and how */
GtkWidget *isc_training_figures_get_menu (IscTrainingFigures *self);

/** isc_training_figures_shows: Returns: whether figure @index is to be seen: one may be alone */
gboolean isc_training_figures_shows (IscTrainingFigures *self, guint index);

/** isc_training_figures_set_lower_shown: whether the lower figure is there, or the upper one alone
 */
void isc_training_figures_set_lower_shown (IscTrainingFigures *self, gboolean shown);

/** isc_training_figures_set_linked: whether both show the same steps, as they do at first */
void isc_training_figures_set_linked (IscTrainingFigures *self, gboolean linked);
gboolean isc_training_figures_get_linked (IscTrainingFigures *self);

G_END_DECLS
