/* SPDX-License-Identifier: GPL-3.0-or-later */

/* orthogonal_: the orthogonal factor of a Gaussian matrix, uniform over all orthogonal matrices.
 *
 * Saxe, McClelland and Ganguli 2014: all singular values are the gain, so deep linear networks
 * learn at a rate that does not depend on depth.  The signs of R's diagonal make Q unique and its
 * law uniform (Mezzadri 2007), so that any QR factorization serves: ours is within 2e-6
 * (rectangular) or 2e-5 (square) of PyTorch's float32 LAPACK. */

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "base/qr.h"
#include "catalog/schemes/schemes.h"

/* Side of the squares in which a matrix is transposed.  Where its own side is a power of two, all
 * rows fall into the same places of the first cache, which has eight. */
#define TILE 8

static gboolean
check (const IscArguments *arguments, const IscSite *site, GError **error)
{
  gint64 count;

  return isc_shape_count (&site->shape, &count, error);
}

/* to[j][i] = factor from[i][j] for a matrix of so many rows and columns. */
static void
transpose (const float *from, gsize rows, gsize columns, float factor, float *to)
{
  for (gsize top = 0; top < rows; top += TILE)
    for (gsize left = 0; left < columns; left += TILE)
      for (gsize j = left; j < MIN (left + TILE, columns); j++)
        for (gsize i = top; i < MIN (top + TILE, rows); i++)
          to[j * rows + i] = from[i * columns + j] * factor;
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
  float gain = (float)isc_arguments_number (arguments, "gain");
  float *data = isc_tensor_edit_data (tensor);
  g_autofree float *turned = NULL;

  isc_generator_normal (generator, data, count, 0.0, 1.0);

  /* QR takes columns; a wide matrix read by rows is its transpose read by columns. */
  if (rows < columns)
    {
      if (!isc_qr_orthogonal (data, columns, rows, error))
        return FALSE;
      for (gsize i = 0; i < count; i++)
        data[i] *= gain;
      return TRUE;
    }

  turned = g_try_new (float, count);
  if (!turned)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "orthogonal_: there is no memory to transpose a %" G_GSIZE_FORMAT
                   "×%" G_GSIZE_FORMAT " matrix",
                   rows, columns);
      return FALSE;
    }
  transpose (data, rows, columns, 1.0f, turned);
  if (!isc_qr_orthogonal (turned, rows, columns, error))
    return FALSE;
  transpose (turned, columns, rows, gain, data);
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
  { "gain", ISC_PARAMETER_NUMBER, "1", 0, 1e6, .help = N_ ("Every singular value of the matrix.") },
};

const IscScheme isc_scheme_orthogonal = {
  .item = {
    .id = "orthogonal_",
    .label = N_ ("Orthogonal"),
    .summary = N_ ("A random rotation: keeps lengths exactly, in both directions."),
    .formula = "W = gain · Q, WᵀW = gain² I, std = gain / √max(rows, columns)",
    .citation = "Saxe, McClelland, Ganguli 2014, Exact solutions to the nonlinear dynamics of learning; Mezzadri 2007",
    .caution = N_ ("Only lengths of linear signals are kept; rectifiers still need the gain √2."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .check = check,
  .fill = fill,
  .law = law,
  .describe = describe,
};
