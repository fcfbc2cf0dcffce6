/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which checkpoints are kept of a run, within which memory, and that what was thinned can be had as
 * it was. */

#include <string.h>

#include "base/runtime.h"
#include "engine/history.h"
#include "support/runs.h"

static const char json[]
    = "{\"initscope\": 1, \"data\": \"Moons(samples=40)\","
      "\"network\": [\"Linear(2, 80)\", \"Tanh()\", \"Linear(80, 40)\", \"Linear(40, 2)\"],"
      "\"inits\": [{\"label\": \"A\"}], \"optimizer\": \"Adam()\", \"batch_size\": 10,"
      "\"steps\": 20000, \"seeds\": [3], \"observe_every\": 0}";

typedef struct
{
  IscGenerator *generator;
  IscTrainer *trainer;
  IscHistory *history;
} Kept;

static Kept
keep (const char *text, gsize budget, gsize capacity)
{
  g_autoptr (IscExperiment) experiment = runs_read (text);
  g_autoptr (GError) error = NULL;
  Kept kept = { .generator = isc_generator_new (3), .history = isc_history_new (budget) };

  kept.trainer = isc_trainer_new (experiment, 0, NULL, kept.generator, &error);
  g_assert_no_error (error);
  if (capacity > 0)
    isc_trace_set_capacity (isc_trainer_get_trace (kept.trainer), capacity);
  return kept;
}

static void
clear (Kept *kept)
{
  isc_trainer_free (kept->trainer);
  isc_history_free (kept->history);
  isc_generator_free (kept->generator);
}

static void
train (Kept *kept, gsize until)
{
  g_autoptr (GError) error = NULL;

  while (isc_trainer_get_n_steps (kept->trainer) < until)
    {
      isc_history_visit (kept->history, kept->trainer, 0.5);
      isc_trainer_step (kept->trainer, 0.5, &error);
      g_assert_no_error (error);
    }
}

static gsize
bytes_of (const Kept *kept)
{
  return isc_history_get_bytes (kept->history, isc_trainer_get_trace (kept->trainer));
}

static void
go_back (Kept *kept, gsize step)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (isc_history_go_back (kept->history, kept->trainer, step, &error));
  g_assert_no_error (error);
}

/* However long the run, there are between half as many as fit and as many, evenly spread. */
static void
test_spread (void)
{
  Kept kept = keep (json, 0, 0);
  gsize size = isc_trainer_get_checkpoint_bytes (kept.trainer);
  gsize last = 0;

  isc_history_free (kept.history);
  kept.history = isc_history_new (10 * size);
  for (gsize until = 100; until <= 6000; until += 100)
    {
      const IscCheckpoint *latest, *before;

      train (&kept, until);
      g_assert_cmpuint (bytes_of (&kept), <=, 10 * size);
      g_assert_cmpuint (isc_history_get_n_checkpoints (kept.history), >=, until < 1280 ? 1 : 5);
      g_assert_nonnull (isc_history_find (kept.history, 0));
      g_assert_cmpuint (isc_history_find (kept.history, 127)->n_steps, ==, 0);
      latest = isc_history_find (kept.history, until);
      g_assert_cmpuint (latest->n_steps, >=, last);
      last = latest->n_steps;
      if (last == 0)
        continue;
      /* The one before it is as far from it as the first is from the second. */
      before = isc_history_find (kept.history, last - 1);
      g_assert_cmpuint (last % (last - before->n_steps), ==, 0);
      g_assert_cmpuint ((last - before->n_steps) * isc_history_get_n_checkpoints (kept.history), ==,
                        last + (last - before->n_steps));
      g_assert_cmpfloat (latest->seconds, ==, 0.5);
    }
  /* 6000 steps in at most 9 spaces of a power of two. */
  g_assert_cmpuint (last, ==, 5120);
  clear (&kept);
}

static void
test_too_large (void)
{
  Kept kept = keep (json, 0, 0);
  gsize size = isc_trainer_get_checkpoint_bytes (kept.trainer);

  isc_history_free (kept.history);
  kept.history = isc_history_new (size - 1);
  train (&kept, 300);
  g_assert_cmpuint (isc_history_get_n_checkpoints (kept.history), ==, 0);
  g_assert_null (isc_history_find (kept.history, 300));
  clear (&kept);

  kept = keep (json, size, 0);
  train (&kept, 1000);
  g_assert_cmpuint (isc_history_get_n_checkpoints (kept.history), ==, 1);
  g_assert_cmpuint (isc_history_find (kept.history, 1000)->n_steps, ==, 0);
  clear (&kept);
}

