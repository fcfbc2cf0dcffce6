/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the Weights page offers besides one histogram: comparisons, other figures, what can be taken
 * away. */

#include "app/call-group.h"
#include "app/pin-list.h"
#include "app/series-dot.h"
#include "engine/weights.h"
#include "experiment/code.h"
#include "formats/weights-file.h"
#include "gui/gui.h"
#include "views/views.h"

static IscExperiment *
experiment_of (IscWindow *window)
{
  return isc_document_get_experiment (isc_window_get_document (window));
}

static GtkWidget *
control (IscWindow *window, const char *name)
{
  GtkWidget *widget = isc_weights_page_find (isc_window_get_weights_page (window), name);

  g_assert_nonnull (widget);
  return widget;
}

static void
assert_pin (IscWindow *window, guint index, const char *init, guint color)
{
  IscCall *call = isc_experiment_get_pin_init (experiment_of (window), index);
  g_autofree char *text = call ? isc_call_to_text (call) : NULL;

  g_assert_cmpstr (text, ==, init);
  g_assert_cmpuint (isc_experiment_get_pin_color (experiment_of (window), index), ==, color);
}

/* A pin takes the colour its scheme had; the next scheme gets a free one. */
static void
test_pins (void)
{
  IscWindow *window = gui_open_window ();
  IscPinList *pins = ISC_PIN_LIST (control (window, "pins"));
  IscCallGroup *scheme = ISC_CALL_GROUP (control (window, "scheme"));

  isc_call_group_choose (scheme, "xavier_uniform_");
  isc_pin_list_pin (pins);
  assert_pin (window, 0, "xavier_uniform_()", 0);
  g_assert_cmpuint (isc_experiment_get_weights_color (experiment_of (window)), ==, 1);

  isc_call_group_choose (scheme, NULL);
  isc_pin_list_pin (pins);
  assert_pin (window, 1, NULL, 1);
  isc_call_group_choose (scheme, "zeros_");
  g_assert_cmpuint (isc_experiment_get_weights_color (experiment_of (window)), ==, 2);
  gui_wait_for_weights (window);
  g_assert_nonnull (gui_find (GTK_WIDGET (pins), ISC_TYPE_SERIES_DOT));

  isc_pin_list_remove (pins, 0);
  g_assert_cmpuint (isc_experiment_get_n_pins (experiment_of (window)), ==, 1);
  assert_pin (window, 0, NULL, 1);
  isc_pin_list_pin (pins);
  assert_pin (window, 1, "zeros_()", 2);
  g_assert_cmpuint (isc_experiment_get_weights_color (experiment_of (window)), ==, 0);

  /* Pinning is one step of undo. */
  isc_document_undo (isc_window_get_document (window));
  g_assert_cmpuint (isc_experiment_get_n_pins (experiment_of (window)), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (pins), "pins.clear", NULL);
  g_assert_cmpuint (isc_experiment_get_n_pins (experiment_of (window)), ==, 0);
  gui_wait_for_weights (window);
  gui_close_window (window);
}

/* Every view of weights draws what is shown, alone and compared. */
static void
test_views (void)
{
  IscWindow *window = gui_open_window ();
  IscWeightsPage *page = isc_window_get_weights_page (window);
  guint n;
  const IscView *const *views = isc_views_get (&n);

  for (guint compared = 0; compared < 2; compared++)
    {
      if (compared)
        isc_pin_list_compare (ISC_PIN_LIST (control (window, "pins")), "classes");
      for (guint i = 0; i < n; i++)
        {
          if (!views[i]->of_weights && !views[i]->of_defaults)
            continue;
          isc_weights_page_choose_view (page, views[i]->id);
          gui_wait_for_weights (window);
          g_assert_cmpuint (isc_figure_get_n_panels (isc_weights_page_get_figure (page)), >, 0);
          g_assert_nonnull (isc_figure_get_summary (isc_weights_page_get_figure (page)));
        }
    }
  gui_close_window (window);
}

/* An expression is judged as one types, beside its field. */
static void
test_expression (void)
{
  IscWindow *window = gui_open_window ();
  IscCallGroup *scheme = ISC_CALL_GROUP (control (window, "scheme"));
  GtkWidget *row;
  GtkWidget *entry;

  isc_call_group_choose (scheme, "custom");
  row = isc_call_group_find_row (scheme, "expression");
  entry = gui_find (row, GTK_TYPE_ENTRY);
  g_assert_false (gtk_widget_has_css_class (row, "error"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "randn() * sqrt(2 / fan_i");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "column"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "os.execute('ls')");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "os"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "randn() * sqrt(2 / fan_in)");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  gui_wait_for_weights (window);
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  gui_close_window (window);
}

static gboolean
is_fitted (gpointer page)
{
  g_autofree char *text = isc_weights_page_get_statistics (page);

  return strstr (text, "KS D\tnan\n") == NULL;
}

/* The test of fit arrives after the picture. */
static void
test_fit (void)
{
  IscWindow *window = gui_open_window ();
  IscWeightsPage *page = isc_window_get_weights_page (window);
  g_autofree char *text = NULL;

  g_assert_true (gui_wait (is_fitted, page, 10000));
  text = isc_weights_page_get_statistics (page);
  g_assert_nonnull (strstr (text, "AD p\t0."));
  gui_close_window (window);
}

static void
clipboard_cb (GObject *source, GAsyncResult *result, gpointer text)
{
  *(char **)text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer pointer)
{
  return *(gpointer *)pointer != NULL;
}

static void
test_code (void)
{
  IscWindow *window = gui_open_window ();
  IscWeightsPage *page = isc_window_get_weights_page (window);
  guint n;
  const IscCodeLanguage *const *languages = isc_code_languages_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = isc_code_new (experiment_of (window), languages[i], &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      gtk_widget_activate_action (GTK_WIDGET (page), "weights.copy-code", "s", languages[i]->id);
      gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (page)), NULL,
                                     clipboard_cb, &text);
      g_assert_true (gui_wait (is_set, &text, 5000));
      g_assert_cmpstr (text, ==, expected);
    }
  gui_close_window (window);
}

/* The weights that are shown are the weights that are saved. */
static void
test_save_weights (void)
{
  IscWindow *window = gui_open_window ();
  g_autofree char *path = gui_temporary_path ("weights.safetensors");
  g_autofree char *wrong = gui_temporary_path ("weights.doc");
  g_autoptr (GPtrArray) tensors = g_ptr_array_new ();
  g_autoptr (IscWeights) weights = NULL;
  g_autoptr (GBytes) expected = NULL;
  g_autoptr (GError) error = NULL;

  gui_activate (window, "win.save-weights-to", path);
  weights = isc_weights_new (experiment_of (window), FALSE, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    g_ptr_array_add (tensors, isc_weights_get_entry (weights, i)->tensor);
  expected = isc_weights_file_to_bytes (tensors, path, &error);
  g_assert_no_error (error);
  gui_assert_file (path, expected);

  gui_activate (window, "win.save-weights-to", wrong);
  g_assert_false (g_file_test (wrong, G_FILE_TEST_EXISTS));
  g_assert_nonnull (strstr (isc_window_get_status (window), "weights.doc"));
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/weights/pins", test_pins);
  g_test_add_func ("/weights/views", test_views);
  g_test_add_func ("/weights/expression", test_expression);
  g_test_add_func ("/weights/fit", test_fit);
  g_test_add_func ("/weights/code", test_code);
  g_test_add_func ("/weights/save", test_save_weights);
  return gui_run ();
}
