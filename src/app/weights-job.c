/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of the two files of the window that start threads.  A worker gets an experiment and a
 * cancellable, touches no widget and publishes immutable results: at most one idle callback of a
 * job is pending, which takes the latest.  Shared state is under pthread mutexes, which thread
 * checkers see through. */

#include "app/weights-job.h"

#include <pthread.h>

#include "app/background.h"
#include "base/error.h"
#include "base/ref-count.h"

/* A picture in the making is finished although another one is wanted by now, so that a drag shows
 * pictures all along; but not one that has taken this long already. */
#define PATIENCE_USEC 400000

/* A test of fit waits until nothing was changed for so long. */
#define PAUSE_USEC 120000

struct _IscWeightsJob
{
  IscRefCount ref_count;
  IscWeightsDone done;
  IscWeightsFitted fitted;
  GWeakRef owner;

  pthread_mutex_t mutex;
  /* Signalled when something is wanted, or nothing more. */
  pthread_cond_t asked;
  /* Guarded. */
  gboolean closed;
  gboolean working;
  gint64 begun;
  /* Whether the work in progress is not waited for. */
  gboolean impatient;
  IscExperiment *wanted;
  const IscView *view;
  IscViewOptions options;
  const IscDefaultLibrary *library;
  GPtrArray *given;
  GCancellable *cancellable;
  gboolean posted;
  IscWeights *weights;
  IscFigure *figure;
  gboolean is_preview;
  GError *error;
  gboolean fitting;
  IscWeights *last;
  IscWeights *to_fit;
  IscWeights *fitted_weights;
  IscFit fit;
};

static void
weights_job_unref (IscWeightsJob *job)
{
  if (!isc_ref_count_dec (&job->ref_count))
    return;
  g_weak_ref_clear (&job->owner);
  pthread_cond_destroy (&job->asked);
  pthread_mutex_destroy (&job->mutex);
  g_clear_pointer (&job->wanted, isc_experiment_unref);
  g_clear_pointer (&job->given, g_ptr_array_unref);
  g_clear_pointer (&job->weights, isc_weights_unref);
  g_clear_pointer (&job->last, isc_weights_unref);
  g_clear_pointer (&job->to_fit, isc_weights_unref);
  g_clear_pointer (&job->fitted_weights, isc_weights_unref);
  g_clear_pointer (&job->figure, isc_figure_unref);
  g_clear_object (&job->cancellable);
  g_clear_error (&job->error);
  g_free (job);
}

static gboolean
weights_done_cb (gpointer data)
{
  IscWeightsJob *job = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&job->owner);
  g_autoptr (IscWeights) weights = NULL;
  g_autoptr (IscFigure) figure = NULL;
  g_autoptr (IscWeights) fitted = NULL;
  g_autoptr (GError) error = NULL;
  IscFit fit;
  gboolean closed, is_preview;

  pthread_mutex_lock (&job->mutex);
  job->posted = FALSE;
  fitted = g_steal_pointer (&job->fitted_weights);
  fit = job->fit;
  closed = job->closed;
  weights = g_steal_pointer (&job->weights);
  figure = g_steal_pointer (&job->figure);
  is_preview = job->is_preview;
  error = g_steal_pointer (&job->error);
  pthread_mutex_unlock (&job->mutex);

  if (owner && !closed && (weights || error))
    job->done (weights, figure, is_preview, error, owner);
  if (owner && !closed && fitted)
    job->fitted (fitted, &fit, owner);
  weights_job_unref (job);
  return G_SOURCE_REMOVE;
}

/* Called with the mutex held. */
static void
weights_post (IscWeightsJob *job)
{
  if (job->posted)
    return;
  job->posted = TRUE;
  isc_ref_count_inc (&job->ref_count);
  /* Before the window paints, so that its first frame has its figure. */
  g_idle_add_full (G_PRIORITY_DEFAULT, weights_done_cb, job, NULL);
}

