/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kaiming (He): variance gain² / fan.
 *
 * He, Zhang, Ren and Sun 2015, equations 10 and 14: a rectifier passes half of the second moment,
 * so the weights carry a factor 2 (2/(1+a²) for a leak of slope a).  mode='fan_in' keeps the
 * forward variance, 'fan_out' the backward one.  Assumes pre-activations symmetric around zero;
 * with saturating units the factor overdrives them. */

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/gain.h"
#include "catalog/schemes/schemes.h"

static gint64
chosen_fan (const IscArguments *arguments, const IscSite *site)
{
  gboolean forward = g_str_equal (isc_arguments_text (arguments, "mode"), "fan_in");

  return forward ? site->fan_in : site->fan_out;
}

static double
kaiming_std (const IscArguments *arguments, const IscSite *site)
{
  double gain = isc_gain (isc_arguments_text (arguments, "nonlinearity"),
                          isc_arguments_number (arguments, "a"));

  return gain / sqrt ((double)chosen_fan (arguments, site));
}

static gboolean
fill_normal (const IscArguments *arguments,
             const IscSite *site,
             IscGenerator *generator,
             IscTensor *tensor,
             GError **error)
{
  isc_generator_normal (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                        0.0, kaiming_std (arguments, site));
  return TRUE;
}

static gboolean
fill_uniform (const IscArguments *arguments,
              const IscSite *site,
              IscGenerator *generator,
              IscTensor *tensor,
              GError **error)
{
  double bound = sqrt (3.0) * kaiming_std (arguments, site);

  isc_generator_uniform (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                         -bound, bound);
  return TRUE;
}

static IscLaw
law_normal (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, kaiming_std (arguments, site));
}

static IscLaw
law_uniform (const IscArguments *arguments, const IscSite *site)
{
  double bound = sqrt (3.0) * kaiming_std (arguments, site);

  return isc_law_uniform (-bound, bound);
}

static char *
gain_text (const IscArguments *arguments)
{
  return isc_gain_to_text (isc_arguments_text (arguments, "nonlinearity"),
                           isc_arguments_number (arguments, "a"));
}

static char *
describe_normal (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *gain = gain_text (arguments);
  g_autofree char *std = isc_number_to_label (kaiming_std (arguments, site), 4);

  return g_strdup_printf ("std = %s / √%" G_GINT64_FORMAT " = %s", gain,
                          chosen_fan (arguments, site), std);
}

static char *
describe_uniform (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *gain = gain_text (arguments);
  g_autofree char *bound = isc_number_to_label (sqrt (3.0) * kaiming_std (arguments, site), 4);

  return g_strdup_printf ("bound = √3 · %s / √%" G_GINT64_FORMAT " = %s", gain,
                          chosen_fan (arguments, site), bound);
}

static const char *const modes[] = { "fan_in", "fan_out", NULL };

static const IscParameter parameters[] = {
  { "a", ISC_PARAMETER_NUMBER, "0", -1e6, 1e6,
    .help = N_ ("The negative slope; counts for leaky_relu only.") },
  { "mode", ISC_PARAMETER_CHOICE, "'fan_in'", .choices = modes,
    .help = N_ ("fan_in keeps the variance forward, fan_out backward.") },
  { "nonlinearity", ISC_PARAMETER_CHOICE, "'leaky_relu'", .choices = isc_gain_nonlinearities,
    .help = N_ ("The nonlinearity that follows; it sets the gain.") },
};

#define CITATION "He, Zhang, Ren, Sun 2015, Delving deep into rectifiers, eq. 10 and 14"
#define CAUTION                                                                                    \
  N_ ("Made for rectifiers: sigmoid and tanh units are driven into saturation by the larger "      \
      "gain.")

const IscScheme isc_scheme_kaiming_normal = {
  .item = {
    .id = "kaiming_normal_",
    .label = N_ ("Kaiming normal"),
    .summary = N_ ("Keeps the variance of the signal through ReLU units."),
    .formula = "w ~ N(0, std²), std = gain / √fan",
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

const IscScheme isc_scheme_kaiming_uniform = {
  .item = {
    .id = "kaiming_uniform_",
    .label = N_ ("Kaiming uniform"),
    .summary = N_ ("Keeps the variance of the signal through ReLU units, within hard bounds."),
    .formula = "w ~ U(−bound, bound), bound = gain · √(3 / fan)",
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
