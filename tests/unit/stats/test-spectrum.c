/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/spectrum.h"

#include <float.h>
#include <math.h>

#include "base/error.h"
#include "base/generator.h"
#include "base/runtime.h"
#include "stats/marchenko-pastur.h"
#include "support/reference.h"

static float *
normal_matrix (gsize rows, gsize columns, double std)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (rows * 1000 + columns);
  float *w = g_new (float, rows *columns);

  isc_generator_normal (generator, w, rows * columns, 0, std);
  return w;
}

static IscSpectrum *
compute (const float *w, gsize rows, gsize columns, IscSpectrumMethod method)
{
  g_autoptr (GError) error = NULL;
  IscSpectrum *spectrum = isc_spectrum_new (w, rows, columns, method, NULL, &error);

  g_assert_no_error (error);
  return spectrum;
}

/* The singular values by one-sided Jacobi rotations (Hestenes), a method that shares nothing with
 * the module's and is accurate in every value: sorted column norms once all columns are orthogonal.
 */
static int
compare_falling (const void *a, const void *b)
{
  double da = *(const double *)a, db = *(const double *)b;

  return (da < db) - (da > db);
}

static double *
jacobi (const float *w, gsize rows, gsize columns)
{
  gboolean tall = rows >= columns;
  gsize k = MIN (rows, columns), length = MAX (rows, columns);
  g_autofree double *a = g_new (double, rows *columns);
  double *values = g_new0 (double, k);
  double worst = 1;

  for (gsize j = 0; j < k; j++)
    for (gsize i = 0; i < length; i++)
      a[j * length + i] = (double)w[tall ? i * columns + j : j * columns + i];
  for (guint sweep = 0; sweep < 30 && worst > 1e-15; sweep++)
    {
      worst = 0;
      for (gsize p = 0; p + 1 < k; p++)
        for (gsize q = p + 1; q < k; q++)
          {
            double *x = a + p * length, *y = a + q * length;
            double xx = 0, yy = 0, xy = 0, zeta, t, c;

            for (gsize i = 0; i < length; i++)
              {
                xx += x[i] * x[i];
                yy += y[i] * y[i];
                xy += x[i] * y[i];
              }
            if (xy == 0)
              continue;
            worst = MAX (worst, fabs (xy) / sqrt (xx * yy));
            zeta = (yy - xx) / (2 * xy);
            t = (zeta > 0 ? 1 : -1) / (fabs (zeta) + sqrt (1 + zeta * zeta));
            c = 1 / sqrt (1 + t * t);
            for (gsize i = 0; i < length; i++)
              {
                double kept = x[i];

                x[i] = c * (kept - t * y[i]);
                y[i] = c * (t * kept + y[i]);
              }
          }
    }
  for (gsize j = 0; j < k; j++)
    {
      for (gsize i = 0; i < length; i++)
        values[j] += a[j * length + i] * a[j * length + i];
      values[j] = sqrt (values[j]);
    }
  qsort (values, k, sizeof *values, compare_falling);
  return values;
}

/* Tall, wide, square, small enough for the matrix itself and not, with blocks and rests of each
 * size. */
static void
test_values (void)
{
  const gsize shapes[][2]
      = { { 1, 1 },   { 1, 7 },     { 9, 1 },     { 40, 40 },   { 30, 50 }, { 64, 65 },
          { 95, 95 }, { 130, 300 }, { 300, 129 }, { 160, 160 }, { 5, 9000 } };

  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      gsize rows = shapes[s][0], columns = shapes[s][1], n;
      g_autofree float *w = normal_matrix (rows, columns, 0.05);
      g_autofree double *expected = jacobi (w, rows, columns);
      g_autoptr (IscSpectrum) exact = compute (w, rows, columns, ISC_SPECTRUM_EXACT);
      g_autoptr (IscSpectrum) preview = compute (w, rows, columns, ISC_SPECTRUM_PREVIEW);
      const double *values = isc_spectrum_get_values (exact, &n);

      g_assert_cmpuint (n, ==, MIN (rows, columns));
      g_assert_cmpuint (isc_spectrum_get_rows (exact), ==, rows);
      g_assert_cmpuint (isc_spectrum_get_columns (exact), ==, columns);
      g_assert_cmpint (isc_spectrum_get_method (exact), ==, ISC_SPECTRUM_EXACT);
      g_assert_cmpint (isc_spectrum_get_method (preview), ==, ISC_SPECTRUM_PREVIEW);
      for (gsize i = 0; i < n; i++)
        {
          /* The rotations round as well, each column some k times. */
          assert_close (values[i], expected[i], 0,
                        isc_spectrum_get_error (exact, expected[i])
                            + 4 * DBL_EPSILON * (double)n * expected[0]);
          /* What the header promises of the exact method, for values that are not small. */
          if (expected[i] > 1e-3 * expected[0])
            assert_close (values[i], expected[i], 1e-9, 0);
        }
      values = isc_spectrum_get_values (preview, &n);
      for (gsize i = 0; i < n; i++)
        assert_close (values[i], expected[i], 0, isc_spectrum_get_error (preview, expected[i]));
      assert_close (isc_spectrum_get_condition (exact), expected[0] / expected[n - 1], 1e-7, 0);
    }
}

