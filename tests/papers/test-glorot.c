/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural
 * networks, section 4: five tanh layers under the standard rule, U(±1/√fan_in), and the normalized
 * one, U(±√(6 / (fan_in + fan_out))).  Under the standard rule what each layer gives and what it
 * passes back shrink from layer to layer (figures 6 and 7) although all weights have the same
 * gradients (section 4.2.2, figure 9); the normalized rule keeps both, and trains faster.
 *
 * Numbers to compare with are those of infinitely wide layers. */

#include <math.h>

#include "base/runtime.h"
#include "engine/comparison.h"
#include "papers/papers.h"
#include "stats/spectrum.h"
#include "support/reference.h"

#define HIDDEN 5
#define WIDTH 512
#define SEEDS 5

enum
{
  STANDARD,
  NORMALIZED,
  N_INITS,
};

/* How the initial network responds to inputs of variance 1: variances, means over the seeds. */
typedef struct
{
  double activations[HIDDEN];
  double gradients[HIDDEN]; /* dL/dz */
  double weight_gradients[HIDDEN];
} Response;

static JsonObject *reference;

static IscExperiment *
wide_network (void)
{
  static const guint widths[3] = { WIDTH, WIDTH, 10 };
  IscExperiment *experiment = papers_example ("glorot");

  papers_set_depth (&experiment, HIDDEN + 1, widths, "Tanh()");
  papers_edit (&experiment, "data", "RandomClassification(256, 512, 10)");
  papers_edit (&experiment, "batch_size", "null");
  papers_edit (&experiment, "steps", "1");
  papers_edit (&experiment, "seeds", "1, 2, 3, 4, 5");
  return experiment;
}

static Response
measure (const IscResult *result, guint init)
{
  Response response = { 0 };

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      if (run->init != init)
        continue;
      for (guint l = 0; l < HIDDEN; l++)
        {
          const IscModuleObservation *modules = run->observations[0]->modules;
          const IscParameterObservation *weight = &run->observations[0]->parameters[2 * l];

          response.gradients[l] += pow (modules[2 * l].gradient.rms, 2.0) / SEEDS;
          response.activations[l] += pow (modules[2 * l + 1].outputs.std, 2.0) / SEEDS;
          response.weight_gradients[l] += pow (weight->gradient.rms, 2.0) / SEEDS;
        }
    }
  return response;
}

static void
test_signals (void)
{
  static const char *const labels[] = { "standard", "normalized" };
  JsonArray *theories = json_object_get_array_member (reference, "glorot_tanh_theory");
  g_autoptr (IscExperiment) experiment = wide_network ();
  g_autoptr (IscResult) result = papers_run (experiment);
  Response responses[N_INITS];

  for (guint init = 0; init < N_INITS; init++)
    {
      JsonObject *theory = json_array_get_object_element (theories, init);
      gsize n;
      g_autofree double *stds = reference_numbers (theory, "activation_std", &n);
      g_autofree double *chis = reference_numbers (theory, "chi_per_layer", &n);
      const Response *response = &responses[init];

      responses[init] = measure (result, init);
      for (guint l = 0; l < HIDDEN; l++)
        {
          g_test_message ("%s, layer %u: activations %.3f (theory %.3f), gradients %.2e",
                          labels[init], l + 1, sqrt (response->activations[l]), stds[l],
                          sqrt (response->gradients[l]));
          /* Means over 256 inputs that hardly know of each other, 512 units and five networks:
           * measured are 0.3 %. */
          assert_close (sqrt (response->activations[l]), stds[l], 0.02, 0.0);
        }
      /* Backwards as theory has it, a layer at a time but for the last, which sees 10 outputs and
       * not 512; measured are 1.2 %. */
      for (guint l = 0; l + 1 < HIDDEN; l++)
        assert_close (response->gradients[l] / response->gradients[l + 1], chis[l], 0.05, 0.0);
    }

  /* Figure 6: the fifth layer's activations are a tenth of the first's, or half of them. */
  g_assert_cmpfloat (responses[STANDARD].activations[4], <,
                     0.02 * responses[STANDARD].activations[0]);
  g_assert_cmpfloat (responses[NORMALIZED].activations[4], >,
                     0.2 * responses[NORMALIZED].activations[0]);
  /* Figure 7: what comes back to the first layer is a twelfth of what came to the fifth, or four
   * tenths. */
  g_assert_cmpfloat (responses[STANDARD].gradients[0], <, 0.02 * responses[STANDARD].gradients[4]);
  g_assert_cmpfloat (responses[NORMALIZED].gradients[0], >,
                     0.1 * responses[NORMALIZED].gradients[4]);
  /* Figure 9, the surprise: the hidden matrices' own gradients are the same at every layer, because
   * what shrinks forwards and backwards multiplies to a constant. */
  for (guint l = 2; l < HIDDEN; l++)
    assert_close (sqrt (responses[STANDARD].weight_gradients[l]),
                  sqrt (responses[STANDARD].weight_gradients[1]), 0.25, 0.0);
}

