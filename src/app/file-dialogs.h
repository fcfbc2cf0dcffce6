/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * IscFileChosen:
 * @path: the file's path
 *
 * Called when a person has chosen a file; not called if they changed their mind.
 */
typedef void (*IscFileChosen) (const char *path, gpointer data);

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

/** isc_dialog_save_figure: @ending: "svg": what a name that ends as no figure does is given */
void isc_dialog_save_figure (
    GtkWindow *parent, const char *name, const char *ending, IscFileChosen chosen, gpointer data);

void isc_dialog_choose_folder (GtkWindow *parent,
                               const char *title,
                               IscFileChosen chosen,
                               gpointer data);

/**
 * isc_dialog_ask:
 * @verb: the response that does something which can't be undone
 * @label: its button; the other one is "Cancel"
 * @answered: handler of AdwMessageDialog's signal "response"
 *
 * Asks before something is lost.
 */
void isc_dialog_ask (GtkWindow *parent,
                     const char *heading,
                     const char *body,
                     const char *verb,
                     const char *label,
                     GCallback answered,
                     gpointer data);

G_END_DECLS