/* A layer's size: sums of squares and of fourth powers do not change, whatever the method. */
static void
test_invariants (void)
{
  const gsize rows = 384, columns = 512;
  g_autofree float *w = normal_matrix (rows, columns, 1 / sqrt (512));
  g_autoptr (IscSpectrum) exact = compute (w, rows, columns, ISC_SPECTRUM_EXACT);
  g_autoptr (IscSpectrum) preview = compute (w, rows, columns, ISC_SPECTRUM_PREVIEW);
  const double *values, *previewed;
  double squares = 0, sum = 0, deviation, frobenius = 0;
  gsize n;

  for (gsize i = 0; i < rows * columns; i++)
    squares += (double)w[i] * (double)w[i];
  values = isc_spectrum_get_values (exact, &n);
  previewed = isc_spectrum_get_values (preview, &n);
  for (gsize i = 0; i < n; i++)
    {
      sum += values[i] * values[i];
      frobenius += pow (values[i] * values[i] - 1, 2);
      g_assert_cmpfloat (fabs (previewed[i] - values[i]), <=,
                         isc_spectrum_get_error (preview, values[i]));
    }
  assert_close (sum, squares, 1e-13, 0);
  isc_spectrum_get_deviation (exact, 1, NULL, &deviation);
  assert_close (deviation, sqrt (frobenius), 1e-12, 0);
}

static void
test_singular (void)
{
  const gsize n = 120;
  g_autofree float *w = normal_matrix (n, n, 1);
  g_autofree float *zeros = g_new0 (float, n *n);
  double first;
  gsize n_values;

  /* The last row is the sum of the two before: float32 rounds it, so the matrix is not quite
   * singular. */
  for (gsize j = 0; j < n; j++)
    w[(n - 1) * n + j] = w[(n - 2) * n + j] + w[(n - 3) * n + j];
  {
    g_autoptr (IscSpectrum) exact = compute (w, n, n, ISC_SPECTRUM_EXACT);
    g_autoptr (IscSpectrum) preview = compute (w, n, n, ISC_SPECTRUM_PREVIEW);

    g_assert_false (isc_spectrum_is_singular (exact));
    g_assert_cmpfloat (isc_spectrum_get_condition (exact), >, 1e6);
    g_assert_cmpfloat (isc_spectrum_get_condition (exact), <, 1e11);
    g_assert_true (isc_spectrum_is_singular (preview));
  }
  for (gsize j = 0; j < n; j++)
    w[(n - 1) * n + j] = w[j];
  {
    g_autoptr (IscSpectrum) exact = compute (w, n, n, ISC_SPECTRUM_EXACT);

    first = isc_spectrum_get_values (exact, &n_values)[0];
    g_assert_true (isc_spectrum_is_singular (exact));
    g_assert_cmpfloat (isc_spectrum_get_condition (exact), ==, INFINITY);
    g_assert_cmpfloat (isc_spectrum_get_values (exact, &n_values)[n - 1], <, 1e-13 * first);
  }
  for (guint method = 0; method < 2; method++)
    {
      g_autoptr (IscSpectrum) zero = compute (zeros, n, n, (IscSpectrumMethod)method);

      g_assert_true (isc_spectrum_is_singular (zero));
      g_assert_cmpfloat (isc_spectrum_get_values (zero, &n_values)[0], ==, 0);
      g_assert_cmpfloat (isc_spectrum_get_error (zero, 0), ==, 0);
    }
}

/* A Walsh matrix of side 128 is orthogonal times sqrt (128), in whole numbers. */
static void
test_deviation (void)
{
  const gsize n = 128;
  g_autofree float *w = g_new (float, n *n);

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      w[i * n + j] = __builtin_parity ((guint)(i & j)) ? -1 : 1;
  for (guint method = 0; method < 2; method++)
    {
      g_autoptr (IscSpectrum) whole = compute (w, n, n, (IscSpectrumMethod)method);
      g_autoptr (IscSpectrum) wide = compute (w, n / 2, n, (IscSpectrumMethod)method);
      double largest, frobenius;

      isc_spectrum_get_deviation (whole, sqrt (128), &largest, &frobenius);
      g_assert_cmpfloat (largest, <, 1e-15);
      g_assert_cmpfloat (frobenius, <, 1e-14);
      assert_close (isc_spectrum_get_condition (whole), 1, 1e-6, 0);
      isc_spectrum_get_deviation (wide, 8, &largest, &frobenius);
      assert_close (largest, 1, 1e-15, 0);
      assert_close (frobenius, 8, 1e-14, 0);
    }
  w[3] += 0.5f;
  {
    g_autoptr (IscSpectrum) bent = compute (w, n, n, ISC_SPECTRUM_EXACT);
    double largest, frobenius;

    /* Row 3 of the products gains 0.5 everywhere and, on the diagonal, 1 ± and 0.25. */
    isc_spectrum_get_deviation (bent, sqrt (128), &largest, &frobenius);
    assert_close (largest, 1.25 / 128, 1e-12, 0);
    assert_close (frobenius, sqrt (2 * 127 * 0.25 + 1.25 * 1.25) / 128, 1e-12, 0);
  }
}

