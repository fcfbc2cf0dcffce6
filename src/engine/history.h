/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/trainer.h"

/**
 * IscHistory:
 *
 * Checkpoints of one run within a budget of memory: one before the first step, then one every so
 * many steps.  When they are too many every other one is dropped, so that they stay evenly spread
 * however long the run is.  Which are kept depends on the number of steps alone.
 */
typedef struct _IscHistory IscHistory;

/** isc_history_new: @budget: bytes that it may hold; a checkpoint that is larger is never made */
IscHistory *isc_history_new (gsize budget);
void isc_history_free (IscHistory *history);

/**
 * isc_history_visit:
 * @trainer: a run that is not over
 * @seconds: time spent training it
 *
 * To be called before every step: makes a checkpoint where one is due.  Where there is no memory
 * for it, none is made.  Cost: a comparison, or a copy of the run's numbers.
 */
void isc_history_visit (IscHistory *history, IscTrainer *trainer, double seconds);

/** isc_history_find: Returns: (transfer none) (nullable): the latest checkpoint at or before @step
 */
const IscCheckpoint *isc_history_find (const IscHistory *history, gsize step);

/**
 * isc_history_go_back:
 * @trainer: the run, which is past @step
 *
 * Restores the latest checkpoint at or before @step; later ones are dropped, to be made again.
 *
 * Returns: %FALSE with ISC_ERROR_RESOURCE if there is no memory for the rows up to there
 */
gboolean isc_history_go_back (IscHistory *history, IscTrainer *trainer, gsize step, GError **error);

/** isc_history_get_n_checkpoints: Returns: how many there are */
guint isc_history_get_n_checkpoints (const IscHistory *history);

/** isc_history_get_bytes: @trace: the run's, which would be there without them; Returns: the memory
 * they hold */
gsize isc_history_get_bytes (const IscHistory *history, const IscTrace *trace);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscHistory, isc_history_free)
