/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window, its sidebar and its files: everything but training. */

#include "app/call-group.h"
#include "app/experiment-panel.h"
#include "app/field-row.h"
#include "app/list-group.h"
#include "app/list-row.h"
#include "app/plot-view.h"
#include "app/run-table.h"
#include "app/series-dot.h"
#include "app/statistics-card.h"
#include "engine/weights.h"
#include "experiment/examples.h"
#include "experiment/json.h"
#include "gui/gui.h"
#include "plot/export.h"
#include "views/views.h"

/* gcc and clang each have their own way to tell. */
#ifdef __SANITIZE_ADDRESS__
#define LEAKS_ARE_LOOKED_FOR
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define LEAKS_ARE_LOOKED_FOR
#endif
#endif

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
try_row (IscWindow *window, const char *name, const char *text)
{
  isc_field_row_try (ISC_FIELD_ROW (control (window, name)), text);
}

static void
assert_layer (IscWindow *window, const char *expected)
{
  GPtrArray *modules = isc_experiment_get_weights_modules (experiment_of (window));
  g_autofree char *text = NULL;

  g_assert_cmpuint (modules->len, ==, 1);
  text = isc_call_to_text (modules->pdata[0]);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_scheme (IscWindow *window, const char *expected)
{
  g_autofree char *text
      = isc_call_to_text (isc_experiment_get_weights_init (experiment_of (window)));

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *)pointer == NULL;
}

static void
test_templates (void)
{
  const GType types[]
      = { ISC_TYPE_FIELD_ROW,       ISC_TYPE_WEIGHTS_PAGE,    ISC_TYPE_TRAINING_PAGE,
          ISC_TYPE_PLOT_VIEW,       ISC_TYPE_RUN_TABLE,       ISC_TYPE_CALL_GROUP,
          ISC_TYPE_LIST_GROUP,      ISC_TYPE_LIST_ROW,        ISC_TYPE_SERIES_DOT,
          ISC_TYPE_STATISTICS_CARD, ISC_TYPE_EXPERIMENT_PANEL };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *widget = g_object_ref_sink (g_object_new (types[i], NULL));

      g_assert_finalize_object (widget);
    }
}

static void
test_dialogs (void)
{
  const char *const actions[] = { "shortcuts", "about" };
  IscWindow *window = gui_open_window ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GtkWindow *dialog;

      g_action_group_activate_action (G_ACTION_GROUP (gui_application ()), actions[i], NULL);
      dialog = GTK_WINDOW (gui_dialog_of (window));
      g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
      gtk_window_destroy (dialog);
      g_assert_true (gui_wait (is_gone, &dialog, 5000));
    }
  gui_close_window (window);
}

/* Scripts find the verbs on the window; menus and keys find them by the same names. */
static void
test_actions (void)
{
  IscWindow *window = gui_open_window ();
  GActionGroup *group = G_ACTION_GROUP (window);
  const struct
  {
    const char *name;
    const char *accelerator;
  } keys[] = { { "win.undo", "<Control>z" },
               { "win.save", "<Control>s" },
               { "win.export", "<Control>e" },
               { "win.toggle-sidebar", "F9" } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_auto (GStrv) accelerators
          = gtk_application_get_accels_for_action (GTK_APPLICATION (gui_application ()),
                                                   keys[i].name);

      g_assert_true (g_action_group_has_action (group, keys[i].name + strlen ("win.")));
      g_assert_cmpstr (accelerators[0], ==, keys[i].accelerator);
    }
  g_assert_false (g_action_group_get_action_enabled (group, "undo"));
  g_assert_false (g_action_group_get_action_enabled (group, "redo"));
  try_row (window, "seed", "7");
  g_assert_true (g_action_group_get_action_enabled (group, "undo"));
  g_action_group_activate_action (group, "undo", NULL);
  g_assert_false (g_action_group_get_action_enabled (group, "undo"));
  g_assert_true (g_action_group_get_action_enabled (group, "redo"));
  gui_close_window (window);
}

/* A window that goes away takes its file dialog along. */
static void
test_file_dialogs (void)
{
  const char *const actions[] = { "win.open", "win.save-as", "win.save-weights" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      IscWindow *window = gui_open_window ();
      GtkWindow *dialog;

      gui_activate (window, actions[i], NULL);
      dialog = GTK_WINDOW (gui_dialog_of (window));
      g_assert_true (GTK_IS_FILE_CHOOSER (dialog));
      gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
      g_assert_null (isc_window_get_status (window));

      gui_activate (window, actions[i], NULL);
      gui_dialog_of (window);
      gui_close_window (window);
    }
}