/* A layer's singular values follow Marchenko and Pastur's law: the distance of the two cumulative
 * laws falls like 1/k, because the values repel each other; 0.007 was seen. */
static void
test_marchenko_pastur (void)
{
  const gsize rows = 256, columns = 784;
  g_autofree float *w = normal_matrix (rows, columns, 0.05);
  g_autoptr (IscSpectrum) spectrum = compute (w, rows, columns, ISC_SPECTRUM_EXACT);
  IscMarchenkoPastur law = isc_marchenko_pastur (rows, columns, 0.05 * 0.05);
  gsize n;
  const double *values = isc_spectrum_get_values (spectrum, &n);
  double worst = 0;

  for (gsize i = 0; i < n; i++)
    worst = MAX (worst, fabs (isc_marchenko_pastur_cumulative (&law, values[i])
                              - ((double)(n - i) - 0.5) / (double)n));
  g_test_message ("distance %g", worst);
  g_assert_cmpfloat (worst, <, 0.015);
}

/* Shares of 1000 square matrices below Edelman's quantiles, at 5 sigma; at a side of 40 the limit
 * is as good as reached. */
static void
test_square_condition (void)
{
  const guint n_matrices = 1000;
  const gsize side = 40;
  const double p[] = { 0.1, 0.5, 0.9 };
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autofree float *w = g_new (float, side *side);
  guint below[G_N_ELEMENTS (p)] = { 0 };

  for (guint m = 0; m < n_matrices; m++)
    {
      g_autoptr (IscSpectrum) spectrum = NULL;

      isc_generator_normal (generator, w, side * side, 0, 1);
      spectrum = compute (w, side, side, ISC_SPECTRUM_EXACT);
      for (guint i = 0; i < G_N_ELEMENTS (p); i++)
        below[i] += isc_spectrum_get_condition (spectrum)
                    < (double)side * isc_square_condition_quantile (p[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (p); i++)
    assert_close ((double)below[i] / n_matrices, p[i], 0,
                  5 * sqrt (p[i] * (1 - p[i]) / n_matrices));
}

static void
test_extremes (void)
{
  const float scales[] = { 1e-30f, 1e30f };

  for (guint s = 0; s < 2; s++)
    {
      g_autofree float *w = normal_matrix (150, 100, 1);
      g_autofree double *expected = jacobi (w, 150, 100);
      g_autoptr (IscSpectrum) spectrum = NULL;
      gsize n;

      for (gsize i = 0; i < 150 * 100; i++)
        w[i] *= scales[s];
      spectrum = compute (w, 150, 100, ISC_SPECTRUM_PREVIEW);
      g_assert_cmpint (isc_spectrum_get_method (spectrum), ==, ISC_SPECTRUM_EXACT);
      /* Scaling rounds each number. */
      for (gsize i = 0; i < 100; i++)
        assert_close (isc_spectrum_get_values (spectrum, &n)[i] / (double)scales[s], expected[i],
                      1e-6, 0);
    }
}

static void
test_refusals (void)
{
  g_autofree float *w = normal_matrix (100, 100, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (guint method = 0; method < 2; method++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          isc_spectrum_new (w, 100, 100, (IscSpectrumMethod)method, cancellable, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
    }
  w[17] = NAN;
  w[9999] = -INFINITY;
  for (guint method = 0; method < 2; method++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (isc_spectrum_new (w, 100, 100, (IscSpectrumMethod)method, NULL, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, "no singular values: 2 of 10000 weights are not finite");
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrum/values", test_values);
  g_test_add_func ("/spectrum/invariants", test_invariants);
  g_test_add_func ("/spectrum/singular", test_singular);
  g_test_add_func ("/spectrum/deviation", test_deviation);
  g_test_add_func ("/spectrum/marchenko-pastur", test_marchenko_pastur);
  g_test_add_func ("/spectrum/square-condition", test_square_condition);
  g_test_add_func ("/spectrum/extremes", test_extremes);
  g_test_add_func ("/spectrum/refusals", test_refusals);
  return g_test_run ();
}
