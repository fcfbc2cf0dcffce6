/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/result.h"

/**
 * IscRun:
 *
 * All runs of an experiment: every init with every seed.  It is advanced as far as one likes, from
 * one thread at a time, and keeps its state between: pausing is not advancing.  The numbers do not
 * depend on how it was advanced or on how many threads.
 */
typedef struct _IscRun IscRun;

/**
 * isc_run_new:
 *
 * Checks @experiment, reads its data and prepares its runs.
 *
 * Returns: (transfer full) (nullable): the run; %NULL with ISC_ERROR_INVALID (beginning with the
 * path at fault), ISC_ERROR_IO for a data file, or ISC_ERROR_RESOURCE
 */
IscRun *isc_run_new (IscExperiment *experiment, GError **error);
void isc_run_free (IscRun *run);

/** isc_run_explain_data: Returns: (transfer full) (nullable): a sentence on what the data lack, as
 * isc_data_explain_gaps(); %NULL if nothing, or if each run draws its own */
char *isc_run_explain_data (const IscRun *run);

/**
 * IscRunProgress:
 *
 * Called now and then while a run advances, on any of its threads, never by two at once.
 */
typedef void (*IscRunProgress) (IscRun *run, gpointer data);

/** isc_run_set_checkpoint_bytes: @bytes: the memory that the checkpoints of all runs together may
 * take, instead of what suits the machine.  Not while the run is advanced. */
void isc_run_set_checkpoint_bytes (IscRun *run, gsize bytes);

/**
 * isc_run_advance:
 * @until: advance every run to this many steps, or G_MAXSIZE for the end
 * @n_threads: threads to spread the runs over; 0 for one a core
 * @cancellable: (nullable): stops after the step in progress
 * @progress: (nullable): called about every 20 ms
 *
 * Advances all runs in near lock step.  Blocks until they are there.
 *
 * Returns: %FALSE with ISC_ERROR_CANCELLED, or ISC_ERROR_RESOURCE; the runs may be advanced again
 */
gboolean isc_run_advance (IscRun *run,
                          gsize until,
                          guint n_threads,
                          GCancellable *cancellable,
                          IscRunProgress progress,
                          gpointer data,
                          GError **error);

/**
 * isc_run_advance_by:
 * @n_steps: at least 1
 *
 * Advances the runs in training by so many steps, counted from the one that is furthest: all come
 * to the same step.  Those in training are those that are not over, in a chain (reseed: false) only
 * the first of them.  The other parameters and what is returned are those of isc_run_advance().
 */
gboolean isc_run_advance_by (IscRun *run,
                             gsize n_steps,
                             guint n_threads,
                             GCancellable *cancellable,
                             IscRunProgress progress,
                             gpointer data,
                             GError **error);

/**
 * isc_run_rewind:
 * @step: steps made, from 0 on
 *
 * Every run that is past @step goes back to where it was after so many steps, to the bit, and is
 * running again whether it was finished, had diverged or not; the others stay where they are.  Runs
 * that share random numbers (reseed: false) go back each on its own: one that has begun no longer
 * waits for the one before it.  Snapshots taken earlier stay as they are.
 *
 * The parameters not named here are those of isc_run_advance(), for the steps since the nearest
 * checkpoint are made again.  Where a run is too large for checkpoints, or its rows of then were
 * thinned, those are all steps from the first.
 *
 * Returns: as isc_run_advance() does; where it is %FALSE, runs may be anywhere up to where they
 * were, and the next rewind brings on those that are behind
 */
gboolean isc_run_rewind (IscRun *run,
                         gsize step,
                         guint n_threads,
                         GCancellable *cancellable,
                         IscRunProgress progress,
                         gpointer data,
                         GError **error);

/** isc_run_snapshot: Returns: (transfer full): how far all runs are.  From any thread, at any time.
 */
IscResult *isc_run_snapshot (IscRun *run);

/**
 * isc_run_copy_weights:
 * @index: a run, as in the snapshot
 *
 * Returns: (transfer full) (element-type IscTensor): its parameters as they are now.  Not while
 *   the run is advanced.
 */
GPtrArray *isc_run_copy_weights (IscRun *run, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscRun, isc_run_free)
