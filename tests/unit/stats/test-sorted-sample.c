/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/sorted-sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/runtime.h"
#include "stats/quantile.h"
#include "support/reference.h"

static IscSortedSample *
sample_of (const float *x, gsize n)
{
  g_autoptr (GError) error = NULL;
  IscSortedSample *sample = isc_sorted_sample_new (x, n, &error);

  g_assert_no_error (error);
  return sample;
}

static int
compare_floats (const void *a, const void *b)
{
  float fa = *(const float *)a, fb = *(const float *)b;

  return (fa > fb) - (fa < fb);
}

/* The same as sorting by comparison, and all that is asked of a sample as counting by hand. */
static void
assert_sorted (const float *x, gsize n)
{
  static const double probabilities[] = { 0, 0.01, 0.25, 0.3, 0.5, 0.7, 0.99, 1 };
  g_autoptr (IscSortedSample) sample = sample_of (x, n);
  g_autofree float *kept = g_new (float, n);
  double expected[G_N_ELEMENTS (probabilities)];
  gsize n_kept = 0, n_nan = 0;

  for (gsize i = 0; i < n; i++)
    {
      n_nan += isnan (x[i]) != 0;
      if (isfinite (x[i]))
        kept[n_kept++] = x[i];
    }
  qsort (kept, n_kept, sizeof *kept, compare_floats);
  g_assert_cmpuint (isc_sorted_sample_get_n (sample), ==, n_kept);
  g_assert_cmpuint (isc_sorted_sample_get_n_nan (sample), ==, n_nan);
  g_assert_cmpuint (isc_sorted_sample_get_n_inf (sample), ==, n - n_kept - n_nan);
  for (gsize i = 0; i < n_kept; i++)
    {
      g_assert_cmpfloat (isc_sorted_sample_get_values (sample)[i], ==, kept[i]);
      g_assert_true (isc_sorted_sample_get_values (sample)[i] != 0
                     || !signbit (isc_sorted_sample_get_values (sample)[i]));
    }

  g_assert_true (isc_quantiles (x, n, probabilities, G_N_ELEMENTS (probabilities), expected, NULL));
  for (guint k = 0; k < G_N_ELEMENTS (probabilities); k++)
    {
      double quantile = isc_sorted_sample_get_quantile (sample, probabilities[k]);

      g_assert_true (memcmp (&quantile, &expected[k], sizeof quantile) == 0);
    }
}

/* Sizes on both sides of where buckets are counted, spread over many exponents or in one. */
static void
test_random (void)
{
  static const gsize sizes[] = { 1, 2, 3, 47, 48, 49, 1000, 30001 };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      gsize n = sizes[s];
      g_autofree float *any = g_new (float, n), *near = g_new (float, n);
      g_autofree float *sparse = g_new (float, n), *normal = g_new (float, n);

      for (gsize i = 0; i < n; i++)
        {
          guint32 bits = g_rand_int (random);

          memcpy (&any[i], &bits, sizeof bits);
          near[i] = (float)g_rand_double_range (random, 1, 1.1);
          sparse[i] = i % 3 == 0 ? (float)g_rand_double (random) : i % 2 ? -0.0f : 0.0f;
          normal[i] = 0;
          for (guint k = 0; k < 12; k++)
            normal[i] += (float)(g_rand_double (random) - 0.5);
        }
      assert_sorted (any, n);
      assert_sorted (near, n);
      assert_sorted (sparse, n);
      assert_sorted (normal, n);
    }
}

static void
test_special (void)
{
  const float x[] = { INFINITY, -NAN, 1e-45f, -0.0f, 3.4028235e38f, NAN, -INFINITY, 0, -1e-45f };
  const float nothing[] = { NAN, -INFINITY };
  g_autoptr (IscSortedSample) empty = sample_of (NULL, 0);
  g_autoptr (IscSortedSample) none = sample_of (nothing, 2);

  assert_sorted (x, G_N_ELEMENTS (x));
  g_assert_cmpuint (isc_sorted_sample_get_n (empty), ==, 0);
  g_assert_true (isnan (isc_sorted_sample_get_cumulative (empty, 0)));
  g_assert_true (isnan (isc_sorted_sample_get_quantile (empty, 0.5)));
  g_assert_cmpuint (isc_sorted_sample_get_n (none), ==, 0);
  g_assert_cmpuint (isc_sorted_sample_get_n_nan (none), ==, 1);
  g_assert_cmpuint (isc_sorted_sample_get_n_inf (none), ==, 1);
  g_assert_true (isnan (isc_sorted_sample_get_quantile (none, 0.5)));
}

static void
test_counts (void)
{
  const float x[] = { 2, -1, 0.5f, 0.5f, 0.5f, NAN, 7 };
  g_autoptr (IscSortedSample) sample = sample_of (x, G_N_ELEMENTS (x));
  IscSortedSample *same = isc_sorted_sample_ref (sample);

  g_assert_cmpuint (isc_sorted_sample_count_below (same, -1), ==, 0);
  g_assert_cmpuint (isc_sorted_sample_count_to (same, -1), ==, 1);
  g_assert_cmpuint (isc_sorted_sample_count_below (same, 0.5), ==, 1);
  g_assert_cmpuint (isc_sorted_sample_count_to (same, 0.5), ==, 4);
  g_assert_cmpuint (isc_sorted_sample_count_to (same, 6.999), ==, 5);
  g_assert_cmpuint (isc_sorted_sample_count_below (same, INFINITY), ==, 6);
  g_assert_cmpfloat (isc_sorted_sample_get_cumulative (same, -INFINITY), ==, 0);
  g_assert_cmpfloat (isc_sorted_sample_get_cumulative (same, 0.5), ==, 4.0 / 6);
  g_assert_cmpfloat (isc_sorted_sample_get_cumulative (same, 7), ==, 1);
  g_assert_true (isnan (isc_sorted_sample_get_cumulative (same, NAN)));
  g_assert_true (isnan (isc_sorted_sample_get_quantile (same, NAN)));
  isc_sorted_sample_unref (same);
}

/* Copies of each other are one draw. */
static void
test_draws (void)
{
  const float x[] = { 3, -1, 3, 2, -1, 2, 7, 3, 7, 7, 2, -1 };
  const float draws[] = { -1, 2, 3, 7 };
  IscSortedSample *sample = isc_sorted_sample_new_draws (x, 12, 3, NULL);
  IscSortedSample *all = isc_sorted_sample_new_draws (x, 12, 0, NULL);

  g_assert_cmpuint (isc_sorted_sample_get_n (sample), ==, G_N_ELEMENTS (draws));
  g_assert_cmpmem (isc_sorted_sample_get_values (sample), sizeof draws, draws, sizeof draws);
  g_assert_cmpuint (isc_sorted_sample_get_n (all), ==, 12);
  g_assert_cmpfloat (isc_sorted_sample_get_cumulative (sample, 2), ==, 0.5);
  isc_sorted_sample_unref (sample);
  isc_sorted_sample_unref (all);
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sorted-sample/random", test_random);
  g_test_add_func ("/sorted-sample/special", test_special);
  g_test_add_func ("/sorted-sample/counts", test_counts);
  g_test_add_func ("/sorted-sample/draws", test_draws);
  return g_test_run ();
}
