/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sigmoid: its slope is 1/4 at most, so that a backward signal shrinks at every layer. */

#include "base/clones.h"
#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = 1.0f / (1.0f + isc_exp (-x[i]));
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
    dx[i] = dy[i] * (1.0f - y[i]) * y[i];
}

/* As tanh: the slope is below 0.06 of its greatest. */
static void
get_flat (const IscArguments *arguments, IscReal *low, IscReal *high)
{
  *low = ISC_REAL (0.015);
  *high = ISC_REAL (0.985);
}

const IscActivation isc_activation_sigmoid = {
  .item = {
    .id = "Sigmoid",
    .label = N_ ("Sigmoid"),
    .summary = N_ ("A smooth switch between 0 and 1."),
    .formula = "y = 1 / (1 + exp(−x))",
    .citation = "Rumelhart, Hinton, Williams 1986, Learning representations by back-propagating errors",
    .caution = N_ ("Slope at most 1/4 and mean 1/2: deep sigmoid networks lose their gradient at every layer."),
  },
  .get_flat = get_flat,
  .forward = forward,
  .backward = backward,
};