static void
test_first_start (void)
{
  IscWindow *window = isc_window_new (ADW_APPLICATION (gui_application ()));
  guint n;
  g_autoptr (IscExperiment) example = isc_example_load (isc_examples_list (&n)[0], NULL);
  IscWeightsPage *page = isc_window_get_weights_page (window);
  GtkWidget *plot = gui_find (GTK_WIDGET (page), ISC_TYPE_PLOT_VIEW);

  gtk_window_present (GTK_WINDOW (window));
  gui_wait_for_weights (window);
  g_assert_true (isc_experiment_equal (experiment_of (window), example));
  g_assert_false (isc_document_is_modified (isc_window_get_document (window)));
  g_assert_true (isc_plot_view_get_figure (ISC_PLOT_VIEW (plot))
                 == isc_weights_page_get_figure (page));
  /* An empty page has a dozen; bars, curves and text are antialiased in many. */
  g_assert_cmpuint (gui_look (plot).n_colors, >, 50);
  gui_close_window (window);
}

static void
test_accessible (void)
{
  IscWindow *window = gui_open_window ();
  IscWeightsPage *page = isc_window_get_weights_page (window);
  GtkWidget *plot = gui_find (GTK_WIDGET (page), ISC_TYPE_PLOT_VIEW);
  const char *title = isc_figure_get_title (isc_weights_page_get_figure (page));
  const char *summary = isc_figure_get_summary (isc_weights_page_get_figure (page));

  g_assert_cmpstr (summary, !=, NULL);
  gtk_test_accessible_assert_role (plot, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_LABEL, title);
  gtk_test_accessible_assert_property (plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary);
  gui_close_window (window);
}

static gboolean
is_named (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Buttons that show only a picture, and what holds a value, say what they are to those who don't
 * see what stands beside them. */
static gboolean
needs_name (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL;
  if (GTK_IS_MENU_BUTTON (widget))
    return gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)) == NULL;
  return GTK_IS_ENTRY (widget) || GTK_IS_SCALE (widget) || GTK_IS_DROP_DOWN (widget)
         || GTK_IS_SWITCH (widget) || GTK_IS_SPIN_BUTTON (widget);
}

/* What is inside of a control is the control's. */
static void
assert_named (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) || GTK_IS_WINDOW_CONTROLS (widget) || GTK_IS_EDITABLE_LABEL (widget))
    return;
  if (needs_name (widget))
    {
      if (!is_named (widget))
        g_test_message ("%s in %s", G_OBJECT_TYPE_NAME (widget),
                        G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
      g_assert_true (is_named (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_names (void)
{
  IscWindow *window = gui_open_window ();

  assert_named (GTK_WIDGET (window));
  gui_close_window (window);
}

static void
test_shape (void)
{
  const struct
  {
    const char *text;
    const char *layer;
  } shapes[] = {
    { "128x64", "Linear(128, 64)" },
    { "129, 65", "Linear(129, 65)" },
    { "130×66", "Linear(130, 66)" },
    { " 131 × 67 ", "Linear(131, 67)" },
  };
  IscWindow *window = gui_open_window ();

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      try_row (window, "shape", shapes[i].text);
      assert_layer (window, shapes[i].layer);
      g_assert_null (isc_weights_page_get_figure (isc_window_get_weights_page (window)));
      gui_wait_for_weights (window);
    }
  /* Whatever was typed, the row then shows the shape as it shows all of them. */
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (control (window, "shape"))), ==,
                   "131 × 67");
  gui_close_window (window);
}

static void
test_scheme (void)
{
  IscWindow *window = gui_open_window ();
  IscCallGroup *scheme = ISC_CALL_GROUP (control (window, "scheme"));
  g_autofree char *before = isc_weights_page_get_statistics (isc_window_get_weights_page (window));
  g_autofree char *after = NULL;

  isc_call_group_choose (scheme, "xavier_uniform_");
  assert_scheme (window, "xavier_uniform_()");
  g_assert_null (isc_call_group_find_row (scheme, "std"));

  isc_call_group_choose (scheme, "normal_");
  assert_scheme (window, "normal_()");
  isc_field_row_try (ISC_FIELD_ROW (isc_call_group_find_row (scheme, "std")), "0.02");
  assert_scheme (window, "normal_(std=0.02)");
  gui_wait_for_weights (window);
  gui_wait_for_fit (window);
  after = isc_weights_page_get_statistics (isc_window_get_weights_page (window));
  g_assert_cmpstr (before, !=, after);
  g_assert_nonnull (strstr (after, "asked\t0.02\n"));

  isc_field_row_try (ISC_FIELD_ROW (isc_call_group_find_row (scheme, "std")), "-1");
  assert_scheme (window, "normal_(std=0.02)");
  g_assert_true (gtk_widget_has_css_class (isc_call_group_find_row (scheme, "std"), "error"));

  isc_call_group_choose (scheme, NULL);
  g_assert_null (isc_experiment_get_weights_init (experiment_of (window)));
  gui_wait_for_weights (window);
  gui_close_window (window);
}

static void
test_errors (void)
{
  const struct
  {
    const char *row;
    const char *text;
  } wrong[] = {
    { "shape", "12q" },           { "shape", "0x5" }, { "shape", "" },   { "shape", "3x4x5" },
    { "shape", "999999x999999" }, { "seed", "1.5" },  { "seed", "one" }, { "bins", "-3" },
    { "bandwidth", "0" },
  };
  IscWindow *window = gui_open_window ();
  g_autoptr (IscExperiment) before = isc_experiment_ref (experiment_of (window));

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      GtkWidget *row = control (window, wrong[i].row);
      g_autofree char *good = g_strdup (isc_field_row_get_text (ISC_FIELD_ROW (row)));

      g_test_message ("%s: \"%s\"", wrong[i].row, wrong[i].text);
      isc_field_row_try (ISC_FIELD_ROW (row), wrong[i].text);
      g_assert_true (gtk_widget_has_css_class (row, "error"));
      g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), !=, NULL);
      g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), !=, "");
      g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, wrong[i].text);
      g_assert_true (experiment_of (window) == before);

      isc_field_row_try (ISC_FIELD_ROW (row), good);
      g_assert_false (gtk_widget_has_css_class (row, "error"));
      /* A seed that was typed is one of its own, even if it is the one that was followed. */
      isc_document_undo (isc_window_get_document (window));
      g_assert_true (experiment_of (window) == before);
    }
  gui_close_window (window);
}

