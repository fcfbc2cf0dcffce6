/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/cursor.h"

#include <math.h>

#include "golden/figures.h"

static IscLayout *
lay_out (IscFigure *figure, const IscViewport *viewport)
{
  return isc_layout_new_in (figure, viewport, isc_theme_get (ISC_THEME_LIGHT), 800.0, 500.0);
}

static IscFigure *
make_figure (void)
{
  IscFigure *figure = isc_figure_new ();
  double x[100], y[100];

  for (int p = 0; p < 2; p++)
    {
      IscPanel *panel = isc_figure_add_panel (figure);

      for (gsize i = 0; i < G_N_ELEMENTS (x); i++)
        {
          x[i] = (double)i;
          y[i] = 2.385 + (double)i;
        }
      y[50] = NAN;
      isc_panel_add_line (panel, &(IscStyle){ .color = 0 }, "He", x, y, 100);
      isc_panel_add_line (panel, &(IscStyle){ .color = 1 }, "Xavier", x + 40, y, 20);
    }
  return figure;
}

static void
assert_at (const IscLayout *layout, const IscCursor *cursor, const char *label, double x)
{
  IscHit hit;

  g_assert_true (isc_cursor_get_hit (layout, cursor, &hit));
  g_assert_cmpstr (hit.label, ==, label);
  g_assert_cmpfloat (hit.x, ==, x);
  g_assert_cmpfloat_with_epsilon (hit.px,
                                  isc_layout_to_device (layout, hit.panel, ISC_AXIS_X, hit.x),
                                  1e-9);
}

static void
test_walk (void)
{
  g_autoptr (IscFigure) figure = make_figure ();
  g_autoptr (IscLayout) layout = lay_out (figure, NULL);
  IscCursor cursor = { 0 };
  IscHit hit;

  assert_at (layout, &cursor, "He", 0.0);
  g_assert_false (isc_cursor_move (layout, &cursor, ISC_CURSOR_PREVIOUS));
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT));
  assert_at (layout, &cursor, "He", 1.0);
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_PAGE_NEXT));
  assert_at (layout, &cursor, "He", 11.0);
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_LAST));
  assert_at (layout, &cursor, "He", 99.0);
  g_assert_false (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT));
  g_assert_false (isc_cursor_move (layout, &cursor, ISC_CURSOR_PAGE_NEXT));
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_PREVIOUS));
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_PAGE_NEXT));
  assert_at (layout, &cursor, "He", 99.0);
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_FIRST));
  assert_at (layout, &cursor, "He", 0.0);
  /* What is no number is told as well. */
  cursor.index = 49;
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT));
  g_assert_true (isc_cursor_get_hit (layout, &cursor, &hit));
  g_assert_true (isnan (hit.y) && isfinite (hit.py));
}

static void
test_series (void)
{
  g_autoptr (IscFigure) figure = make_figure ();
  g_autoptr (IscLayout) layout = lay_out (figure, NULL), hiding = NULL;
  g_autoptr (IscViewport) viewport = isc_viewport_with_series (NULL, "He", FALSE);
  IscCursor cursor = { .index = 47 };

  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT_SERIES));
  assert_at (layout, &cursor, "Xavier", 47.0);
  g_assert_false (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT_SERIES));
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT_PANEL));
  g_assert_cmpuint (cursor.panel, ==, 1);
  assert_at (layout, &cursor, "Xavier", 47.0);
  g_assert_false (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT_PANEL));
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_PREVIOUS_SERIES));
  assert_at (layout, &cursor, "He", 47.0);
  cursor.index = 3;
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT_SERIES));
  assert_at (layout, &cursor, "Xavier", 40.0);

  /* A cursor on what is hidden goes to the nearest that is not. */
  hiding = lay_out (figure, viewport);
  cursor = (IscCursor){ .index = 99 };
  assert_at (hiding, &cursor, "Xavier", 59.0);
  g_assert_false (isc_cursor_move (hiding, &cursor, ISC_CURSOR_PREVIOUS_SERIES));
}

static void
test_limits (void)
{
  g_autoptr (IscFigure) figure = make_figure ();
  g_autoptr (IscViewport) viewport = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, 9.5, 20.5);
  g_autoptr (IscLayout) layout = lay_out (figure, viewport);
  IscCursor cursor = { 0 };

  assert_at (layout, &cursor, "He", 10.0);
  g_assert_true (isc_cursor_move (layout, &cursor, ISC_CURSOR_LAST));
  assert_at (layout, &cursor, "He", 20.0);
  g_assert_false (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT));
  /* The other series begins beyond the limits. */
  g_assert_false (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT_SERIES));
}

/* From any place in any figure every move ends on something that has a place, or stays. */
static void
test_samples (void)
{
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscFigure) figure = samples[i].make ();
      g_autoptr (IscLayout) layout = lay_out (figure, NULL);
      IscCursor cursor = { .panel = 9, .series = 7, .index = 1234567 };
      double x, y, width, height;
      IscHit hit;

      for (int step = 0; step < 200; step++)
        {
          isc_cursor_move (layout, &cursor, (IscCursorMove)((step * 7 + step / 9) % 10));
          g_assert_true (isc_cursor_get_hit (layout, &cursor, &hit));
          isc_layout_get_area (layout, hit.panel, &x, &y, &width, &height);
          g_assert_cmpfloat (hit.px, >=, x - 0.5);
          g_assert_cmpfloat (hit.px, <=, x + width + 0.5);
          g_assert_cmpfloat (hit.py, >=, y - 0.5);
          g_assert_cmpfloat (hit.py, <=, y + height + 0.5);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/cursor/walk", test_walk);
  g_test_add_func ("/plot/cursor/series", test_series);
  g_test_add_func ("/plot/cursor/limits", test_limits);
  g_test_add_func ("/plot/cursor/samples", test_samples);
  return g_test_run ();
}
