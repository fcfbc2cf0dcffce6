/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Going back: the same bytes however often and to wherever, with or without checkpoints, on one
 * thread or two; what diverged diverges again; what others hold does not change. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "support/reference.h"
#include "support/runs.h"

/* Bytes for every checkpoint that is due. */
#define PLENTY (16 << 20)

/* All that a step can depend on: running statistics, dropped units, moments, an order an epoch.
 * Five batches an epoch, 300 steps: more than the 256 between two checkpoints of so wide a network.
 */
static const char everything[]
    = "{\"initscope\": 1, \"data\": \"Moons(samples=90, test_fraction=0.2)\","
      "\"network\": [\"Linear(2, 8)\", \"BatchNorm1d(8)\", \"ReLU()\", \"Dropout(0.3)\","
      "\"Linear(8, 200)\", \"ReLU()\", \"Linear(200, 8)\", \"Linear(8, 2)\"],"
      "\"inits\": [{\"label\": \"A\", \"weight\": \"xavier_uniform_()\"}, {\"label\": \"B\"}],"
      "\"loss\": \"CrossEntropyLoss()\", \"optimizer\": \"Adam(lr=0.01)\", \"batch_size\": 16,"
      "\"epochs\": 60, \"seeds\": [0, 70], \"observe_every\": 20}";

static GPtrArray *
experiments (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_experiment_unref);
  IscExperiment *adam = runs_read (everything);
  IscExperiment *sgd = runs_edit (adam, "optimizer", "SGD(lr=0.05, momentum=0.9)");
  g_autoptr (IscExperiment) own
      = runs_edit (sgd, "data", "RandomClassification(samples=72, features=2, classes=2)");

  g_ptr_array_add (list, adam);
  g_ptr_array_add (list, sgd);
  g_ptr_array_add (list, runs_edit (adam, "reseed", "false"));
  g_ptr_array_add (list, runs_edit (own, "reseed", "false"));
  g_ptr_array_add (list, runs_edit (own, "shuffle", "false"));
  g_ptr_array_add (list, runs_edit (sgd, "batch_size", "null"));
  return list;
}

/* Each run is as it was after as many steps: its rows are the first of @whole. */
static void
assert_within (IscRun *run, const IscResult *whole)
{
  g_autoptr (IscResult) result = isc_run_snapshot (run);

  for (guint r = 0; r < isc_result_get_n_runs (whole); r++)
    {
      const IscRunResult *now = isc_result_get_run (result, r);
      const IscRunResult *then = isc_result_get_run (whole, r);
      guint n_columns = isc_trace_get_n_columns (then->trace);
      double best = NAN;
      guint n_epochs = 0;

      for (gsize row = 0; row < now->n_rows; row++)
        {
          double loss = (double)isc_trace_get (then->trace, row, ISC_TRACE_LOSS);

          if (isfinite (loss) && !(best <= loss))
            best = loss;
          for (guint column = 0; column < n_columns; column++)
            {
              IscReal x = isc_trace_get (now->trace, row, column);
              IscReal y = isc_trace_get (then->trace, row, column);

              g_assert_cmpmem (&x, sizeof x, &y, sizeof y);
            }
        }
      while (n_epochs < then->n_epochs && then->epochs[n_epochs].last_step < now->n_steps)
        n_epochs++;
      g_assert_cmpuint (now->n_epochs, ==, n_epochs);
      assert_close (now->best_loss, best, 0.0, 0.0);
      assert_close (now->accuracy, n_epochs ? then->epochs[n_epochs - 1].test_accuracy : NAN, 0.0,
                    0.0);
      g_assert_cmpint (now->state, ==,
                       now->n_steps == then->n_steps ? then->state
                       : now->n_steps > 0            ? ISC_RUN_RUNNING
                                                     : ISC_RUN_WAITING);
      g_assert_cmpint (now->diverged_at, ==,
                       now->n_steps == then->n_steps ? then->diverged_at : -1);
      g_assert_cmpuint (now->planned_steps, ==, then->planned_steps);
    }
}

static void
rewind_and_check (IscRun *run, gsize step, guint n_threads, const IscResult *whole)
{
  g_autoptr (IscResult) before = isc_run_snapshot (run);
  g_autoptr (IscResult) after = NULL;

  runs_rewind (run, step, n_threads);
  after = isc_run_snapshot (run);
  for (guint r = 0; r < isc_result_get_n_runs (before); r++)
    g_assert_cmpuint (isc_result_get_run (after, r)->n_steps, ==,
                      MIN (isc_result_get_run (before, r)->n_steps, step));
  assert_within (run, whole);
  /* What was taken before is what it was. */
  for (guint r = 0; r < isc_result_get_n_runs (before); r++)
    {
      const IscRunResult *old = isc_result_get_run (before, r);

      g_assert_true (old->n_rows == 0
                     || (double)isc_trace_get (old->trace, old->n_rows - 1, ISC_TRACE_LOSS)
                            == old->final_loss
                     || isnan (old->final_loss));
    }
}

