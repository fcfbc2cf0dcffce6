/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/moments.h"

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"

/* The definition: two passes in long double. */
static IscMoments
naive (const float *x, gsize n)
{
  IscMoments out = { .min = INFINITY, .max = -INFINITY };
  long double sum = 0, m2 = 0, m3 = 0, m4 = 0, count = 0, mean;

  for (gsize i = 0; i < n; i++)
    {
      out.n_nan += isnan (x[i]) != 0;
      out.n_inf += isinf (x[i]) != 0;
      if (!isfinite (x[i]))
        continue;
      out.count++;
      out.n_zero += x[i] == 0;
      out.min = fmin (out.min, (double)x[i]);
      out.max = fmax (out.max, (double)x[i]);
      sum += x[i];
      count++;
    }
  mean = sum / count;
  for (gsize i = 0; i < n; i++)
    if (isfinite (x[i]))
      {
        long double d = (long double)x[i] - mean;

        m2 += d * d;
        m3 += d * d * d;
        m4 += d * d * d * d;
      }
  out.mean = (double)mean;
  out.std = (double)sqrtl (m2 / count);
  out.skewness = (double)(m3 / count / powl (m2 / count, 1.5L));
  out.excess_kurtosis = (double)(m4 * count / (m2 * m2) - 3);
  return out;
}

static void
check (const float *x, gsize n)
{
  IscMoments got, want = naive (x, n);

  isc_moments_compute (x, n, &got);
  g_assert_cmpuint (got.count, ==, want.count);
  g_assert_cmpuint (got.n_nan, ==, want.n_nan);
  g_assert_cmpuint (got.n_inf, ==, want.n_inf);
  g_assert_cmpuint (got.n_zero, ==, want.n_zero);
  g_assert_cmpfloat (got.min, ==, want.min);
  g_assert_cmpfloat (got.max, ==, want.max);
  /* Sums of doubles lose a few units in the last place; the mean loses them of the largest value.
   */
  assert_close (got.mean, want.mean, 1e-14, 1e-15 * MAX (fabs (want.min), fabs (want.max)));
  assert_close (got.std, want.std, 1e-13, 0);
  assert_close (got.skewness, want.skewness, 1e-11, 1e-12);
  assert_close (got.excess_kurtosis, want.excess_kurtosis, 1e-11, 1e-12);
}

/* A sample of known shape: the sum of three uniform values, skewed by a square. */
static float *
sample (gsize n, float centre, float scale)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2385);
  float *x = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    {
      double u = g_rand_double (random) + g_rand_double (random) + g_rand_double (random) - 1.5;

      x[i] = (float)((double)centre + (double)scale * (u + 0.3 * u * u));
    }
  return x;
}

