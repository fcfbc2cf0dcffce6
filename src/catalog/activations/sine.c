/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sine(w0): the activation of SIRENs, which siren_ is the init for; w0 is that scheme's w0.
 * torch.nn has no such module. */

#include "base/clones.h"
#include "catalog/activations/activations.h"

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  IscReal w0 = (IscReal)isc_arguments_number (arguments, "w0");

  for (gsize i = 0; i < n; i++)
    y[i] = isc_real_sin (w0 * x[i]);
}

ISC_CLONES static void
backward (const IscArguments *arguments,
          const IscReal *x,
          const IscReal *y,
          const IscReal *dy,
          IscReal *dx,
          gsize n)
{
  IscReal w0 = (IscReal)isc_arguments_number (arguments, "w0");

  for (gsize i = 0; i < n; i++)
    dx[i] = dy[i] * (w0 * isc_real_cos (w0 * x[i]));
}

static const IscParameter parameters[] = {
  { "w0", ISC_PARAMETER_NUMBER, "30.0", 0, 1e6, .above_min = TRUE,
    .help = N_ ("The frequency: the same number as in siren_.") },
};

const IscActivation isc_activation_sine = {
  .item = {
    .id = "Sine",
    .label = N_ ("Sine"),
    .summary = N_ ("A sine: for images, sounds and fields as functions of a coordinate."),
    .formula = "y = sin(w0 x)",
    .citation = "Sitzmann, Martel, Bergman, Lindell, Wetzstein 2020, Implicit neural representations with periodic "
                "activation functions",
    .caution = N_ ("With any init but siren_ of the same w0 it is noise of high frequency, or nearly linear."),
    ISC_PARAMETERS (parameters),
  },
  .forward = forward,
  .backward = backward,
};
