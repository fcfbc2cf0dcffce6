/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a step does with gradients, as the trace tells it and the weights show it. */

#include <math.h>

#include "base/runtime.h"
#include "engine/comparison.h"
#include "engine/rate.h"
#include "engine/run.h"
#include "experiment/edit.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

static const char plain[]
    = "{\"initscope\": 1, \"data\": \"Moons(samples=64)\","
      "\"network\": [\"Linear(2, 8)\", \"Tanh()\", \"Linear(8, 2)\"], \"inits\": [{\"label\": "
      "\"A\"}],"
      "\"loss\": \"CrossEntropyLoss()\", \"optimizer\": \"SGD(lr=0.5)\", \"batch_size\": 16,"
      "\"epochs\": 10, \"seeds\": [3]}";

static IscExperiment *
read_plain (const char *path, const char *value)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (plain, -1, problems);
  g_autoptr (GError) error = NULL;
  IscExperiment *edited;

  g_assert_nonnull (experiment);
  if (!path)
    return g_steal_pointer (&experiment);
  edited = isc_experiment_edit (experiment, path, value, &error);
  g_assert_no_error (error);
  return edited;
}

static IscRun *
new_run (IscExperiment *experiment, gsize until)
{
  g_autoptr (GError) error = NULL;
  IscRun *run = isc_run_new (experiment, &error);

  g_assert_no_error (error);
  g_assert_true (isc_run_advance (run, until, 1, NULL, NULL, NULL, &error));
  return run;
}

static IscResult *
train (const char *path, const char *value)
{
  g_autoptr (IscExperiment) experiment = read_plain (path, value);
  g_autoptr (IscRun) run = new_run (experiment, G_MAXSIZE);

  return isc_run_snapshot (run);
}

static double
get (const IscResult *result, gsize row, guint column)
{
  return (double)isc_trace_get (isc_result_get_run (result, 0)->trace, row, column);
}

static double
std_of (const double *x, gsize n)
{
  double mean = 0.0, sum = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += x[i] / (double)n;
  for (gsize i = 0; i < n; i++)
    sum += (x[i] - mean) * (x[i] - mean);
  return sqrt (sum / (double)(n - 1));
}

/* The ratio of a step is what its weights before and after say. */
static void
test_ratio (void)
{
  g_autoptr (IscExperiment) experiment = read_plain (NULL, NULL);
  g_autoptr (IscRun) run = new_run (experiment, 0);
  g_autoptr (GPtrArray) before = isc_run_copy_weights (run, 0);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (IscResult) result = NULL;

  g_assert_true (isc_run_advance (run, 1, 1, NULL, NULL, NULL, NULL));
  after = isc_run_copy_weights (run, 0);
  result = isc_run_snapshot (run);
  g_assert_cmpuint (before->len, ==, 4);
  for (guint i = 0; i < before->len; i++)
    {
      const float *x = isc_tensor_get_data (before->pdata[i]);
      const float *y = isc_tensor_get_data (after->pdata[i]);
      gsize n = isc_tensor_get_count (before->pdata[i]);
      double weights[16], moves[16];
      guint column = isc_trace_update_column (isc_result_get_run (result, 0)->trace, i);

      for (gsize j = 0; j < n; j++)
        {
          weights[j] = (double)x[j];
          moves[j] = (double)y[j] - (double)x[j];
        }
      /* The column is a float. */
      assert_close (get (result, 0, column), std_of (moves, n) / std_of (weights, n), 1e-6, 0.0);
    }
}

static void
test_clip_norm (void)
{
  g_autoptr (IscResult) result = train ("clip_grad_norm", "0.05");
  guint n_clipped = 0;

  for (gsize i = 0; i < 40; i++)
    {
      double norm = get (result, i, ISC_TRACE_GRADIENT_NORM);
      double expected = norm > 0.05 ? 0.05 * norm / (norm + 1e-6) : norm;

      assert_close (get (result, i, ISC_TRACE_CLIPPED_NORM), expected, 1e-6, 0.0);
      n_clipped += norm > 0.05;
    }
  g_assert_cmpuint (n_clipped, >, 0);
  assert_close (isc_run_get_clipped (isc_result_get_run (result, 0)), n_clipped / 40.0, 0.0, 1e-12);
}

/* With SGD a weight then moves by at most lr · bound, up to a rounding of the weight itself. */
static void
test_clip_value (void)
{
  g_autoptr (IscExperiment) experiment = read_plain ("clip_grad_value", "0.001");
  g_autoptr (IscRun) run = new_run (experiment, 0);
  g_autoptr (GPtrArray) before = isc_run_copy_weights (run, 0);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (IscResult) result = NULL;
  double greatest = 0.0;

  g_assert_true (isc_run_advance (run, 1, 1, NULL, NULL, NULL, NULL));
  after = isc_run_copy_weights (run, 0);
  for (guint i = 0; i < before->len; i++)
    for (gsize j = 0; j < isc_tensor_get_count (before->pdata[i]); j++)
      greatest = fmax (greatest, fabs ((double)isc_tensor_get_data (after->pdata[i])[j]
                                       - (double)isc_tensor_get_data (before->pdata[i])[j]));
  assert_close (greatest, 0.5 * 0.001, 0.0, 1e-7);
  result = isc_run_snapshot (run);
  g_assert_cmpfloat (get (result, 0, ISC_TRACE_CLIPPED_NORM), <=, 0.001 * sqrt (42.0) * 1.000001);
  g_assert_cmpfloat (get (result, 0, ISC_TRACE_GRADIENT_NORM), >, 0.01);
}

static void
test_schedule (void)
{
  g_autoptr (IscExperiment) experiment = read_plain ("schedule", "CosineAnnealingLR(T_max=10)");
  g_autoptr (IscRate) rate = isc_rate_new (experiment, 40, 4, NULL);
  g_autoptr (IscResult) result = train ("schedule", "CosineAnnealingLR(T_max=10)");

  g_assert_nonnull (rate);
  for (gsize i = 0; i < 40; i++)
    g_assert_cmpfloat (get (result, i, ISC_TRACE_LEARNING_RATE), ==,
                       (double)(IscReal)isc_rate_at (rate, i).lr);
  /* Constant within an epoch, and smaller in the next. */
  g_assert_cmpfloat (get (result, 3, ISC_TRACE_LEARNING_RATE), ==, 0.5);
  g_assert_cmpfloat (get (result, 4, ISC_TRACE_LEARNING_RATE), <, 0.5);
}

/* It stops at the first loss there, and until then nothing is different. */
static void
test_target (void)
{
  g_autoptr (IscResult) all = train (NULL, NULL);
  g_autoptr (IscResult) result = train ("target_loss", "0.45");
  const IscRunResult *run = isc_result_get_run (result, 0);

  g_assert_cmpint (run->state, ==, ISC_RUN_REACHED);
  g_assert_true (isc_result_is_finished (result));
  g_assert_cmpuint (run->n_steps, <, isc_result_get_run (all, 0)->n_steps);
  for (gsize i = 0; i < run->n_steps; i++)
    {
      g_assert_cmpfloat (get (result, i, ISC_TRACE_LOSS), ==, get (all, i, ISC_TRACE_LOSS));
      g_assert_true ((get (result, i, ISC_TRACE_LOSS) <= 0.45) == (i + 1 == run->n_steps));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/update/ratio", test_ratio);
  g_test_add_func ("/update/clip-norm", test_clip_norm);
  g_test_add_func ("/update/clip-value", test_clip_value);
  g_test_add_func ("/update/schedule", test_schedule);
  g_test_add_func ("/update/target", test_target);
  return g_test_run ();
}
