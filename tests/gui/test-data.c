/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The data's rows: every data set can be chosen, and files of one's own be trained on. */

#include <string.h>

#include "app/call-group.h"
#include "app/experiment-panel.h"
#include "app/field-row.h"
#include "app/transport.h"
#include "gui/gui.h"

static IscWindow *
open_training (void)
{
  IscWindow *window = gui_open_window ();

  gui_activate (window, "win.page", "training");
  gui_wait_for_weights (window);
  return window;
}

static IscCallGroup *
data_of (IscWindow *window)
{
  GtkWidget *panel
      = gui_find (GTK_WIDGET (isc_window_get_training_page (window)), ISC_TYPE_EXPERIMENT_PANEL);

  return ISC_CALL_GROUP (isc_experiment_panel_find (ISC_EXPERIMENT_PANEL (panel), "data"));
}

static void
assert_data (IscWindow *window, const char *expected)
{
  g_autofree char *text = isc_call_to_text (
      isc_experiment_get_data (isc_document_get_experiment (isc_window_get_document (window))));

  g_assert_cmpstr (text, ==, expected);
}

static void
try (IscWindow *window, const char *parameter, const char *text)
{
  GtkWidget *row = isc_call_group_find_row (data_of (window), parameter);

  g_assert_nonnull (row);
  isc_field_row_try (ISC_FIELD_ROW (row), text);
}

static void
assert_text (IscWindow *window, const char *parameter, const char *expected)
{
  GtkWidget *row = isc_call_group_find_row (data_of (window), parameter);

  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, expected);
}

static void
test_choose (void)
{
  IscWindow *window = open_training ();
  guint n;
  const IscItem *const *items = isc_catalog_get_items (ISC_KIND_DATASET, &n);

  for (guint i = 0; i < n; i++)
    {
      IscExperiment *experiment;

      isc_call_group_choose (data_of (window), items[i]->id);
      experiment = isc_document_get_experiment (isc_window_get_document (window));
      g_assert_cmpstr (isc_call_get_name (isc_experiment_get_data (experiment)), ==, items[i]->id);
    }
  gui_close_window (window);
}

/* Names stand without quotes in their rows, numbers of columns in neither place; what is optional
 * can be emptied. */
static void
test_rows (void)
{
  IscWindow *window = open_training ();

  isc_call_group_choose (data_of (window), "CSV");
  assert_data (window, "CSV('data.csv')");
  try (window, "path", "my table.csv");
  try (window, "target", "species");
  try (window, "ignore", "id, name");
  assert_data (window, "CSV('my table.csv', target='species', ignore='id, name')");
  assert_text (window, "target", "species");
  assert_text (window, "ignore", "id, name");
  try (window, "target", "-2");
  try (window, "ignore", "");
  assert_data (window, "CSV('my table.csv', target=-2)");
  assert_text (window, "target", "-2");
  assert_text (window, "ignore", "");
  try (window, "target", "");
  assert_data (window, "CSV('my table.csv')");
  assert_text (window, "target", "last");

  isc_call_group_choose (data_of (window), "IDX");
  assert_data (window, "IDX('images-ubyte', 'labels-ubyte')");
  try (window, "test_images", "t");
  assert_data (window, "IDX('images-ubyte', 'labels-ubyte', test_images='t')");
  try (window, "test_images", "");
  assert_data (window, "IDX('images-ubyte', 'labels-ubyte')");
  gui_close_window (window);
}

static gboolean
is_over (gpointer window)
{
  return !isc_training_page_is_running (isc_window_get_training_page (window));
}

/* Trains on a table of @rows; what came of it. */
static const char *
train (IscWindow *window, const char *rows)
{
  g_autofree char *path = gui_temporary_path ("t.csv");
  GtkWidget *page = GTK_WIDGET (isc_window_get_training_page (window));
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, rows, -1, &error);
  g_assert_no_error (error);
  try (window, "path", path);
  g_assert_true (gtk_widget_activate_action (page, "training.reset", NULL));
  g_assert_true (gtk_widget_activate_action (page, "training.play", NULL));
  g_assert_true (gui_wait (is_over, window, 60000));
  return isc_transport_get_status (ISC_TRANSPORT (gui_find (page, ISC_TYPE_TRANSPORT)));
}

