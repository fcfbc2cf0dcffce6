/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GELU: x times the probability that a standard normal is below x; with approximate='tanh' the
 * curve that the first transformers were trained with. */

#include "base/clones.h"
#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

/* 1/√2, 1/√(2π), √(2/π) and the cubic term of the tanh form. */
#define SQRT_HALF ISC_REAL (0.70710678118654752440)
#define DENSITY_AT_0 ISC_REAL (0.39894228040143267794)
#define TANH_SCALE ISC_REAL (0.79788456080286535588)
#define TANH_CUBIC ISC_REAL (0.044715)

static gboolean
is_tanh_form (const IscArguments *arguments)
{
  return isc_arguments_text (arguments, "approximate")[0] == 't';
}

/* (1 + tanh u) / 2 of the tanh form, as the sigmoid of 2u, in which nothing cancels. */
static inline IscReal
tanh_gate (IscReal x)
{
  IscReal u = TANH_SCALE * (x + TANH_CUBIC * (x * x * x));

  return 1.0f / (1.0f + isc_exp (-2.0f * u));
}

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  if (is_tanh_form (arguments))
    for (gsize i = 0; i < n; i++)
      y[i] = x[i] * tanh_gate (x[i]);
  else
    for (gsize i = 0; i < n; i++)
      y[i] = 0.5f * x[i] * (1.0f + isc_erf (x[i] * SQRT_HALF));
}

ISC_CLONES static void
backward_tanh (const IscReal *x, const IscReal *dy, IscReal *dx, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      IscReal gate = tanh_gate (x[i]);
      IscReal slope = 2.0f * TANH_SCALE * (1.0f + 3.0f * TANH_CUBIC * (x[i] * x[i]));

      dx[i] = dy[i] * (gate + x[i] * gate * (1.0f - gate) * slope);
    }
}

ISC_CLONES static void
backward (const IscArguments *arguments,
          const IscReal *x,
          const IscReal *y,
          const IscReal *dy,
          IscReal *dx,
          gsize n)
{
  if (is_tanh_form (arguments))
    {
      backward_tanh (x, dy, dx, n);
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      IscReal below = 0.5f * (1.0f + isc_erf (x[i] * SQRT_HALF));
      IscReal density = DENSITY_AT_0 * isc_exp (-0.5f * x[i] * x[i]);

      dx[i] = dy[i] * (below + x[i] * density);
    }
}

static const char *const forms[] = { "none", "tanh", NULL };

static const IscParameter parameters[] = {
  { "approximate", ISC_PARAMETER_CHOICE, "'none'", .choices = forms,
    .help = N_ ("'tanh' for the approximation that GPT-2 and BERT use.") },
};

const IscActivation isc_activation_gelu = {
  .item = {
    .id = "GELU",
    .label = N_ ("GELU"),
    .summary = N_ ("The smooth rectifier of transformers."),
    .formula = "y = x Φ(x); with 'tanh' x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))",
    .citation = "Hendrycks, Gimpel 2016, Gaussian error linear units (GELUs)",
    .caution = N_ ("No init keeps a moderate signal stable through very many layers: small "
                   "ones die and large ones grow."),
    ISC_PARAMETERS (parameters),
  },
  .forward = forward,
  .backward = backward,
};
