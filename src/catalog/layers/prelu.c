/* SPDX-License-Identifier: GPL-3.0-or-later */

/* PReLU: y = max(0, x) + a min(0, x), with the slope a trained, one for all channels or one each.
 *
 * He, Zhang, Ren and Sun 2015, section 2.1, start it at 0.25, as PyTorch does.  It draws nothing.
 */

#include "base/number-text.h"
#include "catalog/layers/default.h"
#include "catalog/layers/layers.h"

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
    isc_shape (1, isc_arguments_integer (arguments, "num_parameters")),
  };
}

static void
initialize (const IscArguments *arguments, IscGenerator *generator, IscTensor *const *tensors)
{
  isc_default_set (tensors[0], (float)isc_arguments_number (arguments, "init"));
}

static IscLaw
law (const IscArguments *arguments, guint index)
{
  return isc_law_point (isc_arguments_number (arguments, "init"));
}

static char *
describe (const IscArguments *arguments, guint index)
{
  g_autofree char *slope = isc_number_to_label (isc_arguments_number (arguments, "init"), 4);

  return g_strdup_printf ("a = %s", slope);
}

static const IscParameter parameter_table[] = {
  { "num_parameters", ISC_PARAMETER_INTEGER, "1", 1, 16777216,
    .help = "One slope, or one for each channel." },
  { "init", ISC_PARAMETER_NUMBER, "0.25", -1e6, 1e6, .help = "The slope below 0 at the start." },
};

const IscLayer isc_layer_prelu = {
  .item = {
    .id = "PReLU",
    .label = "PReLU",
    .summary = "A leaky ReLU that learns its slope.",
    .formula = "y = max(0, x) + a min(0, x); a (num_parameters)",
    .citation = "He, Zhang, Ren, Sun 2015, Delving Deep into Rectifiers, sec. 2.1",
    .caution = "Schemes for ReLU assume a = 0: with a = 0.25 the gain is √(2 / (1 + a²)) = 1.372.",
    ISC_PARAMETERS (parameter_table),
  },
  .count_parameters = count_parameters,
  .get_parameter = get_parameter,
  .initialize = initialize,
  .law = law,
  .describe = describe,
};
