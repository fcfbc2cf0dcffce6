/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Softsign: a sigmoid that saturates like 1/x and not like exp(−x): the third of those that Glorot
 * and Bengio 2010 compare. */

#include "base/clones.h"
#include "catalog/activations/activations.h"

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] / (1.0f + isc_real_fabs (x[i]));
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
    {
      IscReal root = 1.0f + isc_real_fabs (x[i]);

      dx[i] = dy[i] / (root * root);
    }
}

/* Where the slope, (1 − |y|)², is below 1/16. */
static void
get_flat (const IscArguments *arguments, IscReal *low, IscReal *high)
{
  *low = -0.75f;
  *high = 0.75f;
}

const IscActivation isc_activation_softsign = {
  .item = {
    .id = "Softsign",
    .label = N_ ("Softsign"),
    .summary = N_ ("A sigmoid around zero with heavy tails: saturates slowly."),
    .formula = "y = x / (1 + |x|)",
    .citation = "Bergstra, Desjardins, Lamblin, Bengio 2009, Quadratic polynomials learn better image features",
    .caution = N_ ("Shrinks a signal of any size: depth makes activations small."),
  },
  .get_flat = get_flat,
  .forward = forward,
  .backward = backward,
};
