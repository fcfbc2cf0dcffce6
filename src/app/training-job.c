/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of the two files of the window that start threads.  A worker gets an experiment and a
 * cancellable, touches no widget and publishes immutable results: at most one idle callback of a
 * job is pending, which takes the latest.  Shared state is under pthread mutexes, which thread
 * checkers see through. */

#include "app/training-job.h"

#include <pthread.h>

#include "app/background.h"
#include "base/error.h"
#include "base/ref-count.h"
#include "engine/run.h"

/* Between two snapshots of a training run. */
#define SNAPSHOT_USEC 33000

/* isc_run_advance(), isc_run_advance_by() or isc_run_rewind(). */
typedef gboolean (*Move) (IscRun *run,
                          gsize steps,
                          guint n_threads,
                          GCancellable *cancellable,
                          IscRunProgress progress,
                          gpointer data,
                          GError **error);

struct _IscTrainingJob
{
  IscRefCount ref_count;
  IscTrainingUpdate update;
  GWeakRef owner;
  IscExperiment *experiment;
  guint n_threads;
  /* The worker's alone. */
  IscRun *run;
  gint64 last_snapshot;

  pthread_mutex_t mutex;
  /* Guarded. */
  gboolean closed;
  gboolean working;
  Move move;
  gsize steps;
  GCancellable *cancellable;
  const IscView *views[ISC_N_TRAINING_FIGURES];
  IscViewOptions options[ISC_N_TRAINING_FIGURES];
  gboolean posted;
  gboolean idle;
  IscResult *result;
  IscFigure *figures[ISC_N_TRAINING_FIGURES];
  GError *error;
  char *gaps;
};

static void
training_job_unref (IscTrainingJob *job)
{
  if (!isc_ref_count_dec (&job->ref_count))
    return;
  g_weak_ref_clear (&job->owner);
  pthread_mutex_destroy (&job->mutex);
  isc_experiment_unref (job->experiment);
  g_clear_pointer (&job->run, isc_run_free);
  g_clear_pointer (&job->result, isc_result_unref);
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    g_clear_pointer (&job->figures[i], isc_figure_unref);
  g_clear_object (&job->cancellable);
  g_clear_error (&job->error);
  g_free (job->gaps);
  g_free (job);
}

static gboolean
training_update_cb (gpointer data)
{
  IscTrainingJob *job = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&job->owner);
  g_autoptr (IscResult) result = NULL;
  g_autoptr (GError) error = NULL;
  IscFigure *figures[ISC_N_TRAINING_FIGURES];
  gboolean closed, idle;

  pthread_mutex_lock (&job->mutex);
  job->posted = FALSE;
  closed = job->closed;
  idle = job->idle;
  result = g_steal_pointer (&job->result);
  error = g_steal_pointer (&job->error);
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    figures[i] = g_steal_pointer (&job->figures[i]);
  pthread_mutex_unlock (&job->mutex);

  if (owner && !closed)
    job->update (result, figures, error, idle, owner);
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    g_clear_pointer (&figures[i], isc_figure_unref);
  training_job_unref (job);
  return G_SOURCE_REMOVE;
}

/* Makes a snapshot and its figures on the worker's thread and hands them over.  @ended is the
 * request that has come to its end, %NULL in the midst of one.  Takes @error.  Returns whether
 * there is more to do: asked again meanwhile (pause and play), the job has not come to a stop. */
static gboolean
training_publish (IscTrainingJob *job, GCancellable *ended, GError *error)
{
  g_autoptr (IscResult) result = job->run ? isc_run_snapshot (job->run) : NULL;
  const IscView *views[ISC_N_TRAINING_FIGURES];
  IscFigure *figures[ISC_N_TRAINING_FIGURES] = { NULL };
  IscViewOptions options[ISC_N_TRAINING_FIGURES];
  gboolean again;

  pthread_mutex_lock (&job->mutex);
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    {
      views[i] = job->views[i];
      options[i] = job->options[i];
    }
  pthread_mutex_unlock (&job->mutex);
  for (guint i = 0; result && i < ISC_N_TRAINING_FIGURES; i++)
    if (views[i])
      figures[i] = views[i]->of_result (result, &options[i]);

  pthread_mutex_lock (&job->mutex);
  g_clear_pointer (&job->result, isc_result_unref);
  job->result = g_steal_pointer (&result);
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    {
      g_clear_pointer (&job->figures[i], isc_figure_unref);
      job->figures[i] = figures[i];
    }
  g_clear_error (&job->error);
  job->error = error;
  job->idle = ended && (job->cancellable == ended || job->closed || error);
  if (ended)
    job->working = !job->idle;
  again = !job->idle;
  if (!job->posted)
    {
      job->posted = TRUE;
      isc_ref_count_inc (&job->ref_count);
      g_idle_add (training_update_cb, job);
    }
  pthread_mutex_unlock (&job->mutex);
  return again;
}

