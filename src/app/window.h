/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document.h"
#include "app/training-page.h"
#include "app/weights-page.h"

G_BEGIN_DECLS

#define ISC_TYPE_WINDOW (isc_window_get_type ())
G_DECLARE_FINAL_TYPE (IscWindow, isc_window, ISC, WINDOW, AdwApplicationWindow)

/**
 * IscVerb:
 * @entry: the verb as an action, which is given the window
 * @accelerators: (array zero-terminated): its keys
 *
 * What a person can do in a window.  Verbs are actions of the window, so that menus show their keys
 * and scripts reach them over the session bus.
 */
typedef struct
{
  GActionEntry entry;
  const char *accelerators[2];
} IscVerb;

/** isc_window_new: a window on the built-in example */
IscWindow *isc_window_new (AdwApplication *application);

/** isc_window_recover: shows @experiment, which belongs to the file at @path (nullable) and was not
 * saved; Returns: whether it is kept for recovery again */
gboolean isc_window_recover (IscWindow *self, IscExperiment *experiment, const char *path);

/** isc_window_add_verbs: @list: (array length=n): a table that lives forever */
void isc_window_add_verbs (IscWindow *self, const IscVerb *list, guint n);

/** isc_window_say: shows an outcome as a toast; it is the window's status then */
void isc_window_say (IscWindow *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** isc_window_find: Returns: (transfer none) (nullable): a part of the window by its name in
 * ui/window.ui: "lesson", "overlay", "title" */
GtkWidget *isc_window_find (IscWindow *self, const char *name);
/** isc_window_say_error: the same of what went wrong, in words that can be copied */
void isc_window_say_error (IscWindow *self, const GError *error);

/** isc_window_offer_undo: the same of what was a step of undo, which the toast offers to take back
 */
void isc_window_offer_undo (IscWindow *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** isc_window_offer_show: the same of a file or folder that was written, which the toast offers to
 * show in the file manager */
void isc_window_offer_show (IscWindow *self, const char *path, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** isc_window_dup_name: Returns: (transfer full): what the experiment is called, without a folder
 */
char *isc_window_dup_name (IscWindow *self);

/** isc_window_is_fresh: Returns: whether nobody has done anything in it yet */
gboolean isc_window_is_fresh (IscWindow *self);

IscDocument *isc_window_get_document (IscWindow *self);
IscWeightsPage *isc_window_get_weights_page (IscWindow *self);
IscTrainingPage *isc_window_get_training_page (IscWindow *self);

/** isc_window_focus_page: gives the keys to the page in front, its figure if it has one */
void isc_window_focus_page (IscWindow *self);

/** isc_window_toggle_sidebar: shows or hides the sidebar, where the page has one */
void isc_window_toggle_sidebar (IscWindow *self);

/** isc_window_get_page: Returns: (transfer none): the name of the page in front */
const char *isc_window_get_page (IscWindow *self);

/** isc_window_shows_training: Returns: whether the Training page is in front */
gboolean isc_window_shows_training (IscWindow *self);

/** isc_window_get_status: Returns: (transfer none): the last outcome in words, "Saved
 * article.initscope" */
const char *isc_window_get_status (IscWindow *self);

G_END_DECLS
