/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/viewport.h"

#include <math.h>
#include <string.h>

#include "plot/hit.h"
#include "plot/layout-data.h"

static IscLayout *
lay_out (IscFigure *figure, const IscViewport *viewport)
{
  return isc_layout_new_in (figure, viewport, isc_theme_get (ISC_THEME_LIGHT), 800.0, 500.0);
}

/* Two runs; the second is as large as a hundred, with a band, a raw line and an end. */
static IscFigure *
make_figure (void)
{
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  IscStyle first = { .color = 0 }, second = { .color = 1 };
  double x[] = { 0.0, 1.0, 2.0, 3.0 }, small[] = { 1.0, 0.9, 0.7, 0.5 };
  double large[] = { 10.0, 40.0, 70.0, 100.0 }, low[] = { 9.0, 30.0, 60.0, 80.0 };

  isc_panel_add_band (panel, &second, NULL, x, low, large, 4);
  isc_panel_add_line (panel, &second, NULL, x, large, 4);
  isc_panel_add_line (panel, &first, "He", x, small, 4);
  isc_panel_add_line (panel, &second, "Xavier", x, large, 4);
  isc_panel_add_end (panel, &second, "diverged, step 3", 3.0, 100.0);
  isc_panel_add_rule (panel, &(IscStyle){ .color = ISC_INK }, NULL, ISC_AXIS_Y, 0.6);
  return figure;
}

static guint
count_items (const IscLayout *layout, const char *part, int color)
{
  guint n = 0;

  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);

      n += strcmp (item->part, part) == 0 && (item->color == color || color == 100);
    }
  return n;
}

static const IscLayoutItem *
find_name (const IscLayout *layout, const char *name)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);

      if (g_strcmp0 (item->text, name) == 0)
        return item;
    }
  return NULL;
}

static void
test_values (void)
{
  g_autoptr (IscViewport) a = isc_viewport_with_limits (NULL, 1, ISC_AXIS_X, -2.0, 3.0);
  g_autoptr (IscViewport) b = isc_viewport_with_series (a, "He", FALSE);
  g_autoptr (IscViewport) c = isc_viewport_with_series (b, "He", TRUE);
  g_autoptr (IscViewport) log = isc_viewport_with_scale (a, 1, ISC_AXIS_X, ISC_SCALE_LOG);
  g_autoptr (IscViewport) symlog = isc_viewport_with_scale (a, 1, ISC_AXIS_X, ISC_SCALE_SYMLOG);
  g_autoptr (IscViewport) none = isc_viewport_with_limits (a, 1, ISC_AXIS_X, NAN, NAN);
  g_autoptr (IscViewport) turned = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, 3.0, -2.0);
  IscScaleKind kind;
  double low, high;

  g_assert_true (isc_viewport_get_limits (b, 1, ISC_AXIS_X, &low, &high));
  g_assert_cmpfloat (low, ==, -2.0);
  g_assert_cmpfloat (high, ==, 3.0);
  g_assert_false (isc_viewport_get_limits (b, 0, ISC_AXIS_X, &low, &high));
  g_assert_false (isc_viewport_get_limits (b, 1, ISC_AXIS_Y, &low, &high));
  g_assert_false (isc_viewport_get_limits (NULL, 1, ISC_AXIS_Y, &low, &high));
  g_assert_true (isc_viewport_hides (b, "He"));
  g_assert_false (isc_viewport_hides (b, "Xavier"));
  g_assert_false (isc_viewport_hides (b, NULL));
  g_assert_false (isc_viewport_hides (NULL, "He"));
  g_assert_true (isc_viewport_equal (a, c));
  g_assert_false (isc_viewport_equal (a, b));
  g_assert_false (isc_viewport_equal (a, NULL));
  g_assert_true (isc_viewport_equal (NULL, NULL));
  /* What says nothing is nothing. */
  g_assert_null (none);
  g_assert_null (turned);

  g_assert_true (isc_viewport_get_scale (log, 1, ISC_AXIS_X, &kind));
  g_assert_cmpint (kind, ==, ISC_SCALE_LOG);
  g_assert_false (isc_viewport_get_limits (log, 1, ISC_AXIS_X, &low, &high));
  g_assert_true (isc_viewport_get_limits (symlog, 1, ISC_AXIS_X, &low, &high));
}

static void
test_only (void)
{
  g_autoptr (IscFigure) figure = make_figure ();
  g_auto (GStrv) names = isc_viewport_list_series (figure);
  g_autoptr (IscViewport) alone = isc_viewport_with_only (NULL, figure, "He");
  g_autoptr (IscViewport) other = isc_viewport_with_only (alone, figure, "Xavier");
  g_autoptr (IscViewport) all = isc_viewport_with_only (other, figure, "Xavier");

  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "He");
  g_assert_cmpstr (names[1], ==, "Xavier");
  g_assert_false (isc_viewport_hides (alone, "He"));
  g_assert_true (isc_viewport_hides (alone, "Xavier"));
  g_assert_true (isc_viewport_hides (other, "He"));
  g_assert_false (isc_viewport_hides (other, "Xavier"));
  g_assert_null (all);
}

