/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at a network: that they leave no trace, that their numbers are right, and when they are
 * taken.  And runs whose trace is thinned, however they were advanced. */

#include <math.h>
#include <string.h>

#include "base/runtime.h"
#include "engine/dataset.h"
#include "engine/observe.h"
#include "engine/trainer.h"
#include "support/reference.h"
#include "support/runs.h"

/* Everything that could be disturbed: running statistics, a mask, momentum, test examples. */
static const char disturbed[]
    = "{\"initscope\": 1, \"data\": \"Moons(samples=90, test_fraction=0.2)\","
      "\"network\": [\"Linear(2, 8)\", \"BatchNorm1d(8)\", \"Tanh()\", \"Dropout(0.3)\","
      " \"Residual(Linear(8, 8), ReLU())\", \"Linear(8, 2)\"],"
      "\"inits\": [{\"label\": \"A\", \"weight\": \"kaiming_normal_()\"}, {\"label\": \"B\"}],"
      "\"optimizer\": \"SGD(lr=0.1, momentum=0.9)\", \"batch_size\": 16, \"epochs\": 8,"
      "\"seeds\": [0, 70]}";

static const char small[]
    = "{\"initscope\": 1, \"data\": \"Moons(samples=60, test_fraction=0)\","
      "\"network\": [\"Linear(2, 5)\", \"ReLU()\", \"Linear(5, 2)\"],"
      "\"inits\": [{\"label\": \"A\", \"weight\": \"normal_(std=0.8)\"}],"
      "\"optimizer\": \"SGD(lr=0.1)\", \"batch_size\": 60, \"steps\": 1, \"seeds\": [3]}";

static void
test_no_trace (void)
{
  static const char *const every[] = { "1", "7", "null" };

  for (guint reseed = 0; reseed < 2; reseed++)
    {
      g_autoptr (IscExperiment) read = runs_read (disturbed);
      g_autoptr (IscExperiment) experiment = runs_edit (read, "reseed", reseed ? "true" : "false");
      g_autoptr (IscExperiment) unseen = runs_edit (experiment, "observe_every", "0");
      g_autoptr (IscRun) alone = runs_new (unseen);
      g_autoptr (IscResult) expected = NULL;

      runs_advance (alone, G_MAXSIZE, 1);
      expected = isc_run_snapshot (alone);
      g_assert_cmpuint (isc_result_get_run (expected, 0)->n_observations, ==, 0);
      for (guint i = 0; i < G_N_ELEMENTS (every); i++)
        {
          g_autoptr (IscExperiment) seen = runs_edit (experiment, "observe_every", every[i]);
          g_autoptr (IscRun) run = runs_new (seen);
          g_autoptr (IscResult) result = NULL;

          runs_advance (run, G_MAXSIZE, 2);
          result = isc_run_snapshot (run);
          g_assert_cmpuint (isc_result_get_run (result, 0)->n_observations, >, 5);
          for (guint r = 0; r < isc_result_get_n_runs (expected); r++)
            runs_assert_same_record (isc_result_get_run (result, r),
                                     isc_result_get_run (expected, r));
          runs_assert_same_weights (run, alone);
        }
    }
}

/* Plain sums in double. */
static void
check_spread (const IscSpread *spread, const double *x, gsize n)
{
  double sum = 0.0;
  double squares = 0.0;
  double low = x[0];
  double high = x[0];
  guint count = 0;

  for (gsize i = 0; i < n; i++)
    {
      sum += x[i];
      low = fmin (low, x[i]);
      high = fmax (high, x[i]);
    }
  for (gsize i = 0; i < n; i++)
    squares += (x[i] - sum / (double)n) * (x[i] - sum / (double)n);
  for (guint i = 0; i < ISC_SPREAD_BINS; i++)
    count += spread->bins[i];
  g_assert_cmpuint (spread->count, ==, n);
  g_assert_cmpuint (spread->n_non_finite, ==, 0);
  g_assert_cmpuint (count, ==, n);
  /* The network computes in float. */
  assert_close (spread->mean, sum / (double)n, 1e-5, 1e-6 * (high - low));
  assert_close (spread->std, sqrt (squares / (double)n), 1e-5, 1e-7);
  assert_close (spread->rms, hypot (spread->mean, spread->std), 1e-12, 0.0);
  assert_close (spread->low, low, 1e-5, 1e-6);
  assert_close (spread->high, high, 1e-5, 1e-6);
}

