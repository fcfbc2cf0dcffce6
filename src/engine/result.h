/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/observation.h"
#include "engine/trace.h"
#include "experiment/experiment.h"

typedef enum
{
  ISC_RUN_WAITING,
  ISC_RUN_RUNNING,
  ISC_RUN_DONE,
  ISC_RUN_DIVERGED,
  ISC_RUN_REACHED,
} IscRunState;

/** isc_run_state_get_name: Returns: "waiting", "running", "finished", "diverged", "reached" (the
 * loss it was to reach) */
const char *isc_run_state_get_name (IscRunState state);

/** isc_run_state_is_over: Returns: whether a run in that state makes no more steps */
gboolean isc_run_state_is_over (IscRunState state);

/**
 * IscEpoch:
 * @train_loss: mean of the epoch's batch losses
 * @test_loss: NaN without a test set
 * @test_accuracy: in 0..1; NaN without a test set or for values
 * @seconds: time spent training since the run began
 * @last_step: the epoch's last step, counted from 0
 */
typedef struct
{
  double train_loss;
  double test_loss;
  double test_accuracy;
  double seconds;
  gsize last_step;
} IscEpoch;

/**
 * IscRunResult:
 * @label: the init's label
 * @init: the init's index, which fixes its colour
 * @seed: the run's seed
 * @state: how far it is
 * @trace: every step, or what is kept of them
 * @n_rows: how many rows of @trace this snapshot speaks of
 * @n_steps: how many steps those are
 * @planned_steps: how many it will have
 * @epochs: (array length=n_epochs): the epochs completed
 * @observations: (array length=n_observations): close looks at the network, by step; the first is
 *   of the initial weights
 * @final_loss: the last step's loss; NaN before the first
 * @best_loss: the least loss of a step; NaN before the first
 * @accuracy: the last test accuracy, or NaN
 * @diverged_at: the step whose loss was not finite; -1 if none
 * @seconds: time spent
 *
 * One run: one init with one seed.
 */
typedef struct
{
  char *label;
  guint init;
  guint64 seed;
  IscRunState state;
  IscTrace *trace;
  gsize n_rows;
  gsize n_steps;
  gsize planned_steps;
  IscEpoch *epochs;
  guint n_epochs;
  IscObservation **observations;
  guint n_observations;
  double final_loss;
  double best_loss;
  double accuracy;
  gint64 diverged_at;
  double seconds;
} IscRunResult;

/**
 * IscResult:
 *
 * A snapshot of everything computed so far.  Immutable, reference-counted.
 */
typedef struct _IscResult IscResult;

/**
 * isc_result_new_take:
 * @runs: (transfer full) (array length=n_runs): the runs
 */
IscResult *isc_result_new_take (IscExperiment *experiment, IscRunResult *runs, guint n_runs);
IscResult *isc_result_ref (IscResult *result);
void isc_result_unref (IscResult *result);

IscExperiment *isc_result_get_experiment (const IscResult *result);
guint isc_result_get_n_runs (const IscResult *result);
const IscRunResult *isc_result_get_run (const IscResult *result, guint index);

/** isc_result_is_finished: Returns: whether every run is done or diverged */
gboolean isc_result_is_finished (const IscResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscResult, isc_result_unref)
