/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The weights that are shown are the weights a run starts with; what is said of them is true. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "engine/run.h"
#include "engine/weights.h"
#include "experiment/edit.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

static const char own_data[]
    = "{\"initscope\": 1, \"data\": \"RandomClassification(samples=50, features=3, classes=2)\","
      "\"network\": [\"Linear(3, 6)\", \"ReLU()\", \"Linear(6, 2)\"],"
      "\"inits\": [{\"label\": \"A\", \"weight\": \"orthogonal_()\"}, {\"label\": \"B\"},"
      "{\"label\": \"C\", \"weight\": \"trunc_normal_(std=0.1)\", \"bias\": \"constant_(0.5)\"}],"
      "\"batch_size\": 8, \"epochs\": 3, \"seeds\": [42, 7]}";

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

/* An experiment whose weights section is @json. */
static IscExperiment *
weights_section (const char *json)
{
  g_autofree char *text = g_strdup_printf ("{\"initscope\": 1, \"weights\": %s}", json);

  return read_experiment (text);
}

static IscWeights *
make (IscExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  IscWeights *weights = isc_weights_new (experiment, TRUE, NULL, &error);

  g_assert_no_error (error);
  return weights;
}

static void
assert_same_tensor (IscTensor *a, IscTensor *b)
{
  gsize size = isc_tensor_get_count (a) * sizeof (float);

  g_assert_cmpstr (isc_tensor_get_name (a), ==, isc_tensor_get_name (b));
  g_assert_true (isc_shape_equal (isc_tensor_get_shape (a), isc_tensor_get_shape (b)));
  g_assert_true (memcmp (isc_tensor_get_data (a), isc_tensor_get_data (b), size) == 0);
}

static void
check_starts (IscExperiment *experiment)
{
  g_autoptr (IscWeights) weights = make (experiment);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscRun) run = isc_run_new (experiment, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (isc_weights_get_n_entries (weights), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);
      g_autoptr (GPtrArray) start = isc_run_copy_weights (run, i);

      assert_same_tensor (entry->tensor, start->pdata[0]);
      g_assert_cmpstr (entry->label, ==, isc_experiment_get_init_label (experiment, i));
      g_assert_cmpuint (entry->seed, ==, 42);
      g_assert_false (entry->is_bias);
      g_assert_nonnull (entry->summary);
    }
}

static void
test_starts (void)
{
  g_autoptr (IscExperiment) own = read_experiment (own_data);
  g_autoptr (IscExperiment) shared = edited (own, "data", "RandomClassification(50, 3, 2, seed=1)");

  check_starts (own);
  check_starts (shared);
}

/* In a chain the runs follow each other in one stream.  Trained with a rate of 0, each run ends
 * with the weights it began with. */
static void
check_chain (IscExperiment *experiment)
{
  g_autoptr (IscWeights) weights = make (experiment);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscRun) run = isc_run_new (experiment, &error);

  g_assert_no_error (error);
  g_assert_true (isc_run_advance (run, G_MAXSIZE, 2, NULL, NULL, NULL, &error));
  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      g_autoptr (GPtrArray) kept = isc_run_copy_weights (run, i);

      assert_same_tensor (kept->pdata[0], isc_weights_get_entry (weights, i)->tensor);
    }
}

static void
test_chain (void)
{
  g_autoptr (IscExperiment) own = read_experiment (own_data);
  g_autoptr (IscExperiment) still = edited (own, "optimizer", "SGD(lr=0)");
  g_autoptr (IscExperiment) chain = edited (still, "reseed", "false");
  g_autoptr (IscExperiment) shared
      = edited (chain, "data", "RandomClassification(50, 3, 2, seed=1)");
  g_autoptr (IscExperiment) in_order = edited (chain, "shuffle", "false");
  g_autoptr (IscExperiment) full = edited (chain, "batch_size", "null");
  g_autoptr (IscExperiment) steps = edited (chain, "steps", "10");

  check_chain (chain);
  check_chain (shared);
  check_chain (in_order);
  check_chain (full);
  check_chain (steps);
}

