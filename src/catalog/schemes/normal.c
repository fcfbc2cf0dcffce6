/* SPDX-License-Identifier: GPL-3.0-or-later */

/* normal_: N(mean, std²), the same for every layer.
 *
 * With std = 0.02 or 1 regardless of the fan, the signal's variance changes by fan_in std² at each
 * layer; only the width for which that is the right factor trains well. */

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  isc_generator_normal (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                        isc_arguments_number (arguments, "mean"),
                        isc_arguments_number (arguments, "std"));
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (isc_arguments_number (arguments, "mean"),
                         isc_arguments_number (arguments, "std"));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *std = isc_number_to_label (isc_arguments_number (arguments, "std"), 4);

  return g_strdup_printf ("std = %s", std);
}

static const IscParameter parameters[] = {
  { "mean", ISC_PARAMETER_NUMBER, "0.0", -G_MAXFLOAT, G_MAXFLOAT, .help = N_ ("The mean.") },
  { "std", ISC_PARAMETER_NUMBER, "1.0", 0, G_MAXFLOAT, .help = N_ ("The standard deviation.") },
};

const IscScheme isc_scheme_normal = {
  .item = {
    .id = "normal_",
    .label = N_ ("Normal"),
    .summary = N_ ("Normal with a chosen standard deviation, the same for every layer."),
    .formula = "w ~ N(mean, std²)",
    .citation = "torch.nn.init.normal_",
    .caution = N_ ("Ignores the fan: the signal is multiplied by √fan_in · std at each layer."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .fill = fill,
  .law = law,
  .describe = describe,
};
