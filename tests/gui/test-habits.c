/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person expects of any window: settings that stay, files that find their window, questions
 * before work is lost.  Settings are kept in a file here, as they are between two starts. */

#include <glib/gstdio.h>
#include <unistd.h>

#include "app/about.h"
#include "app/opening.h"
#include "app/preferences.h"
#include "app/settings.h"
#include "experiment/examples.h"
#include "experiment/json.h"
#include "formats/weights-file.h"
#include "gui/gui.h"

static IscDocument *
document_of (IscWindow *window)
{
  return isc_window_get_document (window);
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *)pointer == NULL;
}

/* Closes @window as a person does, who has no changes to save. */
static void
close_window (IscWindow *window)
{
  IscWindow *alive = window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&alive);
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (gui_wait (is_gone, &alive, 10000));
}

static void
change (IscWindow *window, const char *epochs)
{
  g_autoptr (GError) error = NULL;

  isc_document_edit (document_of (window), "epochs", epochs, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_says (IscWindow *window, const char *part)
{
  const char *status = isc_window_get_status (window);

  if (!status || !strstr (status, part))
    g_test_message ("\"%s\" says nothing of \"%s\"", status ? status : "", part);
  g_assert_true (status && strstr (status, part));
}

/* What went wrong can be taken along. */
static void
assert_copies (IscWindow *window, const char *part)
{
  g_auto (GValue) value = G_VALUE_INIT;

  gui_activate (window, "win.copy-outcome", NULL);
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (
      gdk_content_provider_get_value (gdk_clipboard_get_content (
                                          gtk_widget_get_clipboard (GTK_WIDGET (window))),
                                      &value, NULL));
  g_assert_nonnull (strstr (g_value_get_string (&value), part));
}

/* The other window, of two. */
static IscWindow *
other_window (IscWindow *window)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (gui_application ())); at;
       at = at->next)
    if (ISC_IS_WINDOW (at->data) && at->data != window)
      return at->data;
  g_assert_not_reached ();
}

static void
save_example (const char *id, const char *path)
{
  IscWindow *window = gui_open_window ();

  gui_activate (window, "win.example", id);
  gui_activate (window, "win.save-to", path);
  gui_close_window (window);
}

static void
reset_settings (void)
{
  g_autoptr (GSettings) settings = isc_settings_new ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i]; i++)
    g_settings_reset (settings, keys[i]);
}

/* Near enough: GTK draws a frame of its own around the content. */
static gboolean
is_resized (gpointer window)
{
  return ABS (gtk_widget_get_width (window) - 1010) <= 16;
}

static void
test_state (void)
{
  IscWindow *window = gui_open_window ();
  IscTrainingPage *training = isc_window_get_training_page (window);
  int width, height;

  gtk_window_set_default_size (GTK_WINDOW (window), 1010, 720);
  g_assert_true (gui_wait (is_resized, window, 5000));
  gui_activate (window, "win.toggle-sidebar", NULL);
  isc_weights_page_choose_view (isc_window_get_weights_page (window), "qq");
  isc_training_figures_choose (isc_training_page_get_figures (training), 0,
                               isc_views_find ("signals", NULL), FALSE, FALSE, 0);
  isc_training_figures_choose (isc_training_page_get_figures (training), 1,
                               isc_views_find ("update-ratio", NULL), FALSE, FALSE, 0);
  gui_activate (window, "win.page", "training");
  close_window (window);
  g_settings_sync ();

  window = gui_open_window ();
  training = isc_window_get_training_page (window);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 1010);
  g_assert_cmpint (height, ==, 720);
  g_assert_cmpstr (isc_window_get_page (window), ==, "training");
  g_assert_cmpstr (isc_weights_page_get_view (isc_window_get_weights_page (window))->id, ==, "qq");
  g_assert_cmpstr (isc_training_figures_get_view (isc_training_page_get_figures (training), 0)->id,
                   ==, "signals");
  g_assert_cmpstr (isc_training_figures_get_view (isc_training_page_get_figures (training), 1)->id,
                   ==, "update-ratio");
  g_assert_false (
      adw_flap_get_reveal_flap (isc_weights_page_get_flap (isc_window_get_weights_page (window))));
  g_assert_false (adw_flap_get_reveal_flap (isc_training_page_get_flap (training)));
  gui_close_window (window);
  reset_settings ();
}

