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
 * isc_update_begin:
 * @step: steps made before this one
 * @moves: whether parameters are to be moved, and not only their gradients measured
 *
 * Begins a step.
 */
void isc_update_begin (IscUpdate *update, gsize step, gboolean moves);

/**
 * isc_update_take:
 * @update: (type IscUpdate): an update, of which every parameter is to be taken once a step
 *
 * Measures the gradient of @parameter, and moves the parameter if that does not hang on the others'
 * gradients: an #IscNetworkReady.
 */
void isc_update_take (guint parameter, gpointer update);

/**
 * isc_update_finish:
 * @row: (array): a row of the run's trace
 *
 * Clips gradients, values before the norm if both are asked for, and moves the parameters that are
 * not moved yet.  Writes the gradients' norms, before and after clipping, how many of them are not
 * finite, the learning rate and the size of each parameter's update against its weights; not a
 * number where nothing was moved.
 */
void isc_update_finish (IscUpdate *update, IscReal *row);

/** isc_update_get_state: @n: (out): how many; Returns: (transfer none) (array length=n): what the
 * optimizer remembers, to be saved and put back */
IscReal *isc_update_get_state (IscUpdate *update, gsize *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscUpdate, isc_update_free)
