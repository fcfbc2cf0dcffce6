/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Figures leave the window for files, and come back from them. */

#include <glib/gstdio.h>
#include <sys/resource.h>

#include "app/drag-handle.h"
#include "app/export-all-dialog.h"
#include "app/export-dialog.h"
#include "app/field-row.h"
#include "app/settings.h"
#include "gui/gui.h"
#include "plot/export.h"

/* gcc and clang each have their own way to tell. */
#ifdef __SANITIZE_ADDRESS__
#define LEAKS_ARE_LOOKED_FOR
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define LEAKS_ARE_LOOKED_FOR
#endif
#endif

static IscFigure *
figure_of (IscWindow *window)
{
  return isc_weights_page_get_figure (isc_window_get_weights_page (window));
}

static void
assert_exported_status (IscWindow *window, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *expected = g_strdup_printf ("Exported %s", name);

  g_assert_cmpstr (isc_window_get_status (window), ==, expected);
}

static void
assert_exported (const char *path, IscFigure *figure, const IscExportOptions *options)
{
  IscExportFormat format;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (isc_export_format_from_path (path, &format, &error));
  bytes = isc_export_to_bytes (figure, format, options, &error);
  g_assert_no_error (error);
  gui_assert_file (path, bytes);
}

static gpointer
find_toplevel (GType type)
{
  GList *all = gtk_window_list_toplevels ();
  gpointer found = NULL;

  for (GList *at = all; at; at = at->next)
    if (g_type_is_a (G_OBJECT_TYPE (at->data), type))
      found = at->data;
  g_list_free (all);
  return found;
}

static IscExportDialog *
find_dialog (void)
{
  return find_toplevel (ISC_TYPE_EXPORT_DIALOG);
}

static void
select_row (IscExportDialog *dialog, const char *name, guint index)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (isc_export_dialog_find (dialog, name)), index);
}

static void
type (IscExportDialog *dialog, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (isc_export_dialog_find (dialog, name)), text);
}

static const char *
text_of (IscExportDialog *dialog, const char *name)
{
  return gtk_editable_get_text (GTK_EDITABLE (isc_export_dialog_find (dialog, name)));
}

static const char *
facts_of (IscExportDialog *dialog)
{
  return gtk_label_get_text (GTK_LABEL (isc_export_dialog_find (dialog, "facts")));
}

static gboolean
shows (IscExportDialog *dialog, const char *name)
{
  return gtk_widget_get_visible (isc_export_dialog_find (dialog, name));
}

static gboolean
can_export (gpointer dialog)
{
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (dialog));

  return gtk_widget_get_sensitive (button);
}

static gboolean
is_closed (gpointer data)
{
  return find_dialog () == NULL;
}

static void
test_dialog (void)
{
  IscWindow *window = gui_open_window ();
  IscFigure *figure = figure_of (window);
  g_autofree char *path = gui_temporary_path ("chosen.png");
  IscExportOptions expected = isc_export_options_default;
  IscExportDialog *dialog;
  g_autofree char *name = NULL;
  g_autofree char *png = NULL;

  gui_activate (window, "win.export", NULL);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  name = isc_export_dialog_dup_file_name (dialog);
  g_assert_cmpstr (name, ==, "kaiming-normal_784x256_seed42.svg");
  g_assert_cmpstr (text_of (dialog, "width"), ==, "1200");
  g_assert_true (shows (dialog, "text"));
  g_assert_false (shows (dialog, "dpi"));
  g_assert_cmpstr (facts_of (dialog), ==, "317.5 × 211.7 mm");
  /* White paper and what is drawn on it. */
  g_assert_cmpuint (gui_look (isc_export_dialog_find (dialog, "preview")).n_colors, >, 50);

  select_row (dialog, "kind", 2);
  png = isc_export_dialog_dup_file_name (dialog);
  g_assert_cmpstr (png, ==, "kaiming-normal_784x256_seed42.png");
  g_assert_true (shows (dialog, "dpi"));
  g_assert_false (shows (dialog, "text"));
  /* A journal's column, in millimetres. */
  select_row (dialog, "preset", 2);
  g_assert_cmpstr (text_of (dialog, "width"), ==, "89");
  g_assert_cmpstr (text_of (dialog, "height"), ==, "60");
  type (dialog, "dpi", "300");
  g_assert_cmpstr (facts_of (dialog), ==, "1051 × 709 pixels · 89 × 60 mm");
  select_row (dialog, "unit", 2);
  g_assert_cmpstr (text_of (dialog, "width"), ==, "3.50394");
  g_assert_cmpuint (adw_combo_row_get_selected (
                        ADW_COMBO_ROW (isc_export_dialog_find (dialog, "preset"))),
                    ==, 2);
  /* As in countries with a decimal comma; no preset any more. */
  type (dialog, "width", "2,5");
  type (dialog, "height", "2");
  g_assert_cmpuint (adw_combo_row_get_selected (
                        ADW_COMBO_ROW (isc_export_dialog_find (dialog, "preset"))),
                    ==, 6);
  g_assert_cmpstr (facts_of (dialog), ==, "750 × 600 pixels · 63.5 × 50.8 mm");
  select_row (dialog, "theme", ISC_THEME_PRINT);
  gtk_switch_set_active (GTK_SWITCH (isc_export_dialog_find (dialog, "transparent")), TRUE);

  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.export-to", "s", path);
  g_assert_false (can_export (dialog));
  g_assert_true (gui_wait (is_closed, NULL, 10000));
  assert_exported_status (window, path);
  expected.width = 240.0;
  expected.height = 192.0;
  expected.dpi = 300.0;
  expected.theme = ISC_THEME_PRINT;
  expected.transparent = TRUE;
  assert_exported (path, figure, &expected);
  gui_close_window (window);
}