/* Of values that are none, or out of their range, nothing is heard but the defaults. */
static void
test_broken_settings (void)
{
  g_autoptr (GSettings) settings = isc_settings_new ();
  IscWindow *window;
  int width, height, threads = -1;
  double scale = 0.0;

  isc_settings_set (settings, "window-size", "(ii)", -5, 1 << 30);
  isc_settings_set (settings, "weights-figure", "s", "no such figure");
  isc_settings_set (settings, "upper-figure", "s", "histogram");
  isc_settings_set (settings, "page", "s", "no such page");
  isc_settings_set (settings, "text-scale", "d", 1e300);
  isc_settings_set (settings, "threads", "i", -3);
  isc_settings_set (settings, "threads", "s", "many");
  isc_settings_set (settings, "no such key", "s", "");
  g_assert_true (isc_settings_get (settings, "threads", "i", &threads));
  g_assert_cmpint (threads, ==, 0);
  g_assert_false (isc_settings_get (settings, "threads", "d", &scale));
  g_assert_false (isc_settings_get (settings, "no such key", "d", &scale));
  g_assert_false (isc_settings_get (NULL, "text-scale", "d", &scale));
  g_assert_cmpfloat (scale, ==, 0.0);
  g_assert_true (isc_settings_get (settings, "text-scale", "d", &scale));
  g_assert_cmpfloat (scale, ==, 1.0);

  window = gui_open_window ();
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, >=, 300);
  g_assert_cmpint (height, <=, 16000);
  g_assert_nonnull (isc_weights_page_get_view (isc_window_get_weights_page (window)));
  g_assert_nonnull (isc_training_figures_get_view (isc_training_page_get_figures (
                                                       isc_window_get_training_page (window)),
                                                   0)
                        ->of_result);
  gui_close_window (window);
  reset_settings ();
}

/* A file belongs to one window, whatever way leads to it. */
static void
test_same_file (void)
{
  g_autofree char *path = gui_temporary_path ("same.initscope");
  g_autofree char *link = gui_temporary_path ("link.initscope");
  IscWindow *window;

  save_example ("zeros", path);
  g_assert_cmpint (symlink (path, link), ==, 0);
  window = gui_open_window ();
  gui_activate (window, "win.open-path", path);
  g_assert_cmpuint (gui_n_windows (), ==, 1);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "same.initscope");
  {
    IscWindow *second = gui_open_window ();

    gui_activate (second, "win.open-path", link);
    assert_says (window, "open here");
    g_assert_null (isc_document_get_path (document_of (second)));
    gui_close_window (second);
  }
  /* From the command line or a file manager too. */
  {
    g_autoptr (GFile) file = g_file_new_for_path (path);

    g_application_open (G_APPLICATION (gui_application ()), &file, 1, "");
    g_assert_cmpuint (gui_n_windows (), ==, 1);
  }
  /* Its changes are not thrown away by opening it once more. */
  change (window, "7");
  gui_activate (window, "win.open-path", path);
  g_assert_cmpuint (gui_n_windows (), ==, 1);
  g_assert_true (isc_document_is_modified (document_of (window)));
  gui_close_window (window);
}

/* Another file does not take the place of unsaved work. */
static void
test_other_file (void)
{
  g_autofree char *path = gui_temporary_path ("other.initscope");
  g_autofree char *broken = gui_temporary_path ("broken.initscope");
  g_autoptr (IscExperiment) zeros = isc_example_load ("zeros", NULL);
  IscWindow *window, *second;

  save_example ("zeros", path);
  g_file_set_contents (broken, "{", -1, NULL);
  window = gui_open_window ();
  change (window, "7");
  gui_activate (window, "win.open-path", broken);
  assert_says (window, "broken.initscope");
  assert_copies (window, "broken.initscope");
  g_assert_cmpuint (gui_n_windows (), ==, 1);
  gui_activate (window, "win.open-path", path);
  g_assert_cmpuint (gui_n_windows (), ==, 2);
  second = other_window (window);
  g_assert_true (isc_document_is_modified (document_of (window)));
  g_assert_true (isc_experiment_equal (isc_document_get_experiment (document_of (second)), zeros));
  gui_close_window (second);
  gui_close_window (window);
}