static void
test_hidden (void)
{
  g_autoptr (IscFigure) figure = make_figure ();
  g_autoptr (IscViewport) viewport = isc_viewport_with_series (NULL, "Xavier", FALSE);
  g_autoptr (IscLayout) home = lay_out (figure, NULL), layout = lay_out (figure, viewport);
  const IscLayoutItem *name = find_name (layout, "Xavier"), *there = find_name (home, "Xavier");
  const char *found;
  double low, high, at[4], was[4];
  IscHit hit;

  g_assert_true (isc_layout_get_viewport (layout) == viewport);
  g_assert_cmpuint (count_items (home, "line", 1), ==, 2);
  g_assert_cmpuint (count_items (home, "band", 1), ==, 1);
  g_assert_cmpuint (count_items (home, "end", 100), ==, 2);
  /* All of it goes, and nothing else. */
  g_assert_cmpuint (count_items (layout, "line", 1), ==, 0);
  g_assert_cmpuint (count_items (layout, "band", 1), ==, 0);
  g_assert_cmpuint (count_items (layout, "end", 100), ==, 0);
  g_assert_cmpuint (count_items (layout, "line", 0), ==, 1);
  g_assert_cmpuint (count_items (layout, "rule", ISC_INK), ==, 1);

  /* The axis spans what is left, and the picture does not jump. */
  isc_layout_get_limits (layout, 0, ISC_AXIS_Y, &low, &high);
  g_assert_cmpfloat (high, <, 1.5);
  isc_layout_get_area (home, 0, &was[0], &was[1], &was[2], &was[3]);
  isc_layout_get_area (layout, 0, &at[0], &at[1], &at[2], &at[3]);
  g_assert_cmpfloat (at[1], ==, was[1]);
  g_assert_cmpfloat (at[3], ==, was[3]);

  /* The name remains, to be clicked again. */
  g_assert_nonnull (name);
  g_assert_cmpfloat (name->opacity, <, 0.5);
  g_assert_cmpfloat (there->opacity, ==, 1.0);
  found = isc_layout_find_series (layout, g_array_index (name->points, IscPoint, 0).x + 5.0,
                                  g_array_index (name->points, IscPoint, 0).y - 4.0);
  g_assert_cmpstr (found, ==, "Xavier");
  g_assert_null (isc_layout_find_series (layout, at[0] + 20.0, at[1] + 20.0));

  g_assert_true (isc_hit_find (layout, at[0] + at[2] - 1.0, at[1] + 1.0, &hit));
  g_assert_cmpstr (hit.label, ==, "He");
  g_assert_true (isc_hit_find (home, was[0] + was[2] - 1.0, was[1] + 1.0, &hit));
  g_assert_cmpint (hit.color, ==, 1);
}

static void
test_all_hidden (void)
{
  g_autoptr (IscFigure) figure = make_figure ();
  g_autoptr (IscViewport) one = isc_viewport_with_series (NULL, "Xavier", FALSE);
  g_autoptr (IscViewport) both = isc_viewport_with_series (one, "He", FALSE);
  g_autoptr (IscLayout) layout = lay_out (figure, both);

  g_assert_nonnull (find_name (layout, "Xavier"));
  g_assert_nonnull (find_name (layout, "He"));
  g_assert_cmpuint (count_items (layout, "line", 100), ==, 0);
}

/* No flags where a person has chosen the part; what is outside is not met. */
static void
test_limits (void)
{
  g_autoptr (IscFigure) figure = make_figure ();
  g_autoptr (IscViewport) viewport = isc_viewport_with_limits (NULL, 0, ISC_AXIS_Y, 0.45, 0.8);
  g_autoptr (IscLayout) layout = lay_out (figure, viewport);
  double x, y, width, height, low, high;
  IscHit hit;

  g_assert_cmpuint (count_items (layout, "flag", 100), ==, 0);
  isc_layout_get_limits (layout, 0, ISC_AXIS_Y, &low, &high);
  g_assert_cmpfloat (low, ==, 0.45);
  g_assert_cmpfloat (high, ==, 0.8);
  isc_layout_get_area (layout, 0, &x, &y, &width, &height);
  g_assert_true (isc_hit_find (layout, x + 1.0, y + 1.0, &hit));
  g_assert_cmpstr (hit.label, ==, "He");
  g_assert_cmpfloat (hit.y, ==, 0.7);
  /* The way there and back. */
  g_assert_cmpfloat_with_epsilon (isc_layout_to_value (layout, 0, ISC_AXIS_Y,
                                                       isc_layout_to_device (layout, 0, ISC_AXIS_Y,
                                                                             0.7)),
                                  0.7, 1e-12);
}

