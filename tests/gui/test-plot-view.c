/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking around in a figure, by the actions that hands and keys use. */

#include <math.h>

#include "app/plot-limits.h"
#include "app/plot-menu.h"
#include "app/plot-table.h"
#include "app/plot-view.h"
#include "app/training-figure.h"
#include "gui/gui.h"
#include "plot/navigate.h"

static IscPlotView *
find_plot (IscWindow *window)
{
  GtkWidget *page = GTK_WIDGET (isc_window_get_weights_page (window));

  return ISC_PLOT_VIEW (gui_find (page, ISC_TYPE_PLOT_VIEW));
}

static void
act (IscPlotView *plot, const char *action, const char *parameter)
{
  g_autoptr (GVariant) value
      = parameter ? g_variant_parse (NULL, parameter, NULL, NULL, NULL) : NULL;
  g_autofree char *name = g_strconcat ("plot.", action, NULL);

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (plot), name, value));
}

static gboolean
can (IscPlotView *plot, const char *action)
{
  return g_action_group_get_action_enabled (isc_plot_view_get_actions (plot), action);
}

typedef struct
{
  double x[2];
  double y[2];
} Limits;

static Limits
limits_of (IscPlotView *plot)
{
  IscLayout *layout = isc_plot_view_get_layout (plot);
  Limits limits;

  isc_layout_get_limits (layout, 0, ISC_AXIS_X, &limits.x[0], &limits.x[1]);
  isc_layout_get_limits (layout, 0, ISC_AXIS_Y, &limits.y[0], &limits.y[1]);
  return limits;
}

static void
assert_limits (IscPlotView *plot, const Limits *expected)
{
  Limits limits = limits_of (plot);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpfloat (limits.x[i], ==, expected->x[i]);
      g_assert_cmpfloat (limits.y[i], ==, expected->y[i]);
    }
}

static void
test_zoom (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  Limits whole = limits_of (plot), seen;

  g_assert_false (can (plot, "fit"));
  act (plot, "zoom-in", NULL);
  seen = limits_of (plot);
  /* About the middle, by a quarter; rounding is that of a px of the plot area and back. */
  g_assert_cmpfloat_with_epsilon ((seen.x[1] - seen.x[0]) * 1.25, whole.x[1] - whole.x[0], 1e-9);
  g_assert_cmpfloat_with_epsilon ((seen.y[1] - seen.y[0]) * 1.25, whole.y[1] - whole.y[0], 1e-9);
  g_assert_cmpfloat_with_epsilon (seen.x[0] + seen.x[1], whole.x[0] + whole.x[1], 1e-9);
  g_assert_true (can (plot, "fit"));
  act (plot, "zoom-out", NULL);
  g_assert_cmpfloat_with_epsilon (limits_of (plot).x[1], whole.x[1], 1e-9);
  act (plot, "fit", NULL);
  assert_limits (plot, &whole);
  g_assert_null (isc_plot_view_get_viewport (plot));

  act (plot, "zoom", "('x', 2.0)");
  seen = limits_of (plot);
  g_assert_cmpfloat_with_epsilon (2.0 * (seen.x[1] - seen.x[0]), whole.x[1] - whole.x[0], 1e-9);
  g_assert_cmpfloat (seen.y[1], ==, whole.y[1]);
  act (plot, "pan", "(0.5, 0.0)");
  g_assert_cmpfloat_with_epsilon (limits_of (plot).x[0], (seen.x[0] + seen.x[1]) / 2.0, 1e-9);
  act (plot, "fit", NULL);
  act (plot, "zoom", "('', 0.5)");
  g_assert_cmpfloat (limits_of (plot).x[0], <, whole.x[0]);
  g_assert_cmpfloat (limits_of (plot).y[1], >, whole.y[1]);
  gui_wait_for_frame (GTK_WIDGET (plot));
  gui_close_window (window);
}

