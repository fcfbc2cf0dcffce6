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
#include "engine/trainer.h"
#include "experiment/check.h"

/* A worker trains one run for about this long before it looks which run is behind: short enough for
 * near lock step on the screen, long against the cost of choosing. */
#define SLICE_USEC 4000

/* How often progress is told. */
#define PROGRESS_USEC 20000

/* Runs that share a generator and so follow each other: one, unless the experiment does not reseed.
 */
typedef struct
{
  IscGenerator *generator;
  guint first_run;
  guint n_runs;
  /* The run in training, from first_run; n_runs when all are over. */
  guint current;
  gboolean busy;
} Lane;

/* A run's trainer belongs to whoever holds its lane; what others may see of it is published here.
 */
typedef struct
{
  guint init;
  guint64 seed;
  IscTrainer *trainer;
  double seconds;
  IscRunResult published;
  GArray *epochs;
} Member;

struct _IscRun
{
  IscExperiment *experiment;
  IscData *data;
  Member *members;
  guint n_members;
  Lane *lanes;
  guint n_lanes;

  /* Guards lanes' state and what is published.  A pthread mutex: thread checkers see through it. */
  pthread_mutex_t mutex;
};

/* One call of isc_run_advance(), shared by its workers. */
typedef struct
{
  IscRun *run;
  gsize until;
  GCancellable *cancellable;
  IscRunProgress progress;
  gpointer data;
  pthread_mutex_t progress_mutex;
  gint64 last_progress;
  /* Guarded by the run's mutex. */
  GError *error;
} Advance;

static gboolean
is_over (IscRunState state)
{
  return state == ISC_RUN_DONE || state == ISC_RUN_DIVERGED;
}

static gboolean
start_member (IscRun *run, const Lane *lane, GError **error)
{
  Member *member = &run->members[lane->first_run + lane->current];
  const Member *first = &run->members[lane->first_run];
  IscData *data = run->data;
  IscTrainer *trainer;

  /* In a chain the data are drawn once, by the first run. */
  if (!data && lane->current > 0)
    data = isc_trainer_get_data (first->trainer);
  trainer = isc_trainer_new (run->experiment, member->init, data, lane->generator, error);
  if (!trainer)
    return FALSE;
  pthread_mutex_lock (&run->mutex);
  member->trainer = trainer;
  member->published.trace = isc_trace_ref (isc_trainer_get_trace (trainer));
  /* Runs that wait for their turn have the same data, and so as many steps. */
  for (guint i = lane->current; i < lane->n_runs; i++)
    run->members[lane->first_run + i].published.planned_steps
        = isc_trainer_get_planned_steps (trainer);
  pthread_mutex_unlock (&run->mutex);
  return TRUE;
}

/* Makes what the trainer did since last time visible to snapshots.  Called with the mutex held. */
static void
publish (Member *member)
{
  IscRunResult *published = &member->published;
  gsize n_rows = isc_trace_get_n_rows (published->trace);
  guint n_epochs;
  const IscEpoch *epochs = isc_trainer_get_epochs (member->trainer, &n_epochs);

  for (gsize row = published->n_rows; row < n_rows; row++)
    {
      double loss = (double)isc_trace_get (published->trace, row, ISC_TRACE_LOSS);

      if (isfinite (loss) && !(published->best_loss <= loss))
        published->best_loss = loss;
      published->final_loss = loss;
    }
  published->n_rows = n_rows;
  published->n_steps = isc_trace_get_n_steps (published->trace);
  published->state = isc_trainer_get_state (member->trainer);
  if (published->state == ISC_RUN_DIVERGED)
    published->diverged_at = (gint64)published->n_steps - 1;
  published->seconds = member->seconds;
  if (n_epochs > member->epochs->len)
    {
      g_array_append_vals (member->epochs, epochs + member->epochs->len,
                           n_epochs - member->epochs->len);
      published->accuracy = epochs[n_epochs - 1].test_accuracy;
    }
}

/* The steps of a lane, counted over all its runs, so that lanes can be kept abreast. */
static gsize
lane_steps (const IscRun *run, const Lane *lane)
{
  gsize steps = 0;

  for (guint i = 0; i < lane->n_runs; i++)
    steps += run->members[lane->first_run + i].published.n_steps;
  return steps;
}

static gboolean
lane_wants (const IscRun *run, const Lane *lane, gsize until)
{
  return lane->current < lane->n_runs
         && run->members[lane->first_run + lane->current].published.n_steps < until;
}