static gboolean
has_error (gpointer row)
{
  return gtk_widget_has_css_class (row, "error");
}

/* Only the statistics know these names, so that the error arrives later. */
static void
test_unknown_rules (void)
{
  const char *const rows[] = { "bins", "bandwidth" };
  IscWindow *window = gui_open_window ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = control (window, rows[i]);

      try_row (window, rows[i], "whatever");
      g_assert_true (gui_wait (has_error, row, 5000));
      g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "whatever"));
      g_assert_null (isc_weights_page_get_figure (isc_window_get_weights_page (window)));
      try_row (window, rows[i], "scott");
      gui_wait_for_weights (window);
      g_assert_false (has_error (row));
    }
  gui_close_window (window);
}

static void
edit_somehow (IscWindow *window, guint i)
{
  GtkWidget *scheme = control (window, "scheme");

  /* Neighbours differ in their row, so that none continues the gesture before it. */
  switch (i % 5)
    {
    case 0:
      try_row (window, "shape", i < 5 ? "40x30" : "41x31");
      break;
    case 1:
      isc_call_group_choose (ISC_CALL_GROUP (scheme), i < 5 ? "uniform_" : "orthogonal_");
      break;
    case 2:
      try_row (window, "seed", i < 5 ? "7" : "8");
      break;
    case 3:
      try_row (window, "bins", i < 5 ? "17" : "fd");
      break;
    default:
      try_row (window, "bandwidth", i < 5 ? "silverman" : "0.5");
    }
}

static void
test_undo (void)
{
  enum
  {
    N = 10
  };
  IscWindow *window = gui_open_window ();
  IscExperiment *states[N + 1];

  for (guint i = 0; i <= N; i++)
    {
      states[i] = isc_experiment_ref (experiment_of (window));
      if (i < N)
        edit_somehow (window, i);
    }
  for (guint i = N; i-- > 0;)
    {
      g_assert_false (isc_experiment_equal (states[i], states[i + 1]));
      gui_activate (window, "win.undo", NULL);
      g_assert_true (isc_experiment_equal (experiment_of (window), states[i]));
    }
  g_assert_false (isc_document_can_undo (isc_window_get_document (window)));
  g_assert_false (isc_document_is_modified (isc_window_get_document (window)));
  for (guint i = 1; i <= N; i++)
    {
      gui_activate (window, "win.redo", NULL);
      g_assert_true (isc_experiment_equal (experiment_of (window), states[i]));
    }
  g_assert_false (isc_document_can_redo (isc_window_get_document (window)));
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (control (window, "shape"))), ==,
                   "41 × 31");
  gui_wait_for_weights (window);
  for (guint i = 0; i <= N; i++)
    isc_experiment_unref (states[i]);
  gui_close_window (window);
}

