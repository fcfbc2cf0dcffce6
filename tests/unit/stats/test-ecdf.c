/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/ecdf.h"

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"

static IscSortedSample *
sample_of (const float *x, gsize n)
{
  g_autoptr (GError) error = NULL;
  IscSortedSample *sample = isc_sorted_sample_new (x, n, &error);

  g_assert_no_error (error);
  return sample;
}

/* Every point is exact, the ends are there, and no line between two points leaves out a pixel. */
static void
assert_curve (const IscSortedSample *sample, IscEcdfKind kind)
{
  const float *values = isc_sorted_sample_get_values (sample);
  gsize n = isc_sorted_sample_get_n (sample);
  g_autoptr (IscEcdf) ecdf = isc_ecdf_new (sample, kind);
  const double *x, *share;
  gsize n_points = isc_ecdf_get_points (ecdf, &x, &share);
  gboolean falling = kind == ISC_ECDF_COMPLEMENT;
  /* The rounding of a share. */
  double pixel = 1.0 / ISC_ECDF_PIXELS + 1e-15;

  g_assert_cmpint (isc_ecdf_get_kind (ecdf), ==, kind);
  g_assert_cmpuint (n_points, >=, 2);
  g_assert_cmpuint (n_points, <=, (falling ? 3 : 2) * ISC_ECDF_PIXELS + 2);
  g_assert_cmpfloat (x[0], ==, (double)values[0]);
  g_assert_cmpfloat (share[0], ==, falling ? 1 : 0);
  g_assert_cmpfloat (x[n_points - 1], ==, (double)values[n - 1]);
  g_assert_cmpfloat (share[n_points - 1], ==, falling ? 0 : 1);
  for (gsize k = 0; k < n_points; k++)
    {
      gsize below = isc_sorted_sample_count_below (sample, x[k]);
      gsize at = isc_sorted_sample_count_to (sample, x[k]);

      if (falling)
        {
          below = n - below;
          at = n - at;
        }
      g_assert_true (share[k] == (double)below / (double)n || share[k] == (double)at / (double)n);
      if (k == 0)
        continue;
      g_assert_cmpfloat (x[k], >=, x[k - 1]);
      g_assert_true (falling ? share[k] <= share[k - 1] : share[k] >= share[k - 1]);
      if (x[k] == x[k - 1])
        continue;
      g_assert_cmpfloat (fabs (share[k] - share[k - 1]), <=, pixel);
      if (n <= ISC_ECDF_PIXELS)
        g_assert_cmpfloat (share[k], ==, share[k - 1]);
      if (falling && share[k] > 0)
        g_assert_cmpfloat (log (share[k - 1] / share[k]), <=, log ((double)n) * pixel);
    }
}

static void
test_random (void)
{
  static const gsize sizes[] = { 1, 2, 3, 100, 1999, 2000, 2001, 3999, 4000, 50000, 300000 };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint kind = 0; kind < 4; kind++)
      {
        gsize n = sizes[s];
        g_autofree float *x = g_new (float, n);
        g_autoptr (IscSortedSample) sample = NULL;

        for (gsize i = 0; i < n; i++)
          {
            double u = g_rand_double (random);

            /* Continuous; with atoms large and small; heavy tails; a grid finer than a pixel. */
            x[i] = (float)(kind == 0   ? u
                           : kind == 1 ? (u < 0.3      ? 0
                                          : u < 0.3003 ? 0.5
                                                       : u)
                           : kind == 2 ? tan (G_PI * (u - 0.5))
                                       : floor (5000 * u));
          }
        sample = sample_of (x, n);
        assert_curve (sample, ISC_ECDF_CUMULATIVE);
        assert_curve (sample, ISC_ECDF_COMPLEMENT);
      }
}

/* The stair of a small sample, corner by corner. */
static void
test_stair (void)
{
  const float x[] = { 2, 1, 1, NAN, 4 };
  const double expected_x[] = { 1, 1, 2, 2, 4, 4 };
  const double expected[] = { 0, 0.5, 0.5, 0.75, 0.75, 1 };
  g_autoptr (IscSortedSample) sample = sample_of (x, 5);
  g_autoptr (IscEcdf) ecdf = isc_ecdf_new (sample, ISC_ECDF_CUMULATIVE);
  IscEcdf *same = isc_ecdf_ref (ecdf);
  const double *at, *share;

  g_assert_cmpuint (isc_ecdf_get_points (same, &at, &share), ==, 6);
  for (guint k = 0; k < 6; k++)
    {
      g_assert_cmpfloat (at[k], ==, expected_x[k]);
      g_assert_cmpfloat (share[k], ==, expected[k]);
    }
  isc_ecdf_unref (same);
}

/* The last values of a large sample are all there for a logarithmic axis. */
static void
test_tail (void)
{
  const gsize n = 1000000;
  g_autofree float *x = g_new (float, n);
  g_autoptr (IscSortedSample) sample = NULL;
  g_autoptr (IscEcdf) ecdf = NULL;
  const double *share;
  gsize n_points;

  for (gsize i = 0; i < n; i++)
    x[i] = (float)i;
  sample = sample_of (x, n);
  ecdf = isc_ecdf_new (sample, ISC_ECDF_COMPLEMENT);
  n_points = isc_ecdf_get_points (ecdf, NULL, &share);
  for (gsize k = 0; k < 100; k++)
    {
      /* Foot and top of each. */
      g_assert_cmpfloat (share[n_points - 1 - 2 * k], ==, (double)k / (double)n);
      g_assert_cmpfloat (share[n_points - 2 - 2 * k], ==, (double)(k + 1) / (double)n);
    }
}

static void
test_empty (void)
{
  const float x[] = { NAN, INFINITY };
  g_autoptr (IscSortedSample) sample = sample_of (x, 2);
  g_autoptr (IscEcdf) ecdf = isc_ecdf_new (sample, ISC_ECDF_COMPLEMENT);

  g_assert_cmpuint (isc_ecdf_get_points (ecdf, NULL, NULL), ==, 0);
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ecdf/random", test_random);
  g_test_add_func ("/ecdf/stair", test_stair);
  g_test_add_func ("/ecdf/tail", test_tail);
  g_test_add_func ("/ecdf/empty", test_empty);
  return g_test_run ();
}
