/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The views of a result with what a result may hold at worst: nothing, NaN from the start, losses
 * beyond all measure, one point, zeros, many runs. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "support/reference.h"
#include "views-samples.h"

static float
falling (guint run, gsize step)
{
  return 2.0f / (1.0f + 0.1f * (float)(step + run));
}

static float
constant (guint run, gsize step)
{
  return 0.6931472f;
}

static float
zero (guint run, gsize step)
{
  return 0.0f;
}

static float
huge (guint run, gsize step)
{
  return run == 0 ? 1e30f : 1e-30f;
}

static float
nan_at_once (guint run, gsize step)
{
  return NAN;
}

/* Run 1 is lost at once, run 2 at its fourth step. */
static float
some_lost (guint run, gsize step)
{
  if (run == 1 || (run == 2 && step == 3))
    return run == 1 ? NAN : INFINITY;
  return falling (run, step);
}

/* The dump of view @id. */
static char *
show (const char *id, IscResult *result, IscViewOptions options)
{
  const IscView *view = isc_views_find (id, NULL);
  g_autoptr (IscFigure) figure = view->of_result (result, &options);

  return sample_check (figure, options.compact);
}

/* Every view with every choice that it heeds. */
static void
check_all (IscResult *result)
{
  enum
  {
    COMPACT = 1,
    LOG_Y = 2,
    BY_PARAMETER = 4,
    SMOOTHED = 8,
    LATEST = 16,
    N_CHOICES = 32,
  };
  const guint runs[] = { 0, isc_result_get_n_runs (result), ISC_VIEW_EVERY_INIT };
  const IscTimeAxis times[] = { ISC_TIME_STEP, ISC_TIME_EPOCH, ISC_TIME_SECONDS };
  guint n;
  const IscView *const *views = isc_views_get (&n);

  for (guint i = 0; i < n; i++)
    {
      guint heeded = COMPACT | (views[i]->traits & ISC_VIEW_HAS_LOG ? LOG_Y : 0)
                     | (views[i]->traits & ISC_VIEW_BY_PARAMETER ? BY_PARAMETER : 0)
                     | (views[i]->traits & ISC_VIEW_OVER_TIME ? SMOOTHED : 0)
                     | (views[i]->traits & ISC_VIEW_AT_STEP ? LATEST : 0);

      for (guint choice = 0; views[i]->of_result && choice < N_CHOICES; choice++)
        {
          IscViewOptions options = { .compact = choice & COMPACT,
                                     .log_y = (choice & LOG_Y) != 0,
                                     .by_parameter = (choice & BY_PARAMETER) != 0,
                                     .smoothing = choice & SMOOTHED ? 0.9 : 0.0,
                                     .at_step = choice & LATEST ? G_MAXSIZE : 0,
                                     .run = runs[choice % G_N_ELEMENTS (runs)],
                                     .time = times[choice % G_N_ELEMENTS (times)] };
          g_autofree char *dump = NULL;

          /* One choice at a time, and all together. */
          if ((choice & ~heeded) || ((choice & (choice - 1)) && choice != heeded))
            continue;
          dump = show (views[i]->id, result, options);
          g_assert_nonnull (dump);
        }
    }
}

static void
test_degenerate (void)
{
  const SampleLoss losses[] = { falling, constant, zero, huge, nan_at_once, some_lost };
  const gsize lengths[] = { 0, 1, 2, 40 };

  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    for (guint j = 0; j < G_N_ELEMENTS (lengths); j++)
      for (gsize per_epoch = 0; per_epoch < 4; per_epoch += 3)
        {
          g_autoptr (IscResult) result
              = sample_result (per_epoch ? 4 : 1, 1, lengths[j], per_epoch, losses[i]);

          check_all (result);
        }
}

static void
test_nothing (void)
{
  g_autoptr (IscResult) result = sample_result (2, 1, 0, 0, falling);
  g_autofree char *loss = show ("loss", result, isc_view_options_default);
  g_autofree char *accuracy = show ("accuracy", result, isc_view_options_default);
  g_autofree char *norms = show ("gradient-norms", result, isc_view_options_default);

  sample_has (loss, "No step has been trained yet");
  sample_has (norms, "No step has been trained yet");
  sample_has (accuracy, "There is no test accuracy");
}

