/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/readout.h"

#include <math.h>

static void
assert_value (const IscLayout *layout, IscAxisSide side, double value, const char *expected)
{
  g_autofree char *text = isc_readout_value (layout, 0, side, value);

  g_assert_cmpstr (text, ==, expected);
}

static IscLayout *
make_layout (IscFigure *figure, IscScaleKind scale, double x0, double x1)
{
  IscPanel *panel = isc_figure_add_panel (figure);
  const double x[] = { x0, x1 };
  const double y[] = { 0.25, 4.0 };

  isc_panel_set_axis (panel, ISC_AXIS_X, "step", scale);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "loss", scale);
  isc_panel_add_line (panel, &(IscStyle){ .color = 1 }, "Xavier", x, y, 2);
  return isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), 800.0, 500.0);
}

/* As many digits as tell neighbours apart, and no fewer than four. */
static void
test_digits (void)
{
  g_autoptr (IscFigure) wide = isc_figure_new ();
  g_autoptr (IscFigure) narrow = isc_figure_new ();
  g_autoptr (IscLayout) far = make_layout (wide, ISC_SCALE_LINEAR, 0.0, 2e6);
  g_autoptr (IscLayout) near = make_layout (narrow, ISC_SCALE_LINEAR, 1000.0, 1000.01);

  assert_value (far, ISC_AXIS_X, 12345.0, "12345");
  assert_value (far, ISC_AXIS_X, 1234567.0, "1,234,567");
  assert_value (far, ISC_AXIS_X, -1234567.0, "−1,234,567");
  assert_value (far, ISC_AXIS_Y, 1.0 / 3.0, "0.3333");
  assert_value (far, ISC_AXIS_X, NAN, "NaN");
  assert_value (near, ISC_AXIS_X, 1000.001234567, "1000.00123");
  assert_value (near, ISC_AXIS_X, 1000.0, "1000");
}

static void
test_words (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscLayout) layout = make_layout (figure, ISC_SCALE_LINEAR, 0.0, 100.0);
  double px = isc_layout_to_device (layout, 0, ISC_AXIS_X, 100.0);
  double py = isc_layout_to_device (layout, 0, ISC_AXIS_Y, 4.0);
  g_autofree char *text = NULL;
  g_autofree char *sentence = NULL;
  IscHit hit;

  g_assert_true (isc_hit_find (layout, px, py, &hit));
  text = isc_readout_text (layout, &hit);
  g_assert_cmpstr (text, ==, "Xavier\n100, 4");
  sentence = isc_readout_sentence (layout, &hit);
  g_assert_cmpstr (sentence, ==, "Xavier, step 100, loss 4");
}

static void
test_names (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const double at[] = { 1.0, 2.0 };
  const double norms[] = { 0.5, 0.75 };
  const char *const names[] = { "0.weight", "2.weight" };
  g_autoptr (IscLayout) layout = NULL;
  g_autofree char *sentence = NULL;
  IscHit hit;

  isc_panel_set_categories (panel, ISC_AXIS_X, at, names, 2);
  isc_panel_add_points (panel, &(IscStyle){ .marker = ISC_MARKER_CIRCLE }, NULL, at, norms, 2);
  layout = isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), 400.0, 300.0);
  assert_value (layout, ISC_AXIS_X, 2.0, "2.weight");
  g_assert_true (isc_hit_find (layout, isc_layout_to_device (layout, 0, ISC_AXIS_X, 2.0),
                               isc_layout_to_device (layout, 0, ISC_AXIS_Y, 0.75), &hit));
  sentence = isc_readout_sentence (layout, &hit);
  g_assert_cmpstr (sentence, ==, "x 2.weight, y 0.75");
}

static void
assert_difference (IscScaleKind scale, const char *expected)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscLayout) layout = make_layout (figure, scale, 1.0, 16.0);
  IscHit a = { .x = 1.0, .y = 0.25 };
  IscHit b = { .x = 16.0, .y = 4.0 };
  g_autofree char *text = isc_readout_difference (layout, &a, &b);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_difference (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscLayout) layout = make_layout (figure, ISC_SCALE_LINEAR, 0.0, 1.0);
  IscHit here = { .x = 1.0, .y = 0.0 };
  IscHit there = { .panel = 1 };
  IscHit cell = { .n_rows = 1, .n_columns = 1 };
  g_autofree char *same = isc_readout_difference (layout, &here, &here);

  assert_difference (ISC_SCALE_LINEAR, "Δx 15\nΔy 3.75\ny ratio 16\nslope 0.25");
  assert_difference (ISC_SCALE_LOG, "Δx 15\nΔy 3.75\ny ratio 16\npower 1");
  /* What divides by nothing is not said. */
  g_assert_cmpstr (same, ==, "Δx 0\nΔy 0");
  g_assert_null (isc_readout_difference (layout, &here, &there));
  g_assert_null (isc_readout_difference (layout, &here, &cell));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/readout/digits", test_digits);
  g_test_add_func ("/readout/words", test_words);
  g_test_add_func ("/readout/names", test_names);
  g_test_add_func ("/readout/difference", test_difference);
  return g_test_run ();
}