/* Linear(2, 5), ReLU, Linear(5, 2) and cross-entropy by hand. */
static void
test_by_hand (void)
{
  g_autoptr (IscExperiment) experiment = runs_read (small);
  g_autoptr (IscRun) run = runs_new (experiment);
  g_autoptr (GPtrArray) weights = isc_run_copy_weights (run, 0);
  g_autoptr (IscData) data = isc_dataset_load (experiment, NULL, NULL);
  g_autoptr (IscResult) result = NULL;
  const IscObservation *seen;
  const float *x = isc_tensor_get_data (data->train.inputs);
  const float *w0 = isc_tensor_get_data (weights->pdata[0]);
  const float *b0 = isc_tensor_get_data (weights->pdata[1]);
  const float *w2 = isc_tensor_get_data (weights->pdata[2]);
  const float *b2 = isc_tensor_get_data (weights->pdata[3]);
  double z0[60 * 5], h[60 * 5], z2[60 * 2], d2[60 * 2], dh[60 * 5], d0[60 * 5];
  double values[10], gradient[10] = { 0 };
  double loss = 0.0, norm = 0.0, correlation = 0.0;
  gboolean alive[5] = { FALSE };
  guint n_dead = 0;

  for (guint i = 0; i < 60; i++)
    {
      double sum;

      for (guint j = 0; j < 5; j++)
        {
          z0[i * 5 + j] = (double)b0[j] + (double)w0[j * 2] * (double)x[i * 2]
                          + (double)w0[j * 2 + 1] * (double)x[i * 2 + 1];
          h[i * 5 + j] = fmax (z0[i * 5 + j], 0.0);
          alive[j] = alive[j] || h[i * 5 + j] > 0.0;
        }
      for (guint k = 0; k < 2; k++)
        {
          z2[i * 2 + k] = (double)b2[k];
          for (guint j = 0; j < 5; j++)
            z2[i * 2 + k] += (double)w2[k * 5 + j] * h[i * 5 + j];
        }
      sum = exp (z2[i * 2]) + exp (z2[i * 2 + 1]);
      loss += (log (sum) - z2[i * 2 + data->train.classes[i]]) / 60.0;
      for (guint k = 0; k < 2; k++)
        d2[i * 2 + k] = (exp (z2[i * 2 + k]) / sum - (data->train.classes[i] == (gint64)k)) / 60.0;
      for (guint j = 0; j < 5; j++)
        {
          dh[i * 5 + j] = d2[i * 2] * (double)w2[j] + d2[i * 2 + 1] * (double)w2[5 + j];
          d0[i * 5 + j] = z0[i * 5 + j] > 0.0 ? dh[i * 5 + j] : 0.0;
          gradient[j * 2] += d0[i * 5 + j] * (double)x[i * 2];
          gradient[j * 2 + 1] += d0[i * 5 + j] * (double)x[i * 2 + 1];
        }
    }
  for (guint i = 0; i < 10; i++)
    {
      values[i] = (double)w0[i];
      norm += values[i] * values[i];
    }
  for (guint j = 0; j < 5; j++)
    n_dead += !alive[j];
  /* Of 60 examples thirty pairs. */
  for (guint i = 0; i < 30; i++)
    {
      const double *a = &z2[i * 2];
      const double *b = &z2[(i + 30) * 2];

      correlation += (a[0] * b[0] + a[1] * b[1]) / (hypot (a[0], a[1]) * hypot (b[0], b[1])) / 30.0;
    }

  runs_advance (run, 1, 1);
  result = isc_run_snapshot (run);
  g_assert_cmpuint (isc_result_get_run (result, 0)->n_observations, ==, 2);
  seen = isc_result_get_run (result, 0)->observations[0];
  g_assert_cmpuint (seen->step, ==, 0);
  g_assert_cmpuint (seen->batch, ==, 60);
  assert_close (seen->loss, loss, 1e-6, 0.0);

  g_assert_cmpuint (seen->n_modules, ==, 3);
  g_assert_cmpstr (seen->modules[1].name, ==, "1");
  g_assert_cmpstr (seen->modules[1].id, ==, "ReLU");
  g_assert_true (seen->modules[0].has_weights && !seen->modules[1].has_weights);
  check_spread (&seen->modules[0].outputs, z0, 300);
  check_spread (&seen->modules[0].gradient, d0, 300);
  check_spread (&seen->modules[1].outputs, h, 300);
  check_spread (&seen->modules[1].gradient, dh, 300);
  check_spread (&seen->modules[2].outputs, z2, 120);
  check_spread (&seen->modules[2].gradient, d2, 120);
  assert_close (seen->modules[1].dead, n_dead / 5.0, 0.0, 1e-15);
  g_assert_true (isnan (seen->modules[0].dead) && isnan (seen->modules[1].saturated));
  assert_close (seen->modules[2].correlation, correlation, 1e-5, 0.0);

  g_assert_cmpuint (seen->n_parameters, ==, 4);
  g_assert_cmpstr (seen->parameters[0].name, ==, "0.weight");
  check_spread (&seen->parameters[0].values, values, 10);
  check_spread (&seen->parameters[0].gradient, gradient, 10);
  assert_close (seen->parameters[0].norm, sqrt (norm), 1e-12, 0.0);
  g_assert_cmpuint (seen->parameters[0].n_rows, ==, 5);
  g_assert_cmpuint (seen->parameters[0].n_alike, ==, 0);
  g_assert_cmpuint (seen->parameters[1].n_rows, ==, 0);
  /* The whole batch was the step's: its loss is the trace's, and after it is another. */
  assert_close (seen->loss,
                (double)isc_trace_get (isc_result_get_run (result, 0)->trace, 0, ISC_TRACE_LOSS),
                1e-6, 0.0);
  g_assert_cmpfloat (isc_result_get_run (result, 0)->observations[1]->loss, <, seen->loss);
}

