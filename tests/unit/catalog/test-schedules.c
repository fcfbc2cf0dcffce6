/* SPDX-License-Identifier: GPL-3.0-or-later */

/* PyTorch's schedulers over whole runs, and its optimizers under a momentum that they change. */

#include <math.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/schedules/schedules.h"
#include "support/reference.h"

#define MAX_WEIGHTS 8

static JsonObject *reference;

static IscArguments *
bind (IscKind kind, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  IscArguments *arguments = call ? isc_catalog_bind (kind, call, NULL, &error) : NULL;

  g_assert_no_error (error);
  return arguments;
}

static const IscSchedule *
schedule_of (const IscArguments *arguments)
{
  return (const IscSchedule *)isc_arguments_get_item (arguments);
}

static const IscOptimizer *
optimizer_of (const IscArguments *arguments)
{
  return (const IscOptimizer *)isc_arguments_get_item (arguments);
}

static void
check_rates (JsonObject *entry)
{
  const char *text = json_object_get_string_member (entry, "schedule");
  g_autoptr (IscArguments) arguments = bind (ISC_KIND_SCHEDULE, text);
  g_autoptr (IscArguments) optimizer
      = bind (ISC_KIND_OPTIMIZER, json_object_get_string_member (entry, "optimizer"));
  const IscSchedule *schedule = schedule_of (arguments);
  double base_lr = isc_arguments_number (optimizer, "lr");
  gboolean cycles = !json_object_get_null_member (entry, "momentum");
  g_autoptr (GError) error = NULL;
  gsize n;
  g_autofree double *rates = reference_numbers (entry, "lr", &n);
  g_autofree double *momenta = cycles ? reference_numbers (entry, "momentum", &n) : NULL;

  g_test_message ("%s", text);
  g_assert_true (isc_schedule_check (schedule, arguments, optimizer_of (optimizer), n, &error));
  g_assert_no_error (error);
  g_assert_cmpint (isc_schedule_cycles (schedule, arguments), ==, cycles);
  for (gsize t = 0; t < n; t++)
    {
      /* PyTorch multiplies its way through a run of a hundred positions, an ulp each; beside 0 a
       * cosine keeps the absolute error that it had at 1. */
      assert_close (schedule->rate (arguments, base_lr, t, n), rates[t], 1e-13, 1e-15);
      if (cycles)
        assert_close (schedule->momentum (arguments, t, n), momenta[t], 1e-15, 0.0);
    }
}

static void
test_rates (void)
{
  JsonArray *entries = json_object_get_array_member (reference, "rates");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    check_rates (json_array_get_object_element (entries, i));
  g_assert_cmpuint (json_array_get_length (entries), ==, 21);
}

/* Every schedule of PyTorch's is in the reference. */
static void
test_complete (void)
{
  JsonArray *entries = json_object_get_array_member (reference, "rates");
  guint n;
  const IscItem *const *items = isc_catalog_get_items (ISC_KIND_SCHEDULE, &n);

  for (guint i = 0; i < n; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < json_array_get_length (entries); j++)
        found = found
                || g_str_has_prefix (json_object_get_string_member (
                                         json_array_get_object_element (entries, j), "schedule"),
                                     items[i]->id);
      g_assert_cmpint (found, ==, g_str_has_prefix (items[i]->citation, "torch."));
      g_assert_cmpstr (items[i]->parameters[items[i]->n_parameters - 1].name, ==, "by");
    }
}

static void
check_cycled (JsonObject *entry)
{
  const char *text = json_object_get_string_member (entry, "optimizer");
  g_autoptr (IscArguments) arguments = bind (ISC_KIND_OPTIMIZER, text);
  g_autoptr (IscArguments) cycle
      = bind (ISC_KIND_SCHEDULE, json_object_get_string_member (entry, "schedule"));
  const IscOptimizer *optimizer = optimizer_of (arguments);
  const IscSchedule *schedule = schedule_of (cycle);
  JsonArray *gradients = json_object_get_array_member (entry, "gradients");
  JsonArray *after = json_object_get_array_member (entry, "weights");
  guint n_steps = json_array_get_length (gradients);
  float buffers[ISC_OPTIMIZER_MAX_STATES][MAX_WEIGHTS] = { 0 };
  float *states[ISC_OPTIMIZER_MAX_STATES] = { 0 };
  gsize n;
  g_autofree float *weights = reference_floats (json_object_get_string_member (entry, "start"), &n);

  g_test_message ("%s", text);
  g_assert_cmpuint (n, <=, MAX_WEIGHTS);
  g_assert_true (isc_optimizer_has_momentum (optimizer));
  for (guint i = 0; i < optimizer->count_states (arguments, TRUE); i++)
    states[i] = buffers[i];
  for (guint t = 0; t < n_steps; t++)
    {
      g_autofree float *gradient
          = reference_floats (json_array_get_string_element (gradients, t), &n);
      g_autofree float *theirs = reference_floats (json_array_get_string_element (after, t), &n);
      IscStepOptions options = { .step = t + 1,
                                 .lr = schedule->rate (cycle, NAN, t, n_steps),
                                 .momentum = schedule->momentum (cycle, t, n_steps) };

      isc_optimizer_step (optimizer, arguments, &options, weights, gradient, states, n);
      for (gsize i = 0; i < n; i++)
        /* As in test-optimizers.c: PyTorch's kernels contract some operations; the steps here are
         * up to ten times as long. */
        assert_close ((double)weights[i], (double)theirs[i], 2e-6, 2e-6);
    }
}

