/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/scale.h"

#include <float.h>
#include <math.h>

#include "support/reference.h"

static IscScale
fit (IscScaleKind kind, const double *values, gsize n)
{
  IscExtent extent = isc_extent_empty;

  for (gsize i = 0; i < n; i++)
    isc_extent_add (&extent, values[i]);
  return isc_scale_fit (kind, &extent);
}

#define FIT(kind, ...)                                                                             \
  fit (kind, (double[]){ __VA_ARGS__ }, G_N_ELEMENTS (((double[]){ __VA_ARGS__ })))

static void
test_list (void)
{
  guint n;
  const IscScaleType *const *types = isc_scale_types_get (&n);

  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    {
      IscScale scale = { .type = types[i], .low = 1.0, .high = 10.0, .near = 0.1 };

      g_assert_cmpint (types[i]->kind, ==, (int)i);
      g_assert_nonnull (types[i]->name);
      g_assert_false (types[i]->can_show (NAN));
      g_assert_false (types[i]->can_show (INFINITY));
      g_assert_true (types[i]->can_show (2.385));
      /* map and unmap each round once or twice. */
      assert_close (types[i]->unmap (&scale, types[i]->map (&scale, 2.385)), 2.385, 1e-15, 0.0);
    }
}

static void
test_linear (void)
{
  IscScale scale = FIT (ISC_SCALE_LINEAR, -2.385, 7.1, NAN, INFINITY);

  g_assert_true (scale.shows);
  g_assert_false (scale.rug);
  g_assert_cmpfloat (scale.low, ==, -2.385);
  g_assert_cmpfloat (scale.high, ==, 7.1);
  g_assert_cmpfloat (isc_scale_fraction (&scale, -2.385), ==, 0.0);
  g_assert_cmpfloat (isc_scale_fraction (&scale, 7.1), ==, 1.0);
  g_assert_true (isnan (isc_scale_fraction (&scale, NAN)));
  g_assert_true (isnan (isc_scale_fraction (&scale, -INFINITY)));
  /* A few roundings of numbers up to 7.1. */
  assert_close (isc_scale_value (&scale, isc_scale_fraction (&scale, 1.234)), 1.234, 0.0, 4e-15);
}

static void
test_log (void)
{
  IscScale scale = FIT (ISC_SCALE_LOG, 1e-9, 3.0, 0.0, NAN);

  g_assert_true (scale.shows);
  g_assert_true (scale.rug);
  g_assert_false (scale.rug_negative);
  /* pow (10, log10 (x)) loses some ulps for each unit of the exponent. */
  assert_close (scale.low, 1e-9, 1e-13, 0.0);
  assert_close (scale.high, 3.0, 1e-13, 0.0);
  assert_close (isc_scale_value (&scale, isc_scale_fraction (&scale, 2.385e-4)), 2.385e-4, 1e-13,
                0.0);
  g_assert_true (isnan (isc_scale_fraction (&scale, 0.0)));
  g_assert_true (isnan (isc_scale_fraction (&scale, -1.0)));
  g_assert_true (FIT (ISC_SCALE_LOG, 1.0, -2.0).rug_negative);
}

/* Whatever the data: low < high, both finite, and what can be shown is inside. */
static void
test_symlog (void)
{
  IscScale scale = FIT (ISC_SCALE_SYMLOG, -200.0, -0.03, 0.0, 0.5, 70.0, NAN);
  double decade;

  g_assert_true (scale.shows);
  g_assert_false (scale.rug);
  /* The power of ten at or below the smallest magnitude; a decade is as long as the linear part. */
  assert_close (scale.near, 0.01, 1e-14, 0.0);
  decade = isc_scale_fraction (&scale, 0.01) - isc_scale_fraction (&scale, 0.0);
  assert_close (isc_scale_fraction (&scale, 10.0) - isc_scale_fraction (&scale, 1.0), decade, 1e-12,
                0.0);
  assert_close (isc_scale_fraction (&scale, -1.0) - isc_scale_fraction (&scale, -10.0), decade,
                1e-12, 0.0);
  assert_close (isc_scale_fraction (&scale, 0.005) - isc_scale_fraction (&scale, 0.0), 0.5 * decade,
                1e-12, 0.0);
  for (double value = -190.0; value < 70.0; value += 2.385)
    assert_close (isc_scale_value (&scale, isc_scale_fraction (&scale, value)), value, 1e-12,
                  1e-14);
  /* What is nearest to zero by chance does not count: five decades and the linear part. */
  scale = FIT (ISC_SCALE_SYMLOG, -200.0, 1e-19, 300.0);
  assert_close (scale.near, 1e-3, 1e-14, 0.0);
}

