/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The histogram of weights that are all the same, one or two, NaN, huge, or many tensors. */

#include <math.h>
#include <string.h>

#include "base/runtime.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"
#include "views-samples.h"

static char *
show_weights (IscWeights *weights, IscViewOptions options)
{
  const IscView *view = isc_views_find ("histogram", NULL);
  g_autoptr (IscFigure) figure = view->of_weights (weights, &options);

  return sample_check (figure, FALSE);
}

/* The dump of the histogram of a weights section, after every choice of options was laid out. */
static char *
show (const char *json)
{
  g_autoptr (IscWeights) weights = sample_weights (json);

  for (guint choice = 0; choice < 8; choice++)
    {
      IscViewOptions options
          = { .log_y = choice & 1, .show_kde = choice >> 1 & 1, .show_law = choice >> 2 & 1 };
      g_autofree char *dump = show_weights (weights, options);

      g_assert_nonnull (dump);
    }
  return show_weights (weights, isc_view_options_default);
}

static void
test_usual (void)
{
  g_autofree char *dump = show ("{\"layer\": \"Linear(20, 30)\", \"init\": \"xavier_uniform_()\"}");

  sample_has (dump, "Xavier uniform on Linear(20, 30)");
  sample_has (dump, "fan_in 20 · fan_out 30");
  sample_has (dump, "asked");
  sample_has (dump, "\"histogram\"");
  sample_has (dump, "\"KDE\"");
  sample_has (dump, "\"exact density\"");
  sample_has (dump, "n 600");
  sample_has (dump, "seed 0");
}

static void
test_constant (void)
{
  g_autofree char *half = show ("{\"tensor\": [3, 5], \"init\": \"constant_(0.5)\"}");
  g_autofree char *zeros = show ("{\"layer\": \"Linear(4, 5)\", \"init\": \"zeros_()\"}");
  g_autofree char *huge = show ("{\"tensor\": [30], \"init\": \"constant_(1e30)\"}");
  g_autofree char *narrow = show ("{\"tensor\": [30, 3], \"init\": \"normal_(mean=1, std=0)\"}");

  sample_has (half, "All 15 weights equal 0.5");
  sample_has (half, "share of weights");
  sample_has (zeros, "All 20 weights equal 0");
  sample_has (huge, "All 30 weights equal 10³⁰");
  sample_has (narrow, "All 90 weights equal 1");
}

static void
test_few (void)
{
  g_autofree char *one = show ("{\"layer\": \"Linear(1, 1)\"}");
  g_autofree char *one_constant = show ("{\"tensor\": [1], \"init\": \"constant_(0.25)\"}");
  g_autofree char *two = show ("{\"tensor\": [2], \"init\": \"normal_()\"}");
  g_autofree char *three = show ("{\"tensor\": [3], \"init\": \"uniform_()\"}");
  g_autofree char *square = show ("{\"tensor\": [1, 1], \"init\": \"orthogonal_()\"}");
  g_autofree char *circle = show ("{\"tensor\": [2, 2], \"init\": \"orthogonal_()\"}");

  sample_has (one, "The one weight is ");
  sample_has (one_constant, "The one weight is 0.25");
  sample_has (two, "n 2");
  sample_has (three, "n 3");
  sample_has (square, "The one weight is ");
  sample_has (circle, "n 4");
}

static void
test_not_finite (void)
{
  /* 3e38 · z overflows float32 for |z| above 1.13; 1e-45 is the least there is. */
  g_autofree char *some = show ("{\"tensor\": [40, 40], \"init\": \"normal_(std=3e38)\"}");
  g_autofree char *tiny = show ("{\"tensor\": [40, 40], \"init\": \"normal_(std=1e-45)\"}");
  g_autofree char *wide = show ("{\"tensor\": [40, 40], \"init\": \"uniform_(-3e38, 3e38)\"}");
  g_autofree char *shifted
      = show ("{\"tensor\": [40, 40], \"init\": \"normal_(mean=1e6, std=1e-3)\"}");

  sample_has (some, "of 1,600 weights are infinite");
  g_assert_nonnull (tiny);
  g_assert_nonnull (wide);
  g_assert_nonnull (shifted);
}

