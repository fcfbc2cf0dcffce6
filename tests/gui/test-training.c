/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Training page: transport, numbers, and what training costs the window. */

#include "app/experiment-panel.h"
#include "app/field-row.h"
#include "app/list-group.h"
#include "app/list-row.h"
#include "app/plot-view.h"
#include "app/transport.h"
#include "app/training-figure.h"
#include "engine/run.h"
#include "gui/gui.h"
#include "plot/export.h"
#include "views/views.h"

static IscTrainingPage *
page_of (IscWindow *window)
{
  return isc_window_get_training_page (window);
}

static IscExperiment *
experiment_of (IscWindow *window)
{
  return isc_document_get_experiment (isc_window_get_document (window));
}

/* A window on the Training page with three schemes on MNIST. */
static IscWindow *
open_mnist (void)
{
  IscWindow *window = gui_open_window ();
  g_autoptr (GError) error = NULL;

  gui_activate (window, "win.example", "mnist");
  isc_document_edit (isc_window_get_document (window), "inits[3]", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (isc_experiment_get_n_inits (experiment_of (window)), ==, 3);
  gui_activate (window, "win.page", "training");
  gui_wait_for_weights (window);
  return window;
}

static gsize
run_steps (IscWindow *window, guint run)
{
  IscResult *result = isc_training_page_get_result (page_of (window));

  return result ? isc_result_get_run (result, run)->n_steps : 0;
}

static gsize
all_steps (IscWindow *window)
{
  IscResult *result = isc_training_page_get_result (page_of (window));
  gsize sum = 0;

  for (guint i = 0; result && i < isc_result_get_n_runs (result); i++)
    sum += isc_result_get_run (result, i)->n_steps;
  return sum;
}

typedef struct
{
  IscWindow *window;
  gsize steps;
} Goal;

/* Whether every run is at least that far. */
static gboolean
is_reached (gpointer data)
{
  Goal *goal = data;
  IscResult *result = isc_training_page_get_result (page_of (goal->window));
  guint n = result ? isc_result_get_n_runs (result) : 0;

  for (guint i = 0; i < n; i++)
    if (isc_result_get_run (result, i)->n_steps < goal->steps)
      return FALSE;
  return n > 0;
}

static void
wait_for_steps (IscWindow *window, gsize steps)
{
  Goal goal = { window, steps };

  g_assert_true (gui_wait (is_reached, &goal, 60000));
}

static gboolean
is_over (gpointer window)
{
  return !isc_training_page_is_running (page_of (window));
}

static gboolean
is_changed (gpointer data)
{
  Goal *goal = data;

  return all_steps (goal->window) != goal->steps;
}

/* Waits until no step was added for longer than a loaded machine pauses a worker. */
static void
wait_for_rest (IscWindow *window)
{
  for (guint i = 0; i < 20; i++)
    {
      Goal goal = { window, all_steps (window) };

      if (!gui_wait (is_changed, &goal, 600))
        return;
    }
  g_assert_not_reached ();
}

/* Actions of the page are reached from anything on it. */
static void
press (IscWindow *window, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page_of (window)), action, NULL));
}

static void
test_transport (void)
{
  IscWindow *window = open_mnist ();
  GtkWidget *plot = gui_find (GTK_WIDGET (page_of (window)), ISC_TYPE_PLOT_VIEW);
  g_autoptr (IscFigure) empty = isc_figure_ref (isc_plot_view_get_figure (ISC_PLOT_VIEW (plot)));
  gsize furthest = 0;

  g_assert_false (isc_training_page_is_running (page_of (window)));
  g_assert_cmpuint (all_steps (window), ==, 0);

  press (window, "training.play");
  g_assert_true (isc_training_page_is_running (page_of (window)));
  wait_for_steps (window, 10);

  press (window, "training.play");
  g_assert_false (isc_training_page_is_running (page_of (window)));
  wait_for_rest (window);
  for (guint i = 0; i < 3; i++)
    furthest = MAX (furthest, run_steps (window, i));
  /* Paused before the end, or nothing was tested: there are 141 steps. */
  g_assert_cmpuint (furthest, <, 141);

  /* The figure is of this run: the empty one is gone. */
  g_assert_true (isc_plot_view_get_figure (ISC_PLOT_VIEW (plot)) != empty);

  /* The first step brings every run to the same place, each further one just one on. */
  for (gsize more = 1; more <= 3; more++)
    {
      press (window, "training.step");
      wait_for_steps (window, furthest + more);
      wait_for_rest (window);
      for (guint i = 0; i < 3; i++)
        g_assert_cmpuint (run_steps (window, i), ==, furthest + more);
    }

  press (window, "training.reset");
  g_assert_cmpuint (all_steps (window), ==, 0);
  wait_for_rest (window);
  g_assert_cmpuint (all_steps (window), ==, 0);
  gui_close_window (window);
}