/* An example takes the window, and undo gives back what was there, file and all. */
static void
test_example (void)
{
  g_autofree char *path = gui_temporary_path ("mine.initscope");
  IscWindow *window;
  IscDocument *document;

  save_example ("depth", path);
  window = gui_open_window ();
  document = document_of (window);
  gui_activate (window, "win.open-path", path);
  gui_activate (window, "win.example", "zeros");
  assert_says (window, "example");
  g_assert_null (isc_document_get_path (document));
  /* One that was only looked at is nobody's work. */
  g_assert_false (isc_document_is_modified (document));
  gui_activate (window, "win.undo", NULL);
  g_assert_cmpstr (isc_document_get_path (document), ==, path);
  g_assert_false (isc_document_is_modified (document));

  /* Work before it was. */
  change (window, "9");
  gui_activate (window, "win.example", "zeros");
  g_assert_true (isc_document_is_modified (document));
  gui_activate (window, "win.undo", NULL);
  gui_activate (window, "win.save", NULL);
  g_assert_false (isc_document_is_modified (document));
  gui_activate (window, "win.undo", NULL);
  g_assert_true (isc_document_is_modified (document));
  g_assert_cmpstr (isc_document_get_path (document), ==, path);
  gui_close_window (window);
}

static void
test_title (void)
{
  g_autofree char *path = gui_temporary_path ("title.initscope");
  IscWindow *window = gui_open_window ();

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Four schemes on one network");
  change (window, "7");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "• Four schemes on one network");
  gui_activate (window, "win.save-to", path);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "title.initscope");
  gui_close_window (window);
}

static GMenuModel *
recent_menu (IscWindow *window)
{
  return G_MENU_MODEL (
      gtk_widget_get_template_child (GTK_WIDGET (window), ISC_TYPE_WINDOW, "recent"));
}

/* The addresses that the menu of recent experiments opens. */
static char *
list_recent (IscWindow *window)
{
  g_autoptr (GMenuModel) items
      = g_menu_model_get_item_link (recent_menu (window), 0, G_MENU_LINK_SECTION);
  GString *list = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (items); i++)
    {
      g_autofree char *uri = NULL;

      if (g_menu_model_get_item_attribute (items, i, G_MENU_ATTRIBUTE_TARGET, "s", &uri))
        g_string_append_printf (list, "%s\n", uri);
    }
  return g_string_free (list, FALSE);
}

typedef struct
{
  IscWindow *window;
  const char *name;
  gboolean listed;
} Listing;

static gboolean
is_listed (gpointer data)
{
  Listing *listing = data;
  g_autofree char *list = list_recent (listing->window);

  return (strstr (list, listing->name) != NULL) == listing->listed;
}