/* The next dialog begins where the last one ended. */
static void
test_remembered (void)
{
  IscWindow *window = gui_open_window ();
  g_autoptr (GSettings) settings = isc_settings_new ();
  IscExportDialog *dialog;

  gui_activate (window, "win.export", NULL);
  dialog = find_dialog ();
  g_assert_cmpuint (isc_export_dialog_get_choice (dialog)->kind, ==, 2);
  g_assert_cmpstr (text_of (dialog, "width"), ==, "2.5");
  g_assert_cmpstr (text_of (dialog, "dpi"), ==, "300");
  g_assert_cmpuint (isc_export_dialog_get_choice (dialog)->look.theme, ==, ISC_THEME_PRINT);
  g_assert_true (isc_export_dialog_get_choice (dialog)->look.transparent);
  gtk_window_close (GTK_WINDOW (dialog));

  /* What can't be is the default, not an error. */
  g_settings_set_string (settings, "export-theme", "of another version");
  g_settings_set (settings, "export-size", "(dd)", -3.0, 1e300);
  g_settings_reset (settings, "export-format");
  gui_activate (window, "win.export", NULL);
  dialog = find_dialog ();
  g_assert_cmpuint (isc_export_dialog_get_choice (dialog)->look.theme, ==, ISC_THEME_LIGHT);
  g_assert_cmpfloat (isc_export_dialog_get_choice (dialog)->look.width, ==, 1200.0);
  g_settings_reset (settings, "export-theme");
  g_settings_reset (settings, "export-size");
  g_settings_reset (settings, "export-unit");
  g_settings_reset (settings, "export-transparent");
  /* A window that goes away takes its dialog along. */
  gui_close_window (window);
  g_assert_null (find_dialog ());
}

typedef struct
{
  gpointer chooser;
  const char *path;
} Place;

/* Whether the dialog has gone to its folder. */
static gboolean
is_there (gpointer data)
{
  Place *place = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (place->chooser));
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  return g_strcmp0 (path, place->path) == 0;
}

