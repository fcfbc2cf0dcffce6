/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One run's trainer: what it does between steps leaves no trace in them. */

#include "base/runtime.h"
#include "engine/trainer.h"
#include "experiment/json.h"
#include "experiment/problem.h"

static IscTrainer *
new_trainer (IscExperiment *experiment, IscGenerator *generator)
{
  g_autoptr (GError) error = NULL;
  IscTrainer *trainer = isc_trainer_new (experiment, 0, NULL, generator, &error);

  g_assert_no_error (error);
  return trainer;
}

/* Dropout and BatchNorm behave differently in evaluation, which must end with it. */
static void
test_evaluate (void)
{
  static const char json[]
      = "{\"initscope\": 1, \"data\": \"RandomClassification(40, 6, 3)\","
        "\"network\": [\"Linear(6, 16)\", \"BatchNorm1d(16)\", \"ReLU()\", \"Dropout(0.5)\","
        "\"Linear(16, 3)\"], \"inits\": [{\"label\": \"A\"}], \"optimizer\": \"SGD(lr=0.1)\","
        "\"batch_size\": 8, \"epochs\": 3, \"seeds\": [7]}";
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (json, -1, problems);
  g_autoptr (IscGenerator) generator = isc_generator_new (7);
  g_autoptr (IscGenerator) other = isc_generator_new (7);
  g_autoptr (IscTrainer) plain = new_trainer (experiment, generator);
  g_autoptr (IscTrainer) looked_at = new_trainer (experiment, other);
  gsize n = isc_trainer_get_planned_steps (plain);

  g_assert_cmpuint (n, ==, 15);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (isc_trainer_step (plain, 0.0, NULL));
      g_assert_true (isc_trainer_step (looked_at, 0.0, NULL));
      isc_trainer_evaluate (looked_at, &isc_trainer_get_data (looked_at)->train, NULL);
      g_assert_cmpfloat (isc_trace_get (isc_trainer_get_trace (plain), i, ISC_TRACE_LOSS), ==,
                         isc_trace_get (isc_trainer_get_trace (looked_at), i, ISC_TRACE_LOSS));
    }
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/trainer/evaluate", test_evaluate);
  return g_test_run ();
}
