/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figure of a range test, of real runs. */

#include <math.h>
#include <string.h>

#include "base/runtime.h"
#include "engine/run.h"
#include "experiment/edit.h"
#include "support/reference.h"
#include "views-samples.h"
#include "views/range-test.h"

/* Two inits on a small network, under @schedule; the dump of the figure, and its
 * summary. */
static char *
show (const char *schedule, gsize steps, IscViewOptions options)
{
  g_autoptr (IscExperiment) plain = sample_experiment (2, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscExperiment) experiment = isc_experiment_edit (plain, "schedule", schedule, &error);
  g_autoptr (IscRun) run = NULL;
  g_autoptr (IscResult) result = NULL;
  g_autoptr (IscFigure) figure = NULL;
  g_autofree char *dump = NULL;

  g_assert_no_error (error);
  run = isc_run_new (experiment, &error);
  g_assert_no_error (error);
  g_assert_true (isc_run_advance (run, steps, 1, NULL, NULL, NULL, &error));
  result = isc_run_snapshot (run);
  figure = isc_views_find ("learning-rate", NULL)->of_result (result, &options);
  dump = sample_check (figure, options.compact);
  return g_strconcat (dump, isc_figure_get_summary (figure), NULL);
}

static void
test_range (void)
{
  g_autofree char *dump = show ("LearningRateRange(1e-4, 0.5)", G_MAXSIZE, (IscViewOptions){ 0 });

  sample_has (dump, "learning rate");
  sample_has (dump, "LearningRateRange(0.0001, 0.5)");
  sample_has (dump, "A: least loss");
  sample_has (dump, "B: least loss");
  g_assert_null (strstr (dump, "does not rise"));
}

static void
test_diverged (void)
{
  g_autofree char *dump = show ("LearningRateRange(1, 1e6)", G_MAXSIZE, (IscViewOptions){ 0 });

  /* What would squash the rest gets a logarithmic axis unasked. */
  sample_has (dump, "log scale");
}

/* A loss that is flat, falls by the logarithm of the rate from 1e-3 to 1e-1, and then rises above
 * where it began. */
static void
test_places (void)
{
  static const char *const names[] = { "0.weight" };
  float row[ISC_TRACE_PARAMETERS + 2] = { 0 };
  IscRunResult run = { .trace = isc_trace_new (names, 1), .diverged_at = -1, .n_rows = 400 };
  g_autoptr (IscRangeTest) test = NULL;

  for (guint i = 0; i < 400; i++)
    {
      /* From 1e-4 to 1. */
      double decade = -4.0 + i / 100.0;

      row[ISC_TRACE_LEARNING_RATE] = (float)pow (10.0, decade);
      row[ISC_TRACE_LOSS] = (float)(decade < -3.0   ? 2.0
                                    : decade < -1.0 ? 2.0 - 0.25 * (decade + 3.0) * (decade + 3.0)
                                                    : 1.0 + 4.0 * (decade + 1.0));
      g_assert_true (isc_trace_append (run.trace, row));
    }
  test = isc_range_test_new (&run);
  g_assert_cmpuint (test->n, ==, 400);
  g_assert_cmpuint (test->best, ==, 300);
  /* The fall grows until it ends, but for the window that looks beyond the end. */
  g_assert_cmpuint (test->steepest, >=, 270);
  g_assert_cmpuint (test->steepest, <=, 300);
  /* 1 + 4 x = 2 at a quarter of a decade, and half a window later or sooner. */
  g_assert_cmpuint (test->back, >=, 322);
  g_assert_cmpuint (test->back, <=, 328);
  isc_trace_unref (run.trace);
}

/* Before the first step there is nothing; a rate that stays has no axis. */
static void
test_nothing (void)
{
  g_autofree char *waiting = show ("LearningRateRange()", 0, (IscViewOptions){ 0 });
  g_autofree char *constant = show ("null", G_MAXSIZE, (IscViewOptions){ .compact = TRUE });
  g_autofree char *falling = show ("ExponentialLR(0.5)", G_MAXSIZE, (IscViewOptions){ 0 });

  sample_has (waiting, "No step has been trained yet");
  sample_has (constant, "choose a schedule such as LearningRateRange()");
  sample_has (falling, "choose a schedule such as LearningRateRange()");
}

/* Of a cycle only the way up. */
static void
test_cycle (void)
{
  g_autofree char *dump = show ("OneCycleLR(0.1)", G_MAXSIZE, (IscViewOptions){ .log_y = TRUE });

  sample_has (dump, "A: least loss");
  sample_has (dump, "log scale");
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/learning-rate/range", test_range);
  g_test_add_func ("/views/learning-rate/diverged", test_diverged);
  g_test_add_func ("/views/learning-rate/places", test_places);
  g_test_add_func ("/views/learning-rate/nothing", test_nothing);
  g_test_add_func ("/views/learning-rate/cycle", test_cycle);
  return g_test_run ();
}
