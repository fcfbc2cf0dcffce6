/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/application.h"
#include "app/window.h"

/* What tests of the window share.  They drive the real window on the thread that draws it: nothing
 * sleeps, everything waits for what it needs while the main loop runs. */

/** gui_init: starts GTK and the application; call it first in main() */
void gui_init (int *argc, char ***argv);

/** gui_run: runs the tests; Returns: main()'s status */
int gui_run (void);

/** gui_application: Returns: (transfer none): the application of this process */
IscApplication *gui_application (void);

typedef gboolean (*GuiCondition) (gpointer data);

/**
 * gui_wait:
 * @condition: what to wait for
 * @ms: for how long at most
 *
 * Runs the main loop until @condition holds.
 *
 * Returns: whether it held in time
 */
gboolean gui_wait (GuiCondition condition, gpointer data, guint ms);

/** gui_open_window: Returns: a window on the first example, shown and with its weights drawn */
IscWindow *gui_open_window (void);

/** gui_close_window: destroys @window and fails if anything still holds it */
void gui_close_window (IscWindow *window);

/** gui_wait_for_weights: waits for the figure of the window's present experiment */
void gui_wait_for_weights (IscWindow *window);

/** gui_wait_for_fit: waits for the test of fit of weights that have a law */
void gui_wait_for_fit (IscWindow *window);

/** gui_wait_for_frame: waits until @widget was drawn once more */
void gui_wait_for_frame (GtkWidget *widget);

/** gui_find: Returns: (transfer none) (nullable): the first descendant of @widget with that type */
GtkWidget *gui_find (GtkWidget *widget, GType type);

/** gui_dialog_of: Returns: (transfer none): the window that stands before @window, waited for */
GtkWidget *gui_dialog_of (IscWindow *window);

/** gui_answer: presses a button of the message dialog before @window, waited for */
void gui_answer (IscWindow *window, const char *response);

/** gui_drop: @paths: (array zero-terminated): drops files on @window; Returns: whether they were
 * taken */
gboolean gui_drop (IscWindow *window, const char *const *paths);

/** gui_n_windows: Returns: how many windows with an experiment there are */
guint gui_n_windows (void);

/** gui_activate: activates an action of the window's with a text */
void gui_activate (IscWindow *window, const char *action, const char *text);

/** gui_photograph: Returns: (transfer full): @widget as it is drawn now */
GdkTexture *gui_photograph (GtkWidget *widget);

/**
 * GuiPixels:
 * @brightness: mean of all channels, 0..255
 * @n_colors: how many different colours there are
 */
typedef struct
{
  double brightness;
  guint n_colors;
} GuiPixels;

/** gui_look: Returns: what @widget looks like now */
GuiPixels gui_look (GtkWidget *widget);

/** gui_temporary_path: Returns: (transfer full): a path in a folder that is removed at the end */
char *gui_temporary_path (const char *name);

/** gui_assert_file: fails unless the file holds just @expected */
void gui_assert_file (const char *path, GBytes *expected);
