/* SPDX-License-Identifier: GPL-3.0-or-later */

/* He, Zhang, Ren and Sun 2015, Delving deep into rectifiers, section 2.2: a ReLU layer halves the
 * second moment, so that weights of Xavier's variance lose a factor √2 a layer both ways.  With 22
 * layers both initializations converge and He's earlier; with 30, Xavier's stalls.
 *
 * The paper's networks are convolutions on ImageNet; these are 100 units wide, on 1,797 digits. */

#include <math.h>

#include "base/runtime.h"
#include "engine/comparison.h"
#include "papers/papers.h"
#include "support/reference.h"

#define SEEDS 5

enum
{
  XAVIER,
  HE,
};

static const guint widths[3] = { 64, 100, 10 };

/* Of the least and the greatest mean loss of the last epoch, over the seeds of an init. */
static void
last_losses (const IscResult *result, guint init, double *least, double *greatest)
{
  *least = INFINITY;
  *greatest = 0.0;
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      double loss = run->epochs[run->n_epochs - 1].train_loss;

      if (run->init != init)
        continue;
      *least = MIN (*least, loss);
      *greatest = MAX (*greatest, loss);
    }
}

/* Weights' gradients against the weights, root mean squares, before the first step. */
static double
gradient_to_data (const IscRunResult *run, guint parameter, double n, double weight_std)
{
  double norm = (double)isc_trace_get (run->trace, 0, ISC_TRACE_PARAMETERS + parameter);

  return norm / sqrt (n) / weight_std;
}

/* Means over the seeds of an init, of the initial network. */
typedef struct
{
  double forward;  /* log10 rms(z of the last layer) / rms(z of the first) */
  double backward; /* log10 rms(dL/dz of the first) / rms(dL/dz of the last) */
  double dead[29]; /* units that no example of 256 wakes */
} Signal;

static Signal
measure_signal (const IscResult *result, guint init, guint depth)
{
  Signal signal = { 0 };

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      const IscModuleObservation *modules = run->observations[0]->modules;
      const IscModuleObservation *last = &modules[2 * (depth - 1)];

      if (run->init != init)
        continue;
      signal.forward += log10 (last->outputs.rms / modules[0].outputs.rms) / SEEDS;
      signal.backward += log10 (modules[0].gradient.rms / last->gradient.rms) / SEEDS;
      for (guint l = 0; l + 1 < depth; l++)
        signal.dead[l] += modules[2 * l + 1].dead / SEEDS;
    }
  return signal;
}

/* Both inits scale the same normal numbers: 28 hidden layers are smaller by √2 under Xavier's rule
 * and the last one by √1.1, forwards and backwards alike. */
#define XAVIER_LOSS (-28.0 * 0.5 * log10 (2.0) - 0.5 * log10 (1.1))

/* He's signal keeps its mean square, and loses in the mean of its logarithm what a width of 100
 * spreads it: a quarter of beta = 5 · 28 / 100, which in log10 is 0.15; three standard errors of
 * five networks are 0.35.  Backwards the last layer adds √(2 · 10 / 100 / 2), an rms of 100 units
 * from 10. */
#define HE_FORWARD (-0.15)
#define HE_BACKWARD (-0.15 - 0.5)
#define HE_BOUND 0.35

static void
check_signals (const IscResult *result)
{
  Signal xavier = measure_signal (result, XAVIER, 30);
  Signal he = measure_signal (result, HE, 30);

  g_test_message ("30 layers: forward %.2f and %.2f, backward %.2f and %.2f in log10",
                  xavier.forward, he.forward, xavier.backward, he.backward);
  g_test_message ("dead after 3, 10 and 29 layers: %.1f %%, %.1f %%, %.1f %%", 100.0 * he.dead[2],
                  100.0 * he.dead[9], 100.0 * he.dead[28]);
  assert_close (he.forward, HE_FORWARD, 0.0, HE_BOUND);
  assert_close (he.backward, HE_BACKWARD, 0.0, HE_BOUND);
  assert_close (xavier.forward - he.forward, XAVIER_LOSS, 0.0, 1e-3);
  /* The softmax of smaller outputs is another one: a tenth of log10 at most. */
  assert_close (xavier.backward - he.backward, XAVIER_LOSS, 0.0, 0.1);

  /* Inputs become alike with depth, and units that none of them wakes more: no fault of He's rule,
   * but what a trained network's dead units are to be compared with. */
  g_assert_cmpfloat (he.dead[9], >, he.dead[2]);
  g_assert_cmpfloat (he.dead[28], >, he.dead[9]);
  g_assert_cmpfloat (he.dead[28], <, 0.5);
}

