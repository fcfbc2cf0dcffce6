/* SPDX-License-Identifier: GPL-3.0-or-later */

/* BatchNorm1d, BatchNorm2d, LayerNorm, GroupNorm: y = (x − mean) / √(variance + eps) · γ + β.
 *
 * PyTorch starts them all as the plain normalization, γ = 1 (weight) and β = 0 (bias), and draws
 * nothing.  γ scales one feature each: it is no matrix, and its fans mean nothing, whatever a
 * LayerNorm's shape makes of them. */

#include "base/error.h"
#include "catalog/layers/default.h"
#include "catalog/layers/layers.h"
#include "catalog/layers/normalize.h"

enum
{
  WEIGHT,
  BIAS,
};

static gboolean
is_layer_norm (const IscArguments *arguments)
{
  return g_str_equal (isc_arguments_get_item (arguments)->id, "LayerNorm");
}

static gboolean
is_group_norm (const IscArguments *arguments)
{
  return g_str_equal (isc_arguments_get_item (arguments)->id, "GroupNorm");
}

static gboolean
check (const IscArguments *arguments, GError **error)
{
  gint64 channels, groups;

  if (!is_group_norm (arguments))
    return TRUE;
  channels = isc_arguments_integer (arguments, "num_channels");
  groups = isc_arguments_integer (arguments, "num_groups");
  if (channels % groups == 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "GroupNorm: num_groups=%" G_GINT64_FORMAT
               " does not divide num_channels=%" G_GINT64_FORMAT,
               groups, channels);
  return FALSE;
}

static guint
count_parameters (const IscArguments *arguments)
{
  if (!is_layer_norm (arguments))
    return isc_arguments_boolean (arguments, "affine") ? 2 : 0;
  if (!isc_arguments_boolean (arguments, "elementwise_affine"))
    return 0;
  return isc_arguments_boolean (arguments, "bias") ? 2 : 1;
}

static void
get_parameter (const IscArguments *arguments, guint index, IscLayerParameter *parameter)
{
  const char *size = is_layer_norm (arguments)   ? "normalized_shape"
                     : is_group_norm (arguments) ? "num_channels"
                                                 : "num_features";

  *parameter = (IscLayerParameter){ "weight", isc_arguments_shape (arguments, size) };
  if (index == BIAS)
    *parameter = (IscLayerParameter){ "bias", parameter->shape, .is_bias = TRUE };
}

static void
initialize (const IscArguments *arguments, IscGenerator *generator, IscTensor *const *tensors)
{
  for (guint i = 0; i < count_parameters (arguments); i++)
    isc_default_set (tensors[i], i == WEIGHT ? 1.0f : 0.0f);
}

static IscLaw
law (const IscArguments *arguments, guint index)
{
  return isc_law_point (index == WEIGHT ? 1.0 : 0.0);
}

static char *
describe (const IscArguments *arguments, guint index)
{
  return g_strdup (index == WEIGHT ? "γ = 1" : "β = 0");
}

