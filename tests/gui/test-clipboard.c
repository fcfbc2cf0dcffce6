/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Figures and their data on the clipboard, read back as another program would. */

#include "app/field-row.h"
#include "gui/gui.h"
#include "plot/export.h"

typedef struct
{
  GBytes *bytes;
  GError *error;
  gboolean done;
} Answer;

static void
spliced_cb (GObject *stream, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (stream), result, &answer->error) >= 0)
    answer->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  answer->done = TRUE;
}

static void
opened_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) stream
      = gdk_clipboard_read_finish (GDK_CLIPBOARD (clipboard), result, NULL, &answer->error);

  if (stream)
    g_output_stream_splice_async (memory, stream,
                                  G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE
                                      | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                  G_PRIORITY_DEFAULT, NULL, spliced_cb, answer);
  else
    answer->done = TRUE;
}

static gboolean
is_done (gpointer answer)
{
  return ((Answer *)answer)->done;
}

/* What a program gets that asks for @type. */
static GBytes *
paste (IscWindow *window, const char *type)
{
  const char *types[] = { type, NULL };
  Answer answer = { 0 };

  gdk_clipboard_read_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), types,
                            G_PRIORITY_DEFAULT, NULL, opened_cb, &answer);
  g_assert_true (gui_wait (is_done, &answer, 5000));
  g_assert_no_error (answer.error);
  return answer.bytes;
}

static void
assert_pasted (IscWindow *window, const char *type, IscFigure *figure, IscExportFormat format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) expected = isc_export_to_bytes (figure, format, NULL, &error);
  g_autoptr (GBytes) pasted = paste (window, type);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (pasted, expected));
}

static void
texture_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GdkTexture) texture
      = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (clipboard), result, &answer->error);

  if (texture)
    {
      g_assert_cmpint (gdk_texture_get_width (texture), ==, 1200);
      g_assert_cmpint (gdk_texture_get_height (texture), ==, 800);
    }
  answer->done = TRUE;
}

static void
test_image (void)
{
  IscWindow *window = gui_open_window ();
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  IscFigure *figure = isc_weights_page_get_figure (isc_window_get_weights_page (window));
  Answer answer = { 0 };

  gui_activate (window, "win.copy-image", NULL);
  g_assert_cmpstr (isc_window_get_status (window), ==, "Copied the figure as PNG and SVG");
  assert_pasted (window, "image/png", figure, ISC_EXPORT_PNG);
  assert_pasted (window, "image/svg+xml", figure, ISC_EXPORT_SVG);
  gdk_clipboard_read_texture_async (clipboard, NULL, texture_cb, &answer);
  g_assert_true (gui_wait (is_done, &answer, 5000));
  g_assert_no_error (answer.error);
  gui_close_window (window);
}

static void
test_data (void)
{
  IscWindow *window = gui_open_window ();
  IscFigure *figure = isc_weights_page_get_figure (isc_window_get_weights_page (window));

  gui_activate (window, "win.copy-data", NULL);
  g_assert_true (g_str_has_suffix (isc_window_get_status (window), " rows of data as CSV"));
  assert_pasted (window, "text/csv", figure, ISC_EXPORT_CSV);
  assert_pasted (window, "text/plain;charset=utf-8", figure, ISC_EXPORT_CSV);
  gui_close_window (window);
}

static void
try_shape (IscWindow *window, const char *shape)
{
  GtkWidget *row = isc_weights_page_find (isc_window_get_weights_page (window), "shape");

  isc_field_row_try (ISC_FIELD_ROW (row), shape);
}

/* What can't be copied leaves the clipboard alone. */
static void
test_refused (void)
{
  IscWindow *window = gui_open_window ();
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  const char *const actions[] = { "win.copy-image", "win.copy-data" };
  g_autoptr (GBytes) before = g_bytes_new_static ("before", strlen ("before"));
  g_autoptr (GBytes) pasted = NULL;

  gdk_clipboard_set_text (clipboard, "before");
  try_shape (window, "600x500");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gui_activate (window, actions[i], NULL);
      g_assert_cmpstr (isc_window_get_status (window), ==,
                       "There is no finished figure to copy yet");
    }
  gui_wait_for_weights (window);
  isc_weights_page_choose_view (isc_window_get_weights_page (window), "heatmap");
  gui_wait_for_weights (window);
  gui_activate (window, "win.copy-data", NULL);
  g_assert_cmpstr (isc_window_get_status (window), ==,
                   "300,000 rows of data are too many to copy: export them as CSV");
  pasted = paste (window, "text/plain;charset=utf-8");
  g_assert_true (g_bytes_equal (pasted, before));
  gui_close_window (window);
}

/* Whether every run has made its step and no other is to come. */
static gboolean
has_stepped (gpointer window)
{
  IscTrainingPage *page = isc_window_get_training_page (window);
  IscResult *result = isc_training_page_get_result (page);
  guint n = result ? isc_result_get_n_runs (result) : 0;

  for (guint i = 0; i < n; i++)
    if (isc_result_get_run (result, i)->n_steps < 1)
      return FALSE;
  return n > 0 && !isc_training_page_is_running (page);
}

static void
test_training (void)
{
  IscWindow *window = gui_open_window ();
  IscTrainingPage *page = isc_window_get_training_page (window);

  gui_activate (window, "win.page", "training");
  isc_training_page_step (page);
  g_assert_true (gui_wait (has_stepped, window, 60000));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (IscFigure) figure
          = isc_training_figures_make (isc_training_page_get_figures (page), i);

      gui_activate (window, i == 0 ? "win.copy-data" : "win.copy-lower-data", NULL);
      assert_pasted (window, "text/csv", figure, ISC_EXPORT_CSV);
      gui_activate (window, i == 0 ? "win.copy-image" : "win.copy-lower-image", NULL);
      assert_pasted (window, "image/svg+xml", figure, ISC_EXPORT_SVG);
    }
  gui_close_window (window);
}

int
main (int argc, char *argv[])
{
  gui_init (&argc, &argv);
  g_test_add_func ("/clipboard/image", test_image);
  g_test_add_func ("/clipboard/data", test_data);
  g_test_add_func ("/clipboard/refused", test_refused);
  g_test_add_func ("/clipboard/training", test_training);
  return gui_run ();
}