static void
seek (IscWindow *window, guint64 step)
{
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (page_of (window)), "training.seek", "t", step));
}

/* Whether the page is at rest and every run at that step. */
static gboolean
is_at (gpointer data)
{
  Goal *goal = data;

  if (isc_training_page_is_running (page_of (goal->window)))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (run_steps (goal->window, i) != goal->steps)
      return FALSE;
  return TRUE;
}

static void
wait_until_at (IscWindow *window, gsize step)
{
  Goal goal = { window, step };

  g_assert_true (gui_wait (is_at, &goal, 60000));
}

/* Back and on by actions, by the slider and past the end; and what is trained after that is what
 * would have been. */
static void
test_seek (void)
{
  IscWindow *window = open_mnist ();
  GtkWidget *transport = gui_find (GTK_WIDGET (page_of (window)), ISC_TYPE_TRANSPORT);
  GtkWidget *slider = gui_find (transport, GTK_TYPE_SCALE);
  g_autoptr (IscResult) first = NULL;
  gboolean handled;

  /* Nothing has begun: there is nowhere to go. */
  seek (window, 5);
  g_assert_false (isc_training_page_is_running (page_of (window)));
  g_assert_false (gtk_widget_get_sensitive (slider));

  g_assert_true (gtk_widget_activate_action (transport, "training.advance", "t", (guint64)10));
  /* Again before it is there, whether or not it has begun. */
  g_assert_true (gtk_widget_activate_action (transport, "training.advance", "t", (guint64)10));
  wait_until_at (window, 20);
  seek (window, 10);
  wait_until_at (window, 10);
  g_assert_true (gtk_widget_get_sensitive (slider));
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (slider)), ==, 10.0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (gtk_range_get_adjustment (GTK_RANGE (slider))), ==,
                     141.0);
  seek (window, 100);
  g_assert_true (isc_training_page_is_running (page_of (window)));
  g_assert_true (g_str_has_prefix (isc_transport_get_status (ISC_TRANSPORT (transport)),
                                   "Going to step 100 · step 10 · "));
  wait_until_at (window, 100);
  press (window, "training.play");
  g_assert_true (gui_wait (is_over, window, 60000));
  first = isc_result_ref (isc_training_page_get_result (page_of (window)));
  g_assert_true (isc_result_is_finished (first));
  g_assert_cmpuint (isc_transport_get_position (ISC_TRANSPORT (transport)), ==, 141);

  /* By hand, between two steps. */
  g_signal_emit_by_name (slider, "change-value", GTK_SCROLL_JUMP, 69.7, &handled);
  g_assert_true (handled);
  wait_until_at (window, 70);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (slider)), ==, 70.0);
  /* Again before it is there. */
  for (guint i = 0; i < 5; i++)
    press (window, "training.back");
  wait_until_at (window, 65);
  seek (window, 0);
  wait_until_at (window, 0);
  press (window, "training.back");
  wait_until_at (window, 0);

  press (window, "training.play");
  g_assert_true (gui_wait (is_over, window, 60000));
  for (guint i = 0; i < 3; i++)
    {
      const IscRunResult *a = isc_result_get_run (first, i);
      const IscRunResult *b
          = isc_result_get_run (isc_training_page_get_result (page_of (window)), i);

      g_assert_cmpuint (b->n_steps, ==, 141);
      g_assert_cmpmem (&a->final_loss, sizeof a->final_loss, &b->final_loss, sizeof b->final_loss);
      g_assert_cmpmem (&a->accuracy, sizeof a->accuracy, &b->accuracy, sizeof b->accuracy);
    }
  gui_close_window (window);
}

