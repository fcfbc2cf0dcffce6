/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/history.h"

/* Steps between two checkpoints at first, and so steps to be made again to go back to any.
 * Measured with Adam, a checkpoint costs one step of 784-256-128-10 at a batch of 128 and 4.7 at a
 * batch of 1, where most of it is the memory's first touch: at most 2 % of the time.  Of 2-8-8-2 it
 * costs 4 µs whatever the size, and steps of 1 µs are soon made again. */
#define SPACING ((gsize)256)
#define SPACING_OF_SMALL ((gsize)512)
#define SMALL ((gsize)32 << 10)

struct _IscHistory
{
  gsize budget;
  /* 0 until the size is known. */
  gsize spacing;
  /* Of one checkpoint; every one of a run is as large. */
  gsize size;
  GPtrArray *checkpoints;
  /* The run's when it was last visited, not to be looked into. */
  const IscTrace *trace;
};

static const IscCheckpoint *
checkpoint_at (const IscHistory *history, guint index)
{
  return history->checkpoints->pdata[index];
}

static gsize
trace_bytes (const IscTrace *trace)
{
  return isc_trace_get_n_rows (trace) * isc_trace_get_n_columns (trace) * sizeof (IscReal);
}

/* Traces that only checkpoints hold: those of before the trainer's own was thinned. */
static gsize
old_traces_bytes (const IscHistory *history, const IscTrace *trace)
{
  gsize bytes = 0;

  for (guint i = 0; i < history->checkpoints->len; i++)
    {
      const IscTrace *old = checkpoint_at (history, i)->trace;
      gboolean is_last = i + 1 == history->checkpoints->len;

      if (old != (is_last ? trace : checkpoint_at (history, i + 1)->trace))
        bytes += trace_bytes (old);
    }
  return bytes;
}

static gsize
bytes_held (const IscHistory *history, const IscTrace *trace)
{
  return history->checkpoints->len * history->size + old_traces_bytes (history, trace);
}

/* Where rows were thinned, what lies before can only be had from a trace of then.  Those of the
 * oldest go first, but for the one before the first step, which has no rows. */
static void
drop_oldest_trace (IscHistory *history)
{
  const IscTrace *oldest = checkpoint_at (history, 1)->trace;

  while (history->checkpoints->len > 1 && checkpoint_at (history, 1)->trace == oldest)
    g_ptr_array_remove_index (history->checkpoints, 1);
}

static void
double_spacing (IscHistory *history)
{
  history->spacing *= 2;
  for (guint i = history->checkpoints->len; i-- > 0;)
    if (checkpoint_at (history, i)->n_steps % history->spacing != 0)
      g_ptr_array_remove_index (history->checkpoints, i);
}

static void
shrink (IscHistory *history, const IscTrace *trace)
{
  if (old_traces_bytes (history, trace) > history->budget / 2)
    drop_oldest_trace (history);
  else
    double_spacing (history);
}

IscHistory *
isc_history_new (gsize budget)
{
  IscHistory *history = g_new0 (IscHistory, 1);

  history->budget = budget;
  history->checkpoints = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_checkpoint_free);
  return history;
}

void
isc_history_free (IscHistory *history)
{
  g_ptr_array_unref (history->checkpoints);
  g_free (history);
}

void
isc_history_visit (IscHistory *history, IscTrainer *trainer, double seconds)
{
  gsize step = isc_trainer_get_n_steps (trainer);
  const IscTrace *trace = isc_trainer_get_trace (trainer);
  guint n = history->checkpoints->len;
  IscCheckpoint *checkpoint;

  if (history->spacing == 0)
    {
      history->size = isc_trainer_get_checkpoint_bytes (trainer);
      history->spacing = history->size <= SMALL ? SPACING_OF_SMALL : SPACING;
    }
  /* Thinned: what the checkpoints hold of the one before is theirs alone now. */
  if (trace != history->trace)
    while (bytes_held (history, trace) > history->budget)
      shrink (history, trace);
  history->trace = trace;
  if (step % history->spacing != 0 || history->size > history->budget
      || (n > 0 && checkpoint_at (history, n - 1)->n_steps >= step))
    return;
  while (step % history->spacing == 0
         && bytes_held (history, trace) + history->size > history->budget)
    shrink (history, trace);
  if (step % history->spacing != 0)
    return;
  checkpoint = isc_trainer_save (trainer);
  if (!checkpoint)
    return;
  checkpoint->seconds = seconds;
  g_ptr_array_add (history->checkpoints, checkpoint);
}

const IscCheckpoint *
isc_history_find (const IscHistory *history, gsize step)
{
  for (guint i = history->checkpoints->len; i-- > 0;)
    if (checkpoint_at (history, i)->n_steps <= step)
      return checkpoint_at (history, i);
  return NULL;
}

gboolean
isc_history_go_back (IscHistory *history, IscTrainer *trainer, gsize step, GError **error)
{
  const IscCheckpoint *checkpoint = isc_history_find (history, step);
  g_autoptr (IscTrace) old = NULL;

  g_return_val_if_fail (checkpoint != NULL, FALSE);

  if (!isc_trainer_restore (trainer, checkpoint, error))
    return FALSE;
  while (checkpoint_at (history, history->checkpoints->len - 1) != checkpoint)
    g_ptr_array_set_size (history->checkpoints, (gint)history->checkpoints->len - 1);
  /* The rows that are left are in the trainer's new trace too, and the old one can go. */
  old = isc_trace_ref (checkpoint->trace);
  for (guint i = 0; i < history->checkpoints->len; i++)
    {
      IscCheckpoint *kept = history->checkpoints->pdata[i];

      if (kept->trace == old && kept->n_rows > 0)
        {
          isc_trace_unref (kept->trace);
          kept->trace = isc_trace_ref (isc_trainer_get_trace (trainer));
        }
    }
  return TRUE;
}

guint
isc_history_get_n_checkpoints (const IscHistory *history)
{
  return history->checkpoints->len;
}

gsize
isc_history_get_bytes (const IscHistory *history, const IscTrace *trace)
{
  return bytes_held (history, trace);
}