static void
test_places (void)
{
  g_autoptr (IscFigure) figure = make_figure ();
  g_autoptr (IscLayout) layout = lay_out (figure, NULL);
  double x, y, width, height;
  IscAxisSide side;

  isc_layout_get_area (layout, 0, &x, &y, &width, &height);
  g_assert_cmpint (isc_layout_find_panel (layout, x + 1.0, y + 1.0), ==, 0);
  g_assert_cmpint (isc_layout_find_panel (layout, x - 9.0, y + 1.0), ==, -1);
  g_assert_cmpint (isc_layout_find_axis (layout, x + 0.3 * width, y + height + 10.0, &side), ==, 0);
  g_assert_cmpint (side, ==, ISC_AXIS_X);
  g_assert_cmpint (isc_layout_find_axis (layout, x - 10.0, y + 0.3 * height, &side), ==, 0);
  g_assert_cmpint (side, ==, ISC_AXIS_Y);
  g_assert_cmpint (isc_layout_find_axis (layout, x + 10.0, y + 10.0, &side), ==, -1);
}

/* Seen from very near, a line still has its slope. */
static void
test_near (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double x[] = { 0.0, 1.0 }, y[] = { 0.0, 2.0 };
  g_autoptr (IscViewport) wide
      = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, 0.5 - 1e-7, 0.5 + 1e-7);
  g_autoptr (IscViewport) viewport
      = isc_viewport_with_limits (wide, 0, ISC_AXIS_Y, 1.0 - 2e-7, 1.0 + 2e-7);
  g_autoptr (IscLayout) layout = NULL;
  double left, top, width, height;

  isc_panel_add_line (panel, &(IscStyle){ .color = 0 }, "a", x, y, 2);
  layout = lay_out (figure, viewport);
  isc_layout_get_area (layout, 0, &left, &top, &width, &height);
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);
      const IscPoint *ends = (const IscPoint *)(void *)item->points->data;

      if (strcmp (item->part, "line") != 0)
        continue;
      g_assert_cmpuint (item->points->len, >=, 2);
      /* From corner to corner: 1e-7 of a px or so is lost where 1e10 px are cut. */
      g_assert_cmpfloat_with_epsilon ((ends[1].y - ends[0].y) / (ends[1].x - ends[0].x),
                                      -height / width, 1e-6);
      g_assert_cmpfloat_with_epsilon (ends[0].y
                                          + (left - ends[0].x) * (ends[1].y - ends[0].y)
                                                / (ends[1].x - ends[0].x),
                                      top + height, 0.01);
    }
}

/* From near each step is seen; of a curve over numbers that are not whole there are none. */
static void
test_dots (void)
{
  for (int integer = 0; integer < 2; integer++)
    {
      g_autoptr (IscFigure) figure = isc_figure_new ();
      IscPanel *panel = isc_figure_add_panel (figure);
      double x[500], y[500];
      g_autoptr (IscViewport) far = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, 10.0, 400.0);
      g_autoptr (IscViewport) near = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, 100.5, 110.5);
      g_autoptr (IscLayout) from_far = NULL, from_near = NULL;

      for (int i = 0; i < 500; i++)
        {
          x[i] = i;
          y[i] = 2.385 * i;
        }
      isc_panel_add_line (panel, &(IscStyle){ .color = 0 }, "He", x, y, 500);
      isc_panel_set_integer (panel, ISC_AXIS_X, integer);
      from_far = lay_out (figure, far);
      from_near = lay_out (figure, near);
      g_assert_cmpuint (count_items (from_far, "dots", 0), ==, 0);
      g_assert_cmpuint (count_items (from_near, "dots", 0), ==, integer);
      for (guint i = 0; i < from_near->items->len; i++)
        {
          const IscLayoutItem *item = &g_array_index (from_near->items, IscLayoutItem, i);

          if (strcmp (item->part, "dots") == 0)
            g_assert_cmpuint (item->points->len, ==, 10);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/viewport/values", test_values);
  g_test_add_func ("/plot/viewport/only", test_only);
  g_test_add_func ("/plot/viewport/hidden", test_hidden);
  g_test_add_func ("/plot/viewport/all-hidden", test_all_hidden);
  g_test_add_func ("/plot/viewport/limits", test_limits);
  g_test_add_func ("/plot/viewport/places", test_places);
  g_test_add_func ("/plot/viewport/near", test_near);
  g_test_add_func ("/plot/viewport/dots", test_dots);
  return g_test_run ();
}
