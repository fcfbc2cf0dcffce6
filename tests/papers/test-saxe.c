/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saxe, McClelland and Ganguli 2014, Exact solutions to the nonlinear dynamics of learning in deep
 * linear neural networks.
 *
 * A mode of strength s learns as τ du/dt = N u^(2 − 2/N) (s − u), u being the product of N weights:
 * a chain of single weights is one mode, and gradient descent in small steps has to follow it.  And
 * a deep network that begins orthogonal learns in a time that does not depend on its depth, once
 * the learning rate is as small as the depth demands; from Gaussian weights it takes ever longer.
 */

#include <glib/gstdio.h>
#include <math.h>

#include "base/runtime.h"
#include "engine/comparison.h"
#include "engine/trainer.h"
#include "formats/npy.h"
#include "papers/papers.h"
#include "support/reference.h"

enum
{
  ORTHOGONAL,
  GAUSSIAN,
};

/* Classes of the digits: what depth is to change is not how hard they are. */
static const guint widths[3] = { 64, 64, 10 };

static JsonObject *reference;

static char *
save_column (const char *folder, const char *name, float low, float high)
{
  IscShape shape = isc_shape (2, 2, 1);
  g_autoptr (IscTensor) tensor = isc_tensor_new (name, &shape, NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *path = g_build_filename (folder, name, NULL);

  isc_tensor_edit_data (tensor)[0] = low;
  isc_tensor_edit_data (tensor)[1] = high;
  bytes = isc_npy_write (tensor);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
  return path;
}

/* A chain of @depth single weights that are to multiply to @strength, learnt from x = ±1, and all
 * begin as the same root of @start. */
static IscExperiment *
make_chain (const char *folder, guint depth, double strength, double start, double lr)
{
  static const guint ones[3] = { 1, 1, 1 };
  g_autofree char *inputs = save_column (folder, "x.npy", -1.0f, 1.0f);
  g_autofree char *targets = save_column (folder, "y.npy", (float)-strength, (float)strength);
  g_autofree char *data = g_strdup_printf ("Arrays('%s', '%s')", inputs, targets);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *weight = NULL;
  g_autofree char *optimizer = NULL;
  IscExperiment *experiment = papers_example ("saxe");

  g_ascii_dtostr (number, sizeof number, pow (start, 1.0 / depth));
  weight = g_strdup_printf ("constant_(%s)", number);
  g_ascii_dtostr (number, sizeof number, lr);
  optimizer = g_strdup_printf ("SGD(lr=%s)", number);
  papers_set_depth (&experiment, depth, ones, NULL);
  papers_edit (&experiment, "data", data);
  papers_edit (&experiment, "loss", "MSELoss()");
  papers_edit (&experiment, "optimizer", optimizer);
  papers_edit (&experiment, "batch_size", "null");
  papers_edit (&experiment, "steps", "1000000");
  papers_edit (&experiment, "inits[1]", NULL);
  papers_edit (&experiment, "inits[0].weight", weight);
  return experiment;
}

/* Steps until the product is @share of @strength. */
static gsize
count_steps (IscExperiment *experiment, double strength, double share)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscTrainer) trainer = isc_trainer_new (experiment, 0, NULL, generator, &error);
  double target = pow (strength * (1.0 - share), 2.0);
  double loss = INFINITY;
  gsize steps = 0;

  g_assert_no_error (error);
  for (; loss > target; steps++)
    {
      const IscTrace *trace;

      g_assert_true (isc_trainer_step (trainer, 0.0, &error));
      trace = isc_trainer_get_trace (trainer);
      loss = (double)isc_trace_get (trace, isc_trace_get_n_rows (trace) - 1, ISC_TRACE_LOSS);
    }
  /* A step's loss is of the weights before it. */
  return steps - 1;
}

