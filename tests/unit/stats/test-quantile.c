/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/quantile.h"

#include <math.h>
#include <stdlib.h>

#include "base/runtime.h"
#include "support/reference.h"

static int
compare (const void *a, const void *b)
{
  double da = *(const double *)a, db = *(const double *)b;

  return (da > db) - (da < db);
}

/* The definition: sort, then interpolate at (N - 1) p. */
static void
check (const float *x, gsize n, const double *p, guint n_p)
{
  g_autofree double *sorted = g_new (double, n);
  g_autofree double *got = g_new (double, n_p);
  g_autoptr (GError) error = NULL;
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (x[i]))
      sorted[count++] = (double)x[i];
  qsort (sorted, count, sizeof *sorted, compare);
  isc_quantiles (x, n, p, n_p, got, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < n_p; k++)
    {
      double place = (double)(count - 1) * p[k];
      gsize low = (gsize)place, high = MIN (low + 1, count - 1);

      /* One rounding of the interpolation. */
      assert_close (got[k], sorted[low] + (place - (double)low) * (sorted[high] - sorted[low]),
                    1e-15, 1e-16 * (fabs (sorted[low]) + fabs (sorted[high])));
    }
}

static const double several[] = { 0.5, 0, 0.01, 0.05, 0.25, 0.75, 0.95, 0.99, 1, 0.123456 };

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  const gsize sizes[] = { 1, 2, 3, 10, 1001, 16384, 16385, 40000 };
  g_autofree float *x = g_new (float, 40000);

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      for (gsize i = 0; i < sizes[s]; i++)
        x[i] = (float)(g_rand_double_range (random, -1, 1)
                       * exp (g_rand_double_range (random, -30, 30)));
      check (x, sizes[s], several, G_N_ELEMENTS (several));
    }
}

/* All share their upper 16 bits: the second half of the bits decides. */
static void
test_close (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  g_autofree float *x = g_new (float, 30000);

  for (gsize i = 0; i < 30000; i++)
    x[i] = (float)g_rand_double_range (random, -1.001, -1);
  check (x, 30000, several, G_N_ELEMENTS (several));
}

static void
test_ties (void)
{
  g_autofree float *x = g_new (float, 3000);

  for (gsize i = 0; i < 3000; i++)
    x[i] = i % 3 == 0 ? 0.0f : i % 3 == 1 ? -0.0f : (float)(i % 7) - 2.385f;
  check (x, 3000, several, G_N_ELEMENTS (several));
  for (gsize i = 0; i < 3000; i++)
    x[i] = -0.7f;
  check (x, 3000, several, G_N_ELEMENTS (several));
}

/* The same in a sample that is too large to sort. */
static void
test_large (void)
{
  g_autofree float *x = g_new (float, 50000);
  double got;
  const double half = 0.5;

  for (gsize i = 0; i < 50000; i++)
    x[i] = i % 5 == 0   ? NAN
           : i % 5 == 1 ? -INFINITY
           : i % 5 == 2 ? 0.0f
           : i % 5 == 3 ? -0.0f
                        : (float)(i % 7) - 2.385f;
  check (x, 50000, several, G_N_ELEMENTS (several));
  for (gsize i = 0; i < 50000; i++)
    x[i] = i % 2 ? NAN : 0.7f;
  check (x, 50000, several, G_N_ELEMENTS (several));
  for (gsize i = 0; i < 50000; i++)
    x[i] = i % 2 ? NAN : INFINITY;
  g_assert_true (isc_quantiles (x, 50000, &half, 1, &got, NULL));
  g_assert_true (isnan (got));
}

static void
test_zero_has_no_sign (void)
{
  const float x[] = { -0.0f, -0.0f };
  const double half = 0.5;
  double got;

  g_assert_true (isc_quantiles (x, 2, &half, 1, &got, NULL));
  g_assert_false (signbit (got));
}

static void
test_non_finite (void)
{
  float x[] = { NAN, 3, INFINITY, -1, -INFINITY, -NAN, 2, 0.5f };
  const double p[] = { 0, 0.5, 1 };
  double got[3];

  check (x, G_N_ELEMENTS (x), several, G_N_ELEMENTS (several));
  g_assert_true (isc_quantiles (x, G_N_ELEMENTS (x), p, 3, got, NULL));
  g_assert_cmpfloat (got[0], ==, -1);
  g_assert_cmpfloat (got[1], ==, 1.25);
  g_assert_cmpfloat (got[2], ==, 3);

  x[0] = x[2] = INFINITY;
  g_assert_true (isc_quantiles (x, 1, p, 3, got, NULL));
  g_assert_true (isnan (got[0]) && isnan (got[1]) && isnan (got[2]));
  g_assert_true (isc_quantiles (NULL, 0, p, 3, got, NULL));
  g_assert_true (isnan (got[1]));
}

static void
test_extremes (void)
{
  const float x[] = { -3.4028235e38f, 1e-45f, 0, -1e-45f, 3.4028235e38f };

  check (x, 5, several, G_N_ELEMENTS (several));
}

static void
test_many (void)
{
  g_autofree float *x = g_new (float, 9999);
  double p[127];

  for (gsize i = 0; i < 9999; i++)
    x[i] = sinf ((float)i);
  for (guint k = 0; k < 127; k++)
    p[k] = (double)k / 126;
  check (x, 9999, p, 127);
}

static void
test_reference (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/histograms.json");
  JsonArray *rules = json_object_get_array_member (root, "rules");
  const double p[] = { 0.25, 0.75 };

  g_assert_cmpuint (json_array_get_length (rules), ==, 6);
  for (guint s = 0; s < json_array_get_length (rules); s++)
    {
      JsonObject *rule = json_array_get_object_element (rules, s);
      gsize n;
      g_autofree double *values
          = reference_numbers (samples, json_object_get_string_member (rule, "sample"), &n);
      g_autofree float *x = g_new (float, n);
      double got[2];

      for (gsize i = 0; i < n; i++)
        x[i] = (float)values[i];
      g_assert_true (isc_quantiles (x, n, p, 2, got, NULL));
      /* The reference samples are doubles; a float32 holds 6e-8 of each. */
      assert_close (got[1] - got[0], reference_number (rule, "iqr"), 1e-7, 0);
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quantile/random", test_random);
  g_test_add_func ("/quantile/close", test_close);
  g_test_add_func ("/quantile/ties", test_ties);
  g_test_add_func ("/quantile/large", test_large);
  g_test_add_func ("/quantile/zero-has-no-sign", test_zero_has_no_sign);
  g_test_add_func ("/quantile/non-finite", test_non_finite);
  g_test_add_func ("/quantile/extremes", test_extremes);
  g_test_add_func ("/quantile/many", test_many);
  g_test_add_func ("/quantile/reference", test_reference);
  return g_test_run ();
}
