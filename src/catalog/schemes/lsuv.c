/* SPDX-License-Identifier: GPL-3.0-or-later */

/* lsuv_: layer-sequential unit variance.
 *
 * Mishkin and Matas 2016: start from an orthonormal matrix, then divide it by the standard
 * deviation of the layer's output on a batch, layer by layer, each behind those that are done. What
 * the formulas of Glorot and He assume of an activation is measured instead.
 *
 * The output is measured without the bias.  Without data the batch is of standard normal inputs,
 * drawn after the weights; a convolution sees them as unfolded patches, fan_in numbers each. */

#include <math.h>

#include "base/error.h"
#include "base/lapack.h"
#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

/* Numbers that inputs and outputs may take at a time, 16 MiB of each. */
#define BLOCK 4194304

/* The weight as a (rows, columns) matrix, and the @n inputs of @columns numbers it is measured on.
 */
typedef struct
{
  float *weight;
  gsize rows;
  gsize columns;
  const float *inputs;
  gsize n;
  GCancellable *cancellable;
} Layer;

static gboolean
check_cancelled (const Layer *layer, GError **error)
{
  if (!g_cancellable_is_cancelled (layer->cancellable))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_CANCELLED, "the weights were no longer wanted");
  return FALSE;
}

/* The standard deviation of the outputs of the whole batch; @generator draws it if it is not given.
 */
static gboolean
measure (const Layer *layer, IscGenerator *generator, double *std, GError **error)
{
  gsize step = CLAMP (BLOCK / MAX (layer->rows, layer->columns), 1, layer->n);
  g_autofree float *drawn = layer->inputs ? NULL : g_try_new (float, step * layer->columns);
  g_autofree float *outputs = g_try_new (float, step * layer->rows);
  const IscLapack *lapack = isc_lapack (error);
  const int rows = (int)layer->rows, columns = (int)layer->columns;
  const float one = 1, zero = 0;
  double sum = 0.0, squares = 0.0;
  double count = (double)layer->n * (double)layer->rows;

  if (!lapack)
    return FALSE;
  if (!outputs || (!layer->inputs && !drawn))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "lsuv_: there is no memory to measure a layer of %" G_GSIZE_FORMAT
                   "×%" G_GSIZE_FORMAT " weights",
                   layer->rows, layer->columns);
      return FALSE;
    }
  for (gsize first = 0; first < layer->n; first += step)
    {
      const int n = (int)MIN (step, layer->n - first);
      const float *x = layer->inputs ? layer->inputs + first * layer->columns : drawn;

      if (!check_cancelled (layer, error))
        return FALSE;
      /* One example a draw, so that the numbers do not depend on the block. */
      for (int i = 0; i < n && drawn; i++)
        isc_generator_normal (generator, drawn + (gsize)i * layer->columns, layer->columns, 0.0,
                              1.0);
      /* Row by row it is x W^T; column by column, as BLAS has it, the transpose of that. */
      lapack->sgemm ("T", "N", &rows, &n, &columns, &one, layer->weight, &columns, x, &columns,
                     &zero, outputs, &rows);
      for (gsize i = 0; i < (gsize)n * layer->rows; i++)
        {
          sum += (double)outputs[i];
          squares += (double)outputs[i] * (double)outputs[i];
        }
    }
  sum /= count;
  *std = sqrt (fmax (squares / count - sum * sum, 0.0));
  return TRUE;
}

static gboolean
rescale (const Layer *layer, double std, double target, GError **error)
{
  float factor = (float)(target / std);

  if (!(std > 0.0) || !isfinite (std) || !isfinite (factor))
    {
      g_autofree char *measured = isc_number_to_label (std, 3);
      g_autofree char *wanted = isc_number_to_label (target, 3);

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "lsuv_: the layer's output has a standard deviation of %s on the batch, which "
                   "no "
                   "factor brings to %s: look at what arrives at the layer",
                   measured, wanted);
      return FALSE;
    }
  for (gsize i = 0; i < layer->rows * layer->columns; i++)
    layer->weight[i] *= factor;
  return TRUE;
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  double target = isc_arguments_number (arguments, "std");
  double tolerance = isc_arguments_number (arguments, "tol");
  gint64 max_iter = isc_arguments_integer (arguments, "max_iter");
  gsize batch = (gsize)isc_arguments_integer (arguments, "batch");
  gsize rows = (gsize)site->shape.dims[0];
  Layer layer = {
    .weight = isc_tensor_edit_data (tensor),
    .rows = rows,
    .columns = isc_tensor_get_count (tensor) / rows,
    .n = batch,
    .cancellable = site->cancellable,
  };
  g_autoptr (IscGenerator) before = NULL;
  double std;

  if (!isc_scheme_fill_call ("orthogonal_()", site, generator, tensor, error))
    return FALSE;
  if (site->inputs && site->n_inputs > 0 && site->input_width == layer.columns)
    {
      layer.inputs = site->inputs;
      layer.n = MIN (batch, site->n_inputs);
    }
  before = isc_generator_copy (generator);
  if (!measure (&layer, generator, &std, error))
    return FALSE;
  for (gint64 i = 0; i < max_iter && !(fabs (std - target) <= tolerance); i++)
    {
      g_autoptr (IscGenerator) again = isc_generator_copy (before);

      if (!rescale (&layer, std, target, error) || !measure (&layer, again, &std, error))
        return FALSE;
    }
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  return (IscLaw){ .kind = ISC_LAW_NONE };
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *std = isc_number_to_label (isc_arguments_number (arguments, "std"), 4);
  g_autofree char *tol = isc_number_to_label (isc_arguments_number (arguments, "tol"), 4);

  return g_strdup_printf ("W = c · Q, c such that the output's std is %s ± %s", std, tol);
}

static const IscParameter parameters[] = {
  { "std", ISC_PARAMETER_NUMBER, "1.0", 0, 1e6, .above_min = TRUE,
    .help = N_ ("The standard deviation that the layer's output is brought to.") },
  { "tol", ISC_PARAMETER_NUMBER, "0.1", 0, 1e6,
    .help = N_ ("How far from it is near enough to leave the weights alone.") },
  { "max_iter", ISC_PARAMETER_INTEGER, "10", 0, 1000,
    .help = N_ ("How often the weights are divided at most; 0 leaves them orthonormal.") },
  { "batch", ISC_PARAMETER_INTEGER, "128", 1, 1000000,
    .help
    = N_ ("The examples it is measured on: the first of training, at most one batch of it.") },
};

const IscScheme isc_scheme_lsuv = {
  .item = {
    .id = "lsuv_",
    .label = N_ ("LSUV"),
    .summary = N_ ("Measures each layer's output on real data and scales it to 1, whatever the "
               "activation."),
    .formula = "W = c · Q, Q orthonormal, c = std / (measured std of the output)",
    .citation = "Mishkin, Matas 2016, All you need is a good init",
    .caution = N_ ("Only as good as its batch, and blind to biases: set them to 0."),
    ISC_PARAMETERS (parameters),
  },
  .library = "Initscope",
  .measures = TRUE,
  .min_dims = 2,
  .fill = fill,
  .law = law,
  .describe = describe,
};
