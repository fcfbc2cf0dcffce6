/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run.h"

#include <math.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number-text.h"
#include "base/runtime.h"
#include "engine/dataset.h"
#include "engine/history.h"
#include "engine/trainer.h"
#include "experiment/check.h"

/* A worker trains one run for about this long before it looks which run is behind: short enough for
 * near lock step on the screen, long against the cost of choosing. */
#define SLICE_USEC 4000

/* How often progress is told. */
#define PROGRESS_USEC 20000

/* What the checkpoints of all runs together may hold: some 90 of a run of 784-256-128-10 with Adam,
 * and little beside the memory of a machine; of a small one a share of it. */
#define CHECKPOINT_BYTES ((gsize)256 << 20)
#define CHECKPOINT_SHARE 16.0

/* A run's trainer belongs to whoever holds the run; what others may see of it is published here.
 */
typedef struct Member
{
  guint init;
  guint64 seed;
  /* The run that has to be over before this one begins, with what it left of the random numbers:
   * NULL unless the experiment does not reseed.  Once begun, a run is on its own. */
  const struct Member *previous;
  IscData *data;
  /* The generator when the data were drawn and the network was not. */
  IscGenerator *start;
  IscGenerator *generator;
  IscTrainer *trainer;
  IscHistory *history;
  double seconds;
  /* Steps that it is to be trained to. */
  gsize goal;

  /* Guarded by the run's mutex. */
  gboolean busy;
  IscRunResult published;
  GArray *epochs;
  GPtrArray *observations;
} Member;

struct _IscRun
{
  IscExperiment *experiment;
  IscData *data;
  Member *members;
  guint n_members;
  /* Whether it was moved by isc_run_rewind() last. */
  gboolean is_rewound;

  /* Guards what is published and who is busy.  A pthread mutex: thread checkers see through it. */
  pthread_mutex_t mutex;
};

/* One call of isc_run_advance() or isc_run_rewind(), shared by its workers. */
typedef struct
{
  IscRun *run;
  GCancellable *cancellable;
  IscRunProgress progress;
  gpointer data;
  pthread_mutex_t progress_mutex;
  gint64 last_progress;
  /* Guarded by the run's mutex. */
  GError *error;
} Advance;

/* They change seldom: one is added, or others are dropped as well. */
static void
publish_observations (Member *member)
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

