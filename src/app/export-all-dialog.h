/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/export-all.h"

G_BEGIN_DECLS

#define ISC_TYPE_EXPORT_ALL_DIALOG (isc_export_all_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IscExportAllDialog, isc_export_all_dialog, ISC, EXPORT_ALL_DIALOG, AdwWindow)

/**
 * IscExportAllDialog:
 *
 * Asks which figures of a window are exported and how, asks for a folder, and says how far it is;
 * what has come of it says the window.  Its action "dialog.export-to" (s) is the answer to which
 * folder.
 */

/** isc_export_all_dialog_new: @window: whose figures */
IscExportAllDialog *isc_export_all_dialog_new (IscWindow *window);

/** isc_export_all_dialog_find: Returns: (transfer none): a control by its name: "pages", "kind",
 * "theme", "data", "facts", "progress" */
GtkWidget *isc_export_all_dialog_find (IscExportAllDialog *self, const char *name);

/** isc_export_all_say: says in @window what has come of an export into @folder */
void isc_export_all_say (IscWindow *window,
                         const char *folder,
                         const IscExportReport *report,
                         const GError *error);

G_END_DECLS
