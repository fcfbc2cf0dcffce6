/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adagrad as torch.optim.Adagrad: the sum of squares never forgets, and starts at
 * initial_accumulator_value. */

#include "base/clones.h"
#include "catalog/optimizers/optimizers.h"

static guint
count_states (const IscArguments *arguments, gboolean cycles)
{
  return 1;
}

typedef struct
{
  IscReal lr;
  IscReal weight_decay;
  IscReal start;
  IscReal eps;
  gboolean is_first;
} Plan;

G_STATIC_ASSERT (sizeof (Plan) <= sizeof (IscStepPlan));

static void
prepare (const IscArguments *arguments, const IscStepOptions *options, IscStepPlan *plan)
{
  double decay = isc_arguments_number (arguments, "lr_decay");

  *(Plan *)plan = (Plan){
    .lr = (IscReal)(options->lr / (1.0 + (double)(options->step - 1) * decay)),
    .weight_decay = (IscReal)isc_arguments_number (arguments, "weight_decay"),
    .start = (IscReal)isc_arguments_number (arguments, "initial_accumulator_value"),
    .eps = (IscReal)isc_arguments_number (arguments, "eps"),
    .is_first = options->step == 1,
  };
}

ISC_CLONES static void
move (IscReal lr, IscReal eps, IscReal *parameter, const IscReal *gradient, IscReal *sum, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      IscReal g = gradient[i];

      sum[i] += g * g;
      parameter[i] -= lr * g / (isc_real_sqrt (sum[i]) + eps);
    }
}

static void
step (const IscStepPlan *step_plan,
      IscReal *parameter,
      IscReal *gradient,
      IscReal *const *states,
      gsize n)
{
  const Plan *plan = (const Plan *)step_plan;

  if (plan->is_first)
    for (gsize i = 0; i < n; i++)
      states[0][i] = plan->start;
  isc_optimizer_decay (plan->weight_decay, parameter, gradient, n);
  move (plan->lr, plan->eps, parameter, gradient, states[0], n);
}

static const IscParameter parameters[] = {
  { "lr", ISC_PARAMETER_NUMBER, "0.01", 0, 1e6, .help = N_ ("The learning rate.") },
  { "lr_decay", ISC_PARAMETER_NUMBER, "0", 0, 1e6,
    .help = N_ ("The learning rate is divided by 1 + this for every step taken.") },
  { "weight_decay", ISC_PARAMETER_NUMBER, "0", 0, 1e6,
    .help = N_ ("A pull of the weights towards zero.") },
  { "initial_accumulator_value", ISC_PARAMETER_NUMBER, "0", 0, 1e6,
    .help = N_ ("What the sum of squares begins with.") },
  { "eps", ISC_PARAMETER_NUMBER, "1e-10", 0, 1e6, .help = N_ ("Keeps the division finite.") },
};

const IscOptimizer isc_optimizer_adagrad = {
  .item = {
    .id = "Adagrad",
    .label = N_ ("Adagrad"),
    .summary = N_ ("Scales each weight's step by all its gradients so far: steps only shrink."),
    .formula = "w ← w − lr · g / (√Σg² + eps)",
    .citation = "Duchi, Hazan, Singer 2011, Adaptive subgradient methods for online learning and stochastic "
                "optimization",
    .caution = N_ ("Large first gradients, as a bad init gives, make every later step small."),
    ISC_PARAMETERS (parameters),
  },
  .count_states = count_states,
  .prepare = prepare,
  .step = step,
};