static void
test_sizes (void)
{
  g_autofree float *x = sample (9000, 0.02f, 0.0505f);
  const gsize sizes[] = { 2, 3, 15, 16, 17, 31, 2047, 2048, 2049, 4096, 6145, 9000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    check (x, sizes[i]);
}

/* The mean is a million times the deviation. */
static void
test_far_from_zero (void)
{
  g_autofree float *x = sample (50000, 1000, 0.01f);

  check (x, 50000);
}

static void
test_outliers (void)
{
  g_autofree float *x = sample (50000, 0, 1);

  x[0] = 1e7f;
  x[31234] = -3e4f;
  check (x, 50000);
}

static void
test_magnitudes (void)
{
  g_autofree float *large = sample (5000, 0, 1e38f);
  g_autofree float *small = sample (5000, 0, 1e-41f);

  check (large, 5000);
  check (small, 5000);
}

static void
test_non_finite (void)
{
  g_autofree float *x = sample (7000, 0.1f, 2);
  const float nothing[] = { NAN, INFINITY, -INFINITY, NAN };
  IscMoments moments;

  for (gsize i = 3; i < 5000; i += 97)
    x[i] = NAN;
  for (gsize i = 11; i < 5000; i += 501)
    x[i] = -INFINITY;
  for (gsize i = 12; i < 7000; i += 777)
    x[i] = i % 2 ? 0.0f : -0.0f;
  for (gsize i = 2048; i < 4096; i++)
    x[i] = INFINITY;
  check (x, 7000);

  isc_moments_compute (nothing, 4, &moments);
  g_assert_cmpuint (moments.count, ==, 0);
  g_assert_cmpuint (moments.n_nan, ==, 2);
  g_assert_cmpuint (moments.n_inf, ==, 2);
  g_assert_cmpuint (isc_moments_non_finite (&moments), ==, 4);
  g_assert_true (isnan (moments.mean) && isnan (moments.std) && isnan (moments.min));
  g_assert_true (isnan (isc_moments_sample_std (&moments)));
}

static void
test_degenerate (void)
{
  g_autofree float *x = g_new (float, 5001);
  IscMoments moments;

  isc_moments_compute (NULL, 0, &moments);
  g_assert_cmpuint (moments.count, ==, 0);
  g_assert_true (isnan (moments.max));

  for (gsize i = 0; i < 5001; i++)
    x[i] = 0.1f;
  isc_moments_compute (x, 5001, &moments);
  g_assert_cmpfloat (moments.mean, ==, (double)0.1f);
  g_assert_cmpfloat (moments.std, ==, 0);
  g_assert_cmpfloat (isc_moments_sample_std (&moments), ==, 0);
  g_assert_true (isnan (moments.skewness) && isnan (moments.excess_kurtosis));

  isc_moments_compute (x, 1, &moments);
  g_assert_cmpuint (moments.count, ==, 1);
  g_assert_cmpfloat (moments.std, ==, 0);
  g_assert_true (isnan (isc_moments_sample_std (&moments)));

  x[0] = -0.0f;
  isc_moments_compute (x, 1, &moments);
  g_assert_cmpuint (moments.n_zero, ==, 1);
  g_assert_false (signbit (moments.min) || signbit (moments.max) || signbit (moments.mean));
}

static void
test_reference (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) kde = reference_load ("reference/theory/kde.json");
  g_autoptr (JsonObject) bins = reference_load ("reference/theory/histograms.json");
  JsonArray *bandwidths = json_object_get_array_member (kde, "bandwidths");
  JsonArray *rules = json_object_get_array_member (bins, "rules");

  for (guint s = 0; s < json_array_get_length (rules); s++)
    {
      JsonObject *rule = json_array_get_object_element (rules, s);
      JsonObject *bandwidth = json_array_get_object_element (bandwidths, s);
      gsize n;
      g_autofree double *values
          = reference_numbers (samples, json_object_get_string_member (rule, "sample"), &n);
      g_autofree float *x = g_new (float, n);
      IscMoments moments;

      for (gsize i = 0; i < n; i++)
        x[i] = (float)values[i];
      isc_moments_compute (x, n, &moments);
      /* The reference samples are doubles; a float32 holds 6e-8 of each. */
      assert_close (moments.std, reference_number (rule, "std_ddof0"), 6e-8, 0);
      assert_close (isc_moments_sample_std (&moments), reference_number (bandwidth, "std_ddof1"),
                    6e-8, 0);
      assert_close (moments.min, reference_number (rule, "min"), 6e-8, 0);
      assert_close (moments.max, reference_number (rule, "max"), 6e-8, 0);
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moments/sizes", test_sizes);
  g_test_add_func ("/moments/far-from-zero", test_far_from_zero);
  g_test_add_func ("/moments/outliers", test_outliers);
  g_test_add_func ("/moments/magnitudes", test_magnitudes);
  g_test_add_func ("/moments/non-finite", test_non_finite);
  g_test_add_func ("/moments/degenerate", test_degenerate);
  g_test_add_func ("/moments/reference", test_reference);
  return g_test_run ();
}
