/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/network.h"
#include "engine/rate.h"
#include "experiment/experiment.h"

/**
 * IscUpdate:
 *
 * What a step does after the backward pass: it measures the gradients, clips them, and moves the
 * parameters by the experiment's optimizer.  Allocates nothing once it is made.
 */
typedef struct _IscUpdate IscUpdate;

/**
 * isc_update_new:
 * @network: whose parameters it moves; it must outlive the update
 * @rate: by what learning rate; it must outlive it too
 *
 * Returns: (transfer full) (nullable): the update, or %NULL with ISC_ERROR_INVALID for an optimizer
 *   that can't be made, or ISC_ERROR_RESOURCE
 */
IscUpdate *isc_update_new (IscExperiment *experiment,
                           IscNetwork *network,
                           const IscRate *rate,
                           GError **error);
void isc_update_free (IscUpdate *update);

/**
 * isc_update_measure:
 * @row: (array): a row of the run's trace
 *
 * Writes the gradients' norms and how many of them are not finite into @row; what
 * isc_update_apply() writes is not a number until it does.
 */
void isc_update_measure (IscUpdate *update, IscReal *row);

/**
 * isc_update_apply:
 * @step: steps made before this one
 * @row: the row that isc_update_measure() was given
 *
 * Clips the gradients, values before the norm if both are asked for, and moves the parameters;
 * writes the learning rate, the norm after clipping and the size of each parameter's update against
 * its weights.
 */
void isc_update_apply (IscUpdate *update, gsize step, IscReal *row);

/** isc_update_get_state: @n: (out): how many; Returns: (transfer none) (array length=n): what the
 * optimizer remembers, to be saved and put back */
IscReal *isc_update_get_state (IscUpdate *update, gsize *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscUpdate, isc_update_free)
