/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/spectrum.h"

#include <float.h>
#include <math.h>

#include "base/error.h"
#include "base/lapack.h"
#include "base/ref-count.h"
#include "stats/gram.h"
#include "stats/kernels.h"

/* Matrices of up to so many numbers are taken themselves, which takes a millisecond. */
#define MAX_SMALL 8192

/* A value whose square, rounded beside that of s_1, says no more about it is wanted of the matrix
 * itself. */
#define MAX_RELATIVE_ERROR 1e-4

/* Float32 holds the squares of magnitudes from one of these to the other, and sums of them. */
#define SQUARED_MIN 1e-15f
#define SQUARED_MAX 1e15f

/* Roundings of s_1 that LAPACK's values are off: 5 were seen, at 100 x 200. */
#define ROUNDING 16

/* What isc_spectrum_get_deviation() needs of the products of rows or columns. */
typedef struct
{
  double beside_max; /* of magnitudes off the diagonal */
  double beside_squares;
  double diagonal_min;
  double diagonal_max;
  double diagonal_mean;
  double diagonal_squares; /* about the mean */
} Products;

/* @rounding: of a value, in s_1
 * @square_rounding: of the square of a value, in s_1^2
 * @singular: where a value counts as 0, in s_1 */
struct _IscSpectrum
{
  IscRefCount ref_count;
  gsize rows;
  gsize columns;
  IscSpectrumMethod method;
  gsize n;
  double *values;
  double rounding;
  double square_rounding;
  double singular;
  Products products;
};

static gboolean
fail_for_memory (const IscSpectrum *spectrum, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
               "there is no memory for the singular values of a %" G_GSIZE_FORMAT
               "×%" G_GSIZE_FORMAT " matrix",
               spectrum->rows, spectrum->columns);
  return FALSE;
}

static gboolean
fail_for_cancelling (GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_CANCELLED, "the singular values were no longer wanted");
  return FALSE;
}

/* Sums of K products round by some sqrt (K) roundings of s_1^2, and finding eigenvalues adds as
 * much: from a third to three quarters of sqrt (K) were seen together, from 95 x 95 to 400 x 400.
 */
static double
square_rounding (const IscSpectrum *spectrum, double epsilon)
{
  return 2 * sqrt ((double)MAX (spectrum->rows, spectrum->columns)) * epsilon;
}

/* Refuses what has no singular values, and tells the largest magnitude. */
static gboolean
check_matrix (const float *w, gsize rows, gsize columns, float *largest, GError **error)
{
  const IscStatsKernels *kernels = isc_stats_kernels ();
  gsize n = rows * columns, n_bad = 0;

  *largest = 0;
  for (gsize start = 0; start < n; start += ISC_STATS_BLOCK)
    {
      guint size = (guint)MIN (ISC_STATS_BLOCK, n - start);
      IscBlockSums sums;

      kernels->sums (w + start, size, &sums);
      n_bad += size - sums.n_finite;
      *largest = MAX (*largest, MAX (fabsf (sums.min), fabsf (sums.max)));
    }
  if (n_bad > 0)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "no singular values: %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                 " weights are not finite",
                 n_bad, n);
  else if (MAX (rows, columns) > G_MAXINT32)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "no singular values: a side of the %" G_GSIZE_FORMAT "×%" G_GSIZE_FORMAT
                 " matrix is beyond 2147483647",
                 rows, columns);
  else
    return TRUE;
  return FALSE;
}

/* A column of the products, from the diagonal on. */
static void
add_products (Products *products, const double *column, gsize length)
{
  double max = 0, squares = 0;

  products->diagonal_min = MIN (products->diagonal_min, column[0]);
  products->diagonal_max = MAX (products->diagonal_max, column[0]);
  products->diagonal_mean += column[0];
  for (gsize i = 1; i < length; i++)
    {
      max = MAX (max, fabs (column[i]));
      squares += column[i] * column[i];
    }
  products->beside_max = MAX (products->beside_max, max);
  products->beside_squares += 2 * squares;
}

