/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-job.h"

#include "base/ref-count.h"

struct _IscExportJob
{
  /* One is the owner's, one the thread's. */
  IscRefCount ref_count;
  IscExportAll all;
  char *folder;
  GCancellable *cancellable;
  IscExportReport report;
  /* In thousandths; written by the thread, read by the window. */
  int progress;

  IscExportDone done;
  GWeakRef owner;
};

/* The program does not end before a file that is being written is whole, whatever windows close. */
static void
hold_program (gboolean hold)
{
  GApplication *application = g_application_get_default ();

  if (application && hold)
    g_application_hold (application);
  else if (application)
    g_application_release (application);
}

static void
job_unref (gpointer data)
{
  IscExportJob *job = data;

  if (!isc_ref_count_dec (&job->ref_count))
    return;
  isc_experiment_unref (job->all.experiment);
  g_clear_pointer (&job->all.weights, isc_weights_unref);
  g_clear_pointer (&job->all.result, isc_result_unref);
  g_free ((gpointer)job->all.items);
  g_free (job->folder);
  g_object_unref (job->cancellable);
  isc_export_report_clear (&job->report);
  g_weak_ref_clear (&job->owner);
  g_free (job);
}

static void
progress_cb (guint n_done, guint n, gpointer data)
{
  IscExportJob *job = data;

  g_atomic_int_set (&job->progress, (int)(1000 * n_done / MAX (n, 1)));
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  IscExportJob *job = data;
  GError *error = NULL;

  if (isc_export_all (&job->all, job->folder, progress_cb, job, job->cancellable, &job->report,
                      &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  IscExportJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GObject) owner = g_weak_ref_get (&job->owner);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (owner)
    job->done (&job->report, error, owner);
  hold_program (FALSE);
}

/* One figure on its way into a file. */
typedef struct
{
  IscFigure *figure;
  char *path;
  IscExportOptions options;
  IscExportedOne done;
  GWeakRef owner;
} One;

static void
one_free (gpointer data)
{
  One *one = data;

  isc_figure_unref (one->figure);
  g_clear_pointer (&one->options.viewport, isc_viewport_unref);
  g_free (one->path);
  g_weak_ref_clear (&one->owner);
  g_free (one);
}

static void
work_on_one (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  One *one = data;
  GError *error = NULL;

  if (isc_export_to_file (one->figure, one->path, &one->options, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
one_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  One *one = g_task_get_task_data (G_TASK (result));
  g_autoptr (GObject) owner = g_weak_ref_get (&one->owner);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (owner)
    one->done (error, owner);
  hold_program (FALSE);
}

IscExportJob *
isc_export_job_new (const IscExportAll *all, const char *folder, IscExportDone done, GObject *owner)
{
  IscExportJob *job = g_new0 (IscExportJob, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, done_cb, NULL);

  isc_ref_count_init (&job->ref_count);
  job->all = *all;
  job->all.experiment = isc_experiment_ref (all->experiment);
  job->all.weights = all->weights ? isc_weights_ref (all->weights) : NULL;
  job->all.result = all->result ? isc_result_ref (all->result) : NULL;
  job->all.items = g_memdup2 (all->items, all->n_items * sizeof *all->items);
  job->folder = g_strdup (folder);
  job->cancellable = g_cancellable_new ();
  isc_export_report_init (&job->report);
  job->done = done;
  g_weak_ref_init (&job->owner, owner);

  isc_ref_count_inc (&job->ref_count);
  g_task_set_task_data (task, job, job_unref);
  hold_program (TRUE);
  g_task_run_in_thread (task, work);
  return job;
}

void
isc_export_job_free (IscExportJob *job)
{
  g_cancellable_cancel (job->cancellable);
  g_weak_ref_set (&job->owner, NULL);
  job_unref (job);
}

void
isc_export_job_cancel (IscExportJob *job)
{
  g_cancellable_cancel (job->cancellable);
}

double
isc_export_job_get_progress (IscExportJob *job)
{
  return g_atomic_int_get (&job->progress) / 1000.0;
}

void
isc_export_one (IscFigure *figure,
                const char *path,
                const IscExportOptions *options,
                IscExportedOne done,
                GObject *owner)
{
  One *one = g_new0 (One, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, one_done_cb, NULL);

  one->figure = isc_figure_ref (figure);
  one->path = g_strdup (path);
  one->options = *options;
  if (options->viewport)
    isc_viewport_ref (options->viewport);
  one->done = done;
  g_weak_ref_init (&one->owner, owner);
  g_task_set_task_data (task, one, one_free);
  hold_program (TRUE);
  g_task_run_in_thread (task, work_on_one);
}