/* Section 4.2.1 measures how much a layer's Jacobian stretches, 0.8 on average under the normalized
 * rule and 0.5 under the standard one; of the weights alone it is 8/(3π) = 0.849 and √3 less. */
static void
test_singular_values (void)
{
  g_autoptr (IscExperiment) experiment = wide_network ();
  g_autoptr (IscRun) run = isc_run_new (experiment, NULL);
  g_autoptr (IscResult) result = NULL;

  g_assert_nonnull (run);
  result = isc_run_snapshot (run);
  for (guint i = 0; i < isc_result_get_n_runs (result); i += SEEDS)
    {
      guint init = isc_result_get_run (result, i)->init;
      g_autoptr (GPtrArray) weights = isc_run_copy_weights (run, i);
      g_autoptr (IscSpectrum) spectrum
          = isc_spectrum_new (isc_tensor_get_data (weights->pdata[2]), WIDTH, WIDTH,
                              ISC_SPECTRUM_EXACT, NULL, NULL);
      double mean = 0.0;
      const double *values;
      gsize n;

      g_assert_nonnull (spectrum);
      values = isc_spectrum_get_values (spectrum, &n);
      for (gsize j = 0; j < n; j++)
        mean += values[j] / (double)n;
      /* Edges of the spectrum move by 512^(−2/3) = 2 %, its mean by far less. */
      assert_close (mean, 8.0 / (3.0 * G_PI) / (init == STANDARD ? sqrt (3.0) : 1.0), 0.01, 0.0);
    }
}

static void
test_training (void)
{
  g_autoptr (IscExperiment) experiment = papers_example ("glorot");
  g_autoptr (IscResult) result = NULL;
  g_autoptr (IscComparison) comparison = NULL;
  const IscInitScore *standard, *normalized;
  guint n_seeds;

  papers_edit (&experiment, "seeds", "1, 2, 3, 4, 5");
  result = papers_run (experiment);
  comparison = isc_comparison_new (result, 1.0);
  standard = isc_comparison_get_init (comparison, STANDARD);
  normalized = isc_comparison_get_init (comparison, NORMALIZED);
  g_test_message ("loss 1 after %.0f steps under the standard rule, %.0f under the normalized "
                  "one",
                  standard->steps, normalized->steps);
  g_assert_cmpfloat (isc_comparison_count_wins (comparison, NORMALIZED, STANDARD, &n_seeds), ==,
                     SEEDS);
  g_assert_cmpuint (n_seeds, ==, SEEDS);
  g_assert_cmpfloat (standard->steps, >, 1.5 * normalized->steps);
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/theory/meanfield.json");
  g_test_add_func ("/papers/glorot/signals", test_signals);
  g_test_add_func ("/papers/glorot/singular-values", test_singular_values);
  g_test_add_func ("/papers/glorot/training", test_training);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