/* The one run of @experiment, looked at before its first step. */
static IscObservation *
look_at (IscExperiment *experiment)
{
  g_autoptr (IscRun) run = runs_new (experiment);
  g_autoptr (IscResult) result = NULL;

  runs_advance (run, 1, 1);
  result = isc_run_snapshot (run);
  g_assert_cmpuint (isc_result_get_run (result, 0)->n_observations, >=, 1);
  return isc_observation_ref (isc_result_get_run (result, 0)->observations[0]);
}

static void
test_dead (void)
{
  g_autoptr (IscExperiment) read = runs_read (small);
  g_autoptr (IscExperiment) dead = runs_edit (read, "inits[0].bias", "constant_(-100)");
  g_autoptr (IscExperiment) alive = runs_edit (read, "inits[0].bias", "constant_(100)");
  g_autoptr (IscExperiment) digits = runs_edit (dead, "data", "Digits(flatten=False)");
  g_autoptr (IscExperiment) conv
      = runs_edit (digits, "network",
                   "[\"Conv2d(1, 4, 3)\", \"ReLU()\", \"Flatten()\", \"Linear(144, 10)\"]");
  g_autoptr (IscExperiment) image = runs_edit (conv, "inits[0].bias", "constant_(0)");
  g_autoptr (IscObservation) none = look_at (alive);
  g_autoptr (IscObservation) all = look_at (dead);
  g_autoptr (IscObservation) channels = look_at (conv);
  g_autoptr (IscObservation) some = look_at (image);

  g_assert_cmpfloat (none->modules[1].dead, ==, 0.0);
  g_assert_cmpfloat (all->modules[1].dead, ==, 1.0);
  g_assert_cmpfloat (all->parameters[0].gradient.rms, ==, 0.0);
  /* Where all is 0, no two examples point anywhere. */
  g_assert_true (isnan (all->modules[1].correlation));
  g_assert_cmpfloat (channels->modules[1].dead, ==, 1.0);
  g_assert_cmpuint (channels->batch, ==, 256);
  g_assert_cmpuint (channels->modules[1].outputs.count, ==, 256 * 4 * 6 * 6);
  g_assert_cmpuint (channels->parameters[0].n_rows, ==, 4);
  /* A channel that fires somewhere is not dead, though most of it is 0. */
  g_assert_cmpfloat (some->modules[1].dead, ==, 0.0);
}

