/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/optimizers/optimizers.h"
#include "experiment/experiment.h"

/**
 * IscRate:
 *
 * The learning rate of every step of a run: the optimizer's, as the experiment's schedule has it.
 * It remembers no step, so that any may be asked for.
 */
typedef struct _IscRate IscRate;

/**
 * isc_rate_new:
 * @planned_steps: the steps of the run
 * @steps_per_epoch: the batches of the loader
 *
 * Returns: (transfer full) (nullable): the rate, or %NULL with ISC_ERROR_INVALID for a schedule
 *   that ends before the run does, or does not suit the optimizer
 */
IscRate *isc_rate_new (IscExperiment *experiment,
                       gsize planned_steps,
                       gsize steps_per_epoch,
                       GError **error);
void isc_rate_free (IscRate *rate);

/** isc_rate_cycles: Returns: whether steps are given a momentum, as
 * IscOptimizer.count_states() asks */
gboolean isc_rate_cycles (const IscRate *rate);

/**
 * isc_rate_at:
 * @step: steps made before this one
 *
 * Returns: what the optimizer is told for this step
 */
IscStepOptions isc_rate_at (const IscRate *rate, gsize step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscRate, isc_rate_free)
