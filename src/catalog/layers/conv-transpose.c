/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ConvTranspose1d, ConvTranspose2d, ConvTranspose3d: the transpose of a convolution, W of shape
 * (in, out/groups, kernel...): the channels the other way round.
 *
 * PyTorch's default is Conv's code on that shape, and the shape is read as if outputs came first:
 * U(±1/√(out/groups · k)), k the kernel's elements, though what adds up in an output are in/groups
 * channels.  So a layer that halves its channels starts √2 too large beside Conv, and one that
 * doubles them √2 too small.
 *
 * Fans: PyTorch counts fan_in = out/groups · k and fan_out = in · k.  Corrected, with the channels
 * the right way round and only the own group's: fan_in = in/groups · k, fan_out = out/groups · k.
 * Both leave stride out; with a stride s only about 1 in s of the k elements along a dimension meet
 * in one output, so that its fan_in is smaller still. */

#include "catalog/layers/convolution.h"

static void
get_parameter (const IscArguments *arguments, guint index, IscLayerParameter *parameter)
{
  gint64 groups = isc_arguments_integer (arguments, "groups");
  gint64 in = isc_arguments_integer (arguments, "in_channels");
  gint64 out = isc_arguments_integer (arguments, "out_channels") / groups;
  gint64 kernel = isc_convolution_kernel_count (arguments);

  isc_convolution_get_parameter (arguments, (const gint64[]){ in, out }, index, parameter);
  if (parameter->is_bias)
    return;
  parameter->fan_in = in / groups * kernel;
  parameter->fan_out = out * kernel;
}

static const char *const padding_modes[] = { "zeros", NULL };

static const IscParameter parameter_table[] = {
  { "in_channels", ISC_PARAMETER_INTEGER, NULL, 1, ISC_CONVOLUTION_MAX_CHANNELS,
    .help = N_ ("Channels of the input.") },
  { "out_channels", ISC_PARAMETER_INTEGER, NULL, 1, ISC_CONVOLUTION_MAX_CHANNELS,
    .help = N_ ("Channels of the output.") },
  { "kernel_size", ISC_PARAMETER_SHAPE, NULL, 1, ISC_CONVOLUTION_MAX_KERNEL,
    .help = N_ ("The kernel's size: a number, or one for each dimension.") },
  { "stride", ISC_PARAMETER_SHAPE, "1", 1, 65536,
    .help = N_ ("How many times longer the output is.") },
  { "padding", ISC_PARAMETER_SHAPE, "0", 0, 65536, .help = N_ ("What is cut off at each end.") },
  { "output_padding", ISC_PARAMETER_SHAPE, "0", 0, 65536,
    .help = N_ ("What is added at one end of the output.") },
  { "groups", ISC_PARAMETER_INTEGER, "1", 1, ISC_CONVOLUTION_MAX_CHANNELS,
    .help = N_ ("Groups of channels that do not see each other.") },
  { "bias", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether a bias is added.") },
  { "dilation", ISC_PARAMETER_SHAPE, "1", 1, 65536,
    .help = N_ ("Steps between the kernel's elements.") },
  { "padding_mode", ISC_PARAMETER_CHOICE, "'zeros'", .choices = padding_modes,
    .help = N_ ("What the padding holds: zeros only.") },
};

#define CAUTION                                                                                    \
  N_ ("PyTorch counts its fans from a shape whose channels are the other way round: fan_in is of " \
      "the "                                                                                       \
      "outputs.")

const IscLayer isc_layer_conv_transpose1d = {
  .item = {
    .id = "ConvTranspose1d",
    .label = N_ ("1-D transposed convolution"),
    .summary = N_ ("Kernels that spread a sequence to a longer one."),
    .formula = "y = Wᵀ ∗ x + b; W (in_channels, out_channels/groups, k), b (out_channels)",
    .citation = "torch.nn.ConvTranspose1d",
    .caution = CAUTION,
    ISC_PARAMETERS (parameter_table),
  },
  .takes_init = TRUE,
  .check = isc_convolution_check,
  .count_parameters = isc_convolution_count_parameters,
  .get_parameter = get_parameter,
  .initialize = isc_convolution_initialize,
  .law = isc_convolution_law,
  .describe = isc_convolution_describe,
};

const IscLayer isc_layer_conv_transpose2d = {
  .item = {
    .id = "ConvTranspose2d",
    .label = N_ ("2-D transposed convolution"),
    .summary = N_ ("Kernels that spread an image to a larger one."),
    .formula = "y = Wᵀ ∗ x + b; W (in_channels, out_channels/groups, k, k), b (out_channels)",
    .citation = "torch.nn.ConvTranspose2d",
    .caution = CAUTION,
    ISC_PARAMETERS (parameter_table),
  },
  .takes_init = TRUE,
  .check = isc_convolution_check,
  .count_parameters = isc_convolution_count_parameters,
  .get_parameter = get_parameter,
  .initialize = isc_convolution_initialize,
  .law = isc_convolution_law,
  .describe = isc_convolution_describe,
};

const IscLayer isc_layer_conv_transpose3d = {
  .item = {
    .id = "ConvTranspose3d",
    .label = N_ ("3-D transposed convolution"),
    .summary = N_ ("Kernels that spread a volume to a larger one."),
    .formula = "y = Wᵀ ∗ x + b; W (in_channels, out_channels/groups, k, k, k), b (out_channels)",
    .citation = "torch.nn.ConvTranspose3d",
    .caution = CAUTION,
    ISC_PARAMETERS (parameter_table),
  },
  .takes_init = TRUE,
  .check = isc_convolution_check,
  .count_parameters = isc_convolution_count_parameters,
  .get_parameter = get_parameter,
  .initialize = isc_convolution_initialize,
  .law = isc_convolution_law,
  .describe = isc_convolution_describe,
};
