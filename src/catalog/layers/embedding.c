/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Embedding: y = W[i], W of shape (num_embeddings, embedding_dim).
 *
 * PyTorch's default is N(0, 1), and then zeros in the row padding_idx, which was drawn all the
 * same. Vectors of variance 1 are what a layer behind it expects; where the same matrix also makes
 * the logits (tied weights) it is √embedding_dim too large.
 *
 * Fans: PyTorch reads the shape as Linear's, fan_in = embedding_dim and fan_out = num_embeddings.
 * The layer reads it the other way round and looks up: each output is one weight, so that the
 * corrected fan_in is 1 (whose 1/fan_in is PyTorch's variance), and fan_out embedding_dim.
 *
 * Its inputs are data: floats that are whole, which they are exactly up to 2²⁴, the most entries
 * that a table may have. */

#include <string.h>

#include "base/error.h"
#include "catalog/layers/layers.h"

static gint64
n_rows (const IscArguments *arguments)
{
  return isc_arguments_integer (arguments, "num_embeddings");
}

static gint64
width (const IscArguments *arguments)
{
  return isc_arguments_integer (arguments, "embedding_dim");
}

static gboolean
has_padding (const IscArguments *arguments)
{
  return !isc_arguments_is_none (arguments, "padding_idx");
}

/* The row that stays zero, a negative index counted from the end. */
static gint64
padding_row (const IscArguments *arguments)
{
  gint64 row = isc_arguments_integer (arguments, "padding_idx");

  return row < 0 ? row + n_rows (arguments) : row;
}

static gboolean
check (const IscArguments *arguments, GError **error)
{
  gint64 n = n_rows (arguments);
  gint64 row;

  if (!has_padding (arguments))
    return TRUE;
  row = isc_arguments_integer (arguments, "padding_idx");
  if (row >= -n && row < n)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "Embedding: padding_idx=%" G_GINT64_FORMAT " is outside %" G_GINT64_FORMAT
               "..%" G_GINT64_FORMAT,
               row, -n, n - 1);
  return FALSE;
}

static guint
count_parameters (const IscArguments *arguments)
{
  return 1;
}

static void
get_parameter (const IscArguments *arguments, guint index, IscLayerParameter *parameter)
{
  *parameter = (IscLayerParameter){
    "weight",
    isc_shape (2, n_rows (arguments), width (arguments)),
    .fan_in = 1,
    .fan_out = width (arguments),
  };
}

static void
initialize (const IscArguments *arguments, IscGenerator *generator, IscTensor *const *tensors)
{
  float *data = isc_tensor_edit_data (tensors[0]);
  gint64 n = width (arguments);

  isc_generator_normal (generator, data, isc_tensor_get_count (tensors[0]), 0.0, 1.0);
  if (!has_padding (arguments))
    return;
  for (gint64 i = 0; i < n; i++)
    data[padding_row (arguments) * n + i] = 0.0f;
}

static IscLaw
law (const IscArguments *arguments, guint index)
{
  IscLaw normal = isc_law_normal (0.0, 1.0);

  return has_padding (arguments) ? isc_law_with_zeros (normal, 1.0 / (double)n_rows (arguments))
                                 : normal;
}

static char *
describe (const IscArguments *arguments, guint index)
{
  if (!has_padding (arguments))
    return g_strdup ("std = 1");
  return g_strdup_printf ("std = 1, row %" G_GINT64_FORMAT " = 0", padding_row (arguments));
}

static gboolean
infer_shape (const IscArguments *arguments, const IscShape *input, IscShape *output, GError **error)
{
  if (input->n_dims + 2 > ISC_TENSOR_MAX_DIMS)
    {
      g_autofree char *text = isc_shape_to_text (input, "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "Embedding takes inputs of at most %d dimensions, and %s come",
                   ISC_TENSOR_MAX_DIMS - 2, text);
      return FALSE;
    }
  *output = *input;
  output->dims[output->n_dims++] = width (arguments);
  return TRUE;
}

static gsize
count_inputs (const IscPass *pass)
{
  gsize n = pass->batch;

  for (guint i = 0; i < pass->input.n_dims; i++)
    n *= (gsize)pass->input.dims[i];
  return n;
}

/* Data are checked before they come here; a map of the plane asks for what no data are. */
static gsize
row_of (const IscPass *pass, IscReal x)
{
  IscReal last = (IscReal)(n_rows (pass->arguments) - 1);

  return x >= last ? (gsize)last : x > 0.0f ? (gsize)x : 0;
}

static void
forward (const IscPass *pass, const IscReal *x, IscReal *y)
{
  gsize n = (gsize)width (pass->arguments);

  for (gsize i = 0; i < count_inputs (pass); i++)
    memcpy (y + i * n, pass->parameters[0] + row_of (pass, x[i]) * n, n * sizeof *y);
}

/* An index has no gradient, and the padding's vector none either. */
static void
backward (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  gsize n = (gsize)width (pass->arguments);
  gsize n_inputs = count_inputs (pass);
  gsize padding = has_padding (pass->arguments) ? (gsize)padding_row (pass->arguments) : G_MAXSIZE;

  memset (pass->gradients[0], 0, (gsize)n_rows (pass->arguments) * n * sizeof *dy);
  for (gsize i = 0; i < n_inputs; i++)
    {
      gsize row = row_of (pass, x[i]);

      for (gsize j = 0; row != padding && j < n; j++)
        pass->gradients[0][row * n + j] += dy[i * n + j];
    }
  if (dx)
    memset (dx, 0, n_inputs * sizeof *dx);
}

static const IscParameter parameter_table[] = {
  { "num_embeddings", ISC_PARAMETER_INTEGER, NULL, 1, 16777216,
    .help = N_ ("Entries of the table.") },
  { "embedding_dim", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Length of a vector.") },
  { "padding_idx", ISC_PARAMETER_INTEGER, "None", -16777216, 16777215,
    .help = N_ ("The entry that stays zero, counted from the end if negative.") },
};

const IscLayer isc_layer_embedding = {
  .item = {
    .id = "Embedding",
    .label = N_ ("Embedding"),
    .summary = N_ ("A table with a vector for each word or item."),
    .formula = "y = W[i]; W (num_embeddings, embedding_dim)",
    .citation = "torch.nn.Embedding",
    .caution = N_ ("Its default, N(0, 1), is too large by √embedding_dim where the table also makes the logits."),
    ISC_PARAMETERS (parameter_table),
  },
  .check = check,
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
  .count_indices = n_rows,
  .infer_shape = infer_shape,
  .forward = forward,
  .backward = backward,
};
