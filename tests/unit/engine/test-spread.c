/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How numbers spread, against sums taken plainly; and rows that are alike. */

#include <float.h>
#include <math.h>

#include "base/generator.h"
#include "base/runtime.h"
#include "engine/spread.h"
#include "engine/twins.h"
#include "support/reference.h"

#define N 10007

static guint
count_all (const IscSpread *spread)
{
  guint sum = 0;

  for (guint i = 0; i < ISC_SPREAD_BINS; i++)
    sum += spread->bins[i];
  return sum;
}

static void
test_by_hand (void)
{
  /* The squares sum to 76.25, so that std² = 15.25 − 2.5². */
  const float x[] = { 1.0f, -2.0f, 2.0f, 5.0f, 6.5f };
  IscSpread spread = isc_spread_measure (x, 5);

  g_assert_cmpuint (spread.count, ==, 5);
  g_assert_cmpuint (spread.n_non_finite, ==, 0);
  assert_close (spread.mean, 2.5, 1e-15, 0.0);
  assert_close (spread.rms, sqrt (76.25 / 5.0), 1e-15, 0.0);
  assert_close (spread.std, 3.0, 1e-15, 0.0);
  g_assert_cmpfloat (spread.low, ==, -2.0);
  g_assert_cmpfloat (spread.high, ==, 6.5);
  /* 8.5 wide in 64 bins: 3/8.5, 4/8.5 and 7/8.5 of them. */
  g_assert_cmpuint (spread.bins[0], ==, 1);
  g_assert_cmpuint (spread.bins[22], ==, 1);
  g_assert_cmpuint (spread.bins[30], ==, 1);
  g_assert_cmpuint (spread.bins[52], ==, 1);
  g_assert_cmpuint (spread.bins[63], ==, 1);
  g_assert_cmpuint (count_all (&spread), ==, 5);
}

static void
test_drawn (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (11);
  g_autofree float *x = g_new (float, N);
  guint bins[ISC_SPREAD_BINS] = { 0 };
  double sum = 0.0;
  double squares = 0.0;
  IscSpread spread;

  /* A mean a thousand times the std: what a difference of sums in float would lose. */
  for (gsize i = 0; i < N; i++)
    {
      x[i] = 1000.0f + (float)isc_generator_uniform_double (generator);
      sum += (double)x[i];
    }
  for (gsize i = 0; i < N; i++)
    squares += ((double)x[i] - sum / N) * ((double)x[i] - sum / N);

  spread = isc_spread_measure (x, N);
  g_assert_cmpuint (count_all (&spread), ==, N);
  /* Both are double; they add in another order. */
  assert_close (spread.mean, sum / N, 1e-12, 0.0);
  assert_close (spread.std, sqrt (squares / N), 1e-9, 0.0);
  for (gsize i = 0; i < N; i++)
    {
      double share = ((double)x[i] - spread.low) / (spread.high - spread.low);

      bins[MIN ((guint)(share * ISC_SPREAD_BINS), ISC_SPREAD_BINS - 1)]++;
    }
  /* A number that is on an edge to the last digit may fall on either side. */
  for (guint i = 0; i < ISC_SPREAD_BINS; i++)
    g_assert_cmpint (ABS ((int)spread.bins[i] - (int)bins[i]), <=, 1);
}

static void
test_non_finite (void)
{
  float x[] = { NAN, 1.0f, INFINITY, 3.0f, -INFINITY, NAN, 2.0f };
  IscSpread spread = isc_spread_measure (x, G_N_ELEMENTS (x));

  g_assert_cmpuint (spread.count, ==, 7);
  g_assert_cmpuint (spread.n_non_finite, ==, 4);
  assert_close (spread.mean, 2.0, 1e-15, 0.0);
  assert_close (spread.std, sqrt (2.0 / 3.0), 1e-15, 0.0);
  g_assert_cmpfloat (spread.low, ==, 1.0);
  g_assert_cmpfloat (spread.high, ==, 3.0);
  g_assert_cmpuint (count_all (&spread), ==, 3);

  /* An infinity that is the greatest, and no NaN to tell of it but the sum. */
  spread = isc_spread_measure ((float[]){ 1.0f, 2.0f, INFINITY }, 3);
  g_assert_cmpuint (spread.n_non_finite, ==, 1);
  g_assert_cmpfloat (spread.high, ==, 2.0);

  spread = isc_spread_measure ((float[]){ NAN, INFINITY }, 2);
  g_assert_cmpuint (spread.n_non_finite, ==, 2);
  g_assert_true (isnan (spread.mean) && isnan (spread.std) && isnan (spread.rms)
                 && isnan (spread.low) && isnan (spread.high));
  g_assert_cmpuint (count_all (&spread), ==, 0);

  spread = isc_spread_measure (NULL, 0);
  g_assert_cmpuint (spread.count, ==, 0);
  g_assert_true (isnan (spread.mean));
}