/* Called with the mutex held; takes @figure and @error. */
static void
weights_publish (
    IscWeightsJob *job, IscWeights *weights, IscFigure *figure, gboolean is_preview, GError *error)
{
  g_clear_pointer (&job->weights, isc_weights_unref);
  g_clear_pointer (&job->figure, isc_figure_unref);
  g_clear_error (&job->error);
  job->weights = weights ? isc_weights_ref (weights) : NULL;
  job->figure = figure;
  job->is_preview = is_preview;
  job->error = error;
  weights_post (job);
}

/* A thread of its own: the next picture does not wait for a test of fit. */
static gpointer
weights_fitter (gpointer data)
{
  IscWeightsJob *job = data;

  isc_background_begin_thread ();
  pthread_mutex_lock (&job->mutex);
  while (job->to_fit && !job->closed)
    {
      g_autoptr (IscWeights) weights = g_steal_pointer (&job->to_fit);
      gboolean tested;
      IscFit fit;

      pthread_mutex_unlock (&job->mutex);
      tested = isc_weight_entry_fit (isc_weights_get_entry (weights, 0), &fit, NULL);
      pthread_mutex_lock (&job->mutex);
      if (!tested || job->wanted)
        continue;
      g_clear_pointer (&job->fitted_weights, isc_weights_unref);
      job->fitted_weights = g_steal_pointer (&weights);
      job->fit = fit;
      weights_post (job);
    }
  job->fitting = FALSE;
  pthread_mutex_unlock (&job->mutex);
  weights_job_unref (job);
  return NULL;
}

/* Called with the mutex held.  Waits for the person to pause, then has @weights tested. */
static void
weights_fit_later (IscWeightsJob *job, IscWeights *weights)
{
  gint64 until = g_get_monotonic_time () + PAUSE_USEC;
  struct timespec deadline = { until / G_USEC_PER_SEC, until % G_USEC_PER_SEC * 1000 };
  int late = 0;

  while (!job->wanted && !job->closed && late == 0)
    late = pthread_cond_timedwait (&job->asked, &job->mutex, &deadline);
  if (job->wanted || job->closed || isc_weights_get_n_entries (weights) == 0)
    return;
  g_clear_pointer (&job->to_fit, isc_weights_unref);
  job->to_fit = isc_weights_ref (weights);
  if (job->fitting)
    return;
  job->fitting = TRUE;
  isc_ref_count_inc (&job->ref_count);
  g_thread_unref (g_thread_new ("fit", weights_fitter, job));
}

/* Weights that are there already are only counted anew, as far as that is asked for. */
static IscWeights *
make_weights (IscWeights *last,
              IscExperiment *experiment,
              const IscDefaultLibrary *library,
              GPtrArray *given,
              GCancellable *cancellable,
              GError **error)
{
  if (library)
    return isc_weights_new_defaults (experiment, library, cancellable, error);
  if (given)
    return isc_weights_new_given (experiment, given, cancellable, error);
  return last && isc_weights_are_of (last, experiment)
             ? isc_weights_recount (last, experiment, cancellable, error)
             : isc_weights_new (experiment, TRUE, cancellable, error);
}

/* A figure that takes long is preceded by a quick one. After that nobody waits for anything: the
 * exact one is not begun, or dropped, as soon as something else is wanted. */
static IscFigure *
make_figure (IscWeightsJob *job, IscWeights *weights, const IscView *view, IscViewOptions options)
{
  IscFigure *quick;
  gboolean wanted;

  if (view->of_defaults)
    return view->of_defaults (weights, &options);
  if (!view->has_preview || !view->has_preview (weights))
    return view->of_weights (weights, &options);

  options.preview = TRUE;
  quick = view->of_weights (weights, &options);
  options.preview = FALSE;
  pthread_mutex_lock (&job->mutex);
  wanted = job->wanted != NULL;
  if (g_cancellable_is_cancelled (options.cancellable))
    isc_figure_unref (quick);
  else
    weights_publish (job, weights, quick, TRUE, NULL);
  if (wanted)
    g_cancellable_cancel (options.cancellable);
  job->impatient = TRUE;
  pthread_mutex_unlock (&job->mutex);
  return view->of_weights (weights, &options);
}