static void
test_history (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  Limits looks[4];

  looks[0] = limits_of (plot);
  g_assert_false (can (plot, "previous-view"));
  for (guint i = 1; i < 4; i++)
    {
      act (plot, "zoom-in", NULL);
      looks[i] = limits_of (plot);
    }
  for (guint i = 3; i-- > 0;)
    {
      act (plot, "previous-view", NULL);
      assert_limits (plot, &looks[i]);
    }
  g_assert_false (can (plot, "previous-view"));
  act (plot, "next-view", NULL);
  assert_limits (plot, &looks[1]);
  /* Who goes another way forgets the one that was gone back from. */
  act (plot, "pan", "(0.1, 0.1)");
  g_assert_false (can (plot, "next-view"));
  act (plot, "previous-view", NULL);
  assert_limits (plot, &looks[1]);
  act (plot, "previous-view", NULL);
  assert_limits (plot, &looks[0]);
  gui_close_window (window);
}

/* A movement is one step back, however many looks it had. */
static void
test_movement (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  Limits whole = limits_of (plot);

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (IscViewport) viewport
          = isc_navigate_zoom (isc_plot_view_get_layout (plot), 0, ISC_ALONG_X, 300.0, 200.0, 1.1);

      isc_plot_view_look (plot, viewport, i > 0);
    }
  act (plot, "previous-view", NULL);
  assert_limits (plot, &whole);
  gui_close_window (window);
}

static void
assert_hidden (IscPlotView *plot, const char *label, gboolean hidden)
{
  g_assert_true (isc_viewport_hides (isc_plot_view_get_viewport (plot), label) == hidden);
}

static void
test_series (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);

  act (plot, "hide-series", "'KDE'");
  assert_hidden (plot, "KDE", TRUE);
  assert_hidden (plot, "histogram", FALSE);
  act (plot, "toggle-series", "'KDE'");
  assert_hidden (plot, "KDE", FALSE);
  act (plot, "only-series", "'histogram'");
  assert_hidden (plot, "KDE", TRUE);
  assert_hidden (plot, "exact density", TRUE);
  assert_hidden (plot, "histogram", FALSE);
  act (plot, "show-series", "'KDE'");
  assert_hidden (plot, "KDE", FALSE);
  act (plot, "show-all", NULL);
  g_assert_null (isc_plot_view_get_viewport (plot));
  /* What is alone already is alone no more. */
  act (plot, "only-series", "'histogram'");
  act (plot, "only-series", "'histogram'");
  g_assert_null (isc_plot_view_get_viewport (plot));
  gui_close_window (window);
}

static const char *
limits_error (IscPlotView *plot, const char *parameter)
{
  GtkWidget *limits;

  act (plot, "set-limits", parameter);
  limits = gui_find (GTK_WIDGET (plot), ISC_TYPE_PLOT_LIMITS);
  return limits ? isc_plot_limits_get_error (ISC_PLOT_LIMITS (limits)) : NULL;
}

static void
test_limits (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  Limits whole = limits_of (plot), seen;
  GtkWidget *from;

  /* Enter in an entry that was not touched. */
  act (plot, "limits", "'x'");
  from = gui_find (gui_find (GTK_WIDGET (plot), ISC_TYPE_PLOT_LIMITS), GTK_TYPE_ENTRY);
  g_signal_emit_by_name (from, "activate");
  g_assert_null (isc_plot_view_get_viewport (plot));

  g_assert_null (limits_error (plot, "('x', '-1/8', 'sqrt(2)')"));
  seen = limits_of (plot);
  g_assert_cmpfloat (seen.x[0], ==, -0.125);
  g_assert_cmpfloat (seen.x[1], ==, G_SQRT2);
  g_assert_cmpfloat (seen.y[1], ==, whole.y[1]);

  g_assert_cmpstr (limits_error (plot, "('x', 'abc', '1')"), ==,
                   "“abc” is not a number: write 0.001, 1e-3, 2/3 or sqrt(2)");
  g_assert_cmpstr (limits_error (plot, "('x', '0', '1e400')"), ==,
                   "“1e400” is not a number: write 0.001, 1e-3, 2/3 or sqrt(2)");
  g_assert_cmpstr (limits_error (plot, "('x', '1', '−1')"), ==,
                   "An axis ends above where it begins");
  g_assert_cmpstr (limits_error (plot, "('x', '2', '2')"), ==,
                   "An axis ends above where it begins");
  assert_limits (plot, &seen);

  /* An empty one is where the data end. */
  g_assert_null (limits_error (plot, "('x', '0.0', '')"));
  g_assert_cmpfloat (limits_of (plot).x[0], ==, 0.0);
  g_assert_cmpfloat (limits_of (plot).x[1], ==, whole.x[1]);
  g_assert_null (limits_error (plot, "('x', '', '')"));
  assert_limits (plot, &whole);

  act (plot, "scale-y", "'log'");
  g_assert_true (
      isc_layout_get_limits (isc_plot_view_get_layout (plot), 0, ISC_AXIS_Y, &seen.y[0], &seen.y[1])
      == ISC_SCALE_LOG);
  g_assert_cmpstr (limits_error (plot, "('y', '-1', '5')"), ==,
                   "A logarithmic axis shows numbers above 0 alone");
  g_assert_null (limits_error (plot, "('y', '0.001', '10')"));
  g_assert_cmpfloat (limits_of (plot).y[0], ==, 0.001);
  gui_wait_for_frame (GTK_WIDGET (plot));
  gui_close_window (window);
}

