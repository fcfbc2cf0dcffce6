/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"
#include "catalog/item.h"

/**
 * IscActivation:
 * @item: the head
 * @by_rows: whether an output depends on all inputs of its example: @forward and @backward are then
 *   for one example, of @n numbers; else for any number of examples at once
 * @check: (nullable): refuses arguments that do not fit each other or @input, the shape of one
 *   example, with ISC_ERROR_INVALID
 * @is_rectifier: whether it is 0 for all that is negative, so that a unit may be 0 for every
 * example
 * @get_flat: (nullable): of a bounded one, the outputs at or beyond which its slope is next to
 *   nothing: it is saturated there
 * @forward: y[i] = f(x[i]), or y = f(x) by rows
 * @backward: dx[i] = f'(x[i]) dy[i], with y = f(x) at hand; @dx may be @dy
 *
 * An activation, in float32 with PyTorch's conventions at its kinks.  Its output has the shape of
 * its input.
 */
typedef struct
{
  IscItem item;
  gboolean by_rows;
  gboolean (*check) (const IscArguments *arguments, const IscShape *input, GError **error);
  gboolean is_rectifier;
  void (*get_flat) (const IscArguments *arguments, IscReal *low, IscReal *high);
  void (*forward) (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n);
  void (*backward) (const IscArguments *arguments,
                    const IscReal *x,
                    const IscReal *y,
                    const IscReal *dy,
                    IscReal *dx,
                    gsize n);
} IscActivation;

/** isc_activations_get: Returns: (array length=n): the list of activations */
const IscItem *const *isc_activations_get (guint *n);

/**
 * isc_activation_check:
 * @input: the shape of one example
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if the arguments do not fit each other or @input
 */
gboolean isc_activation_check (const IscActivation *activation,
                               const IscArguments *arguments,
                               const IscShape *input,
                               GError **error);

/** isc_activation_forward: y = f(x) for @batch examples of @width numbers each */
void isc_activation_forward (const IscActivation *activation,
                             const IscArguments *arguments,
                             const IscReal *x,
                             IscReal *y,
                             gsize batch,
                             gsize width);

/** isc_activation_backward: dL/dx from dL/dy for as many, with y = f(x) at hand; @dx may be @dy */
void isc_activation_backward (const IscActivation *activation,
                              const IscArguments *arguments,
                              const IscReal *x,
                              const IscReal *y,
                              const IscReal *dy,
                              IscReal *dx,
                              gsize batch,
                              gsize width);
