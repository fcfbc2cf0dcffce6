/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the Weights page offers besides one histogram: comparisons, other figures, what can be taken
 * away. */

#include "app/call-group.h"
#include "app/field-row.h"
#include "app/item-chooser.h"
#include "app/pin-list.h"
#include "app/plot-view.h"
#include "app/series-dot.h"
#include "engine/weights.h"
#include "experiment/code.h"
#include "formats/weights-file.h"
#include "app/opening.h"
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

/* The sentence about what is wrong among the rows of a group. */
static const char *
error_of (GtkWidget *widget)
{
  const char *error = NULL;

  if (ADW_IS_ACTION_ROW (widget) && gtk_widget_has_css_class (widget, "error"))
    return gtk_widget_get_visible (widget) ? adw_action_row_get_subtitle (ADW_ACTION_ROW (widget))
                                           : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !error;
       child = gtk_widget_get_next_sibling (child))
    error = error_of (child);
  return error;
}

/* A pin that does not fit the layer says so in its own row, and leaves the scheme's alone. */
static void
test_unfit_pin (void)
{
  IscWindow *window = gui_open_window ();
  GtkWidget *pins = control (window, "pins");

  isc_call_group_choose (ISC_CALL_GROUP (control (window, "scheme")), "sparse_");
  isc_pin_list_pin (ISC_PIN_LIST (pins));
  isc_call_group_choose (ISC_CALL_GROUP (control (window, "scheme")), "zeros_");
  gui_wait_for_weights (window);
  isc_call_group_choose (ISC_CALL_GROUP (control (window, "layer")), "Conv2d");
  g_assert_nonnull (error_of (pins));
  g_assert_nonnull (strstr (error_of (pins), "2 dimensions"));
  g_assert_null (error_of (control (window, "scheme")));

  isc_pin_list_remove (ISC_PIN_LIST (pins), 0);
  gui_wait_for_weights (window);
  g_assert_null (error_of (pins));
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

/* The test of fit arrives after the picture. */
static gboolean
says_why_untested (gpointer page)
{
  g_autofree char *text = isc_weights_page_get_statistics (page);

  return strstr (text, "test\tno test: the law is a point mass") != NULL;
}

static void
test_fit (void)
{
  IscWindow *window = gui_open_window ();
  IscWeightsPage *page = isc_window_get_weights_page (window);
  g_autofree char *text = NULL;

  gui_wait_for_fit (window);
  text = isc_weights_page_get_statistics (page);
  g_assert_nonnull (strstr (text, "AD p\t0."));
  g_assert_nonnull (strstr (text, "test\tKS D 0.0"));
  isc_call_group_choose (ISC_CALL_GROUP (control (window, "scheme")), "zeros_");
  g_assert_true (gui_wait (says_why_untested, page, 10000));
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

static void
assert_target (IscWindow *window, const char *path, const char *text)
{
  IscExperiment *experiment = experiment_of (window);
  IscShape shape = isc_experiment_get_weights_shape (experiment);
  gboolean tensor = g_str_equal (path, "weights.tensor");
  g_autofree char *found
      = tensor ? isc_shape_to_text (&shape, "x")
               : isc_call_to_text (isc_experiment_get_weights_modules (experiment)->pdata[0]);

  g_assert_cmpint (isc_experiment_get_weights_target (experiment), ==,
                   tensor ? ISC_WEIGHTS_OF_TENSOR : ISC_WEIGHTS_OF_LAYER);
  g_assert_cmpstr (found, ==, text);
}

/* Somewhere in every figure the pointer meets a datum, and what it says is the view's. */
static void
test_readout (void)
{
  static const struct
  {
    const char *view;
    const char *says;
  } cases[] = {
    { "histogram", "," }, { "ecdf", "," }, { "qq", "," }, { "heatmap", "row" }, { "spectrum", "," },
  };
  IscWindow *window = gui_open_window ();
  IscWeightsPage *page = isc_window_get_weights_page (window);
  GtkWidget *plot = gui_find (GTK_WIDGET (page), ISC_TYPE_PLOT_VIEW);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      isc_weights_page_choose_view (page, cases[i].view);
      gui_wait_for_weights (window);
      gui_wait_for_frame (plot);
      for (int y = 0; y < 10 && !text; y++)
        for (int x = 0; x < 10 && !text; x++)
          text = isc_plot_view_read_out (ISC_PLOT_VIEW (plot),
                                         0.05 + 0.1 * x * gtk_widget_get_width (plot),
                                         0.05 + 0.1 * y * gtk_widget_get_height (plot));
      g_assert_nonnull (text);
      g_assert_nonnull (strstr (text, cases[i].says));
      /* With the readout. */
      gui_wait_for_frame (plot);
    }
  gui_close_window (window);
}

static void
assert_found (IscItemChooser *chooser, const char *text, const char *id, gboolean found)
{
  g_auto (GStrv) ids = isc_item_chooser_search (chooser, text);

  g_assert_cmpint (g_strv_contains ((const char *const *)ids, id), ==, found);
}

/* An item is found by whatever one remembers of it. */
static void
test_search (void)
{
  IscWindow *window = gui_open_window ();
  IscItemChooser *chooser
      = ISC_ITEM_CHOOSER (isc_call_group_get_chooser (ISC_CALL_GROUP (control (window, "scheme"))));
  g_auto (GStrv) all = NULL;
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) none = NULL;
  guint n;

  isc_catalog_get_items (ISC_KIND_SCHEME, &n);
  assert_found (chooser, "he", "kaiming_normal_", TRUE);
  assert_found (chooser, "He nor", "keras.HeNormal", TRUE);
  assert_found (chooser, "he", "zeros_", FALSE);
  assert_found (chooser, "glorot", "xavier_uniform_", TRUE);
  assert_found (chooser, "trunc timm", "timm.trunc_normal_tf_", TRUE);
  assert_found (chooser, "trunc timm", "trunc_normal_", FALSE);
  assert_found (chooser, "default", "", TRUE);
  first = isc_item_chooser_search (chooser, "xavier uni");
  g_assert_cmpstr (first[0], ==, "xavier_uniform_");
  none = isc_item_chooser_search (chooser, "no such scheme");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  all = isc_item_chooser_search (chooser, "");
  g_assert_cmpuint (g_strv_length (all), ==, n + 1);
  gui_close_window (window);
}

