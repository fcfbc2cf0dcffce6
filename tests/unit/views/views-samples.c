/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views-samples.h"

#include <math.h>
#include <string.h>

#include "engine/run.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "plot/layout.h"
#include "support/reference.h"

static IscExperiment *
read_experiment (const char *json)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (json, -1, problems);

  g_assert_cmpuint (problems->len, ==, 0);
  return experiment;
}

IscExperiment *
sample_experiment (guint n_inits, guint n_seeds)
{
  g_autoptr (GString) json = g_string_new (
      "{\"initscope\": 1, \"title\": \"A title\", \"data\": \"Moons()\","
      "\"network\": [\"Linear(2, 4)\", \"LeakyReLU()\", \"Linear(out_features=3, in_features=4)\", "
      "\"ReLU()\", \"Linear(3, 2)\"],"
      "\"inits\": [");

  for (guint i = 0; i < n_inits; i++)
    g_string_append_printf (json, "%s{\"label\": \"%c\", \"weight\": \"xavier_normal_()\"}",
                            i ? ", " : "", 'A' + (int)i);
  g_string_append (json, "], \"seeds\": [0");
  for (guint i = 1; i < n_seeds; i++)
    g_string_append_printf (json, ", %u", i);
  g_string_append (json, "]}");
  return read_experiment (json->str);
}

/* Values as large as @size, evenly; none if that is no number. */
static IscSpread
sample_spread (double size)
{
  IscSpread spread = { .count = 640, .mean = 0.5 * size, .std = size, .rms = size, .high = size };

  if (!isfinite (size))
    return (IscSpread){ .count = 640,
                        .n_non_finite = 640,
                        .mean = NAN,
                        .std = NAN,
                        .rms = NAN,
                        .low = NAN,
                        .high = NAN };
  spread.low = -size;
  for (guint i = 0; i < ISC_SPREAD_BINS; i++)
    spread.bins[i] = 10;
  return spread;
}

static IscObservation *
sample_observation (gsize step, double size)
{
  static const char *const ids[] = { "Linear", "LeakyReLU", "Linear", "Tanh", "Linear" };
  static const char *const names[] = { "0", "1", "2", "3", "4" };
  IscObservation *observation = isc_observation_new (2, G_N_ELEMENTS (ids));

  observation->step = step;
  observation->batch = 256;
  observation->loss = size;
  for (guint i = 0; i < 2; i++)
    observation->parameters[i]
        = (IscParameterObservation){ .name = g_strdup (i ? "0.bias" : "0.weight"),
                                     .values = sample_spread (size),
                                     .gradient = sample_spread (size),
                                     .norm = size,
                                     .n_rows = i ? 0 : 4 };
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    observation->modules[i]
        = (IscModuleObservation){ .name = g_strdup (names[i]),
                                  .id = ids[i],
                                  .has_weights = i % 2 == 0,
                                  .outputs = sample_spread (size * pow (0.1, (double)i)),
                                  .gradient = sample_spread (size),
                                  .dead = i == 1 ? 0.25 : NAN,
                                  .saturated = i == 3 ? 0.5 : NAN,
                                  .correlation = 0.1 };
  return observation;
}

/* Before the first step and after the last. */
static void
observe (IscRunResult *run, guint index, SampleLoss loss)
{
  run->observations = g_new (IscObservation *, 2);
  if (run->planned_steps == 0)
    return;
  run->observations[run->n_observations++] = sample_observation (0, (double)loss (index, 0));
  run->observations[run->n_observations++]
      = sample_observation (run->n_steps, (double)loss (index, run->n_steps - 1));
}

