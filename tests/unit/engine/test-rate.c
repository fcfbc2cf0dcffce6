/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which rate and momentum a step is told, and PyTorch's runs with schedules and clipping. */

#include "engine/rate.h"

#include <math.h>

#include "base/error.h"
#include "base/runtime.h"
#include "support/reference.h"
#include "support/runs.h"

static JsonObject *reference;

static IscRate *
make_rate (const char *optimizer, const char *schedule, gsize planned, gsize per_epoch)
{
  g_autofree char *text
      = g_strdup_printf ("{\"optimizer\": \"%s\", \"schedule\": \"%s\"}", optimizer, schedule);
  g_autoptr (IscExperiment) experiment = runs_read (text);
  g_autoptr (GError) error = NULL;
  IscRate *rate = isc_rate_new (experiment, planned, per_epoch, &error);

  g_assert_no_error (error);
  return rate;
}

static void
test_constant (void)
{
  g_autoptr (IscExperiment) experiment = runs_read ("{\"optimizer\": \"SGD(lr=0.3)\"}");
  g_autoptr (IscRate) rate = isc_rate_new (experiment, 10, 5, NULL);

  for (gsize i = 0; i < 10; i++)
    {
      IscStepOptions options = isc_rate_at (rate, i);

      g_assert_cmpuint (options.step, ==, i + 1);
      g_assert_cmpfloat (options.lr, ==, 0.3);
      g_assert_true (isnan (options.momentum));
    }
  g_assert_false (isc_rate_cycles (rate));
}

/* An epoch of 5 steps is one position, and the last of a run may be short. */
static void
test_epochs (void)
{
  g_autoptr (IscRate) steps = make_rate ("SGD(lr=0.5)", "StepLR(1, gamma=0.5)", 12, 5);
  g_autoptr (IscRate) range
      = make_rate ("SGD(lr=0.5)", "LearningRateRange(1, 4, by='epoch')", 12, 5);

  for (gsize i = 0; i < 12; i++)
    {
      /* Powers of two. */
      g_assert_cmpfloat (isc_rate_at (steps, i).lr, ==, pow (0.5, 1.0 + (double)(i / 5)));
      g_assert_cmpfloat (isc_rate_at (range, i).lr, ==, pow (2.0, (double)(i / 5)));
    }
}

static void
test_momentum (void)
{
  g_autoptr (IscRate) cycle = make_rate ("Adam()", "OneCycleLR(0.1, pct_start=0.5)", 11, 5);
  g_autoptr (IscRate) plain
      = make_rate ("Adagrad()", "OneCycleLR(0.1, cycle_momentum=False)", 11, 5);

  g_assert_true (isc_rate_cycles (cycle));
  assert_close (isc_rate_at (cycle, 0).momentum, 0.95, 1e-15, 0.0);
  assert_close (isc_rate_at (cycle, 10).momentum, 0.95, 1e-15, 0.0);
  g_assert_cmpfloat (isc_rate_at (cycle, 5).momentum, <, 0.86);
  g_assert_false (isc_rate_cycles (plain));
  g_assert_true (isnan (isc_rate_at (plain, 3).momentum));
}

/* How long a run is may be known only when its data are there. */
static void
test_past_its_end (void)
{
  g_autoptr (IscExperiment) experiment
      = runs_read ("{\"schedule\": \"OneCycleLR(max_lr=0.1, total_steps=600)\", \"epochs\": 20}");
  g_autoptr (GError) error = NULL;
  /* As if 1000 examples, in batches of 32, were read from files. */
  IscRate *rate = isc_rate_new (experiment, 640, 32, &error);

  g_assert_null (rate);
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "schedule: OneCycleLR: the schedule ends after 600 steps, and the run has 640: "
                   "give total_steps=640 or more, or leave it out");
}

/* The schedule of an entry as a document has it, with the "by" that the script acts upon. */
static char *
schedule_text (JsonObject *entry)
{
  const char *call = json_object_get_string_member_with_default (entry, "schedule", NULL);

  if (!call)
    return g_strdup ("null");
  if (!json_object_has_member (entry, "by"))
    return g_strdup_printf ("\"%s\"", call);
  return g_strdup_printf ("\"%.*s, by='%s')\"", (int)strlen (call) - 1, call,
                          json_object_get_string_member (entry, "by"));
}

static void
append_clip (GString *text, JsonObject *entry, const char *key)
{
  if (json_object_has_member (entry, key))
    g_string_append_printf (text, ", \"%s\": %.17g", key, reference_number (entry, key));
}

static void
check_run (JsonObject *entry)
{
  g_autofree char *schedule = schedule_text (entry);
  g_autoptr (GString) text = g_string_new (
      "{\"data\": \"RandomClassification(samples=20, features=4, classes=3)\", \"seeds\": [7], "
      "\"network\": [\"Linear(4, 8)\", \"Tanh()\", \"Linear(8, 3)\"], \"inits\": [{}], "
      "\"batch_size\": 6, \"epochs\": 5");
  g_autoptr (IscExperiment) experiment = NULL;
  g_autoptr (IscResult) result = NULL;
  gsize n;
  g_autofree double *rates = reference_numbers (entry, "lr", &n);
  g_autofree double *losses = reference_numbers (entry, "loss", &n);
  IscTrace *trace;

  g_string_append_printf (text, ", \"optimizer\": \"%s\", \"schedule\": %s",
                          json_object_get_string_member (entry, "optimizer"), schedule);
  append_clip (text, entry, "clip_grad_norm");
  append_clip (text, entry, "clip_grad_value");
  g_string_append_c (text, '}');
  g_test_message ("%s", text->str);

  experiment = runs_read (text->str);
  result = runs_to_end (experiment, 1);
  trace = isc_result_get_run (result, 0)->trace;
  g_assert_cmpuint (isc_result_get_run (result, 0)->n_steps, ==, n);
  for (gsize i = 0; i < n; i++)
    {
      /* Rounded to float32 in the trace. */
      assert_close ((double)isc_trace_get (trace, i, ISC_TRACE_LEARNING_RATE), rates[i], 1e-7, 0.0);
      /* float32 in another order of sums, over twenty steps: 3e-7. */
      assert_close ((double)isc_trace_get (trace, i, ISC_TRACE_LOSS), losses[i], 1e-6, 0.0);
    }
}

static void
test_runs (void)
{
  JsonArray *entries = json_object_get_array_member (reference, "runs");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    check_run (json_array_get_object_element (entries, i));
  g_assert_cmpuint (json_array_get_length (entries), ==, 6);
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/pytorch/schedules.json");
  g_test_add_func ("/engine/rate/constant", test_constant);
  g_test_add_func ("/engine/rate/epochs", test_epochs);
  g_test_add_func ("/engine/rate/momentum", test_momentum);
  g_test_add_func ("/engine/rate/past-its-end", test_past_its_end);
  g_test_add_func ("/engine/rate/runs", test_runs);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