/* Playing again while the pause still takes effect: the page says what is the case. */
static void
test_pause_and_play (void)
{
  IscWindow *window = open_mnist ();

  g_assert_null (isc_training_page_get_result (page_of (window)));
  for (guint i = 0; i < 30; i++)
    {
      Goal goal = { window, all_steps (window) };

      press (window, "training.play");
      g_assert_true (isc_training_page_is_running (page_of (window)));
      /* Somewhere else in the step each time. */
      gui_wait (is_changed, &goal, i % 7);
      g_assert_true (isc_training_page_is_running (page_of (window))
                     || isc_result_is_finished (isc_training_page_get_result (page_of (window))));
      if (!isc_training_page_is_running (page_of (window)))
        break;
      press (window, "training.play");
      if (i % 2)
        gui_wait (is_changed, &goal, i % 5);
      g_assert_false (isc_training_page_is_running (page_of (window)));
    }
  wait_for_rest (window);
  if (!isc_result_is_finished (isc_training_page_get_result (page_of (window))))
    {
      press (window, "training.play");
      g_assert_true (gui_wait (is_over, window, 60000));
    }
  g_assert_true (isc_result_is_finished (isc_training_page_get_result (page_of (window))));
  gui_close_window (window);
}

static void
test_same_as_without_window (void)
{
  IscWindow *window = open_mnist ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscRun) run = isc_run_new (experiment_of (window), &error);
  g_autoptr (IscResult) expected = NULL;
  IscResult *result;

  g_assert_no_error (error);
  press (window, "training.play");
  g_assert_true (gui_wait (is_over, window, 60000));
  result = isc_training_page_get_result (page_of (window));
  g_assert_true (isc_result_is_finished (result));

  isc_run_advance (run, G_MAXSIZE, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  expected = isc_run_snapshot (run);
  g_assert_cmpuint (isc_result_get_n_runs (result), ==, isc_result_get_n_runs (expected));
  for (guint i = 0; i < isc_result_get_n_runs (expected); i++)
    {
      const IscRunResult *a = isc_result_get_run (result, i);
      const IscRunResult *b = isc_result_get_run (expected, i);

      g_assert_cmpstr (a->label, ==, b->label);
      g_assert_cmpuint (a->n_steps, ==, 141);
      g_assert_cmpuint (b->n_steps, ==, 141);
      g_assert_cmpmem (&a->final_loss, sizeof a->final_loss, &b->final_loss, sizeof b->final_loss);
      g_assert_cmpmem (&a->accuracy, sizeof a->accuracy, &b->accuracy, sizeof b->accuracy);
      for (gsize step = 0; step < 141; step++)
        for (guint column = 0; column < isc_trace_get_n_columns (b->trace); column++)
          {
            float x = isc_trace_get (a->trace, step, column);
            float y = isc_trace_get (b->trace, step, column);

            g_assert_cmpmem (&x, sizeof x, &y, sizeof y);
          }
    }

  /* So is the figure that is exported then. */
  {
    g_autofree char *path = gui_temporary_path ("loss.svg");
    g_autoptr (IscFigure) figure
        = isc_views_find ("loss", NULL)->of_result (expected, &isc_view_options_default);
    g_autoptr (GBytes) bytes
        = isc_export_to_bytes (figure, ISC_EXPORT_SVG, &isc_export_options_default, &error);

    g_assert_no_error (error);
    gui_activate (window, "win.export-to", path);
    gui_assert_file (path, bytes);
  }
  gui_close_window (window);
}

/* Other weights on the other page leave a run alone; another network does not. */
static void
test_edits (void)
{
  IscWindow *window = open_mnist ();
  IscDocument *document = isc_window_get_document (window);
  g_autoptr (GError) error = NULL;
  gsize steps;

  press (window, "training.step");
  wait_for_steps (window, 1);
  steps = all_steps (window);
  g_assert_cmpuint (steps, ==, 3);
  isc_document_edit (document, "weights.layer", "Linear(20, 30)", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all_steps (window), ==, steps);
  isc_document_edit (document, "optimizer", "SGD(lr=0.1)", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all_steps (window), ==, 0);

  /* What does not fit together can't be played. */
  isc_document_edit (document, "network[2]", "Linear(255, 128)", NULL, &error);
  g_assert_no_error (error);
  press (window, "training.play");
  g_assert_false (isc_training_page_is_running (page_of (window)));
  isc_document_undo (document);
  press (window, "training.play");
  g_assert_true (isc_training_page_is_running (page_of (window)));
  wait_for_steps (window, 2);
  gui_close_window (window);
}