static const IscParameter batch_norm_table[] = {
  { "num_features", ISC_PARAMETER_INTEGER, NULL, 1, 16777216,
    .help = N_ ("Features, or channels.") },
  { "eps", ISC_PARAMETER_NUMBER, "1e-05", 0, 1e6, .help = N_ ("Keeps the division finite.") },
  { "momentum", ISC_PARAMETER_NUMBER, "0.1", 0, 1,
    .help = N_ ("How much of a batch enters the running statistics.") },
  { "affine", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether there are γ and β.") },
  { "track_running_stats", ISC_PARAMETER_BOOLEAN, "True",
    .help = N_ ("Whether running statistics are kept for evaluation.") },
};

static const IscParameter layer_norm_table[] = {
  { "normalized_shape", ISC_PARAMETER_SHAPE, NULL, 1, 16777216,
    .help = N_ ("The last extents of the input, which are normalized together.") },
  { "eps", ISC_PARAMETER_NUMBER, "1e-05", 0, 1e6, .help = N_ ("Keeps the division finite.") },
  { "elementwise_affine", ISC_PARAMETER_BOOLEAN, "True",
    .help = N_ ("Whether there are γ and β.") },
  { "bias", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether there is β.") },
};

static const IscParameter group_norm_table[] = {
  { "num_groups", ISC_PARAMETER_INTEGER, NULL, 1, 16777216,
    .help = N_ ("Groups of channels that are normalized together.") },
  { "num_channels", ISC_PARAMETER_INTEGER, NULL, 1, 16777216, .help = N_ ("Channels.") },
  { "eps", ISC_PARAMETER_NUMBER, "1e-05", 0, 1e6, .help = N_ ("Keeps the division finite.") },
  { "affine", ISC_PARAMETER_BOOLEAN, "True", .help = N_ ("Whether there are γ and β.") },
};

#define BATCH_NORM_CITATION                                                                        \
  "torch.nn; Ioffe, Szegedy 2015, Batch Normalization: Accelerating Deep Network Training by "     \
  "Reducing Internal Covariate Shift"
#define BATCH_NORM_CAUTION                                                                         \
  N_ ("It divides by the deviation of what comes in: the scale of the weights before it is "       \
      "forgotten.")

const IscLayer isc_layer_batch_norm1d = {
  .item = {
    .id = "BatchNorm1d",
    .label = N_ ("1-D batch normalization"),
    .summary = N_ ("Normalizes each feature over the batch."),
    .formula = "y = (x − mean) / √(variance + eps) · γ + β; γ, β (num_features)",
    .citation = BATCH_NORM_CITATION,
    .caution = BATCH_NORM_CAUTION,
    ISC_PARAMETERS (batch_norm_table),
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
  .infer_shape = isc_normalize_infer_shape,
  .needs_batch = isc_normalize_needs_batch,
  .count_buffers = isc_normalize_count_buffers,
  .get_buffer = isc_normalize_get_buffer,
  .measure_scratch = isc_normalize_measure_scratch,
  .forward = isc_normalize_forward,
  .backward = isc_normalize_backward,
};

const IscLayer isc_layer_batch_norm2d = {
  .item = {
    .id = "BatchNorm2d",
    .label = N_ ("2-D batch normalization"),
    .summary = N_ ("Normalizes each channel over the batch and the image."),
    .formula = "y = (x − mean) / √(variance + eps) · γ + β; γ, β (num_features)",
    .citation = BATCH_NORM_CITATION,
    .caution = BATCH_NORM_CAUTION,
    ISC_PARAMETERS (batch_norm_table),
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
  .infer_shape = isc_normalize_infer_shape,
  .needs_batch = isc_normalize_needs_batch,
  .count_buffers = isc_normalize_count_buffers,
  .get_buffer = isc_normalize_get_buffer,
  .measure_scratch = isc_normalize_measure_scratch,
  .forward = isc_normalize_forward,
  .backward = isc_normalize_backward,
};

const IscLayer isc_layer_layer_norm = {
  .item = {
    .id = "LayerNorm",
    .label = N_ ("Layer normalization"),
    .summary = N_ ("Normalizes each example over its features."),
    .formula = "y = (x − mean) / √(variance + eps) · γ + β; γ, β (normalized_shape)",
    .citation = "torch.nn.LayerNorm; Ba, Kiros, Hinton 2016, Layer Normalization",
    ISC_PARAMETERS (layer_norm_table),
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
  .infer_shape = isc_normalize_infer_shape,
  .count_buffers = isc_normalize_count_buffers,
  .get_buffer = isc_normalize_get_buffer,
  .measure_scratch = isc_normalize_measure_scratch,
  .forward = isc_normalize_forward,
  .backward = isc_normalize_backward,
};

const IscLayer isc_layer_group_norm = {
  .item = {
    .id = "GroupNorm",
    .label = N_ ("Group normalization"),
    .summary = N_ ("Normalizes each example over groups of its channels."),
    .formula = "y = (x − mean) / √(variance + eps) · γ + β; γ, β (num_channels)",
    .citation = "torch.nn.GroupNorm; Wu, He 2018, Group Normalization",
    ISC_PARAMETERS (group_norm_table),
  },
  .check = check,
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
  .infer_shape = isc_normalize_infer_shape,
  .count_buffers = isc_normalize_count_buffers,
  .get_buffer = isc_normalize_get_buffer,
  .measure_scratch = isc_normalize_measure_scratch,
  .forward = isc_normalize_forward,
  .backward = isc_normalize_backward,
};
