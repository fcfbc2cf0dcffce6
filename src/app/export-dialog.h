/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/export-choice.h"

G_BEGIN_DECLS

#define ISC_TYPE_EXPORT_DIALOG (isc_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (IscExportDialog, isc_export_dialog, ISC, EXPORT_DIALOG, AdwWindow)

/**
 * IscExportDialog:
 *
 * Asks how a figure is exported, shows what that looks like, asks where to, and writes the file.
 * Begins with what was chosen the last time.  Its action "dialog.export-to" (s) is the answer to
 * where to.
 *
 * Signal "exported" (path): the file is written, and the dialog goes.
 */

/**
 * isc_export_dialog_new:
 * @parent: the window whose figure it is
 * @figure: what to export; it is referenced
 * @viewport: (nullable): how a person looks at it
 * @name: the proposed name of the file, without an ending
 */
IscExportDialog *isc_export_dialog_new (GtkWindow *parent,
                                        IscFigure *figure,
                                        IscViewport *viewport,
                                        const char *name);

/** isc_export_dialog_find: Returns: (transfer none): a control by its name: "kind", "preset",
 * "width", "height", "unit", "dpi", "theme", "transparent", "text", "facts", "preview" */
GtkWidget *isc_export_dialog_find (IscExportDialog *self, const char *name);

/** isc_export_dialog_get_choice: Returns: (transfer none): what is chosen now */
const IscExportChoice *isc_export_dialog_get_choice (IscExportDialog *self);

/** isc_export_dialog_dup_file_name: Returns: (transfer full): the name that is proposed now */
char *isc_export_dialog_dup_file_name (IscExportDialog *self);

G_END_DECLS
