/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Softplus: the integral of a sigmoid, and x itself where the two no longer differ. */

#include <math.h>

#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

static void
forward (const IscArguments *arguments, const float *x, float *y, gsize n)
{
  float beta = (float)isc_arguments_number (arguments, "beta");
  float threshold = (float)isc_arguments_number (arguments, "threshold");

  for (gsize i = 0; i < n; i++)
    y[i] = x[i] * beta > threshold ? x[i] : log1pf (expf (x[i] * beta)) / beta;
}

static void
backward (const IscArguments *arguments,
          const float *x,
          const float *y,
          const float *dy,
          float *dx,
          gsize n)
{
  float beta = (float)isc_arguments_number (arguments, "beta");
  float threshold = (float)isc_arguments_number (arguments, "threshold");

  for (gsize i = 0; i < n; i++)
    dx[i] = x[i] * beta > threshold ? dy[i] : dy[i] / (1.0f + isc_exp (-x[i] * beta));
}

/* Above a threshold of 80 exp() would be infinite in float32 before x takes over. */
static const IscParameter parameters[] = {
  { "beta", ISC_PARAMETER_NUMBER, "1.0", 1e-6, 1e6, .help = "How sharp the bend is." },
  { "threshold", ISC_PARAMETER_NUMBER, "20.0", -80, 80,
    .help = "Where beta · x is above it, y is x." },
};

const IscActivation isc_activation_softplus = {
  .item = {
    .id = "Softplus",
    .label = "Softplus",
    .summary = "A rectifier without a corner, positive everywhere.",
    .formula = "y = ln(1 + exp(beta x)) / beta, or x where beta x > threshold",
    .citation = "Dugas, Bengio, Bélisle, Nadeau, Garcia 2001, Incorporating second-order functional knowledge for "
                "better option pricing",
    .caution = "Its mean is never below ln 2 / beta at 0: signals drift upwards from layer to layer.",
    ISC_PARAMETERS (parameters),
  },
  .forward = forward,
  .backward = backward,
};
