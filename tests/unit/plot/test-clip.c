/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/clip.h"

#include <math.h>

static const IscRectangle box = { 0.0, 0.0, 10.0, 4.0 };

static GArray *
make (const IscPoint *points, guint n)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (IscPoint));

  g_array_append_vals (array, points, n);
  return array;
}

static void
assert_points (const GArray *points, const IscPoint *wanted, guint n)
{
  g_assert_cmpuint (points->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      IscPoint point = g_array_index (points, IscPoint, i);

      g_assert_cmpint (isnan (point.x), ==, isnan (wanted[i].x));
      if (isnan (point.x))
        continue;
      g_assert_cmpfloat_with_epsilon (point.x, wanted[i].x, 1e-12);
      g_assert_cmpfloat_with_epsilon (point.y, wanted[i].y, 1e-12);
    }
}

/* In, out, along outside, in again; and a gap of its own. */
static void
test_polyline (void)
{
  const IscPoint given[]
      = { { 1, 1 }, { 3, 1 }, { 5, 9 }, { 7, 9 }, { 9, 1 }, { NAN, NAN }, { 2, 2 }, { -2, 2 } };
  const IscPoint wanted[] = { { 1, 1 }, { 3, 1 },     { 3.75, 4 }, { NAN, NAN }, { 8.25, 4 },
                              { 9, 1 }, { NAN, NAN }, { 2, 2 },    { 0, 2 },     { NAN, NAN } };
  g_autoptr (GArray) points = make (given, G_N_ELEMENTS (given));

  isc_clip_polyline (points, &box);
  assert_points (points, wanted, G_N_ELEMENTS (wanted));
}

/* Nothing is touched where there is nothing to cut. */
static void
test_inside (void)
{
  const IscPoint given[] = { { 1, 1 }, { NAN, NAN }, { 3, 1 }, { 10, 4 }, { 0, 0 } };
  g_autoptr (GArray) points = make (given, G_N_ELEMENTS (given));

  isc_clip_polyline (points, &box);
  assert_points (points, given, G_N_ELEMENTS (given));
}

static double
area_of (const GArray *points)
{
  double twice = 0.0;

  for (guint i = 0; i < points->len; i++)
    {
      IscPoint a = g_array_index (points, IscPoint, i);
      IscPoint b = g_array_index (points, IscPoint, (i + 1) % points->len);

      twice += a.x * b.y - b.x * a.y;
    }
  return 0.5 * fabs (twice);
}

/* A triangle over the middle of the box: what is left is the box but for its corners. */
static void
test_polygon (void)
{
  const IscPoint triangle[] = { { 5, -4 }, { 17, 8 }, { -7, 8 } };
  const IscPoint outside[] = { { 20, 0 }, { 30, 0 }, { 25, 3 } };
  const IscPoint around[] = { { -1e9, -1e9 }, { 1e9, -1e9 }, { 1e9, 1e9 }, { -1e9, 1e9 } };
  g_autoptr (GArray) cut = make (triangle, 3), nothing = make (outside, 3),
                     whole = make (around, 4);

  isc_clip_polygon (cut, &box);
  /* Both upper corners are cut off where the sides have a slope of 1: at (1, 0) and (9, 0). */
  g_assert_cmpfloat_with_epsilon (area_of (cut), 40.0 - 2.0 * 0.5, 1e-9);
  isc_clip_polygon (nothing, &box);
  g_assert_cmpuint (nothing->len, ==, 0);
  isc_clip_polygon (whole, &box);
  /* What is cut from 2e9 keeps nine digits and more. */
  g_assert_cmpfloat_with_epsilon (area_of (whole), 40.0, 1e-5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/clip/polyline", test_polyline);
  g_test_add_func ("/plot/clip/inside", test_inside);
  g_test_add_func ("/plot/clip/polygon", test_polygon);
  return g_test_run ();
}