static void
test_readout (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  double zoom = isc_plot_view_get_zoom (plot);
  double x, y, width, height;
  IscHit hit;

  isc_layout_get_area (isc_plot_view_get_layout (plot), 0, &x, &y, &width, &height);
  g_assert_false (isc_plot_view_get_hit (plot, &hit));
  /* Across the whole plot area and a little beyond its edges there is always a datum. */
  for (int i = 0; i <= 10; i++)
    for (int j = 0; j <= 10; j++)
      {
        double px = x - 3.0 + (width + 6.0) * i / 10.0, py = y - 3.0 + (height + 6.0) * j / 10.0;
        g_autofree char *text = isc_plot_view_read_out (plot, px * zoom, py * zoom);

        g_assert_nonnull (text);
        g_assert_nonnull (strchr (text, '\n'));
      }
  gui_wait_for_frame (GTK_WIDGET (plot));
  isc_plot_view_point (plot, NAN, NAN);
  g_assert_false (isc_plot_view_get_hit (plot, &hit));
  gui_close_window (window);
}

/* Whether a reader is told just @text. */
static gboolean
is_described (IscPlotView *plot, const char *text)
{
  g_autofree char *wrong
      = gtk_test_accessible_check_property (GTK_ACCESSIBLE (plot),
                                            GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);

  return wrong == NULL;
}

static void
test_walk (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  const char *summary = isc_figure_get_summary (isc_plot_view_get_figure (plot));
  IscHit first, second, hit;

  gtk_widget_grab_focus (GTK_WIDGET (plot));
  g_assert_true (is_described (plot, summary));
  g_assert_true (isc_plot_view_walk (plot, ISC_CURSOR_NEXT));
  g_assert_true (isc_plot_view_get_hit (plot, &first));
  g_assert_false (is_described (plot, summary));
  isc_plot_view_walk (plot, ISC_CURSOR_NEXT);
  isc_plot_view_get_hit (plot, &second);
  g_assert_cmpfloat (second.x, >, first.x);
  g_assert_cmpstr (second.label, ==, first.label);
  isc_plot_view_walk (plot, ISC_CURSOR_LAST);
  isc_plot_view_get_hit (plot, &hit);
  g_assert_cmpfloat (hit.x, >, second.x);
  isc_plot_view_walk (plot, ISC_CURSOR_FIRST);
  isc_plot_view_get_hit (plot, &hit);
  g_assert_cmpfloat (hit.x, ==, first.x);
  isc_plot_view_walk (plot, ISC_CURSOR_NEXT_SERIES);
  isc_plot_view_get_hit (plot, &hit);
  g_assert_cmpstr (hit.label, !=, first.label);
  /* The pointer's going elsewhere is nothing to the keyboard. */
  isc_plot_view_point (plot, NAN, NAN);
  g_assert_true (isc_plot_view_get_hit (plot, &hit));
  gui_wait_for_frame (GTK_WIDGET (plot));
  /* Who leaves has the summary again. */
  gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_BACKWARD);
  g_assert_true (is_described (plot, summary));
  g_assert_false (isc_plot_view_get_hit (plot, &hit));
  gui_close_window (window);
}