static void
publish (Member *member)
{
  IscRunResult *published = &member->published;
  IscTrace *trace = isc_trainer_get_trace (member->trainer);
  guint n_epochs;
  const IscEpoch *epochs = isc_trainer_get_epochs (member->trainer, &n_epochs);
  gsize n_rows = isc_trace_get_n_rows (trace);

  /* Another trace: it was thinned, or the run went back. */
  if (trace != published->trace)
    {
      g_clear_pointer (&published->trace, isc_trace_unref);
      published->trace = isc_trace_ref (trace);
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
make_trainer (IscRun *run, Member *member, GError **error)
{
  IscTrainer *trainer;

  isc_generator_assign (member->generator, member->start);
  trainer = isc_trainer_new (run->experiment, member->init, member->data, member->generator, error);
  if (!trainer)
    return FALSE;
  pthread_mutex_lock (&run->mutex);
  g_clear_pointer (&member->trainer, isc_trainer_free);
  member->trainer = trainer;
  member->seconds = 0.0;
  publish (member);
  pthread_mutex_unlock (&run->mutex);
  return TRUE;
}

static void
clear_start (Member *member)
{
  g_clear_pointer (&member->data, isc_data_unref);
  g_clear_pointer (&member->start, isc_generator_free);
  g_clear_pointer (&member->generator, isc_generator_free);
}

/* Draws or shares the data and makes the trainer. */
static gboolean
start_member (IscRun *run, Member *member, GError **error)
{
  const Member *previous = member->previous;

  clear_start (member);
  member->generator
      = previous ? isc_generator_copy (previous->generator) : isc_generator_new (member->seed);
  /* In a chain the data are drawn once, by the first run. */
  member->data = previous    ? isc_data_ref (previous->data)
                 : run->data ? isc_data_ref (run->data)
                             : isc_dataset_load (run->experiment, member->generator, error);
  if (!member->data)
    return FALSE;
  member->start = isc_generator_copy (member->generator);
  return make_trainer (run, member, error);
}

/* In a chain a run begins where the one before it ended. */
static gboolean
is_in_training (const Member *member)
{
  return !isc_run_state_is_over (member->published.state)
         && (member->trainer || !member->previous
             || isc_run_state_is_over (member->previous->published.state));
}

/* The steps of a run and of those that had to be over before it, so that chains are kept abreast.
 */
static gsize
steps_with_previous (const Member *member)
{
  gsize steps = 0;

  for (; member; member = member->previous)
    steps += member->published.n_steps;
  return steps;
}

/* The free run that is furthest behind; NULL if there is none.  Called with the mutex held. */
static Member *
choose_member (IscRun *run)
{
  Member *best = NULL;

  for (guint i = 0; i < run->n_members; i++)
    {
      Member *member = &run->members[i];

      if (!member->busy && is_in_training (member) && member->published.n_steps < member->goal
          && (!best || steps_with_previous (member) < steps_with_previous (best)))
        best = member;
    }
  return best;
}

/* Trains @member for a slice of time, or until it is where it should be. */
static gboolean
train_slice (const Advance *advance, Member *member, GError **error)
{
  guint mode = isc_runtime_begin_training_thread ();
  gint64 start = g_get_monotonic_time ();
  double before = member->seconds;
  gboolean ok = TRUE;

  while (ok && !isc_run_state_is_over (isc_trainer_get_state (member->trainer))
         && isc_trainer_get_n_steps (member->trainer) < member->goal
         && !g_cancellable_is_cancelled (advance->cancellable))
    {
      gint64 elapsed = g_get_monotonic_time () - start;
      double seconds = before + (double)elapsed * 1e-6;

      if (elapsed >= SLICE_USEC)
        break;
      isc_history_visit (member->history, member->trainer, seconds);
      ok = isc_trainer_step (member->trainer, seconds, error);
    }
  member->seconds = before + (double)(g_get_monotonic_time () - start) * 1e-6;
  isc_runtime_end_training_thread (mode);
  return ok;
}

static void
tell_progress (Advance *advance, gboolean always)
{
  gint64 now = g_get_monotonic_time ();

  if (!advance->progress || pthread_mutex_trylock (&advance->progress_mutex) != 0)
    return;
  if (always || now - advance->last_progress >= PROGRESS_USEC)
    {
      advance->last_progress = now;
      advance->progress (advance->run, advance->data);
    }
  pthread_mutex_unlock (&advance->progress_mutex);
}

/* One turn of a run that this thread holds. */
static gboolean
work_on (Advance *advance, Member *member, GError **error)
{
  IscRun *run = advance->run;

  if (!member->trainer && !start_member (run, member, error))
    return FALSE;
  if (!train_slice (advance, member, error))
    return FALSE;
  pthread_mutex_lock (&run->mutex);
  publish (member);
  pthread_mutex_unlock (&run->mutex);
  return TRUE;
}

static gpointer
worker (gpointer data)
{
  Advance *advance = data;
  IscRun *run = advance->run;

  while (!g_cancellable_is_cancelled (advance->cancellable))
    {
      g_autoptr (GError) error = NULL;
      Member *member;
      gboolean ok;

      pthread_mutex_lock (&run->mutex);
      member = advance->error ? NULL : choose_member (run);
      if (member)
        member->busy = TRUE;
      pthread_mutex_unlock (&run->mutex);
      /* Those that are left are in other hands, and whoever ends a run of a chain can go on with
       * the next: there is nothing to wait for. */
      if (!member)
        break;

      ok = work_on (advance, member, &error);

      pthread_mutex_lock (&run->mutex);
      member->busy = FALSE;
      if (!ok && !advance->error)
        advance->error = g_steal_pointer (&error);
      pthread_mutex_unlock (&run->mutex);
      tell_progress (advance, FALSE);
    }
  return NULL;
}

/* Trains every run to its goal. */
static gboolean
work (IscRun *run,
      guint n_threads,
      GCancellable *cancellable,
      IscRunProgress progress,
      gpointer data,
      GError **error)
{
  Advance advance = {
    .run = run,
    .cancellable = cancellable,
    .progress = progress,
    .data = data,
  };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  if (n_threads == 0)
    n_threads = g_get_num_processors ();
  n_threads = CLAMP (n_threads, 1, MAX (run->n_members, 1));

  pthread_mutex_init (&advance.progress_mutex, NULL);
  for (guint i = 1; i < n_threads; i++)
    g_ptr_array_add (threads, g_thread_new ("training", worker, &advance));
  worker (&advance);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  tell_progress (&advance, TRUE);
  pthread_mutex_destroy (&advance.progress_mutex);

  if (advance.error)
    {
      g_propagate_error (error, advance.error);
      return FALSE;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_CANCELLED, "training was stopped");
      return FALSE;
    }
  return TRUE;
}

/* Brings @member, which is past @step, to the latest place at or before it that is kept, or to its
 * start. */
static gboolean
go_back (IscRun *run, Member *member, gsize step, GError **error)
{
  const IscCheckpoint *checkpoint = isc_history_find (member->history, step);

  if (!checkpoint)
    return make_trainer (run, member, error);
  if (!isc_history_go_back (member->history, member->trainer, step, error))
    return FALSE;
  pthread_mutex_lock (&run->mutex);
  member->seconds = checkpoint->seconds;
  publish (member);
  pthread_mutex_unlock (&run->mutex);
  return TRUE;
}

static double
machine_bytes (void)
{
  return (double)sysconf (_SC_PHYS_PAGES) * (double)sysconf (_SC_PAGESIZE);
}

static void
make_members (IscRun *run)
{
  guint n_inits = isc_experiment_get_n_inits (run->experiment);
  guint n_seeds = isc_experiment_get_n_seeds (run->experiment);
  gboolean reseed = isc_experiment_get_reseed (run->experiment);

  run->n_members = n_inits * n_seeds;
  run->members = g_new0 (Member, run->n_members);
  for (guint s = 0; s < n_seeds; s++)
    for (guint i = 0; i < n_inits; i++)
      {
        guint index = s * n_inits + i;
        Member *member = &run->members[index];

        member->init = i;
        member->seed = isc_experiment_get_seed (run->experiment, s);
        member->epochs = g_array_new (FALSE, FALSE, sizeof (IscEpoch));
        member->observations
            = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_observation_unref);
        member->published = (IscRunResult){
          .init = i,
          .seed = member->seed,
          .state = ISC_RUN_WAITING,
          .final_loss = NAN,
          .best_loss = NAN,
          .accuracy = NAN,
          .diverged_at = -1,
        };
        member->previous = reseed || i == 0 ? NULL : member - 1;
      }
}

