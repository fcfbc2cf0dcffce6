/* SPDX-License-Identifier: GPL-3.0-or-later */

/* orthogonal_: the orthogonal factor of a Gaussian matrix, uniform over all orthogonal matrices.
 *
 * Saxe, McClelland and Ganguli 2014: all singular values are the gain, so deep linear networks
 * learn at a rate that does not depend on depth.  The signs of R's diagonal make Q unique and its
 * law uniform (Mezzadri 2007), so that any QR factorization serves: it is done in double and
 * rounded once, within 2e-6 (rectangular) or 2e-5 (square) of PyTorch's float32 LAPACK. */

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

/* LAPACK's Fortran interface: its C header clashes with GSL's. */
extern void dgeqrf_ (const int *m,
                     const int *n,
                     double *a,
                     const int *lda,
                     double *tau,
                     double *work,
                     const int *lwork,
                     int *info);
extern void dorgqr_ (const int *m,
                     const int *n,
                     const int *k,
                     double *a,
                     const int *lda,
                     const double *tau,
                     double *work,
                     const int *lwork,
                     int *info);

/* Columns that LAPACK works on at once. */
#define BLOCK 64

static gboolean
check (const IscArguments *arguments, const IscSite *site, GError **error)
{
  gint64 count;

  return isc_shape_count (&site->shape, &count, error);
}

/* Q of the (m, n) column-major matrix @a, m >= n, with R's diagonal made positive, in place. */
static gboolean
orthonormalize (double *a, int m, int n, GError **error)
{
  int work_size = MAX (1, n * BLOCK);
  g_autofree double *tau = g_new (double, n);
  g_autofree double *work = g_new (double, work_size);
  g_autofree double *sign = g_new (double, n);
  int info = 0;

  dgeqrf_ (&m, &n, a, &m, tau, work, &work_size, &info);
  for (int j = 0; j < n; j++)
    {
      double diagonal = a[(gsize)j * m + j];

      sign[j] = (diagonal > 0.0) - (diagonal < 0.0);
    }
  if (info == 0)
    dorgqr_ (&m, &n, &n, a, &m, tau, work, &work_size, &info);
  if (info != 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "orthogonal_: LAPACK refused a %d×%d matrix", m, n);
      return FALSE;
    }
  for (int j = 0; j < n; j++)
    for (int i = 0; i < m; i++)
      a[(gsize)j * m + i] *= sign[j];
  return TRUE;
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  const IscShape *shape = isc_tensor_get_shape (tensor);
  gsize count = isc_tensor_get_count (tensor);
  gsize rows = (gsize)shape->dims[0];
  gsize columns = count / rows;
  gboolean tall = rows >= columns;
  float gain = (float)isc_arguments_number (arguments, "gain");
  float *data = isc_tensor_edit_data (tensor);
  g_autofree double *a = g_try_new (double, count);

  if (!a)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "orthogonal_: there is no memory for a %" G_GSIZE_FORMAT "×%" G_GSIZE_FORMAT
                   " matrix in double",
                   rows, columns);
      return FALSE;
    }

  /* LAPACK wants columns; a wide matrix read by rows is its transpose read by columns. */
  isc_generator_normal (generator, data, count, 0.0, 1.0);
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      a[tall ? j * rows + i : i * columns + j] = data[i * columns + j];

  if (!orthonormalize (a, (int)MAX (rows, columns), (int)MIN (rows, columns), error))
    return FALSE;

  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      data[i * columns + j] = (float)a[tall ? j * rows + i : i * columns + j] * gain;
  return TRUE;
}

static gint64
longer_side (const IscShape *shape)
{
  gint64 columns = 1;

  for (guint i = 1; i < shape->n_dims; i++)
    columns *= shape->dims[i];
  return MAX (shape->dims[0], columns);
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_sphere (isc_arguments_number (arguments, "gain"), longer_side (&site->shape));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  IscLaw sphere = law (arguments, site);
  g_autofree char *gain = isc_number_to_label (sphere.std, 4);
  g_autofree char *std = isc_number_to_label (sphere.std / sqrt ((double)sphere.n), 4);

  return g_strdup_printf ("std = %s / √%" G_GINT64_FORMAT " = %s", gain, sphere.n, std);
}

static const IscParameter parameters[] = {
  { "gain", ISC_PARAMETER_NUMBER, "1", 0, 1e6, .help = "Every singular value of the matrix." },
};

const IscScheme isc_scheme_orthogonal = {
  .item = {
    .id = "orthogonal_",
    .label = "Orthogonal",
    .summary = "A random rotation: keeps lengths exactly, in both directions.",
    .formula = "W = gain · Q, WᵀW = gain² I, std = gain / √max(rows, columns)",
    .citation = "Saxe, McClelland, Ganguli 2014, Exact solutions to the nonlinear dynamics of learning; Mezzadri 2007",
    .caution = "Only lengths of linear signals are kept; rectifiers still need the gain √2.",
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .check = check,
  .fill = fill,
  .law = law,
  .describe = describe,
};