static void
test_go_back (void)
{
  Kept kept = keep (json, 64 << 20, 0);
  g_autoptr (IscTrace) old = NULL;

  train (&kept, 1000);
  g_assert_cmpuint (isc_history_get_n_checkpoints (kept.history), ==, 4);
  old = isc_trace_ref (isc_trainer_get_trace (kept.trainer));
  go_back (&kept, 600);
  g_assert_cmpuint (isc_trainer_get_n_steps (kept.trainer), ==, 512);
  g_assert_cmpint (isc_trainer_get_state (kept.trainer), ==, ISC_RUN_RUNNING);
  g_assert_cmpuint (isc_history_get_n_checkpoints (kept.history), ==, 3);
  /* Nobody but us holds the rows of before. */
  g_assert_true (isc_history_find (kept.history, 512)->trace
                 == isc_trainer_get_trace (kept.trainer));
  g_assert_true (isc_history_find (kept.history, 256)->trace
                 == isc_trainer_get_trace (kept.trainer));
  g_assert_cmpuint (isc_trace_get_n_steps (old), ==, 1000);
  train (&kept, 1000);
  g_assert_cmpuint (isc_history_get_n_checkpoints (kept.history), ==, 4);
  for (gsize step = 0; step < 1000; step++)
    for (guint column = 0; column < isc_trace_get_n_columns (old); column++)
      {
        IscReal x = isc_trace_get (old, step, column);
        IscReal y = isc_trace_get (isc_trainer_get_trace (kept.trainer), step, column);

        g_assert_true (memcmp (&x, &y, sizeof x) == 0);
      }
  go_back (&kept, 0);
  g_assert_cmpuint (isc_trainer_get_n_steps (kept.trainer), ==, 0);
  g_assert_cmpint (isc_trainer_get_state (kept.trainer), ==, ISC_RUN_WAITING);
  g_assert_cmpuint (isc_trace_get_n_rows (isc_trainer_get_trace (kept.trainer)), ==, 0);
  clear (&kept);
}

/* Checkpoints hold traces that were thinned since; these count, and the oldest are let go first. */
static void
check_thinned (gsize budget, gsize expected)
{
  Kept kept = keep (json, budget, 1000);
  Kept fresh = keep (json, 0, 1000);
  const IscTrace *ours, *theirs;

  for (gsize until = 50; until <= 6000; until += 50)
    {
      train (&kept, until);
      isc_history_visit (kept.history, kept.trainer, 0.5);
      g_assert_cmpuint (bytes_of (&kept), <=, budget);
    }
  g_assert_cmpuint (isc_trace_get_span (isc_trainer_get_trace (kept.trainer)), >, 4);
  go_back (&kept, 4000);
  g_assert_cmpuint (isc_trainer_get_n_steps (kept.trainer), ==, expected);
  train (&kept, 4000);
  train (&fresh, 4000);
  ours = isc_trainer_get_trace (kept.trainer);
  theirs = isc_trainer_get_trace (fresh.trainer);
  g_assert_cmpuint (isc_trace_get_span (ours), ==, isc_trace_get_span (theirs));
  g_assert_cmpuint (isc_trace_get_n_rows (ours), ==, isc_trace_get_n_rows (theirs));
  for (gsize row = 0; row < isc_trace_get_n_rows (ours); row++)
    for (guint column = 0; column < isc_trace_get_n_columns (ours); column++)
      {
        IscReal x = isc_trace_get (ours, row, column);
        IscReal y = isc_trace_get (theirs, row, column);

        g_assert_true (memcmp (&x, &y, sizeof x) == 0);
      }
  clear (&kept);
  clear (&fresh);
}

static void
test_thinned (void)
{
  check_thinned (64 << 20, 3840);
  check_thinned (200000, 0);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/history/spread", test_spread);
  g_test_add_func ("/engine/history/too-large", test_too_large);
  g_test_add_func ("/engine/history/go-back", test_go_back);
  g_test_add_func ("/engine/history/thinned", test_thinned);
  return g_test_run ();
}