static void
fill_run (IscRunResult *run, guint index, gsize n_steps, gsize n_per_epoch, SampleLoss loss)
{
  static const char *const names[] = { "0.weight", "0.bias" };
  float row[ISC_TRACE_PARAMETERS + 4];
  double sum = 0.0;

  run->trace = isc_trace_new (names, G_N_ELEMENTS (names));
  run->state = n_steps ? ISC_RUN_DONE : ISC_RUN_WAITING;
  run->planned_steps = n_steps;
  run->final_loss = run->best_loss = run->accuracy = NAN;
  run->diverged_at = -1;
  run->epochs = g_new0 (IscEpoch, n_per_epoch ? n_steps / n_per_epoch + 1 : 1);
  for (gsize step = 0; step < n_steps && run->diverged_at < 0; step++)
    {
      float value = loss (index, step);

      for (guint i = 0; i < G_N_ELEMENTS (row); i++)
        row[i] = value;
      g_assert_true (isc_trace_append (run->trace, row));
      run->n_rows++;
      run->n_steps++;
      run->final_loss = (double)value;
      run->best_loss = fmin (run->best_loss, (double)value);
      sum += (double)value;
      if (!isfinite (value))
        {
          run->diverged_at = (gint64)step;
          run->state = ISC_RUN_DIVERGED;
        }
      else if (n_per_epoch && (step + 1) % n_per_epoch == 0)
        {
          run->accuracy = 0.5;
          run->epochs[run->n_epochs++] = (IscEpoch){ .train_loss = sum / (double)n_per_epoch,
                                                     .test_loss = (double)value,
                                                     .test_accuracy = 0.5,
                                                     .seconds = 0.5 * (double)(step + 1),
                                                     .last_step = step };
          sum = 0.0;
        }
    }
  observe (run, index, loss);
}

IscResult *
sample_result (guint n_inits, guint n_seeds, gsize n_steps, gsize n_per_epoch, SampleLoss loss)
{
  g_autoptr (IscExperiment) experiment = sample_experiment (n_inits, n_seeds);
  IscRunResult *runs = g_new0 (IscRunResult, n_inits * n_seeds);

  for (guint i = 0; i < n_inits * n_seeds; i++)
    {
      runs[i].init = i % n_inits;
      runs[i].seed = i / n_inits;
      runs[i].label = g_strdup (isc_experiment_get_init_label (experiment, i % n_inits));
      fill_run (&runs[i], i, n_steps, n_per_epoch, loss);
    }
  return isc_result_new_take (experiment, runs, n_inits * n_seeds);
}

IscResult *
sample_deep_result (guint n_layers)
{
  g_autoptr (GString) json = g_string_new ("{\"initscope\": 1, \"data\": \"Moons(samples=20)\","
                                           "\"steps\": 3, \"batch_size\": 10, \"network\": [");
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscRun) run = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_layers; i++)
    g_string_append_printf (json, "%s\"Linear(2, 2)\"", i ? ", " : "");
  g_string_append (json, "], \"inits\": [{\"label\": \"A\"}]}");
  experiment = read_experiment (json->str);
  run = isc_run_new (experiment, &error);
  g_assert_no_error (error);
  g_assert_true (isc_run_advance (run, G_MAXSIZE, 1, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return isc_run_snapshot (run);
}

IscWeights *
sample_weights (const char *json)
{
  g_autofree char *text = g_strdup_printf ("{\"initscope\": 1, \"weights\": %s}", json);
  g_autoptr (IscExperiment) experiment = read_experiment (text);
  g_autoptr (GError) error = NULL;
  IscWeights *weights = isc_weights_new (experiment, TRUE, NULL, &error);

  g_assert_no_error (error);
  return weights;
}

static gboolean
is_text (const char *text)
{
  return text && *text && g_utf8_validate (text, -1, NULL) && !strstr (text, "(null)");
}

char *
sample_check (IscFigure *figure, gboolean compact)
{
  static const double sizes[][2] = { { 1200, 800 }, { 300, 200 }, { 40, 30 } };
  char *first = NULL;

  g_assert_true (is_text (isc_figure_get_title (figure)));
  g_assert_true (is_text (isc_figure_get_summary (figure)));
  g_assert_true (is_text (isc_figure_get_experiment (figure)));
  if (compact)
    {
      g_assert_null (isc_figure_get_caption (figure));
      g_assert_null (isc_figure_get_subtitle (figure));
    }
  else
    {
      g_assert_true (is_text (isc_figure_get_caption (figure)));
      g_assert_true (is_text (isc_figure_get_subtitle (figure)));
      g_assert_true (strstr (isc_figure_get_caption (figure), "PyTorch 2.12")
                     || strstr (isc_figure_get_caption (figure), "our own random numbers"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (IscLayout) layout
          = isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), sizes[i][0], sizes[i][1]);
      g_autofree char *dump = isc_layout_dump (layout);

      g_assert_true (is_text (dump));
      if (i == 0)
        first = g_steal_pointer (&dump);
    }
  return first;
}
