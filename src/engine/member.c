/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/member.h"

#include <math.h>

#include "base/runtime.h"
#include "engine/dataset.h"

/* They change seldom: one is added, or others are dropped as well. */
static void
publish_observations (IscMember *member)
{
  const GPtrArray *now = isc_trainer_get_observations (member->trainer);
  GPtrArray *before = member->observations;

  if (now->len == before->len
      && (now->len == 0 || now->pdata[now->len - 1] == before->pdata[before->len - 1]))
    return;
  g_ptr_array_set_size (before, 0);
  for (guint i = 0; i < now->len; i++)
    g_ptr_array_add (before, isc_observation_ref (now->pdata[i]));
}

/* Makes what the trainer did visible to snapshots.  Called with the mutex held. */
static void
publish (IscMember *member)
{
  IscRunResult *published = &member->published;
  IscTrace *trace = isc_trainer_get_trace (member->trainer);
  guint n_epochs;
  const IscEpoch *epochs = isc_trainer_get_epochs (member->trainer, &n_epochs);
  gsize n_rows = isc_trace_get_n_rows (trace);

  /* Another trace: it was thinned, or the run went back. */
  if (trace != member->trace)
    {
      g_clear_pointer (&member->trace, isc_trace_unref);
      member->trace = isc_trace_ref (trace);
      published->n_rows = 0;
      published->best_loss = NAN;
      published->final_loss = NAN;
    }
  for (gsize row = published->n_rows; row < n_rows; row++)
    {
      double loss = (double)isc_trace_get (trace, row, ISC_TRACE_LOSS);

      if (isfinite (loss) && !(published->best_loss <= loss))
        published->best_loss = loss;
      published->final_loss = loss;
    }
  published->n_rows = n_rows;
  published->n_steps = isc_trace_get_n_steps (trace);
  published->planned_steps = isc_trainer_get_planned_steps (member->trainer);
  published->state = isc_trainer_get_state (member->trainer);
  published->diverged_at
      = published->state == ISC_RUN_DIVERGED ? (gint64)published->n_steps - 1 : -1;
  published->seconds = member->seconds;
  g_array_set_size (member->epochs, MIN (member->epochs->len, n_epochs));
  g_array_append_vals (member->epochs, epochs + member->epochs->len,
                       n_epochs - member->epochs->len);
  publish_observations (member);
  published->accuracy = n_epochs > 0 ? epochs[n_epochs - 1].test_accuracy : NAN;
}

/* Makes the trainer as it is before its first step. */
static gboolean
make_trainer (IscMember *member, GError **error)
{
  IscTrainer *trainer;

  isc_generator_assign (member->generator, member->start);
  trainer
      = isc_trainer_new (member->experiment, member->init, member->data, member->generator, error);
  if (!trainer)
    return FALSE;
  pthread_mutex_lock (member->mutex);
  g_clear_pointer (&member->trainer, isc_trainer_free);
  member->trainer = trainer;
  member->seconds = 0.0;
  publish (member);
  pthread_mutex_unlock (member->mutex);
  return TRUE;
}

static void
clear_start (IscMember *member)
{
  g_clear_pointer (&member->data, isc_data_unref);
  g_clear_pointer (&member->start, isc_generator_free);
  g_clear_pointer (&member->generator, isc_generator_free);
}

void
isc_member_init (IscMember *member)
{
  member->epochs = g_array_new (FALSE, FALSE, sizeof (IscEpoch));
  member->observations = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_observation_unref);
  member->published = (IscRunResult){
    .init = member->init,
    .seed = member->seed,
    .state = ISC_RUN_WAITING,
    .final_loss = NAN,
    .best_loss = NAN,
    .accuracy = NAN,
    .diverged_at = -1,
  };
}

void
isc_member_clear (IscMember *member)
{
  g_clear_pointer (&member->trainer, isc_trainer_free);
  g_clear_pointer (&member->history, isc_history_free);
  clear_start (member);
  g_clear_pointer (&member->trace, isc_trace_unref);
  g_array_unref (member->epochs);
  g_ptr_array_unref (member->observations);
}

gboolean
isc_member_start (IscMember *member, IscData *shared, GError **error)
{
  const IscMember *previous = member->previous;

  clear_start (member);
  member->generator
      = previous ? isc_generator_copy (previous->generator) : isc_generator_new (member->seed);
  /* In a chain the data are drawn once, by the first run. */
  member->data = previous ? isc_data_ref (previous->data)
                 : shared ? isc_data_ref (shared)
                          : isc_dataset_load (member->experiment, member->generator, error);
  if (!member->data)
    return FALSE;
  member->start = isc_generator_copy (member->generator);
  return make_trainer (member, error);
}

gboolean
isc_member_is_in_training (const IscMember *member)
{
  return !isc_run_state_is_over (member->published.state)
         && (member->trainer || !member->previous
             || isc_run_state_is_over (member->previous->published.state));
}

gsize
isc_member_count_steps (const IscMember *member)
{
  gsize steps = 0;

  for (; member; member = member->previous)
    steps += member->published.n_steps;
  return steps;
}

gboolean
isc_member_train (IscMember *member, gint64 usec, GCancellable *cancellable, GError **error)
{
  guint mode = isc_runtime_begin_training_thread ();
  gint64 start = g_get_monotonic_time ();
  double before = member->seconds;
  gboolean ok = TRUE;

  while (ok && !isc_run_state_is_over (isc_trainer_get_state (member->trainer))
         && isc_trainer_get_n_steps (member->trainer) < member->goal
         && !g_cancellable_is_cancelled (cancellable))
    {
      gint64 elapsed = g_get_monotonic_time () - start;
      double seconds = before + (double)elapsed * 1e-6;

      if (elapsed >= usec)
        break;
      isc_history_visit (member->history, member->trainer, seconds);
      ok = isc_trainer_step (member->trainer, seconds, error);
    }
  member->seconds = before + (double)(g_get_monotonic_time () - start) * 1e-6;
  isc_runtime_end_training_thread (mode);
  pthread_mutex_lock (member->mutex);
  publish (member);
  pthread_mutex_unlock (member->mutex);
  return ok;
}

gboolean
isc_member_go_back (IscMember *member, gsize step, GError **error)
{
  const IscCheckpoint *checkpoint = isc_history_find (member->history, step);

  if (!checkpoint)
    return make_trainer (member, error);
  if (!isc_history_go_back (member->history, member->trainer, step, error))
    return FALSE;
  pthread_mutex_lock (member->mutex);
  member->seconds = checkpoint->seconds;
  publish (member);
  pthread_mutex_unlock (member->mutex);
  return TRUE;
}

void
isc_member_get_result (const IscMember *member, IscRunResult *result)
{
  *result = member->published;
  result->label = g_strdup (isc_experiment_get_init_label (member->experiment, member->init));
  result->trace = member->trace ? isc_trace_ref (member->trace) : isc_trace_new (NULL, 0);
  result->n_epochs = member->epochs->len;
  result->epochs = g_memdup2 (member->epochs->data, member->epochs->len * sizeof (IscEpoch));
  result->n_observations = member->observations->len;
  result->observations = g_new (IscObservation *, member->observations->len + 1);
  for (guint i = 0; i < member->observations->len; i++)
    result->observations[i] = isc_observation_ref (member->observations->pdata[i]);
}