static void
test_degenerate (void)
{
  static const double cases[][3] = {
    { 0.0, 0.0, 0.0 },          { 0.5, 0.5, 0.5 },
    { -0.5, -0.5, -0.5 },       { 1e-300, 1e-300, 1e-300 },
    { 5e-324, 5e-324, 5e-324 }, { 1e30, 1e30, 1e30 },
    { 1e30, -1e30, 0.0 },       { DBL_MAX, -DBL_MAX, 0.0 },
    { DBL_MAX, DBL_MAX, 1.0 },  { 1.0, 1.0 + 1e-15, 1 },
    { 0.0, 5e-324, 1e-310 },    { NAN, NAN, NAN },
    { NAN, INFINITY, 3.0 },     { 1e-320, 1e300, 1.0 },
    { 1e6, 1e6 + 1e-9, 1e6 },   { -INFINITY, INFINITY, NAN },
  };

  for (IscScaleKind kind = ISC_SCALE_LINEAR; kind <= ISC_SCALE_SYMLOG; kind++)
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      for (int from_zero = 0; from_zero < 2; from_zero++)
        {
          IscExtent extent = isc_extent_empty;
          IscScale scale;

          for (int j = 0; j < 3; j++)
            isc_extent_add (&extent, cases[i][j]);
          extent.from_zero = from_zero;
          extent.near_zero = from_zero;
          extent.pad = 0.05;
          scale = isc_scale_fit (kind, &extent);
          g_assert_true (isfinite (scale.low) && isfinite (scale.high));
          g_assert_cmpfloat (scale.low, <, scale.high);
          g_assert_cmpfloat (isc_scale_fraction (&scale, scale.low), ==, 0.0);
          g_assert_cmpfloat (isc_scale_fraction (&scale, scale.high), ==, 1.0);
          for (int j = 0; j < 3; j++)
            {
              double fraction = isc_scale_fraction (&scale, cases[i][j]);

              g_assert_cmpint (isnan (fraction), ==, !scale.type->can_show (cases[i][j]));
              g_assert_false (isinf (fraction));
              if (fabs (cases[i][j]) <= 1e300)
                g_assert_false (fraction < -1e-9 || fraction > 1.0 + 1e-9);
            }
        }
}

static void
test_nothing (void)
{
  IscScale scale = fit (ISC_SCALE_LINEAR, NULL, 0);

  g_assert_false (scale.shows);
  g_assert_cmpfloat (scale.low, <, scale.high);
  g_assert_false (FIT (ISC_SCALE_LINEAR, NAN, INFINITY).shows);
  scale = FIT (ISC_SCALE_LOG, 0.0, 0.0);
  g_assert_false (scale.shows);
  g_assert_true (scale.rug);
}

static void
test_zero (void)
{
  IscExtent extent = isc_extent_empty;
  IscScale scale;

  isc_extent_add (&extent, 2.385);
  isc_extent_add (&extent, 0.1);
  extent.near_zero = TRUE;
  extent.pad = 0.05;
  g_assert_cmpfloat (isc_scale_fit (ISC_SCALE_LINEAR, &extent).low, ==, 0.0);

  /* Far from zero: not forced to it. */
  extent = isc_extent_empty;
  isc_extent_add (&extent, 2.385);
  isc_extent_add (&extent, 2.1);
  extent.near_zero = TRUE;
  g_assert_cmpfloat (isc_scale_fit (ISC_SCALE_LINEAR, &extent).low, ==, 2.1);

  extent.from_zero = TRUE;
  scale = isc_scale_fit (ISC_SCALE_LINEAR, &extent);
  g_assert_cmpfloat (scale.low, ==, 0.0);
  g_assert_cmpfloat (scale.high, ==, 2.385);
}

static void
test_fix (void)
{
  IscScale scale = FIT (ISC_SCALE_LINEAR, 0.0, 1e30);

  isc_scale_fix (&scale, 0.0, 4.0);
  g_assert_true (scale.fixed);
  g_assert_cmpfloat (scale.high, ==, 4.0);
  assert_close (isc_scale_fraction (&scale, 1e30), 2.5e29, 1e-15, 0.0);

  scale = FIT (ISC_SCALE_LOG, 1e-3, 10.0);
  isc_scale_fix (&scale, 0.0, 1.0);
  g_assert_true (scale.fixed);
  g_assert_cmpfloat (scale.low, >, 0.0);
  g_assert_cmpfloat (scale.high, ==, 1.0);

  scale = FIT (ISC_SCALE_LOG, 1e-3, 10.0);
  isc_scale_fix (&scale, -2.0, -1.0);
  g_assert_false (scale.fixed);
}

static void
test_reversed (void)
{
  for (IscScaleKind kind = ISC_SCALE_LINEAR; kind <= ISC_SCALE_SYMLOG; kind++)
    {
      IscScale scale
          = { .type = isc_scale_types_get (NULL)[kind], .low = 2.0, .high = 8.0, .near = 4.0 };
      IscScale reversed = scale;

      reversed.reversed = TRUE;
      for (double value = 1.0; value < 9.0; value += 0.5)
        {
          double fraction = isc_scale_fraction (&reversed, value);

          assert_close (fraction, 1.0 - isc_scale_fraction (&scale, value), 1e-14, 1e-14);
          assert_close (isc_scale_value (&reversed, fraction), value, 1e-14, 0.0);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/scale/list", test_list);
  g_test_add_func ("/plot/scale/linear", test_linear);
  g_test_add_func ("/plot/scale/log", test_log);
  g_test_add_func ("/plot/scale/symlog", test_symlog);
  g_test_add_func ("/plot/scale/degenerate", test_degenerate);
  g_test_add_func ("/plot/scale/nothing", test_nothing);
  g_test_add_func ("/plot/scale/zero", test_zero);
  g_test_add_func ("/plot/scale/fix", test_fix);
  g_test_add_func ("/plot/scale/reversed", test_reversed);
  return g_test_run ();
}