static void
assert_network (IscWindow *window, const char *const *expected)
{
  IscExperiment *experiment = experiment_of (window);

  g_assert_cmpuint (isc_experiment_get_n_modules (experiment), ==,
                    g_strv_length ((char **)expected));
  for (guint i = 0; expected[i]; i++)
    {
      g_autofree char *text = isc_call_to_text (isc_experiment_get_module (experiment, i));

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

static IscListGroup *
list_of (IscWindow *window, const char *path)
{
  GtkWidget *panel = gui_find (GTK_WIDGET (page_of (window)), ISC_TYPE_EXPERIMENT_PANEL);

  return ISC_LIST_GROUP (isc_experiment_panel_find (ISC_EXPERIMENT_PANEL (panel), path));
}

/* Modules are edited, moved, removed, added from the menu and pasted, each as one step of undo. */
static void
test_network (void)
{
  const char *const start[]
      = { "Linear(784, 256)", "ReLU()", "Linear(256, 128)", "ReLU()", "Linear(128, 10)", NULL };
  const char *const moved[]
      = { "ReLU()", "Linear(784, 256)", "Linear(256, 128)", "ReLU()", "Linear(128, 10)", NULL };
  const char *const removed[]
      = { "Linear(784, 256)", "Linear(256, 128)", "ReLU()", "Linear(128, 10)", NULL };
  const char *const added[] = { "Linear(784, 256)", "Linear(256, 128)", "ReLU()", "Linear(128, 10)",
                                "Tanh()",           "Linear(10, 10)",   NULL };
  const char *const pasted[] = { "Linear(784, 10)", "Sigmoid()", NULL };
  IscWindow *window = open_mnist ();
  IscDocument *document = isc_window_get_document (window);
  IscListGroup *list = list_of (window, "network");
  GtkWidget *row = isc_list_group_get_row (list, 1);
  GtkWidget *add = isc_list_group_get_add_row (list);

  isc_list_row_try (ISC_LIST_ROW (row), "ReLU(");
  g_assert_nonnull (isc_list_row_get_error (ISC_LIST_ROW (row)));
  g_assert_cmpstr (isc_list_row_get_text (ISC_LIST_ROW (row)), ==, "ReLU(");
  assert_network (window, start);
  /* What is spelled well and does not fit is said at the row as well. */
  isc_list_row_try (ISC_LIST_ROW (isc_list_group_get_row (list, 2)), "Linear(255, 128)");
  g_assert_nonnull (isc_list_row_get_error (ISC_LIST_ROW (isc_list_group_get_row (list, 2))));
  isc_document_undo (document);
  g_assert_null (isc_list_row_get_error (ISC_LIST_ROW (isc_list_group_get_row (list, 2))));
  assert_network (window, start);

  g_assert_true (gtk_widget_activate_action (row, "row.move", "i", -1));
  assert_network (window, moved);
  g_assert_true (
      gtk_widget_activate_action (isc_list_group_get_row (list, 0), "row.move", "i", -1));
  assert_network (window, moved);
  isc_document_undo (document);
  assert_network (window, start);

  g_assert_true (gtk_widget_activate_action (row, "row.remove", NULL));
  assert_network (window, removed);
  g_assert_null (isc_list_group_get_row (list, 4));
  isc_field_row_try (ISC_FIELD_ROW (add), "Tanh()");
  g_assert_true (gtk_widget_activate_action (add, "list.add", "s", "Linear"));
  assert_network (window, added);

  isc_field_row_try (ISC_FIELD_ROW (add), "nn.Sequential(nn.Linear(784, 10), nn.Sigmoid())");
  assert_network (window, pasted);
  g_assert_cmpstr (isc_field_row_get_text (ISC_FIELD_ROW (add)), ==, "");
  isc_field_row_try (ISC_FIELD_ROW (add), "Linaer(10, 3)");
  g_assert_true (gtk_widget_has_css_class (add, "error"));
  assert_network (window, pasted);
  for (guint i = 0; i < 4; i++)
    isc_document_undo (document);
  assert_network (window, start);
  gui_close_window (window);
}

/* A block is one row: added as wide as the network is, edited as text, and told what does not fit
 * within it. */
static void
test_block (void)
{
  const char *const added[] = { "Linear(784, 256)",
                                "ReLU()",
                                "Linear(256, 128)",
                                "ReLU()",
                                "Linear(128, 10)",
                                "Residual(Linear(10, 10), ReLU())",
                                NULL };
  const char *const edited[] = { "Linear(784, 256)",
                                 "ReLU()",
                                 "Linear(256, 128)",
                                 "ReLU()",
                                 "Linear(128, 10)",
                                 "Residual(Sequential(Tanh(), Linear(10, 10)), scale=0.5)",
                                 NULL };
  const char *const twice[] = { "Linear(784, 256)",
                                "ReLU()",
                                "Linear(256, 128)",
                                "ReLU()",
                                "Linear(128, 10)",
                                "Residual(Sequential(Tanh(), Linear(10, 10)), scale=0.5)",
                                "Residual(Sequential(Linear(10, 10)))",
                                NULL };
  IscWindow *window = open_mnist ();
  IscListGroup *list = list_of (window, "network");
  GtkWidget *add = isc_list_group_get_add_row (list);
  GtkWidget *row;

  g_assert_true (gtk_widget_activate_action (add, "list.add", "s", "Residual"));
  assert_network (window, added);
  row = isc_list_group_get_row (list, 5);
  isc_list_row_try (ISC_LIST_ROW (row), "Residual(Linear(10, 4), Tanh())");
  g_assert_cmpstr (isc_list_row_get_error (ISC_LIST_ROW (row)), ==,
                   "Residual: its modules make 4 of 10, and x + f(x) needs the same shape");
  isc_list_row_try (ISC_LIST_ROW (row), "Residual(Tanh(), Linear(11, 10))");
  g_assert_cmpstr (isc_list_row_get_error (ISC_LIST_ROW (row)), ==,
                   "f[1]: Linear takes 11 inputs (in_features), and 10 come from network[4]");
  isc_list_row_try (ISC_LIST_ROW (row),
                    "Residual(nn.Sequential(nn.Tanh(), nn.Linear(10, 10)), scale=0.5)");
  g_assert_null (isc_list_row_get_error (ISC_LIST_ROW (row)));
  assert_network (window, edited);
  /* A pasted block is a module, not a network. */
  isc_field_row_try (ISC_FIELD_ROW (add), "Residual(nn.Sequential(nn.Linear(10, 10)))");
  assert_network (window, twice);
  g_assert_true (gtk_widget_activate_action (isc_list_group_get_row (list, 6), "row.remove", NULL));
  assert_network (window, edited);
  gui_close_window (window);
}

static gboolean
has_one_module (gpointer window)
{
  return isc_experiment_get_n_modules (experiment_of (window)) == 1;
}

static gboolean
has_error (gpointer row)
{
  return gtk_widget_has_css_class (row, "error");
}

static void
test_paste (void)
{
  IscWindow *window = open_mnist ();
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  GtkWidget *add = isc_list_group_get_add_row (list_of (window, "network"));

  gdk_clipboard_set_text (clipboard, " nn.Sequential(\n  nn.Linear(784, 10)\n)\n");
  g_assert_true (gtk_widget_activate_action (add, "list.paste", NULL));
  g_assert_true (gui_wait (has_one_module, window, 5000));
  g_assert_false (has_error (add));
  gdk_clipboard_set_text (clipboard, "a shopping list");
  g_assert_true (gtk_widget_activate_action (add, "list.paste", NULL));
  g_assert_true (gui_wait (has_error, add, 5000));
  g_assert_true (has_one_module (window));
  gui_close_window (window);
}

/* Schemes are added by name or by call, renamed and removed. */
static void
test_schemes (void)
{
  IscWindow *window = open_mnist ();
  IscDocument *document = isc_window_get_document (window);
  IscListGroup *list = list_of (window, "inits");
  guint n = isc_experiment_get_n_inits (experiment_of (window));
  GtkWidget *add = isc_list_group_get_add_row (list);
  GtkWidget *row;

  g_assert_true (gtk_widget_activate_action (add, "list.add", "s", "orthogonal_()"));
  g_assert_cmpuint (isc_experiment_get_n_inits (experiment_of (window)), ==, n + 1);
  g_assert_cmpstr (isc_experiment_get_init_label (experiment_of (window), n), ==, "Orthogonal");
  isc_field_row_try (ISC_FIELD_ROW (add), "normal_(std=0.1)");
  g_assert_cmpstr (isc_experiment_get_init_label (experiment_of (window), n + 1), ==,
                   "normal_(std=0.1)");
  isc_field_row_try (ISC_FIELD_ROW (add), "normal_(std=-1)");
  g_assert_true (gtk_widget_has_css_class (add, "error"));

  row = isc_list_group_get_row (list, n);
  g_signal_emit_by_name (row, "renamed", "Rotation");
  g_assert_cmpstr (isc_experiment_get_init_label (experiment_of (window), n), ==, "Rotation");
  isc_list_row_try (ISC_LIST_ROW (row), "orthogonal_(gain=2.0)");
  {
    g_autofree char *text = isc_experiment_get_init_text (experiment_of (window), n, FALSE);

    g_assert_cmpstr (text, ==, "orthogonal_(gain=2.0)");
  }
  isc_list_row_try_detail (ISC_LIST_ROW (row), "constant_(val=0.01)");
  {
    g_autofree char *text = isc_experiment_get_init_text (experiment_of (window), n, TRUE);

    g_assert_cmpstr (text, ==, "constant_(val=0.01)");
  }
  isc_list_row_try_detail (ISC_LIST_ROW (row), "orthogonal_()");
  g_assert_true (g_str_has_prefix (isc_list_row_get_error (ISC_LIST_ROW (row)), "bias: "));
  isc_document_undo (document);
  isc_document_undo (document);
  /* No text is the layer's own initialization. */
  isc_list_row_try (ISC_LIST_ROW (row), "");
  g_assert_null (isc_experiment_get_init (experiment_of (window), n, "0.weight"));
  g_assert_true (gtk_widget_activate_action (row, "row.remove", NULL));
  g_assert_cmpuint (isc_experiment_get_n_inits (experiment_of (window)), ==, n + 1);
  for (guint i = 0; i < 6; i++)
    isc_document_undo (document);
  g_assert_cmpuint (isc_experiment_get_n_inits (experiment_of (window)), ==, n);
  gui_close_window (window);
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *)pointer == NULL;
}

static void
test_close_while_training (void)
{
  IscWindow *window = open_mnist ();
  IscWindow *alive = window;
  g_autofree char *path = gui_temporary_path ("closed.initscope");

  /* As a person would; what is saved is not asked about. */
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&alive);
  gui_activate (window, "win.save-to", path);
  gui_activate (window, "win.toggle-play", NULL);
  wait_for_steps (window, 3);
  g_assert_true (isc_training_page_is_running (page_of (window)));
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (gui_wait (is_gone, &alive, 10000));

  /* Before the first step, and in the midst of many long ones. */
  window = open_mnist ();
  press (window, "training.play");
  gui_close_window (window);
  window = open_mnist ();
  press (window, "training.play");
  wait_for_steps (window, 5);
  gui_close_window (window);
}