static void
test_tensor (void)
{
  g_autoptr (IscExperiment) experiment = weights_section (
      "{\"tensor\": [30, 20], \"init\": \"xavier_normal_(gain=2)\", \"seed\": 5}");
  g_autoptr (IscWeights) weights = make (experiment);
  const IscWeightEntry *entry = isc_weights_get_entry (weights, 0);
  g_autoptr (IscGenerator) generator = isc_generator_new (5);
  float expected[600];
  double std = 2.0 * sqrt (2.0 / 50.0);

  isc_generator_normal (generator, expected, 600, 0.0, std);
  g_assert_cmpuint (isc_weights_get_n_entries (weights), ==, 1);
  g_assert_true (memcmp (expected, isc_tensor_get_data (entry->tensor), sizeof expected) == 0);
  g_assert_cmpstr (entry->label, ==, "Xavier normal");
  g_assert_cmpstr (isc_tensor_get_name (entry->tensor), ==, "weight");
  g_assert_cmpstr (entry->scheme, ==, "xavier_normal_(gain=2)");
  g_assert_cmpstr (entry->scheme_label, ==, "Xavier normal");
  g_assert_cmpstr (entry->library, ==, "PyTorch");
  g_assert_true (strstr (entry->formula, "√(2 / (20 + 30))") != NULL);
  g_assert_true (strstr (entry->citation, "Glorot") != NULL);
  g_assert_cmpint (entry->fan_in, ==, 20);
  g_assert_cmpint (entry->fan_out, ==, 30);
  g_assert_cmpuint (entry->seed, ==, 5);
  g_assert_cmpint (entry->law.kind, ==, ISC_LAW_NORMAL);
  assert_close (entry->requested_std, std, 1e-15, 0.0);
  g_assert_cmpuint (isc_summary_get_moments (entry->summary)->count, ==, 600);
  /* Five standard errors of a normal sample's deviation. */
  assert_close (isc_summary_get_moments (entry->summary)->std, std, 5.0 / sqrt (2.0 * 600.0), 0.0);
  g_assert_true (isc_weights_get_experiment (weights) == experiment);
}

static void
test_vector (void)
{
  g_autoptr (IscExperiment) experiment
      = weights_section ("{\"tensor\": [7], \"init\": \"constant_(0.25)\"}");
  g_autoptr (IscWeights) weights = make (experiment);
  const IscWeightEntry *entry = isc_weights_get_entry (weights, 0);

  g_assert_cmpint (entry->fan_in, ==, 0);
  g_assert_cmpint (entry->fan_out, ==, 0);
  g_assert_cmpint (entry->law.kind, ==, ISC_LAW_POINT);
  g_assert_cmpfloat (entry->requested_std, ==, 0.0);
  for (guint i = 0; i < 7; i++)
    g_assert_cmpfloat (isc_tensor_get_data (entry->tensor)[i], ==, 0.25f);
}

static void
test_layer (void)
{
  g_autoptr (IscExperiment) experiment
      = weights_section ("{\"layer\": \"Linear(40, 30)\", \"seed\": 3}");
  g_autoptr (IscExperiment) with_init = edited (experiment, "weights.init", "ones_()");
  g_autoptr (IscWeights) weights = make (experiment);
  g_autoptr (IscWeights) ones = make (with_init);
  const IscWeightEntry *weight = isc_weights_get_entry (weights, 0);
  const IscWeightEntry *bias = isc_weights_get_entry (weights, 1);

  g_assert_cmpuint (isc_weights_get_n_entries (weights), ==, 2);
  g_assert_cmpstr (isc_tensor_get_name (weight->tensor), ==, "weight");
  g_assert_cmpstr (isc_tensor_get_name (bias->tensor), ==, "bias");
  g_assert_true (bias->is_bias && !weight->is_bias);
  g_assert_cmpstr (weight->scheme, ==, "PyTorch default");
  /* U(-1/√fan_in, 1/√fan_in) for both. */
  assert_close (weight->requested_std, 1.0 / sqrt (3.0 * 40.0), 1e-12, 0.0);
  assert_close (bias->requested_std, 1.0 / sqrt (3.0 * 40.0), 1e-12, 0.0);
  g_assert_cmpint (weight->fan_in, ==, 40);
  g_assert_cmpint (weight->fan_out, ==, 30);

  /* An init of the weight leaves the bias as constructed. */
  g_assert_cmpstr (isc_weights_get_entry (ones, 0)->scheme, ==, "ones_()");
  g_assert_cmpstr (isc_weights_get_entry (ones, 1)->scheme, ==, "PyTorch default");
  assert_same_tensor (bias->tensor, isc_weights_get_entry (ones, 1)->tensor);
}

