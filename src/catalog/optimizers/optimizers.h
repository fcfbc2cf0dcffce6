/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"
#include "catalog/item.h"

/** The most state buffers an optimizer may keep for a parameter. */
#define ISC_OPTIMIZER_MAX_STATES 4

/**
 * IscOptimizer:
 * @item: the head
 * @check: (nullable): refuses combinations, as PyTorch's constructor does
 * @count_states: how many buffers of its size each parameter needs
 * @step: updates @parameter in place; @step counts from 1; @gradient may be overwritten
 *
 * An optimizer: PyTorch's plain single-tensor loop.  Scalars are computed in double and applied in
 * float32.
 */
typedef struct
{
  IscItem item;
  gboolean (*check) (const IscArguments *arguments, GError **error);
  guint (*count_states) (const IscArguments *arguments);
  void (*step) (const IscArguments *arguments,
                guint64 step,
                IscReal *parameter,
                IscReal *gradient,
                IscReal *const *states,
                gsize n);
} IscOptimizer;

/** isc_optimizers_get: Returns: (array length=n): the list of optimizers */
const IscItem *const *isc_optimizers_get (guint *n);
