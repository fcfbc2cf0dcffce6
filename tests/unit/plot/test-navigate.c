/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/navigate.h"

#include <math.h>

#include "plot/layout-data.h"

/* Positions are differences of mapped values over a span: some last digits go, as many as the span
 * is smaller than the values. */
#define PX 1e-6

typedef struct
{
  IscScaleKind kind;
  gboolean reversed;
  gboolean zeros;
} Case;

static const Case cases[] = {
  { ISC_SCALE_LINEAR, FALSE, FALSE }, { ISC_SCALE_LINEAR, TRUE, TRUE },
  { ISC_SCALE_LOG, FALSE, FALSE },    { ISC_SCALE_LOG, TRUE, FALSE },
  { ISC_SCALE_LOG, FALSE, TRUE },     { ISC_SCALE_SYMLOG, FALSE, TRUE },
  { ISC_SCALE_SYMLOG, TRUE, FALSE },
};

static IscFigure *
make_figure (const Case *c, guint n_panels, gboolean shared)
{
  IscFigure *figure = isc_figure_new ();
  double x[200], y[200];

  for (gsize i = 0; i < G_N_ELEMENTS (x); i++)
    {
      x[i] = 1.0 + (double)i;
      y[i] = c->kind == ISC_SCALE_SYMLOG ? sinh ((double)i * 0.1 - 10.0) : exp (-0.03 * (double)i);
    }
  if (c->zeros)
    y[7] = 0.0;
  for (guint i = 0; i < n_panels; i++)
    {
      IscPanel *panel = isc_figure_add_panel (figure);

      isc_panel_set_axis (panel, ISC_AXIS_X, "step", c->kind);
      isc_panel_set_axis (panel, ISC_AXIS_Y, "loss", c->kind);
      isc_panel_set_reversed (panel, ISC_AXIS_X, c->reversed);
      isc_panel_set_reversed (panel, ISC_AXIS_Y, c->reversed);
      isc_panel_add_line (panel, &(IscStyle){ .color = 0 }, "a run", x, y, G_N_ELEMENTS (x));
    }
  isc_figure_set_shared (figure, ISC_AXIS_X, shared);
  return figure;
}

static IscLayout *
lay_out (IscFigure *figure, const IscViewport *viewport)
{
  return isc_layout_new_in (figure, viewport, isc_theme_get (ISC_THEME_LIGHT), 800.0, 500.0);
}

/* As fractions, because labels of other lengths move the edges of the plot area. */
static double
fraction_of (const IscLayout *layout, guint panel, IscAxisSide side, double value)
{
  return isc_layout_to_fraction (layout, panel, side,
                                 isc_layout_to_device (layout, panel, side, value));
}

static void
assert_limits (const IscLayout *a, const IscLayout *b)
{
  for (IscAxisSide side = ISC_AXIS_X; side <= ISC_AXIS_Y; side++)
    {
      double low, high;

      isc_layout_get_limits (b, 0, side, &low, &high);
      g_assert_cmpfloat_with_epsilon (fraction_of (a, 0, side, low), fraction_of (b, 0, side, low),
                                      PX);
      g_assert_cmpfloat_with_epsilon (fraction_of (a, 0, side, high),
                                      fraction_of (b, 0, side, high), PX);
    }
}

static void
test_zoom (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (double factor = 0.5; factor < 100.0; factor *= 3.1)
      {
        g_autoptr (IscFigure) figure = make_figure (&cases[i], 1, FALSE);
        g_autoptr (IscLayout) home = lay_out (figure, NULL), near = NULL, back = NULL;
        g_autoptr (IscViewport) zoomed = NULL, again = NULL;
        double px = 400.0, py = 180.0;
        double x = isc_layout_to_value (home, 0, ISC_AXIS_X, px);
        double y = isc_layout_to_value (home, 0, ISC_AXIS_Y, py);

        zoomed = isc_navigate_zoom (home, 0, ISC_ALONG_BOTH, px, py, factor);
        near = lay_out (figure, zoomed);
        /* What was under the pointer has stayed. */
        g_assert_cmpfloat_with_epsilon (fraction_of (near, 0, ISC_AXIS_X, x),
                                        fraction_of (home, 0, ISC_AXIS_X, x), PX);
        g_assert_cmpfloat_with_epsilon (fraction_of (near, 0, ISC_AXIS_Y, y),
                                        fraction_of (home, 0, ISC_AXIS_Y, y), PX);
        again = isc_navigate_zoom (near, 0, ISC_ALONG_BOTH,
                                   isc_layout_to_device (near, 0, ISC_AXIS_X, x),
                                   isc_layout_to_device (near, 0, ISC_AXIS_Y, y), 1.0 / factor);
        back = lay_out (figure, again);
        assert_limits (back, home);
      }
}