/* Every layer that is chosen has weights to show; those with two sizes have them in one row. */
static void
test_layers (void)
{
  static const char *const without_shape[]
      = { "Bilinear",  "MultiheadAttention", "BatchNorm1d", "BatchNorm2d",
          "LayerNorm", "GroupNorm",          "PReLU",       NULL };
  IscWindow *window = gui_open_window ();
  IscCallGroup *layer = ISC_CALL_GROUP (control (window, "layer"));
  GtkWidget *shape = control (window, "shape");
  guint n;
  const IscItem *const *items = isc_item_chooser_list (ISC_KIND_LAYER, &n);

  for (guint i = 0; i < n; i++)
    {
      isc_call_group_choose (layer, items[i]->id);
      gui_wait_for_weights (window);
      g_assert_null (error_of (GTK_WIDGET (layer)));
      g_assert_cmpint (gtk_widget_get_visible (shape), ==,
                       !g_strv_contains (without_shape, items[i]->id));
    }
  /* A scheme that is for none of a layer's weights is told so, and the layer's own are shown. */
  isc_call_group_choose (ISC_CALL_GROUP (control (window, "scheme")), "kaiming_normal_");
  isc_call_group_choose (layer, "BatchNorm2d");
  gui_wait_for_weights (window);
  g_assert_nonnull (strstr (error_of (control (window, "scheme")), "sets nothing here"));
  isc_call_group_choose (layer, "Conv2d");
  gui_wait_for_weights (window);
  g_assert_null (error_of (control (window, "scheme")));
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (shape)), ==, "64 × 128");
  isc_field_row_try (ISC_FIELD_ROW (shape), "3x8");
  assert_target (window, "weights.layer", "Conv2d(3, 8, 3)");
  isc_field_row_try (ISC_FIELD_ROW (shape), "3x8x9");
  g_assert_nonnull (error_of (shape));
  gui_wait_for_weights (window);
  gui_close_window (window);
}

static gboolean
is_told (gpointer window)
{
  return isc_weights_page_get_figure (isc_window_get_weights_page (window))
         || error_of (control (window, "scheme"));
}

