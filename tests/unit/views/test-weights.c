/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every view of weights with every sort of weights: one, equal, not finite, a row, many tensors,
 * given by a file, pinned schemes. */

#include <math.h>
#include <string.h>

#include "base/runtime.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"
#include "views-samples.h"

static char *
show (const char *id, IscWeights *weights, IscViewOptions options)
{
  const IscView *view = isc_views_find (id, NULL);
  g_autoptr (IscFigure) figure = view->of_weights (weights, &options);

  return sample_check (figure, options.compact);
}

/* The dump of a weights section in view @id. */
static char *
show_section (const char *id, const char *json)
{
  g_autoptr (IscWeights) weights = sample_weights (json);

  return show (id, weights, isc_view_options_default);
}

/* Every view of weights, with every choice that it has. */
static void
check_all (IscWeights *weights)
{
  enum
  {
    COMPACT = 1,
    CURVES = 2,
    CCDF = 4,
    PREVIEW = 8,
    ARRANGED = 16 | 32,
  };
  static const struct
  {
    const char *id;
    guint choices;
  } views[] = {
    { "histogram", COMPACT | CURVES | ARRANGED },
    { "ecdf", COMPACT | CURVES | CCDF },
    { "qq", COMPACT },
    { "heatmap", COMPACT },
    { "kernels", COMPACT },
    { "spectrum", COMPACT | CURVES | PREVIEW },
  };
  guint n, n_of_weights = 0;
  const IscView *const *all = isc_views_get (&n);

  for (guint i = 0; i < n; i++)
    n_of_weights += all[i]->of_weights != NULL;
  g_assert_cmpuint (n_of_weights, ==, G_N_ELEMENTS (views));

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    for (guint choice = 0; choice <= views[i].choices; choice++)
      if ((choice & ~views[i].choices) == 0)
        {
          IscViewOptions options = { .compact = choice & COMPACT,
                                     .show_kde = (choice & CURVES) != 0,
                                     .show_law = (choice & CURVES) != 0,
                                     .ccdf = (choice & CCDF) != 0,
                                     .preview = (choice & PREVIEW) != 0,
                                     .arrangement = choice >> 4 };
          g_autofree char *dump = show (views[i].id, weights, options);

          g_assert_nonnull (dump);
        }
}

static void
test_degenerate (void)
{
  static const char *const sections[] = {
    "{\"tensor\": [1], \"init\": \"ones_()\"}",
    "{\"tensor\": [1, 1], \"init\": \"normal_()\"}",
    "{\"tensor\": [2], \"init\": \"normal_()\"}",
    "{\"tensor\": [2, 2], \"init\": \"orthogonal_()\"}",
    "{\"tensor\": [3, 5], \"init\": \"constant_(0.5)\"}",
    "{\"tensor\": [3, 5], \"init\": \"zeros_()\"}",
    "{\"tensor\": [3000], \"init\": \"uniform_()\"}",
    "{\"tensor\": [1, 5000], \"init\": \"normal_()\"}",
    "{\"tensor\": [5000, 1], \"init\": \"normal_()\"}",
    "{\"tensor\": [40, 40], \"init\": \"normal_(std=3e38)\"}",
    "{\"tensor\": [40, 40], \"init\": \"normal_(std=1e-45)\"}",
    "{\"tensor\": [40, 50], \"init\": \"sparse_(sparsity=0.9)\"}",
    "{\"tensor\": [40, 50], \"init\": \"eye_()\"}",
    "{\"tensor\": [8, 3, 5], \"init\": \"normal_()\"}",
    "{\"tensor\": [80, 3, 5, 5], \"init\": \"normal_()\"}",
    "{\"tensor\": [4, 3, 2, 3, 4], \"init\": \"dirac_()\"}",
    "{\"layer\": \"Linear(49, 70)\", \"init\": \"kaiming_uniform_()\"}",
    "{\"network\": [\"Linear(4, 5)\", \"ReLU()\", \"Linear(5, 3)\"], \"init\": "
    "\"xavier_normal_()\"}",
    "{\"layer\": \"Linear(20, 30)\", \"init\": \"xavier_uniform_()\", \"pins\": [\"zeros_()\", "
    "\"orthogonal_()\", \"normal_(std=100)\", \"sparse_(sparsity=0.5)\"]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (IscWeights) weights = sample_weights (sections[i]);

      g_test_message ("%s", sections[i]);
      check_all (weights);
    }
}