/* A file that is wrong is told with its line, and another one is read when it is played again. */
static void
test_train (void)
{
  IscWindow *window = open_training ();
  g_autoptr (GError) error = NULL;
  IscResult *result;

  isc_document_edit (isc_window_get_document (window), "network", "[\"Linear(2, 2)\"]", NULL,
                     &error);
  g_assert_no_error (error);
  isc_call_group_choose (data_of (window), "CSV");
  g_assert_nonnull (strstr (train (window, "x,y,kind\n1,2,a\n3,,b\n"),
                            "line 3, column 'y': an empty cell is not a number"));
  g_assert_null (isc_training_page_get_result (isc_window_get_training_page (window)));
  g_assert_true (
      gtk_widget_has_css_class (isc_call_group_find_row (data_of (window), "path"), "error"));
  train (window, "x,y,kind\n1,2,a\n3,4,b\n");
  g_assert_false (
      gtk_widget_has_css_class (isc_call_group_find_row (data_of (window), "path"), "error"));
  result = isc_training_page_get_result (isc_window_get_training_page (window));
  g_assert_nonnull (result);
  g_assert_true (isc_result_is_finished (result));
  gui_close_window (window);
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  const char *subtitle = ADW_IS_ACTION_ROW (widget)
                             ? adw_action_row_get_subtitle (ADW_ACTION_ROW (widget))
                         : GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget))
                                                 : NULL;

  if (subtitle && strstr (subtitle, text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

/* The split takes the only example of the third class: it trains, and the data's rows tell why one
 * class is never learnt. */
static void
test_gaps (void)
{
  IscWindow *window = open_training ();
  g_autoptr (GError) error = NULL;
  const char *lack = "no training example is of class 2";

  isc_document_edit (isc_window_get_document (window), "network", "[\"Linear(2, 3)\"]", NULL,
                     &error);
  g_assert_no_error (error);
  isc_call_group_choose (data_of (window), "CSV");
  train (window, "x,y,kind\n1,2,a\n3,4,a\n5,6,b\n7,8,b\n9,1,c\n");
  g_assert_nonnull (isc_training_page_get_result (isc_window_get_training_page (window)));
  g_assert_true (says (GTK_WIDGET (data_of (window)), lack));
  try (window, "test_fraction", "0");
  g_assert_false (says (GTK_WIDGET (data_of (window)), lack));
  gui_close_window (window);
}

typedef struct
{
  GtkWidget *panel;
  const char *text;
} Said;

static gboolean
is_said (gpointer data)
{
  Said *said = data;

  return says (said->panel, said->text);
}

/* What does not fit is told without anybody's pressing Play. */
static void
test_probe (void)
{
  IscWindow *window = open_training ();
  g_autofree char *path = gui_temporary_path ("three.csv");
  GtkWidget *page = GTK_WIDGET (isc_window_get_training_page (window));
  GtkWidget *panel = gui_find (page, ISC_TYPE_EXPERIMENT_PANEL);
  Said said = { panel, NULL };
  g_autoptr (GError) error = NULL;

  isc_document_edit (isc_window_get_document (window), "network", "[\"Linear(2, 2)\"]", NULL,
                     &error);
  g_assert_no_error (error);
  g_file_set_contents (path, "x,y,z,kind\n1,2,3,a\n3,4,5,b\n", -1, &error);
  g_assert_no_error (error);
  isc_call_group_choose (data_of (window), "CSV");
  said.text = "data.csv: No such file";
  g_assert_true (gui_wait (is_said, &said, 10000));
  try (window, "path", path);
  said.text = "in_features";
  g_assert_true (gui_wait (is_said, &said, 10000));
  g_assert_null (isc_training_page_get_result (isc_window_get_training_page (window)));
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/gui/data/choose", test_choose);
  g_test_add_func ("/gui/data/rows", test_rows);
  g_test_add_func ("/gui/data/train", test_train);
  g_test_add_func ("/gui/data/gaps", test_gaps);
  g_test_add_func ("/gui/data/probe", test_probe);
  return gui_run ();
}
