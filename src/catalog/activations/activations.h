/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/item.h"

/**
 * IscActivation:
 * @item: the head
 * @forward: y[i] = f(x[i])
 * @backward: dx[i] = f'(x[i]) dy[i], with y = f(x) at hand; @dx may be @dy
 *
 * An elementwise activation, in float32 with PyTorch's conventions at its kinks.
 */
typedef struct
{
  IscItem item;
  void (*forward) (const IscArguments *arguments, const float *x, float *y, gsize n);
  void (*backward) (const IscArguments *arguments,
                    const float *x,
                    const float *y,
                    const float *dy,
                    float *dx,
                    gsize n);
} IscActivation;

/** isc_activations_get: Returns: (array length=n): the list of activations */
const IscItem *const *isc_activations_get (guint *n);