static void
test_recent (void)
{
  g_autofree char *path = gui_temporary_path ("recent_ä.initscope");
  g_autofree char *figure = gui_temporary_path ("recent.svg");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  IscWindow *window = gui_open_window ();
  Listing listing = { window, uri, TRUE };

  gui_activate (window, "win.save-to", path);
  g_assert_true (gui_wait (is_listed, &listing, 5000));
  gui_activate (window, "win.export-to", figure);
  gui_activate (window, "win.open-path", figure);
  assert_says (window, "Opened recent.svg");
  gui_activate (window, "win.open-uri", uri);
  assert_says (window, "Opened recent_ä.initscope");
  listing.name = "recent.svg";
  listing.listed = FALSE;
  g_assert_true (gui_wait (is_listed, &listing, 5000));

  /* One that is gone is forgotten, and the window stays as it is. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  gui_activate (window, "win.example", "zeros");
  gui_activate (window, "win.open-uri", uri);
  assert_says (window, "not there any more");
  listing.name = uri;
  g_assert_true (gui_wait (is_listed, &listing, 5000));
  gui_close_window (window);
}

/* A figure of every kind of file that may fall on a window. */
static void
test_drop (void)
{
  g_autofree char *experiment = gui_temporary_path ("dropped.initscope");
  g_autofree char *table = gui_temporary_path ("it's mine.csv");
  g_autofree char *images = gui_temporary_path ("train-images-idx3-ubyte");
  g_autofree char *labels = gui_temporary_path ("train-labels-idx1-ubyte");
  g_autofree char *weights = gui_temporary_path ("dropped.npy");
  g_autofree char *folder = g_path_get_dirname (experiment);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  IscShape shape = isc_shape (2, 30, 20);
  IscWindow *window;
  IscDocument *document;
  g_autofree char *call = NULL;
  g_autoptr (GError) error = NULL;

  save_example ("zeros", experiment);
  g_file_set_contents (table, "a,b,c\n1,2,x\n2,3,y\n", -1, &error);
  g_file_set_contents (images, "", 0, &error);
  g_ptr_array_add (tensors, isc_tensor_new ("mine", &shape, &error));
  isc_weights_file_write (tensors, weights, &error);
  g_assert_no_error (error);
  window = gui_open_window ();
  document = document_of (window);

  g_assert_true (gui_drop (window, (const char *[]){ folder, NULL }));
  assert_says (window, "is a folder");
  g_assert_false (isc_document_can_undo (document));

  g_assert_true (gui_drop (window, (const char *[]){ weights, NULL }));
  assert_says (window, "Opened dropped.npy");
  g_assert_cmpstr (isc_window_get_page (window), ==, "weights");

  g_assert_true (gui_drop (window, (const char *[]){ table, NULL }));
  assert_says (window, "trains on it's mine.csv");
  g_assert_cmpstr (isc_window_get_page (window), ==, "training");
  g_assert_cmpstr (isc_call_get_name (
                       isc_experiment_get_data (isc_document_get_experiment (document))),
                   ==, "CSV");
  gui_activate (window, "win.undo", NULL);
  g_assert_false (isc_document_is_modified (document));

  /* Images without their labels are not data yet. */
  g_assert_true (gui_drop (window, (const char *[]){ images, NULL }));
  assert_says (window, "one of two files");
  g_assert_false (isc_document_is_modified (document));
  g_file_set_contents (labels, "", 0, &error);
  g_assert_true (gui_drop (window, (const char *[]){ labels, NULL }));
  call = isc_call_to_text (isc_experiment_get_data (isc_document_get_experiment (document)));
  g_assert_nonnull (strstr (call, images));
  g_assert_nonnull (strstr (call, labels));
  gui_activate (window, "win.undo", NULL);

  /* Several at once: a window each. */
  g_assert_true (gui_drop (window, (const char *[]){ experiment, weights, NULL }));
  g_assert_cmpuint (gui_n_windows (), ==, 2);
  g_assert_cmpstr (isc_document_get_path (document), ==, experiment);
  assert_says (other_window (window), "Opened dropped.npy");
  gui_close_window (other_window (window));
  gui_close_window (window);
}

static gboolean
is_asked (gpointer window)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) each = g_list_model_get_item (all, i);

      if (ADW_IS_MESSAGE_DIALOG (each) && gtk_window_get_transient_for (each) == window)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_one_asked (gpointer windows)
{
  return is_asked (((gpointer *)windows)[0]) || is_asked (((gpointer *)windows)[1]);
}

/* Which of the two is asked about first: the last one that was worked in, as the desktop sees it.
 */
static IscWindow *
asked_window (IscWindow *one, IscWindow *other)
{
  gpointer windows[] = { one, other };

  g_assert_true (gui_wait (is_one_asked, windows, 5000));
  return is_asked (one) ? one : other;
}

