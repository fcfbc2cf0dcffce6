/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/** isc_open_find: Returns: (transfer none) (nullable): the window of @application that has the file
 * at @path open */
IscWindow *isc_open_find (GtkApplication *application, const char *path);

/**
 * isc_open:
 * @window: where it was asked for
 * @path: a file
 *
 * Opens whatever the file is: an experiment, or a figure with one inside, becomes the document of
 * @window, or of a window of its own if there is unsaved work in this one; if it is open already,
 * that window comes to the front.  Weights are shown on the Weights page, and data become the
 * experiment's, as one step of undo.  The outcome, or what is wrong, is said in a toast.
 */
void isc_open (IscWindow *window, const char *path);

/** isc_open_files: @files: (element-type GFile): opens what was dropped, experiments in a window
 * each; Returns: whether there was any file */
gboolean isc_open_files (IscWindow *window, GSList *files);

G_END_DECLS
