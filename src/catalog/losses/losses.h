/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/item.h"

/**
 * IscTargets:
 * @classes: (nullable): a class index for each example
 * @values: (nullable): values, as many as outputs, for each example
 *
 * What a batch should give: one of the two.
 */
typedef struct
{
  const gint64 *classes;
  const float *values;
} IscTargets;

/**
 * IscLoss:
 * @item: the head
 * @wants_classes: whether its targets are class indices
 * @evaluate: the mean loss of a batch, and its gradient by the outputs if @gradient is not %NULL
 *
 * A loss.  @outputs and @gradient are (batch, width), row-major.
 */
typedef struct
{
  IscItem item;
  gboolean wants_classes;
  double (*evaluate) (const IscArguments *arguments,
                      const float *outputs,
                      const IscTargets *targets,
                      gsize batch,
                      gsize width,
                      float *gradient);
} IscLoss;

/** isc_losses_get: Returns: (array length=n): the list of losses */
const IscItem *const *isc_losses_get (guint *n);
