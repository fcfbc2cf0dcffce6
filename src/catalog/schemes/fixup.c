/* SPDX-License-Identifier: GPL-3.0-or-later */

/* fixup_: residual networks without normalization.
 *
 * Zhang, Dauphin and Ma 2019: with L residual branches of m layers each, one step changes the
 * output by an amount that does not grow with L if the layers inside a branch are He's times
 * L^(−1/(2m−2)), and its last layer, like the classifier, is 0.  Drawn as the authors' code does
 * (fixup_resnet_cifar.py and fixup_resnet_imagenet.py): normal_() with He's fan_out. */

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static double
fixup_std (const IscArguments *arguments, const IscSite *site)
{
  double n_layers = (double)isc_arguments_integer (arguments, "num_layers");
  double m = (double)isc_arguments_integer (arguments, "m");

  return sqrt (2.0 / (double)site->fan_out) * pow (n_layers, -1.0 / (2.0 * m - 2.0));
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  if (isc_arguments_boolean (arguments, "last"))
    return isc_law_point (0.0);
  return isc_law_normal (0.0, fixup_std (arguments, site));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *std = isc_number_to_label (fixup_std (arguments, site), 4);

  if (isc_arguments_boolean (arguments, "last"))
    return g_strdup ("w = 0");
  return g_strdup_printf ("std = √(2 / %" G_GINT64_FORMAT ") · %" G_GINT64_FORMAT
                          "^(−1/%" G_GINT64_FORMAT ") = %s",
                          site->fan_out, isc_arguments_integer (arguments, "num_layers"),
                          2 * isc_arguments_integer (arguments, "m") - 2, std);
}

static const IscParameter parameters[] = {
  { "num_layers", ISC_PARAMETER_INTEGER, NULL, 1, 1000000,
    .help = N_ ("L, the residual branches of the whole network.") },
  { "m", ISC_PARAMETER_INTEGER, "2", 2, 1000,
    .help = N_ ("The layers of one branch: 2 in a basic block, 3 in a bottleneck.") },
  { "last", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether this is the last layer of its branch, or the classifier: it is 0.") },
};

const IscScheme isc_scheme_fixup = {
  .item = {
    .id = "fixup_",
    .label = N_ ("Fixup"),
    .summary = N_ ("Very deep residual networks without normalization."),
    .formula = "w ~ N(0, std²), std = √(2 / fan_out) · L^(−1/(2m−2)); w = 0 in a branch's last "
               "layer",
    .citation = "Zhang, Dauphin, Ma 2019, Fixup initialization: residual learning without "
                "normalization",
    .caution = N_ ("Only inside residual branches: in a plain stack the signal dies, and a last "
               "layer of 0 stops it."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .law = law,
  .describe = describe,
};
