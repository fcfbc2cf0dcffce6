/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Xavier (Glorot): variance 2 gain² / (fan_in + fan_out).
 *
 * Glorot and Bengio 2010, equation 16: the compromise between keeping the variance of activations
 * (1/fan_in) and of gradients (1/fan_out), derived for units that are linear around zero.  ReLU
 * halves the signal, so that deep ReLU networks need He's factor 2 instead. */

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static double
xavier_std (const IscArguments *arguments, const IscSite *site)
{
  return isc_arguments_number (arguments, "gain")
         * sqrt (2.0 / (double)(site->fan_in + site->fan_out));
}

static gboolean
fill_normal (const IscArguments *arguments,
             const IscSite *site,
             IscGenerator *generator,
             IscTensor *tensor,
             GError **error)
{
  isc_generator_normal (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                        0.0, xavier_std (arguments, site));
  return TRUE;
}

static gboolean
fill_uniform (const IscArguments *arguments,
              const IscSite *site,
              IscGenerator *generator,
              IscTensor *tensor,
              GError **error)
{
  double bound = sqrt (3.0) * xavier_std (arguments, site);

  isc_generator_uniform (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                         -bound, bound);
  return TRUE;
}

static IscLaw
law_normal (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, xavier_std (arguments, site));
}

static IscLaw
law_uniform (const IscArguments *arguments, const IscSite *site)
{
  double bound = sqrt (3.0) * xavier_std (arguments, site);

  return isc_law_uniform (-bound, bound);
}

/* "√(2 / (784 + 256))", with the gain in front unless it is 1. */
static char *
formula_with_numbers (const IscArguments *arguments, const IscSite *site, const char *numerator)
{
  double gain = isc_arguments_number (arguments, "gain");
  g_autofree char *gain_text = isc_number_to_label (gain, 4);
  return g_strdup_printf ("%s%s√(%s / (%" G_GINT64_FORMAT " + %" G_GINT64_FORMAT "))",
                          gain == 1.0 ? "" : gain_text, gain == 1.0 ? "" : " · ", numerator,
                          site->fan_in, site->fan_out);
}

static char *
describe_normal (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *formula = formula_with_numbers (arguments, site, "2");
  g_autofree char *std = isc_number_to_label (xavier_std (arguments, site), 4);

  return g_strdup_printf ("std = %s = %s", formula, std);
}

static char *
describe_uniform (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *formula = formula_with_numbers (arguments, site, "6");
  g_autofree char *bound = isc_number_to_label (sqrt (3.0) * xavier_std (arguments, site), 4);

  return g_strdup_printf ("bound = %s = %s", formula, bound);
}

static const IscParameter parameters[] = {
  { "gain", ISC_PARAMETER_NUMBER, "1.0", 0, 1e6,
    .help = N_ ("A factor for the nonlinearity that follows.") },
};

#define CITATION                                                                                   \
  "Glorot, Bengio 2010, Understanding the difficulty of training deep feedforward neural "         \
  "networks, eq. 16"
#define CAUTION                                                                                    \
  N_ ("Derived for units that are linear around zero: a deep ReLU network loses half of the "      \
      "signal "                                                                                    \
      "at each layer.")

const IscScheme isc_scheme_xavier_normal = {
  .item = {
    .id = "xavier_normal_",
    .label = N_ ("Xavier normal"),
    .summary = N_ ("Keeps the variance of activations and gradients with tanh-like units."),
    .formula = "w ~ N(0, std²), std = gain · √(2 / (fan_in + fan_out))",
    .citation = CITATION,
    .caution = CAUTION,
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .fill = fill_normal,
  .law = law_normal,
  .describe = describe_normal,
};

const IscScheme isc_scheme_xavier_uniform = {
  .item = {
    .id = "xavier_uniform_",
    .label = N_ ("Xavier uniform"),
    .summary = N_ ("Keeps the variance of activations and gradients with tanh-like units, within hard bounds."),
    .formula = "w ~ U(−bound, bound), bound = gain · √(6 / (fan_in + fan_out))",
    .citation = CITATION,
    .caution = CAUTION,
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .fill = fill_uniform,
  .law = law_uniform,
  .describe = describe_uniform,
};