/* Every window with changes is asked about, one after the other; whoever keeps one stays. */
static void
test_quit (void)
{
  g_autofree char *path = gui_temporary_path ("quit.initscope");
  GActionGroup *application = G_ACTION_GROUP (gui_application ());
  IscWindow *first, *second, *third;
  IscWindow *alive;

  save_example ("depth", path);
  first = gui_open_window ();
  second = gui_open_window ();
  third = gui_open_window ();
  gui_activate (first, "win.open-path", path);
  change (first, "7");
  change (second, "8");

  g_action_group_activate_action (application, "quit", NULL);
  gui_answer (asked_window (first, second), "cancel");
  g_assert_cmpuint (gui_n_windows (), ==, 3);

  /* A window that is closed later is only closed. */
  alive = third;
  g_object_add_weak_pointer (G_OBJECT (third), (gpointer *)&alive);
  gtk_window_close (GTK_WINDOW (third));
  g_assert_true (gui_wait (is_gone, &alive, 5000));
  g_assert_cmpuint (gui_n_windows (), ==, 2);

  /* The one with a file is saved, the other one given up, in whatever order they are asked about.
   */
  g_action_group_activate_action (application, "quit", NULL);
  for (guint n = 2; n > 0; n--)
    {
      IscWindow *asked = n == 2 ? asked_window (first, second) : other_window (NULL);

      g_assert_cmpuint (gui_n_windows (), ==, n);
      alive = asked;
      g_object_add_weak_pointer (G_OBJECT (asked), (gpointer *)&alive);
      gui_answer (asked, asked == first ? "save" : "discard");
      g_assert_true (gui_wait (is_gone, &alive, 5000));
    }
  {
    g_autoptr (IscExperiment) saved = isc_experiment_load (path, NULL, NULL);

    g_assert_cmpint (isc_experiment_get_epochs (saved), ==, 7);
  }
}

static void
test_preferences (void)
{
  IscWindow *window = gui_open_window ();
  g_autoptr (GSettings) settings = isc_settings_new ();
  GActionGroup *application = G_ACTION_GROUP (gui_application ());
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkWindow *preferences = isc_preferences_present (GTK_WINDOW (window));
  int before, after;

  g_assert_true (preferences == isc_preferences_present (GTK_WINDOW (window)));
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &before, NULL);
  isc_settings_set (settings, "style", "s", "dark");
  g_assert_cmpint (adw_style_manager_get_color_scheme (style), ==, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_cmpuint (adw_combo_row_get_selected (
                        ADW_COMBO_ROW (gui_find (GTK_WIDGET (preferences), ADW_TYPE_COMBO_ROW))),
                    ==, 2);
  g_action_group_activate_action (application, "style", g_variant_new_string ("system"));
  g_assert_cmpint (adw_style_manager_get_color_scheme (style), ==, ADW_COLOR_SCHEME_DEFAULT);

  /* The export dialog begins with what is chosen here. */
  {
    GtkWidget *row = g_object_get_data (G_OBJECT (preferences), "export-theme");
    g_autofree char *theme = NULL;

    adw_combo_row_set_selected (ADW_COMBO_ROW (row), ISC_THEME_PRINT);
    isc_settings_get (settings, "export-theme", "s", &theme);
    g_assert_cmpstr (theme, ==, "print");
  }

  g_action_group_activate_action (application, "larger-text", NULL);
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &after, NULL);
  g_assert_cmpint (after, ==, (int)(1.125 * before + 0.5));
  for (guint i = 0; i < 20; i++)
    g_action_group_activate_action (application, "larger-text", NULL);
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &after, NULL);
  g_assert_cmpint (after, ==, 2 * before);
  g_action_group_activate_action (application, "normal-text", NULL);
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &after, NULL);
  g_assert_cmpint (after, ==, before);

  g_object_add_weak_pointer (G_OBJECT (preferences), (gpointer *)&preferences);
  gtk_window_destroy (preferences);
  g_assert_true (gui_wait (is_gone, &preferences, 5000));
  gui_close_window (window);
}

