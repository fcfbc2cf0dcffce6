/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/comparison.h"

#include <math.h>

#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

static IscExperiment *
read_experiment (const char *json)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (json, -1, problems);

  g_assert_nonnull (experiment);
  return experiment;
}

typedef double (*Loss) (guint init, guint seed, gsize step);

static IscResult *
make_result (guint n_seeds, gsize n_steps, Loss loss)
{
  static const char *const name = "0.weight";
  g_autoptr (GString) json = g_string_new (
      "{\"initscope\": 1, \"inits\": [{\"label\": \"Fast\"}, {\"label\": \"Slow\"}],"
      " \"seeds\": [0");
  g_autoptr (IscExperiment) experiment = NULL;
  IscRunResult *runs = g_new0 (IscRunResult, 2 * n_seeds);

  for (guint i = 1; i < n_seeds; i++)
    g_string_append_printf (json, ", %u", i);
  g_string_append (json, "]}");
  experiment = read_experiment (json->str);
  for (guint i = 0; i < 2 * n_seeds; i++)
    {
      IscReal row[ISC_TRACE_PARAMETERS + 2] = { 0 };
      IscRunResult *run = &runs[i];

      run->label = g_strdup (i % 2 ? "Slow" : "Fast");
      run->init = i % 2;
      run->seed = i / 2;
      run->trace = isc_trace_new (&name, 1);
      run->diverged_at = -1;
      for (gsize step = 0; step < n_steps && run->diverged_at < 0; step++)
        {
          row[ISC_TRACE_LOSS] = (IscReal)loss (run->init, i / 2, step);
          g_assert_true (isc_trace_append (run->trace, row));
          run->n_steps++;
          run->n_rows++;
          if (!isfinite (row[ISC_TRACE_LOSS]))
            run->diverged_at = (gint64)step;
        }
    }
  return isc_result_new_take (experiment, runs, 2 * n_seeds);
}

/* Constant until a step, then below every target: the smoothed loss falls by 0.9 a step. */
static double
drop (guint init, guint seed, gsize step)
{
  gsize at = init == 0 ? 10 + seed : seed == 3 ? 5 : 40;

  return step < at ? 1.0 : 0.0;
}

static void
test_steps (void)
{
  g_autoptr (IscResult) result = make_result (1, 200, drop);
  g_autoptr (IscComparison) comparison = isc_comparison_new (result, 0.5);
  double mean = 0.0, weight = 0.0;
  gint64 expected = -1;

  for (gsize i = 0; i < 200 && expected < 0; i++)
    {
      mean = 0.9 * mean + 0.1 * drop (0, 0, i);
      weight = 0.9 * weight + 0.1;
      if (mean / weight <= 0.5)
        expected = (gint64)i + 1;
    }
  g_assert_cmpint (expected, >, 10);
  g_assert_cmpint (isc_comparison_get_run (comparison, 0)->steps, ==, expected);
  g_assert_cmpint (isc_comparison_get_run (comparison, 1)->steps, >, expected);
  /* Ten ones, of which the first counts half, over 199 steps. */
  assert_close (isc_comparison_get_run (comparison, 0)->area, 9.5 / 199.0, 0.0, 1e-12);
  assert_close (isc_comparison_get_run (comparison, 0)->final_loss, 0.0, 0.0, 0.0);
}

static void
test_wins (void)
{
  g_autoptr (IscResult) result = make_result (5, 200, drop);
  g_autoptr (IscComparison) comparison = isc_comparison_new (result, 0.5);
  g_autofree char *text = isc_comparison_describe (comparison);
  guint n_seeds;

  assert_close (isc_comparison_count_wins (comparison, 0, 1, &n_seeds), 4.0, 0.0, 0.0);
  g_assert_cmpuint (n_seeds, ==, 5);
  assert_close (isc_comparison_count_wins (comparison, 1, 0, &n_seeds), 1.0, 0.0, 0.0);
  g_assert_cmpstr (text, ==, "Fast reached 0.5 before Slow in 4 of 5 seeds.");
  g_assert_cmpuint (isc_comparison_get_init (comparison, 0)->n_reached, ==, 5);
}

static double
never (guint init, guint seed, gsize step)
{
  if (init == 1 && seed == 0 && step == 7)
    return NAN;
  return init == 0 && seed < 2 ? 1.0 / (double)(step + 1) : 1.0;
}

/* Two of three reach it: the median is finite, the upper quartile is not. */
static void
test_censored (void)
{
  g_autoptr (IscResult) result = make_result (3, 100, never);
  g_autoptr (IscComparison) comparison = isc_comparison_new (result, 0.2);
  const IscInitScore *fast = isc_comparison_get_init (comparison, 0);
  const IscInitScore *slow = isc_comparison_get_init (comparison, 1);

  g_assert_cmpuint (fast->n_runs, ==, 3);
  g_assert_cmpuint (fast->n_reached, ==, 2);
  g_assert_true (isfinite (fast->steps));
  g_assert_true (isinf (fast->high_steps));
  g_assert_cmpuint (slow->n_reached, ==, 0);
  g_assert_true (isinf (slow->steps));
  g_assert_cmpuint (slow->n_diverged, ==, 1);
  g_assert_true (isinf (isc_comparison_get_run (comparison, 1)->area));
  assert_close (slow->area, 1.0, 0.0, 1e-12);
}

/* Without a target: nine tenths of the way down, at three digits, which the best run reaches. */
static void
test_target (void)
{
  g_autoptr (IscResult) result = make_result (1, 300, drop);
  g_autoptr (IscComparison) comparison = isc_comparison_new (result, NAN);
  double target = isc_comparison_get_target (comparison);

  g_assert_cmpfloat (target, >=, 0.1);
  g_assert_cmpfloat (target, <=, 0.101 + 1e-12);
  g_assert_cmpuint (isc_comparison_get_init (comparison, 0)->n_reached, ==, 1);
}

static void
test_nothing (void)
{
  g_autoptr (IscResult) result = make_result (2, 0, drop);
  g_autoptr (IscComparison) comparison = isc_comparison_new (result, NAN);

  g_assert_true (isnan (isc_comparison_get_target (comparison)));
  g_assert_cmpuint (isc_comparison_get_init (comparison, 0)->n_runs, ==, 0);
  g_assert_null (isc_comparison_describe (comparison));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/steps", test_steps);
  g_test_add_func ("/comparison/wins", test_wins);
  g_test_add_func ("/comparison/censored", test_censored);
  g_test_add_func ("/comparison/target", test_target);
  g_test_add_func ("/comparison/nothing", test_nothing);
  return g_test_run ();
}