/* Copies of one kernel are one draw to a test of fit. */
static void
test_copies (void)
{
  g_autoptr (IscExperiment) experiment
      = weights_section ("{\"tensor\": [64, 16, 3, 3], \"init\": \"icnr_(scale=4)\"}");
  g_autoptr (IscWeights) weights = make (experiment);
  IscFit fit;

  g_assert_true (isc_weight_entry_fit (isc_weights_get_entry (weights, 0), &fit, NULL));
  g_assert_cmpuint (fit.n, ==, 64 * 16 * 9 / 16);
  g_assert_cmpfloat (fit.distance_p, >, 0.01);
}

static void
test_network (void)
{
  g_autoptr (IscExperiment) experiment = weights_section (
      "{\"network\": [\"Linear(4, 5)\", \"Tanh()\", \"Linear(5, 3, bias=False)\"],"
      "\"init\": \"kaiming_uniform_()\", \"bias\": \"zeros_()\", \"seed\": 3}");
  g_autoptr (IscExperiment) equivalent = read_experiment (
      "{\"initscope\": 1, \"data\": \"RandomClassification(20, 4, 3, seed=1)\","
      "\"network\": [\"Linear(4, 5)\", \"Tanh()\", \"Linear(5, 3, bias=False)\"],"
      "\"inits\": [{\"label\": \"A\", \"weight\": \"kaiming_uniform_()\", \"bias\": \"zeros_()\"}],"
      "\"seeds\": [3]}");
  g_autoptr (IscWeights) weights = make (experiment);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscRun) run = isc_run_new (equivalent, &error);
  g_autoptr (GPtrArray) start = isc_run_copy_weights (run, 0);

  g_assert_cmpuint (isc_weights_get_n_entries (weights), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);

      assert_same_tensor (entry->tensor, start->pdata[i]);
      g_assert_cmpstr (entry->label, ==, isc_tensor_get_name (entry->tensor));
      g_assert_cmpstr (entry->scheme, ==, entry->is_bias ? "zeros_()" : "kaiming_uniform_()");
      g_assert_cmpint (entry->is_bias, ==, i == 1);
    }
}

static void
test_without_summary (void)
{
  g_autoptr (IscExperiment) experiment = read_experiment (own_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, FALSE, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    g_assert_null (isc_weights_get_entry (weights, i)->summary);
}

static void
assert_refused (IscExperiment *experiment, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, TRUE, NULL, &error);

  g_assert_null (weights);
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  g_autoptr (IscExperiment) bare = weights_section ("{\"tensor\": [3, 4]}");
  g_autoptr (IscExperiment) flat
      = weights_section ("{\"tensor\": [12], \"init\": \"kaiming_normal_()\"}");
  g_autoptr (IscExperiment) bias
      = weights_section ("{\"layer\": \"Linear(3, 4)\", \"bias\": \"orthogonal_()\"}");
  g_autoptr (IscExperiment) order
      = weights_section ("{\"tensor\": [3, 4], \"init\": \"uniform_(1, 0)\"}");
  g_autoptr (IscExperiment) read = read_experiment (own_data);
  g_autoptr (IscExperiment) inits = edited (read, "inits[1].bias", "xavier_normal_()");

  assert_refused (bare, "weights.init: a bare tensor has no default: name a scheme, such as "
                        "kaiming_normal_()");
  assert_refused (flat,
                  "weights.init: kaiming_normal_ needs a weight of at least 2 dimensions, and "
                  "this one has 1 (12)");
  assert_refused (order, "weights.init: uniform_: a=1 is above b=0: a must be at most b");
  assert_refused (bias,
                  "weights: 0.bias: orthogonal_ needs a weight of at least 2 dimensions, and this "
                  "one has 1 (4)");
  assert_refused (inits,
                  "inits[1]: 0.bias: xavier_normal_ needs a weight of at least 2 dimensions, "
                  "and this one has 1 (6)");
}

