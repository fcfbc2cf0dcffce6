/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gpt2_: N(0, std²) for everything, less for what is added to the residual stream.
 *
 * Radford, Wu, Child, Luan, Amodei and Sutskever 2019, section 2.3, and Radford et al. 2018 for
 * 0.02. Each of the n_layer blocks adds twice to the stream, after attention and after the MLP:
 * dividing by √(2 n_layer) keeps the sum's variance that of one addition.  Drawn as nanoGPT does,
 * normal_(). */

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static double
gpt2_std (const IscArguments *arguments)
{
  double std = isc_arguments_number (arguments, "std");

  if (!isc_arguments_boolean (arguments, "residual"))
    return std;
  return std / sqrt (2.0 * (double)isc_arguments_integer (arguments, "n_layer"));
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, gpt2_std (arguments));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *std = isc_number_to_label (isc_arguments_number (arguments, "std"), 4);
  g_autofree char *scaled = isc_number_to_label (gpt2_std (arguments), 4);

  if (!isc_arguments_boolean (arguments, "residual"))
    return g_strdup_printf ("std = %s", std);
  return g_strdup_printf ("std = %s / √(2 · %" G_GINT64_FORMAT ") = %s", std,
                          isc_arguments_integer (arguments, "n_layer"), scaled);
}

static const IscParameter parameters[] = {
  { "std", ISC_PARAMETER_NUMBER, "0.02", 0, 1e6, .above_min = TRUE,
    .help = N_ ("The standard deviation of all weights but the residual projections.") },
  { "n_layer", ISC_PARAMETER_INTEGER, "12", 1, 1000000,
    .help = N_ ("The blocks of the network; counts for residual projections only.") },
  { "residual", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether this is a projection back into the residual stream (c_proj).") },
};

const IscScheme isc_scheme_gpt2 = {
  .item = {
    .id = "gpt2_",
    .label = N_ ("GPT-2"),
    .summary = N_ ("Transformers of GPT-2's kind: residual projections shrink with the depth."),
    .formula = "w ~ N(0, std²), std / √(2 n_layer) for residual projections",
    .citation = "Radford, Wu, Child, Luan, Amodei, Sutskever 2019, Language models are "
                "unsupervised multitask learners, section 2.3",
    .caution = N_ ("Counts on layer normalization: without it each layer multiplies the signal by "
               "√fan_in · std."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .law = law,
  .describe = describe,
};
