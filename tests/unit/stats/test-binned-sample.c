/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/binned-sample.h"

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"

#define N 10000

static IscBinnedSample *
sample_of (const float *x, gsize n, guint n_cells)
{
  g_autoptr (GError) error = NULL;
  IscBinnedSample *sample;
  IscMoments moments;

  isc_moments_compute (x, n, &moments);
  sample = isc_binned_sample_new (x, n, &moments, n_cells, &error);
  g_assert_no_error (error);
  return sample;
}

static void
fill (float *x, gsize n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (gsize i = 0; i < n; i++)
    x[i] = (float)pow (g_rand_double (random), 3);
}

static void
assert_binned (const float *x, gsize n, guint n_cells)
{
  g_autoptr (IscBinnedSample) sample = sample_of (x, n, n_cells);
  const IscMoments *moments = isc_binned_sample_get_moments (sample);
  g_autofree double *expected = g_new0 (double, n_cells + 2);
  const double *weights;
  double spacing, sum = 0;
  guint got_cells;

  g_assert_false (isc_binned_sample_is_exact (sample));
  weights = isc_binned_sample_get_weights (sample, &got_cells, &spacing);
  g_assert_cmpuint (got_cells, ==, n_cells);
  assert_close (spacing * n_cells, moments->max - moments->min, 1e-15, 0);
  for (gsize i = 0; i < n; i++)
    if (isfinite (x[i]))
      {
        double place = ((double)x[i] - moments->min) / spacing;
        guint cell = (guint)place;

        expected[cell] += 1 - (place - cell);
        expected[cell + 1] += place - cell;
      }
  for (guint c = 0; c <= n_cells; c++)
    {
      sum += weights[c];
      /* Every value in a cell is rounded to 2^-25 of it. */
      assert_close (weights[c], expected[c], 0, (double)n * 0x1p-25);
    }
  assert_close (sum, (double)moments->count, 1e-13, 0);
}

static void
test_linear (void)
{
  g_autofree float *x = g_new (float, N);

  fill (x, N);
  assert_binned (x, N, 2);
  assert_binned (x, N, 64);
  assert_binned (x, N, 16384);
}

static void
test_non_finite (void)
{
  g_autofree float *x = g_new (float, N);

  fill (x, N);
  for (gsize i = 0; i < N; i += 13)
    x[i] = i % 2 ? NAN : INFINITY;
  assert_binned (x, N, 1024);
}

/* More values in one cell than its count has bits for: sums are emptied in time. */
static void
test_many_in_one_cell (void)
{
  gsize n = 3000001;
  g_autofree float *x = g_new (float, n);
  g_autoptr (IscBinnedSample) sample = NULL;
  const double *weights;
  double spacing;
  guint n_cells;

  for (gsize i = 0; i < n; i++)
    x[i] = 0.625f;
  x[0] = 0;
  x[n - 1] = 4;
  sample = sample_of (x, n, 4);
  weights = isc_binned_sample_get_weights (sample, &n_cells, &spacing);
  g_assert_cmpfloat (weights[0], ==, 1 + 0.375 * (double)(n - 2));
  g_assert_cmpfloat (weights[1], ==, 0.625 * (double)(n - 2));
  g_assert_cmpfloat (weights[4], ==, 1);
}

static void
test_exact (void)
{
  const float x[] = { 3, NAN, -1, 2.385f, INFINITY, -1 };
  g_autoptr (IscBinnedSample) sample = sample_of (x, 6, 64);
  gsize n;
  const double *values = isc_binned_sample_get_values (sample, &n);
  double spacing;
  guint n_cells;

  g_assert_true (isc_binned_sample_is_exact (sample));
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpfloat (values[0], ==, -1);
  g_assert_cmpfloat (values[1], ==, -1);
  g_assert_cmpfloat (values[2], ==, (double)2.385f);
  g_assert_cmpfloat (values[3], ==, 3);
  g_assert_null (isc_binned_sample_get_weights (sample, &n_cells, &spacing));
}

static void
test_degenerate (void)
{
  g_autofree float *x = g_new (float, N);
  g_autoptr (IscBinnedSample) none = sample_of (NULL, 0, 64);
  g_autoptr (IscBinnedSample) constant = NULL;
  double spacing;
  guint n_cells;
  gsize n;

  isc_binned_sample_get_values (none, &n);
  g_assert_cmpuint (n, ==, 0);
  for (gsize i = 0; i < N; i++)
    x[i] = 0.1f;
  constant = sample_of (x, N, 64);
  g_assert_false (isc_binned_sample_is_exact (constant));
  g_assert_null (isc_binned_sample_get_weights (constant, &n_cells, &spacing));
}

static void
test_cells_for (void)
{
  g_assert_cmpuint (isc_binned_sample_cells_for (1, 0.1), ==, 16384);
  g_assert_cmpuint (isc_binned_sample_cells_for (1, 32.0 / 20000), ==, 32768);
  g_assert_cmpuint (isc_binned_sample_cells_for (1, 1e-9), ==, ISC_BINNED_SAMPLE_MAX_CELLS);
  g_assert_cmpuint (isc_binned_sample_cells_for (NAN, 0), ==, 16384);
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/binned-sample/linear", test_linear);
  g_test_add_func ("/binned-sample/non-finite", test_non_finite);
  g_test_add_func ("/binned-sample/many-in-one-cell", test_many_in_one_cell);
  g_test_add_func ("/binned-sample/exact", test_exact);
  g_test_add_func ("/binned-sample/degenerate", test_degenerate);
  g_test_add_func ("/binned-sample/cells-for", test_cells_for);
  return g_test_run ();
}
