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

static void
test_thirty_layers (void)
{
  g_autoptr (IscExperiment) experiment = papers_example ("he");
  g_autoptr (IscResult) result = NULL;
  double least, greatest;

  papers_edit (&experiment, "seeds", "1, 2, 3, 4, 5");
  result = papers_run (experiment);
  g_assert_cmpuint (isc_result_get_n_runs (result), ==, 10);

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
