/* SPDX-License-Identifier: GPL-3.0-or-later */

/* LeakyReLU: the slope counts from x <= 0 on, as in PyTorch. */

#include "base/clones.h"
#include "catalog/activations/activations.h"

ISC_CLONES static void
forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  IscReal slope = (IscReal)isc_arguments_number (arguments, "negative_slope");

  for (gsize i = 0; i < n; i++)
    y[i] = x[i] > 0.0f ? x[i] : x[i] * slope;
}

ISC_CLONES static void
backward (const IscArguments *arguments,
          const IscReal *x,
          const IscReal *y,
          const IscReal *dy,
          IscReal *dx,
          gsize n)
{
  IscReal slope = (IscReal)isc_arguments_number (arguments, "negative_slope");

  for (gsize i = 0; i < n; i++)
    dx[i] = x[i] > 0.0f ? dy[i] : dy[i] * slope;
}

static const IscParameter parameters[] = {
  { "negative_slope", ISC_PARAMETER_NUMBER, "0.01", -1e6, 1e6,
    .help = N_ ("The slope below zero.") },
};

const IscActivation isc_activation_leaky_relu = {
  .item = {
    .id = "LeakyReLU",
    .label = N_ ("LeakyReLU"),
    .summary = N_ ("A rectifier with a leak, so that no unit dies."),
    .formula = "y = x if x > 0, else negative_slope · x",
    .citation = "Maas, Hannun, Ng 2013, Rectifier nonlinearities improve neural network acoustic models",
    .caution = NULL,
    ISC_PARAMETERS (parameters),
  },
  .forward = forward,
  .backward = backward,
};
