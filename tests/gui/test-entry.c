/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person types, and how a drag is undone. */

#include <locale.h>

#include "app/call-group.h"
#include "app/field-row.h"
#include "app/number-entry.h"
#include "gui/gui.h"
#include "support/comma-locale.h"

static IscExperiment *
experiment_of (IscWindow *window)
{
  return isc_document_get_experiment (isc_window_get_document (window));
}

static GtkWidget *
control (IscWindow *window, const char *name)
{
  return isc_weights_page_find (isc_window_get_weights_page (window), name);
}

static const struct
{
  const char *text;
  /* NULL where the text goes on as it is. */
  const char *number;
} entries[] = {
  { "1e-3", NULL },
  { "0.001", NULL },
  { "-2", NULL },
  { "2/3", "0.6666666666666666" },
  { "sqrt(2)", "1.4142135623730951" },
  { " 2 * (3 + 4)", "14" },
  { "28*28", "784" },
  { "28 × 28", "784" },
  { "2^10", "1024" },
  { "10^-3", "0.001" },
  { "2**-1", "0.5" },
  { "-2^2", "-4" },
  { "2^3^2", "512" },
  { "−0.5", "-0.5" },
  { "1/sqrt(4)", "0.5" },
  { "pi", "3.141592653589793" },
  { "2π", NULL },
  { "1/0", NULL },
  { "sqrt(-1)", NULL },
  { "1e400*2", NULL },
  { "0x10", NULL },
  { "two", NULL },
  { "1 2", NULL },
  { "(1", NULL },
  { "1)", NULL },
  { "1,5", NULL },
  { "sqrt 2", NULL },
  { "", NULL },
  { "+", NULL },
  { "None", NULL },
  { "auto", NULL },
};

static void
test_numbers (void)
{
  g_autofree char *deep = g_strnfill (5000, '(');
  g_autofree char *signs = g_strnfill (5000, '-');
  g_autofree char *none = isc_number_entry_read (deep);
  g_autofree char *nothing = isc_number_entry_read (signs);

  g_assert_null (none);
  g_assert_null (nothing);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autofree char *number = isc_number_entry_read (entries[i].text);

      if (g_strcmp0 (number, entries[i].number) != 0)
        g_test_message ("\"%s\"", entries[i].text);
      g_assert_cmpstr (number, ==, entries[i].number);
    }
}

/* Where a comma is the decimal point, both are. */
static void
test_comma (void)
{
  g_autofree char *comma = NULL;
  g_autofree char *point = NULL;
  g_autofree char *both = NULL;

  comma_locale_enter ();
  comma = isc_number_entry_read ("0,001");
  point = isc_number_entry_read ("1.5/3");
  both = isc_number_entry_read ("1.000,5");
  comma_locale_leave ();
  g_assert_cmpstr (comma, ==, "0.001");
  g_assert_cmpstr (point, ==, "0.5");
  g_assert_null (both);
}

/* In the window: what was worked out is shown, kept, and one step of undo. */
static void
test_rows (void)
{
  IscWindow *window = gui_open_window ();
  IscDocument *document = isc_window_get_document (window);
  IscCallGroup *scheme = ISC_CALL_GROUP (control (window, "scheme"));
  GtkWidget *row;

  isc_call_group_choose (scheme, "normal_");
  row = isc_call_group_find_row (scheme, "std");
  isc_field_row_try (ISC_FIELD_ROW (row), "sqrt(2/784)");
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, "0.050507627227610534");
  isc_document_undo (document);
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, "1.0");

  /* What is no number is refused beside the field, and stays to be mended. */
  isc_field_row_try (ISC_FIELD_ROW (row), "1/0");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, "1/0");
  isc_field_row_try (ISC_FIELD_ROW (row), "1e-3");
  g_assert_false (gtk_widget_has_css_class (row, "error"));

  row = isc_call_group_find_row (ISC_CALL_GROUP (control (window, "layer")), "in_features");
  isc_field_row_try (ISC_FIELD_ROW (row), "28*28*3");
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, "2352");
  gui_close_window (window);
}

