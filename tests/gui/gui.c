/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gui/gui.h"

#include <glib/gstdio.h>

#include "base/runtime.h"

static IscApplication *application;
static char *folder;

static gboolean
late_cb (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_REMOVE;
}

static void
count_cb (GdkFrameClock *clock, gpointer count)
{
  (*(int *)count)++;
}

static gboolean
is_counted (gpointer count)
{
  return *(int *)count > 0;
}

static gboolean
is_null (gpointer pointer)
{
  return *(gpointer *)pointer == NULL;
}

static gboolean
has_figure (gpointer window)
{
  return isc_weights_page_get_figure (isc_window_get_weights_page (window)) != NULL;
}

static gboolean
is_fitted (gpointer window)
{
  g_autofree char *text = isc_weights_page_get_statistics (isc_window_get_weights_page (window));

  return strstr (text, "KS D\tnan\n") == NULL;
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

void
gui_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  isc_runtime_init ();
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  folder = g_dir_make_tmp ("initscope-gui-XXXXXX", &error);
  g_assert_no_error (error);
  application = isc_application_new (G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

int
gui_run (void)
{
  int status = g_test_run ();

  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (application)));
  g_clear_object (&application);
  remove_folder ();
  return status;
}

IscApplication *
gui_application (void)
{
  return application;
}

gboolean
gui_wait (GuiCondition condition, gpointer data, guint ms)
{
  gboolean late = FALSE;
  guint id = g_timeout_add (ms, late_cb, &late);

  while (!condition (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (id);
  return !late;
}

IscWindow *
gui_open_window (void)
{
  IscWindow *window = isc_window_new (ADW_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  gui_wait_for_weights (window);
  gui_wait_for_frame (GTK_WIDGET (window));
  return window;
}

void
gui_close_window (IscWindow *window)
{
  IscWindow *alive = window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&alive);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_true (gui_wait (is_null, &alive, 10000));
}

void
gui_wait_for_weights (IscWindow *window)
{
  g_assert_true (gui_wait (has_figure, window, 5000));
}

void
gui_wait_for_fit (IscWindow *window)
{
  g_assert_true (gui_wait (is_fitted, window, 10000));
}

void
gui_wait_for_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  int n = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (count_cb), &n);

  gtk_widget_queue_draw (widget);
  g_assert_true (gui_wait (is_counted, &n, 5000));
  g_signal_handler_disconnect (clock, id);
}

GtkWidget *
gui_find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gui_find (child, type);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer window)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) each = g_list_model_get_item (all, i);

      if (gtk_window_get_transient_for (each) == window
          && gtk_widget_get_mapped (GTK_WIDGET (each)))
        return TRUE;
    }
  return FALSE;
}

GtkWidget *
gui_dialog_of (IscWindow *window)
{
  GListModel *all = gtk_window_get_toplevels ();

  g_assert_true (gui_wait (has_dialog, window, 5000));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) each = g_list_model_get_item (all, i);

      if (gtk_window_get_transient_for (each) == GTK_WINDOW (window))
        return GTK_WIDGET (each);
    }
  g_assert_not_reached ();
}

void
gui_answer (IscWindow *window, const char *response)
{
  g_autoptr (GtkWidget) dialog = g_object_ref (gui_dialog_of (window));

  /* A button does both. */
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

gboolean
gui_drop (IscWindow *window, const char *const *paths)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  g_auto (GValue) value = G_VALUE_INIT;
  GSList *files = NULL;
  gboolean taken = FALSE;

  for (guint i = 0; paths[i]; i++)
    files = g_slist_append (files, g_file_new_for_path (paths[i]));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &taken);
    }
  g_slist_free_full (files, g_object_unref);
  return taken;
}

guint
gui_n_windows (void)
{
  guint n = 0;

  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (application)); at; at = at->next)
    n += ISC_IS_WINDOW (at->data);
  return n;
}

void
gui_activate (IscWindow *window, const char *action, const char *text)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, text ? "s" : NULL, text));
}

GdkTexture *
gui_photograph (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  int width, height;

  /* A paintable made before any frame is empty. */
  gui_wait_for_frame (widget);
  paintable = gtk_widget_paintable_new (widget);
  width = gdk_paintable_get_intrinsic_width (paintable);
  height = gdk_paintable_get_intrinsic_height (paintable);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  return gsk_renderer_render_texture (renderer, node,
                                      &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
}

GuiPixels
gui_look (GtkWidget *widget)
{
  g_autoptr (GdkTexture) texture = gui_photograph (widget);
  gsize n = (gsize)gdk_texture_get_width (texture) * (gsize)gdk_texture_get_height (texture);
  g_autoptr (GHashTable) colors = g_hash_table_new (NULL, NULL);
  g_autofree guint32 *pixels = g_new (guint32, n);
  GuiPixels look = { 0 };
  gsize sum = 0;

  gdk_texture_download (texture, (guchar *)pixels,
                        (gsize)gdk_texture_get_width (texture) * sizeof *pixels);
  for (gsize i = 0; i < n; i++)
    {
      g_hash_table_add (colors, GUINT_TO_POINTER (pixels[i]));
      sum += (pixels[i] & 0xff) + (pixels[i] >> 8 & 0xff) + (pixels[i] >> 16 & 0xff);
    }
  look.brightness = (double)sum / (3.0 * (double)n);
  look.n_colors = g_hash_table_size (colors);
  return look;
}

char *
gui_temporary_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

void
gui_assert_file (const char *path, GBytes *expected)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, expected));
}