static void
test_about (void)
{
  const char *const facts[]
      = { "Initscope ", "GTK ",       "libadwaita ", "cairo ",   "GSL ",
          "Display: ",  "Renderer: ", "Locale: ",    "System: ", "style: 'system'" };
  IscWindow *window = gui_open_window ();
  g_autofree char *text = isc_about_dup_system (GTK_WINDOW (window));

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    g_assert_nonnull (strstr (text, facts[i]));
  gui_close_window (window);
}

/* Keys turn the pages round; unknown ones are not there. */
static void
test_pages (void)
{
  IscWindow *window = gui_open_window ();

  gui_activate (window, "win.page", "weights");
  gui_activate (window, "win.next-page", NULL);
  g_assert_cmpstr (isc_window_get_page (window), ==, "training");
  gui_activate (window, "win.previous-page", NULL);
  g_assert_cmpstr (isc_window_get_page (window), ==, "weights");
  gui_activate (window, "win.previous-page", NULL);
  g_assert_cmpstr (isc_window_get_page (window), !=, "weights");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page-at", "i", 2);
  g_assert_cmpstr (isc_window_get_page (window), ==, "training");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page-at", "i", 9);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page-at", "i", -1);
  gui_activate (window, "win.page", "no such page");
  g_assert_cmpstr (isc_window_get_page (window), ==, "training");
  gui_close_window (window);
}

/* What can be had by pressing Tab alone: every control that shows, other than what is in a popover
 * or moves with arrows. */
static void
assert_reached (GtkWidget *widget, GHashTable *reached)
{
  gboolean control = GTK_IS_BUTTON (widget) || GTK_IS_TEXT (widget) || GTK_IS_SWITCH (widget)
                     || GTK_IS_SCALE (widget) || GTK_IS_DROP_DOWN (widget);

  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget) || GTK_IS_WINDOW_CONTROLS (widget))
    return;
  if (control && gtk_widget_get_focusable (widget) && gtk_widget_is_sensitive (widget)
      && !g_hash_table_contains (reached, widget))
    {
      g_test_message ("%s \"%s\" in %s is not reached", G_OBJECT_TYPE_NAME (widget),
                      gtk_widget_get_tooltip_text (widget),
                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
      g_test_fail ();
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    assert_reached (child, reached);
}

/* Tab goes through the window and comes round, without being caught anywhere. */
static void
test_keyboard (void)
{
  const char *const pages[] = { "weights", "training", "examples" };
  IscWindow *window = gui_open_window ();

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
      GtkWidget *last = NULL;
      guint n = 0;

      gui_activate (window, "win.page", pages[i]);
      gui_wait_for_frame (GTK_WIDGET (window));
      gtk_window_set_focus (GTK_WINDOW (window), NULL);
      while (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD))
        {
          GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

          if (focus == last)
            g_test_message ("caught at \"%s\"", gtk_widget_get_tooltip_text (focus));
          g_assert_true (focus && focus != last);
          if (!g_hash_table_add (reached, focus))
            break;
          last = focus;
          g_assert_cmpuint (++n, <, 500);
        }
      g_test_message ("%s: %u places", pages[i], n);
      g_assert_cmpuint (n, >, 10);
      assert_reached (adw_application_window_get_content (ADW_APPLICATION_WINDOW (window)),
                      reached);
    }
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/habits/state", test_state);
  g_test_add_func ("/habits/broken-settings", test_broken_settings);
  g_test_add_func ("/habits/same-file", test_same_file);
  g_test_add_func ("/habits/other-file", test_other_file);
  g_test_add_func ("/habits/example", test_example);
  g_test_add_func ("/habits/title", test_title);
  g_test_add_func ("/habits/recent", test_recent);
  g_test_add_func ("/habits/drop", test_drop);
  g_test_add_func ("/habits/quit", test_quit);
  g_test_add_func ("/habits/preferences", test_preferences);
  g_test_add_func ("/habits/about", test_about);
  g_test_add_func ("/habits/pages", test_pages);
  g_test_add_func ("/habits/keyboard", test_keyboard);
  return gui_run ();
}
