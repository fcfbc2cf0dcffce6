/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reference's training runs in double, from the same float32 start and data: every loss and
 * norm is PyTorch's in float64.  What float32's rounding hides shows here: an eps left out
 * or in the wrong place, a scalar that was rounded, a constant with seven digits. */

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"
#include "support/trajectories.h"

/* Losses have 13 digits in the file, norms 10; two programs in float64 agree to 5e-13 at first, and
 * part slowly before strict_steps. */
#define LOSS 1e-10
#define NORM 1e-8

/* Running statistics have 9 digits in the file; and a bias in front of a BatchNorm has no gradient
 * but rounding noise of 1e-17, which Adam divides by its eps of 1e-8: it, and with it the running
 * mean, takes steps of 5e-12. */
#define STATISTIC 1e-8
#define WANDER 1e-10

/* Units that are equal in exact arithmetic part by rounding noise, which Adam makes a visible step:
 * correct programs differ by 1e-5 to 4e-5 (the file's README). */
#define NOISE 1e-4

static JsonObject *reference;

static void
check_number (
    JsonObject *entry, const char *what, guint index, double ours, double theirs, double relative)
{
  double bound = trajectory_is_noise (entry) ? NOISE : relative * fabs (theirs);

  /* Norms that are 0 in exact arithmetic are only noise. */
  trajectory_check (entry, what, index, ours, theirs, MAX (bound, 1e-14));
}

static void
check_column (JsonObject *entry,
              const char *what,
              const char *key,
              const IscTrace *trace,
              guint column,
              double relative)
{
  JsonObject *f64 = json_object_get_object_member (entry, "f64");
  guint n;

  if (!json_object_has_member (f64, key))
    return;
  n = json_array_get_length (json_object_get_array_member (f64, key));
  for (guint i = 0; i < MIN (n, trajectory_strict_steps (entry)); i++)
    check_number (entry, what, i, isc_trace_get (trace, i, column), trajectory_number (f64, key, i),
                  relative);
}

static double
weights_norm (const IscNetwork *network, guint index)
{
  const IscReal *weights = isc_network_get_weights (network, index);
  gsize n = isc_tensor_get_count (isc_network_get_parameter (network, index));

  return cblas_dnrm2 ((int)n, weights, 1);
}

/* Running statistics, where the reference has them. */
static void
check_buffers (JsonObject *entry, IscNetwork *network)
{
  JsonObject *f64 = json_object_get_object_member (entry, "f64");
  g_autoptr (JsonObject) none = json_object_new ();
  JsonObject *buffers = json_object_has_member (f64, "buffers")
                            ? json_object_get_object_member (f64, "buffers")
                            : none;
  g_autoptr (GList) names = json_object_get_members (buffers);

  for (GList *l = names; l; l = l->next)
    {
      const char *name = l->data;
      const IscReal *ours = trajectory_buffer (network, name);
      guint n = json_array_get_length (json_object_get_array_member (buffers, name));

      for (guint i = 0; i < n; i++)
        {
          double theirs = trajectory_number (buffers, name, i);

          trajectory_check (entry, name, i, ours[i], theirs,
                            fmax (STATISTIC * fabs (theirs), WANDER));
        }
    }
}

/* Runs that are reproducible to their last step. */
static void
check_end (JsonObject *entry, IscTrainer *trainer)
{
  JsonObject *f64 = json_object_get_object_member (entry, "f64");
  IscNetwork *network = isc_trainer_get_network (trainer);

  check_number (entry, "final loss", 0,
                isc_trainer_evaluate (trainer, &isc_trainer_get_data (trainer)->train, NULL),
                reference_number (f64, "final_eval_loss"), LOSS);
  for (guint i = 0; i < isc_network_get_n_parameters (network); i++)
    check_number (entry, "final norm", i, weights_norm (network, i),
                  trajectory_number (f64, "final_norm", i), NORM);
  check_buffers (entry, network);
}

static void
check_case (JsonObject *entry, IscTrainer *trainer, gpointer user_data)
{
  const IscTrace *trace = isc_trainer_get_trace (trainer);
  JsonArray *steps = json_object_get_array_member (entry, "grad_steps");
  JsonArray *norms
      = json_object_get_array_member (json_object_get_object_member (entry, "f64"), "grad_norm");

  check_column (entry, "loss", "step_loss", trace, ISC_TRACE_LOSS, LOSS);
  check_column (entry, "total norm", "total_norm", trace, ISC_TRACE_GRADIENT_NORM, NORM);
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      guint step = (guint)json_array_get_int_element (steps, i);
      JsonArray *theirs = json_array_get_array_element (norms, i);

      if (step < trajectory_strict_steps (entry))
        for (guint j = 0; j < json_array_get_length (theirs); j++)
          check_number (entry, "gradient norm at step", step,
                        isc_trace_get (trace, step, ISC_TRACE_PARAMETERS + j),
                        json_array_get_double_element (theirs, j), NORM);
    }
  if (trajectory_strict_steps (entry) >= isc_trainer_get_planned_steps (trainer))
    check_end (entry, trainer);
}

static void
test_runs (void)
{
  /* All but the chain's five. */
  g_assert_cmpuint (trajectories_replay (reference, check_case, NULL), ==, 82);
}

static void
test_chain (void)
{
  g_assert_cmpuint (trajectories_replay_chain (reference, check_case, NULL), ==, 5);
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/pytorch/trajectories.json");
  g_test_add_func ("/engine/trajectories-f64/runs", test_runs);
  g_test_add_func ("/engine/trajectories-f64/chain", test_chain);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
