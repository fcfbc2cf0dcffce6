/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mish: x tanh(softplus(x)).  With e = exp(x), tanh(ln(1 + e)) = (e² + 2e) / (e² + 2e + 2): one
 * call of the library instead of three, and nothing is lost where e is small. */

#include "base/clones.h"
#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

/* From here on tanh(softplus(x)) is 1 in float32, and in double too, and exp(x)² is still far from
 * infinite. */
#define SATURATED 20.0f

static inline IscReal
gate (IscReal e)
{
  IscReal w = e * (e + 2.0f);

  return w / (w + 2.0f);
}

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] > SATURATED ? x[i] : x[i] * gate (isc_exp (x[i]));
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
    if (x[i] > SATURATED)
      dx[i] = dy[i];
    else
      {
        IscReal e = isc_exp (x[i]);
        IscReal t = gate (e);
        IscReal sigmoid = e / (1.0f + e);

        dx[i] = dy[i] * (t + x[i] * sigmoid * (1.0f - t * t));
      }
}

const IscActivation isc_activation_mish = {
  .item = {
    .id = "Mish",
    .label = N_ ("Mish"),
    .summary = N_ ("A smooth rectifier near SiLU, with a deeper dip."),
    .formula = "y = x tanh(ln(1 + exp(x)))",
    .citation = "Misra 2020, Mish: a self regularized non-monotonic activation function",
  },
  .forward = forward,
  .backward = backward,
};
