/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"
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
  const IscReal *values;
} IscTargets;

/**
 * IscLoss:
 * @item: the head
 * @wants_classes: whether its targets are class indices, and not values
 * @check: (nullable): refuses arguments that do not fit each other or @width, the outputs of an
 *   example, with ISC_ERROR_INVALID
 * @evaluate: the loss of a batch, and its gradient by the outputs if @gradient is not %NULL
 *
 * A loss.  @outputs and @gradient are (batch, width), row-major.  Every loss has the parameter
 * "reduction": 'mean' or 'sum'.
 */
typedef struct
{
  IscItem item;
  gboolean wants_classes;
  gboolean (*check) (const IscArguments *arguments, gsize width, GError **error);
  double (*evaluate) (const IscArguments *arguments,
                      const IscReal *outputs,
                      const IscTargets *targets,
                      gsize batch,
                      gsize width,
                      IscReal *gradient);
} IscLoss;

/** The values of "reduction", and its row in a loss's table of parameters. */
extern const char *const isc_loss_reductions[];

#define ISC_LOSS_REDUCTION                                                                         \
  {                                                                                                \
    "reduction", ISC_PARAMETER_CHOICE, "'mean'",                                                   \
        .choices = isc_loss_reductions,                                                            \
        .help = N_ ("Whether a batch's losses are averaged or added up.")                          \
  }

/** isc_losses_get: Returns: (array length=n): the list of losses */
const IscItem *const *isc_losses_get (guint *n);

/**
 * isc_loss_check:
 * @width: the outputs of an example
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if the arguments do not fit each other or @width
 */
gboolean
isc_loss_check (const IscLoss *loss, const IscArguments *arguments, gsize width, GError **error);

/** isc_loss_is_mean: Returns: whether @arguments ask for the mean of a batch, and not its sum */
gboolean isc_loss_is_mean (const IscArguments *arguments);

/**
 * isc_loss_check_weights:
 * @name: a parameter that is None or one number for each of @width
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if it has another length
 */
gboolean isc_loss_check_weights (const IscArguments *arguments,
                                 const char *name,
                                 gsize width,
                                 GError **error);