/* Of products in @gram or, where that is %NULL, in @single. */
static void
set_products (IscSpectrum *spectrum, const double *gram, const float *single)
{
  Products *products = &spectrum->products;
  gsize n = spectrum->n;
  g_autofree double *wide = g_new (double, n);

  *products = (Products){ .diagonal_min = INFINITY, .diagonal_max = -INFINITY };
  for (gsize j = 0; j < n; j++)
    {
      if (single)
        isc_stats_kernels ()->widen (single + j + n * j, n - j, wide);
      add_products (products, single ? wide : gram + j + n * j, n - j);
    }
  products->diagonal_mean /= (double)n;
  for (gsize j = 0; j < n; j++)
    {
      double d = (gram ? gram[j + n * j] : (double)single[j + n * j]) - products->diagonal_mean;

      products->diagonal_squares += d * d;
    }
}

/* The singular values of the matrix itself. */
static gboolean
decompose (IscSpectrum *spectrum, const float *w, GError **error)
{
  const IscLapack *lapack = isc_lapack (NULL);
  gsize count = spectrum->rows * spectrum->columns;
  int m = (int)spectrum->columns, n = (int)spectrum->rows, one = 1, ask = -1, work_size, info;
  g_autofree double *a = g_try_new (double, count);
  g_autofree int *iwork = g_try_new (int, 8 * spectrum->n);
  g_autofree double *work = NULL;
  double work_wanted;

  if (a == NULL || iwork == NULL)
    return fail_for_memory (spectrum, error);
  isc_stats_kernels ()->widen (w, count, a);
  lapack->dgesdd ("N", &m, &n, a, &m, spectrum->values, NULL, &one, NULL, &one, &work_wanted, &ask,
                  iwork, &info);
  work_size = (int)work_wanted;
  work = g_try_new (double, work_size);
  if (work == NULL)
    return fail_for_memory (spectrum, error);
  lapack->dgesdd ("N", &m, &n, a, &m, spectrum->values, NULL, &one, NULL, &one, work, &work_size,
                  iwork, &info);
  if (info != 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "the singular values of this matrix do not converge");
      return FALSE;
    }
  spectrum->rounding = ROUNDING * DBL_EPSILON;
  spectrum->square_rounding = 0;
  return TRUE;
}