/* A drag is one step of undo; so is what was typed into a row in one go. */
static void
test_gesture (void)
{
  IscWindow *window = gui_open_window ();
  IscDocument *document = isc_window_get_document (window);
  IscCallGroup *scheme = ISC_CALL_GROUP (control (window, "scheme"));
  GtkWidget *row, *scale;

  isc_call_group_choose (scheme, "normal_");
  row = isc_call_group_find_row (scheme, "std");
  scale = gui_find (row, GTK_TYPE_SCALE);
  g_assert_nonnull (scale);
  for (int i = 0; i < 10; i++)
    gtk_range_set_value (GTK_RANGE (scale), -2.0 + 0.1 * i);
  /* 10^-1.1, in the three digits that a slider can mean. */
  assert_scheme (window, "normal_(std=0.0794)");
  isc_document_undo (document);
  assert_scheme (window, "normal_()");
  isc_document_redo (document);
  assert_scheme (window, "normal_(std=0.0794)");
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, "0.0794");
  gui_wait_for_weights (window);
  gui_close_window (window);
}

static void
test_save_and_open (void)
{
  IscWindow *window = gui_open_window ();
  IscWeightsPage *page = isc_window_get_weights_page (window);
  IscDocument *document = isc_window_get_document (window);
  g_autofree char *path = gui_temporary_path ("saved.initscope");
  g_autofree char *missing = gui_temporary_path ("missing.initscope");
  g_autoptr (IscExperiment) saved = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  try_row (window, "shape", "50x60");
  try_row (window, "seed", "18446744073709551615");
  gui_wait_for_weights (window);
  gui_wait_for_fit (window);
  saved = isc_experiment_ref (experiment_of (window));
  before = isc_weights_page_get_statistics (page);
  g_assert_true (isc_document_is_modified (document));
  gui_activate (window, "win.save-to", path);
  g_assert_false (isc_document_is_modified (document));
  g_assert_cmpstr (isc_window_get_status (window), ==, "Saved saved.initscope");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "saved.initscope");
  gui_close_window (window);

  window = gui_open_window ();
  page = isc_window_get_weights_page (window);
  g_assert_false (isc_experiment_equal (experiment_of (window), saved));
  gui_activate (window, "win.open-path", path);
  g_assert_true (isc_experiment_equal (experiment_of (window), saved));
  gui_wait_for_weights (window);
  gui_wait_for_fit (window);
  after = isc_weights_page_get_statistics (page);
  g_assert_cmpstr (before, ==, after);

  gui_activate (window, "win.open-path", missing);
  g_assert_nonnull (strstr (isc_window_get_status (window), "missing.initscope"));
  g_assert_true (isc_experiment_equal (experiment_of (window), saved));
  gui_close_window (window);
}

static void
test_export (void)
{
  const struct
  {
    const char *name;
    IscExportFormat format;
  } files[] = {
    { "figure.png", ISC_EXPORT_PNG },
    { "figure.svg", ISC_EXPORT_SVG },
    { "figure.pdf", ISC_EXPORT_PDF },
  };
  IscWindow *window = gui_open_window ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscWeights) weights = NULL;
  g_autoptr (IscFigure) figure = NULL;

  try_row (window, "shape", "300x100");
  /* A figure of weights that are no longer asked for is not exported. */
  {
    g_autofree char *path = gui_temporary_path ("early.png");

    gui_activate (window, "win.export-to", path);
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  }
  gui_wait_for_weights (window);
  weights = isc_weights_new (experiment_of (window), TRUE, NULL, &error);
  g_assert_no_error (error);
  figure = isc_views_find ("histogram", NULL)->of_weights (weights, &isc_view_options_default);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = gui_temporary_path (files[i].name);
      g_autofree char *status = g_strconcat ("Exported ", files[i].name, NULL);
      g_autoptr (GBytes) expected
          = isc_export_to_bytes (figure, files[i].format, &isc_export_options_default, &error);

      g_assert_no_error (error);
      gui_activate (window, "win.export-to", path);
      g_assert_cmpstr (isc_window_get_status (window), ==, status);
      gui_assert_file (path, expected);
    }
  gui_close_window (window);
}

