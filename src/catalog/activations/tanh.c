/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tanh: odd, slope 1 at 0; what Glorot and Bengio 2010 derive their scheme for. */

#include "base/clones.h"
#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = isc_tanh (x[i]);
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
    dx[i] = dy[i] * (1.0f - y[i] * y[i]);
}

/* Where the slope is below 0.06. */
static void
get_flat (const IscArguments *arguments, IscReal *low, IscReal *high)
{
  *low = ISC_REAL (-0.97);
  *high = ISC_REAL (0.97);
}

const IscActivation isc_activation_tanh = {
  .item = {
    .id = "Tanh",
    .label = N_ ("Tanh"),
    .summary = N_ ("A sigmoid around zero."),
    .formula = "y = tanh x",
    .citation = "LeCun, Bottou, Orr, Müller 1998, Efficient BackProp",
    .caution = N_ ("Saturates: with large weights its slope, and the gradient, vanish."),
  },
  .get_flat = get_flat,
  .forward = forward,
  .backward = backward,
};
