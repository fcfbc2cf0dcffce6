/* SPDX-License-Identifier: GPL-3.0-or-later */

/* siren_: for networks whose activation is sin(w0 · z).
 *
 * Sitzmann, Martel, Bergman, Lindell and Wetzstein 2020, section 3.2 and supplement 1.5: with
 * weights of variance 2/(w0² fan_in) what the sine sees has standard deviation 1 in every layer,
 * and w0 in the first layer spans enough periods of the input.  Drawn as the authors' code does
 * (modules.py of vsitzmann/siren, sine_init() and first_layer_sine_init()): one Tensor.uniform_().
 */

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

static double
bound (const IscArguments *arguments, const IscSite *site)
{
  double fan_in = (double)site->fan_in;

  if (isc_arguments_boolean (arguments, "first"))
    return 1.0 / fan_in;
  return sqrt (6.0 / fan_in) / isc_arguments_number (arguments, "w0");
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  double b = bound (arguments, site);

  return isc_law_uniform (-b, b);
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *w0 = isc_number_to_label (isc_arguments_number (arguments, "w0"), 4);
  g_autofree char *text = isc_number_to_label (bound (arguments, site), 4);

  if (isc_arguments_boolean (arguments, "first"))
    return g_strdup_printf ("bound = 1 / %" G_GINT64_FORMAT " = %s", site->fan_in, text);
  return g_strdup_printf ("bound = √(6 / %" G_GINT64_FORMAT ") / %s = %s", site->fan_in, w0, text);
}

static const IscParameter parameters[] = {
  { "w0", ISC_PARAMETER_NUMBER, "30.0", 0, 1e6, .above_min = TRUE,
    .help = N_ ("The frequency in sin(w0 · z); the first layer's bound is without it.") },
  { "first", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether this is the first layer, where coordinates come in.") },
};

const IscScheme isc_scheme_siren = {
  .item = {
    .id = "siren_",
    .label = N_ ("SIREN"),
    .summary = N_ ("For sine activations: images, sounds and fields as functions of a coordinate."),
    .formula = "w ~ U(−bound, bound), bound = √(6 / fan_in) / w0; 1 / fan_in in the first layer",
    .citation = "Sitzmann, Martel, Bergman, Lindell, Wetzstein 2020, Implicit neural "
                "representations with periodic activation functions, section 3.2",
    .caution = N_ ("Only for sin(w0 · z): with other activations w0 makes the weights far too small."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .law = law,
  .describe = describe,
};
