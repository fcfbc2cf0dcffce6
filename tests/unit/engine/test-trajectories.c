/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reference's training runs, as far as the catalog has their modules: start weights bit for
 * bit, then losses, gradient norms, epochs and final norms within the file's own bounds (its README
 * says how they were made: five times the gap between float32, float64 and shuffled runs). */

#include <math.h>

#include "base/runtime.h"
#include "engine/run.h"
#include "support/reference.h"
#include "support/trajectories.h"

static JsonObject *reference;

static void
check_steps (JsonObject *entry, const IscTrace *trace)
{
  JsonObject *f32 = json_object_get_object_member (entry, "f32");
  JsonObject *tol = json_object_get_object_member (entry, "tol");
  guint strict = trajectory_strict_steps (entry);
  JsonArray *losses = json_object_get_array_member (f32, "step_loss");
  JsonArray *grad_steps = json_object_get_array_member (entry, "grad_steps");
  gboolean noise = trajectory_is_noise (entry);

  for (guint i = 0; i < MIN (strict, json_array_get_length (losses)); i++)
    trajectory_check (entry, "loss", i, (double)isc_trace_get (trace, i, ISC_TRACE_LOSS),
                      trajectory_number (f32, "step_loss", i),
                      trajectory_number (tol, "step_loss", i));

  for (guint i = 0; i < json_array_get_length (grad_steps); i++)
    {
      guint step = (guint)json_array_get_int_element (grad_steps, i);
      JsonArray *theirs
          = json_array_get_array_element (json_object_get_array_member (f32, "grad_norm"), i);
      JsonArray *bounds
          = json_array_get_array_element (json_object_get_array_member (tol, "grad_norm"), i);

      if (step >= strict || (noise && step > 0))
        continue;
      for (guint j = 0; j < json_array_get_length (theirs); j++)
        {
          double ours = (double)isc_trace_get (trace, step, ISC_TRACE_PARAMETERS + j);

          /* Norms that vanish in exact arithmetic need only be small. */
          if (noise && fabs (json_array_get_double_element (theirs, j)) < 1e-6)
            g_assert_cmpfloat (ours, <, 1e-6);
          else
            trajectory_check (entry, "gradient norm at step", step, ours,
                              json_array_get_double_element (theirs, j),
                              json_array_get_double_element (bounds, j));
        }
    }
  if (json_object_has_member (f32, "total_norm"))
    for (guint i = 0;
         i < MIN (strict, json_array_get_length (json_object_get_array_member (f32, "total_norm")));
         i++)
      trajectory_check (entry, "total norm", i,
                        (double)isc_trace_get (trace, i, ISC_TRACE_GRADIENT_NORM),
                        trajectory_number (f32, "total_norm", i),
                        trajectory_number (tol, "total_norm", i));
}

static double
parameter_norm (const IscTensor *tensor)
{
  double sum = 0.0;

  for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
    sum += (double)isc_tensor_get_data (tensor)[i] * (double)isc_tensor_get_data (tensor)[i];
  return sqrt (sum);
}

/* Running statistics, where the reference has them. */
static void
check_buffers (JsonObject *entry, IscNetwork *network)
{
  JsonObject *f32 = json_object_get_object_member (entry, "f32");
  g_autoptr (JsonObject) none = json_object_new ();
  JsonObject *buffers = json_object_has_member (f32, "buffers")
                            ? json_object_get_object_member (f32, "buffers")
                            : none;
  g_autoptr (GList) names = json_object_get_members (buffers);

  for (GList *l = names; l; l = l->next)
    {
      const char *name = l->data;
      const IscReal *ours = trajectory_buffer (network, name);
      guint n = json_array_get_length (json_object_get_array_member (buffers, name));
      double bound
          = reference_number (json_object_get_object_member (json_object_get_object_member (entry,
                                                                                            "tol"),
                                                             "buffers"),
                              name);

      for (guint i = 0; i < n; i++)
        trajectory_check (entry, name, i, (double)ours[i], trajectory_number (buffers, name, i),
                          bound);
    }
}