static void
test_cycled (void)
{
  JsonArray *entries = json_object_get_array_member (reference, "cycled");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    check_cycled (json_array_get_object_element (entries, i));
  g_assert_cmpuint (json_array_get_length (entries), ==, 8);
}

static void
test_range (void)
{
  g_autoptr (IscArguments) arguments = bind (ISC_KIND_SCHEDULE, "LearningRateRange()");
  g_autoptr (IscArguments) other
      = bind (ISC_KIND_SCHEDULE, "LearningRateRange(0.01, end=10, by='epoch')");
  const IscSchedule *range = schedule_of (arguments);

  g_assert_true (isc_schedule_is_by_step (arguments));
  g_assert_false (isc_schedule_is_by_step (other));
  /* Six decades in six steps; the optimizer's own rate has no say. */
  for (gsize t = 0; t < 7; t++)
    assert_close (range->rate (arguments, 0.3, t, 7), pow (10.0, (double)t - 6.0), 1e-14, 0.0);
  g_assert_cmpfloat (range->rate (arguments, 0.3, 0, 1), ==, 1e-6);
  assert_close (range->rate (other, 0.3, 2, 7), 0.1, 1e-14, 0.0);
}

/* Without a length of its own, a cycle is as long as the run. */
static void
test_whole_run (void)
{
  g_autoptr (IscArguments) open = bind (ISC_KIND_SCHEDULE, "OneCycleLR(0.1)");
  g_autoptr (IscArguments) given = bind (ISC_KIND_SCHEDULE, "OneCycleLR(0.1, 40)");
  const IscSchedule *cycle = schedule_of (open);

  for (gsize t = 0; t < 40; t++)
    {
      g_assert_cmpfloat (cycle->rate (open, 1.0, t, 40), ==, cycle->rate (given, 1.0, t, 40));
      g_assert_cmpfloat (cycle->momentum (open, t, 40), ==, cycle->momentum (given, t, 40));
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *schedule;
    const char *optimizer;
    gsize planned;
    const char *message;
  } refused[] = {
    { "OneCycleLR(0.1, total_steps=40)", "Adam()", 41,
      "OneCycleLR: the schedule ends after 40 steps, and the run has 41: give total_steps=41 or "
      "more, or leave it out" },
    { "OneCycleLR(0.1, epochs=3, steps_per_epoch=5, by='epoch')", "Adam()", 16,
      "OneCycleLR: the schedule ends after 15 epochs, and the run has 16: give total_steps=16 or "
      "more, or leave it out" },
    { "OneCycleLR(0.1, epochs=3)", "Adam()", 10,
      "OneCycleLR: epochs and steps_per_epoch are given together or not at all" },
    { "OneCycleLR(0.1, steps_per_epoch=3)", "Adam()", 0,
      "OneCycleLR: epochs and steps_per_epoch are given together or not at all" },
    { "OneCycleLR(0.1, total_steps=10, pct_start=0.1)", "Adam()", 10,
      "OneCycleLR: pct_start is exactly one of 10 steps, which leaves no way up: give a little "
      "more or less" },
    { "OneCycleLR(0.1)", "Adagrad()", 10,
      "OneCycleLR: Adagrad has no momentum and no betas to cycle: give cycle_momentum=False" },
    { "LearningRateRange(start=0.1, end=0.1)", "SGD()", 10,
      "LearningRateRange: end must be greater than start" },
    { "MultiStepLR([3, 4.5])", "SGD()", 10,
      "MultiStepLR: the milestone 4.5 is not a whole number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (IscArguments) arguments = bind (ISC_KIND_SCHEDULE, refused[i].schedule);
      g_autoptr (IscArguments) optimizer = bind (ISC_KIND_OPTIMIZER, refused[i].optimizer);
      g_autoptr (GError) error = NULL;

      g_assert_false (isc_schedule_check (schedule_of (arguments), arguments,
                                          optimizer_of (optimizer), refused[i].planned, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, refused[i].message);
    }
}

/* How long the run is may not be known yet. */
static void
test_unknown_length (void)
{
  static const char *const calls[]
      = { "OneCycleLR(0.1)", "OneCycleLR(0.1, total_steps=2)", "LearningRateRange()", "StepLR(3)" };
  g_autoptr (IscArguments) optimizer = bind (ISC_KIND_OPTIMIZER, "SGD()");

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (IscArguments) arguments = bind (ISC_KIND_SCHEDULE, calls[i]);
      g_autoptr (GError) error = NULL;

      g_assert_true (isc_schedule_check (schedule_of (arguments), arguments,
                                         optimizer_of (optimizer), 0, &error));
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/pytorch/schedules.json");
  g_test_add_func ("/catalog/schedules/rates", test_rates);
  g_test_add_func ("/catalog/schedules/complete", test_complete);
  g_test_add_func ("/catalog/schedules/cycled", test_cycled);
  g_test_add_func ("/catalog/schedules/range", test_range);
  g_test_add_func ("/catalog/schedules/whole-run", test_whole_run);
  g_test_add_func ("/catalog/schedules/refused", test_refused);
  g_test_add_func ("/catalog/schedules/unknown-length", test_unknown_length);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
