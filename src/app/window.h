/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document.h"
#include "app/training-page.h"
#include "app/weights-page.h"

G_BEGIN_DECLS

#define ISC_TYPE_WINDOW (isc_window_get_type ())
G_DECLARE_FINAL_TYPE (IscWindow, isc_window, ISC, WINDOW, AdwApplicationWindow)

/** isc_window_new: a window on the built-in example */
IscWindow *isc_window_new (AdwApplication *application);

/** isc_window_open: opens a file in the window; what is wrong with it shows as a toast */
void isc_window_open (IscWindow *self, const char *path);

IscDocument *isc_window_get_document (IscWindow *self);
IscWeightsPage *isc_window_get_weights_page (IscWindow *self);
IscTrainingPage *isc_window_get_training_page (IscWindow *self);

/** isc_window_get_status: Returns: (transfer none): the last outcome in words, "Saved
 * article.initscope" */
const char *isc_window_get_status (IscWindow *self);

G_END_DECLS