static void
test_modes (void)
{
  JsonArray *modes = json_object_get_array_member (reference, "deep_mode");
  g_autofree char *folder = g_dir_make_tmp ("initscope-saxe-XXXXXX", NULL);
  g_autofree char *inputs = g_build_filename (folder, "x.npy", NULL);
  g_autofree char *targets = g_build_filename (folder, "y.npy", NULL);

  for (guint i = 0; i < json_array_get_length (modes); i++)
    {
      JsonObject *mode = json_array_get_object_element (modes, i);
      guint depth = (guint)json_object_get_int_member (mode, "weight_layers");
      double strength = reference_number (mode, "s");
      double start = reference_number (mode, "u0");
      double time = reference_number (mode, "time_to_95_percent");
      /* The loss is (s − u)², whose gradient makes τ one half, and its curvature at the end 2 N
       * s^(2 − 2/N): steps of a hundredth of what it allows. */
      double lr = 0.01 / (2.0 * depth * pow (strength, 2.0 - 2.0 / depth));
      g_autoptr (IscExperiment) experiment = make_chain (folder, depth, strength, start, lr);
      gsize steps = count_steps (experiment, strength, 0.95);

      g_test_message ("%u weights from %g: %.5f, by theory %.5f", depth, start,
                      (double)steps * lr * 2.0, time);
      /* Of a step's hundredth, half is the error of such steps, and one step is the count's. */
      assert_close ((double)steps * lr * 2.0, time, 0.01, 2.0 * lr);
    }
  g_unlink (inputs);
  g_unlink (targets);
  g_rmdir (folder);
}

/* Median steps to the loss 0.5 of digits, with the learning rate @rate / @depth; infinite if half
 * of the seeds or more never get there. */
static double
learning_time (guint depth, double rate, guint init)
{
  g_autoptr (IscExperiment) experiment = papers_example ("saxe");
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *optimizer = NULL;
  g_autoptr (IscResult) result = NULL;
  g_autoptr (IscComparison) comparison = NULL;

  optimizer = g_strdup_printf ("SGD(lr=%s)", g_ascii_dtostr (number, sizeof number, rate / depth));
  papers_set_depth (&experiment, depth, widths, NULL);
  papers_edit (&experiment, "optimizer", optimizer);
  papers_edit (&experiment, init == ORTHOGONAL ? "inits[1]" : "inits[0]", NULL);
  papers_edit (&experiment, "seeds", "1, 2, 3");
  result = papers_run (experiment);
  comparison = isc_comparison_new (result, 0.5);
  return isc_comparison_get_init (comparison, 0)->steps;
}

/* The stable learning rate falls as the depth; among those, the best for each depth. */
static double
best_time (guint depth, guint init)
{
  double best = INFINITY;

  for (double rate = 1.0; rate > 0.2; rate /= 2.0)
    best = MIN (best, learning_time (depth, rate, init));
  g_test_message ("%u layers: %s in %.0f steps", depth,
                  init == ORTHOGONAL ? "orthogonal" : "Gaussian", best);
  return best;
}

static void
test_depth (void)
{
  static const guint depths[] = { 5, 10, 20, 40 };
  double least = INFINITY;
  double greatest = 0.0;
  double last = 0.0;
  double first = best_time (depths[0], GAUSSIAN);

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      double time = best_time (depths[i], ORTHOGONAL);

      least = MIN (least, time);
      greatest = MAX (greatest, time);
    }
  /* Measured are 33 to 43 steps, up and down with the depth and the grid of rates; eight times the
   * depth may not cost half as much again, where Gaussian weights cost five times as much. */
  g_assert_cmpfloat (greatest, <, 1.5 * least);

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      double time = i == 0 ? first : best_time (depths[i], GAUSSIAN);

      g_assert_cmpfloat (time, >, last);
      last = time;
    }
  g_assert_cmpfloat (last, >, 3.0 * first);
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/theory/dynamics.json");
  g_test_add_func ("/papers/saxe/modes", test_modes);
  g_test_add_func ("/papers/saxe/depth", test_depth);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
