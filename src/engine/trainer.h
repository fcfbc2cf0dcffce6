/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/datasets/datasets.h"
#include "engine/checkpoint.h"
#include "engine/network.h"
#include "engine/result.h"

/**
 * IscTrainer:
 *
 * One init trained with one seed: a script between torch.manual_seed() and its last step.  It knows
 * neither threads nor main loops, and a step allocates nothing.
 */
typedef struct _IscTrainer IscTrainer;

/**
 * isc_trainer_new:
 * @experiment: what to train
 * @init: the entry of inits
 * @data: (nullable): the data, shared between runs; %NULL to draw them from @generator
 * @generator: the run's generator, already seeded; it must outlive the trainer
 *
 * Draws the data if they are the run's own, constructs the network and applies the init.
 *
 * Returns: (transfer full) (nullable): the trainer, or %NULL with an error as isc_run_new() has
 */
IscTrainer *isc_trainer_new (
    IscExperiment *experiment, guint init, IscData *data, IscGenerator *generator, GError **error);
void isc_trainer_free (IscTrainer *trainer);

/** isc_trainer_get_data: Returns: (transfer none): what it trains on, to be shared with another */
IscData *isc_trainer_get_data (const IscTrainer *trainer);

/** isc_trainer_get_network: Returns: (transfer none): the network as it is now */
IscNetwork *isc_trainer_get_network (const IscTrainer *trainer);

/** isc_trainer_get_bytes: Returns: the memory it holds, with what it will record and without the
 * data */
gsize isc_trainer_get_bytes (const IscTrainer *trainer);

/** isc_trainer_get_observations: Returns: (transfer none) (element-type IscObservation): the looks
 * that were taken at the network */
GPtrArray *isc_trainer_get_observations (const IscTrainer *trainer);

/** isc_trainer_get_trace: Returns: (transfer none): the steps so far */
IscTrace *isc_trainer_get_trace (const IscTrainer *trainer);

/** isc_trainer_get_planned_steps: Returns: how many steps the experiment asks for */
gsize isc_trainer_get_planned_steps (const IscTrainer *trainer);

/** isc_trainer_get_state: Returns: waiting before the first step, then running, and in the
 * end done, diverged or reached */
IscRunState isc_trainer_get_state (const IscTrainer *trainer);

/** isc_trainer_get_epochs: @n: (out): how many; Returns: (transfer none) (array length=n): the
 * epochs completed */
const IscEpoch *isc_trainer_get_epochs (const IscTrainer *trainer, guint *n);

/**
 * isc_trainer_step:
 * @seconds: time spent training before this step, for the epoch's record
 *
 * Forward, loss, backward, norms, clipping, the optimizer's step; at the end of an epoch also the
 * test.  A step whose loss is at or below the experiment's target_loss is the last. A loss that is
 * not finite is recorded and ends the run as diverged: that is a result.
 *
 * Returns: %FALSE with ISC_ERROR_RESOURCE if the step can't be recorded; nothing happens once the
 *   run is over
 */
gboolean isc_trainer_step (IscTrainer *trainer, double seconds, GError **error);

/**
 * isc_trainer_evaluate:
 * @split: training or test examples
 * @accuracy: (out) (optional): share of examples whose greatest output is their class; NaN for
 * values
 *
 * Returns: the mean loss over all examples of @split, NaN if it has none
 */
double isc_trainer_evaluate (IscTrainer *trainer, const IscSplit *split, double *accuracy);

/** isc_trainer_get_n_steps: Returns: steps made */
gsize isc_trainer_get_n_steps (const IscTrainer *trainer);

/** isc_trainer_get_checkpoint_bytes: Returns: the memory of a checkpoint, without its trace */
gsize isc_trainer_get_checkpoint_bytes (const IscTrainer *trainer);

/**
 * isc_trainer_save:
 *
 * Whatever a trainer keeps from one step to the next belongs into its checkpoint.
 *
 * Returns: (transfer full) (nullable): what it is now, between two steps of a run that is not over,
 *   its seconds 0; %NULL if there is no memory
 */
IscCheckpoint *isc_trainer_save (IscTrainer *trainer);

/**
 * isc_trainer_restore:
 * @checkpoint: of this trainer, at the step it is at or an earlier one
 *
 * Goes back.  The trace so far stays with those who hold it: the trainer goes on with a new one.
 *
 * Returns: %FALSE with ISC_ERROR_RESOURCE, and nothing is changed
 */
gboolean isc_trainer_restore (IscTrainer *trainer, const IscCheckpoint *checkpoint, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscTrainer, isc_trainer_free)
