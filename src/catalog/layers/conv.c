/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conv1d, Conv2d, Conv3d: y = W ∗ x + b, W of shape (out, in/groups, kernel...).
 *
 * PyTorch's default is Linear's, kaiming_uniform_(a=√5), over the kernel: U(±1/√(in/groups · k)), k
 * the kernel's elements, and the same for the bias.
 *
 * Fans: PyTorch reads them off the shape, so that fan_in = in/groups · k is right, and fan_out =
 * out · k is not once there are groups: an input reaches the outputs of its own group alone, and
 * the corrected count is out/groups · k.  For a depthwise convolution (groups = in = out) that is k
 * where PyTorch counts in · k, so kaiming_normal_(mode='fan_out') starts √in too small there.  Both
 * counts leave stride out: with a stride s an input reaches only about 1 in s of the k positions
 * along a dimension. */

#include "base/error.h"
#include "catalog/layers/convolution.h"
#include "catalog/layers/convolve.h"

static gboolean
check (const IscArguments *arguments, GError **error)
{
  IscShape stride = isc_arguments_shape (arguments, "stride");

  if (!isc_convolution_check (arguments, error))
    return FALSE;
  if (g_strcmp0 (isc_arguments_text (arguments, "padding"), "same") != 0)
    return TRUE;
  for (guint i = 0; i < stride.n_dims; i++)
    if (stride.dims[i] != 1)
      {
        g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: padding='same' needs stride=1",
                     isc_arguments_get_item (arguments)->id);
        return FALSE;
      }
  return TRUE;
}

static void
get_parameter (const IscArguments *arguments, guint index, IscLayerParameter *parameter)
{
  gint64 groups = isc_arguments_integer (arguments, "groups");
  gint64 in = isc_arguments_integer (arguments, "in_channels") / groups;
  gint64 out = isc_arguments_integer (arguments, "out_channels");
  gint64 kernel = isc_convolution_kernel_count (arguments);

  isc_convolution_get_parameter (arguments, (const gint64[]){ out, in }, index, parameter);
  if (!parameter->is_bias)
    parameter->fan_out = out / groups * kernel;
}

static const char *const paddings[] = { "valid", "same", NULL };
static const char *const padding_modes[] = { "zeros", "reflect", "replicate", "circular", NULL };

static const IscParameter parameter_table[] = {
  { "in_channels", ISC_PARAMETER_INTEGER, NULL, 1, ISC_CONVOLUTION_MAX_CHANNELS,
    .help = N_ ("Channels of the input.") },
  { "out_channels", ISC_PARAMETER_INTEGER, NULL, 1, ISC_CONVOLUTION_MAX_CHANNELS,
    .help = N_ ("Channels of the output: the number of kernels.") },
  { "kernel_size", ISC_PARAMETER_SHAPE, NULL, 1, ISC_CONVOLUTION_MAX_KERNEL,
    .help = N_ ("The kernel's size: a number, or one for each dimension.") },
  { "stride", ISC_PARAMETER_SHAPE, "1", 1, 65536, .help = N_ ("Steps between two positions.") },
  { "padding", ISC_PARAMETER_SHAPE, "0", 0, 65536, .choices = paddings,
    .help = N_ ("What is added at each end, or 'same' for outputs as many as inputs.") },
  { "dilation", ISC_PARAMETER_SHAPE, "1", 1, 65536,
    .help = N_ ("Steps between the kernel's elements.") },
  { "groups", ISC_PARAMETER_INTEGER, "1", 1, ISC_CONVOLUTION_MAX_CHANNELS,
    .help = N_ ("Groups of channels that do not see each other; as many as channels: depthwise.") },
  { "bias", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether a bias is added.") },
  { "padding_mode", ISC_PARAMETER_CHOICE, "'zeros'", .choices = padding_modes,
    .help = N_ ("What the padding holds.") },
};

#define CAUTION                                                                                     \
  N_ ("Its default is U(±1/√fan_in), a sixth of the variance that keeps a signal through ReLU: " \
      "deep "                                                                                       \
      "networks start silent.")

const IscLayer isc_layer_conv1d = {
  .item = {
    .id = "Conv1d",
    .label = N_ ("1-D convolution"),
    .summary = N_ ("Kernels that slide along a sequence."),
    .formula = "y = W ∗ x + b; W (out_channels, in_channels/groups, k), b (out_channels)",
    .citation = "torch.nn.Conv1d",
    .caution = CAUTION,
    ISC_PARAMETERS (parameter_table),
  },
  .takes_init = TRUE,
  .check = check,
  .count_parameters = isc_convolution_count_parameters,
  .get_parameter = get_parameter,
  .initialize = isc_convolution_initialize,
  .law = isc_convolution_law,
  .describe = isc_convolution_describe,
  .infer_shape = isc_convolve_infer_shape,
  .measure_scratch = isc_convolve_measure_scratch,
  .forward = isc_convolve_forward,
  .backward = isc_convolve_backward,
};

const IscLayer isc_layer_conv2d = {
  .item = {
    .id = "Conv2d",
    .label = N_ ("2-D convolution"),
    .summary = N_ ("Kernels that slide over an image."),
    .formula = "y = W ∗ x + b; W (out_channels, in_channels/groups, k, k), b (out_channels)",
    .citation = "torch.nn.Conv2d",
    .caution = CAUTION,
    ISC_PARAMETERS (parameter_table),
  },
  .takes_init = TRUE,
  .check = check,
  .count_parameters = isc_convolution_count_parameters,
  .get_parameter = get_parameter,
  .initialize = isc_convolution_initialize,
  .law = isc_convolution_law,
  .describe = isc_convolution_describe,
  .infer_shape = isc_convolve_infer_shape,
  .measure_scratch = isc_convolve_measure_scratch,
  .forward = isc_convolve_forward,
  .backward = isc_convolve_backward,
};

const IscLayer isc_layer_conv3d = {
  .item = {
    .id = "Conv3d",
    .label = N_ ("3-D convolution"),
    .summary = N_ ("Kernels that slide through a volume or a film."),
    .formula = "y = W ∗ x + b; W (out_channels, in_channels/groups, k, k, k), b (out_channels)",
    .citation = "torch.nn.Conv3d",
    .caution = CAUTION,
    ISC_PARAMETERS (parameter_table),
  },
  .takes_init = TRUE,
  .check = check,
  .count_parameters = isc_convolution_count_parameters,
  .get_parameter = get_parameter,
  .initialize = isc_convolution_initialize,
  .law = isc_convolution_law,
  .describe = isc_convolution_describe,
  .infer_shape = isc_convolve_infer_shape,
  .measure_scratch = isc_convolve_measure_scratch,
  .forward = isc_convolve_forward,
  .backward = isc_convolve_backward,
};