/* What the window shows before there are any runs. */
static void
test_no_runs (void)
{
  g_autoptr (IscResult) one = sample_result (1, 1, 0, 0, falling);
  g_autoptr (IscResult) none
      = isc_result_new_take (isc_result_get_experiment (one), g_new0 (IscRunResult, 1), 0);

  check_all (none);
}

static void
test_diverged_at_once (void)
{
  g_autoptr (IscResult) all = sample_result (2, 1, 9, 3, nan_at_once);
  g_autoptr (IscResult) some = sample_result (4, 1, 9, 3, some_lost);
  g_autofree char *all_loss = show ("loss", all, isc_view_options_default);
  g_autofree char *some_loss = show ("loss", some, isc_view_options_default);

  sample_has (all_loss, "Every run diverged at its first step");
  sample_has (some_loss, "B diverged at its first step");
  sample_has (some_loss, "diverged, step 4");
}

/* Runs of the same scheme that are lost at once are named once. */
static void
test_diverged_seeds (void)
{
  g_autoptr (IscResult) result = sample_result (2, 3, 9, 3, some_lost);
  g_autofree char *loss = show ("loss", result, isc_view_options_default);

  sample_has (loss, "B diverged at its first step");
}

static void
test_huge (void)
{
  g_autoptr (IscResult) result = sample_result (3, 1, 20, 5, huge);
  g_autofree char *loss = show ("loss", result, isc_view_options_default);

  /* One run squashes the others: the axis turns logarithmic by itself and says so. */
  sample_has (loss, "log scale");
  sample_has (loss, "y log");
}

static void
test_words (void)
{
  g_autoptr (IscResult) result = sample_result (2, 1, 20, 5, falling);
  g_autofree char *loss = show ("loss", result, isc_view_options_default);
  IscViewOptions by_parameter = isc_view_options_default;
  g_autofree char *parameters = NULL;

  sample_has (loss, "\"A title\"");
  sample_has (loss, "CrossEntropyLoss");
  sample_has (loss, "20 steps");
  /* LeakyReLU does not swallow ReLU; arguments count by name. */
  sample_has (loss, "2-4-3-2, LeakyReLU, ReLU");
  sample_has (loss, "seed 0");
  sample_has (loss, "\"A\"");
  sample_has (loss, "\"B\"");
  by_parameter.by_parameter = TRUE;
  by_parameter.run = 1;
  parameters = show ("gradient-norms", result, by_parameter);
  sample_has (parameters, "0.weight");
  sample_has (parameters, "0.bias");
  sample_has (parameters, "gradient norm of each parameter · B");
}

/* Two epochs or more show their means above the steps, in every view by step; fewer do not. */
static void
test_means (void)
{
  const char *const ids[] = { "loss", "gradient-norms" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (IscResult) one = sample_result (1, 1, 5, 5, falling);
      g_autoptr (IscResult) two = sample_result (1, 1, 10, 5, falling);
      g_autoptr (IscResult) lost = sample_result (3, 1, 9, 3, some_lost);
      g_autofree char *without = show (ids[i], one, isc_view_options_default);
      g_autofree char *with = show (ids[i], two, isc_view_options_default);
      g_autofree char *diverged = show (ids[i], lost, isc_view_options_default);

      sample_has (without, "\"every step · ");
      sample_has (with, "\"thin: every step, thick: mean of each epoch · ");
      sample_has (diverged, "B diverged at its first step");
      sample_has (diverged, "diverged, step 4");
      /* The step that diverged is told by its cross alone. */
      g_assert_null (strstr (diverged, "NaN"));
    }
}

/* Forty parameters would be a thicket: the weights stand for their layers, evenly chosen. */
static void
test_deep (void)
{
  g_autoptr (IscResult) result = sample_deep_result (20);
  IscViewOptions by_parameter = isc_view_options_default;
  g_autofree char *dump = NULL;

  by_parameter.by_parameter = TRUE;
  dump = show ("gradient-norms", result, by_parameter);
  sample_has (dump, "7 of 20 weights, biases are left out");
  sample_has (dump, "\"0.weight\"");
  sample_has (dump, "\"19.weight\"");
  sample_has (dump, "2-2-…-2-2, 20 × Linear · ");
  g_assert_null (strstr (dump, "\"0.bias\""));
  g_assert_null (strstr (dump, "\"1.weight\""));
}