static void
test_none_finite (void)
{
  g_autofree char *dump = show ("{\"tensor\": [2], \"init\": \"constant_(-3.4e38)\"}");
  const char json[] = "{\"initscope\": 1, \"weights\": {\"tensor\": [6], \"init\": \"ones_()\"}}";
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (json, -1, problems);
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, FALSE, NULL, NULL);
  IscWeightEntry *entry = (IscWeightEntry *)isc_weights_get_entry (weights, 0);
  IscBinRule bins;
  IscBandwidthRule bandwidth;
  g_autofree char *nothing = NULL;

  g_assert_nonnull (dump);
  /* No scheme draws NaN: these are put there by hand. */
  for (guint i = 0; i < 6; i++)
    isc_tensor_edit_data (entry->tensor)[i] = i < 4 ? NAN : INFINITY;
  g_assert_true (isc_bin_rule_parse ("auto", &bins, NULL));
  g_assert_true (isc_bandwidth_rule_parse ("scott", &bandwidth, NULL));
  entry->summary = isc_summary_new (isc_tensor_get_data (entry->tensor), 6, &bins, &bandwidth,
                                    -INFINITY, INFINITY, NULL);
  g_assert_nonnull (entry->summary);
  nothing = show_weights (weights, isc_view_options_default);
  sample_has (nothing, "None of the weights is finite (4 NaN, 2 infinite)");
}

/* Bars are shares of all weights, so where half are NaN they have half the area; @values are of six
 * weights. */
static char *
show_values (const float *values)
{
  const char json[] = "{\"initscope\": 1, \"bins\": \"2\","
                      "\"weights\": {\"tensor\": [6], \"init\": \"ones_()\"}}";
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (json, -1, problems);
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, FALSE, NULL, NULL);
  IscWeightEntry *entry = (IscWeightEntry *)isc_weights_get_entry (weights, 0);
  IscBinRule bins;
  IscBandwidthRule bandwidth;

  memcpy (isc_tensor_edit_data (entry->tensor), values, 6 * sizeof *values);
  g_assert_true (isc_bin_rule_parse ("2", &bins, NULL));
  g_assert_true (isc_bandwidth_rule_parse ("10", &bandwidth, NULL));
  entry->summary = isc_summary_new (values, 6, &bins, &bandwidth, -INFINITY, INFINITY, NULL);
  return show_weights (weights, (IscViewOptions){ .show_kde = FALSE, .show_law = FALSE });
}

static void
test_share (void)
{
  /* Two bins of width 4, the last finite weight alone in the second. */
  g_autofree char *finite = show_values ((const float[]){ 1, 1, 1, 1, 1, 9 });
  g_autofree char *half = show_values ((const float[]){ 1, 1, 9, NAN, NAN, INFINITY });
  g_autofree char *spike = show_values ((const float[]){ 1, 1, 1, NAN, NAN, NAN });
  g_autofree char *nan = show_values ((const float[]){ 0, 1, 2, 3, 4, NAN });

  /* The axis ends 6 % above the tallest bar: 5/6/4, 2/6/4, 3/6. */
  sample_has (finite, "y linear 0 0.220833");
  sample_has (half, "y linear 0 0.0883333");
  sample_has (spike, "y linear 0 0.53\n");
  sample_has (half, "Of 6 weights 2 are NaN and 1 infinite");
  sample_has (spike, "The 3 finite ones of 6 weights equal 1");
  sample_has (nan, "1 of 6 weights are NaN");
}

static void
test_no_entries (void)
{
  const char json[] = "{\"initscope\": 1, \"weights\": {\"tensor\": [6], \"init\": \"ones_()\"}}";
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (json, -1, problems);
  /* Without statistics there is nothing to show. */
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, FALSE, NULL, NULL);
  g_autofree char *dump = show_weights (weights, isc_view_options_default);

  sample_has (dump, "There are no weights to show");
}