static void
test_pan (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (IscFigure) figure = make_figure (&cases[i], 1, FALSE);
      g_autoptr (IscLayout) home = lay_out (figure, NULL), moved = NULL, back = NULL;
      g_autoptr (IscViewport) there = isc_navigate_pan (home, 0, ISC_ALONG_BOTH, 93.0, -41.0);
      g_autoptr (IscViewport) again = NULL, only_x = NULL;
      double x = isc_layout_to_value (home, 0, ISC_AXIS_X, 300.0);
      double from_x, from_y, from_width, from_height, width, height, low, high;

      moved = lay_out (figure, there);
      isc_layout_get_area (home, 0, &from_x, &from_y, &from_width, &from_height);
      g_assert_cmpfloat_with_epsilon (fraction_of (moved, 0, ISC_AXIS_X, x)
                                          - fraction_of (home, 0, ISC_AXIS_X, x),
                                      93.0 / (from_width - 0.0), PX + 0.01);
      isc_layout_get_area (moved, 0, &from_x, &from_y, &width, &height);
      again = isc_navigate_pan (moved, 0, ISC_ALONG_BOTH, -93.0 * width / from_width,
                                41.0 * height / from_height);
      back = lay_out (figure, again);
      /* The strip for zeros does not grow with the area. */
      if (!cases[i].zeros)
        assert_limits (back, home);
      only_x = isc_navigate_pan (home, 0, ISC_ALONG_X, 10.0, 10.0);
      g_assert_true (isc_viewport_get_limits (only_x, 0, ISC_AXIS_X, &low, &high));
      g_assert_false (isc_viewport_get_limits (only_x, 0, ISC_AXIS_Y, &low, &high));
    }
}

/* What is dragged does not shake: the plot area stays where it is whatever numbers come and go. */
static void
test_steady (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double x[] = { -40.0, 40.0 }, y[] = { -0.4, 0.4 };
  g_autoptr (IscViewport) wide = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, -9.0, 11.0);
  g_autoptr (IscViewport) part = isc_viewport_with_limits (wide, 0, ISC_AXIS_Y, 0.05, 0.25);
  g_autoptr (IscLayout) layout = NULL;
  double was[4], at[4];

  isc_panel_add_line (panel, NULL, NULL, x, y, 2);
  layout = lay_out (figure, part);
  isc_layout_get_area (layout, 0, &was[0], &was[1], &was[2], &was[3]);
  for (int i = 0; i < 100; i++)
    {
      g_autoptr (IscViewport) next = isc_navigate_pan (layout, 0, ISC_ALONG_BOTH, 5.3, -3.7);

      isc_layout_unref (layout);
      layout = lay_out (figure, next);
      isc_layout_get_area (layout, 0, &at[0], &at[1], &at[2], &at[3]);
      for (int k = 0; k < 4; k++)
        g_assert_cmpfloat (at[k], ==, was[k]);
    }
}

static void
test_box (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (IscFigure) figure = make_figure (&cases[i], 1, FALSE);
      g_autoptr (IscLayout) home = lay_out (figure, NULL), near = NULL;
      g_autoptr (IscViewport) box = isc_navigate_box (home, 0, 300.0, 200.0, 500.0, 120.0);
      g_autoptr (IscViewport) wide = isc_navigate_box (home, 0, 300.0, 200.0, 500.0, 203.0);
      g_autoptr (IscViewport) high_box = isc_navigate_box (home, 0, 300.0, 200.0, 302.0, 100.0);
      g_autoptr (IscViewport) click = isc_navigate_box (home, 0, 300.0, 200.0, 302.0, 201.0);
      double left = isc_layout_to_value (home, 0, ISC_AXIS_X, 300.0), low, high;

      near = lay_out (figure, box);
      g_assert_cmpfloat_with_epsilon (fraction_of (near, 0, ISC_AXIS_X, left), 0.0, PX);
      g_assert_true (isc_viewport_get_limits (wide, 0, ISC_AXIS_X, &low, &high));
      g_assert_false (isc_viewport_get_limits (wide, 0, ISC_AXIS_Y, &low, &high));
      g_assert_false (isc_viewport_get_limits (high_box, 0, ISC_AXIS_X, &low, &high));
      g_assert_true (isc_viewport_get_limits (high_box, 0, ISC_AXIS_Y, &low, &high));
      g_assert_null (click);
    }
}

