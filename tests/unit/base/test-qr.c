/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/qr.h"

#include <math.h>
#include <string.h>

#include "base/generator.h"
#include "base/runtime.h"
#include "support/reference.h"

static float *
normal_matrix (gsize m, gsize n)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (m * 4096 + n);
  float *a = g_new (float, m *n);

  isc_generator_normal (generator, a, m * n, 0, 1);
  return a;
}

/* Gram and Schmidt in double, each column twice: exact to some 1e-14, and R's diagonal is positive.
 */
static double *
exact_factor (const float *a, gsize m, gsize n)
{
  double *q = g_new (double, m *n);

  for (gsize j = 0; j < n; j++)
    {
      double *column = q + j * m;
      double norm = 0;

      for (gsize i = 0; i < m; i++)
        column[i] = (double)a[j * m + i];
      for (guint pass = 0; pass < 2; pass++)
        for (gsize before = 0; before < j; before++)
          {
            const double *other = q + before * m;
            double dot = 0;

            for (gsize i = 0; i < m; i++)
              dot += other[i] * column[i];
            for (gsize i = 0; i < m; i++)
              column[i] -= dot * other[i];
          }
      for (gsize i = 0; i < m; i++)
        norm += column[i] * column[i];
      norm = sqrt (norm);
      for (gsize i = 0; i < m; i++)
        column[i] /= norm;
    }
  return q;
}

static double
worst_product (const float *q, gsize m, gsize n)
{
  double worst = 0;

  for (gsize j = 0; j < n; j++)
    for (gsize k = j; k < n; k++)
      {
        double dot = 0;

        for (gsize i = 0; i < m; i++)
          dot += (double)q[j * m + i] * (double)q[k * m + i];
        worst = MAX (worst, fabs (dot - (j == k)));
      }
  return worst;
}

/* Small ones in double, tall ones by Cholesky's way and others by reflections; whole blocks and
 * rests. */
static void
test_gaussian (void)
{
  const gsize shapes[][2]
      = { { 1, 1 },     { 7, 1 },     { 16, 16 },   { 100, 60 },  { 40000, 1 }, { 784, 256 },
          { 513, 255 }, { 300, 200 }, { 257, 256 }, { 256, 256 }, { 400, 385 } };

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      gsize m = shapes[s][0], n = shapes[s][1];
      g_autofree float *a = normal_matrix (m, n);
      g_autofree double *expected = exact_factor (a, m, n);
      /* The bounds that the header states; a square matrix's last columns take up its condition. */
      double bound = m > n + n / 8 ? 2e-6 : 2e-5;
      double off = 0;

      g_assert_true (isc_qr_orthogonal (a, m, n, NULL));
      for (gsize i = 0; i < m * n; i++)
        off = MAX (off, fabs ((double)a[i] - expected[i]));
      g_test_message ("%zu x %zu: off by %.2g, products by %.2g", m, n, off,
                      worst_product (a, m, n));
      g_assert_cmpfloat (off, <, bound);
      /* Rounding of float32, whatever the condition: three times the largest seen. */
      g_assert_cmpfloat (worst_product (a, m, n), <, 2e-6);
    }
}

/* A tall matrix that Cholesky's way must not be trusted with: nearly dependent columns. */
static void
test_ill_conditioned (void)
{
  const gsize m = 600, n = 120;
  g_autofree float *a = normal_matrix (m, n);

  for (gsize i = 0; i < m; i++)
    a[57 * m + i] = a[13 * m + i] + 1e-4f * a[57 * m + i];
  g_assert_true (isc_qr_orthogonal (a, m, n, NULL));
  g_assert_cmpfloat (worst_product (a, m, n), <, 2e-6);
}

/* As torch.sign() has it: a column that adds nothing is 0, and so has no direction of chance. */
static void
test_zero_column (void)
{
  const gsize m = 40, n = 3;
  g_autofree float *a = normal_matrix (m, n);

  memset (a + m, 0, m * sizeof *a);
  g_assert_true (isc_qr_orthogonal (a, m, n, NULL));
  for (gsize i = 0; i < m; i++)
    g_assert_cmpfloat (a[m + i], ==, 0);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/qr/gaussian", test_gaussian);
  g_test_add_func ("/base/qr/ill-conditioned", test_ill_conditioned);
  g_test_add_func ("/base/qr/zero-column", test_zero_column);
  return g_test_run ();
}
