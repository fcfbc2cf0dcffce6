/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The network as a run starts with it: what measures, measures the same wherever it is shown. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "engine/dataset.h"
#include "engine/run.h"
#include "engine/start.h"
#include "engine/weights.h"
#include "experiment/edit.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

static const char measured[]
    = "{\"initscope\": 1, \"data\": \"RandomClassification(samples=50, features=7, classes=3)\","
      "\"network\": [\"Linear(7, 24)\", \"ReLU()\", \"Linear(24, 5)\", \"ReLU()\", \"Linear(5, "
      "30)\", "
      "\"ReLU()\", \"Linear(30, 3)\"],"
      "\"inits\": [{\"label\": \"A\", \"weight\": \"kaiming_normal_()\"},"
      "{\"label\": \"B\", \"weight\": \"lsuv_(std=1.5, tol=0.01)\", \"bias\": \"zeros_()\"},"
      "{\"label\": \"C\", \"weight\": \"lsuv_(tol=0, batch=20)\", \"bias\": \"ones_()\"}],"
      "\"batch_size\": 32, \"epochs\": 2, \"seeds\": [42]}";

static IscExperiment *
read_experiment (const char *json)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (json, -1, problems);

  g_assert_cmpuint (problems->len, ==, 0);
  return experiment;
}

static IscExperiment *
edited (IscExperiment *experiment, const char *path, const char *value)
{
  g_autoptr (GError) error = NULL;
  IscExperiment *other = isc_experiment_edit (experiment, path, value, &error);

  g_assert_no_error (error);
  return other;
}

/* Each library once, and only where its scheme sets something: PyTorch's numbers are PyTorch's. */
static void
test_foreign (void)
{
  g_autoptr (IscExperiment) experiment = read_experiment (measured);
  g_autoptr (IscExperiment) one = edited (experiment, "inits[0].weight", "keras.GlorotNormal()");
  g_autoptr (IscExperiment) two
      = edited (one, "inits[1].weight", "jax.nn.initializers.lecun_normal()");
  g_autoptr (IscExperiment) nowhere
      = edited (experiment, "inits[0].weight", "{\"9.weight\": \"keras.GlorotNormal()\"}");
  g_autoptr (GPtrArray) none = isc_start_list_foreign (experiment);
  g_autoptr (GPtrArray) keras = isc_start_list_foreign (one);
  g_autoptr (GPtrArray) both = isc_start_list_foreign (two);
  g_autoptr (GPtrArray) absent = isc_start_list_foreign (nowhere);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (keras->len, ==, 1);
  g_assert_cmpstr (keras->pdata[0], ==, "Keras");
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpstr (both->pdata[1], ==, "JAX");
  g_assert_cmpuint (absent->len, ==, 0);
}

static void
test_measures (void)
{
  g_autoptr (IscExperiment) experiment = read_experiment (measured);
  g_autoptr (IscExperiment) named
      = edited (experiment, "inits[0].weight", "{\"4.weight\": \"lsuv_()\", \"*\": \"normal_()\"}");
  g_autoptr (IscExperiment) absent
      = edited (experiment, "inits[1].weight", "{\"4.weight\": \"normal_()\"}");

  g_assert_false (isc_start_measures (experiment, 0));
  g_assert_true (isc_start_measures (experiment, 1));
  g_assert_true (isc_start_measures (experiment, 2));
  g_assert_true (isc_start_measures (named, 0));
  g_assert_false (isc_start_measures (absent, 1));
}

static void
assert_same_tensor (IscTensor *a, IscTensor *b)
{
  gsize size = isc_tensor_get_count (a) * sizeof (float);

  g_assert_true (isc_shape_equal (isc_tensor_get_shape (a), isc_tensor_get_shape (b)));
  g_assert_true (memcmp (isc_tensor_get_data (a), isc_tensor_get_data (b), size) == 0);
}

/* What the Weights page shows is what the run trains. */
static void
check_shown (IscExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, FALSE, NULL, &error);
  g_autoptr (IscRun) run = isc_run_new (experiment, &error);

  g_assert_no_error (error);
  /* The runs of a chain are made as they are reached; a rate of 0 keeps what they began with. */
  g_assert_true (isc_run_advance (run, G_MAXSIZE, 2, NULL, NULL, NULL, &error));
  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      g_autoptr (GPtrArray) start = isc_run_copy_weights (run, i);

      assert_same_tensor (isc_weights_get_entry (weights, i)->tensor, start->pdata[0]);
    }
}

