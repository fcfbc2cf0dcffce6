/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kernels.h"

#include <math.h>
#include <string.h>

#include "base/runtime.h"

static void
fill (float *x, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  for (guint i = 0; i < n; i++)
    x[i] = (float)g_rand_double_range (random, -1.7, 2.385);
}

/* Every build of the kernels gives the same bits as the one for any processor. */
static void
test_equal_bits (void)
{
  const IscStatsKernels *plain = &isc_stats_kernels_baseline;
  const guint sizes[] = { 0, 1, 7, 16, 33, 2047, ISC_STATS_BLOCK };
  float x[ISC_STATS_BLOCK];

  fill (x, ISC_STATS_BLOCK);
  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        const IscStatsKernels *chosen = isc_stats_kernels_for ((IscVectorUnit)unit);
        guint n = sizes[s];
        IscBlockSums a, b;
        double powers_a[3] = { 0.5, 0, 0 }, powers_b[3] = { 0.5, 0, 0 };
        gint32 bin_a[ISC_STATS_BLOCK], bin_b[ISC_STATS_BLOCK];
        guint32 cell_a[ISC_STATS_BLOCK], cell_b[ISC_STATS_BLOCK];
        double wide_a[ISC_STATS_BLOCK], wide_b[ISC_STATS_BLOCK];
        guint64 share_a[ISC_STATS_BLOCK], share_b[ISC_STATS_BLOCK];

        plain->sums (x, n, &a);
        chosen->sums (x, n, &b);
        g_assert_cmpuint (a.n_finite, ==, n);
        g_assert_cmpuint (b.n_finite, ==, n);
        g_assert_cmpfloat (a.sum, ==, b.sum);
        g_assert_cmpfloat (a.min, ==, b.min);
        g_assert_cmpfloat (a.max, ==, b.max);
        plain->central (x, n, 0.31, powers_a);
        chosen->central (x, n, 0.31, powers_b);
        g_assert_cmpmem (powers_a, sizeof powers_a, powers_b, sizeof powers_b);
        g_assert_cmpint (plain->bins (x, n, -1.7, 21.3, 1e-12, bin_a), ==,
                         chosen->bins (x, n, -1.7, 21.3, 1e-12, bin_b));
        g_assert_true (memcmp (bin_a, bin_b, n * sizeof *bin_a) == 0);
        g_assert_cmpint (plain->quick_bins (x, n, -1.7f, 21.3f, 1e-5f, bin_a), ==,
                         chosen->quick_bins (x, n, -1.7f, 21.3f, 1e-5f, bin_b));
        g_assert_true (memcmp (bin_a, bin_b, n * sizeof *bin_a) == 0);
        plain->widen (x, n, wide_a);
        chosen->widen (x, n, wide_b);
        g_assert_true (memcmp (wide_a, wide_b, n * sizeof *wide_a) == 0);
        g_assert_true (n == 0 || wide_a[n - 1] == (double)x[n - 1]);
        plain->cells (x, n, -1.7, 1e10, 3e10, cell_a, share_a);
        chosen->cells (x, n, -1.7, 1e10, 3e10, cell_b, share_b);
        g_assert_true (memcmp (cell_a, cell_b, n * sizeof *cell_a) == 0);
        g_assert_true (memcmp (share_a, share_b, n * sizeof *share_a) == 0);
      }
}

static void
test_values (void)
{
  const IscStatsKernels *kernels = isc_stats_kernels ();
  const float x[] = { 0.25f, 0.75f, 1.5f, 2.5f };
  gint32 bin[4];
  guint32 cell[4];
  guint64 share[4];

  /* Edges at 0, 1, 2, 3: no value near. */
  g_assert_false (kernels->bins (x, 4, 0, 1, 0.01, bin));
  g_assert_cmpint (bin[0] + 10 * bin[1] + 100 * bin[2] + 1000 * bin[3], ==, 2100);
  /* Edges at -0.75, 0.25, ...: the first value lies on one. */
  g_assert_true (kernels->bins (x, 4, -0.75, 1, 0.01, bin));
  /* The first edge of all does not matter. */
  g_assert_false (kernels->bins (x, 4, 0.25, 1, 0.01, bin));
  /* Just below the edge 0.751. */
  g_assert_true (kernels->bins (x + 1, 1, -0.249, 1, 0.01, bin));
  g_assert_false (kernels->quick_bins (x, 4, 0, 1, 0.01f, bin));
  g_assert_cmpint (bin[0] + 10 * bin[1] + 100 * bin[2] + 1000 * bin[3], ==, 2100);
  g_assert_true (kernels->quick_bins (x, 4, -0.75f, 1, 0.01f, bin));
  g_assert_false (kernels->quick_bins (x, 4, 0.25f, 1, 0.01f, bin));

  /* Cells of 2; the last value is beyond the last point, 1. */
  kernels->cells (x, 4, 0, 0x1p23, 0x1p24, cell, share);
  g_assert_cmpuint (cell[0] + 10 * cell[1] + 100 * cell[2] + 1000 * cell[3], ==, 1000);
  g_assert_cmpuint (share[0], ==, G_GUINT64_CONSTANT (1) << 44 | 1u << 21);
  g_assert_cmpuint (share[2], ==, G_GUINT64_CONSTANT (1) << 44 | 3u << 22);
  g_assert_cmpuint (share[3], ==, G_GUINT64_CONSTANT (1) << 44);
}

/* Every build adds in the same order. */
static void
test_convolve (void)
{
  enum
  {
    N_KERNEL = 37,
    N = 3 * ISC_STATS_CONVOLVED
  };
  double x[N + N_KERNEL], kernel[N_KERNEL], out[N];

  for (guint i = 0; i < N + N_KERNEL; i++)
    x[i] = sin ((double)i);
  for (guint k = 0; k < N_KERNEL; k++)
    kernel[k] = cos ((double)k) / 3;
  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    {
      isc_stats_kernels_for ((IscVectorUnit)unit)->convolve (x, kernel, N_KERNEL, out, N);
      for (guint j = 0; j < N; j++)
        {
          double sum = 0;

          for (guint k = 0; k < N_KERNEL; k++)
            sum += kernel[k] * x[j + k];
          g_assert_cmpfloat (out[j], ==, sum);
        }
    }
}

static void
test_not_finite (void)
{
  const IscStatsKernels *kernels = isc_stats_kernels ();
  float x[40], kept[40];
  IscBlockSums sums;

  fill (x, 40);
  x[0] = NAN;
  x[17] = INFINITY;
  x[39] = -INFINITY;
  x[20] = -0.0f;
  kernels->sums (x, 40, &sums);
  g_assert_cmpuint (sums.n_finite, ==, 37);
  g_assert_cmpuint (sums.n_zero, ==, 1);
  g_assert_cmpuint (isc_stats_keep_finite (x, 40, kept), ==, 37);
  g_assert_cmpfloat (kept[0], ==, x[1]);
  g_assert_cmpfloat (kept[36], ==, x[38]);
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernels/equal-bits", test_equal_bits);
  g_test_add_func ("/kernels/values", test_values);
  g_test_add_func ("/kernels/convolve", test_convolve);
  g_test_add_func ("/kernels/not-finite", test_not_finite);
  return g_test_run ();
}