static gboolean
asks (gpointer data)
{
  return find_toplevel (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

/* Answers where to with a name in the folder that is remembered. */
static void
choose_name (IscExportDialog *dialog, const char *name)
{
  g_autofree char *path = gui_temporary_path (name);
  Place place = { NULL, path };

  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.export", NULL);
  place.chooser = find_toplevel (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_assert_nonnull (place.chooser);
  gtk_file_chooser_set_current_name (place.chooser, name);
  g_assert_true (gui_wait (is_there, &place, 10000));
  gtk_dialog_response (GTK_DIALOG (place.chooser), GTK_RESPONSE_ACCEPT);
}

/* A name without an ending gets one; the file that has the whole name is not replaced unasked. */
static void
test_names (void)
{
  IscWindow *window = gui_open_window ();
  g_autofree char *path = gui_temporary_path ("plain.svg");
  g_autoptr (GSettings) settings = isc_settings_new ();
  g_autofree char *parent = g_path_get_dirname (path);
  IscExportDialog *dialog;

  g_settings_set_string (settings, "folder", parent);
  gui_activate (window, "win.export", NULL);
  choose_name (find_dialog (), "plain");
  g_assert_true (gui_wait (is_closed, NULL, 10000));
  assert_exported_status (window, path);
  assert_exported (path, figure_of (window), NULL);
  g_assert_true (g_file_set_contents (path, "precious", -1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *content = NULL;

      gui_activate (window, "win.export", NULL);
      dialog = find_dialog ();
      /* A whole name typed over the part in front of the ending. */
      choose_name (dialog, i == 0 ? "plain" : "plain.svg.svg");
      g_assert_true (gui_wait (asks, NULL, 10000));
      g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
      g_assert_cmpstr (content, ==, "precious");
      adw_message_dialog_response (find_toplevel (ADW_TYPE_MESSAGE_DIALOG),
                                   i == 0 ? "cancel" : "replace");
      if (i == 0)
        gtk_window_close (GTK_WINDOW (dialog));
      g_assert_true (gui_wait (is_closed, NULL, 10000));
    }
  assert_exported (path, figure_of (window), NULL);
  gui_close_window (window);
}

static void
test_wrong_sizes (void)
{
  IscWindow *window = gui_open_window ();
  IscExportDialog *dialog;

  gui_activate (window, "win.export", NULL);
  dialog = find_dialog ();
  for (guint i = 0; i < 4; i++)
    {
      static const char *const texts[] = { "", "wide", "-3", "0" };

      type (dialog, "width", texts[i]);
      g_assert_cmpstr (facts_of (dialog), ==, "Sizes are numbers above 0, as in 89 or 3.5");
      g_assert_false (can_export (dialog));
    }
  type (dialog, "width", "30000");
  g_assert_cmpstr (facts_of (dialog), ==, "a size of 30000 × 800 px is outside 1..20000 a side");
  g_assert_false (can_export (dialog));
  type (dialog, "width", "600");
  g_assert_true (can_export (dialog));

  /* What can't be written leaves the dialog open for another try. */
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.export-to", "s", "/nowhere/a.svg");
  g_assert_false (can_export (dialog));
  g_assert_true (gui_wait (can_export, dialog, 10000));
  g_assert_true (find_dialog () == dialog);
  g_assert_null (isc_window_get_status (window));
  gtk_window_close (GTK_WINDOW (dialog));
  gui_close_window (window);
}

static gboolean
has_stepped (gpointer window)
{
  IscTrainingPage *page = isc_window_get_training_page (window);
  g_autoptr (IscFigure) figure
      = isc_training_figures_make (isc_training_page_get_figures (page), 0);

  return figure != NULL && !isc_training_page_is_running (page);
}

/* Training has two figures, each with a name that says whose it is. */
static void
test_training (void)
{
  IscWindow *window = gui_open_window ();
  const char *const actions[] = { "win.export", "win.export-lower" };
  const char *const names[]
      = { "loss_4-schemes_seed42.svg", "gradient-norms_4-schemes_seed42.svg" };

  gui_activate (window, "win.page", "training");
  gui_activate (window, "win.export", NULL);
  g_assert_null (find_dialog ());
  g_assert_cmpstr (isc_window_get_status (window), ==, "There is no finished figure to export yet");
  isc_training_page_step (isc_window_get_training_page (window));
  g_assert_true (gui_wait (has_stepped, window, 60000));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = NULL;

      gui_activate (window, actions[i], NULL);
      name = isc_export_dialog_dup_file_name (find_dialog ());
      g_assert_cmpstr (name, ==, names[i]);
      gtk_window_close (GTK_WINDOW (find_dialog ()));
    }
  gui_close_window (window);
}

static void
export_with (IscWindow *window, const char *path, const char *options)
{
  g_autoptr (GVariant) parsed = g_variant_parse (G_VARIANT_TYPE_VARDICT, options, NULL, NULL, NULL);

  g_assert_nonnull (parsed);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export-with", "(s@a{sv})", path, parsed);
}

static void
test_scripts (void)
{
  IscWindow *window = gui_open_window ();
  g_autofree char *path = gui_temporary_path ("script.pdf");
  IscExportOptions expected = isc_export_options_default;

  export_with (window, path, "{'width': <640.0>, 'theme': <'dark'>, 'text': <'outlines'>}");
  assert_exported_status (window, path);
  expected.width = 640.0;
  expected.theme = ISC_THEME_DARK;
  expected.text = ISC_TEXT_AS_OUTLINES;
  assert_exported (path, figure_of (window), &expected);
  g_unlink (path);

  export_with (window, path, "{'theme': <'drak'>}");
  g_assert_nonnull (strstr (isc_window_get_status (window), "drak"));
  export_with (window, path, "{'widht': <640.0>}");
  g_assert_nonnull (strstr (isc_window_get_status (window), "'widht' of type d is none of width"));
  export_with (window, path, "{'width': <'640'>}");
  g_assert_nonnull (strstr (isc_window_get_status (window), "'width' of type s is none of width"));
  export_with (window, path, "{'width': <0.0>}");
  g_assert_nonnull (strstr (isc_window_get_status (window), "outside 1..20000"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  gui_close_window (window);
}

/* A picture gives the window its experiment back, and is not what is saved to. */
static void
test_reopened (void)
{
  static const char *const names[] = { "again.png", "again.svg", "again.pdf", "again.eps" };
  IscWindow *window = gui_open_window ();
  IscDocument *document = isc_window_get_document (window);
  g_autoptr (IscExperiment) before = NULL;
  g_autofree char *damaged = gui_temporary_path ("damaged.svg");

  gui_activate (window, "win.example", "zeros");
  gui_wait_for_weights (window);
  before = isc_experiment_ref (isc_document_get_experiment (document));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = gui_temporary_path (names[i]);

      gui_activate (window, "win.export-to", path);
      gui_activate (window, "win.example", "article");
      gui_wait_for_weights (window);
      g_assert_false (isc_experiment_equal (isc_document_get_experiment (document), before));
      g_assert_true (isc_document_open (document, path, NULL));
      g_assert_true (isc_experiment_equal (isc_document_get_experiment (document), before));
      g_assert_null (isc_document_get_path (document));
      g_assert_false (isc_document_is_modified (document));
      gui_wait_for_weights (window);
    }
  /* As a person does it. */
  {
    IscWindow *fresh = gui_open_window ();
    g_autofree char *path = gui_temporary_path (names[0]);

    gui_activate (fresh, "win.open-path", path);
    g_assert_true (
        isc_experiment_equal (isc_document_get_experiment (isc_window_get_document (fresh)),
                              before));
    g_assert_cmpstr (isc_window_get_status (fresh), ==, "Opened again.png");
    gui_wait_for_weights (fresh);
    gui_close_window (fresh);
  }
  g_assert_true (g_file_set_contents (damaged, "<svg></svg>", -1, NULL));
  gui_activate (window, "win.open-path", damaged);
  g_assert_nonnull (strstr (isc_window_get_status (window),
                            "damaged.svg: the SVG figure has no experiment inside"));
  g_assert_true (isc_experiment_equal (isc_document_get_experiment (document), before));
  gui_close_window (window);
}

static void
export_all (IscWindow *window, const char *folder, const char *options)
{
  g_autoptr (GVariant) parsed = g_variant_parse (G_VARIANT_TYPE_VARDICT, options, NULL, NULL, NULL);

  g_assert_nonnull (parsed);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.export-all-to", "(s@a{sv})", folder,
                              parsed);
}

static gboolean
has_status (gpointer window)
{
  return isc_window_get_status (window) != NULL;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_all (void)
{
  IscWindow *window = gui_open_window ();
  g_autofree char *folder = gui_temporary_path ("all");
  g_autofree char *histogram = g_build_filename (folder, "histogram.svg", NULL);
  g_autofree char *data = g_build_filename (folder, "histogram.csv", NULL);
  g_autofree char *experiment = g_build_filename (folder, "experiment.initscope", NULL);
  IscDocument *document = isc_window_get_document (window);
  g_autoptr (IscExperiment) before = isc_experiment_ref (isc_document_get_experiment (document));

  /* Nothing was trained yet: the figures of weights. */
  export_all (window, folder, "{}");
  g_assert_true (gui_wait (has_status, window, 60000));
  g_assert_cmpstr (isc_window_get_status (window), ==, "Exported 13 files into all");
  g_assert_cmpuint (count_files (folder), ==, 13);
  assert_exported (histogram, figure_of (window), NULL);
  assert_exported (data, figure_of (window), NULL);
  g_assert_true (isc_document_open (document, experiment, NULL));
  g_assert_true (isc_experiment_equal (isc_document_get_experiment (document), before));
  remove_files (folder);
  gui_close_window (window);
}

static gboolean
is_gone (gpointer data)
{
  return find_toplevel (ISC_TYPE_EXPORT_ALL_DIALOG) == NULL;
}

static gboolean
can_export_all (gpointer dialog)
{
  return gtk_widget_get_sensitive (gtk_window_get_default_widget (GTK_WINDOW (dialog)));
}

static void
test_all_dialog (void)
{
  IscWindow *window = gui_open_window ();
  g_autofree char *folder = gui_temporary_path ("pages");
  g_autofree char *pages = g_build_filename (folder, "figures.pdf", NULL);
  IscExportAllDialog *dialog;
  GtkWidget *facts;

  gui_activate (window, "win.export-all", NULL);
  dialog = find_toplevel (ISC_TYPE_EXPORT_ALL_DIALOG);
  g_assert_nonnull (dialog);
  facts = isc_export_all_dialog_find (dialog, "facts");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (facts)), ==, "6 figures, and the experiment");
  adw_combo_row_set_selected (ADW_COMBO_ROW (isc_export_all_dialog_find (dialog, "kind")), 4);
  gtk_switch_set_active (GTK_SWITCH (isc_export_all_dialog_find (dialog, "data")), FALSE);

  /* A folder that can't be made: said, and the dialog stays. */
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.export-to", "s", "/nowhere/all");
  g_assert_false (can_export_all (dialog));
  g_assert_true (gui_wait (can_export_all, dialog, 60000));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (facts)), ==,
                   "cannot make the folder /nowhere/all: No such file or directory");
  g_assert_cmpstr (isc_window_get_status (window), ==,
                   "cannot make the folder /nowhere/all: No such file or directory");

  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.export-to", "s", folder);
  g_assert_true (gui_wait (is_gone, NULL, 60000));
  g_assert_cmpstr (isc_window_get_status (window), ==, "Exported 2 files into pages");
  g_assert_true (g_file_test (pages, G_FILE_TEST_IS_REGULAR));

  /* On a page where nothing is finished there is nothing to export. */
  gui_activate (window, "win.page", "training");
  gui_activate (window, "win.export-all", NULL);
  dialog = find_toplevel (ISC_TYPE_EXPORT_ALL_DIALOG);
  adw_combo_row_set_selected (ADW_COMBO_ROW (isc_export_all_dialog_find (dialog, "pages")), 1);
  g_assert_false (can_export_all (dialog));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.cancel", NULL);
  g_assert_true (is_gone (NULL));
  remove_files (folder);
  gui_close_window (window);
}