static void
test_markers (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  g_autofree char *difference = NULL;
  g_auto (GStrv) lines = NULL;

  /* Nothing is read out: there is nothing to mark. */
  g_assert_false (isc_plot_view_mark (plot, 0));
  isc_plot_view_walk (plot, ISC_CURSOR_FIRST);
  act (plot, "marker-a", NULL);
  g_assert_null (isc_plot_view_dup_difference (plot));
  isc_plot_view_walk (plot, ISC_CURSOR_PAGE_NEXT);
  act (plot, "marker-b", NULL);
  difference = isc_plot_view_dup_difference (plot);
  lines = g_strsplit (difference, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "Δx 0."));
  g_assert_true (g_str_has_prefix (lines[1], "Δy "));
  g_assert_true (g_str_has_prefix (lines[2], "y ratio "));
  g_assert_true (g_str_has_prefix (lines[3], "slope "));
  gui_wait_for_frame (GTK_WIDGET (plot));
  act (plot, "zoom-in", NULL);
  act (plot, "clear-markers", NULL);
  g_assert_null (isc_plot_view_dup_difference (plot));
  g_assert_false (isc_plot_view_clear_marks (plot));
  gui_close_window (window);
}

static IscPlotTable *
find_table (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  IscPlotTable *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ISC_IS_PLOT_TABLE (window))
        found = ISC_PLOT_TABLE (window);
    }
  return found;
}

static void
test_table (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  IscPlotTable *table;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  act (plot, "table", NULL);
  table = find_table ();
  g_assert_nonnull (table);
  gui_wait_for_frame (GTK_WIDGET (table));
  g_assert_cmpuint (isc_plot_table_get_n_rows (table), >, 500);
  isc_plot_table_select (table, 1, 2);
  text = isc_plot_table_dup_text (table);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpstr (lines[0], ==, "Series\tweight\tdensity\tLow\tHigh");
  g_assert_true (g_str_has_prefix (lines[1], "histogram\t-0."));
  g_assert_cmpstr (lines[3], ==, "");
  gtk_widget_activate_action (GTK_WIDGET (table), "table.copy", NULL);
  /* The table outlives the figure, and goes with the window. */
  isc_weights_page_choose_view (isc_window_get_weights_page (window), "heatmap");
  gui_wait_for_weights (window);
  gui_wait_for_frame (GTK_WIDGET (table));
  gui_close_window (window);
  g_assert_null (find_table ());
}

/* A matrix of 200,704 rows is listed at once. */
static void
test_large_table (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  IscPlotTable *table;
  g_autofree char *text = NULL;

  isc_weights_page_choose_view (isc_window_get_weights_page (window), "heatmap");
  gui_wait_for_weights (window);
  act (plot, "table", NULL);
  table = find_table ();
  gui_wait_for_frame (GTK_WIDGET (table));
  g_assert_cmpuint (isc_plot_table_get_n_rows (table), ==, 200704);
  isc_plot_table_select (table, 200703, 1);
  text = isc_plot_table_dup_text (table);
  g_assert_nonnull (strstr (text, "255\t783\t"));
  gui_close_window (window);
}

static gboolean
is_another (gpointer data)
{
  IscFigure **figure = data;
  IscWindow *window
      = ISC_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (gui_application ())));
  IscFigure *shown = isc_weights_page_get_figure (isc_window_get_weights_page (window));

  return shown && shown != *figure;
}

/* New weights are looked at as the old ones were, another figure is not. */
static void
test_refresh (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  g_autoptr (IscFigure) former = isc_figure_ref (isc_plot_view_get_figure (plot));
  Limits seen;

  act (plot, "set-limits", "('x', '-0.1', '0.05')");
  act (plot, "hide-series", "'KDE'");
  seen = limits_of (plot);
  g_assert_true (
      isc_document_edit (isc_window_get_document (window), "weights.seed", "7", NULL, NULL));
  g_assert_true (gui_wait (is_another, (gpointer)&former, 5000));
  g_assert_cmpfloat (limits_of (plot).x[0], ==, seen.x[0]);
  g_assert_cmpfloat (limits_of (plot).x[1], ==, seen.x[1]);
  assert_hidden (plot, "KDE", TRUE);
  isc_weights_page_choose_view (isc_window_get_weights_page (window), "ecdf");
  gui_wait_for_weights (window);
  g_assert_null (isc_plot_view_get_viewport (plot));
  g_assert_false (can (plot, "previous-view"));
  gui_close_window (window);
}

/* Longer than GTK waits before it shows a tooltip, in ms. */
#define TOOLTIP 700