static guint
count_chains (const IscRun *run)
{
  guint n = 0;

  for (guint i = 0; i < run->n_members; i++)
    n += !run->members[i].previous;
  return n;
}

/* All runs stay in memory to be advanced again.  The system grants more memory than there is and
 * ends the program when it is touched, so that many runs are measured by the first against the
 * machine. */
static gboolean
check_memory (const IscRun *run, GError **error)
{
  const IscTrainer *first = run->members[0].trainer;
  const IscData *data = isc_trainer_get_data (first);
  double machine = machine_bytes ();
  double one = (double)isc_trainer_get_bytes (first);
  double all;
  g_autofree char *one_text = NULL;
  g_autofree char *all_text = NULL;
  g_autofree char *machine_text = NULL;
  g_autofree char *n_runs = NULL;

  /* Data of their own are shared in a chain. */
  all = one * run->n_members;
  if (!run->data)
    all += (double)isc_tensor_get_count (data->train.inputs) * sizeof (float) * count_chains (run);
  if (run->n_members == 1 || all <= machine || machine <= 0.0)
    return TRUE;
  one_text = isc_number_to_label (all / run->n_members * 1e-9, 2);
  all_text = isc_number_to_label (all * 1e-9, 3);
  machine_text = isc_number_to_label (machine * 1e-9, 3);
  n_runs = isc_count_to_label (run->n_members);
  g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
               "seeds: %s runs of %s GB each need %s GB, and this machine has %s GB: take fewer "
               "seeds or inits, or smaller layers",
               n_runs, one_text, all_text, machine_text);
  return FALSE;
}

IscRun *
isc_run_new (IscExperiment *experiment, GError **error)
{
  g_autoptr (IscRun) run = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_return_val_if_fail (experiment != NULL, NULL);

  problems = isc_experiment_check (experiment);
  if (problems->len > 0)
    {
      isc_problems_to_error (problems, error);
      return NULL;
    }

  run = g_new0 (IscRun, 1);
  pthread_mutex_init (&run->mutex, NULL);
  run->experiment = isc_experiment_ref (experiment);
  make_members (run);
  isc_run_set_checkpoint_bytes (run, (gsize)MIN ((double)CHECKPOINT_BYTES,
                                                 machine_bytes () / CHECKPOINT_SHARE));

  if (!isc_dataset_draws_from_run (experiment))
    {
      run->data = isc_dataset_load (experiment, NULL, error);
      if (!run->data)
        return NULL;
    }
  /* All that can begin are made at once, so that what can't be trained is told before training. */
  for (guint i = 0; i < run->n_members; i++)
    {
      Member *member = &run->members[i];

      /* Those that wait have the same data, and so as many steps. */
      if (member->previous)
        member->published.planned_steps = member->previous->published.planned_steps;
      else if (!start_member (run, member, error) || (i == 0 && !check_memory (run, error)))
        return NULL;
    }
  return g_steal_pointer (&run);
}