/* Stopped, or without room: what is said to be written is whole, and the rest is not there. */
static void
test_all_stopped (void)
{
  IscWindow *window = gui_open_window ();
  g_autofree char *folder = gui_temporary_path ("full");
  g_autofree char *path = g_build_filename (folder, "experiment.initscope", NULL);
  IscExportAllDialog *dialog;
  struct rlimit limit, small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = (struct rlimit){ 20000, limit.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  export_all (window, folder, "{'format': <'png'>, 'data': <false>}");
  g_assert_true (gui_wait (has_status, window, 60000));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_nonnull (strstr (isc_window_get_status (window), "/full/histogram.png: File too large; "
                                                            "1 file was written before"));
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_assert_true (isc_document_open (isc_window_get_document (window), path, NULL));
  remove_files (folder);
  gui_wait_for_weights (window);

  gui_activate (window, "win.export-all", NULL);
  dialog = find_toplevel (ISC_TYPE_EXPORT_ALL_DIALOG);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.export-to", "s", folder);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.cancel", NULL);
  g_assert_true (gui_wait (can_export_all, dialog, 60000));
  g_assert_nonnull (strstr (isc_window_get_status (window), "the export was stopped; "));
  g_assert_cmpuint (count_files (folder), <, 3);
  remove_files (folder);
  /* A window that goes away takes the export along. */
  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.export-to", "s", folder);
  gui_close_window (window);
  g_assert_true (is_gone (NULL));
  remove_files (folder);
}

