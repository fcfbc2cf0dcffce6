/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Softplus: the integral of a sigmoid, and x itself where the two no longer differ. */

#include "base/clones.h"
#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  IscReal beta = (IscReal)isc_arguments_number (arguments, "beta");
  IscReal threshold = (IscReal)isc_arguments_number (arguments, "threshold");

  for (gsize i = 0; i < n; i++)
    {
      IscReal bent = isc_log1p_exp (x[i] * beta) / beta;

      y[i] = x[i] * beta > threshold ? x[i] : bent;
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
  IscReal beta = (IscReal)isc_arguments_number (arguments, "beta");
  IscReal threshold = (IscReal)isc_arguments_number (arguments, "threshold");

  for (gsize i = 0; i < n; i++)
    {
      IscReal bent = 1.0f / (1.0f + isc_exp (-x[i] * beta));

      dx[i] = dy[i] * (x[i] * beta > threshold ? 1.0f : bent);
    }
}

static const IscParameter parameters[] = {
  { "beta", ISC_PARAMETER_NUMBER, "1.0", 1e-6, 1e6, .help = N_ ("How sharp the bend is.") },
  { "threshold", ISC_PARAMETER_NUMBER, "20.0", -1e6, 1e6,
    .help = N_ ("Where beta · x is above it, y is x.") },
};

const IscActivation isc_activation_softplus = {
  .item = {
    .id = "Softplus",
    .label = N_ ("Softplus"),
    .summary = N_ ("A rectifier without a corner, positive everywhere."),
    .formula = "y = ln(1 + exp(beta x)) / beta, or x where beta x > threshold",
    .citation = "Dugas, Bengio, Bélisle, Nadeau, Garcia 2001, Incorporating second-order functional knowledge for "
                "better option pricing",
    .caution = N_ ("Its mean is never below ln 2 / beta at 0: signals drift upwards from layer to layer."),
    ISC_PARAMETERS (parameters),
  },
  .forward = forward,
  .backward = backward,
};
