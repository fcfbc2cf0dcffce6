/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/autosave.h"

#include <glib/gstdio.h>

/* How old a change may become before it is kept. */
#define PERIOD_MS 2000

/* What a thread writes. */
typedef struct
{
  char *path;
  char *document;
  IscExperiment *experiment;
  GError *error;
  gint is_done;
} Job;

struct _IscAutosave
{
  IscDocument *document;
  IscAutosaveFailed failed;
  gpointer data;

  char *path;
  gboolean has_failed;
  /* Whether there is something that the last file has not. */
  gboolean dirty;
  guint timer;
  GThread *thread;
  Job *job;
};

static gpointer
write_thread (gpointer data)
{
  Job *job = data;

  isc_recovery_write (job->path, job->experiment, job->document, &job->error);
  g_atomic_int_set (&job->is_done, TRUE);
  return NULL;
}

/* Waits for the thread, which flushes a small file. */
static gboolean
finish (IscAutosave *self)
{
  gboolean ok;

  if (!self->thread)
    return TRUE;
  g_thread_join (g_steal_pointer (&self->thread));
  ok = self->job->error == NULL;
  if (!ok && !self->has_failed)
    {
      self->has_failed = TRUE;
      self->failed (self->job->error, self->data);
    }
  g_clear_error (&self->job->error);
  g_free (self->job->path);
  g_free (self->job->document);
  isc_experiment_unref (self->job->experiment);
  g_clear_pointer (&self->job, g_free);
  return ok;
}

static void
start (IscAutosave *self)
{
  self->dirty = FALSE;
  self->job = g_new0 (Job, 1);
  self->job->path = g_strdup (self->path);
  self->job->document = g_strdup (isc_document_get_path (self->document));
  self->job->experiment = isc_experiment_ref (isc_document_get_experiment (self->document));
  self->thread = g_thread_new ("autosave", write_thread, self->job);
}

/* Goes on until the last file is written, so that its error is heard of. */
static gboolean
tick_cb (gpointer data)
{
  IscAutosave *self = data;

  if (self->thread && !g_atomic_int_get (&self->job->is_done))
    return G_SOURCE_CONTINUE;
  finish (self);
  if (self->dirty)
    {
      start (self);
      return G_SOURCE_CONTINUE;
    }
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
forget (IscAutosave *self)
{
  self->dirty = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  finish (self);
  g_unlink (self->path);
}

static void
changed_cb (IscDocument *document, IscAutosave *self)
{
  if (!isc_document_is_modified (document))
    {
      forget (self);
      return;
    }
  self->dirty = TRUE;
  if (self->timer == 0)
    self->timer = g_timeout_add (PERIOD_MS, tick_cb, self);
}

IscAutosave *
isc_autosave_new (IscDocument *document,
                  IscRecovery *recovery,
                  IscAutosaveFailed failed,
                  gpointer data)
{
  IscAutosave *self = g_new0 (IscAutosave, 1);

  self->document = g_object_ref (document);
  self->path = isc_recovery_dup_path (recovery);
  self->failed = failed;
  self->data = data;
  g_signal_connect (document, "state-changed", G_CALLBACK (changed_cb), self);
  return self;
}

gboolean
isc_autosave_flush (IscAutosave *self)
{
  finish (self);
  start (self);
  return finish (self);
}

void
isc_autosave_free (IscAutosave *self)
{
  g_signal_handlers_disconnect_by_data (self->document, self);
  forget (self);
  g_object_unref (self->document);
  g_free (self->path);
  g_free (self);
}