static void
training_progress (IscRun *run, gpointer data)
{
  IscTrainingJob *job = data;
  gint64 now = g_get_monotonic_time ();
  gboolean waiting;

  pthread_mutex_lock (&job->mutex);
  waiting = job->posted;
  pthread_mutex_unlock (&job->mutex);
  if (waiting || now - job->last_snapshot < SNAPSHOT_USEC)
    return;
  job->last_snapshot = now;
  training_publish (job, NULL, NULL);
}

/* Reads the data, and says what they lack. */
static void
training_begin (IscTrainingJob *job, GError **error)
{
  job->run = isc_run_new (job->experiment, error);
  if (job->run)
    {
      char *gaps = isc_run_explain_data (job->run);

      pthread_mutex_lock (&job->mutex);
      job->gaps = gaps;
      pthread_mutex_unlock (&job->mutex);
    }
}

static gpointer
training_worker (gpointer data)
{
  IscTrainingJob *job = data;
  gboolean again = TRUE;

  isc_background_begin_thread ();
  while (again)
    {
      g_autoptr (GCancellable) cancellable = NULL;
      GError *error = NULL;
      Move move;
      gsize steps;

      pthread_mutex_lock (&job->mutex);
      cancellable = g_object_ref (job->cancellable);
      move = job->move;
      steps = job->steps;
      pthread_mutex_unlock (&job->mutex);

      if (!job->run)
        training_begin (job, &error);
      if (job->run)
        move (job->run, steps, job->n_threads, cancellable, training_progress, job, &error);
      if (g_error_matches (error, ISC_ERROR, ISC_ERROR_CANCELLED))
        g_clear_error (&error);

      again = training_publish (job, cancellable, error);
    }
  training_job_unref (job);
  return NULL;
}

/* What was asked for before gives way. */
static void
training_move (IscTrainingJob *job, Move move, gsize steps)
{
  pthread_mutex_lock (&job->mutex);
  if (job->cancellable)
    g_cancellable_cancel (job->cancellable);
  g_clear_object (&job->cancellable);
  job->cancellable = g_cancellable_new ();
  job->move = move;
  job->steps = steps;
  job->idle = FALSE;
  if (!job->working)
    {
      job->working = TRUE;
      isc_ref_count_inc (&job->ref_count);
      g_thread_unref (g_thread_new ("training-job", training_worker, job));
    }
  pthread_mutex_unlock (&job->mutex);
}

IscTrainingJob *
isc_training_job_new (IscExperiment *experiment,
                      guint n_threads,
                      IscTrainingUpdate update,
                      GObject *owner)
{
  IscTrainingJob *job = g_new0 (IscTrainingJob, 1);

  isc_ref_count_init (&job->ref_count);
  job->experiment = isc_experiment_ref (experiment);
  job->n_threads = n_threads;
  job->update = update;
  g_weak_ref_init (&job->owner, owner);
  pthread_mutex_init (&job->mutex, NULL);
  return job;
}

void
isc_training_job_set_views (IscTrainingJob *job,
                            const IscView *const *views,
                            const IscViewOptions *options)
{
  pthread_mutex_lock (&job->mutex);
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    {
      job->views[i] = views[i];
      job->options[i] = options[i];
    }
  pthread_mutex_unlock (&job->mutex);
}

void
isc_training_job_advance (IscTrainingJob *job, gsize until)
{
  training_move (job, isc_run_advance, until);
}

void
isc_training_job_advance_by (IscTrainingJob *job, gsize n_steps)
{
  training_move (job, isc_run_advance_by, n_steps);
}

void
isc_training_job_rewind (IscTrainingJob *job, gsize step)
{
  training_move (job, isc_run_rewind, step);
}

void
isc_training_job_pause (IscTrainingJob *job)
{
  pthread_mutex_lock (&job->mutex);
  if (job->cancellable)
    g_cancellable_cancel (job->cancellable);
  pthread_mutex_unlock (&job->mutex);
}

char *
isc_training_job_dup_gaps (IscTrainingJob *job)
{
  char *gaps;

  pthread_mutex_lock (&job->mutex);
  gaps = g_strdup (job->gaps);
  pthread_mutex_unlock (&job->mutex);
  return gaps;
}

void
isc_training_job_free (IscTrainingJob *job)
{
  pthread_mutex_lock (&job->mutex);
  job->closed = TRUE;
  if (job->cancellable)
    g_cancellable_cancel (job->cancellable);
  pthread_mutex_unlock (&job->mutex);
  training_job_unref (job);
}
