/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SGD with momentum, dampening, Nesterov's form and weight decay, as torch.optim.SGD has them: the
 * first step puts the whole gradient into the buffer, undamped. */

#include "base/clones.h"
#include "base/error.h"
#include "catalog/optimizers/optimizers.h"

static gboolean
check (const IscArguments *arguments, GError **error)
{
  if (isc_arguments_boolean (arguments, "nesterov")
      && (isc_arguments_number (arguments, "momentum") <= 0.0
          || isc_arguments_number (arguments, "dampening") != 0.0))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "SGD: nesterov=True needs a momentum above 0 and a dampening of 0");
      return FALSE;
    }
  return TRUE;
}

static guint
count_states (const IscArguments *arguments, gboolean cycles)
{
  return cycles || isc_arguments_number (arguments, "momentum") != 0.0 ? 1 : 0;
}

typedef struct
{
  IscReal lr;
  IscReal momentum;
  IscReal rest;
  IscReal weight_decay;
  gboolean nesterov;
  gboolean is_first;
} Plan;

G_STATIC_ASSERT (sizeof (Plan) <= sizeof (IscStepPlan));

static void
prepare (const IscArguments *arguments, const IscStepOptions *options, IscStepPlan *plan)
{
  *(Plan *)plan = (Plan){
    .lr = (IscReal)options->lr,
    .momentum = isc_optimizer_momentum (arguments, options),
    .rest = (IscReal)(1.0 - isc_arguments_number (arguments, "dampening")),
    .weight_decay = (IscReal)isc_arguments_number (arguments, "weight_decay"),
    .nesterov = isc_arguments_boolean (arguments, "nesterov"),
    .is_first = options->step == 1,
  };
}

/* Makes the gradient the direction that momentum gives. */
ISC_CLONES static void
follow (const Plan *plan, IscReal *gradient, IscReal *buffer, gsize n)
{
  IscReal momentum = plan->momentum, rest = plan->rest;
  gboolean is_first = plan->is_first, nesterov = plan->nesterov;

  for (gsize i = 0; i < n; i++)
    {
      buffer[i] = is_first ? gradient[i] : momentum * buffer[i] + rest * gradient[i];
      gradient[i] = nesterov ? gradient[i] + momentum * buffer[i] : buffer[i];
    }
}

ISC_CLONES static void
move (IscReal lr, IscReal *parameter, const IscReal *gradient, gsize n)
{
  for (gsize i = 0; i < n; i++)
    parameter[i] -= lr * gradient[i];
}

static void
step (const IscStepPlan *step_plan,
      IscReal *parameter,
      IscReal *gradient,
      IscReal *const *states,
      gsize n)
{
  const Plan *plan = (const Plan *)step_plan;

  isc_optimizer_decay (plan->weight_decay, parameter, gradient, n);
  if (plan->momentum != 0.0f)
    follow (plan, gradient, states[0], n);
  move (plan->lr, parameter, gradient, n);
}

static const IscParameter parameters[] = {
  { "lr", ISC_PARAMETER_NUMBER, "0.001", 0, 1e6, .help = N_ ("The learning rate.") },
  { "momentum", ISC_PARAMETER_NUMBER, "0", 0, 1e6,
    .help = N_ ("How much of the last direction is kept.") },
  { "dampening", ISC_PARAMETER_NUMBER, "0", -1e6, 1e6,
    .help = N_ ("How much of the new gradient is left out.") },
  { "weight_decay", ISC_PARAMETER_NUMBER, "0", 0, 1e6,
    .help = N_ ("A pull of the weights towards zero.") },
  { "nesterov", ISC_PARAMETER_BOOLEAN, "False", .help = N_ ("Nesterov's form of momentum.") },
};

const IscOptimizer isc_optimizer_sgd = {
  .item = {
    .id = "SGD",
    .label = N_ ("SGD"),
    .summary = N_ ("Stochastic gradient descent: shows an initialization's gradients as they are."),
    .formula = "w ← w − lr · g",
    .citation = "torch.optim.SGD; Sutskever, Martens, Dahl, Hinton 2013",
    .caution = N_ ("Vanishing gradients stay vanishing steps."),
    ISC_PARAMETERS (parameters),
  },
  .check = check,
  .count_states = count_states,
  .prepare = prepare,
  .step = step,
};
