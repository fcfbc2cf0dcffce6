/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of the sidebar that say how runs are led and when they end. */

#include "app/call-group.h"
#include "app/experiment-panel.h"
#include "app/field-row.h"
#include "catalog/schedules/schedules.h"
#include "gui/gui.h"

static IscWindow *
open_training (void)
{
  IscWindow *window = gui_open_window ();

  gui_activate (window, "win.page", "training");
  gui_wait_for_weights (window);
  return window;
}

static IscExperiment *
experiment_of (IscWindow *window)
{
  return isc_document_get_experiment (isc_window_get_document (window));
}

static GtkWidget *
control_of (IscWindow *window, const char *path)
{
  GtkWidget *panel
      = gui_find (GTK_WIDGET (isc_window_get_training_page (window)), ISC_TYPE_EXPERIMENT_PANEL);
  GtkWidget *control = isc_experiment_panel_find (ISC_EXPERIMENT_PANEL (panel), path);

  g_assert_nonnull (control);
  return control;
}

static void
assert_schedule (IscWindow *window, const char *expected)
{
  IscCall *call = isc_experiment_get_schedule (experiment_of (window));
  g_autofree char *text = call ? isc_call_to_text (call) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

/* A field's row takes @value and shows it; an empty text is null again. */
static void
check_field (IscWindow *window, const char *path, const char *value, const char *wrong)
{
  GtkWidget *row = control_of (window, path);
  g_autofree char *before = g_strdup (isc_field_row_get_text (ISC_FIELD_ROW (row)));

  isc_field_row_try (ISC_FIELD_ROW (row), wrong);
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, wrong);
  isc_field_row_try (ISC_FIELD_ROW (row), value);
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, value);
  isc_document_undo (isc_window_get_document (window));
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, before);
  isc_document_redo (isc_window_get_document (window));
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (row)), ==, value);
}

static void
test_fields (void)
{
  IscWindow *window = open_training ();

  check_field (window, "batch_size", "17", "0");
  check_field (window, "epochs", "3", "many");
  check_field (window, "seeds", "3, 4", "3, x");
  check_field (window, "clip_grad_norm", "0.5", "-1");
  check_field (window, "clip_grad_value", "0.25", "0");
  check_field (window, "target_loss", "-0.125", "low");
  check_field (window, "observe_every", "7", "0.5");
  /* Exact: powers of two. */
  g_assert_cmpfloat (isc_experiment_get_clip_grad_value (experiment_of (window)), ==, 0.25);
  g_assert_cmpfloat (isc_experiment_get_target_loss (experiment_of (window)), ==, -0.125);
  g_assert_cmpint (isc_experiment_get_observe_every (experiment_of (window)), ==, 7);

  isc_field_row_try (ISC_FIELD_ROW (control_of (window, "clip_grad_value")), "");
  g_assert_cmpfloat (isc_experiment_get_clip_grad_value (experiment_of (window)), ==, 0.0);
  isc_field_row_try (ISC_FIELD_ROW (control_of (window, "observe_every")), "none");
  g_assert_cmpint (isc_experiment_get_observe_every (experiment_of (window)), ==, -1);
  gui_close_window (window);
}

/* Every schedule can be chosen as it is, has its parameters as rows, and can be left again. */
static void
test_schedules (void)
{
  IscWindow *window = open_training ();
  IscCallGroup *group = ISC_CALL_GROUP (control_of (window, "schedule"));
  guint n;
  const IscItem *const *items = isc_schedules_get (&n);

  assert_schedule (window, NULL);
  for (guint i = 0; i < n; i++)
    {
      isc_call_group_choose (group, items[i]->id);
      g_assert_cmpstr (isc_call_get_name (isc_experiment_get_schedule (experiment_of (window))), ==,
                       items[i]->id);
      g_assert_nonnull (isc_call_group_find_row (group, items[i]->parameters[0].name));
    }
  isc_call_group_choose (group, "CosineAnnealingLR");
  isc_field_row_try (ISC_FIELD_ROW (isc_call_group_find_row (group, "T_max")), "17");
  assert_schedule (window, "CosineAnnealingLR(17)");
  isc_field_row_try (ISC_FIELD_ROW (isc_call_group_find_row (group, "T_max")), "0");
  g_assert_true (gtk_widget_has_css_class (isc_call_group_find_row (group, "T_max"), "error"));
  assert_schedule (window, "CosineAnnealingLR(17)");
  isc_call_group_choose (group, NULL);
  assert_schedule (window, NULL);
  g_assert_null (isc_call_group_find_row (group, "T_max"));
  isc_document_undo (isc_window_get_document (window));
  assert_schedule (window, "CosineAnnealingLR(17)");
  gui_close_window (window);
}

/* Whether @widget, or what is in it, shows that something is wrong. */
static gboolean
shows_error (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "error") && gtk_widget_get_visible (widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (shows_error (child))
      return TRUE;
  return FALSE;
}

/* What does not fit the rest of the experiment is told at the schedule. */
static void
test_misfit (void)
{
  IscWindow *window = open_training ();
  GtkWidget *schedule = control_of (window, "schedule");
  IscCallGroup *optimizer = ISC_CALL_GROUP (control_of (window, "optimizer"));

  isc_call_group_choose (ISC_CALL_GROUP (schedule), "OneCycleLR");
  g_assert_false (shows_error (schedule));
  isc_call_group_choose (optimizer, "Adagrad");
  g_assert_true (shows_error (schedule));
  isc_call_group_choose (optimizer, "Adam");
  g_assert_false (shows_error (schedule));
  gui_close_window (window);
}

/* The wheel over a slider scrolls the sidebar: it would change a value that nobody looks at. */
static void
test_wheel (void)
{
  IscWindow *window = open_training ();
  IscCallGroup *optimizer = ISC_CALL_GROUP (control_of (window, "optimizer"));
  GtkWidget *scale = gui_find (isc_call_group_find_row (optimizer, "lr"), GTK_TYPE_SCALE);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scale);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      g_assert_false (GTK_IS_EVENT_CONTROLLER_SCROLL (controller));
    }
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/settings/fields", test_fields);
  g_test_add_func ("/settings/schedules", test_schedules);
  g_test_add_func ("/settings/misfit", test_misfit);
  g_test_add_func ("/settings/wheel", test_wheel);
  return gui_run ();
}
