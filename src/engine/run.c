/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number-text.h"
#include "engine/dataset.h"
#include "engine/member.h"
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

struct _IscRun
{
  IscExperiment *experiment;
  IscData *data;
  IscMember *members;
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

/* The free run that is furthest behind; NULL if there is none.  Called with the mutex held. */
static IscMember *
choose_member (IscRun *run)
{
  IscMember *best = NULL;

  for (guint i = 0; i < run->n_members; i++)
    {
      IscMember *member = &run->members[i];

      if (!member->busy && isc_member_is_in_training (member)
          && member->published.n_steps < member->goal
          && (!best || isc_member_count_steps (member) < isc_member_count_steps (best)))
        best = member;
    }
  return best;
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

static gpointer
worker (gpointer data)
{
  Advance *advance = data;
  IscRun *run = advance->run;

  while (!g_cancellable_is_cancelled (advance->cancellable))
    {
      g_autoptr (GError) error = NULL;
      IscMember *member;
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

      ok = (member->trainer || isc_member_start (member, run->data, &error))
           && isc_member_train (member, SLICE_USEC, advance->cancellable, &error);

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
  run->members = g_new0 (IscMember, run->n_members);
  for (guint s = 0; s < n_seeds; s++)
    for (guint i = 0; i < n_inits; i++)
      {
        guint index = s * n_inits + i;
        IscMember *member = &run->members[index];

        *member = (IscMember){
          .experiment = run->experiment,
          .mutex = &run->mutex,
          .previous = reseed || i == 0 ? NULL : member - 1,
          .init = i,
          .seed = isc_experiment_get_seed (run->experiment, s),
        };
        isc_member_init (member);
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
      IscMember *member = &run->members[i];

      /* Those that wait have the same data, and so as many steps. */
      if (member->previous)
        member->published.planned_steps = member->previous->published.planned_steps;
      else if (!isc_member_start (member, run->data, error)
               || (i == 0 && !check_memory (run, error)))
        return NULL;
    }
  return g_steal_pointer (&run);
}

void
isc_run_free (IscRun *run)
{
  for (guint i = 0; i < run->n_members; i++)
    isc_member_clear (&run->members[i]);
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
    if (isc_member_is_in_training (&run->members[i]))
      furthest = MAX (furthest, run->members[i].published.n_steps);
  for (guint i = 0; i < run->n_members; i++)
    run->members[i].goal = isc_member_is_in_training (&run->members[i]) ? furthest + n_steps : 0;
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
      IscMember *member = &run->members[i];
      gboolean is_past = member->trainer && isc_trainer_get_n_steps (member->trainer) > step;

      /* What a rewind that was stopped left behind still has to come to where it was to go. */
      member->goal = is_past ? step : run->is_rewound ? MIN (member->goal, step) : 0;
      if (is_past && !g_cancellable_is_cancelled (cancellable)
          && !isc_member_go_back (member, step, error))
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
    isc_member_get_result (&run->members[i], &runs[i]);
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
