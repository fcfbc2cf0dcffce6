/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mean_field_, mean_field_bias_: weights N(0, sw2/fan_in) and biases N(0, sb2), the coordinates of
 * the theory of wide random networks.
 *
 * Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli 2016; Schoenholz, Gilmer, Ganguli and
 * Sohl-Dickstein 2017: gradients neither vanish nor explode where χ = sw2 E[φ'(√q* z)²] = 1, the
 * edge of chaos.  The defaults lie on the edge of tanh; that of ReLU is the point (2, 0), which is
 * He's rule. */

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static double
weight_std (const IscArguments *arguments, const IscSite *site)
{
  return sqrt (isc_arguments_number (arguments, "sw2") / (double)site->fan_in);
}

static double
bias_std (const IscArguments *arguments)
{
  return sqrt (isc_arguments_number (arguments, "sb2"));
}

static IscLaw
law_weight (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, weight_std (arguments, site));
}

static IscLaw
law_bias (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, bias_std (arguments));
}

static char *
describe_weight (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *sw2 = isc_number_to_label (isc_arguments_number (arguments, "sw2"), 4);
  g_autofree char *std = isc_number_to_label (weight_std (arguments, site), 4);

  return g_strdup_printf ("std = √(%s / %" G_GINT64_FORMAT ") = %s", sw2, site->fan_in, std);
}

static char *
describe_bias (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *sb2 = isc_number_to_label (isc_arguments_number (arguments, "sb2"), 4);
  g_autofree char *std = isc_number_to_label (bias_std (arguments), 4);

  return g_strdup_printf ("std = √%s = %s", sb2, std);
}

static const IscParameter weight_parameters[] = {
  { "sw2", ISC_PARAMETER_NUMBER, "1.760955", 0, 1e6,
    .help = N_ ("The variance of a weight times fan_in; the default is tanh's edge of chaos at sb2 "
                "= 0.05.") },
};

static const IscParameter bias_parameters[] = {
  { "sb2", ISC_PARAMETER_NUMBER, "0.05", 0, 1e6, .help = N_ ("The variance of a bias.") },
};

#define CITATION                                                                                   \
  "Poole, Lahiri, Raghu, Sohl-Dickstein, Ganguli 2016, Exponential expressivity in deep neural "   \
  "networks through transient chaos; Schoenholz, Gilmer, Ganguli, Sohl-Dickstein 2017"

const IscScheme isc_scheme_mean_field = {
  .item = {
    .id = "mean_field_",
    .label = N_ ("Mean field"),
    .summary = N_ ("Weights by their place in the phase diagram of wide random networks."),
    .formula = "w ~ N(0, sw2 / fan_in)",
    .citation = CITATION,
    .caution = N_ ("On the edge of chaos for one activation only, with its own bias: ReLU wants "
               "sw2=2 and a bias of 0."),
    ISC_PARAMETERS (weight_parameters),
  },
  .library = "Initscope",
  .min_dims = 2,
  .law = law_weight,
  .describe = describe_weight,
};

const IscScheme isc_scheme_mean_field_bias = {
  .item = {
    .id = "mean_field_bias_",
    .label = N_ ("Mean field, bias"),
    .summary = N_ ("Biases by their place in the phase diagram of wide random networks."),
    .formula = "b ~ N(0, sb2)",
    .citation = CITATION,
    .caution = N_ ("A larger bias makes inputs more alike with every layer: the ordered phase."),
    ISC_PARAMETERS (bias_parameters),
  },
  .library = "Initscope",
  .min_dims = 1,
  .max_dims = 1,
  .law = law_bias,
  .describe = describe_bias,
};