/* A rule that is none is refused with its path, by the document or by the weights. */
static void
check_rule (const char *path, const char *value)
{
  g_autoptr (IscExperiment) read = read_experiment (own_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscExperiment) experiment = isc_experiment_edit (read, path, value, &error);
  g_autofree char *prefix = g_strdup_printf ("%s: ", path);

  if (experiment)
    {
      g_autoptr (IscWeights) weights = isc_weights_new (experiment, TRUE, NULL, &error);

      g_assert_null (weights);
    }
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, prefix));
  g_assert_nonnull (strstr (error->message, value));
}

static void
test_rules (void)
{
  check_rule ("bins", "sturgess");
  check_rule ("bins", "0");
  check_rule ("bins", "-3");
  check_rule ("bandwidth", "wide");
  check_rule ("bandwidth", "-0.5");
  check_rule ("bandwidth", "nan");
}

/* Weights from elsewhere are measured as the experiment says, and nothing is claimed of them. */
static void
test_given (void)
{
  g_autoptr (IscExperiment) section
      = weights_section ("{\"network\": [\"Linear(3, 4)\"], \"init\": \"normal_()\", \"seed\": 5}");
  g_autoptr (IscExperiment) experiment = edited (section, "bins", "7");
  g_autoptr (IscWeights) made = make (experiment);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscWeights) given = NULL;
  const IscWeightEntry *entry;

  g_ptr_array_add (tensors, isc_tensor_ref (isc_weights_get_entry (made, 0)->tensor));
  g_ptr_array_add (tensors, isc_tensor_ref (isc_weights_get_entry (made, 1)->tensor));
  g_ptr_array_add (tensors, isc_tensor_rename (isc_weights_get_entry (made, 0)->tensor, NULL));
  given = isc_weights_new_given (experiment, tensors, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (isc_weights_get_n_entries (given), ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      entry = isc_weights_get_entry (given, i);
      assert_same_tensor (entry->tensor, tensors->pdata[i]);
      g_assert_true (entry->is_bias == (i == 1));
      g_assert_cmpfloat (isc_summary_get_moments (entry->summary)->std, ==,
                         isc_summary_get_moments (isc_weights_get_entry (made, i)->summary)->std);
    }
  entry = isc_weights_get_entry (given, 2);
  g_assert_cmpstr (entry->label, ==, "tensor");
  g_assert_false (entry->is_bias);
  g_assert_cmpint (entry->fan_in, ==, 3);
  g_assert_cmpint (entry->law.kind, ==, ISC_LAW_NONE);
  g_assert_true (isnan (entry->requested_std));
  g_assert_null (entry->library);
  g_assert_null (entry->formula);
  g_assert_cmpuint (isc_histogram_get_n_bins (isc_summary_get_histogram (entry->summary)), ==, 7);
}