static void
test_many (void)
{
  g_autoptr (IscExperiment) experiment = sample_experiment (15, 1);
  g_autoptr (IscWeights) weights = isc_weights_new (experiment, TRUE, NULL, NULL);
  g_autofree char *qq = show ("qq", weights, isc_view_options_default);

  check_all (weights);
  sample_has (qq, "the first 12 of 15");
}

/* What no scheme draws: put there by hand. */
static void
test_not_finite (void)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();
  g_autoptr (IscWeights) weights = NULL;
  guint n;
  const IscView *const *views = isc_views_get (&n);

  for (guint i = 0; i < 4; i++)
    {
      IscShape shape = isc_shape (2, (gint64)6, (gint64)9);
      IscTensor *tensor = isc_tensor_new ("0.weight", &shape, NULL);
      float *values = isc_tensor_edit_data (tensor);

      for (guint j = 0; j < 54; j++)
        values[j] = i == 0 ? NAN : i == 1 ? (j % 2 ? INFINITY : NAN) : (float)j - 20.0f;
      values[7] = i < 3 ? NAN : 0.0f;
      g_ptr_array_add (tensors, tensor);
    }
  weights = isc_weights_new_given (experiment, tensors, NULL, NULL);
  g_assert_nonnull (weights);
  for (guint i = 0; i < n; i++)
    {
      IscFigure *figure;
      g_autofree char *dump = NULL;

      if (!views[i]->of_weights)
        continue;
      figure = views[i]->of_weights (weights, &isc_view_options_default);
      /* No experiment made them. */
      g_assert_null (isc_figure_get_experiment (figure));
      isc_figure_set_experiment (figure, "{}");
      isc_figure_set_caption (figure, "PyTorch 2.12");
      dump = sample_check (figure, FALSE);
      sample_has (dump, "Given weights");
      sample_has (dump, "NaN");
      isc_figure_unref (figure);
    }
}

static void
test_ecdf (void)
{
  g_autofree char *usual
      = show_section ("ecdf", "{\"tensor\": [50, 60], \"init\": \"normal_(std=0.1)\"}");
  g_autofree char *sparse
      = show_section ("ecdf", "{\"tensor\": [40, 50], \"init\": \"sparse_(sparsity=0.5)\"}");
  g_autoptr (IscWeights) weights
      = sample_weights ("{\"tensor\": [50, 60], \"init\": \"uniform_()\"}");
  g_autofree char *tail = show ("ecdf", weights, (IscViewOptions){ .ccdf = TRUE });

  sample_has (usual, "share of weights ≤ x");
  sample_has (usual, "largest distance from the law 0.0");
  sample_has (usual, "exact law");
  sample_has (usual, "y linear 0 ");
  sample_has (sparse, "exact law");
  sample_has (tail, "share of weights > x");
  sample_has (tail, "y log ");
  g_assert_null (strstr (tail, "exact law"));
}

static void
test_qq (void)
{
  g_autofree char *usual
      = show_section ("qq", "{\"tensor\": [50, 60], \"init\": \"uniform_(-1, 1)\"}");
  g_autofree char *equal = show_section ("qq", "{\"tensor\": [5], \"init\": \"ones_()\"}");
  g_autofree char *sparse
      = show_section ("qq", "{\"tensor\": [40, 50], \"init\": \"sparse_(sparsity=0.5)\"}");
  g_autofree char *diagonal = show_section ("qq", "{\"tensor\": [4, 5], \"init\": \"eye_()\"}");

  sample_has (usual, "quantiles against U(−1, 1)");
  sample_has (usual, "95 % of samples");
  sample_has (usual, "agreement");
  sample_has (equal, "All 5 weights equal 1");
  sample_has (sparse, "zeros are left out");
  sample_has (diagonal, "Equal weights have no quantiles to compare");
  g_assert_null (strstr (diagonal, "quantiles against"));
}

