/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/plot-view.h"
#include "views/views.h"

G_BEGIN_DECLS

#define ISC_TYPE_TRAINING_FIGURE (isc_training_figure_get_type ())
G_DECLARE_FINAL_TYPE (IscTrainingFigure, isc_training_figure, ISC, TRAINING_FIGURE, GtkWidget)

/**
 * IscTrainingFigure:
 *
 * A figure of training and, in its corner, the choice of what it shows and how.  Its signal
 * "changed" says that the choice is another; whoever has the result then makes the figure.
 */

/** isc_training_figure_choose: @id: a view of results; @by_parameter: with a line a parameter */
void isc_training_figure_choose (IscTrainingFigure *self, const char *id, gboolean by_parameter);

/** isc_training_figure_set_look: @log_y: on a logarithmic axis, where the view has the choice;
 * @init: of which, where it shows one */
void isc_training_figure_set_look (IscTrainingFigure *self, gboolean log_y, guint init);

/** isc_training_figure_get_view: @options: (out): how it is looked at, in a window; Returns:
 * (transfer none): what is chosen */
const IscView *isc_training_figure_get_view (IscTrainingFigure *self, IscViewOptions *options);

/** isc_training_figure_show: @figure: (nullable): of what is chosen; where one was looked at
 * closely, the next of the same kind is too.  Returns: whether it is of another kind than the one
 * before */
gboolean isc_training_figure_show (IscTrainingFigure *self, IscFigure *figure);

/** isc_training_figure_set_runs: which runs and parameters there are to choose from */
void isc_training_figure_set_runs (IscTrainingFigure *self, IscExperiment *experiment);

/** isc_training_figure_set_result: @result: (nullable): how far the runs are, for the choice of a
 * step and of a parameter */
void isc_training_figure_set_result (IscTrainingFigure *self, IscResult *result);

/** isc_training_figure_get_plot: Returns: (transfer none): where the figure is shown */
IscPlotView *isc_training_figure_get_plot (IscTrainingFigure *self);

/** isc_training_figure_get_menu: Returns: (transfer none): the choice of what it shows and how */
GtkWidget *isc_training_figure_get_menu (IscTrainingFigure *self);

/** isc_training_figure_get_alone: Returns: (transfer none): the check button for having the figure
 * alone on its page, which is up to the page */
GtkWidget *isc_training_figure_get_alone (IscTrainingFigure *self);

G_END_DECLS