static double
slope_of (const char *activation, double z, double *y)
{
  if (g_str_equal (activation, "Tanh()"))
    {
      *y = tanh (z);
      return 1.0 - *y * *y;
    }
  if (g_str_equal (activation, "Sigmoid()"))
    {
      *y = 1.0 / (1.0 + exp (-z));
      return 4.0 * *y * (1.0 - *y);
    }
  if (g_str_equal (activation, "Erf()"))
    {
      *y = erf (z);
      return exp (-z * z);
    }
  if (g_str_equal (activation, "Softsign()"))
    {
      *y = z / (1.0 + fabs (z));
      return 1.0 / ((1.0 + fabs (z)) * (1.0 + fabs (z)));
    }
  *y = CLAMP (z, -0.5, 0.25);
  return z > -0.5 && z < 0.25;
}

static void
test_saturated (void)
{
  static const char *const activations[]
      = { "Tanh()", "Sigmoid()", "Erf()", "Softsign()", "Hardtanh(-0.5, 0.25)" };
  g_autoptr (IscExperiment) read = runs_read (small);
  g_autoptr (IscExperiment) wide = runs_edit (read, "inits[0].weight", "normal_(std=4)");
  g_autoptr (IscData) data = isc_dataset_load (read, NULL, NULL);
  const float *x = isc_tensor_get_data (data->train.inputs);

  for (guint i = 0; i < G_N_ELEMENTS (activations); i++)
    {
      g_autoptr (IscExperiment) experiment = runs_edit (wide, "network[1]", activations[i]);
      g_autoptr (IscRun) run = runs_new (experiment);
      g_autoptr (GPtrArray) weights = isc_run_copy_weights (run, 0);
      const float *w = isc_tensor_get_data (weights->pdata[0]);
      const float *b = isc_tensor_get_data (weights->pdata[1]);
      g_autoptr (IscObservation) seen = look_at (experiment);
      /* Softsign's slope has heavy tails, and a threshold of its own. */
      double flat = g_str_equal (activations[i], "Softsign()") ? 1.0 / 16.0 : 0.0595;
      guint n_flat = 0;

      for (guint j = 0; j < 60 * 5; j++)
        {
          guint unit = j % 5;
          double y;
          double z = (double)b[unit] + (double)w[unit * 2] * (double)x[j / 5 * 2]
                     + (double)w[unit * 2 + 1] * (double)x[j / 5 * 2 + 1];

          n_flat += slope_of (activations[i], z, &y) < flat;
        }
      g_assert_true (isnan (seen->modules[1].dead));
      g_assert_cmpuint (n_flat, >, 20);
      g_assert_cmpuint (n_flat, <, 300);
      /* The thresholds are rounded: one value may lie between. */
      assert_close (seen->modules[1].saturated, n_flat / 300.0, 0.0, 1.5 / 300.0);
    }
}

static void
test_twins (void)
{
  g_autoptr (IscExperiment) read = runs_read (small);
  g_autoptr (IscExperiment) long_run = runs_edit (read, "steps", "50");
  g_autoptr (IscExperiment) equal = runs_edit (long_run, "inits[0].weight", "constant_(0.5)");
  g_autoptr (IscExperiment) experiment = runs_edit (equal, "inits[0].bias", "zeros_()");
  g_autoptr (IscResult) biased = runs_to_end (equal, 1);
  g_autoptr (IscResult) result = runs_to_end (experiment, 1);
  const IscRunResult *run = isc_result_get_run (result, 0);

  /* They stay twins, but for those of the last layer, which have a target each. */
  for (guint i = 0; i < run->n_observations; i++)
    {
      const IscObservation *seen = run->observations[i];

      g_assert_cmpuint (seen->parameters[0].n_alike, ==, 5);
      g_assert_cmpuint (seen->parameters[2].n_alike, ==, i == 0 ? 2 : 0);
    }
  /* A bias of its own makes a unit one of a kind. */
  g_assert_cmpuint (isc_result_get_run (biased, 0)->observations[0]->parameters[0].n_alike, ==, 0);
}

