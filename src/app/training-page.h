/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document.h"
#include "app/training-figures.h"
#include "engine/result.h"

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

/** isc_training_page_get_figures: Returns: (transfer none): its two figures */
IscTrainingFigures *isc_training_page_get_figures (IscTrainingPage *self);

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

/** isc_training_page_find: Returns: (transfer none) (nullable): a control by its name: "transport",
 * "runs", "comparison", "figure-menu" */
GtkWidget *isc_training_page_find (IscTrainingPage *self, const char *name);

/** isc_training_page_reset: back to before the first step */
void isc_training_page_reset (IscTrainingPage *self);

G_END_DECLS
