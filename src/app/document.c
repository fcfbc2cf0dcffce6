/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/document.h"

#include "experiment/edit.h"
#include "experiment/json.h"
#include "views/restore.h"

/* Steps of undo that are kept. */
#define MAX_UNDO 500

/* Edits of one gesture that follow each other within this time are one step. */
#define GESTURE_USEC (1500 * G_TIME_SPAN_MILLISECOND)

/* Where experiments belong: a file, if they have one, and what is in it; NULL for what is nowhere.
 * Steps of undo share it, so that a file saved is saved for those before it, too. */
typedef struct
{
  char *path;
  IscExperiment *saved;
} Home;

/* What undo goes back to. */
typedef struct
{
  IscExperiment *experiment;
  Home *home;
} Step;

struct _IscDocument
{
  GObject parent_instance;

  IscExperiment *experiment;
  Home *home;
  /* Stacks of steps, their tops at the end. */
  GPtrArray *undo;
  GPtrArray *redo;
  char *gesture;
  gint64 gesture_time;
  gboolean held;
};

enum
{
  CHANGED,
  STATE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscDocument, isc_document, G_TYPE_OBJECT)

static void
clear_home (gpointer data)
{
  Home *home = data;

  g_free (home->path);
  g_clear_pointer (&home->saved, isc_experiment_unref);
}

static void
unref_home (Home *home)
{
  g_rc_box_release_full (home, clear_home);
}

static Home *
new_home (const char *path, IscExperiment *saved)
{
  Home *home = g_rc_box_new0 (Home);

  home->path = g_strdup (path);
  home->saved = saved ? isc_experiment_ref (saved) : NULL;
  return home;
}

static void
free_step (gpointer data)
{
  Step *step = data;

  isc_experiment_unref (step->experiment);
  unref_home (step->home);
  g_free (step);
}

static void
isc_document_finalize (GObject *object)
{
  IscDocument *self = ISC_DOCUMENT (object);

  isc_experiment_unref (self->experiment);
  unref_home (self->home);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_free (self->gesture);
  G_OBJECT_CLASS (isc_document_parent_class)->finalize (object);
}

