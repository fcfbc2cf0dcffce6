/* SPDX-License-Identifier: GPL-3.0-or-later */

/* He's scheme with the gain integrated for the activation: 1/√E[φ(z)²], z standard normal.
 *
 * Poole et al. 2016: in a wide network pre-activations are normal, and their variance q passes to
 * the next layer as q' = σw² E[φ(√q z)²].  σw = 1/√E[φ(z)²] makes q = 1 a fixed point, and
 * σw = 1/√E[φ'(z)²] keeps the gradient instead.  PyTorch has no gain for most of these activations,
 * and rules of thumb for tanh (5/3), sigmoid (1) and selu (3/4); hence a scheme of our own instead
 * of more names for kaiming_normal_, which PyTorch would refuse.  Where both gains differ only one
 * direction is kept, and not every fixed point is stable: an input of another variance may drift
 * away from it. */

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
chosen_gain (const IscArguments *arguments)
{
  gboolean backward = g_str_equal (isc_arguments_text (arguments, "direction"), "backward");

  return isc_exact_gain (isc_arguments_text (arguments, "activation"), backward);
}

static double
chosen_std (const IscArguments *arguments, const IscSite *site)
{
  return chosen_gain (arguments) / sqrt ((double)chosen_fan (arguments, site));
}

static IscLaw
law_normal (const IscArguments *arguments, const IscSite *site)
{
  return isc_law_normal (0.0, chosen_std (arguments, site));
}

static IscLaw
law_uniform (const IscArguments *arguments, const IscSite *site)
{
  double bound = sqrt (3.0) * chosen_std (arguments, site);

  return isc_law_uniform (-bound, bound);
}

static char *
describe_normal (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *gain = isc_number_to_label (chosen_gain (arguments), 5);
  g_autofree char *std = isc_number_to_label (chosen_std (arguments, site), 4);

  return g_strdup_printf ("std = %s / √%" G_GINT64_FORMAT " = %s", gain,
                          chosen_fan (arguments, site), std);
}

static char *
describe_uniform (const IscArguments *arguments, const IscSite *site)
{
  g_autofree char *gain = isc_number_to_label (chosen_gain (arguments), 5);
  g_autofree char *bound = isc_number_to_label (sqrt (3.0) * chosen_std (arguments, site), 4);

  return g_strdup_printf ("bound = √3 · %s / √%" G_GINT64_FORMAT " = %s", gain,
                          chosen_fan (arguments, site), bound);
}

static const char *const modes[] = { "fan_in", "fan_out", NULL };
static const char *const directions[] = { "forward", "backward", NULL };

static const IscParameter parameters[] = {
  { "activation", ISC_PARAMETER_CHOICE, "'gelu'", .choices = isc_exact_gain_activations,
    .help = N_ ("The activation that follows; it sets the gain.") },
  { "mode", ISC_PARAMETER_CHOICE, "'fan_in'", .choices = modes,
    .help = N_ ("fan_in counts what a unit sums forward, fan_out what it sums backward.") },
  { "direction", ISC_PARAMETER_CHOICE, "'forward'", .choices = directions,
    .help = N_ ("forward keeps the variance of the signal, backward that of the gradient.") },
};

#define CITATION                                                                                   \
  "Poole, Lahiri, Raghu, Sohl-Dickstein, Ganguli 2016, Exponential expressivity in deep neural "   \
  "networks through transient chaos, eq. 3 and 8"
#define CAUTION                                                                                    \
  N_ ("Exact for wide layers whose pre-activations have variance 1; for tanh, sigmoid and selu "   \
      "it is "                                                                                     \
      "not PyTorch's gain.")

const IscScheme isc_scheme_exact_gain_normal = {
  .item = {
    .id = "exact_gain_normal_",
    .label = N_ ("Exact gain normal"),
    .summary = N_ ("Keeps the variance through GELU, SiLU, tanh and others, the gain integrated instead of guessed."),
    .formula = "w ~ N(0, std²), std = gain / √fan, gain = 1 / √E[φ(z)²] or 1 / √E[φ′(z)²]",
    .citation = CITATION,
    .caution = CAUTION,
    ISC_PARAMETERS (parameters),
  },
  .library = "Initscope",
  .min_dims = 2,
  .law = law_normal,
  .describe = describe_normal,
};

const IscScheme isc_scheme_exact_gain_uniform = {
  .item = {
    .id = "exact_gain_uniform_",
    .label = N_ ("Exact gain uniform"),
    .summary = N_ ("Keeps the variance through GELU, SiLU, tanh and others, within hard bounds."),
    .formula = "w ~ U(−bound, bound), bound = gain · √(3 / fan), gain = 1 / √E[φ(z)²] or 1 / √E[φ′(z)²]",
    .citation = CITATION,
    .caution = CAUTION,
    ISC_PARAMETERS (parameters),
  },
  .library = "Initscope",
  .min_dims = 2,
  .law = law_uniform,
  .describe = describe_uniform,
};
