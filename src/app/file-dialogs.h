/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plot/export.h"

G_BEGIN_DECLS

/**
 * IscFileChosen:
 * @path: the file's path
 * @options: (nullable): how to export, from the export dialog only
 *
 * Called when a person has chosen a file; not called if they changed their mind.
 */
typedef void (*IscFileChosen) (const char *path, const IscExportOptions *options, gpointer data);

/** isc_dialog_open: @data, a GObject, is given to @chosen if it is still there by then */
void isc_dialog_open (GtkWindow *parent, IscFileChosen chosen, gpointer data);

/** isc_dialog_open_ending: @endings: (array zero-terminated): offers files whose names end so,
 * ".lua" */
void isc_dialog_open_ending (GtkWindow *parent,
                             const char *title,
                             const char *const *endings,
                             IscFileChosen chosen,
                             gpointer data);
void isc_dialog_save (GtkWindow *parent, const char *name, IscFileChosen chosen, gpointer data);

/** isc_dialog_save_weights: the name's ending chooses the format */
void
isc_dialog_save_weights (GtkWindow *parent, const char *name, IscFileChosen chosen, gpointer data);

/** isc_dialog_export: offers a theme and a size beside the name, whose ending chooses the format */
void isc_dialog_export (GtkWindow *parent, const char *name, IscFileChosen chosen, gpointer data);

G_END_DECLS