static void
test_fit_and_ends (void)
{
  g_autoptr (IscFigure) figure = make_figure (&cases[0], 1, FALSE);
  g_autoptr (IscLayout) layout = lay_out (figure, NULL);
  g_autoptr (IscViewport) fitted = NULL, hiding = NULL;

  /* However long somebody turns the wheel, an axis remains. */
  for (int i = 0; i < 3000; i++)
    {
      double factor = i < 1500 ? 1.5 : 1.0 / 1.7, low, high;
      g_autoptr (IscViewport) viewport
          = isc_navigate_zoom (layout, 0, ISC_ALONG_BOTH, 300.0, 200.0, factor);

      isc_layout_unref (layout);
      layout = lay_out (figure, viewport);
      isc_layout_get_limits (layout, 0, ISC_AXIS_X, &low, &high);
      g_assert_true (isfinite (low) && isfinite (high) && low < high);
    }
  hiding = isc_viewport_with_series (isc_layout_get_viewport (layout), "a run", FALSE);
  isc_layout_unref (layout);
  layout = lay_out (figure, hiding);
  fitted = isc_navigate_fit (layout, 0, ISC_ALONG_BOTH);
  g_assert_true (isc_viewport_hides (fitted, "a run"));
  {
    g_autoptr (IscViewport) shown = isc_viewport_with_series (fitted, "a run", TRUE);

    g_assert_null (shown);
  }
}

static void
test_shared (void)
{
  g_autoptr (IscFigure) figure = make_figure (&cases[0], 4, TRUE);
  g_autoptr (IscLayout) home = lay_out (figure, NULL), near = NULL, back = NULL, log = NULL;
  g_autoptr (IscViewport) zoomed = NULL, fitted = NULL, scaled = NULL;
  double x, y, width, height, low, high, other_low, other_high;

  isc_layout_get_area (home, 2, &x, &y, &width, &height);
  zoomed = isc_navigate_zoom (home, 2, ISC_ALONG_BOTH, x + 10.0, y + 10.0, 2.0);
  near = lay_out (figure, zoomed);
  isc_layout_get_limits (near, 2, ISC_AXIS_X, &low, &high);
  isc_layout_get_limits (near, 0, ISC_AXIS_X, &other_low, &other_high);
  g_assert_cmpfloat (low, ==, other_low);
  g_assert_cmpfloat (high, ==, other_high);
  isc_layout_get_limits (near, 2, ISC_AXIS_Y, &low, &high);
  isc_layout_get_limits (near, 0, ISC_AXIS_Y, &other_low, &other_high);
  g_assert_cmpfloat (low, !=, other_low);

  fitted = isc_navigate_fit (near, 1, ISC_ALONG_X);
  back = lay_out (figure, fitted);
  isc_layout_get_limits (home, 3, ISC_AXIS_X, &low, &high);
  isc_layout_get_limits (back, 3, ISC_AXIS_X, &other_low, &other_high);
  g_assert_cmpfloat (low, ==, other_low);
  g_assert_cmpfloat (high, ==, other_high);

  scaled = isc_navigate_scale (home, 1, ISC_AXIS_X, ISC_SCALE_LOG);
  log = lay_out (figure, scaled);
  for (guint panel = 0; panel < 4; panel++)
    g_assert_cmpint (isc_layout_get_limits (log, panel, ISC_AXIS_X, &low, &high), ==,
                     ISC_SCALE_LOG);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/navigate/zoom", test_zoom);
  g_test_add_func ("/plot/navigate/pan", test_pan);
  g_test_add_func ("/plot/navigate/steady", test_steady);
  g_test_add_func ("/plot/navigate/box", test_box);
  g_test_add_func ("/plot/navigate/fit-and-ends", test_fit_and_ends);
  g_test_add_func ("/plot/navigate/shared", test_shared);
  return g_test_run ();
}