/* A scheme's seeds share its colour and one line of the legend. */
static void
test_seeds (void)
{
  g_autoptr (IscResult) result = sample_result (2, 7, 12, 4, falling);
  g_autofree char *loss = show ("loss", result, isc_view_options_default);
  const char *first;

  check_all (result);
  sample_has (loss, "seeds 0, 1, 2, 3, 4 and 2 more");
  sample_has (loss, "faint: every step, thin: mean of each epoch · thick: median of the seeds, "
                    "band: their quartiles");
  first = strstr (loss, "\"A\"");
  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "\"A\""));
}

/* Two seeds are lines alone, three have a median, five a band. */
static void
test_few_seeds (void)
{
  const struct
  {
    guint n_seeds;
    gboolean median;
    gboolean band;
  } cases[] = { { 2, FALSE, FALSE }, { 3, TRUE, FALSE }, { 4, TRUE, FALSE }, { 5, TRUE, TRUE } };
  const char *const ids[] = { "loss", "accuracy", "gradient-norms", "update-ratio" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; j < G_N_ELEMENTS (ids); j++)
      {
        g_autoptr (IscResult) result = sample_result (1, cases[i].n_seeds, 12, 4, falling);
        g_autofree char *dump = show (ids[j], result, isc_view_options_default);

        g_assert_cmpint (strstr (dump, "median of the seeds") != NULL, ==, cases[i].median);
        g_assert_cmpint (strstr (dump, "band: their quartiles") != NULL, ==, cases[i].band);
        if (!g_str_equal (ids[j], "update-ratio"))
          g_assert_cmpint (strstr (dump, " fill band ") != NULL, ==, cases[i].band);
      }
}

/* Three of five seeds are lost at the fourth step. */
static float
most_lost (guint run, gsize step)
{
  return run < 3 && step == 3 ? NAN : falling (run, step);
}

/* Lost runs are not left out of the median: it ends where half of them are gone. */
static void
test_lost_seeds (void)
{
  g_autoptr (IscResult) result = sample_result (1, 5, 9, 0, most_lost);
  g_autofree char *loss = show ("loss", result, isc_view_options_default);
  const char *label = strstr (loss, "stroke line color 0 solid 2.45 n ");

  sample_has (loss, "of A 3 of 5 runs diverged and count as infinite from there on");
  /* The steps 1 to 3 and the end of a line. */
  g_assert_nonnull (label);
  g_assert_true (g_str_has_prefix (label, "stroke line color 0 solid 2.45 n 4:"));
}

/* What is seen of the layers is said with its numbers, and which look it was. */
static void
test_layers (void)
{
  g_autoptr (IscResult) result = sample_result (2, 1, 12, 4, falling);
  IscViewOptions options = isc_view_options_default;
  g_autofree char *first = NULL, *last = NULL, *gradients = NULL, *dead = NULL, *weights = NULL;

  options.run = ISC_VIEW_EVERY_INIT;
  options.at_step = 0;
  first = show ("activations", result, options);
  gradients = show ("gradients", result, options);
  dead = show ("dead-saturated", result, options);
  weights = show ("weights-over-time", result, options);
  options.run = 1;
  options.at_step = G_MAXSIZE;
  last = show ("activations", result, options);

  /* Behind the activations, and the output. */
  sample_has (first, "\"1: 0.2\"");
  sample_has (first, "\"3: 0.002\"");
  sample_has (first, "\"4: 0.0002\"");
  sample_has (first, "initial weights, 256 examples");
  sample_has (first, "activation / its layer's std");
  sample_has (last, "\"3 Tanh: 0.00");
  sample_has (last, "after 12 steps, 256 examples · B");
  sample_has (gradients, "\"0: 2\"");
  sample_has (dead, "\"1 LeakyReLU\"");
  sample_has (dead, "dead units, %");
  sample_has (dead, "saturated values, %");
  sample_has (weights, "\"0: 2\"");
  sample_has (weights, "\"12: ");
}

static float
falling_apart (guint run, gsize step)
{
  return (run % 2 ? 4.0f : 2.0f) / (1.0f + 0.1f * (float)step);
}

