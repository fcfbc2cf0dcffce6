/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adam and AdamW as torch.optim has them: eps is added after the bias correction of the root;
 * weight decay is part of Adam's gradient, and AdamW shrinks the weights before its step. */

#include <math.h>

#include "base/clones.h"
#include "catalog/optimizers/optimizers.h"

static guint
count_states (const IscArguments *arguments, gboolean cycles)
{
  return isc_arguments_boolean (arguments, "amsgrad") ? 3 : 2;
}

typedef struct
{
  IscReal beta1;
  IscReal beta2;
  IscReal rest1;
  IscReal rest2;
  IscReal step_size;
  IscReal root_correction;
  IscReal eps;
  IscReal weight_decay;
  gboolean amsgrad;
} Plan;

/* @kept: what is left of a weight. */
typedef struct
{
  Plan plan;
  IscReal kept;
} PlanW;

G_STATIC_ASSERT (sizeof (PlanW) <= sizeof (IscStepPlan));

static void
prepare (const IscArguments *arguments, const IscStepOptions *options, IscStepPlan *step_plan)
{
  Plan *plan = (Plan *)step_plan;
  double betas[2];

  isc_arguments_pair (arguments, "betas", betas);
  if (!isnan (options->momentum))
    betas[0] = options->momentum;
  *plan = (Plan){
    .beta1 = (IscReal)betas[0],
    .beta2 = (IscReal)betas[1],
    .rest1 = (IscReal)(1.0 - betas[0]),
    .rest2 = (IscReal)(1.0 - betas[1]),
    .step_size = (IscReal)(options->lr / (1.0 - pow (betas[0], (double)options->step))),
    .root_correction = (IscReal)sqrt (1.0 - pow (betas[1], (double)options->step)),
    .eps = (IscReal)isc_arguments_number (arguments, "eps"),
    .weight_decay = (IscReal)isc_arguments_number (arguments, "weight_decay"),
    .amsgrad = isc_arguments_boolean (arguments, "amsgrad"),
  };
}

static void
prepare_w (const IscArguments *arguments, const IscStepOptions *options, IscStepPlan *step_plan)
{
  double weight_decay = isc_arguments_number (arguments, "weight_decay");

  prepare (arguments, options, step_plan);
  ((PlanW *)step_plan)->kept = (IscReal)(1.0 - options->lr * weight_decay);
}

/* Without amsgrad @greatest is @square itself. */
ISC_CLONES static void
move (const Plan *plan,
      IscReal *parameter,
      const IscReal *gradient,
      IscReal *mean,
      IscReal *square,
      IscReal *greatest,
      gsize n)
{
  const Plan p = *plan;

  for (gsize i = 0; i < n; i++)
    {
      IscReal g = gradient[i];

      mean[i] = p.beta1 * mean[i] + p.rest1 * g;
      square[i] = p.beta2 * square[i] + p.rest2 * g * g;
    }
  if (greatest != square)
    for (gsize i = 0; i < n; i++)
      greatest[i] = square[i] > greatest[i] || isnan (square[i]) ? square[i] : greatest[i];
  for (gsize i = 0; i < n; i++)
    parameter[i]
        -= p.step_size * mean[i] / (isc_real_sqrt (greatest[i]) / p.root_correction + p.eps);
}

static void
adam_step (const IscStepPlan *step_plan,
           IscReal *parameter,
           IscReal *gradient,
           IscReal *const *states,
           gsize n)
{
  const Plan *plan = (const Plan *)step_plan;

  isc_optimizer_decay (plan->weight_decay, parameter, gradient, n);
  move (plan, parameter, gradient, states[0], states[1], states[plan->amsgrad ? 2 : 1], n);
}

ISC_CLONES static void
shrink (IscReal kept, IscReal *parameter, gsize n)
{
  for (gsize i = 0; i < n; i++)
    parameter[i] *= kept;
}

static void
adamw_step (const IscStepPlan *step_plan,
            IscReal *parameter,
            IscReal *gradient,
            IscReal *const *states,
            gsize n)
{
  const PlanW *plan = (const PlanW *)step_plan;

  shrink (plan->kept, parameter, n);
  move (&plan->plan, parameter, gradient, states[0], states[1], states[plan->plan.amsgrad ? 2 : 1],
        n);
}

#define PARAMETERS(weight_decay)                                                                     \
  {                                                                                                  \
    { "lr", ISC_PARAMETER_NUMBER, "0.001", 0, 1e6, .help = N_ ("The learning rate.") },              \
        { "betas",                                                                                   \
          ISC_PARAMETER_PAIR,                                                                        \
          "(0.9, 0.999)",                                                                            \
          0,                                                                                         \
          0.9999999,                                                                                 \
          .help = N_ ("Decay of the running mean of gradients and of their squares.") },             \
        { "eps", ISC_PARAMETER_NUMBER, "1e-08", 0, 1e6, .help = N_ ("Keeps the division finite.") }, \
        { "weight_decay",                                                                            \
          ISC_PARAMETER_NUMBER,                                                                      \
          weight_decay,                                                                              \
          0,                                                                                         \
          1e6,                                                                                       \
          .help = N_ ("A pull of the weights towards zero.") },                                      \
        { "amsgrad", ISC_PARAMETER_BOOLEAN, "False",                                                 \
          .help = N_ ("Keep the greatest of the running squares.") },                                \
  }

static const IscParameter adam_parameters[] = PARAMETERS ("0");
static const IscParameter adamw_parameters[] = PARAMETERS ("0.01");

const IscOptimizer isc_optimizer_adam = {
  .item = {
    .id = "Adam",
    .label = N_ ("Adam"),
    .summary = N_ ("Scales each weight's step by its own gradient history."),
    .formula = "w ← w − lr · m̂ / (√v̂ + eps)",
    .citation = "Kingma, Ba 2015, Adam: a method for stochastic optimization",
    .caution = N_ ("Turns even rounding noise into full steps: gradients of 1e-8 move weights as those of 1 do."),
    ISC_PARAMETERS (adam_parameters),
  },
  .count_states = count_states,
  .prepare = prepare,
  .step = adam_step,
};

const IscOptimizer isc_optimizer_adamw = {
  .item = {
    .id = "AdamW",
    .label = N_ ("AdamW"),
    .summary = N_ ("Adam whose weight decay is not scaled by the gradients' history."),
    .formula = "w ← (1 − lr · weight_decay) w − lr · m̂ / (√v̂ + eps)",
    .citation = "Loshchilov, Hutter 2019, Decoupled weight decay regularization",
    .caution = N_ ("Its weight decay is not 0 unless you say so: every weight shrinks, whatever the init."),
    ISC_PARAMETERS (adamw_parameters),
  },
  .count_states = count_states,
  .prepare = prepare_w,
  .step = adamw_step,
};
