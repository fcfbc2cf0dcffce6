/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RMSprop as torch.optim.RMSprop: eps is added outside the root, which when centered is taken of
 * the running variance; momentum gathers the scaled steps, without the learning rate. */

#include "base/clones.h"
#include "catalog/optimizers/optimizers.h"

static guint
count_states (const IscArguments *arguments, gboolean cycles)
{
  return 1 + (cycles || isc_arguments_number (arguments, "momentum") != 0.0)
         + isc_arguments_boolean (arguments, "centered");
}

typedef struct
{
  IscReal lr;
  IscReal alpha;
  IscReal rest;
  IscReal eps;
  IscReal weight_decay;
  IscReal momentum;
  gboolean centered;
} Plan;

G_STATIC_ASSERT (sizeof (Plan) <= sizeof (IscStepPlan));

static void
prepare (const IscArguments *arguments, const IscStepOptions *options, IscStepPlan *plan)
{
  double alpha = isc_arguments_number (arguments, "alpha");

  *(Plan *)plan = (Plan){
    .lr = (IscReal)options->lr,
    .alpha = (IscReal)alpha,
    .rest = (IscReal)(1.0 - alpha),
    .eps = (IscReal)isc_arguments_number (arguments, "eps"),
    .weight_decay = (IscReal)isc_arguments_number (arguments, "weight_decay"),
    .momentum = isc_optimizer_momentum (arguments, options),
    .centered = isc_arguments_boolean (arguments, "centered"),
  };
}

/* Divides the gradient, times @factor; @mean: (nullable): of a centered one. */
ISC_CLONES static void
divide (
    const Plan *plan, IscReal factor, IscReal *gradient, IscReal *square, IscReal *mean, gsize n)
{
  const Plan p = *plan;

  for (gsize i = 0; i < n; i++)
    square[i] = p.alpha * square[i] + p.rest * gradient[i] * gradient[i];
  if (mean)
    for (gsize i = 0; i < n; i++)
      {
        mean[i] = p.alpha * mean[i] + p.rest * gradient[i];
        gradient[i]
            = factor * gradient[i] / (isc_real_sqrt (square[i] - mean[i] * mean[i]) + p.eps);
      }
  else
    for (gsize i = 0; i < n; i++)
      gradient[i] = factor * gradient[i] / (isc_real_sqrt (square[i]) + p.eps);
}

/* @buffer: (nullable): with momentum, which gathers what is then to be multiplied by lr. */
ISC_CLONES static void
move (const Plan *plan, IscReal *parameter, const IscReal *gradient, IscReal *buffer, gsize n)
{
  IscReal lr = plan->lr, momentum = plan->momentum;

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

static void
step (const IscStepPlan *step_plan,
      IscReal *parameter,
      IscReal *gradient,
      IscReal *const *states,
      gsize n)
{
  const Plan *plan = (const Plan *)step_plan;
  IscReal *mean = plan->centered ? states[1] : NULL;
  IscReal *buffer = plan->momentum != 0.0f ? states[mean ? 2 : 1] : NULL;

  isc_optimizer_decay (plan->weight_decay, parameter, gradient, n);
  divide (plan, buffer ? 1.0f : plan->lr, gradient, states[0], mean, n);
  move (plan, parameter, gradient, buffer, n);
}

static const IscParameter parameters[] = {
  { "lr", ISC_PARAMETER_NUMBER, "0.01", 0, 1e6, .help = N_ ("The learning rate.") },
  { "alpha", ISC_PARAMETER_NUMBER, "0.99", 0, 1e6,
    .help = N_ ("Decay of the running mean of squared gradients.") },
  { "eps", ISC_PARAMETER_NUMBER, "1e-08", 0, 1e6, .help = N_ ("Keeps the division finite.") },
  { "weight_decay", ISC_PARAMETER_NUMBER, "0", 0, 1e6,
    .help = N_ ("A pull of the weights towards zero.") },
  { "momentum", ISC_PARAMETER_NUMBER, "0", 0, 1e6,
    .help = N_ ("How much of the last direction is kept.") },
  { "centered", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Divide by the gradient's standard deviation, not its root mean square.") },
};

const IscOptimizer isc_optimizer_rmsprop = {
  .item = {
    .id = "RMSprop",
    .label = N_ ("RMSprop"),
    .summary = N_ ("Scales each weight's step by the recent size of its gradient."),
    .formula = "w ← w − lr · g / (√v + eps)",
    .citation = "Tieleman, Hinton 2012, Lecture 6.5: rmsprop; centered: Graves 2013, Generating sequences with "
                "recurrent neural networks",
    .caution = N_ ("The first steps are up to 1/√(1 − alpha) times lr: ten times, with the default."),
    ISC_PARAMETERS (parameters),
  },
  .count_states = count_states,
  .prepare = prepare,
  .step = step,
};
