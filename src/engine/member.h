/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <pthread.h>

#include "engine/history.h"
#include "engine/trainer.h"

/**
 * IscMember:
 * @experiment: borrowed
 * @mutex: borrowed: guards @busy and what is published
 * @previous: (nullable): the run that has to be over before this one begins, with what it left of
 *   the random numbers; %NULL unless the experiment does not reseed.  Once begun, a run is on its
 *   own
 * @init: the entry of inits
 * @seed: its seed
 * @data: what it trains on
 * @start: the generator when the data were drawn and the network was not
 * @generator: the run's
 * @trainer: (nullable): %NULL until it begins
 * @history: its checkpoints
 * @seconds: time spent training
 * @goal: steps that it is to be trained to
 * @busy: whether a thread has it in hand
 * @published: what others may see of it; its arrays are the three that follow
 * @trace: (nullable): the steps
 * @epochs: (element-type IscEpoch): the epochs
 * @observations: (element-type IscObservation): the looks taken
 *
 * One of the runs of an IscRun, which alone looks into it.  Its trainer belongs to whoever made it
 * busy; what it did since is published when that ends.
 */
typedef struct _IscMember IscMember;

struct _IscMember
{
  IscExperiment *experiment;
  pthread_mutex_t *mutex;
  const IscMember *previous;
  guint init;
  guint64 seed;
  IscData *data;
  IscGenerator *start;
  IscGenerator *generator;
  IscTrainer *trainer;
  IscHistory *history;
  double seconds;
  gsize goal;

  gboolean busy;
  IscRunResult published;
  IscTrace *trace;
  GArray *epochs;
  GPtrArray *observations;
};

/** isc_member_init: @member: all 0 but for its first five fields */
void isc_member_init (IscMember *member);
void isc_member_clear (IscMember *member);

/** isc_member_start: @shared: (nullable): the data that all runs share; %NULL to draw them, or to
 * take what the previous one drew; Returns: %FALSE with an error as isc_run_new() has */
gboolean isc_member_start (IscMember *member, IscData *shared, GError **error);

/** isc_member_is_in_training: Returns: whether it can make a step now: in a chain a run begins
 * where the one before it ended.  With the mutex held, or nobody at work. */
gboolean isc_member_is_in_training (const IscMember *member);

/** isc_member_count_steps: Returns: its steps and those of the runs that had to be over before it,
 * by which chains are kept abreast.  With the mutex held. */
gsize isc_member_count_steps (const IscMember *member);

/** isc_member_train: @usec: how long at most, but for the last step; Trains it towards its goal.
 * Returns: %FALSE with ISC_ERROR_RESOURCE */
gboolean
isc_member_train (IscMember *member, gint64 usec, GCancellable *cancellable, GError **error);

/** isc_member_go_back: brings it, which is past @step, to the latest place at or before that is
 * kept, or to its start.  Returns: %FALSE with ISC_ERROR_RESOURCE */
gboolean isc_member_go_back (IscMember *member, gsize step, GError **error);

/** isc_member_get_result: @result: (out): what is published, as isc_result_new_take() wants it.
 * With the mutex held. */
void isc_member_get_result (const IscMember *member, IscRunResult *result);