/* The free lane that is furthest behind; NULL if there is none.  Called with the mutex held. */
static Lane *
choose_lane (const Advance *advance)
{
  IscRun *run = advance->run;
  Lane *best = NULL;

  for (guint i = 0; i < run->n_lanes; i++)
    {
      Lane *lane = &run->lanes[i];

      if (!lane->busy && lane_wants (run, lane, advance->until)
          && (!best || lane_steps (run, lane) < lane_steps (run, best)))
        best = lane;
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

  while (ok && !is_over (isc_trainer_get_state (member->trainer))
         && isc_trace_get_n_steps (member->published.trace) < advance->until
         && !g_cancellable_is_cancelled (advance->cancellable))
    {
      gint64 elapsed = g_get_monotonic_time () - start;

      if (elapsed >= SLICE_USEC)
        break;
      ok = isc_trainer_step (member->trainer, before + (double)elapsed * 1e-6, error);
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

/* One turn of a lane that this thread holds: make its run if need be, train it, move to the next.
 */
static gboolean
work_on (Advance *advance, Lane *lane, GError **error)
{
  IscRun *run = advance->run;
  Member *member = &run->members[lane->first_run + lane->current];

  if (!member->trainer && !start_member (run, lane, error))
    return FALSE;
  if (!train_slice (advance, member, error))
    return FALSE;

  pthread_mutex_lock (&run->mutex);
  publish (member);
  /* A chain goes on with the next run only when this one is over. */
  if (is_over (member->published.state))
    lane->current++;
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
      Lane *lane;
      gboolean ok;

      pthread_mutex_lock (&run->mutex);
      lane = advance->error ? NULL : choose_lane (advance);
      if (lane)
        lane->busy = TRUE;
      pthread_mutex_unlock (&run->mutex);
      /* There are no more threads than lanes: those that are left are in other hands. */
      if (!lane)
        break;

      ok = work_on (advance, lane, &error);

      pthread_mutex_lock (&run->mutex);
      lane->busy = FALSE;
      if (!ok && !advance->error)
        advance->error = g_steal_pointer (&error);
      pthread_mutex_unlock (&run->mutex);
      tell_progress (advance, FALSE);
    }
  return NULL;
}

static void
make_members (IscRun *run)
{
  guint n_inits = isc_experiment_get_n_inits (run->experiment);
  guint n_seeds = isc_experiment_get_n_seeds (run->experiment);
  gboolean reseed = isc_experiment_get_reseed (run->experiment);

  run->n_members = n_inits * n_seeds;
  run->members = g_new0 (Member, run->n_members);
  run->n_lanes = reseed ? run->n_members : n_seeds;
  run->lanes = g_new0 (Lane, run->n_lanes);
  for (guint s = 0; s < n_seeds; s++)
    for (guint i = 0; i < n_inits; i++)
      {
        guint index = s * n_inits + i;
        Member *member = &run->members[index];

        member->init = i;
        member->seed = isc_experiment_get_seed (run->experiment, s);
        member->epochs = g_array_new (FALSE, FALSE, sizeof (IscEpoch));
        member->published = (IscRunResult){
          .init = i,
          .seed = member->seed,
          .state = ISC_RUN_WAITING,
          .final_loss = NAN,
          .best_loss = NAN,
          .accuracy = NAN,
          .diverged_at = -1,
        };
        if (reseed || i == 0)
          run->lanes[reseed ? index : s] = (Lane){
            .generator = isc_generator_new (member->seed),
            .first_run = index,
            .n_runs = reseed ? 1 : n_inits,
          };
      }
}

/* All runs stay in memory to be advanced again.  The system grants more memory than there is and
 * ends the program when it is touched, so that many runs are measured by the first against the
 * machine. */
static gboolean
check_memory (const IscRun *run, GError **error)
{
  const IscTrainer *first = run->members[0].trainer;
  const IscData *data = isc_trainer_get_data (first);
  double machine = (double)sysconf (_SC_PHYS_PAGES) * (double)sysconf (_SC_PAGESIZE);
  double one = (double)isc_trainer_get_bytes (first);
  double all;
  g_autofree char *one_text = NULL;
  g_autofree char *all_text = NULL;
  g_autofree char *machine_text = NULL;
  g_autofree char *n_runs = NULL;

  /* Data of their own are a lane's, shared in a chain. */
  all = one * run->n_members;
  if (!run->data)
    all += (double)isc_tensor_get_count (data->train.inputs) * sizeof (float) * run->n_lanes;
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

  if (!isc_dataset_draws_from_run (experiment))
    {
      run->data = isc_dataset_load (experiment, NULL, error);
      if (!run->data)
        return NULL;
    }
  /* The first run of each lane is made at once, so that what can't be trained is told before
   * training. */
  for (guint i = 0; i < run->n_lanes; i++)
    if (!start_member (run, &run->lanes[i], error) || (i == 0 && !check_memory (run, error)))
      return NULL;
  return g_steal_pointer (&run);
}

void
isc_run_free (IscRun *run)
{
  for (guint i = 0; i < run->n_members; i++)
    {
      g_clear_pointer (&run->members[i].trainer, isc_trainer_free);
      g_clear_pointer (&run->members[i].published.trace, isc_trace_unref);
      g_array_unref (run->members[i].epochs);
    }
  for (guint i = 0; i < run->n_lanes; i++)
    isc_generator_free (run->lanes[i].generator);
  g_free (run->members);
  g_free (run->lanes);
  g_clear_pointer (&run->data, isc_data_unref);
  isc_experiment_unref (run->experiment);
  pthread_mutex_destroy (&run->mutex);
  g_free (run);
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
  Advance advance = {
    .run = run,
    .until = until,
    .cancellable = cancellable,
    .progress = progress,
    .data = data,
  };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  if (n_threads == 0)
    n_threads = g_get_num_processors ();
  n_threads = CLAMP (n_threads, 1, MAX (run->n_lanes, 1));

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