void
isc_run_free (IscRun *run)
{
  for (guint i = 0; i < run->n_members; i++)
    {
      Member *member = &run->members[i];

      g_clear_pointer (&member->trainer, isc_trainer_free);
      g_clear_pointer (&member->history, isc_history_free);
      clear_start (member);
      g_clear_pointer (&member->published.trace, isc_trace_unref);
      g_array_unref (member->epochs);
      g_ptr_array_unref (member->observations);
    }
  g_free (run->members);
  g_clear_pointer (&run->data, isc_data_unref);
  isc_experiment_unref (run->experiment);
  pthread_mutex_destroy (&run->mutex);
  g_free (run);
}

char *
isc_run_explain_data (const IscRun *run)
{
  return run->data ? isc_data_explain_gaps (run->data) : NULL;
}

void
isc_run_set_checkpoint_bytes (IscRun *run, gsize bytes)
{
  for (guint i = 0; i < run->n_members; i++)
    {
      g_clear_pointer (&run->members[i].history, isc_history_free);
      run->members[i].history = isc_history_new (bytes / run->n_members);
    }
}

gboolean
isc_run_advance (IscRun *run,
                 gsize until,
                 guint n_threads,
                 GCancellable *cancellable,
                 IscRunProgress progress,
                 gpointer data,
                 GError **error)
{
  for (guint i = 0; i < run->n_members; i++)
    run->members[i].goal = until;
  run->is_rewound = FALSE;
  return work (run, n_threads, cancellable, progress, data, error);
}

gboolean
isc_run_advance_by (IscRun *run,
                    gsize n_steps,
                    guint n_threads,
                    GCancellable *cancellable,
                    IscRunProgress progress,
                    gpointer data,
                    GError **error)
{
  gsize furthest = 0;

  for (guint i = 0; i < run->n_members; i++)
    if (is_in_training (&run->members[i]))
      furthest = MAX (furthest, run->members[i].published.n_steps);
  for (guint i = 0; i < run->n_members; i++)
    run->members[i].goal = is_in_training (&run->members[i]) ? furthest + n_steps : 0;
  run->is_rewound = FALSE;
  return work (run, n_threads, cancellable, progress, data, error);
}

gboolean
isc_run_rewind (IscRun *run,
                gsize step,
                guint n_threads,
                GCancellable *cancellable,
                IscRunProgress progress,
                gpointer data,
                GError **error)
{
  for (guint i = 0; i < run->n_members; i++)
    {
      Member *member = &run->members[i];
      gboolean is_past = member->trainer && isc_trainer_get_n_steps (member->trainer) > step;

      /* What a rewind that was stopped left behind still has to come to where it was to go. */
      member->goal = is_past ? step : run->is_rewound ? MIN (member->goal, step) : 0;
      if (is_past && !g_cancellable_is_cancelled (cancellable)
          && !go_back (run, member, step, error))
        return FALSE;
    }
  run->is_rewound = TRUE;
  return work (run, n_threads, cancellable, progress, data, error);
}

IscResult *
isc_run_snapshot (IscRun *run)
{
  IscRunResult *runs = g_new0 (IscRunResult, run->n_members);

  pthread_mutex_lock (&run->mutex);
  for (guint i = 0; i < run->n_members; i++)
    {
      const Member *member = &run->members[i];

      runs[i] = member->published;
      runs[i].label = g_strdup (isc_experiment_get_init_label (run->experiment, member->init));
      runs[i].trace = member->published.trace ? isc_trace_ref (member->published.trace)
                                              : isc_trace_new (NULL, 0);
      runs[i].n_epochs = member->epochs->len;
      runs[i].epochs = g_memdup2 (member->epochs->data, member->epochs->len * sizeof (IscEpoch));
      runs[i].n_observations = member->observations->len;
      runs[i].observations = g_new (IscObservation *, member->observations->len + 1);
      for (guint j = 0; j < member->observations->len; j++)
        runs[i].observations[j] = isc_observation_ref (member->observations->pdata[j]);
    }
  pthread_mutex_unlock (&run->mutex);
  return isc_result_new_take (run->experiment, runs, run->n_members);
}

GPtrArray *
isc_run_copy_weights (IscRun *run, guint index)
{
  GPtrArray *weights = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  const IscNetwork *network;

  g_return_val_if_fail (index < run->n_members, weights);

  if (!run->members[index].trainer)
    return weights;
  network = isc_trainer_get_network (run->members[index].trainer);
  for (guint i = 0; i < isc_network_get_n_parameters (network); i++)
    {
      IscTensor *now = isc_network_get_parameter (network, i);
      IscTensor *copy
          = isc_tensor_new (isc_tensor_get_name (now), isc_tensor_get_shape (now), NULL);

      if (!copy)
        break;
      memcpy (isc_tensor_edit_data (copy), isc_tensor_get_data (now),
              isc_tensor_get_count (now) * sizeof (float));
      g_ptr_array_add (weights, copy);
    }
  return weights;
}
