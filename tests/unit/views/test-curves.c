/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drawn over time, by hand: quartiles with infinities, smoothing, the time axis. */

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"
#include "views-samples.h"
#include "views/clock.h"
#include "views/curve.h"
#include "views/quartiles.h"

static float
falling (guint run, gsize step)
{
  return 2.0f / (1.0f + 0.1f * (float)(step + run));
}

/* numpy.quantile (x, [0.25, 0.5, 0.75]). */
static void
test_quartiles (void)
{
  double five[] = { 10.0, 3.0, 1.0, 2.0, 4.0 }, four[] = { 1.0, 2.0, INFINITY, 3.0 };
  double lost[] = { INFINITY, 1.0, INFINITY, INFINITY, 2.0 };
  IscQuartiles of_five = isc_quartiles_new (five, 5), of_four = isc_quartiles_new (four, 4);
  IscQuartiles of_lost = isc_quartiles_new (lost, 5), of_none = isc_quartiles_new (four, 0);

  g_assert_cmpfloat (of_five.low, ==, 2.0);
  g_assert_cmpfloat (of_five.median, ==, 3.0);
  g_assert_cmpfloat (of_five.high, ==, 4.0);
  g_assert_cmpfloat (of_four.low, ==, 1.75);
  g_assert_cmpfloat (of_four.median, ==, 2.5);
  /* Not a quarter of infinity that is no number. */
  g_assert_cmpfloat (of_four.high, ==, INFINITY);
  g_assert_cmpfloat (of_lost.low, ==, 2.0);
  g_assert_cmpfloat (of_lost.median, ==, INFINITY);
  g_assert_true (isnan (of_none.median));
}

static void
test_smoothed (void)
{
  double steps[] = { 1.0, 2.0, 3.0, 4.0 }, y[] = { 1.0, 2.0, NAN, 4.0 };
  IscCurve rows = { steps, y, 4 };
  g_autoptr (IscCurve) curve = isc_curve_new_smoothed (&rows, 1, 0.5);

  /* 0.5, 1.25 and 2.625 over 1/2, 3/4 and 7/8; what is no number has no part. */
  g_assert_cmpuint (curve->n, ==, 4);
  g_assert_cmpfloat (curve->y[0], ==, 1.0);
  g_assert_cmpfloat (curve->y[1], ==, 1.25 / 0.75);
  g_assert_cmpfloat (curve->y[2], ==, 1.25 / 0.75);
  g_assert_cmpfloat (curve->y[3], ==, 2.625 / 0.875);
}

/* Two rows of one step are the least and the greatest of a bucket of two steps: their middle counts
 * twice. */
static void
test_smoothed_buckets (void)
{
  double steps[] = { 1.0, 2.0, 2.0, 4.0 }, y[] = { 1.0, 2.0, 6.0, 3.0 };
  double plain_steps[] = { 1.0, 2.0, 3.0, 4.0 }, plain_y[] = { 1.0, 4.0, 4.0, 3.0 };
  IscCurve rows = { steps, y, 4 }, plain = { plain_steps, plain_y, 4 };
  g_autoptr (IscCurve) curve = isc_curve_new_smoothed (&rows, 2, 0.9);
  g_autoptr (IscCurve) every = isc_curve_new_smoothed (&plain, 1, 0.9);

  g_assert_cmpuint (curve->n, ==, 3);
  assert_close (curve->y[1], every->y[2], 1e-12, 0.0);
  assert_close (curve->y[2], every->y[3], 1e-12, 0.0);
}

static void
test_clock (void)
{
  g_autoptr (IscResult) result = sample_result (1, 1, 12, 5, falling);
  IscViewOptions options = isc_view_options_default;
  IscClock clock;

  clock = isc_clock_new (result, 0, &options);
  g_assert_cmpfloat (isc_clock_at (&clock, 7.0), ==, 7.0);
  options.time = ISC_TIME_EPOCH;
  clock = isc_clock_new (result, 0, &options);
  g_assert_cmpfloat (isc_clock_at (&clock, 5.0), ==, 1.0);
  assert_close (isc_clock_at (&clock, 12.0), 2.4, 1e-12, 0.0);
  /* Half a second a step. */
  options.time = ISC_TIME_SECONDS;
  clock = isc_clock_new (result, 0, &options);
  g_assert_cmpfloat (isc_clock_at (&clock, 0.0), ==, 0.0);
  g_assert_cmpfloat (isc_clock_at (&clock, 5.0), ==, 2.5);
  assert_close (isc_clock_at (&clock, 7.0), 3.5, 1e-12, 0.0);
  /* Behind the last epoch the run's own time; the sample has none, and time does not go back. */
  g_assert_cmpfloat (isc_clock_at (&clock, 12.0), ==, 5.0);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/curves/quartiles", test_quartiles);
  g_test_add_func ("/views/curves/smoothed", test_smoothed);
  g_test_add_func ("/views/curves/smoothed-buckets", test_smoothed_buckets);
  g_test_add_func ("/views/curves/clock", test_clock);
  return g_test_run ();
}