static gboolean
compute_exact (IscSpectrum *spectrum, const float *w, GCancellable *cancellable, GError **error)
{
  gsize n = spectrum->n;
  g_autofree double *gram = g_try_new (double, n *n);
  g_autofree double *squares = g_try_new (double, n);

  if (gram == NULL || squares == NULL)
    return fail_for_memory (spectrum, error);
  spectrum->singular = (double)MAX (spectrum->rows, spectrum->columns) * DBL_EPSILON;
  spectrum->square_rounding = square_rounding (spectrum, DBL_EPSILON);
  if (!isc_gram (w, spectrum->rows, spectrum->columns, gram, cancellable))
    return fail_for_cancelling (error);
  set_products (spectrum, gram, NULL);
  if (spectrum->rows * spectrum->columns <= MAX_SMALL)
    return decompose (spectrum, w, error);

  if (!isc_gram_eigenvalues (gram, n, squares, cancellable, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    spectrum->values[i] = sqrt (MAX (0, squares[n - 1 - i]));
  /* Half of a square's relative error is the value's. */
  if (!(squares[0] * MAX_RELATIVE_ERROR > 0.5 * spectrum->square_rounding * squares[n - 1]))
    return g_cancellable_is_cancelled (cancellable) ? fail_for_cancelling (error)
                                                    : decompose (spectrum, w, error);
  return TRUE;
}

static gboolean
compute_preview (IscSpectrum *spectrum, const float *w, GCancellable *cancellable, GError **error)
{
  gsize n = spectrum->n;
  g_autofree float *gram = g_try_new (float, n *n);
  g_autofree float *squares = g_try_new (float, n);

  if (gram == NULL || squares == NULL)
    return fail_for_memory (spectrum, error);
  isc_gram_single (w, spectrum->rows, spectrum->columns, gram);
  set_products (spectrum, NULL, gram);
  if (g_cancellable_is_cancelled (cancellable))
    return fail_for_cancelling (error);
  if (!isc_gram_eigenvalues_single (gram, n, squares, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    spectrum->values[i] = sqrt (MAX (0, (double)squares[n - 1 - i]));
  spectrum->square_rounding = square_rounding (spectrum, FLT_EPSILON);
  spectrum->singular = sqrt (spectrum->square_rounding);
  return TRUE;
}

IscSpectrum *
isc_spectrum_new (const float *w,
                  gsize rows,
                  gsize columns,
                  IscSpectrumMethod method,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (IscSpectrum) spectrum = NULL;
  gboolean preview, done;
  float largest;

  g_return_val_if_fail (w != NULL && rows > 0 && columns > 0, NULL);

  if (!check_matrix (w, rows, columns, &largest, error) || !isc_lapack (error))
    return NULL;
  preview = method == ISC_SPECTRUM_PREVIEW && largest > SQUARED_MIN && largest < SQUARED_MAX;
  spectrum = g_new0 (IscSpectrum, 1);
  isc_ref_count_init (&spectrum->ref_count);
  spectrum->rows = rows;
  spectrum->columns = columns;
  spectrum->method = preview ? ISC_SPECTRUM_PREVIEW : ISC_SPECTRUM_EXACT;
  spectrum->n = MIN (rows, columns);
  spectrum->values = g_new0 (double, spectrum->n);
  done = preview ? compute_preview (spectrum, w, cancellable, error)
                 : compute_exact (spectrum, w, cancellable, error);
  return done ? g_steal_pointer (&spectrum) : NULL;
}

IscSpectrum *
isc_spectrum_ref (IscSpectrum *spectrum)
{
  isc_ref_count_inc (&spectrum->ref_count);
  return spectrum;
}

void
isc_spectrum_unref (IscSpectrum *spectrum)
{
  if (!isc_ref_count_dec (&spectrum->ref_count))
    return;
  g_free (spectrum->values);
  g_free (spectrum);
}

gsize
isc_spectrum_get_rows (const IscSpectrum *spectrum)
{
  return spectrum->rows;
}

gsize
isc_spectrum_get_columns (const IscSpectrum *spectrum)
{
  return spectrum->columns;
}

IscSpectrumMethod
isc_spectrum_get_method (const IscSpectrum *spectrum)
{
  return spectrum->method;
}

const double *
isc_spectrum_get_values (const IscSpectrum *spectrum, gsize *n)
{
  *n = spectrum->n;
  return spectrum->values;
}

double
isc_spectrum_get_error (const IscSpectrum *spectrum, double value)
{
  double first = spectrum->values[0];
  double delta = spectrum->square_rounding;

  if (first == 0)
    return 0;
  if (delta == 0)
    return spectrum->rounding * first;
  return delta * first / (value / first + sqrt (delta));
}

gboolean
isc_spectrum_is_singular (const IscSpectrum *spectrum)
{
  return !(spectrum->values[spectrum->n - 1] > spectrum->singular * spectrum->values[0]);
}

double
isc_spectrum_get_condition (const IscSpectrum *spectrum)
{
  return isc_spectrum_is_singular (spectrum)
             ? INFINITY
             : spectrum->values[0] / spectrum->values[spectrum->n - 1];
}

void
isc_spectrum_get_deviation (const IscSpectrum *spectrum,
                            double gain,
                            double *largest,
                            double *frobenius)
{
  const Products *products = &spectrum->products;
  double square = gain * gain;
  double mean = products->diagonal_mean - square;

  g_return_if_fail (gain > 0);

  if (largest)
    *largest = MAX (products->beside_max, MAX (fabs (products->diagonal_min - square),
                                               fabs (products->diagonal_max - square)))
               / square;
  if (frobenius)
    *frobenius = sqrt (products->beside_squares + products->diagonal_squares
                       + (double)spectrum->n * mean * mean)
                 / square;
}