static void
test_close_asks (void)
{
  IscWindow *window = gui_open_window ();
  IscWindow *alive = window;
  g_autofree char *path = gui_temporary_path ("asked.initscope");
  g_autoptr (IscExperiment) edited = NULL;
  g_autoptr (IscExperiment) saved = NULL;
  g_autoptr (GError) error = NULL;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&alive);
  try_row (window, "seed", "1234");
  gtk_window_close (GTK_WINDOW (window));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (gui_dialog_of (window)), "cancel");
  gui_wait_for_weights (window);
  g_assert_nonnull (alive);

  gtk_window_close (GTK_WINDOW (window));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (gui_dialog_of (window)), "discard");
  g_assert_true (gui_wait (is_gone, &alive, 5000));

  window = alive = gui_open_window ();
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&alive);
  gui_activate (window, "win.save-to", path);
  try_row (window, "seed", "1234");
  edited = isc_experiment_ref (experiment_of (window));
  gtk_window_close (GTK_WINDOW (window));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (gui_dialog_of (window)), "save");
  g_assert_true (gui_wait (is_gone, &alive, 5000));
  saved = isc_experiment_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (isc_experiment_equal (saved, edited));
}

static void
test_settings (void)
{
  IscWindow *window = gui_open_window ();
  IscWindow *alive = window;
  g_autoptr (GSettings) settings = g_settings_new (ISC_APPLICATION_ID);
  g_autofree char *page = g_settings_get_string (settings, "page");
  int width, height;

  g_assert_cmpstr (page, ==, "weights");
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&alive);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gui_activate (window, "win.page", "training");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (gui_wait (is_gone, &alive, 5000));

  window = gui_open_window ();
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 900);
  g_assert_cmpint (height, ==, 700);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (isc_window_get_training_page (window))));
  gui_close_window (window);
  g_settings_reset (settings, "page");
  g_settings_reset (settings, "window-size");
}

static void
test_dark (void)
{
  IscWindow *window = gui_open_window ();
  GtkWidget *page = GTK_WIDGET (isc_window_get_weights_page (window));
  AdwStyleManager *style = adw_style_manager_get_default ();
  GuiPixels light, dark, again;

  /* What comes later than the figure would differ between the looks. */
  gui_wait_for_fit (window);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  light = gui_look (page);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  dark = gui_look (page);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  again = gui_look (page);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);

  g_test_message ("brightness %.1f light, %.1f dark", light.brightness, dark.brightness);
  g_assert_cmpfloat (light.brightness, >, 170.0);
  g_assert_cmpfloat (dark.brightness, <, 90.0);
  g_assert_cmpuint (dark.n_colors, >, 50);
  g_assert_cmpfloat (again.brightness, ==, light.brightness);
  gui_close_window (window);
}

/* Without a compositor GTK draws a frame of its own around the content, which a phone has not. */
#define FRAME 16

static gboolean
is_narrow (gpointer window)
{
  return gtk_widget_get_width (window) <= 360 + FRAME;
}

static void
test_narrow (void)
{
  const char *const pages[] = { "weights", "training" };
  IscWindow *window = gui_open_window ();
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  int minimum, natural;

  /* GTK 4.8 warns of an action bar that is revealed at once in the midst of an allocation. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gui_activate (window, "win.page", pages[i]);
      g_assert_true (gui_wait (is_narrow, window, 5000));
      gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
      gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, 360, &minimum, &natural, NULL, NULL);
      g_assert_cmpint (minimum, <=, 640);
      gui_wait_for_frame (content);
    }
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/window/templates", test_templates);
  g_test_add_func ("/window/first-start", test_first_start);
  g_test_add_func ("/window/actions", test_actions);
  g_test_add_func ("/window/dialogs", test_dialogs);
  /* The file chooser makes so many types that GLib leaves its first table of quarks behind, by
   * design: a leak checker can't tell whose it was. */
#ifdef LEAKS_ARE_LOOKED_FOR
  (void)test_file_dialogs;
#else
  g_test_add_func ("/window/file-dialogs", test_file_dialogs);
#endif
  g_test_add_func ("/window/accessible", test_accessible);
  g_test_add_func ("/window/names", test_names);
  g_test_add_func ("/window/shape", test_shape);
  g_test_add_func ("/window/scheme", test_scheme);
  g_test_add_func ("/window/errors", test_errors);
  g_test_add_func ("/window/unknown-rules", test_unknown_rules);
  g_test_add_func ("/window/undo", test_undo);
  g_test_add_func ("/window/gesture", test_gesture);
  g_test_add_func ("/window/save-and-open", test_save_and_open);
  g_test_add_func ("/window/export", test_export);
  g_test_add_func ("/window/close-asks", test_close_asks);
  g_test_add_func ("/window/settings", test_settings);
  g_test_add_func ("/window/dark", test_dark);
  g_test_add_func ("/window/narrow", test_narrow);
  return gui_run ();
}
