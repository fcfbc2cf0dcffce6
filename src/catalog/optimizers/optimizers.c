/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/optimizers/optimizers.h"

#include "base/clones.h"

extern const IscOptimizer isc_optimizer_adam;
extern const IscOptimizer isc_optimizer_adamw;
extern const IscOptimizer isc_optimizer_sgd;
extern const IscOptimizer isc_optimizer_rmsprop;
extern const IscOptimizer isc_optimizer_adagrad;

/* THE list: an optimizer is its own file and one line here. */
static const IscItem *const optimizers[] = {
  &isc_optimizer_adam.item,    &isc_optimizer_adamw.item,   &isc_optimizer_sgd.item,
  &isc_optimizer_rmsprop.item, &isc_optimizer_adagrad.item,
};

const IscItem *const *
isc_optimizers_get (guint *n)
{
  *n = G_N_ELEMENTS (optimizers);
  return optimizers;
}

gboolean
isc_optimizer_has_momentum (const IscOptimizer *optimizer)
{
  for (guint i = 0; i < optimizer->item.n_parameters; i++)
    if (g_str_equal (optimizer->item.parameters[i].name, "momentum")
        || g_str_equal (optimizer->item.parameters[i].name, "betas"))
      return TRUE;
  return FALSE;
}

void
isc_optimizer_step (const IscOptimizer *optimizer,
                    const IscArguments *arguments,
                    const IscStepOptions *options,
                    IscReal *parameter,
                    IscReal *gradient,
                    IscReal *const *states,
                    gsize n)
{
  IscStepPlan plan;

  optimizer->prepare (arguments, options, &plan);
  optimizer->step (&plan, parameter, gradient, states, n);
}

ISC_CLONES static void
decay (IscReal weight_decay, const IscReal *parameter, IscReal *gradient, gsize n)
{
  for (gsize i = 0; i < n; i++)
    gradient[i] += weight_decay * parameter[i];
}

void
isc_optimizer_decay (IscReal weight_decay, const IscReal *parameter, IscReal *gradient, gsize n)
{
  if (weight_decay != 0.0f)
    decay (weight_decay, parameter, gradient, n);
}

IscReal
isc_optimizer_momentum (const IscArguments *arguments, const IscStepOptions *options)
{
  return (IscReal)(isnan (options->momentum) ? isc_arguments_number (arguments, "momentum")
                                             : options->momentum);
}
