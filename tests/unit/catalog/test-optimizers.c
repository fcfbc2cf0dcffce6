/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Twelve steps of PyTorch's optimizers on six weights, whose gradients are large, small, tiny, 0,
 * and 0 after the first. */

#include <math.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/optimizers/optimizers.h"
#include "support/reference.h"

#define MAX_WEIGHTS 8

static JsonObject *reference;

static IscArguments *
bind (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  IscArguments *arguments = call ? isc_catalog_bind (ISC_KIND_OPTIMIZER, call, NULL, &error) : NULL;

  g_assert_no_error (error);
  return arguments;
}

static void
check_entry (JsonObject *entry)
{
  const char *text = json_object_get_string_member (entry, "call");
  g_autoptr (IscArguments) arguments = bind (text);
  const IscOptimizer *optimizer = (const IscOptimizer *)isc_arguments_get_item (arguments);
  JsonArray *gradients = json_object_get_array_member (entry, "gradients");
  JsonArray *after = json_object_get_array_member (entry, "weights");
  float buffers[ISC_OPTIMIZER_MAX_STATES][MAX_WEIGHTS] = { 0 };
  float *states[ISC_OPTIMIZER_MAX_STATES];
  gsize n;
  g_autofree float *weights = reference_floats (json_object_get_string_member (entry, "start"), &n);

  g_test_message ("%s", text);
  g_assert_cmpuint (n, <=, MAX_WEIGHTS);
  g_assert_cmpuint (optimizer->count_states (arguments, FALSE), <=, ISC_OPTIMIZER_MAX_STATES);
  g_assert_true (!optimizer->check || optimizer->check (arguments, NULL));
  for (guint i = 0; i < ISC_OPTIMIZER_MAX_STATES; i++)
    states[i] = i < optimizer->count_states (arguments, FALSE) ? buffers[i] : NULL;

  for (guint t = 0; t < json_array_get_length (gradients); t++)
    {
      g_autofree float *gradient
          = reference_floats (json_array_get_string_element (gradients, t), &n);
      g_autofree float *theirs = reference_floats (json_array_get_string_element (after, t), &n);
      IscStepOptions options = { t + 1, isc_arguments_number (arguments, "lr"), NAN };

      isc_optimizer_step (optimizer, arguments, &options, weights, gradient, states, n);
      for (gsize i = 0; i < n; i++)
        /* The operations are PyTorch's, one by one; its kernels contract some of them, one ulp of a
         * weight near 1 a step, and centering subtracts two squares. */
        assert_close ((double)weights[i], (double)theirs[i], 1e-6, 5e-7);
    }
}

static void
test_reference (void)
{
  JsonArray *entries = json_object_get_array_member (reference, "optimizers");
  guint n;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    check_entry (json_array_get_object_element (entries, i));
  isc_catalog_get_items (ISC_KIND_OPTIMIZER, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (json_array_get_length (entries), ==, 16);
}

static void
test_refused (void)
{
  static const char *const refused[]
      = { "SGD(nesterov=True)", "SGD(momentum=0.9, dampening=0.1, nesterov=True)" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (IscArguments) arguments = bind (refused[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (
          ((const IscOptimizer *)isc_arguments_get_item (arguments))->check (arguments, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==,
                       "SGD: nesterov=True needs a momentum above 0 and a dampening of 0");
    }
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/pytorch/functions.json");
  g_test_add_func ("/catalog/optimizers/reference", test_reference);
  g_test_add_func ("/catalog/optimizers/refused", test_refused);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