static gpointer
weights_worker (gpointer data)
{
  IscWeightsJob *job = data;

  /* One thread at the priority of the window: the person waits for its picture. */
  pthread_mutex_lock (&job->mutex);
  while (job->wanted && !job->closed)
    {
      g_autoptr (IscExperiment) experiment = g_steal_pointer (&job->wanted);
      const IscView *view = job->view;
      IscViewOptions options = job->options;
      const IscDefaultLibrary *library = job->library;
      g_autoptr (GPtrArray) given = job->given ? g_ptr_array_ref (job->given) : NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (IscWeights) last = job->last ? isc_weights_ref (job->last) : NULL;
      g_autoptr (IscWeights) weights = NULL;
      IscFigure *figure = NULL;
      GError *error = NULL;

      options.cancellable = cancellable;
      g_set_object (&job->cancellable, cancellable);
      job->begun = g_get_monotonic_time ();
      job->impatient = FALSE;
      pthread_mutex_unlock (&job->mutex);
      weights = make_weights (last, experiment, library, given, cancellable, &error);
      if (weights)
        figure = make_figure (job, weights, view, options);
      pthread_mutex_lock (&job->mutex);

      /* A view that was cancelled has no figure worth showing, and what was wrong before the last
       * change is nobody's concern. */
      if (g_cancellable_is_cancelled (cancellable) || (error && job->wanted)
          || g_error_matches (error, ISC_ERROR, ISC_ERROR_CANCELLED))
        {
          g_clear_error (&error);
          g_clear_pointer (&figure, isc_figure_unref);
          continue;
        }
      weights_publish (job, weights, figure, FALSE, error);
      if (!weights || library)
        continue;
      g_clear_pointer (&job->last, isc_weights_unref);
      job->last = given ? NULL : isc_weights_ref (weights);
      weights_fit_later (job, weights);
    }
  job->working = FALSE;
  pthread_mutex_unlock (&job->mutex);
  weights_job_unref (job);
  return NULL;
}

IscWeightsJob *
isc_weights_job_new (IscWeightsDone done, IscWeightsFitted fitted, GObject *owner)
{
  IscWeightsJob *job = g_new0 (IscWeightsJob, 1);
  pthread_condattr_t monotonic;

  isc_ref_count_init (&job->ref_count);
  job->done = done;
  job->fitted = fitted;
  g_weak_ref_init (&job->owner, owner);
  pthread_mutex_init (&job->mutex, NULL);
  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init (&job->asked, &monotonic);
  pthread_condattr_destroy (&monotonic);
  return job;
}

void
isc_weights_job_request (IscWeightsJob *job,
                         IscExperiment *experiment,
                         const IscView *view,
                         const IscViewOptions *options,
                         const IscDefaultLibrary *library,
                         GPtrArray *given)
{
  pthread_mutex_lock (&job->mutex);
  g_clear_pointer (&job->wanted, isc_experiment_unref);
  g_clear_error (&job->error);
  job->wanted = isc_experiment_ref (experiment);
  job->view = view;
  job->options = *options;
  job->library = library;
  g_clear_pointer (&job->given, g_ptr_array_unref);
  job->given = given ? g_ptr_array_ref (given) : NULL;
  if (!job->working)
    {
      job->working = TRUE;
      isc_ref_count_inc (&job->ref_count);
      g_thread_unref (g_thread_new ("weights", weights_worker, job));
    }
  else if (job->cancellable
           && (job->impatient || g_get_monotonic_time () - job->begun > PATIENCE_USEC))
    g_cancellable_cancel (job->cancellable);
  pthread_cond_signal (&job->asked);
  pthread_mutex_unlock (&job->mutex);
}

void
isc_weights_job_forget (IscWeightsJob *job)
{
  pthread_mutex_lock (&job->mutex);
  g_clear_pointer (&job->last, isc_weights_unref);
  pthread_mutex_unlock (&job->mutex);
}

void
isc_weights_job_free (IscWeightsJob *job)
{
  pthread_mutex_lock (&job->mutex);
  job->closed = TRUE;
  if (job->cancellable)
    g_cancellable_cancel (job->cancellable);
  pthread_cond_signal (&job->asked);
  pthread_mutex_unlock (&job->mutex);
  weights_job_unref (job);
}