/* Every scheme that is chosen has weights to show, or a sentence beside it that says why not. */
static void
test_schemes (void)
{
  IscWindow *window = gui_open_window ();
  IscCallGroup *scheme = ISC_CALL_GROUP (control (window, "scheme"));
  guint n, n_drawn = 0;
  const IscItem *const *items = isc_catalog_get_items (ISC_KIND_SCHEME, &n);

  gui_wait_for_weights (window);
  for (guint i = 0; i < n; i++)
    {
      isc_call_group_choose (scheme, items[i]->id);
      g_assert_true (gui_wait (is_told, window, 10000));
      n_drawn += error_of (GTK_WIDGET (scheme)) == NULL;
    }
  g_assert_cmpuint (n_drawn, >, n / 2);
  gui_close_window (window);
}

static void
test_tensor (void)
{
  IscWindow *window = gui_open_window ();
  IscCallGroup *layer = ISC_CALL_GROUP (control (window, "layer"));
  IscCallGroup *scheme = ISC_CALL_GROUP (control (window, "scheme"));
  IscFieldRow *shape = ISC_FIELD_ROW (control (window, "shape"));

  isc_call_group_choose (scheme, NULL);
  isc_call_group_choose (layer, NULL);
  assert_target (window, "weights.tensor", "256x784");
  gui_wait_for_weights (window);
  isc_field_row_try (shape, "8, 4, 3, 3");
  assert_target (window, "weights.tensor", "8x4x3x3");
  gui_wait_for_weights (window);
  isc_call_group_choose (scheme, NULL);
  g_assert_nonnull (strstr (error_of (GTK_WIDGET (scheme)), "needs a scheme"));
  isc_call_group_choose (scheme, "dirac_");
  gui_wait_for_weights (window);
  g_assert_null (error_of (GTK_WIDGET (scheme)));
  isc_call_group_choose (layer, "Linear");
  assert_target (window, "weights.layer", "Linear(784, 256)");
  g_assert_nonnull (strstr (error_of (GTK_WIDGET (scheme)), "dirac_ needs"));
  isc_document_undo (isc_window_get_document (window));
  assert_target (window, "weights.tensor", "8x4x3x3");
  gui_wait_for_weights (window);
  gui_close_window (window);
}

static gboolean
has_error (gpointer row)
{
  return gtk_widget_has_css_class (row, "error");
}

/* A script is a file: the row says if it cannot be read, and so does one with a fault in it. */
static void
test_script (void)
{
  IscWindow *window = gui_open_window ();
  IscCallGroup *scheme = ISC_CALL_GROUP (control (window, "scheme"));
  g_autofree char *path = gui_temporary_path ("init.lua");
  g_autoptr (GError) error = NULL;
  GtkWidget *row;

  isc_call_group_choose (scheme, "script");
  row = isc_call_group_find_row (scheme, "path");
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, "init.lua");
  g_assert_nonnull (gui_find (row, GTK_TYPE_BUTTON));
  g_assert_true (gui_wait (has_error, row, 5000));

  g_file_set_contents (path, "function init(layer) init.zeros_(layer.weight) end", -1, &error);
  g_assert_no_error (error);
  isc_field_row_try (ISC_FIELD_ROW (row), path);
  gui_wait_for_weights (window);
  g_assert_null (error_of (row));
  gui_close_window (window);
}

static gboolean
is_quick (gpointer page)
{
  IscFigure *figure
      = isc_plot_view_get_figure (ISC_PLOT_VIEW (gui_find (page, ISC_TYPE_PLOT_VIEW)));

  return strstr (isc_figure_get_caption (figure), "quick method") != NULL;
}

/* Singular values of a large matrix show at once; only the exact ones are exported. */
static void
test_preview (void)
{
  IscWindow *window = gui_open_window ();
  IscWeightsPage *page = isc_window_get_weights_page (window);

  isc_field_row_try (ISC_FIELD_ROW (control (window, "shape")), "1400x1400");
  gui_wait_for_weights (window);
  isc_weights_page_choose_view (page, "spectrum");
  g_assert_true (gui_wait (is_quick, page, 10000));
  g_assert_null (isc_weights_page_get_figure (page));
  gui_wait_for_weights (window);
  g_assert_false (is_quick (page));
  gui_close_window (window);
}

static gboolean
says_so (gpointer status)
{
  return g_str_equal (gtk_label_get_text (status), "Generating weights…");
}