static void
test_network (void)
{
  g_autofree char *dump = show (
      "{\"network\": [\"Linear(4, 5)\", \"ReLU()\", \"Linear(5, 3)\"], \"init\": \"zeros_()\"}");

  sample_has (dump, "Initial weights of the network");
  sample_has (dump, "0.weight");
  sample_has (dump, "2.weight");
  /* Biases are left out where there are weights. */
  g_assert_null (strstr (dump, "0.bias"));
}

/* Each panel has its own axes: shares of weights are to scale beside another panel's densities. */
static void
test_scale (void)
{
  g_autofree char *stems = show ("{\"layer\": \"RNN(4, 5)\", \"init\": \"irnn_identity_()\"}");
  g_autofree char *beside = show ("{\"tensor\": [40, 50], \"init\": \"sparse_(0.5)\"}");

  /* A layer of several weights is still one layer. */
  sample_has (stems, "IRNN identity on RNN(4, 5)");
  sample_has (stems, "share of weights");
  g_assert_null (strstr (stems, "not to scale"));
  sample_has (beside, "stems are not to scale");
}

/* A few values, each many times, have no density; a few weights have. */
static void
test_spikes (void)
{
  g_autofree char *signs
      = show ("{\"tensor\": [20, 30], \"init\": \"custom('row % 4 == 0 and -1 or 1')\"}");
  g_autofree char *hadamard
      = show ("{\"layer\": \"Linear(32, 64)\", \"init\": \"zero_hadamard_()\"}");
  g_autofree char *thirds = show ("{\"tensor\": [30, 4], \"init\": \"custom('row % 3')\"}");
  g_autofree char *few = show ("{\"tensor\": [4], \"init\": \"custom('index % 2 + 1')\"}");

  sample_has (signs, "25 % of the weights are −1, 75 % are 1");
  sample_has (signs, "share of weights");
  sample_has (hadamard, "are 0.125");
  sample_has (thirds, "The weights take 3 values");
  sample_has (few, "\"density\"");
}

static void
test_range (void)
{
  const char json[] = "{\"initscope\": 1, \"range\": \"100, 200\","
                      "\"weights\": {\"tensor\": [20, 30], \"init\": \"normal_()\"}}";
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (json, -1, problems);
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, TRUE, NULL, NULL);
  g_autofree char *dump = show_weights (weights, isc_view_options_default);

  sample_has (dump, "None of the weights is between 100 and 200");
}

static void
test_many (void)
{
  g_autoptr (IscExperiment) experiment = sample_experiment (15, 1);
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, TRUE, NULL, NULL);
  IscViewOptions options = { .arrangement = ISC_ARRANGE_MULTIPLES, .show_kde = TRUE };
  g_autofree char *dump = show_weights (weights, options);

  sample_has (dump, "A title");
  sample_has (dump, "panel 11 ");
  g_assert_null (strstr (dump, "panel 12 "));
  sample_has (dump, "the first 12 of 15");
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/histogram/usual", test_usual);
  g_test_add_func ("/views/histogram/constant", test_constant);
  g_test_add_func ("/views/histogram/few", test_few);
  g_test_add_func ("/views/histogram/not-finite", test_not_finite);
  g_test_add_func ("/views/histogram/none-finite", test_none_finite);
  g_test_add_func ("/views/histogram/share", test_share);
  g_test_add_func ("/views/histogram/no-entries", test_no_entries);
  g_test_add_func ("/views/histogram/network", test_network);
  g_test_add_func ("/views/histogram/scale", test_scale);
  g_test_add_func ("/views/histogram/spikes", test_spikes);
  g_test_add_func ("/views/histogram/range", test_range);
  g_test_add_func ("/views/histogram/many", test_many);
  return g_test_run ();
}