/* "+300" advances to step 300, "+" to the end, "-70" rewinds to step 70. */
static void
go (IscRun *run, const char *way, guint n_threads, const IscResult *whole)
{
  g_auto (GStrv) moves = g_strsplit (way, " ", -1);

  for (guint i = 0; moves[i]; i++)
    {
      gsize step = moves[i][1] ? (gsize)g_ascii_strtoull (moves[i] + 1, NULL, 10) : G_MAXSIZE;

      if (moves[i][0] == '-')
        rewind_and_check (run, step, n_threads, whole);
      else
        {
          runs_advance (run, step, n_threads);
          assert_within (run, whole);
        }
    }
}

/* The last move is to the end. */
static void
check_way (IscExperiment *experiment, const char *way, gsize bytes, guint n_threads, IscRun *whole)
{
  g_autoptr (IscResult) expected = isc_run_snapshot (whole);
  g_autoptr (IscRun) run = runs_new (experiment);
  g_autoptr (IscResult) result = NULL;

  isc_run_set_checkpoint_bytes (run, bytes);
  go (run, way, n_threads, expected);
  result = isc_run_snapshot (run);
  runs_assert_same (expected, result);
  runs_assert_same_weights (whole, run);
}

static void
test_ways (void)
{
  const char *const ways[] = { "+290 -70 +",    "+290 -0 +",      "+ -273 +",
                               "+ -300 +",      "+ -0 +",         "+290 -64 -3 +90 -80 -80 +",
                               "+1 -0 +1 -0 +", "+ -299 + -256 +" };
  g_autoptr (GPtrArray) list = experiments ();

  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr (IscRun) whole = runs_new (list->pdata[i]);

      runs_advance (whole, G_MAXSIZE, 1);
      /* Each way with half of them, on one thread and on two. */
      for (guint j = i % 2; j < G_N_ELEMENTS (ways); j += 2)
        check_way (list->pdata[i], ways[j], PLENTY, 1 + (i + j) / 2 % 2, whole);
    }
}

/* No checkpoints, as for a network that is too large to be kept twice: from the seed, every time.
 * Then room for the one before the first step and no other. */
static void
test_few_checkpoints (void)
{
  g_autoptr (GPtrArray) list = experiments ();

  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr (IscRun) whole = runs_new (list->pdata[i]);

      runs_advance (whole, G_MAXSIZE, 1);
      check_way (list->pdata[i], "+290 -0 +90 -80 + -299 +", 0, 1 + i % 2, whole);
      check_way (list->pdata[i], "+290 -0 +90 -80 + -299 +", 4 * 75000, 2 - i % 2, whole);
    }
}

static void
check_diverging (const char *optimizer, const char *reseed, gsize bytes)
{
  g_autoptr (IscExperiment) read = runs_read (everything);
  g_autoptr (IscExperiment) plain
      = runs_edit (read, "network", "[\"Linear(2, 8)\", \"Linear(8, 2)\"]");
  g_autoptr (IscExperiment) fast = runs_edit (plain, "optimizer", optimizer);
  g_autoptr (IscExperiment) experiment = runs_edit (fast, "reseed", reseed);
  g_autoptr (IscRun) whole = runs_new (experiment);
  g_autoptr (IscResult) expected = NULL;
  gint64 at;

  runs_advance (whole, G_MAXSIZE, 1);
  expected = isc_run_snapshot (whole);
  at = isc_result_get_run (expected, 0)->diverged_at;
  g_assert_cmpint (isc_result_get_run (expected, 0)->state, ==, ISC_RUN_DIVERGED);
  g_assert_cmpint (at, >, 1);
  g_assert_cmpint (at, <, 299);
  for (gint64 step = at - 1; step <= at + 1; step++)
    {
      g_autofree char *way = g_strdup_printf ("+ -%d + -%d +", (int)step, (int)at / 2);

      check_way (experiment, way, bytes, 2, whole);
    }
}

static void
test_diverged (void)
{
  check_diverging ("SGD(lr=1e6)", "true", PLENTY);
  check_diverging ("SGD(lr=1e6)", "true", 0);
  check_diverging ("SGD(lr=1e6)", "false", PLENTY);
  check_diverging ("SGD(lr=3, momentum=0.99)", "true", PLENTY);
}

/* A run that reached its target loss has not reached it before. */
static void
test_reached (void)
{
  g_autoptr (IscExperiment) read = runs_read (everything);
  g_autoptr (IscExperiment) experiment = runs_edit (read, "target_loss", "0.45");
  g_autoptr (IscRun) whole = runs_new (experiment);
  g_autoptr (IscResult) expected = NULL;
  guint n_reached = 0;

  runs_advance (whole, G_MAXSIZE, 1);
  expected = isc_run_snapshot (whole);
  for (guint r = 0; r < isc_result_get_n_runs (expected); r++)
    {
      const IscRunResult *run = isc_result_get_run (expected, r);
      g_autofree char *way = g_strdup_printf ("+ -%d +", (int)run->n_steps - 1);

      n_reached += run->state == ISC_RUN_REACHED && run->n_steps < run->planned_steps;
      check_way (experiment, way, PLENTY, 2, whole);
    }
  g_assert_cmpuint (n_reached, >, 0);
  check_way (experiment, "+ -0 +", PLENTY, 2, whole);
}