/* As PyTorch has them, also within a block. */
static void
test_names (void)
{
  static const char *const parameters[] = { "0.weight",     "0.bias",     "1.weight", "1.bias",
                                            "4.f.0.weight", "4.f.0.bias", "5.weight", "5.bias" };
  static const char *const modules[] = { "0", "1", "2", "3", "4.f.0", "4.f.1", "4", "5" };
  g_autoptr (IscExperiment) read = runs_read (disturbed);
  g_autoptr (IscExperiment) experiment = runs_edit (read, "seeds", "[1]");
  g_autoptr (IscObservation) seen = look_at (experiment);

  g_assert_cmpuint (seen->n_parameters, ==, G_N_ELEMENTS (parameters));
  for (guint i = 0; i < seen->n_parameters; i++)
    g_assert_cmpstr (seen->parameters[i].name, ==, parameters[i]);
  g_assert_cmpuint (seen->n_modules, ==, G_N_ELEMENTS (modules));
  for (guint i = 0; i < seen->n_modules; i++)
    g_assert_cmpstr (seen->modules[i].name, ==, modules[i]);
  g_assert_cmpstr (seen->modules[6].id, ==, "Residual");
  g_assert_true (seen->modules[1].has_weights && !seen->modules[6].has_weights);
  /* Vectors are no matrices. */
  g_assert_cmpuint (seen->parameters[2].n_rows, ==, 0);
  /* Nothing is dropped. */
  g_assert_true (memcmp (&seen->modules[2].outputs, &seen->modules[3].outputs, sizeof (IscSpread))
                 == 0);
}

static void
check_steps (const char *every, const char *steps, gsize interval)
{
  g_autoptr (IscExperiment) read = runs_read (small);
  g_autoptr (IscExperiment) long_run = runs_edit (read, "steps", steps);
  g_autoptr (IscExperiment) experiment = runs_edit (long_run, "observe_every", every);
  g_autoptr (IscResult) result = runs_to_end (experiment, 1);
  const IscRunResult *run = isc_result_get_run (result, 0);

  g_assert_cmpuint (run->n_observations, >=, 2);
  g_assert_cmpuint (run->n_observations, <=, ISC_OBSERVER_MAX_KEPT + 1);
  for (guint i = 0; i < run->n_observations; i++)
    g_assert_cmpuint (run->observations[i]->step, ==, MIN (i * interval, run->n_steps));
  g_assert_cmpuint (run->observations[run->n_observations - 1]->step, ==, run->n_steps);
}

static void
test_when (void)
{
  check_steps ("1", "10", 1);
  check_steps ("7", "100", 7);
  check_steps ("7", "98", 7);
  check_steps ("1000", "30", 1000);
  check_steps ("1", "255", 1);
  check_steps ("2", "511", 2);
  /* One too many: every other one goes, and again. */
  check_steps ("1", "256", 2);
  check_steps ("1", "257", 2);
  check_steps ("1", "1000", 4);
  check_steps ("3", "3000", 12);
  /* A look costs as much as two steps of these 60 examples and of a sixth of the 64 × 64 points of
   * their plane: every 494 steps, if that makes twenty looks. */
  check_steps ("null", "2000", 100);
  check_steps ("null", "200", 10);
  check_steps ("null", "5", 1);
  check_steps ("null", "10000", 494);
  check_steps ("null", "60000", 600);
}

static void
test_diverged (void)
{
  g_autoptr (IscExperiment) read = runs_read (small);
  g_autoptr (IscExperiment) values
      = runs_edit (read, "data", "RandomRegression(samples=40, features=2)");
  g_autoptr (IscExperiment) loss = runs_edit (values, "loss", "MSELoss()");
  g_autoptr (IscExperiment) network = runs_edit (loss, "network[2]", "Linear(5, 1)");
  g_autoptr (IscExperiment) fast = runs_edit (network, "optimizer", "SGD(lr=100)");
  g_autoptr (IscExperiment) experiment = runs_edit (fast, "steps", "100");
  g_autoptr (IscResult) result = runs_to_end (experiment, 1);
  const IscRunResult *run = isc_result_get_run (result, 0);
  const IscObservation *last = run->observations[run->n_observations - 1];

  /* The weights that gave no loss, and not those of a step that was not made. */
  g_assert_cmpint (run->state, ==, ISC_RUN_DIVERGED);
  g_assert_cmpint (run->diverged_at, >, 0);
  g_assert_cmpuint (last->step, ==, (gsize)run->diverged_at);
  g_assert_false (isfinite (last->loss));
  g_assert_true (isfinite (run->observations[0]->loss));
}

