/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signals by layer: of observations made by hand, of real runs, of none. */

#include <math.h>
#include <string.h>

#include "base/runtime.h"
#include "support/reference.h"
#include "views-samples.h"

/* Linear, ReLU, Linear: what it hands on, and gets back, is @size times 1, 2, 4 and 8, 16, 32. */
static IscObservation *
make_observation (gsize step, double size)
{
  IscObservation *observation = isc_observation_new (0, 3);

  observation->step = step;
  observation->batch = 256;
  for (guint i = 0; i < 3; i++)
    {
      observation->modules[i].name = g_strdup_printf ("%u", i);
      observation->modules[i].id = i == 1 ? "ReLU" : "Linear";
      observation->modules[i].has_weights = i != 1;
      observation->modules[i].outputs.std = size * (1 << i);
      observation->modules[i].gradient.std = size * (8 << i);
    }
  return observation;
}

/* An init with three seeds, looked at twice. */
static IscResult *
make_result (const double sizes[3])
{
  g_autoptr (IscExperiment) experiment = sample_experiment (1, 3);
  IscRunResult *runs = g_new0 (IscRunResult, 3);

  for (guint i = 0; i < 3; i++)
    {
      runs[i] = (IscRunResult){ .label = g_strdup ("A"), .seed = i, .n_observations = 2 };
      runs[i].trace = isc_trace_new (NULL, 0);
      runs[i].observations = g_new (IscObservation *, 2);
      runs[i].observations[0] = make_observation (0, sizes[i]);
      runs[i].observations[1] = make_observation (10, 10.0 * sizes[i]);
    }
  return isc_result_new_take (experiment, runs, 3);
}

static char *
summary_at (IscResult *result, gsize step)
{
  IscViewOptions options = isc_view_options_default;
  g_autoptr (IscFigure) figure = NULL;
  g_autofree char *dump = NULL;

  options.at_step = step;
  figure = isc_views_find ("signals", NULL)->of_result (result, &options);
  dump = sample_check (figure, FALSE);
  sample_has (dump, step < 10 ? "initial weights" : "after 10 steps");
  sample_has (dump, "256 examples");
  return g_strdup (isc_figure_get_summary (figure));
}

/* The first layer's outputs are the ReLU's; its gradient is the Linear's. */
static void
test_numbers (void)
{
  static const double sizes[3] = { 3.0, 1.0, 2.0 };
  g_autoptr (IscResult) result = make_result (sizes);
  g_autofree char *first = summary_at (result, 9);
  g_autofree char *last = summary_at (result, G_MAXSIZE);

  sample_has (first, "A: outputs 4 at the first layer and 8 at the last, gradients 16 and 64.");
  sample_has (last, "outputs 40 at the first layer and 80 at the last, gradients 160 and 640.");
}

/* What is not finite counts as larger than anything, and is no reason to hide the others. */
static void
test_not_finite (void)
{
  static const double sizes[3] = { NAN, 1.0, 2.0 };
  static const double worse[3] = { NAN, INFINITY, 2.0 };
  g_autoptr (IscResult) result = make_result (sizes);
  g_autoptr (IscResult) lost = make_result (worse);
  g_autofree char *summary = summary_at (result, 0);
  g_autofree char *of_lost = summary_at (lost, 0);

  sample_has (summary, "A: outputs 4 at");
  sample_has (of_lost, "A: outputs ∞ at");
}

static void
test_runs (void)
{
  g_autoptr (IscResult) result = sample_deep_result (12);
  g_autoptr (IscFigure) figure
      = isc_views_find ("signals", NULL)->of_result (result, &isc_view_options_default);
  g_autofree char *dump = sample_check (figure, FALSE);

  sample_has (dump, "after 3 steps");
  sample_has (dump, "outputs");
  sample_has (dump, "gradients");
}

static void
test_nothing (void)
{
  g_autoptr (IscResult) result = sample_result (2, 1, 0, 0, NULL);
  g_autoptr (IscFigure) figure
      = isc_views_find ("signals", NULL)->of_result (result, &isc_view_options_default);
  g_autofree char *dump = sample_check (figure, FALSE);

  sample_has (dump, "The network has not been observed yet");
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/signals/numbers", test_numbers);
  g_test_add_func ("/views/signals/not-finite", test_not_finite);
  g_test_add_func ("/views/signals/runs", test_runs);
  g_test_add_func ("/views/signals/nothing", test_nothing);
  return g_test_run ();
}
