/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/verdict.h"

#include <math.h>
#include <string.h>

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

/* Two Linear layers around a Tanh, in good health. */
static IscObservation *
observe (gsize step)
{
  static const char *const ids[] = { "Linear", "Tanh", "Linear" };
  IscObservation *observation = isc_observation_new (2, 3);

  observation->step = step;
  observation->batch = 100;
  observation->loss = log (3.0);
  for (guint i = 0; i < 2; i++)
    {
      IscParameterObservation *one = &observation->parameters[i];

      one->name = g_strdup_printf ("%u.weight", 2 * i);
      one->values.rms = 0.1;
      one->gradient.rms = 1e-3;
      one->n_rows = 8;
    }
  for (guint i = 0; i < 3; i++)
    {
      IscModuleObservation *one = &observation->modules[i];

      one->name = g_strdup_printf ("%u", i);
      one->id = ids[i];
      one->has_weights = i != 1;
      one->outputs.count = i == 2 ? 300 : 800;
      one->outputs.rms = 1.0;
      one->gradient.rms = 1e-2;
      one->dead = NAN;
      one->saturated = i == 1 ? 0.05 : NAN;
      one->correlation = 0.2;
    }
  return observation;
}

typedef void (*Spoil) (IscObservation *observation);

/* A run of 30 steps with an observation before the first and one after the last, which @spoil has
 * changed; updates of size @update. */
static IscResult *
make_result (Spoil spoil, double update, double last_loss)
{
  static const char *const names[] = { "0.weight", "2.weight" };
  g_autoptr (IscExperiment) experiment = read_experiment ("{\"initscope\": 1}");
  IscReal row[ISC_TRACE_PARAMETERS + 4] = { 0 };
  IscRunResult *run = g_new0 (IscRunResult, 1);

  run->label = g_strdup ("Run");
  run->trace = isc_trace_new (names, 2);
  run->diverged_at = -1;
  for (guint i = 0; i < 2; i++)
    row[isc_trace_update_column (run->trace, i)] = (IscReal)update;
  for (gsize step = 0; step < 30; step++)
    {
      run->final_loss = step == 29 ? last_loss : 1.0;
      row[ISC_TRACE_LOSS] = (IscReal)run->final_loss;
      g_assert_true (isc_trace_append (run->trace, row));
    }
  run->n_steps = 30;
  run->n_rows = 30;
  if (!isfinite (last_loss))
    run->diverged_at = 29;
  run->observations = g_new0 (IscObservation *, 2);
  run->observations[0] = observe (0);
  run->observations[1] = observe (30);
  run->n_observations = 2;
  if (spoil)
    for (guint i = 0; i < 2; i++)
      spoil (run->observations[i]);
  return isc_result_new_take (experiment, run, 1);
}

static void
vanish (IscObservation *observation)
{
  observation->modules[0].gradient.rms = 1e-11;
}

static void
explode (IscObservation *observation)
{
  observation->modules[0].gradient.rms = 5.0;
}

static void
shrink (IscObservation *observation)
{
  observation->parameters[1].gradient.rms = 1e-9;
}

static void
twin (IscObservation *observation)
{
  observation->parameters[0].n_alike = 8;
}

static void
saturate (IscObservation *observation)
{
  observation->modules[1].saturated = observation->step > 0 ? 0.61 : 0.1;
}

static void
switch_off (IscObservation *observation)
{
  observation->modules[1].id = "ReLU";
  observation->modules[1].saturated = NAN;
  observation->modules[1].dead = 0.15;
}

static void
be_sure (IscObservation *observation)
{
  observation->loss = log (3.0) + 6.0;
}

static void
confuse (IscObservation *observation)
{
  observation->modules[2].correlation = 0.999;
}

static void
break_down (IscObservation *observation)
{
  if (observation->step > 0)
    observation->modules[1].outputs.n_non_finite = 3;
}

typedef struct
{
  Spoil spoil;
  double update;
  double last_loss;
  const char *id;
  IscLevel level;
  const char *place;
  const char *text;
} Row;

