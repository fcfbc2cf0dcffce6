/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SiLU, also called swish: x times its own sigmoid. */

#include "base/clones.h"
#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] / (1.0f + isc_exp (-x[i]));
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
      IscReal sigmoid = 1.0f / (1.0f + isc_exp (-x[i]));

      dx[i] = dy[i] * (sigmoid * (1.0f + x[i] * (1.0f - sigmoid)));
    }
}

const IscActivation isc_activation_silu = {
  .item = {
    .id = "SiLU",
    .label = N_ ("SiLU"),
    .summary = N_ ("A smooth rectifier that dips below zero; also called swish."),
    .formula = "y = x / (1 + exp(−x))",
    .citation = "Elfwing, Uchibe, Doya 2018, Sigmoid-weighted linear units for neural network function approximation "
                "in reinforcement learning",
    .caution = N_ ("No init keeps a moderate signal stable through very many layers: small "
                   "ones die and large ones grow."),
  },
  .forward = forward,
  .backward = backward,
};
