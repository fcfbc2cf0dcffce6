/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"
#include "plot/figure.h"
#include "views/views.h"

/**
 * IscSteps:
 * @result: the runs
 * @options: smoothing and time axis
 * @columns: (array length=n_columns): what is drawn of the trace; of several columns their median
 * @alone: one run has the panel for itself, however many seeds there are
 *
 * What a run's trace holds, over time.  Every step is in sight: raw and faint under a curve that is
 * the smoothed one if that was asked for, else the mean of each epoch from two epochs on; without
 * either it is itself the curve.  Several seeds of an init are faint, under their median and the
 * band between their quartiles.  Of a trace that was thinned, the least and the greatest of every
 * bucket take the steps' place, and only the loss has means.
 */
typedef struct
{
  const IscResult *result;
  const IscViewOptions *options;
  const guint *columns;
  guint n_columns;
  gboolean alone;
} IscSteps;

/** isc_steps_add_inits: adds all runs in the colours of their inits, and where they diverged */
void isc_steps_add_inits (const IscSteps *steps, IscPanel *panel);

/** isc_steps_add_raw: adds every step of run @index; with @label (nullable) if no curve carries it
 */
void isc_steps_add_raw (
    const IscSteps *steps, IscPanel *panel, guint index, const IscStyle *style, const char *label);

/** isc_steps_add_curve: adds the curve over the steps of run @index, if there is one */
void isc_steps_add_curve (
    const IscSteps *steps, IscPanel *panel, guint index, const IscStyle *style, const char *label);

/** isc_steps_caption: Returns: (transfer full): what the lines are */
char *isc_steps_caption (const IscSteps *steps);

/** isc_steps_note: Returns: (transfer full) (nullable): why there are no lines, or which are
 * missing */
char *isc_steps_note (const IscSteps *steps);