/* Every diagnosis is found where it is, worst first, with its number in its sentence. */
static void
test_rows (void)
{
  static const Row rows[] = {
    { NULL, 1e-3, 1.0, "healthy", ISC_LEVEL_OK, NULL, "gradients at module 0 are 1 of those at 2" },
    { vanish, 1e-3, 1.0, "vanishing", ISC_LEVEL_PROBLEM, "0", "at module 0 they are 10⁻⁹ of" },
    { explode, 1e-3, 1.0, "exploding", ISC_LEVEL_WATCH, "0", "they are 500 times" },
    { shrink, 1e-3, 1.0, "vanishing", ISC_LEVEL_PROBLEM, "2.weight", "the gradient is 10⁻⁸ of" },
    { twin, 1e-3, 1.0, "symmetric", ISC_LEVEL_PROBLEM, "0.weight", "8 of 8 units" },
    { saturate, 1e-3, 1.0, "saturated", ISC_LEVEL_PROBLEM, "1",
      "61 % of the values of Tanh 1 are where it is flat after 30 steps, against at most 10 %" },
    { switch_off, 1e-3, 1.0, "dead", ISC_LEVEL_WATCH, "1", "15 % of the units of ReLU 1" },
    { be_sure, 1e-3, 1.0, "confident-start", ISC_LEVEL_PROBLEM, "2",
      "7.1, and guessing costs 1.1" },
    { confuse, 1e-3, 1.0, "indistinct", ISC_LEVEL_WATCH, "2", "correlate by 0.999" },
    { NULL, 0.2, 1.0, "large-updates", ISC_LEVEL_PROBLEM, "0.weight", "at least 0.2 of" },
    { NULL, 1e-7, 1.0, "small-updates", ISC_LEVEL_PROBLEM, "0.weight", "more than 10⁻⁷ of" },
    { NULL, 1e-3, 1e4, "diverged", ISC_LEVEL_PROBLEM, NULL, "the loss is 10" },
    { break_down, 1e-3, NAN, "diverged", ISC_LEVEL_PROBLEM, "1",
      "at step 30: the loss is NaN; module 1 is the first" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (IscResult) result = make_result (rows[i].spoil, rows[i].update, rows[i].last_loss);
      g_autoptr (GPtrArray) verdicts = isc_verdicts_new (result, 0);
      const IscVerdict *first;

      g_assert_cmpuint (verdicts->len, >, 0);
      first = verdicts->pdata[0];
      g_test_message ("%s: %s %s", first->id, first->text, first->advice ? first->advice : "");
      g_assert_cmpstr (first->id, ==, rows[i].id);
      g_assert_cmpint (first->level, ==, rows[i].level);
      g_assert_cmpstr (first->place, ==, rows[i].place);
      g_assert_nonnull (strstr (first->text, rows[i].text));
      g_assert_true (g_str_has_suffix (first->text, "."));
      g_assert_true ((first->advice == NULL) == (first->level == ISC_LEVEL_OK));
      g_assert_true (!first->advice || g_str_has_suffix (first->advice, "."));
      for (guint j = 1; j < verdicts->len; j++)
        g_assert_cmpint (((const IscVerdict *)verdicts->pdata[j])->level, <=,
                         ((const IscVerdict *)verdicts->pdata[j - 1])->level);
    }
}

/* Equal rows of the last layer are told apart by their targets: that is no symmetry. */
static void
twin_outputs (IscObservation *observation)
{
  observation->parameters[1].n_alike = 8;
}

static void
test_last_layer (void)
{
  g_autoptr (IscResult) result = make_result (twin_outputs, 1e-3, 1.0);
  g_autoptr (GPtrArray) verdicts = isc_verdicts_new (result, 0);

  g_assert_cmpuint (verdicts->len, ==, 1);
  g_assert_cmpstr (((const IscVerdict *)verdicts->pdata[0])->id, ==, "healthy");
}

static void
test_nothing (void)
{
  g_autoptr (IscExperiment) experiment = read_experiment ("{\"initscope\": 1}");
  IscRunResult *run = g_new0 (IscRunResult, 1);
  g_autoptr (IscResult) result = NULL;
  g_autoptr (GPtrArray) verdicts = NULL;

  run->trace = isc_trace_new (NULL, 0);
  run->diverged_at = -1;
  run->final_loss = NAN;
  result = isc_result_new_take (experiment, run, 1);
  verdicts = isc_verdicts_new (result, 0);
  g_assert_cmpuint (verdicts->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict/rows", test_rows);
  g_test_add_func ("/verdict/last-layer", test_last_layer);
  g_test_add_func ("/verdict/nothing", test_nothing);
  return g_test_run ();
}
