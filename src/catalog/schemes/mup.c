/* SPDX-License-Identifier: GPL-3.0-or-later */

/* mup_: the maximal update parametrization, so that what is tuned at one width holds at another.
 *
 * Yang, Hu, Babuschkin, Sidor, Liu, Farhi, Ryder, Pachocki, Chen and Gao 2022, Table 3, relative to
 * a base width at which everything has base_std: a hidden weight's variance goes as 1/fan_in, an
 * output weight's as 1/fan_in², an input weight's does not depend on the width.  The mup package
 * has Table 8 instead, where an output weight keeps base_std and a factor base_fan_in/fan_in
 * follows it: the same function at the start.  Drawn as mup.init.normal_() does. */

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static const char *const roles[] = { "hidden", "input", "output", NULL };

static double
mup_std (const IscArguments *arguments, const IscSite *site)
{
  const char *role = isc_arguments_text (arguments, "role");
  double std = isc_arguments_number (arguments, "base_std");
  double width_mult
      = (double)site->fan_in / (double)isc_arguments_integer (arguments, "base_fan_in");

  if (g_str_equal (role, "hidden"))
    return std * pow (width_mult, -0.5);
  if (g_str_equal (role, "output"))
    return std / width_mult;
  return std;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, mup_std (arguments, site));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  const char *role = isc_arguments_text (arguments, "role");
  gint64 base_fan_in = isc_arguments_integer (arguments, "base_fan_in");
  g_autofree char *base = isc_number_to_label (isc_arguments_number (arguments, "base_std"), 4);
  g_autofree char *std = isc_number_to_label (mup_std (arguments, site), 4);

  if (g_str_equal (role, "input"))
    return g_strdup_printf ("std = %s", base);
  return g_strdup_printf ("std = %s · %s%" G_GINT64_FORMAT " / %" G_GINT64_FORMAT "%s = %s", base,
                          g_str_equal (role, "hidden") ? "√(" : "", base_fan_in, site->fan_in,
                          g_str_equal (role, "hidden") ? ")" : "", std);
}

static const IscParameter parameters[] = {
  { "base_fan_in", ISC_PARAMETER_INTEGER, NULL, 1, 1e12,
    .help = N_ ("This layer's fan_in in the network whose settings were tuned.") },
  { "base_std", ISC_PARAMETER_NUMBER, "0.02", 0, 1e6, .above_min = TRUE,
    .help = N_ ("The standard deviation that was tuned there.") },
  { "role", ISC_PARAMETER_CHOICE, "'hidden'", .choices = roles,
    .help = N_ ("Whether the layer leads from width to width, from the input, or to the output.") },
};

const IscScheme isc_scheme_mup = {
  .item = {
    .id = "mup_",
    .label = N_ ("µP"),
    .summary = N_ ("Carries settings tuned on a narrow network over to a wide one."),
    .formula = "w ~ N(0, std²), std = base_std · √(base_fan_in / fan_in) hidden, base_std · "
               "base_fan_in / fan_in output, base_std input",
    .citation = "Yang, Hu, Babuschkin et al. 2022, Tensor Programs V: tuning large neural "
                "networks via zero-shot hyperparameter transfer, Table 3",
    .caution = N_ ("Half of the recipe: learning rates scale too (Adam's by base_fan_in / fan_in for "
               "hidden and output weights)."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .law = law,
  .describe = describe,
};