static void
cancel_cb (IscRun *run, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
assert_steps (IscRun *run, const gsize *expected)
{
  g_autoptr (IscResult) result = isc_run_snapshot (run);

  for (guint r = 0; r < isc_result_get_n_runs (result); r++)
    g_assert_cmpuint (isc_result_get_run (result, r)->n_steps, ==, expected[r]);
}

/* After a rewind that was stopped, the next one brings all to where it goes, be they past it or
 * behind; or they are advanced. */
static void
check_cancelled (gsize bytes, gboolean at_once, gsize then)
{
  g_autoptr (IscExperiment) experiment = runs_read (everything);
  g_autoptr (IscRun) whole = runs_new (experiment);
  g_autoptr (IscRun) run = runs_new (experiment);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscResult) expected = NULL;
  g_autoptr (IscResult) result = NULL;

  runs_advance (whole, G_MAXSIZE, 2);
  expected = isc_run_snapshot (whole);
  isc_run_set_checkpoint_bytes (run, bytes);
  runs_advance (run, G_MAXSIZE, 2);
  if (at_once)
    g_cancellable_cancel (cancellable);
  g_assert_false (isc_run_rewind (run, 299, 2, cancellable, cancel_cb, cancellable, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, "training was stopped");
  assert_within (run, expected);
  if (then > 0)
    {
      runs_rewind (run, then, 2);
      assert_steps (run, (gsize[]){ then, then, then, then });
      assert_within (run, expected);
    }
  runs_advance (run, G_MAXSIZE, 2);
  result = isc_run_snapshot (run);
  runs_assert_same (expected, result);
  runs_assert_same_weights (whole, run);
}

static void
test_cancelled (void)
{
  check_cancelled (PLENTY, FALSE, 0);
  check_cancelled (0, FALSE, 0);
  check_cancelled (0, FALSE, 100);
  check_cancelled (PLENTY, FALSE, 298);
  check_cancelled (0, TRUE, 299);
}

/* Runs of a chain wait for each other only until they have begun. */
static void
test_chain (void)
{
  g_autoptr (IscExperiment) read = runs_read (everything);
  g_autoptr (IscExperiment) experiment = runs_edit (read, "reseed", "false");
  g_autoptr (IscRun) run = runs_new (experiment);

  runs_advance (run, 50, 2);
  runs_rewind (run, 30, 2);
  assert_steps (run, (gsize[]){ 30, 0, 30, 0 });
  runs_advance (run, G_MAXSIZE, 2);
  runs_rewind (run, 30, 2);
  runs_advance (run, 31, 2);
  assert_steps (run, (gsize[]){ 31, 31, 31, 31 });
}

/* Steps are counted from the run that is furthest of those in training. */
static void
test_by_steps (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (everything);
  g_autoptr (IscExperiment) chain = runs_edit (experiment, "reseed", "false");
  g_autoptr (IscRun) whole = runs_new (chain);
  g_autoptr (IscRun) run = runs_new (experiment);
  g_autoptr (IscRun) chained = runs_new (chain);
  g_autoptr (IscResult) expected = NULL;
  g_autoptr (IscResult) result = NULL;
  guint n = 0;

  runs_advance_by (run, 1, 2);
  runs_advance_by (run, 10, 1);
  assert_steps (run, (gsize[]){ 11, 11, 11, 11 });
  runs_rewind (run, 5, 2);
  runs_advance_by (run, 100, 2);
  assert_steps (run, (gsize[]){ 105, 105, 105, 105 });
  runs_advance_by (run, 200, 2);
  assert_steps (run, (gsize[]){ 300, 300, 300, 300 });

  runs_advance_by (chained, 299, 2);
  assert_steps (chained, (gsize[]){ 299, 0, 299, 0 });
  runs_advance_by (chained, 2, 2);
  assert_steps (chained, (gsize[]){ 300, 0, 300, 0 });
  runs_advance_by (chained, 2, 2);
  assert_steps (chained, (gsize[]){ 300, 2, 300, 2 });
  do
    {
      g_clear_pointer (&result, isc_result_unref);
      runs_advance_by (chained, 100, 2);
      result = isc_run_snapshot (chained);
      g_assert_cmpuint (++n, <, 5);
    }
  while (!isc_result_is_finished (result));
  runs_advance (whole, G_MAXSIZE, 1);
  expected = isc_run_snapshot (whole);
  runs_assert_same (expected, result);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/rewind/ways", test_ways);
  g_test_add_func ("/engine/rewind/few-checkpoints", test_few_checkpoints);
  g_test_add_func ("/engine/rewind/diverged", test_diverged);
  g_test_add_func ("/engine/rewind/reached", test_reached);
  g_test_add_func ("/engine/rewind/cancelled", test_cancelled);
  g_test_add_func ("/engine/rewind/chain", test_chain);
  g_test_add_func ("/engine/rewind/by-steps", test_by_steps);
  return g_test_run ();
}
