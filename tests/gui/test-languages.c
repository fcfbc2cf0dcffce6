/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window in German, whose words are long and whose numbers have a comma, and from right to
 * left. */

#include <libintl.h>
#include <locale.h>

#include "gui/gui.h"
#include "plot/export.h"
#include "support/comma-locale.h"

static const char *const pages[] = { "weights", "training" };

/* Without a compositor the frame may take some of the width that is asked for. */
#define FRAME 16

static gboolean
never (gpointer data)
{
  return FALSE;
}

/* Also photographed to $ISC_TEST_PICTURES, if that is set. */
static void
photograph (IscWindow *window, const char *name, const char *page, int width)
{
  const char *folder = g_getenv ("ISC_TEST_PICTURES");
  g_autofree char *file = g_strdup_printf ("%s-%s-%d.png", name, page, width);
  g_autofree char *path = folder ? g_build_filename (folder, file, NULL) : NULL;
  g_autoptr (GdkTexture) texture = NULL;

  /* Whoever looks at it wants what moves to have arrived. */
  if (folder)
    gui_wait (never, NULL, 600);
  texture = gui_photograph (GTK_WIDGET (window));
  g_assert_cmpint (gdk_texture_get_width (texture), >=, width - FRAME);
  if (path)
    g_assert_true (gdk_texture_save_to_png (texture, path));
}

typedef struct
{
  IscWindow *window;
  int width;
} Size;

static gboolean
has_size (gpointer data)
{
  Size *size = data;
  int width = gtk_widget_get_width (GTK_WIDGET (size->window));

  return ABS (width - size->width) <= FRAME;
}

/* Nothing is cut off: the pages need no more than what they are given. */
static void
expect_room (const char *name)
{
  static const int widths[] = { 360, 1200 };
  IscWindow *window = gui_open_window ();
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));

  /* GTK 4.8 warns of an action bar that is revealed at once in the midst of an allocation. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      Size size = { window, widths[i] };

      gtk_window_set_default_size (GTK_WINDOW (window), widths[i], 780);
      g_assert_true (gui_wait (has_size, &size, 5000));
      for (guint j = 0; j < G_N_ELEMENTS (pages); j++)
        {
          int minimum, natural;

          gui_activate (window, "win.page", pages[j]);
          gui_wait_for_frame (content);
          gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                              NULL);
          g_assert_cmpint (minimum, <=, widths[i]);
          photograph (window, name, pages[j], widths[i]);
        }
    }
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gui_close_window (window);
}

/* Whether any label under @widget shows @text. */
static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static GBytes *
export_figure (IscWindow *window)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes
      = isc_export_to_bytes (isc_weights_page_get_figure (isc_window_get_weights_page (window)),
                             ISC_EXPORT_SVG, &isc_export_options_default, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
enter_german (void)
{
  g_setenv ("LANGUAGE", "de", TRUE);
  comma_locale_enter ();
}

static void
leave_german (void)
{
  comma_locale_leave ();
  g_unsetenv ("LANGUAGE");
}

/* What the window says is German, and what it makes is the same as ever. */
static void
test_german (void)
{
  IscWindow *window = gui_open_window ();
  g_autoptr (GBytes) english = export_figure (window);
  g_autoptr (GBytes) german = NULL;

  g_assert_true (shows (GTK_WIDGET (window), "Weights"));
  gui_close_window (window);

  enter_german ();
  window = gui_open_window ();
  g_assert_true (shows (GTK_WIDGET (window), "Gewichte"));
  g_assert_false (shows (GTK_WIDGET (window), "Weights"));
  /* A label of the catalog, and the name of a field. */
  g_assert_true (shows (GTK_WIDGET (window), "Kaiming normal"));
  g_assert_true (shows (GTK_WIDGET (window), "Startwert"));
  german = export_figure (window);
  g_assert_true (g_bytes_equal (english, german));
  gui_close_window (window);
  leave_german ();
}

static void
test_german_room (void)
{
  enter_german ();
  expect_room ("german");
  leave_german ();
}

static void
test_right_to_left (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  expect_room ("right-to-left");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("ISC_TEST_LOCALE"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_add_func ("/languages/german", test_german);
  g_test_add_func ("/languages/german-room", test_german_room);
  g_test_add_func ("/languages/right-to-left", test_right_to_left);
  return gui_run ();
}