/* Returns whether every epoch is within the narrow bound too. */
static gboolean
check_end (JsonObject *entry, IscTrainer *trainer)
{
  JsonObject *f32 = json_object_get_object_member (entry, "f32");
  JsonObject *tol = json_object_get_object_member (entry, "tol");
  gboolean by_epoch = json_object_has_member (f32, "epoch_loss");
  JsonObject *bounds = by_epoch ? json_object_get_object_member (tol, "hard") : tol;
  gboolean narrow = TRUE;
  guint n_epochs;
  const IscEpoch *epochs = isc_trainer_get_epochs (trainer, &n_epochs);
  IscNetwork *network = isc_trainer_get_network (trainer);

  if (by_epoch)
    {
      g_assert_cmpuint (n_epochs, ==,
                        json_array_get_length (json_object_get_array_member (f32, "epoch_loss")));
      for (guint i = 0; i < n_epochs; i++)
        {
          trajectory_check (entry, "epoch", i, epochs[i].train_loss,
                            trajectory_number (f32, "epoch_loss", i),
                            trajectory_number (bounds, "epoch_loss", i));
          narrow = narrow
                   && fabs (epochs[i].train_loss - trajectory_number (f32, "epoch_loss", i))
                          <= trajectory_number (tol, "epoch_loss", i);
        }
    }
  else if (trajectory_strict_steps (entry) < json_object_get_int_member (entry, "steps"))
    return TRUE;
  trajectory_check (entry, "final loss", 0,
                    isc_trainer_evaluate (trainer, &isc_trainer_get_data (trainer)->train, NULL),
                    reference_number (f32, "final_eval_loss"),
                    reference_number (bounds, "final_eval_loss"));
  for (guint i = 0; i < isc_network_get_n_parameters (network); i++)
    trajectory_check (entry, "final norm", i,
                      parameter_norm (isc_network_get_parameter (network, i)),
                      trajectory_number (f32, "final_norm", i),
                      trajectory_number (bounds, "final_norm", i));
  check_buffers (entry, network);
  return narrow;
}

typedef struct
{
  guint n_long;
  guint n_narrow;
} Count;

static void
check_case (JsonObject *entry, IscTrainer *trainer, gpointer user_data)
{
  Count *count = user_data;
  gboolean narrow;

  check_steps (entry, isc_trainer_get_trace (trainer));
  narrow = check_end (entry, trainer);
  if (json_object_has_member (entry, "epochs"))
    {
      count->n_long++;
      count->n_narrow += narrow;
    }
}

static void
test_runs (void)
{
  Count count = { 0 };
  guint n = trajectories_replay (reference, check_case, &count);

  g_test_message ("%u runs, %u of %u long ones within the narrow bound", n, count.n_narrow,
                  count.n_long);
  /* All but the chain's five. */
  g_assert_cmpuint (n, ==, 82);
  /* The README's rule: three in four. */
  g_assert_cmpuint (4 * count.n_narrow, >=, 3 * count.n_long);
}

static void
test_chain (void)
{
  g_autoptr (GPtrArray) chain = trajectories_chain (reference);
  g_autoptr (IscExperiment) experiment = trajectory_experiment (chain->pdata[0], chain);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscRun) run = NULL;
  g_autoptr (IscResult) result = NULL;
  Count count = { 0 };

  g_assert_cmpuint (trajectories_replay_chain (reference, check_case, &count), ==, 5);

  /* The same through the pool. */
  run = isc_run_new (experiment, &error);
  g_assert_no_error (error);
  isc_run_advance (run, G_MAXSIZE, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  result = isc_run_snapshot (run);
  g_assert_true (isc_result_is_finished (result));
  for (guint i = 0; i < chain->len; i++)
    check_steps (chain->pdata[i], isc_result_get_run (result, i)->trace);
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/pytorch/trajectories.json");
  g_test_add_func ("/engine/trajectories/runs", test_runs);
  g_test_add_func ("/engine/trajectories/chain", test_chain);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
