/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"
#include "plot/figure.h"
#include "views/views.h"

/**
 * IscClock:
 * @axis: what a run is drawn against
 * @run: the run
 * @steps_per_epoch: NaN while that is not known
 *
 * Where a run's steps stand on the time axis.  A plain value.  Seconds are recorded once an epoch
 * and at the end; between, they are interpolated.
 */
typedef struct
{
  IscTimeAxis axis;
  const IscRunResult *run;
  double steps_per_epoch;
} IscClock;

IscClock isc_clock_new (const IscResult *result, guint index, const IscViewOptions *options);

/** isc_clock_at: @n_steps: steps made; Returns: where that is on the axis; NaN if not known */
double isc_clock_at (const IscClock *clock, double n_steps);

/** isc_clock_set_axis: titles the horizontal axis of @panel */
void isc_clock_set_axis (IscPanel *panel, const IscViewOptions *options);

/** isc_clock_caption: Returns: (nullable): how the axis was made, where that has to be said */
const char *isc_clock_caption (const IscViewOptions *options);

/** isc_clock_note: Returns: (nullable): why the axis has no numbers yet */
const char *isc_clock_note (const IscResult *result, const IscViewOptions *options);