static void
test_all_refused (void)
{
  IscWindow *window = gui_open_window ();
  g_autofree char *folder = gui_temporary_path ("refused");

  export_all (window, folder, "{'format': <'gif'>}");
  g_assert_cmpstr (isc_window_get_status (window), ==,
                   "format: 'gif' is none of svg, pdf, png, eps, pages");
  export_all (window, folder, "{'width': <-1.0>}");
  g_assert_nonnull (strstr (isc_window_get_status (window), "outside 1..20000"));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  gui_close_window (window);
}

static void
test_print (void)
{
  IscWindow *window = gui_open_window ();
  g_autofree char *path = gui_temporary_path ("paper.pdf");
  g_autofree char *content = NULL;
  gsize length;

  gui_activate (window, "win.print-to", path);
  g_assert_cmpstr (isc_window_get_status (window), ==, "Printed into paper.pdf");
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  gui_activate (window, "win.print-to", "/nowhere/paper.pdf");
  g_assert_cmpstr (isc_window_get_status (window), ==,
                   "cannot write /nowhere/paper.pdf: No such file or directory");
  gui_close_window (window);
}

static gboolean
contains (const char *content, gsize length, const char *what)
{
  gsize n = strlen (what);

  for (gsize i = 0; i + n <= length; i++)
    if (memcmp (content + i, what, n) == 0)
      return TRUE;
  return FALSE;
}