static void
test_steps_to_target (void)
{
  g_autoptr (IscResult) result = sample_result (2, 5, 60, 10, falling_apart);
  g_autoptr (IscResult) none = sample_result (2, 1, 0, 0, falling_apart);
  g_autofree char *dump = show ("steps-to-target", result, isc_view_options_default);
  g_autofree char *nothing = show ("steps-to-target", none, isc_view_options_default);

  sample_has (dump, "fill band");
  sample_has (dump, "\"A: 37\"");
  sample_has (dump, "\"B: never\"");
  sample_has (dump, "bars: median of the seeds, black: their quartiles");
  sample_has (dump, "in 5 of 5 seeds");
  sample_has (nothing, "No step has been trained yet");
}

/* What is not finite is told apart from zero. */
static void
test_heat_map (void)
{
  g_autoptr (IscResult) lost = sample_result (1, 1, 9, 3, nan_at_once);
  g_autoptr (IscResult) none = sample_result (1, 1, 9, 3, zero);
  g_autofree char *of_lost = show ("gradient-heatmap", lost, isc_view_options_default);
  g_autofree char *of_none = show ("gradient-heatmap", none, isc_view_options_default);
  g_autofree char *layers = show ("activations", lost, isc_view_options_default);

  sample_has (of_lost, "NaN or infinite");
  sample_has (of_none, "9 of 9 are 0 and have the lowest colour");
  sample_has (layers, "No value is finite");
}

/* Time is on the axis, and what had to be done for it in the caption. */
static void
test_time_axes (void)
{
  g_autoptr (IscResult) result = sample_result (1, 1, 20, 5, falling);
  IscViewOptions options = isc_view_options_default;
  g_autofree char *epochs = NULL, *seconds = NULL, *smooth = NULL;

  options.time = ISC_TIME_EPOCH;
  epochs = show ("accuracy", result, options);
  sample_has (epochs, "\"epoch\"");
  options.time = ISC_TIME_SECONDS;
  seconds = show ("loss", result, options);
  sample_has (seconds, "\"seconds\"");
  sample_has (seconds, "seconds interpolated between epochs' ends");
  options = isc_view_options_default;
  options.smoothing = 0.9;
  smooth = show ("loss", result, options);
  sample_has (smooth, "thin: every step, thick: exponential mean, weight 0.9, unbiased");
}

static void
test_many (void)
{
  g_autoptr (IscResult) result = sample_result (14, 2, 50, 10, falling);
  g_autofree char *loss = show ("loss", result, isc_view_options_default);

  check_all (result);
  /* Seven colours, then the same with another dash. */
  sample_has (loss, "dashed");
}

static void
test_find (void)
{
  g_autoptr (GError) error = NULL;
  guint n;
  const IscView *const *views = isc_views_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (isc_views_find (views[i]->id, &error) == views[i]);
      g_assert_true (views[i]->label && views[i]->summary);
      g_assert_cmpint ((views[i]->of_result != NULL) + (views[i]->of_weights != NULL)
                           + (views[i]->of_defaults != NULL),
                       ==, 1);
    }
  g_assert_null (isc_views_find ("histogramm", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_true (
      g_str_has_prefix (error->message, "there is no figure 'histogramm': there are histogram, "));
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/views/training/degenerate", test_degenerate);
  g_test_add_func ("/views/training/nothing", test_nothing);
  g_test_add_func ("/views/training/no-runs", test_no_runs);
  g_test_add_func ("/views/training/diverged-at-once", test_diverged_at_once);
  g_test_add_func ("/views/training/diverged-seeds", test_diverged_seeds);
  g_test_add_func ("/views/training/huge", test_huge);
  g_test_add_func ("/views/training/words", test_words);
  g_test_add_func ("/views/training/means", test_means);
  g_test_add_func ("/views/training/deep", test_deep);
  g_test_add_func ("/views/training/seeds", test_seeds);
  g_test_add_func ("/views/training/few-seeds", test_few_seeds);
  g_test_add_func ("/views/training/lost-seeds", test_lost_seeds);
  g_test_add_func ("/views/training/layers", test_layers);
  g_test_add_func ("/views/training/steps-to-target", test_steps_to_target);
  g_test_add_func ("/views/training/heat-map", test_heat_map);
  g_test_add_func ("/views/training/time-axes", test_time_axes);
  g_test_add_func ("/views/training/many", test_many);
  g_test_add_func ("/views/training/find", test_find);
  return g_test_run ();
}