static void
test_cancelled (void)
{
  g_autoptr (IscExperiment) experiment = read_experiment (own_data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (isc_weights_new (experiment, TRUE, cancellable, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
}

/* Every pin is its own script from the same seed, and keeps its colour. */
static void
test_pins (void)
{
  g_autoptr (IscExperiment) experiment = weights_section (
      "{\"layer\": \"Linear(30, 20)\", \"init\": \"kaiming_normal_()\", \"seed\": 7, \"color\": 2,"
      "\"pins\": [\"xavier_uniform_()\", null, {\"init\": \"kaiming_normal_(mode='fan_out')\", "
      "\"color\": 9}]}");
  g_autoptr (IscExperiment) alone = weights_section (
      "{\"layer\": \"Linear(30, 20)\", \"init\": \"xavier_uniform_()\", \"seed\": 7}");
  g_autoptr (IscWeights) weights = make (experiment);
  g_autoptr (IscWeights) single = make (alone);
  const struct
  {
    const char *label;
    guint color;
    gboolean is_pin;
  } entries[] = {
    { "kaiming_normal_()", 2, FALSE },
    { "bias", 2, FALSE },
    { "Xavier uniform", 1, TRUE },
    { "PyTorch default", 2, TRUE },
    { "kaiming_normal_(mode='fan_out')", 9, TRUE },
  };

  g_assert_cmpuint (isc_weights_get_n_entries (weights), ==, G_N_ELEMENTS (entries));
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);

      g_assert_cmpstr (entry->label, ==, entries[i].label);
      g_assert_cmpuint (entry->color, ==, entries[i].color);
      g_assert_cmpint (entry->is_pin, ==, entries[i].is_pin);
    }
  assert_same_tensor (isc_weights_get_entry (weights, 2)->tensor,
                      isc_weights_get_entry (single, 0)->tensor);
}

static void
assert_same_summary (const IscSummary *a, const IscSummary *b)
{
  g_autofree char *bins_a = isc_histogram_to_text (isc_summary_get_histogram (a));
  g_autofree char *bins_b = isc_histogram_to_text (isc_summary_get_histogram (b));
  g_autofree char *kde_a = isc_kde_to_text (isc_summary_get_kde (a));
  g_autofree char *kde_b = isc_kde_to_text (isc_summary_get_kde (b));

  g_assert_cmpstr (bins_a, ==, bins_b);
  g_assert_cmpstr (kde_a, ==, kde_b);
}

/* Counted anew, the weights are the same and say what a fresh count would say. */
static void
test_recount (void)
{
  static const char *const changes[][2] = {
    { "bandwidth", "0.01" },      { "bins", "17" },    { "range", "-0.1, 0.1" },
    { "kernel", "epanechnikov" }, { "stat", "count" }, { "title", "another" },
  };
  g_autoptr (IscExperiment) experiment = weights_section (
      "{\"layer\": \"Linear(80, 70)\", \"init\": \"kaiming_uniform_()\", \"pins\": [null]}");
  g_autoptr (IscExperiment) other = edited (experiment, "weights.seed", "3");
  g_autoptr (IscWeights) weights = make (experiment);

  g_assert_false (isc_weights_are_of (weights, other));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (IscExperiment) changed = edited (experiment, changes[i][0], changes[i][1]);
      g_autoptr (IscWeights) fresh = make (changed);
      g_autoptr (IscWeights) recounted = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (isc_weights_are_of (weights, changed));
      recounted = isc_weights_recount (weights, changed, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (isc_weights_get_experiment (recounted) == changed);
      g_assert_cmpuint (isc_weights_get_n_entries (recounted), ==, 3);
      for (guint j = 0; j < 3; j++)
        {
          const IscWeightEntry *a = isc_weights_get_entry (recounted, j);
          const IscWeightEntry *b = isc_weights_get_entry (fresh, j);

          assert_same_tensor (a->tensor, b->tensor);
          g_assert_cmpstr (a->label, ==, b->label);
          g_assert_cmpstr (a->scheme_label, ==, b->scheme_label);
          assert_same_summary (a->summary, b->summary);
        }
    }
}

static void
test_pins_refused (void)
{
  g_autoptr (IscExperiment) experiment = weights_section (
      "{\"tensor\": [30], \"init\": \"ones_()\", \"pins\": [\"kaiming_normal_()\"]}");
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_weights_new (experiment, TRUE, NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "weights.pins[0]: "));
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/weights/starts", test_starts);
  g_test_add_func ("/engine/weights/chain", test_chain);
  g_test_add_func ("/engine/weights/tensor", test_tensor);
  g_test_add_func ("/engine/weights/vector", test_vector);
  g_test_add_func ("/engine/weights/layer", test_layer);
  g_test_add_func ("/engine/weights/copies", test_copies);
  g_test_add_func ("/engine/weights/network", test_network);
  g_test_add_func ("/engine/weights/without-summary", test_without_summary);
  g_test_add_func ("/engine/weights/refused", test_refused);
  g_test_add_func ("/engine/weights/rules", test_rules);
  g_test_add_func ("/engine/weights/given", test_given);
  g_test_add_func ("/engine/weights/cancelled", test_cancelled);
  g_test_add_func ("/weights/pins", test_pins);
  g_test_add_func ("/weights/pins/refused", test_pins_refused);
  g_test_add_func ("/weights/recount", test_recount);
  return g_test_run ();
}