static void
test_pictures (void)
{
  g_autofree char *matrix = show_section ("heatmap", "{\"tensor\": [3, 4], \"init\": \"eye_()\"}");
  g_autofree char *large
      = show_section ("heatmap", "{\"tensor\": [300, 4000], \"init\": \"normal_()\"}");
  g_autofree char *layer = show_section ("heatmap", "{\"layer\": \"Linear(5, 3)\"}");
  g_autofree char *rows = show_section ("kernels", "{\"layer\": \"Linear(49, 70)\"}");
  g_autofree char *convolution
      = show_section ("kernels", "{\"tensor\": [80, 3, 5, 5], \"init\": \"normal_()\"}");
  g_autofree char *none = show_section ("kernels", "{\"layer\": \"Linear(20, 3)\"}");

  sample_has (matrix, "dots 3 x 4 of 1 x 1 cells");
  sample_has (matrix, " 1 0 0 0 0 1 0 0 0 0 1 0 ");
  sample_has (matrix, "\"dimension 0\"");
  sample_has (layer, "\"output\"");
  sample_has (layer, "\"input\"");
  sample_has (large, "the largest in magnitude");
  sample_has (large, "colours end at 3 root mean squares");
  sample_has (rows, "the 49 inputs of a unit as 7 × 7");
  sample_has (rows, "the first 64 of 70");
  sample_has (convolution, "a tile: 5 × 5, first channel of dimension 1");
  sample_has (none, "this tensor is 3 × 20");
}

static void
test_spectrum (void)
{
  g_autofree char *usual
      = show_section ("spectrum", "{\"tensor\": [50, 60], \"init\": \"normal_(std=0.1)\"}");
  g_autofree char *orthogonal
      = show_section ("spectrum", "{\"tensor\": [30, 60], \"init\": \"orthogonal_(gain=1.5)\"}");
  g_autofree char *tall
      = show_section ("spectrum", "{\"tensor\": [60, 30], \"init\": \"orthogonal_()\"}");
  g_autofree char *singular
      = show_section ("spectrum", "{\"tensor\": [7, 9], \"init\": \"constant_(0.5)\"}");
  g_autofree char *row
      = show_section ("spectrum", "{\"tensor\": [1, 9], \"init\": \"constant_(0.5)\"}");
  g_autofree char *huge
      = show_section ("spectrum", "{\"tensor\": [10, 10], \"init\": \"constant_(3e38)\"}");
  g_autofree char *none = show_section ("spectrum", "{\"tensor\": [9], \"init\": \"normal_()\"}");
  g_autofree char *copies
      = show_section ("spectrum", "{\"tensor\": [16, 9, 3, 3], \"init\": \"icnr_()\"}");
  g_autofree char *tap
      = show_section ("spectrum", "{\"layer\": \"Conv2d(8, 16, 3)\", "
                                  "\"init\": \"jax.nn.initializers.delta_orthogonal()\"}");

  sample_has (usual, "Marchenko–Pastur");
  g_assert_null (strstr (copies, "Marchenko"));
  sample_has (tap, "All 8 singular values equal 1");
  sample_has (tap, "‖WᵀW − I‖");
  sample_has (tap, "taps of zeros are left out");
  sample_has (usual, "condition ");
  sample_has (usual, "its edges");
  sample_has (orthogonal, "All 30 singular values equal 1.5");
  sample_has (orthogonal, "‖WWᵀ/1.5² − I‖");
  g_assert_null (strstr (orthogonal, "Marchenko"));
  sample_has (tall, "‖WᵀW − I‖");
  sample_has (singular, "singular");
  /* 3e38 · 10, past float32 */
  sample_has (huge, "singular values up to 3×10³⁹");
  sample_has (huge, "3.0×10³⁹");
  /* 0.5 √63 */
  sample_has (singular, "up to 3.97");
  sample_has (row, "The one singular value is 1.5");
  sample_has (none, "fewer than two dimensions");
}