/* How often the main loop came by while the networks trained, and the longest it was away. */
typedef struct
{
  guint n;
  gint64 last;
  gint64 longest;
} Probe;

static gboolean
probe_cb (gpointer data)
{
  Probe *probe = data;
  gint64 now = g_get_monotonic_time ();

  probe->n++;
  probe->longest = MAX (probe->longest, now - probe->last);
  probe->last = now;
  return G_SOURCE_CONTINUE;
}

/* The window lives on while it trains.  How smoothly, tests/bench/stalls.c measures. */
static void
test_lives_while_training (void)
{
  IscWindow *window = open_mnist ();
  g_autoptr (GError) error = NULL;
  Probe probe = { 0 };
  guint id;

  isc_document_edit (isc_window_get_document (window), "epochs", "10", NULL, &error);
  g_assert_no_error (error);
  gui_wait_for_weights (window);
  gui_wait_for_frame (GTK_WIDGET (window));

  probe.last = g_get_monotonic_time ();
  id = g_timeout_add (5, probe_cb, &probe);
  press (window, "training.play");
  g_assert_true (gui_wait (is_over, window, 120000));
  g_source_remove (id);
  g_assert_true (isc_result_is_finished (isc_training_page_get_result (page_of (window))));
  /* 1410 steps of three networks take a second at least: were they the main loop's, it would come
   * by once.  Ten seconds are no machine's load but a lock that is not let go. */
  g_test_message ("%u probes, at most %.1f ms between two", probe.n, 1e-3 * (double)probe.longest);
  g_assert_cmpuint (probe.n, >, 20);
  g_assert_cmpint (probe.longest, <, 10 * G_USEC_PER_SEC);
  gui_close_window (window);
}

