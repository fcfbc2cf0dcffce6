/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/scale.h"

/**
 * IscTick:
 * @value: where
 * @label: what is written there; %NULL for a minor tick
 *
 * A place on an axis.
 */
typedef struct
{
  double value;
  char *label;
} IscTick;

/** isc_ticks_new_empty: Returns: (transfer full) (element-type IscTick): a list to add ticks to */
GArray *isc_ticks_new_empty (void);

/**
 * isc_ticks_new:
 * @scale: an axis
 * @max_labels: how many labels there is room for
 *
 * Places ticks at round values inside the range: 1, 2 or 5 times a power of ten on a linear axis,
 * decades (every second, fifth, ... if there are many) on a log axis, 1-2-5 within them if they are
 * few.  The labels carry enough digits to differ.  Cost O(max_labels) for any range.
 *
 * Returns: (transfer full) (element-type IscTick): ticks in increasing order, at most @max_labels of
 *   them labelled
 */
GArray *isc_ticks_new (const IscScale *scale, guint max_labels);