/* The same colours, whatever else is shown. */
static void
test_compared (void)
{
  const char section[] = "{\"layer\": \"Linear(20, 30)\", \"init\": \"xavier_uniform_()\", "
                         "\"pins\": [\"kaiming_normal_()\", \"orthogonal_()\"]}";
  g_autoptr (IscWeights) weights = sample_weights (section);
  IscViewOptions options = isc_view_options_default;
  g_autofree char *overlay = show ("histogram", weights, options), *ridges = NULL, *panels = NULL;

  sample_has (overlay, "3 schemes on Linear(20, 30)");
  sample_has (overlay, "common bins");
  sample_has (overlay, "stroke steps color 0");
  sample_has (overlay, "stroke steps color 1");
  sample_has (overlay, "stroke steps color 2");
  g_assert_null (strstr (overlay, "panel 1 "));
  options.arrangement = ISC_ARRANGE_RIDGES;
  ridges = show ("histogram", weights, options);
  sample_has (ridges, "y-label soft 14.7 \"Kaiming normal\"");
  sample_has (ridges, "fill band color 2");
  options.arrangement = ISC_ARRANGE_MULTIPLES;
  panels = show ("histogram", weights, options);
  sample_has (panels, "panel 2 ");
  sample_has (panels, "fill bars color 2");
}

static void
test_stat (void)
{
  static const struct
  {
    const char *stat, *label;
  } cases[] = { { "density", "\"density\"" },
                { "count", "\"weights in a bin\"" },
                { "probability", "\"share of weights in a bin\"" },
                { "percent", "\"% of weights in a bin\"" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"initscope\": 1, \"bins\": \"2\", \"stat\": "
                                               "\"%s\", \"weights\": {\"tensor\": [100], "
                                               "\"init\": \"uniform_()\"}}",
                                               cases[i].stat);
      g_autoptr (GPtrArray) problems = isc_problems_new ();
      g_autoptr (IscExperiment) experiment = isc_experiment_from_json (json, -1, problems);
      g_autoptr (IscWeights) weights = isc_weights_new (experiment, TRUE, NULL, NULL);
      g_autofree char *dump = show ("histogram", weights, (IscViewOptions){ .show_kde = FALSE });

      sample_has (dump, cases[i].label);
    }
}

static void
test_atom (void)
{
  g_autofree char *sparse
      = show_section ("histogram", "{\"tensor\": [40, 50], \"init\": \"sparse_(sparsity=0.5)\"}");
  g_autofree char *eye = show_section ("histogram", "{\"tensor\": [4, 4], \"init\": \"eye_()\"}");

  sample_has (sparse, "50 % of the weights are exactly 0");
  sample_has (sparse, "\"zeros\"");
  sample_has (sparse, "fill bars");
  sample_has (eye, "75 % of the weights are 0, 25 % are 1");
}

/* Random numbers that are not a library's are not said to be. */
static void
test_whose (void)
{
  static const char *const cases[][2] = {
    { "\"init\": \"keras.HeNormal()\"", "seed 0 · Keras's law, our own random numbers" },
    { "\"init\": \"keras.Ones()\"", "seed 0 · Keras's law" },
    { "\"init\": \"timm.trunc_normal_tf_()\"", "seed 0 · PyTorch 2.12" },
    { "\"init\": \"keras.HeNormal()\", \"pins\": [\"jax.nn.initializers.he_normal()\"]",
      "seed 0 · Keras's and JAX's laws, our own random numbers" },
    { "\"init\": \"keras.HeNormal()\", \"pins\": [\"zeros_()\", \"keras.Zeros()\"]",
      "seed 0 · PyTorch 2.12 · Keras's laws, our own random numbers" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"tensor\": [30, 40], %s}", cases[i][0]);
      g_autoptr (IscWeights) weights = sample_weights (json);
      g_autoptr (IscFigure) figure
          = isc_views_find ("ecdf", NULL)->of_weights (weights, &isc_view_options_default);

      g_assert_true (g_str_has_suffix (isc_figure_get_caption (figure), cases[i][1]));
    }
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/weights/degenerate", test_degenerate);
  g_test_add_func ("/views/weights/many", test_many);
  g_test_add_func ("/views/weights/not-finite", test_not_finite);
  g_test_add_func ("/views/weights/ecdf", test_ecdf);
  g_test_add_func ("/views/weights/qq", test_qq);
  g_test_add_func ("/views/weights/pictures", test_pictures);
  g_test_add_func ("/views/weights/spectrum", test_spectrum);
  g_test_add_func ("/views/weights/compared", test_compared);
  g_test_add_func ("/views/weights/stat", test_stat);
  g_test_add_func ("/views/weights/atom", test_atom);
  g_test_add_func ("/views/weights/whose", test_whose);
  return g_test_run ();
}
