/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Linear: y = x Wᵀ + b, W of shape (fan_out, fan_in).
 *
 * PyTorch's default is kaiming_uniform_(a=√5), which is U(±1/√fan_in) and variance 1/(3 fan_in):
 * the "standard" rule that Glorot and Bengio 2010 argue against. */

#include "base/error.h"
#include "catalog/layers/default.h"
#include "catalog/layers/layers.h"

enum
{
  WEIGHT,
  BIAS,
};

static gint64
fan_in (const IscArguments *arguments)
{
  return isc_arguments_integer (arguments, "in_features");
}

static gint64
fan_out (const IscArguments *arguments)
{
  return isc_arguments_integer (arguments, "out_features");
}

static guint
count_parameters (const IscArguments *arguments)
{
  return isc_arguments_boolean (arguments, "bias") ? 2 : 1;
}

static void
get_parameter (const IscArguments *arguments, guint index, IscLayerParameter *parameter)
{
  if (index == WEIGHT)
    *parameter
        = (IscLayerParameter){ "weight", isc_shape (2, fan_out (arguments), fan_in (arguments)) };
  else
    *parameter = (IscLayerParameter){ "bias", isc_shape (1, fan_out (arguments)), .is_bias = TRUE };
}

static double
default_bound (const IscArguments *arguments, guint index)
{
  return index == WEIGHT ? isc_default_weight_bound (fan_in (arguments))
                         : isc_default_bias_bound (fan_in (arguments));
}

static void
initialize (const IscArguments *arguments, IscGenerator *generator, IscTensor *const *tensors)
{
  for (guint i = 0; i < count_parameters (arguments); i++)
    isc_default_draw (generator, tensors[i], default_bound (arguments, i));
}

static IscLaw
law (const IscArguments *arguments, guint index)
{
  double bound = default_bound (arguments, index);

  return isc_law_uniform (-bound, bound);
}

static char *
describe (const IscArguments *arguments, guint index)
{
  g_autofree char *radicand = g_strdup_printf ("%" G_GINT64_FORMAT, fan_in (arguments));

  return isc_default_describe (radicand, default_bound (arguments, index));
}

static IscShape
expected_input (const IscArguments *arguments)
{
  return isc_shape (1, fan_in (arguments));
}

static gboolean
infer_shape (const IscArguments *arguments, const IscShape *input, IscShape *output, GError **error)
{
  gint64 width = input->n_dims > 0 ? input->dims[input->n_dims - 1] : 0;

  if (input->n_dims != 1 || width != fan_in (arguments))
    {
      g_autofree char *text = isc_shape_to_text (input, "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "Linear takes %" G_GINT64_FORMAT " inputs (in_features)%s, and %s come%s",
                   fan_in (arguments),
                   input->n_dims > 1 ? " in one row, as Flatten() makes it" : "", text,
                   width == 1 && input->n_dims == 1 ? "s" : "");
      return FALSE;
    }
  *output = isc_shape (1, fan_out (arguments));
  return TRUE;
}

static void
forward (const IscPass *pass, const IscReal *x, IscReal *y)
{
  gsize in = (gsize)pass->input.dims[0];
  gsize out = (gsize)pass->output.dims[0];
  IscProduct product = {
    .rows = pass->batch,
    .columns = out,
    .depth = in,
    .a_row = in,
    .a_column = 1,
    .b_row = 1,
    .b_column = in,
    .c_row = out,
  };

  isc_real_product (&product, x, pass->parameters[WEIGHT],
                    pass->n_parameters > BIAS ? pass->parameters[BIAS] : NULL, y);
}

static void
backward (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  gsize in = (gsize)pass->input.dims[0];
  gsize out = (gsize)pass->output.dims[0];
  IscProduct to_weights = {
    .rows = out,
    .columns = in,
    .depth = pass->batch,
    .a_row = 1,
    .a_column = out,
    .b_row = in,
    .b_column = 1,
    .c_row = in,
  };
  IscProduct to_inputs = {
    .rows = pass->batch,
    .columns = in,
    .depth = out,
    .a_row = out,
    .a_column = 1,
    .b_row = in,
    .b_column = 1,
    .c_row = in,
  };

  isc_real_product (&to_weights, dy, x, NULL, pass->gradients[WEIGHT]);
  if (pass->n_parameters > BIAS)
    isc_real_add_rows (dy, pass->batch, out, pass->gradients[BIAS]);
  if (dx)
    isc_real_product (&to_inputs, dy, pass->parameters[WEIGHT], NULL, dx);
}

static const IscParameter parameter_table[] = {
  { "in_features", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Inputs: the fan in.") },
  { "out_features", ISC_PARAMETER_INTEGER, NULL, 1, 16777216,
    .help = N_ ("Outputs: the fan out.") },
  { "bias", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether a bias is added.") },
};

const IscLayer isc_layer_linear = {
  .item = {
    .id = "Linear",
    .label = N_ ("Linear"),
    .summary = N_ ("A fully connected layer."),
    .formula = "y = x Wᵀ + b; W (out_features, in_features), b (out_features)",
    .citation = "torch.nn.Linear",
    .caution = N_ ("Its default, kaiming_uniform_(a=√5), is U(±1/√fan_in): a third of LeCun's variance."),
    ISC_PARAMETERS (parameter_table),
  },
  .takes_init = TRUE,
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
  .expected_input = expected_input,
  .infer_shape = infer_shape,
  .forward = forward,
  .backward = backward,
};
