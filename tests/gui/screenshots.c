/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pictures of the window that software centres, README and the guide show, written by the
 * window itself: `tools/screenshots` runs this. */

#include "app/export-dialog.h"
#include "app/lesson-picture.h"
#include "app/pin-list.h"
#include "app/settings.h"
#include "experiment/examples.h"
#include "gui/gui.h"

/* What software centres ask for. */
#define WIDTH 1000
#define HEIGHT 700

static IscTrainingPage *
page_of (IscWindow *window)
{
  return isc_window_get_training_page (window);
}

static gboolean
is_over (gpointer window)
{
  return !isc_training_page_is_running (page_of (window));
}

static void
show_weights (IscWindow *window)
{
  gui_wait_for_fit (window);
}

static void
show_comparison (IscWindow *window)
{
  GtkWidget *pins = isc_weights_page_find (isc_window_get_weights_page (window), "pins");
  g_autoptr (GError) error = NULL;

  isc_document_edit (isc_window_get_document (window), "title", "Five schemes on one layer", NULL,
                     &error);
  g_assert_no_error (error);
  isc_pin_list_compare (ISC_PIN_LIST (pins), "classes");
  gui_wait_for_weights (window);
  gui_wait_for_fit (window);
}

static void
show_training (IscWindow *window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscExperiment) experiment = isc_example_load ("depth", &error);

  /* Not as the window opens an example: it would say so, over the table. */
  g_assert_no_error (error);
  isc_document_show (isc_window_get_document (window), g_steal_pointer (&experiment));
  gui_activate (window, "win.page", "training");
  isc_training_page_toggle (page_of (window));
  g_assert_true (gui_wait (is_over, window, 120000));
}

/* Whether every lesson's picture under @widget is drawn. */
static gboolean
has_pictures (gpointer widget)
{
  if (ISC_IS_LESSON_PICTURE (widget))
    return isc_lesson_picture_get_figure (widget) != NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (!has_pictures (child))
      return FALSE;
  return TRUE;
}

static void
show_examples (IscWindow *window)
{
  gui_activate (window, "win.page", "examples");
  g_assert_true (gui_wait (has_pictures, window, 120000));
}

static void
show_lesson (IscWindow *window)
{
  gui_activate (window, "win.lesson", "zeros");
  for (guint i = 0; i < 2; i++)
    g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.lesson-next", NULL));
  g_assert_true (gui_wait (is_over, window, 120000));
}

static void
show_export (IscWindow *window)
{
  gui_wait_for_fit (window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.export", NULL));
}

/* The window, or the dialog over it. */
static GtkWidget *
find_front (IscWindow *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link; link = link->next)
    if (ISC_IS_EXPORT_DIALOG (link->data))
      return link->data;
  return GTK_WIDGET (window);
}

/* THE list of pictures: metainfo names the first five. */
static const struct
{
  const char *name;
  void (*show) (IscWindow *window);
  AdwColorScheme scheme;
} pictures[] = {
  { "window-weights", show_weights, ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "window-comparison", show_comparison, ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "window-comparison-dark", show_comparison, ADW_COLOR_SCHEME_FORCE_DARK },
  { "window-training", show_training, ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "window-training-dark", show_training, ADW_COLOR_SCHEME_FORCE_DARK },
  { "window-examples", show_examples, ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "window-lesson", show_lesson, ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "window-export", show_export, ADW_COLOR_SCHEME_FORCE_LIGHT },
};

static void
photograph (const char *folder, guint index)
{
  g_autofree char *file = g_strconcat (pictures[index].name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GdkTexture) texture = NULL;
  IscWindow *window;
  GtkWidget *front;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), pictures[index].scheme);
  window = gui_open_window ();
  pictures[index].show (window);
  /* A field that is being edited would show its cursor. */
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  front = find_front (window);
  texture = gui_photograph (front);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  g_print ("%s, %d by %d\n", path, gdk_texture_get_width (texture),
           gdk_texture_get_height (texture));
  if (front != GTK_WIDGET (window))
    gtk_window_destroy (GTK_WINDOW (front));
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (GSettings) settings = NULL;

  g_assert_cmpint (argc, ==, 2);
  gui_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11", NULL);
  settings = isc_settings_new ();
  isc_settings_set (settings, "window-size", "(ii)", WIDTH, HEIGHT);
  isc_settings_set (settings, "page", "s", "weights");
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    photograph (argv[1], i);
  return 0;
}