/* What takes long says so, and another wish ends it. */
static void
test_patience (void)
{
  IscWindow *window = gui_open_window ();
  GtkWidget *status = control (window, "status");

  isc_call_group_choose (ISC_CALL_GROUP (control (window, "scheme")), "orthogonal_");
  gui_wait_for_weights (window);
  isc_field_row_try (ISC_FIELD_ROW (control (window, "shape")), "3000x3000");
  g_assert_true (gui_wait (says_so, status, 20000));
  isc_field_row_try (ISC_FIELD_ROW (control (window, "shape")), "30x20");
  gui_wait_for_weights (window);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (status)), ==, "Generated 600 weights");
  gui_close_window (window);
}

/* Weights of another program stand in for the document's until those change. */
static void
test_file (void)
{
  IscWindow *window = gui_open_window ();
  IscWeightsPage *page = isc_window_get_weights_page (window);
  IscDocument *document = isc_window_get_document (window);
  g_autofree char *path = gui_temporary_path ("mine.npy");
  g_autofree char *wrong = gui_temporary_path ("wrong.npy");
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  IscShape shape = isc_shape (2, 30, 20);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (tensors, isc_tensor_new ("mine", &shape, &error));
  g_assert_no_error (error);
  isc_weights_file_write (tensors, path, &error);
  g_assert_no_error (error);
  g_file_set_contents (wrong, "no array", -1, &error);
  g_assert_no_error (error);

  isc_open (window, path);
  gui_wait_for_weights (window);
  g_assert_nonnull (strstr (isc_figure_get_title (isc_weights_page_get_figure (page)), "mine.npy"));
  g_assert_false (isc_document_is_modified (document));
  name = isc_weights_page_dup_file_name (page);
  g_assert_cmpstr (name, ==, "mine.npy_histogram");

  /* Counted otherwise they are still the file's. */
  g_assert_true (isc_document_edit (document, "stat", "percent", NULL, NULL));
  gui_wait_for_weights (window);
  g_assert_nonnull (strstr (isc_figure_get_title (isc_weights_page_get_figure (page)), "mine.npy"));

  /* What cannot be read changes nothing. */
  isc_open (window, wrong);
  g_assert_nonnull (strstr (isc_window_get_status (window), "wrong.npy"));
  g_assert_nonnull (strstr (isc_figure_get_title (isc_weights_page_get_figure (page)), "mine.npy"));

  isc_call_group_choose (ISC_CALL_GROUP (control (window, "scheme")), "ones_");
  gui_wait_for_weights (window);
  g_assert_null (strstr (isc_figure_get_title (isc_weights_page_get_figure (page)), "mine.npy"));
  gui_close_window (window);
}

static void
set_text_size (double factor)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int)(factor * 96.0 * PANGO_SCALE),
                NULL);
}

/* Letters of one and a half times the size: a phone still holds the window, a wide one gives the
 * sidebar more room. */
static void
test_large_text (void)
{
  IscWindow *window = gui_open_window ();
  GtkWidget *page = GTK_WIDGET (isc_window_get_weights_page (window));
  GtkWidget *sidebar = adw_flap_get_flap (isc_weights_page_get_flap (ISC_WEIGHTS_PAGE (page)));
  int usual = gtk_widget_get_width (sidebar), least;

  gtk_window_set_default_size (GTK_WINDOW (window), 1300, 800);
  set_text_size (1.5);
  gui_wait_for_frame (page);
  gui_wait_for_frame (page);
  g_assert_cmpint (gtk_widget_get_width (sidebar), >, usual);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  gui_wait_for_frame (page);
  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (window), 1300, 800);
  gui_wait_for_frame (page);
  set_text_size (1.0);
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/weights/pins", test_pins);
  g_test_add_func ("/weights/unfit-pin", test_unfit_pin);
  g_test_add_func ("/weights/views", test_views);
  g_test_add_func ("/weights/expression", test_expression);
  g_test_add_func ("/weights/fit", test_fit);
  g_test_add_func ("/weights/code", test_code);
  g_test_add_func ("/weights/save", test_save_weights);
  g_test_add_func ("/weights/readout", test_readout);
  g_test_add_func ("/weights/search", test_search);
  g_test_add_func ("/weights/layers", test_layers);
  g_test_add_func ("/weights/schemes", test_schemes);
  g_test_add_func ("/weights/tensor", test_tensor);
  g_test_add_func ("/weights/script", test_script);
  g_test_add_func ("/weights/preview", test_preview);
  g_test_add_func ("/weights/patience", test_patience);
  g_test_add_func ("/weights/file", test_file);
  g_test_add_func ("/weights/large-text", test_large_text);
  return gui_run ();
}
