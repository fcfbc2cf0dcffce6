/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RMSprop as torch.optim.RMSprop: eps is added outside the root, which when centered is taken of
 * the running variance; momentum gathers the scaled steps, without the learning rate. */

#include <math.h>

#include "catalog/optimizers/optimizers.h"

static guint
count_states (const IscArguments *arguments, gboolean cycles)
{
  return 1 + (cycles || isc_arguments_number (arguments, "momentum") != 0.0)
         + isc_arguments_boolean (arguments, "centered");
}

static void
step (const IscArguments *arguments,
      const IscStepOptions *options,
      IscReal *parameter,
      IscReal *gradient,
      IscReal *const *states,
      gsize n)
{
  IscReal lr = (IscReal)options->lr;
  IscReal alpha = (IscReal)isc_arguments_number (arguments, "alpha");
  IscReal rest = (IscReal)(1.0 - isc_arguments_number (arguments, "alpha"));
  IscReal eps = (IscReal)isc_arguments_number (arguments, "eps");
  IscReal weight_decay = (IscReal)isc_arguments_number (arguments, "weight_decay");
  IscReal momentum
      = (IscReal)(isnan (options->momentum) ? isc_arguments_number (arguments, "momentum")
                                            : options->momentum);
  IscReal *square = states[0];
  IscReal *mean = isc_arguments_boolean (arguments, "centered") ? states[1] : NULL;
  IscReal *buffer = momentum != 0.0f ? states[mean ? 2 : 1] : NULL;
  IscReal first = buffer ? 1.0f : lr;

  if (weight_decay != 0.0f)
    for (gsize i = 0; i < n; i++)
      gradient[i] += weight_decay * parameter[i];

  for (gsize i = 0; i < n; i++)
    square[i] = alpha * square[i] + rest * gradient[i] * gradient[i];

  /* From here on the gradient is divided, times lr if momentum does not come first. */
  if (mean)
    for (gsize i = 0; i < n; i++)
      {
        mean[i] = alpha * mean[i] + rest * gradient[i];
        gradient[i] = first * gradient[i] / (isc_real_sqrt (square[i] - mean[i] * mean[i]) + eps);
      }
  else
    for (gsize i = 0; i < n; i++)
      gradient[i] = first * gradient[i] / (isc_real_sqrt (square[i]) + eps);

  if (buffer)
    for (gsize i = 0; i < n; i++)
      {
        buffer[i] = momentum * buffer[i] + gradient[i];
        parameter[i] -= lr * buffer[i];
      }
  else
    for (gsize i = 0; i < n; i++)
      parameter[i] -= gradient[i];
}

static const IscParameter parameters[] = {
  { "lr", ISC_PARAMETER_NUMBER, "0.01", 0, 1e6, .help = "The learning rate." },
  { "alpha", ISC_PARAMETER_NUMBER, "0.99", 0, 1e6,
    .help = "Decay of the running mean of squared gradients." },
  { "eps", ISC_PARAMETER_NUMBER, "1e-08", 0, 1e6, .help = "Keeps the division finite." },
  { "weight_decay", ISC_PARAMETER_NUMBER, "0", 0, 1e6,
    .help = "A pull of the weights towards zero." },
  { "momentum", ISC_PARAMETER_NUMBER, "0", 0, 1e6,
    .help = "How much of the last direction is kept." },
  { "centered", ISC_PARAMETER_BOOLEAN, "False",
    .help = "Divide by the gradient's standard deviation, not its root mean square." },
};

const IscOptimizer isc_optimizer_rmsprop = {
  .item = {
    .id = "RMSprop",
    .label = "RMSprop",
    .summary = "Scales each weight's step by the recent size of its gradient.",
    .formula = "w ← w − lr · g / (√v + eps)",
    .citation = "Tieleman, Hinton 2012, Lecture 6.5: rmsprop; centered: Graves 2013, Generating sequences with "
                "recurrent neural networks",
    .caution = "The first steps are up to 1/√(1 − alpha) times lr: ten times, with the default.",
    ISC_PARAMETERS (parameters),
  },
  .count_states = count_states,
  .step = step,
};