/* On the paper that was chosen the last time, whichever way it lies; 792 points come out as
 * 791.999983. */
static void
test_paper (void)
{
  static const struct
  {
    const char *paper;
    GtkPageOrientation orientation;
    const char *size;
  } papers[] = {
    { GTK_PAPER_NAME_A4, GTK_PAGE_ORIENTATION_PORTRAIT, "/MediaBox [ 0 0 595" },
    { GTK_PAPER_NAME_LETTER, GTK_PAGE_ORIENTATION_LANDSCAPE, "/MediaBox [ 0 0 79" },
  };
  IscWindow *window = gui_open_window ();
  g_autoptr (GSettings) settings = isc_settings_new ();
  g_autofree char *path = gui_temporary_path ("sheet.pdf");

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
      g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (papers[i].paper);
      g_autofree char *content = NULL;
      gsize length;

      gtk_page_setup_set_paper_size_and_default_margins (setup, paper);
      gtk_page_setup_set_orientation (setup, papers[i].orientation);
      g_settings_set_value (settings, "page-setup", gtk_page_setup_to_gvariant (setup));
      gui_activate (window, "win.print-to", path);
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      g_assert_true (contains (content, length, papers[i].size));
    }
  g_settings_reset (settings, "page-setup");
  gui_close_window (window);
}

typedef struct
{
  GError *error;
  gboolean done;
} Written;

static void
written_cb (GObject *content, GAsyncResult *result, gpointer data)
{
  Written *written = data;

  gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (content), result,
                                               &written->error);
  written->done = TRUE;
}

static gboolean
is_written (gpointer written)
{
  return ((Written *)written)->done;
}

/* What a program gets that takes @type. */
static GBytes *
take (GdkContentProvider *content, const char *type)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  Written written = { NULL, FALSE };

  gdk_content_provider_write_mime_type_async (content, type, stream, G_PRIORITY_DEFAULT, NULL,
                                              written_cb, &written);
  g_assert_true (gui_wait (is_written, &written, 5000));
  g_assert_no_error (written.error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_drag (void)
{
  IscWindow *window = gui_open_window ();
  GtkWidget *page = GTK_WIDGET (isc_window_get_weights_page (window));
  GtkWidget *handle = gui_find (page, ISC_TYPE_DRAG_HANDLE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkContentProvider) content = isc_drag_handle_offer (ISC_DRAG_HANDLE (handle), &error);
  g_autoptr (GBytes) svg = NULL;
  g_autoptr (GBytes) expected
      = isc_export_to_bytes (figure_of (window), ISC_EXPORT_SVG, NULL, NULL);
  g_auto (GValue) value = G_VALUE_INIT;
  g_autofree char *path = NULL;
  IscTrainingPage *training;

  g_assert_no_error (error);
  svg = take (content, "image/svg+xml");
  g_assert_true (g_bytes_equal (svg, expected));
  g_value_init (&value, G_TYPE_FILE);
  g_assert_true (gdk_content_provider_get_value (content, &value, &error));
  path = g_file_get_path (g_value_get_object (&value));
  g_assert_true (g_str_has_suffix (path, "/kaiming-normal_784x256_seed42.svg"));
  gui_assert_file (path, expected);

  /* Before the first step there is nothing to take hold of. */
  gui_activate (window, "win.page", "training");
  training = isc_window_get_training_page (window);
  handle = gui_find (GTK_WIDGET (training), ISC_TYPE_DRAG_HANDLE);
  g_assert_null (isc_drag_handle_offer (ISC_DRAG_HANDLE (handle), &error));
  g_assert_cmpstr (error->message, ==, "There is no finished figure to drag yet");
  gui_close_window (window);
}

/* What is seen is what is exported, copied and printed. */
static void
test_viewport (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = isc_weights_page_get_plot (isc_window_get_weights_page (window));
  g_autofree char *path = gui_temporary_path ("zoomed.svg");
  g_autoptr (IscViewport) viewport = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, 0.0, 0.1);
  IscExportOptions expected = isc_export_options_default;

  isc_plot_view_set_viewport (plot, viewport);
  gui_activate (window, "win.export-to", path);
  expected.viewport = viewport;
  assert_exported (path, figure_of (window), &expected);
  gui_close_window (window);
}