static gboolean
is_never (gpointer data)
{
  return FALSE;
}

/* A menu may open under the pointer, whose tooltip GTK 4.8 goes on to show when the menu is gone,
 * and warns: so it has its tooltip first. */
static void
wait_for_menu (IscPlotView *plot)
{
  gui_wait_for_frame (GTK_WIDGET (plot));
  gui_wait (is_never, NULL, TOOLTIP);
}

/* What is open over a figure goes with its window. */
static void
test_close_while_open (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);

  act (plot, "limits", "'x'");
  act (plot, "limits", "'y'");
  act (plot, "menu", NULL);
  act (plot, "table", NULL);
  wait_for_menu (plot);
  gui_close_window (window);
}

static void
test_menu (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  g_autoptr (GMenuModel) menu = isc_plot_menu_new (plot, "KDE");

  /* Views, axes, series, markers, data, export. */
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 6);
  isc_plot_menu_open (plot, 100.0, 100.0, "KDE");
  wait_for_menu (plot);
  gui_close_window (window);
}

static void
test_enlarged (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  double former = isc_plot_view_get_zoom (plot);
  double x, y, width, height, x2, y2, width2, height2;

  isc_layout_get_area (isc_plot_view_get_layout (plot), 0, &x, &y, &width, &height);
  isc_plot_view_set_enlarged (plot, 2.0);
  g_assert_cmpfloat (isc_plot_view_get_zoom (plot), ==, 2.0 * former);
  isc_layout_get_area (isc_plot_view_get_layout (plot), 0, &x2, &y2, &width2, &height2);
  g_assert_cmpfloat (width2, <, 0.6 * width);
  gui_wait_for_frame (GTK_WIDGET (plot));
  gui_close_window (window);
}

/* Whether every run has made its step and no other is to come. */
static gboolean
has_stepped (gpointer window)
{
  IscTrainingPage *page = isc_window_get_training_page (window);
  IscResult *result = isc_training_page_get_result (page);

  return result && isc_result_get_n_runs (result) > 0
         && isc_result_get_run (result, 0)->n_steps >= 20 && !isc_training_page_is_running (page);
}

static void
assert_same_steps (IscPlotView *a, IscPlotView *b, gboolean same)
{
  Limits upper = limits_of (a), lower = limits_of (b);

  g_assert_true ((upper.x[0] == lower.x[0] && upper.x[1] == lower.x[1]) == same);
}

static void
find_figures (GtkWidget *widget, GPtrArray *found)
{
  if (ISC_IS_PLOT_VIEW (widget))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    find_figures (child, found);
}

static void
test_link (void)
{
  IscWindow *window = gui_open_window ();
  GtkWidget *page = GTK_WIDGET (isc_window_get_training_page (window));
  g_autoptr (GPtrArray) plots = g_ptr_array_new ();
  IscPlotView *upper, *lower;

  gui_activate (window, "win.page", "training");
  gtk_widget_activate_action (page, "training.advance", "t", (guint64)20);
  g_assert_true (gui_wait (has_stepped, window, 60000));
  gui_wait_for_frame (page);
  find_figures (page, plots);
  g_assert_cmpuint (plots->len, ==, 2);
  upper = plots->pdata[0];
  lower = plots->pdata[1];

  act (upper, "set-limits", "('x', '5', '12')");
  assert_same_steps (upper, lower, TRUE);
  act (lower, "zoom", "('x', 2.0)");
  assert_same_steps (upper, lower, TRUE);
  act (lower, "fit", NULL);
  assert_same_steps (upper, lower, TRUE);
  /* What is looked at along y is each one's own. */
  act (upper, "zoom", "('y', 2.0)");
  g_assert_null (isc_plot_view_get_viewport (lower));
  act (upper, "fit", NULL);

  gtk_widget_activate_action (page, "training.link-steps", NULL);
  act (upper, "set-limits", "('x', '5', '12')");
  assert_same_steps (upper, lower, FALSE);
  gtk_widget_activate_action (page, "training.link-steps", NULL);
  assert_same_steps (upper, lower, TRUE);
  gui_close_window (window);
}

