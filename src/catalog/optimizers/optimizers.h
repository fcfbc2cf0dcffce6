/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"
#include "catalog/item.h"

/** The most state buffers an optimizer may keep for a parameter. */
#define ISC_OPTIMIZER_MAX_STATES 4

/**
 * IscStepOptions:
 * @step: which step it is, from 1
 * @lr: the learning rate
 * @momentum: the momentum, or the first of the betas; not a number if it is as in the arguments
 *
 * What changes from step to step.
 */
typedef struct
{
  guint64 step;
  double lr;
  double momentum;
} IscStepOptions;

/**
 * IscStepPlan:
 *
 * Room for what an optimizer makes of its arguments and a step's options before it walks over
 * parameters, a struct of its own.
 */
typedef struct
{
  guint64 room[12];
} IscStepPlan;

/**
 * IscOptimizer:
 * @item: the head
 * @check: (nullable): refuses combinations, as PyTorch's constructor does
 * @count_states: how many buffers of its size each parameter needs; @cycles if steps are given a
 *   momentum
 * @prepare: (out): the plan of one step, for all parameters
 * @step: updates @parameter in place; @gradient may be overwritten
 *
 * An optimizer: PyTorch's plain single-tensor loop.  Scalars are computed in double and applied in
 * float32.
 */
typedef struct
{
  IscItem item;
  gboolean (*check) (const IscArguments *arguments, GError **error);
  guint (*count_states) (const IscArguments *arguments, gboolean cycles);
  void (*prepare) (const IscArguments *arguments, const IscStepOptions *options, IscStepPlan *plan);
  void (*step) (const IscStepPlan *plan,
                IscReal *parameter,
                IscReal *gradient,
                IscReal *const *states,
                gsize n);
} IscOptimizer;

/** isc_optimizers_get: Returns: (array length=n): the list of optimizers */
const IscItem *const *isc_optimizers_get (guint *n);

/** isc_optimizer_has_momentum: Returns: whether it has a momentum or betas, so that steps may be
 * given one */
gboolean isc_optimizer_has_momentum (const IscOptimizer *optimizer);

/** isc_optimizer_step: prepares a step and makes it, of one parameter */
void isc_optimizer_step (const IscOptimizer *optimizer,
                         const IscArguments *arguments,
                         const IscStepOptions *options,
                         IscReal *parameter,
                         IscReal *gradient,
                         IscReal *const *states,
                         gsize n);

/** isc_optimizer_decay: @gradient += @weight_decay @parameter, if that is not 0: how most
 * optimizers begin */
void
isc_optimizer_decay (IscReal weight_decay, const IscReal *parameter, IscReal *gradient, gsize n);

/** isc_optimizer_momentum: Returns: the momentum of a step: its own, or that of @arguments */
IscReal isc_optimizer_momentum (const IscArguments *arguments, const IscStepOptions *options);
