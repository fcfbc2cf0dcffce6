/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"

/**
 * IscCurve:
 * @steps: (array length=n): steps made, not decreasing
 * @y: (array length=n): the values there
 * @n: how many
 *
 * What a run records, over its steps.
 */
typedef struct
{
  double *steps;
  double *y;
  gsize n;
} IscCurve;

/**
 * isc_curve_new_rows:
 * @columns: (array length=n_columns): of the trace; where there are several their median counts,
 *   of those that are finite
 *
 * Returns: (transfer full): every row of the trace; of a run that diverged up to the step before
 */
IscCurve *isc_curve_new_rows (const IscRunResult *run, const guint *columns, guint n_columns);

/**
 * isc_curve_new_smoothed:
 * @rows: what isc_curve_new_rows() gave
 * @span: steps in a bucket of the trace
 * @weight: weight of the past, 0..1
 *
 * Exponential mean s = w s + (1 - w) y, over 1 - w^t so that it does not begin at zero.  What is
 * not finite has no part in it.  In a trace that was thinned the middle between the least and the
 * greatest of a bucket counts for all its steps.
 *
 * Source: Kingma, Ba 2015 for the correction; see BIBLIOGRAPHY.md.
 */
IscCurve *isc_curve_new_smoothed (const IscCurve *rows, gsize span, double weight);

/**
 * isc_curve_new_epochs:
 *
 * Returns: (transfer full) (nullable): the mean of each epoch at the middle of its steps; %NULL
 *   with fewer than two epochs, or where the steps were thinned, unless it is the loss, whose means
 *   were taken while training
 */
IscCurve *isc_curve_new_epochs (const IscRunResult *run, const IscCurve *rows, gboolean is_loss);

/** isc_curve_new_accuracy: Returns: (transfer full): the test accuracy after each epoch, in
 * percent, where there is one */
IscCurve *isc_curve_new_accuracy (const IscRunResult *run);

void isc_curve_free (IscCurve *curve);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscCurve, isc_curve_free)