static void
test_shapes (void)
{
  const char *const shapes[]
      = { "78x25", "78, 25", "78×25", "78 x 25", "(78, 25)", "78 25", "78X25", "[78, 25]" };
  const char *const wrong[] = { "78", "0x25", "78x", "wide", "78x25x3", "99999999999x2" };
  IscWindow *window = gui_open_window ();
  GtkWidget *row = control (window, "shape");

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      isc_field_row_try (ISC_FIELD_ROW (row), "5x6");
      isc_field_row_try (ISC_FIELD_ROW (row), shapes[i]);
      if (gtk_widget_has_css_class (row, "error"))
        g_test_message ("%s", shapes[i]);
      g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, "78 × 25");
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      isc_field_row_try (ISC_FIELD_ROW (row), wrong[i]);
      g_assert_true (gtk_widget_has_css_class (row, "error"));
      g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, wrong[i]);
    }
  gui_close_window (window);
}

/* The wheel scrolls the sidebar, whatever it passes over. */
static void
test_wheel (void)
{
  IscWindow *window = gui_open_window ();
  IscCallGroup *scheme = ISC_CALL_GROUP (control (window, "scheme"));
  g_autoptr (GListModel) controllers = NULL;
  GtkWidget *scale;

  isc_call_group_choose (scheme, "normal_");
  scale = gui_find (isc_call_group_find_row (scheme, "std"), GTK_TYPE_SCALE);
  controllers = gtk_widget_observe_controllers (scale);
  g_assert_cmpuint (g_list_model_get_n_items (controllers), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      g_assert_false (GTK_IS_EVENT_CONTROLLER_SCROLL (controller));
    }
  gui_close_window (window);
}

/* As a document hears of it: press, moves, rest, release. */
static void
test_drag (void)
{
  IscWindow *window = gui_open_window ();
  IscDocument *document = isc_window_get_document (window);
  g_autoptr (IscExperiment) before = isc_experiment_ref (experiment_of (window));
  g_autoptr (IscExperiment) between = NULL;
  g_autoptr (IscExperiment) after = NULL;

  isc_document_hold (document, TRUE);
  for (int i = 1; i <= 5; i++)
    {
      g_autofree char *value = g_strdup_printf ("%d", 20 + i);

      g_assert_true (isc_document_edit (document, "epochs", value, "epochs", NULL));
      /* Longer than what keeps the keys of one word together. */
      if (i == 3)
        g_usleep (1600 * G_TIME_SPAN_MILLISECOND);
    }
  isc_document_hold (document, FALSE);
  between = isc_experiment_ref (experiment_of (window));
  /* The next drag is another step, however soon it comes. */
  isc_document_hold (document, TRUE);
  g_assert_true (isc_document_edit (document, "epochs", "30", "epochs", NULL));
  g_assert_true (isc_document_edit (document, "epochs", "31", "epochs", NULL));
  isc_document_hold (document, FALSE);
  after = isc_experiment_ref (experiment_of (window));
  isc_document_undo (document);
  g_assert_true (isc_experiment_equal (experiment_of (window), between));
  isc_document_undo (document);
  g_assert_true (isc_experiment_equal (experiment_of (window), before));
  g_assert_false (isc_document_can_undo (document));
  isc_document_redo (document);
  isc_document_redo (document);
  g_assert_true (isc_experiment_equal (experiment_of (window), after));
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/entry/numbers", test_numbers);
  g_test_add_func ("/entry/comma", test_comma);
  g_test_add_func ("/entry/rows", test_rows);
  g_test_add_func ("/entry/shapes", test_shapes);
  g_test_add_func ("/entry/wheel", test_wheel);
  g_test_add_func ("/entry/drag", test_drag);
  return gui_run ();
}