static void
isc_document_class_init (IscDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = isc_document_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
isc_document_init (IscDocument *self)
{
  self->undo = g_ptr_array_new_with_free_func (free_step);
  self->redo = g_ptr_array_new_with_free_func (free_step);
}

/* Takes @experiment. */
static void
set_experiment (IscDocument *self, IscExperiment *experiment)
{
  isc_experiment_unref (self->experiment);
  self->experiment = experiment;
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
end_gesture (IscDocument *self)
{
  g_clear_pointer (&self->gesture, g_free);
}

static gboolean
continues_gesture (IscDocument *self, const char *gesture)
{
  gint64 now = g_get_monotonic_time ();
  gboolean same = gesture && g_strcmp0 (gesture, self->gesture) == 0
                  && (self->held || now - self->gesture_time < GESTURE_USEC) && self->undo->len > 0;

  g_free (self->gesture);
  self->gesture = g_strdup (gesture);
  self->gesture_time = now;
  return same;
}

/* What is now becomes the top of @stack. */
static void
push (IscDocument *self, GPtrArray *stack)
{
  Step *step = g_new (Step, 1);

  step->experiment = isc_experiment_ref (self->experiment);
  step->home = g_rc_box_acquire (self->home);
  g_ptr_array_add (stack, step);
  if (stack->len > MAX_UNDO)
    g_ptr_array_remove_index (stack, 0);
}

/* Moves what is now onto @to and the top of @from in its place. */
static void
travel (IscDocument *self, GPtrArray *from, GPtrArray *to)
{
  Step *step;

  if (from->len == 0)
    return;
  end_gesture (self);
  push (self, to);
  step = g_ptr_array_steal_index (from, from->len - 1);
  unref_home (self->home);
  self->home = g_rc_box_acquire (step->home);
  set_experiment (self, isc_experiment_ref (step->experiment));
  free_step (step);
}

/* Takes @home; what was before can't be come back to. */
static void
begin_anew (IscDocument *self, IscExperiment *experiment, Home *home)
{
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  end_gesture (self);
  unref_home (self->home);
  self->home = home;
  set_experiment (self, experiment);
}

IscDocument *
isc_document_new (IscExperiment *experiment)
{
  IscDocument *self = g_object_new (ISC_TYPE_DOCUMENT, NULL);

  self->experiment = isc_experiment_ref (experiment);
  self->home = new_home (NULL, experiment);
  return self;
}

IscExperiment *
isc_document_get_experiment (IscDocument *self)
{
  g_return_val_if_fail (ISC_IS_DOCUMENT (self), NULL);
  return self->experiment;
}

void
isc_document_take (IscDocument *self, IscExperiment *experiment, const char *gesture)
{
  g_return_if_fail (ISC_IS_DOCUMENT (self));

  if (isc_experiment_equal (experiment, self->experiment))
    {
      isc_experiment_unref (experiment);
      return;
    }
  if (!continues_gesture (self, gesture))
    push (self, self->undo);
  g_ptr_array_set_size (self->redo, 0);
  set_experiment (self, experiment);
}

gboolean
isc_document_edit (
    IscDocument *self, const char *path, const char *value, const char *gesture, GError **error)
{
  IscExperiment *changed;

  g_return_val_if_fail (ISC_IS_DOCUMENT (self), FALSE);

  changed = isc_experiment_edit (self->experiment, path, value, error);
  if (!changed)
    return FALSE;
  isc_document_take (self, changed, gesture);
  return TRUE;
}

gboolean
isc_document_insert (
    IscDocument *self, const char *path, guint index, const char *value, GError **error)
{
  IscExperiment *changed;

  g_return_val_if_fail (ISC_IS_DOCUMENT (self), FALSE);

  changed = isc_experiment_insert (self->experiment, path, index, value, error);
  if (!changed)
    return FALSE;
  isc_document_take (self, changed, NULL);
  return TRUE;
}

void
isc_document_hold (IscDocument *self, gboolean held)
{
  g_return_if_fail (ISC_IS_DOCUMENT (self));

  end_gesture (self);
  self->held = held;
}

gboolean
isc_document_can_undo (IscDocument *self)
{
  return self->undo->len > 0;
}

gboolean
isc_document_can_redo (IscDocument *self)
{
  return self->redo->len > 0;
}

void
isc_document_undo (IscDocument *self)
{
  travel (self, self->undo, self->redo);
}

void
isc_document_redo (IscDocument *self)
{
  travel (self, self->redo, self->undo);
}

void
isc_document_show (IscDocument *self, IscExperiment *experiment)
{
  Home *home;

  if (isc_experiment_equal (experiment, self->experiment))
    {
      isc_experiment_unref (experiment);
      return;
    }
  home = new_home (NULL, isc_document_is_modified (self) ? NULL : experiment);
  end_gesture (self);
  push (self, self->undo);
  g_ptr_array_set_size (self->redo, 0);
  unref_home (self->home);
  self->home = home;
  set_experiment (self, experiment);
}

gboolean
isc_document_is_modified (IscDocument *self)
{
  return !self->home->saved || !isc_experiment_equal (self->experiment, self->home->saved);
}

const char *
isc_document_get_path (IscDocument *self)
{
  return self->home->path;
}

gboolean
isc_document_open (IscDocument *self, const char *path, GError **error)
{
  gboolean from_figure;
  IscExperiment *experiment = isc_restore_from_file (path, NULL, &from_figure, error);

  if (!experiment)
    return FALSE;
  /* A picture is not what the next save should go to. */
  begin_anew (self, experiment, new_home (from_figure ? NULL : path, experiment));
  return TRUE;
}

void
isc_document_recover (IscDocument *self, IscExperiment *experiment, const char *path)
{
  begin_anew (self, experiment, new_home (path, NULL));
}

gboolean
isc_document_save (IscDocument *self, const char *path, GError **error)
{
  g_autofree char *kept = g_strdup (path);

  if (!isc_experiment_save (self->experiment, kept, error))
    return FALSE;
  clear_home (self->home);
  self->home->saved = isc_experiment_ref (self->experiment);
  self->home->path = g_steal_pointer (&kept);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
  return TRUE;
}