/* A file manager that remembers what it was asked to show. */
static void
asked_cb (GDBusConnection *bus,
          const char *sender,
          const char *path,
          const char *interface,
          const char *method,
          GVariant *parameters,
          GDBusMethodInvocation *invocation,
          gpointer asked)
{
  *(char **)asked = g_variant_print (parameters, FALSE);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static gboolean
is_set (gpointer pointer)
{
  return *(gpointer *)pointer != NULL;
}

static void
owned_cb (GDBusConnection *bus, const char *name, gpointer owned)
{
  *(gboolean *)owned = TRUE;
}

static gboolean
is_true (gpointer value)
{
  return *(gboolean *)value;
}

static void
test_show (void)
{
  static const char xml[] = "<node><interface name='org.freedesktop.FileManager1'>"
                            "<method name='ShowItems'><arg type='as' direction='in'/>"
                            "<arg type='s' direction='in'/></method></interface></node>";
  static const GDBusInterfaceVTable vtable = { asked_cb, NULL, NULL, { 0 } };
  IscWindow *window = gui_open_window ();
  g_autofree char *path = gui_temporary_path ("show me.svg");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *expected = g_strdup_printf ("(['%s'], '')", uri);
  g_autofree char *asked = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, &error);
  gboolean owned = FALSE;
  guint object, name;

  g_assert_no_error (error);
  object = g_dbus_connection_register_object (bus, "/org/freedesktop/FileManager1",
                                              node->interfaces[0], &vtable, &asked, NULL, &error);
  g_assert_no_error (error);
  name = g_bus_own_name_on_connection (bus, "org.freedesktop.FileManager1",
                                       G_BUS_NAME_OWNER_FLAGS_NONE, owned_cb, NULL, &owned, NULL);
  g_assert_true (gui_wait (is_true, &owned, 5000));
  gui_activate (window, "win.show-file", path);
  g_assert_true (gui_wait (is_set, &asked, 5000));
  g_assert_cmpstr (asked, ==, expected);
  g_bus_unown_name (name);
  g_dbus_connection_unregister_object (bus, object);
  gui_close_window (window);
}

int
main (int argc, char *argv[])
{
  gui_init (&argc, &argv);
  g_test_add_func ("/export/dialog", test_dialog);
  g_test_add_func ("/export/remembered", test_remembered);
#ifdef LEAKS_ARE_LOOKED_FOR
  /* As in test-window.c: the file chooser leaves memory behind. */
  (void)test_names;
#else
  g_test_add_func ("/export/names", test_names);
#endif
  g_test_add_func ("/export/wrong-sizes", test_wrong_sizes);
  g_test_add_func ("/export/training", test_training);
  g_test_add_func ("/export/scripts", test_scripts);
  g_test_add_func ("/export/reopened", test_reopened);
  g_test_add_func ("/export/all", test_all);
  g_test_add_func ("/export/all-dialog", test_all_dialog);
  g_test_add_func ("/export/all-stopped", test_all_stopped);
  g_test_add_func ("/export/all-refused", test_all_refused);
  g_test_add_func ("/export/print", test_print);
  g_test_add_func ("/export/paper", test_paper);
  g_test_add_func ("/export/show", test_show);
  g_test_add_func ("/export/drag", test_drag);
  g_test_add_func ("/export/viewport", test_viewport);
  return gui_run ();
}
