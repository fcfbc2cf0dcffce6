/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bilinear: y_o = x₁ᵀ W_o x₂ + b_o, W of shape (out, in1, in2).
 *
 * PyTorch's default is U(±1/√in1) for weight and bias: only the first input counts, though in1 ·
 * in2 products add up in an output, so that the variance of an output grows with in2.
 *
 * Fans: PyTorch reads fan_in = in1 · in2 off the shape, which is the number of products, and
 * fan_out = out · in2 as if in2 were a kernel.  A product reaches every output once: the corrected
 * fan_out is out. */

#include "catalog/layers/default.h"
#include "catalog/layers/layers.h"

enum
{
  WEIGHT,
  BIAS,
};

static guint
count_parameters (const IscArguments *arguments)
{
  return isc_arguments_boolean (arguments, "bias") ? 2 : 1;
}

static void
get_parameter (const IscArguments *arguments, guint index, IscLayerParameter *parameter)
{
  gint64 in1 = isc_arguments_integer (arguments, "in1_features");
  gint64 in2 = isc_arguments_integer (arguments, "in2_features");
  gint64 out = isc_arguments_integer (arguments, "out_features");

  if (index == WEIGHT)
    *parameter = (IscLayerParameter){ "weight", isc_shape (3, out, in1, in2), .fan_out = out };
  else
    *parameter = (IscLayerParameter){ "bias", isc_shape (1, out), .is_bias = TRUE };
}

static double
default_bound (const IscArguments *arguments)
{
  return isc_default_bias_bound (isc_arguments_integer (arguments, "in1_features"));
}

static void
initialize (const IscArguments *arguments, IscGenerator *generator, IscTensor *const *tensors)
{
  for (guint i = 0; i < count_parameters (arguments); i++)
    isc_default_draw (generator, tensors[i], default_bound (arguments));
}

static IscLaw
law (const IscArguments *arguments, guint index)
{
  double bound = default_bound (arguments);

  return isc_law_uniform (-bound, bound);
}

static char *
describe (const IscArguments *arguments, guint index)
{
  g_autofree char *radicand
      = g_strdup_printf ("%" G_GINT64_FORMAT, isc_arguments_integer (arguments, "in1_features"));

  return isc_default_describe (radicand, default_bound (arguments));
}

static const IscParameter parameter_table[] = {
  { "in1_features", ISC_PARAMETER_INTEGER, NULL, 1, 16777216,
    .help = N_ ("The first input's width.") },
  { "in2_features", ISC_PARAMETER_INTEGER, NULL, 1, 16777216,
    .help = N_ ("The second input's width.") },
  { "out_features", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Outputs.") },
  { "bias", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether a bias is added.") },
};

const IscLayer isc_layer_bilinear = {
  .item = {
    .id = "Bilinear",
    .label = N_ ("Bilinear"),
    .summary = N_ ("All products of two inputs, weighed."),
    .formula = "y = x₁ᵀ W x₂ + b; W (out_features, in1_features, in2_features), b (out_features)",
    .citation = "torch.nn.Bilinear",
    .caution = N_ ("Its default, U(±1/√in1), leaves the second input out: outputs grow with its width."),
    ISC_PARAMETERS (parameter_table),
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
};