static void
assert_same_spread (const IscSpread *a, const IscSpread *b)
{
  g_assert_true (memcmp (a, b, sizeof *a) == 0);
}

static void
assert_same_observations (const IscResult *a, const IscResult *b)
{
  for (guint r = 0; r < isc_result_get_n_runs (a); r++)
    {
      const IscRunResult *x = isc_result_get_run (a, r);
      const IscRunResult *y = isc_result_get_run (b, r);

      g_assert_cmpuint (x->n_observations, ==, y->n_observations);
      for (guint i = 0; i < x->n_observations; i++)
        {
          const IscObservation *one = x->observations[i];
          const IscObservation *other = y->observations[i];

          g_assert_cmpuint (one->step, ==, other->step);
          g_assert_true (memcmp (&one->loss, &other->loss, sizeof one->loss) == 0);
          for (guint j = 0; j < one->n_parameters; j++)
            {
              assert_same_spread (&one->parameters[j].values, &other->parameters[j].values);
              assert_same_spread (&one->parameters[j].gradient, &other->parameters[j].gradient);
            }
          for (guint j = 0; j < one->n_modules; j++)
            {
              assert_same_spread (&one->modules[j].outputs, &other->modules[j].outputs);
              assert_same_spread (&one->modules[j].gradient, &other->modules[j].gradient);
            }
        }
    }
}

/* Threads, pauses, ways back: the same looks; and the same rows, however often they were thinned.
 */
static void
test_ways (void)
{
  g_autoptr (IscExperiment) read = runs_read (disturbed);
  g_autoptr (IscExperiment) long_run = runs_edit (read, "epochs", "100");
  g_autoptr (IscExperiment) experiment = runs_edit (long_run, "observe_every", "1");
  g_autoptr (IscRun) one = runs_new (experiment);
  g_autoptr (IscRun) other = runs_new (experiment);
  g_autoptr (IscResult) start = isc_run_snapshot (one);
  g_autoptr (IscResult) other_start = isc_run_snapshot (other);
  g_autoptr (IscResult) straight = NULL;
  g_autoptr (IscResult) before = NULL;
  g_autoptr (IscResult) crooked = NULL;

  for (guint i = 0; i < isc_result_get_n_runs (start); i++)
    {
      isc_trace_set_capacity (isc_result_get_run (start, i)->trace, 40);
      isc_trace_set_capacity (isc_result_get_run (other_start, i)->trace, 40);
    }
  runs_advance (one, G_MAXSIZE, 1);
  straight = isc_run_snapshot (one);
  g_assert_cmpuint (isc_result_get_run (straight, 0)->n_rows, <=, 40);
  g_assert_cmpuint (isc_result_get_run (straight, 0)->n_steps, ==, 500);
  g_assert_cmpuint (isc_result_get_run (straight, 0)->observations[1]->step, ==, 2);

  runs_advance (other, 123, 2);
  before = isc_run_snapshot (other);
  runs_advance (other, 390, 2);
  runs_rewind (other, 100, 2);
  runs_advance (other, 490, 1);
  runs_rewind (other, 300, 1);
  runs_advance (other, G_MAXSIZE, 2);
  crooked = isc_run_snapshot (other);
  runs_assert_same (straight, crooked);
  runs_assert_same_weights (one, other);
  assert_same_observations (straight, crooked);
  /* An older snapshot still has what it had. */
  g_assert_cmpuint (isc_result_get_run (before, 0)->n_observations, ==, 123);
  g_assert_cmpuint (isc_result_get_run (before, 0)->observations[122]->step, ==, 122);
  g_assert_cmpuint (isc_trace_get_step (isc_result_get_run (before, 0)->trace,
                                        isc_result_get_run (before, 0)->n_rows - 1),
                    ==, 122);
}

typedef struct
{
  IscRun *run;
  gint stop;
  double sum;
} Watch;

