/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adam and AdamW as torch.optim has them: eps is added after the bias correction of the root;
 * weight decay is part of Adam's gradient, and AdamW shrinks the weights before its step. */

#include <math.h>

#include "catalog/optimizers/optimizers.h"

static guint
count_states (const IscArguments *arguments, gboolean cycles)
{
  return isc_arguments_boolean (arguments, "amsgrad") ? 3 : 2;
}

/* Both, once the weight decay is done. */
static void
move (const IscArguments *arguments,
      const IscStepOptions *options,
      IscReal *parameter,
      const IscReal *gradient,
      IscReal *const *states,
      gsize n)
{
  IscReal eps = (IscReal)isc_arguments_number (arguments, "eps");
  IscReal *mean = states[0];
  IscReal *square = states[1];
  IscReal *greatest = isc_arguments_boolean (arguments, "amsgrad") ? states[2] : NULL;
  double betas[2];
  IscReal beta1, beta2, rest1, rest2, step_size, root_correction;

  isc_arguments_pair (arguments, "betas", betas);
  if (!isnan (options->momentum))
    betas[0] = options->momentum;
  beta1 = (IscReal)betas[0];
  beta2 = (IscReal)betas[1];
  rest1 = (IscReal)(1.0 - betas[0]);
  rest2 = (IscReal)(1.0 - betas[1]);
  step_size = (IscReal)(options->lr / (1.0 - pow (betas[0], (double)options->step)));
  root_correction = (IscReal)sqrt (1.0 - pow (betas[1], (double)options->step));

  for (gsize i = 0; i < n; i++)
    {
      IscReal g = gradient[i];
      IscReal second;

      mean[i] = beta1 * mean[i] + rest1 * g;
      square[i] = beta2 * square[i] + rest2 * g * g;
      second = square[i];
      if (greatest)
        second = greatest[i] = second > greatest[i] || isnan (second) ? second : greatest[i];
      parameter[i] -= step_size * mean[i] / (isc_real_sqrt (second) / root_correction + eps);
    }
}

static void
adam_step (const IscArguments *arguments,
           const IscStepOptions *options,
           IscReal *parameter,
           IscReal *gradient,
           IscReal *const *states,
           gsize n)
{
  IscReal weight_decay = (IscReal)isc_arguments_number (arguments, "weight_decay");

  if (weight_decay != 0.0f)
    for (gsize i = 0; i < n; i++)
      gradient[i] += weight_decay * parameter[i];
  move (arguments, options, parameter, gradient, states, n);
}

static void
adamw_step (const IscArguments *arguments,
            const IscStepOptions *options,
            IscReal *parameter,
            IscReal *gradient,
            IscReal *const *states,
            gsize n)
{
  IscReal kept = (IscReal)(1.0 - options->lr * isc_arguments_number (arguments, "weight_decay"));

  for (gsize i = 0; i < n; i++)
    parameter[i] *= kept;
  move (arguments, options, parameter, gradient, states, n);
}

#define PARAMETERS(weight_decay)                                                                    \
  {                                                                                                 \
    { "lr", ISC_PARAMETER_NUMBER, "0.001", 0, 1e6, .help = "The learning rate." },                  \
        { "betas",        ISC_PARAMETER_PAIR,                                                       \
          "(0.9, 0.999)", 0,                                                                        \
          0.9999999,      .help = "Decay of the running mean of gradients and of their squares." }, \
        { "eps", ISC_PARAMETER_NUMBER, "1e-08", 0, 1e6, .help = "Keeps the division finite." },     \
        { "weight_decay",                                                                           \
          ISC_PARAMETER_NUMBER,                                                                     \
          weight_decay,                                                                             \
          0,                                                                                        \
          1e6,                                                                                      \
          .help = "A pull of the weights towards zero." },                                          \
        { "amsgrad", ISC_PARAMETER_BOOLEAN, "False",                                                \
          .help = "Keep the greatest of the running squares." },                                    \
  }

static const IscParameter adam_parameters[] = PARAMETERS ("0");
static const IscParameter adamw_parameters[] = PARAMETERS ("0.01");

const IscOptimizer isc_optimizer_adam = {
  .item = {
    .id = "Adam",
    .label = "Adam",
    .summary = "Scales each weight's step by its own gradient history.",
    .formula = "w ← w − lr · m̂ / (√v̂ + eps)",
    .citation = "Kingma, Ba 2015, Adam: a method for stochastic optimization",
    .caution = "Turns even rounding noise into full steps: gradients of 1e-8 move weights as those of 1 do.",
    ISC_PARAMETERS (adam_parameters),
  },
  .count_states = count_states,
  .step = adam_step,
};

const IscOptimizer isc_optimizer_adamw = {
  .item = {
    .id = "AdamW",
    .label = "AdamW",
    .summary = "Adam whose weight decay is not scaled by the gradients' history.",
    .formula = "w ← (1 − lr · weight_decay) w − lr · m̂ / (√v̂ + eps)",
    .citation = "Loshchilov, Hutter 2019, Decoupled weight decay regularization",
    .caution = "Its weight decay is not 0 unless you say so: every weight shrinks, whatever the init.",
    ISC_PARAMETERS (adamw_parameters),
  },
  .count_states = count_states,
  .step = adamw_step,
};