static void
test_narrow (void)
{
  float same[1000];
  IscSpread spread;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    same[i] = 0.1f;
  spread = isc_spread_measure (same, G_N_ELEMENTS (same));
  g_assert_cmpfloat (spread.std, ==, 0.0);
  g_assert_cmpfloat (spread.mean, ==, (double)0.1f);
  g_assert_cmpuint (spread.bins[0], ==, 1000);

  /* The whole of float's range, and its least step. */
  spread = isc_spread_measure ((float[]){ -FLT_MAX, FLT_MAX }, 2);
  g_assert_cmpuint (spread.bins[0], ==, 1);
  g_assert_cmpuint (spread.bins[63], ==, 1);
  assert_close (spread.std, (double)FLT_MAX, 1e-12, 0.0);
  spread = isc_spread_measure ((float[]){ 0.0f, 1.401298464e-45f }, 2);
  g_assert_cmpuint (spread.bins[0] + spread.bins[63], ==, 2);
}

static void
test_twins (void)
{
  /* Rows 0, 2 and 5 are the same, 1 and 4 but for their bias, 3 is alone. */
  float weights[] = { 0.1f, -0.2f, 0.3f,  0.5f, 0.6f, 0.7f, 0.1f, -0.2f, 0.3f,
                      9.0f, 1.0f,  -4.0f, 0.5f, 0.6f, 0.7f, 0.1f, -0.2f, 0.3f };
  const float bias[] = { 1.0f, 2.0f, 1.0f, 3.0f, 2.5f, 1.0f };

  g_assert_cmpuint (isc_twins_count (weights, bias, 6, 3, 1e-6), ==, 3);
  g_assert_cmpuint (isc_twins_count (weights, NULL, 6, 3, 1e-6), ==, 5);
  g_assert_cmpuint (isc_twins_count (weights, NULL, 1, 3, 1e-6), ==, 0);
  /* A change within the tolerance, one beyond it, and what is no number. */
  weights[1] += 5e-7f;
  g_assert_cmpuint (isc_twins_count (weights, bias, 6, 3, 1e-6), ==, 3);
  weights[1] += 5e-6f;
  g_assert_cmpuint (isc_twins_count (weights, bias, 6, 3, 1e-6), ==, 2);
  weights[7] = weights[16] = NAN;
  g_assert_cmpuint (isc_twins_count (weights, bias, 6, 3, 1e-6), ==, 0);
}

static void
test_many_twins (void)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  g_autofree float *weights = g_new0 (float, 300 * 40);

  /* All zeros: all alike, whatever the tolerance. */
  g_assert_cmpuint (isc_twins_count (weights, NULL, 300, 40, 0.0), ==, 300);
  for (gsize i = 0; i < 300 * 40; i++)
    weights[i] = (float)isc_generator_uniform_double (generator) - 0.5f;
  g_assert_cmpuint (isc_twins_count (weights, NULL, 300, 40, 1e-6), ==, 0);
  /* Every row of the second half repeats one of the first, but for rounding. */
  for (gsize i = 0; i < 150 * 40; i++)
    weights[150 * 40 + i] = weights[i] * (1.0f + 1e-7f);
  g_assert_cmpuint (isc_twins_count (weights, NULL, 300, 40, 1e-6), ==, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/engine/spread/by-hand", test_by_hand);
  g_test_add_func ("/engine/spread/drawn", test_drawn);
  g_test_add_func ("/engine/spread/non-finite", test_non_finite);
  g_test_add_func ("/engine/spread/narrow", test_narrow);
  g_test_add_func ("/engine/spread/twins", test_twins);
  g_test_add_func ("/engine/spread/many-twins", test_many_twins);
  return g_test_run ();
}