static void
test_shown (void)
{
  g_autoptr (IscExperiment) read = read_experiment (measured);
  g_autoptr (IscExperiment) own = edited (read, "optimizer", "SGD(lr=0)");
  g_autoptr (IscExperiment) shared = edited (own, "data", "RandomClassification(50, 7, 3, seed=1)");
  g_autoptr (IscExperiment) full = edited (shared, "batch_size", "null");
  g_autoptr (IscExperiment) chain = edited (own, "reseed", "false");
  g_autoptr (IscExperiment) shared_chain = edited (shared, "reseed", "false");

  check_shown (own);
  check_shown (shared);
  check_shown (full);
  check_shown (chain);
  check_shown (shared_chain);
}

/* The standard deviation over all outputs of a layer without its bias. */
static double
output_std (const IscTensor *weight, const float *x, gsize n)
{
  gsize rows = (gsize)isc_tensor_get_shape (weight)->dims[0];
  gsize columns = (gsize)isc_tensor_get_shape (weight)->dims[1];
  const float *w = isc_tensor_get_data (weight);
  double sum = 0.0, squares = 0.0;

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < rows; j++)
      {
        double y = 0.0;

        for (gsize k = 0; k < columns; k++)
          y += (double)w[j * columns + k] * (double)x[i * columns + k];
        sum += y;
        squares += y * y;
      }
  sum /= (double)(n * rows);
  return sqrt (squares / (double)(n * rows) - sum * sum);
}

/* x becomes ReLU (x Wᵀ + b). */
static float *
pass_on (const IscTensor *weight, const IscTensor *bias, float *x, gsize n)
{
  gsize rows = (gsize)isc_tensor_get_shape (weight)->dims[0];
  gsize columns = (gsize)isc_tensor_get_shape (weight)->dims[1];
  const float *w = isc_tensor_get_data (weight);
  float *y = g_new (float, n *rows);

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < rows; j++)
      {
        double sum = (double)isc_tensor_get_data (bias)[j];

        for (gsize k = 0; k < columns; k++)
          sum += (double)w[j * columns + k] * (double)x[i * columns + k];
        y[i * rows + j] = (float)fmax (sum, 0.0);
      }
  g_free (x);
  return y;
}

/* Layer by layer, on the examples it measured. */
static void
check_layers (guint init, gsize n, double std, double tolerance)
{
  g_autoptr (IscExperiment) experiment = read_experiment (measured);
  g_autoptr (IscGenerator) generator = isc_generator_new (42);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscData) data = isc_dataset_load (experiment, generator, &error);
  g_autoptr (IscNetwork) network
      = isc_start_new (experiment, init, data, 32, 64, generator, NULL, &error);
  float *x = g_memdup2 (isc_tensor_get_data (data->train.inputs), n * 7 * sizeof (float));

  g_assert_no_error (error);
  for (guint i = 0; i < 8; i += 2)
    {
      const IscTensor *weight = isc_network_get_parameter (network, i);

      assert_close (output_std (weight, x, n), std, 0.0, tolerance);
      x = pass_on (weight, isc_network_get_parameter (network, i + 1), x, n);
    }
  g_free (x);
}

static void
test_layers (void)
{
  check_layers (1, 32, 1.5, 0.01);
  /* A tolerance of 0 is met up to the rounding of outputs in float32. */
  check_layers (2, 20, 1.0, 1e-6);
}

/* What no factor can mend is said, with its place. */
static void
test_refused (void)
{
  g_autoptr (IscExperiment) read = read_experiment (measured);
  g_autoptr (IscExperiment) dead
      = edited (read, "inits[1].weight", "{\"0.weight\": \"zeros_()\", \"*\": \"lsuv_()\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) also = NULL;

  g_assert_null (isc_weights_new (dead, FALSE, NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "inits[1]: 2.weight: lsuv_: the layer's output has a standard deviation of 0 on "
                   "the batch, which no factor brings to 1: look at what arrives at the layer");
  g_assert_null (isc_run_new (dead, &also));
  g_assert_cmpstr (also->message, ==, error->message);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/start/measures", test_measures);
  g_test_add_func ("/engine/start/foreign", test_foreign);
  g_test_add_func ("/engine/start/shown", test_shown);
  g_test_add_func ("/engine/start/layers", test_layers);
  g_test_add_func ("/engine/start/refused", test_refused);
  return g_test_run ();
}
