/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Erf: the sigmoid whose mean field has closed forms, and torch.erf; torch.nn has no such module.
 */

#include "base/clones.h"
#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

#define TWO_OVER_SQRT_PI ISC_REAL (1.12837916709551257390)

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = isc_erf (x[i]);
}

ISC_CLONES static void
backward (const IscArguments *arguments,
          const IscReal *x,
          const IscReal *y,
          const IscReal *dy,
          IscReal *dx,
          gsize n)
{
  for (gsize i = 0; i < n; i++)
    dx[i] = dy[i] * (TWO_OVER_SQRT_PI * isc_exp (-x[i] * x[i]));
}

/* As tanh: the slope is below 0.06 of its greatest. */
static void
get_flat (const IscArguments *arguments, IscReal *low, IscReal *high)
{
  *low = ISC_REAL (-0.9825);
  *high = ISC_REAL (0.9825);
}

const IscActivation isc_activation_erf = {
  .item = {
    .id = "Erf",
    .label = N_ ("Erf"),
    .summary = N_ ("The error function: a sigmoid whose theory is exact."),
    .formula = "y = erf(x) = 2/√π ∫₀ˣ exp(−t²) dt",
    .citation = "Williams 1997, Computing with infinite networks",
    .caution = N_ ("Saturates faster than tanh: beyond |x| = 3 its slope is below 1.4e-4."),
  },
  .get_flat = get_flat,
  .forward = forward,
  .backward = backward,
};