/* Reads all that was published, while other threads train. */
static gpointer
watch (gpointer data)
{
  Watch *self = data;

  do
    {
      g_autoptr (IscResult) result = isc_run_snapshot (self->run);

      for (guint i = 0; i < isc_result_get_n_runs (result); i++)
        {
          const IscRunResult *run = isc_result_get_run (result, i);

          for (guint j = 0; j < run->n_observations; j++)
            {
              const IscObservation *seen = run->observations[j];

              g_assert_true (j == 0 || seen->step > run->observations[j - 1]->step);
              g_assert_cmpuint (seen->step, <=, run->n_steps);
              self->sum += seen->modules[0].outputs.mean + seen->parameters[0].norm;
            }
          for (gsize row = 0; row < run->n_rows; row++)
            {
              g_assert_cmpuint (isc_trace_get_step (run->trace, row), <, run->n_steps);
              self->sum += (double)isc_trace_get (run->trace, row, ISC_TRACE_LOSS);
            }
        }
    }
  while (!g_atomic_int_get (&self->stop));
  return NULL;
}

static void
test_watched (void)
{
  g_autoptr (IscExperiment) read = runs_read (disturbed);
  g_autoptr (IscExperiment) long_run = runs_edit (read, "epochs", "100");
  g_autoptr (IscExperiment) experiment = runs_edit (long_run, "observe_every", "1");
  g_autoptr (IscRun) run = runs_new (experiment);
  g_autoptr (IscResult) start = isc_run_snapshot (run);
  Watch self = { .run = run };
  GThread *thread;

  for (guint i = 0; i < isc_result_get_n_runs (start); i++)
    isc_trace_set_capacity (isc_result_get_run (start, i)->trace, 60);
  thread = g_thread_new ("watch", watch, &self);
  runs_advance (run, G_MAXSIZE, 2);
  g_atomic_int_set (&self.stop, 1);
  g_thread_join (thread);
  g_assert_true (isfinite (self.sum) && self.sum > 0.0);
}

/* What it takes is said, and is taken before training. */
static void
test_bytes (void)
{
  g_autoptr (IscExperiment) read = runs_read (small);
  g_autoptr (IscExperiment) seen = runs_edit (read, "batch_size", "2");
  g_autoptr (IscExperiment) unseen = runs_edit (seen, "observe_every", "0");
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autoptr (IscTrainer) with = isc_trainer_new (seen, 0, NULL, generator, NULL);
  g_autoptr (IscTrainer) without = isc_trainer_new (unseen, 0, NULL, generator, NULL);
  gsize three = 3
                * (sizeof (IscObservation) + 4 * sizeof (IscParameterObservation)
                   + 3 * sizeof (IscModuleObservation));

  g_assert_cmpuint (isc_observer_measure_batch (seen, 1000), ==, 256);
  g_assert_cmpuint (isc_observer_measure_batch (seen, 60), ==, 60);
  g_assert_cmpuint (isc_observer_measure_batch (unseen, 1000), ==, 0);
  /* Three looks at most in one step, and a network that takes 60 examples where 2 would do. */
  g_assert_cmpuint (isc_trainer_get_bytes (with) - isc_trainer_get_bytes (without), >=,
                    three + 58 * (5 + 5 + 2) * sizeof (float));
  g_assert_cmpuint (isc_network_get_bytes (isc_trainer_get_network (with)), >,
                    isc_network_get_bytes (isc_trainer_get_network (without)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/engine/observe/no-trace", test_no_trace);
  g_test_add_func ("/engine/observe/by-hand", test_by_hand);
  g_test_add_func ("/engine/observe/dead", test_dead);
  g_test_add_func ("/engine/observe/saturated", test_saturated);
  g_test_add_func ("/engine/observe/twins", test_twins);
  g_test_add_func ("/engine/observe/names", test_names);
  g_test_add_func ("/engine/observe/when", test_when);
  g_test_add_func ("/engine/observe/diverged", test_diverged);
  g_test_add_func ("/engine/observe/ways", test_ways);
  g_test_add_func ("/engine/observe/watched", test_watched);
  g_test_add_func ("/engine/observe/bytes", test_bytes);
  return g_test_run ();
}