/* Every view of training is there to be chosen, before, while and after it trains, and what is
 * shown is what is exported. */
static void
test_views (void)
{
  IscWindow *window = gui_open_window ();
  IscTrainingFigure *figure;
  guint n;
  const IscView *const *views = isc_views_get (&n);

  gui_activate (window, "win.page", "training");
  figure = ISC_TRAINING_FIGURE (gui_find (GTK_WIDGET (page_of (window)), ISC_TYPE_TRAINING_FIGURE));
  for (guint turn = 0; turn < 3; turn++)
    {
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (IscFigure) exported = NULL;
          IscViewOptions options;

          if (!views[i]->of_result)
            continue;
          isc_training_figure_choose (figure, views[i]->id, turn == 1);
          g_assert_true (isc_training_figure_get_view (figure, &options) == views[i]);
          g_assert_nonnull (isc_plot_view_get_figure (isc_training_figure_get_plot (figure)));
          exported
              = isc_training_figures_make (isc_training_page_get_figures (page_of (window)), 0);
          g_assert_true ((exported == NULL)
                         == (isc_training_page_get_result (page_of (window)) == NULL));
        }
      if (turn == 0)
        press (window, "training.play");
      if (turn == 1)
        g_assert_true (gui_wait (is_over, window, 60000));
    }
  gui_close_window (window);
}