/* A figure that is only hovered over is neither laid out nor drawn anew. */
static void
test_hover (void)
{
  IscWindow *window = gui_open_window ();
  IscPlotView *plot = find_plot (window);
  IscLayout *layout = isc_plot_view_get_layout (plot);

  for (int i = 0; i < 5; i++)
    {
      isc_plot_view_point (plot, 200.0 + 20.0 * i, 200.0);
      gui_wait_for_frame (GTK_WIDGET (plot));
      g_assert_true (isc_plot_view_get_layout (plot) == layout);
    }
  g_assert_cmpuint (gui_look (GTK_WIDGET (plot)).n_colors, >, 50);
  gui_close_window (window);
}

/* Every verb on a figure that shows nothing, on none, and on one without a size. */
static void
test_nothing (void)
{
  static const struct
  {
    const char *action;
    const char *parameter;
  } verbs[] = {
    { "zoom-in", NULL },
    { "zoom-out", NULL },
    { "zoom", "('x', 1e300)" },
    { "zoom", "('', -1.0)" },
    { "pan", "(1e300, -1e300)" },
    { "fit", NULL },
    { "previous-view", NULL },
    { "next-view", NULL },
    { "box", NULL },
    { "limits", "'z'" },
    { "set-limits", "('x', '1', '2')" },
    { "scale-x", "'log'" },
    { "scale-y", "'nothing'" },
    { "toggle-series", "'nobody'" },
    { "only-series", "'nobody'" },
    { "show-all", NULL },
    { "marker-a", NULL },
    { "marker-b", NULL },
    { "clear-markers", NULL },
    { "table", NULL },
  };
  GtkWidget *window = gtk_window_new ();
  IscPlotView *plot = g_object_new (ISC_TYPE_PLOT_VIEW, NULL);
  g_autoptr (IscFigure) empty = isc_figure_new ();
  g_autoptr (IscFigure) bare = isc_figure_new ();
  IscFigure *const figures[] = { NULL, empty, bare };
  IscPanel *panel = isc_figure_add_panel (bare);

  isc_panel_set_bare (panel, TRUE);
  isc_panel_set_note (panel, "Nothing to see");
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 300);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (plot));
  for (guint shown = 0; shown < 2; shown++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
        {
          isc_plot_view_set_figure (plot, figures[i]);
          for (guint j = 0; j < G_N_ELEMENTS (verbs); j++)
            {
              g_autoptr (GVariant) parameter
                  = verbs[j].parameter
                        ? g_variant_parse (NULL, verbs[j].parameter, NULL, NULL, NULL)
                        : NULL;

              g_action_group_activate_action (isc_plot_view_get_actions (plot), verbs[j].action,
                                              parameter);
            }
          g_assert_false (isc_plot_view_walk (plot, ISC_CURSOR_NEXT));
          isc_plot_view_point (plot, 200.0, 150.0);
          if (shown)
            gui_wait_for_frame (GTK_WIDGET (plot));
          isc_plot_view_set_subject (plot, i % 2 ? "odd" : "even");
        }
      gtk_window_present (GTK_WINDOW (window));
      gui_wait_for_frame (GTK_WIDGET (plot));
    }
  for (IscPlotTable *table = find_table (); table; table = find_table ())
    gtk_window_destroy (GTK_WINDOW (table));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  gui_init (&argc, &argv);
  g_test_add_func ("/plot-view/zoom", test_zoom);
  g_test_add_func ("/plot-view/history", test_history);
  g_test_add_func ("/plot-view/movement", test_movement);
  g_test_add_func ("/plot-view/series", test_series);
  g_test_add_func ("/plot-view/limits", test_limits);
  g_test_add_func ("/plot-view/readout", test_readout);
  g_test_add_func ("/plot-view/hover", test_hover);
  g_test_add_func ("/plot-view/walk", test_walk);
  g_test_add_func ("/plot-view/markers", test_markers);
  g_test_add_func ("/plot-view/table", test_table);
  g_test_add_func ("/plot-view/large-table", test_large_table);
  g_test_add_func ("/plot-view/refresh", test_refresh);
  g_test_add_func ("/plot-view/close-while-open", test_close_while_open);
  g_test_add_func ("/plot-view/menu", test_menu);
  g_test_add_func ("/plot-view/enlarged", test_enlarged);
  g_test_add_func ("/plot-view/link", test_link);
  g_test_add_func ("/plot-view/nothing", test_nothing);
  return gui_run ();
}