static void
test_thirty_layers (void)
{
  g_autoptr (IscExperiment) experiment = papers_example ("he");
  g_autoptr (IscResult) result = NULL;
  double least, greatest;

  papers_edit (&experiment, "seeds", "1, 2, 3, 4, 5");
  result = papers_run (experiment);
  g_assert_cmpuint (isc_result_get_n_runs (result), ==, 2 * SEEDS);
  check_signals (result);

  /* The loss of guessing is ln 10 = 2.3026, and stalled is to have gained less than a hundredth of
   * that; 1.0 is where guessing is long over, and measured are 0.2 to 0.5. */
  last_losses (result, XAVIER, &least, &greatest);
  g_test_message ("30 layers: Xavier ends at %.3f to %.3f", least, greatest);
  g_assert_cmpfloat (least, >, M_LN10 * 0.99);
  last_losses (result, HE, &least, &greatest);
  g_test_message ("30 layers: He ends at %.3f to %.3f", least, greatest);
  g_assert_cmpfloat (greatest, <, 1.0);

  /* Forward and backward the signal shrinks by 2⁻¹⁵ = 3e-5; the gradient of a hidden matrix is a
   * product of both, the same in every layer, and healthy is 1e-3 to 1e-1 of the weights.  The
   * bounds leave the factor 10 that 29 layers of width 100 may be off. */
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      for (guint layer = 1; layer < 29; layer++)
        if (run->init == XAVIER)
          g_assert_cmpfloat (gradient_to_data (run, 2 * layer, 1e4, 0.1), <, 1e-5);
        else
          g_assert_cmpfloat (gradient_to_data (run, 2 * layer, 1e4, sqrt (0.02)), >, 1e-4);
    }
}

static void
test_twenty_two_layers (void)
{
  g_autoptr (IscExperiment) experiment = papers_example ("he");
  g_autoptr (IscResult) result = NULL;
  g_autoptr (IscComparison) comparison = NULL;
  const IscInitScore *xavier, *he;
  guint n_seeds;

  papers_set_depth (&experiment, 22, widths, "ReLU()");
  papers_edit (&experiment, "optimizer", "SGD(lr=0.01, momentum=0.9)");
  papers_edit (&experiment, "epochs", "40");
  papers_edit (&experiment, "seeds", "1, 2, 3, 4, 5");
  result = papers_run (experiment);
  comparison = isc_comparison_new (result, 1.5);
  xavier = isc_comparison_get_init (comparison, XAVIER);
  he = isc_comparison_get_init (comparison, HE);
  g_test_message ("22 layers: loss 1.5 after %.0f steps with Xavier, %.0f with He", xavier->steps,
                  he->steps);

  g_assert_cmpuint (xavier->n_reached, ==, 5);
  g_assert_cmpuint (he->n_reached, ==, 5);
  g_assert_cmpfloat (isc_comparison_count_wins (comparison, HE, XAVIER, &n_seeds), ==, 5.0);
  g_assert_cmpuint (n_seeds, ==, 5);
  /* "Delayed by several hundred steps." */
  g_assert_cmpfloat (xavier->steps, >, he->steps + 200.0);
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/papers/he/thirty-layers", test_thirty_layers);
  g_test_add_func ("/papers/he/twenty-two-layers", test_twenty_two_layers);
  return g_test_run ();
}
