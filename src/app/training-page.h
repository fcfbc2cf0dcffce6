/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document.h"
#include "app/plot-view.h"
#include "engine/result.h"
#include "plot/figure.h"
#include "views/views.h"

G_BEGIN_DECLS

#define ISC_TYPE_TRAINING_PAGE (isc_training_page_get_type ())
G_DECLARE_FINAL_TYPE (IscTrainingPage, isc_training_page, ISC, TRAINING_PAGE, AdwBin)

/**
 * IscTrainingPage:
 *
 * The document's network trained under every scheme: the controls that edit it, the loss over the
 * gradient norms, the transport, and a row a run.
 */
void isc_training_page_set_document (IscTrainingPage *self, IscDocument *document);

/** isc_training_page_make_figure: @index: 0 the upper, 1 the lower; Returns: (transfer full)
 * (nullable): the figure as it is exported, with the experiment's title and a caption; %NULL before
 * the first step */
IscFigure *isc_training_page_make_figure (IscTrainingPage *self, guint index);

/** isc_training_page_get_view: @index: 0 the upper, 1 the lower; Returns: (transfer none): what it
 * shows */
const IscView *isc_training_page_get_view (IscTrainingPage *self, guint index);

/** isc_training_page_get_options: @index: likewise; Returns: how it is looked at when it is
 * exported
 */
IscViewOptions isc_training_page_get_options (IscTrainingPage *self, guint index);

/** isc_training_page_shows: @index: 0 the upper, 1 the lower; Returns: whether that figure is to be
 * seen: one may be alone on the page */
gboolean isc_training_page_shows (IscTrainingPage *self, guint index);

AdwFlap *isc_training_page_get_flap (IscTrainingPage *self);

/** isc_training_page_get_result: Returns: (transfer none) (nullable): how far the runs are */
IscResult *isc_training_page_get_result (IscTrainingPage *self);

/** isc_training_page_is_running: Returns: whether it trains */
gboolean isc_training_page_is_running (IscTrainingPage *self);

/** isc_training_page_toggle: play or pause */
void isc_training_page_toggle (IscTrainingPage *self);

/** isc_training_page_step: one step of every run */
void isc_training_page_step (IscTrainingPage *self);

/** isc_training_page_seek: @step: steps made; runs that are past it go back, or those behind go on
 * to it, and it stops there */
void isc_training_page_seek (IscTrainingPage *self, gsize step);

/** isc_training_page_train_to: @step: steps made, G_MAXSIZE for the end: goes there from wherever
 * it is */
void isc_training_page_train_to (IscTrainingPage *self, gsize step);

/** isc_training_page_choose_view: @index: 0 the upper figure, 1 the lower; @view: what it shows;
 * @log_y: on a logarithmic axis; @by_parameter: a line a parameter; @init: of which, where a figure
 * shows one */
void isc_training_page_choose_view (IscTrainingPage *self,
                                    guint index,
                                    const IscView *view,
                                    gboolean log_y,
                                    gboolean by_parameter,
                                    guint init);

/** isc_training_page_set_lower_shown: whether the lower figure is there, or the upper one alone */
void isc_training_page_set_lower_shown (IscTrainingPage *self, gboolean shown);

/** isc_training_page_get_plot: @index: 0 the upper, 1 the lower; Returns: (transfer none): where
 * the figure is shown */
IscPlotView *isc_training_page_get_plot (IscTrainingPage *self, guint index);

/** isc_training_page_find: Returns: (transfer none) (nullable): a control by its name: "transport",
 * "runs", "comparison", "figure-menu" */
GtkWidget *isc_training_page_find (IscTrainingPage *self, const char *name);

/** isc_training_page_reset: back to before the first step */
void isc_training_page_reset (IscTrainingPage *self);

G_END_DECLS