/* Either figure may have the page for itself. */
static void
test_alone (void)
{
  IscWindow *window = gui_open_window ();
  IscTrainingPage *page = page_of (window);
  GtkWidget *upper, *lower, *alone;

  gui_activate (window, "win.page", "training");
  upper = gui_find (GTK_WIDGET (page), ISC_TYPE_TRAINING_FIGURE);
  lower = gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (upper));
  alone = isc_training_figure_get_alone (ISC_TRAINING_FIGURE (lower));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (alone), TRUE);
  g_assert_false (isc_training_figures_shows (isc_training_page_get_figures (page), 0));
  g_assert_true (isc_training_figures_shows (isc_training_page_get_figures (page), 1));
  gui_wait_for_frame (lower);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (alone), FALSE);
  alone = isc_training_figure_get_alone (ISC_TRAINING_FIGURE (upper));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (alone), TRUE);
  g_assert_true (isc_training_figures_shows (isc_training_page_get_figures (page), 0));
  g_assert_false (isc_training_figures_shows (isc_training_page_get_figures (page), 1));
  gui_close_window (window);
}

static int
least_height (IscWindow *window, const char *seeds)
{
  g_autoptr (GError) error = NULL;
  int least;

  isc_document_edit (isc_window_get_document (window), "seeds", seeds, NULL, &error);
  g_assert_no_error (error);
  gtk_widget_measure (GTK_WIDGET (page_of (window)), GTK_ORIENTATION_VERTICAL, -1, &least, NULL,
                      NULL, NULL);
  return least;
}

/* The table of many runs scrolls; it does not make the window higher than a screen. */
static void
test_many_runs (void)
{
  IscWindow *window = open_mnist ();
  int height = least_height (window, "[0, 1]");

  g_assert_cmpint (least_height (window, "[0, 1, 2]"), <=, height);
  g_assert_cmpint (least_height (window, "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"), <=, height);
  gui_close_window (window);
}

int
main (int argc, char **argv)
{
  gui_init (&argc, &argv);
  g_test_add_func ("/training/transport", test_transport);
  g_test_add_func ("/training/seek", test_seek);
  g_test_add_func ("/training/pause-and-play", test_pause_and_play);
  g_test_add_func ("/training/same-as-without-window", test_same_as_without_window);
  g_test_add_func ("/training/edits", test_edits);
  g_test_add_func ("/training/network", test_network);
  g_test_add_func ("/training/block", test_block);
  g_test_add_func ("/training/paste", test_paste);
  g_test_add_func ("/training/schemes", test_schemes);
  g_test_add_func ("/training/views", test_views);
  g_test_add_func ("/training/alone", test_alone);
  g_test_add_func ("/training/many-runs", test_many_runs);
  g_test_add_func ("/training/close-while-training", test_close_while_training);
  g_test_add_func ("/training/lives-while-training", test_lives_while_training);
  return gui_run ();
}
