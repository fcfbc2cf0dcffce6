/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/runs.h"

#include <math.h>
#include <string.h>

#include "experiment/edit.h"
#include "experiment/json.h"
#include "experiment/problem.h"

static gboolean
same_double (double a, double b)
{
  return memcmp (&a, &b, sizeof a) == 0 || (isnan (a) && isnan (b));
}

static void
assert_same_spread (const IscSpread *a, const IscSpread *b)
{
  g_assert_true (memcmp (a, b, sizeof *a) == 0);
}

static void
assert_same_observation (const IscObservation *a, const IscObservation *b)
{
  g_assert_cmpuint (a->step, ==, b->step);
  g_assert_true (same_double (a->loss, b->loss));
  g_assert_cmpuint (a->n_parameters, ==, b->n_parameters);
  for (guint i = 0; i < a->n_parameters; i++)
    {
      assert_same_spread (&a->parameters[i].values, &b->parameters[i].values);
      assert_same_spread (&a->parameters[i].gradient, &b->parameters[i].gradient);
      g_assert_true (same_double (a->parameters[i].norm, b->parameters[i].norm));
    }
  g_assert_cmpuint (a->n_modules, ==, b->n_modules);
  for (guint i = 0; i < a->n_modules; i++)
    {
      assert_same_spread (&a->modules[i].outputs, &b->modules[i].outputs);
      assert_same_spread (&a->modules[i].gradient, &b->modules[i].gradient);
      g_assert_true (same_double (a->modules[i].dead, b->modules[i].dead));
    }
}

void
runs_assert_same_record (const IscRunResult *a, const IscRunResult *b)
{
  g_assert_cmpstr (a->label, ==, b->label);
  g_assert_cmpuint (a->seed, ==, b->seed);
  g_assert_cmpint (a->state, ==, b->state);
  g_assert_cmpuint (a->n_steps, ==, b->n_steps);
  g_assert_cmpuint (a->planned_steps, ==, b->planned_steps);
  g_assert_cmpint (a->diverged_at, ==, b->diverged_at);
  g_assert_cmpuint (isc_trace_get_n_columns (a->trace), ==, isc_trace_get_n_columns (b->trace));
  g_assert_cmpuint (a->n_rows, ==, b->n_rows);
  for (gsize row = 0; row < a->n_rows; row++)
    {
      g_assert_cmpuint (isc_trace_get_step (a->trace, row), ==, isc_trace_get_step (b->trace, row));
      for (guint column = 0; column < isc_trace_get_n_columns (a->trace); column++)
        {
          IscReal x = isc_trace_get (a->trace, row, column);
          IscReal y = isc_trace_get (b->trace, row, column);

          g_assert_true (memcmp (&x, &y, sizeof x) == 0);
        }
    }
  g_assert_cmpuint (a->n_epochs, ==, b->n_epochs);
  for (guint i = 0; i < a->n_epochs; i++)
    {
      g_assert_true (same_double (a->epochs[i].train_loss, b->epochs[i].train_loss));
      g_assert_true (same_double (a->epochs[i].test_loss, b->epochs[i].test_loss));
      g_assert_true (same_double (a->epochs[i].test_accuracy, b->epochs[i].test_accuracy));
      g_assert_cmpuint (a->epochs[i].last_step, ==, b->epochs[i].last_step);
    }
  g_assert_true (same_double (a->final_loss, b->final_loss));
  g_assert_true (same_double (a->best_loss, b->best_loss));
  g_assert_true (same_double (a->accuracy, b->accuracy));
}

void
runs_assert_same_run (const IscRunResult *a, const IscRunResult *b)
{
  runs_assert_same_record (a, b);
  g_assert_cmpuint (a->n_observations, ==, b->n_observations);
  for (guint i = 0; i < a->n_observations; i++)
    assert_same_observation (a->observations[i], b->observations[i]);
}

IscExperiment *
runs_read (const char *json)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (json, -1, problems);

  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *text = isc_problem_to_text (problems->pdata[i]);

      g_test_message ("%s", text);
    }
  g_assert_nonnull (experiment);
  return experiment;
}

IscExperiment *
runs_edit (IscExperiment *experiment, const char *path, const char *value)
{
  g_autoptr (GError) error = NULL;
  IscExperiment *other = isc_experiment_edit (experiment, path, value, &error);

  g_assert_no_error (error);
  return other;
}

IscRun *
runs_new (IscExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  IscRun *run = isc_run_new (experiment, &error);

  g_assert_no_error (error);
  return run;
}

void
runs_advance (IscRun *run, gsize until, guint n_threads)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (isc_run_advance (run, until, n_threads, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

void
runs_advance_by (IscRun *run, gsize n_steps, guint n_threads)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (isc_run_advance_by (run, n_steps, n_threads, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

void
runs_rewind (IscRun *run, gsize step, guint n_threads)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (isc_run_rewind (run, step, n_threads, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

IscResult *
runs_to_end (IscExperiment *experiment, guint n_threads)
{
  g_autoptr (IscRun) run = runs_new (experiment);
  IscResult *result;

  runs_advance (run, G_MAXSIZE, n_threads);
  result = isc_run_snapshot (run);
  g_assert_true (isc_result_is_finished (result));
  return result;
}

void
runs_assert_same (const IscResult *a, const IscResult *b)
{
  g_assert_cmpuint (isc_result_get_n_runs (a), ==, isc_result_get_n_runs (b));
  for (guint i = 0; i < isc_result_get_n_runs (a); i++)
    runs_assert_same_run (isc_result_get_run (a, i), isc_result_get_run (b, i));
}

void
runs_assert_same_weights (IscRun *a, IscRun *b)
{
  g_autoptr (IscResult) result = isc_run_snapshot (a);

  for (guint r = 0; r < isc_result_get_n_runs (result); r++)
    {
      g_autoptr (GPtrArray) ours = isc_run_copy_weights (a, r);
      g_autoptr (GPtrArray) theirs = isc_run_copy_weights (b, r);

      g_assert_cmpuint (ours->len, ==, theirs->len);
      for (guint i = 0; i < ours->len; i++)
        {
          gsize size = isc_tensor_get_count (ours->pdata[i]) * sizeof (float);

          g_assert_true (memcmp (isc_tensor_get_data (ours->pdata[i]),
                                 isc_tensor_get_data (theirs->pdata[i]), size)
                         == 0);
        }
    }
}
