/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What PyTorch's losses give, and their gradients. */

#include <math.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/losses/losses.h"
#include "support/reference.h"

/* PyTorch adds float32 costs up in float32, twenty of them, with two libraries' exp() and log(). */
#define RELATIVE 2e-6
#define ABSOLUTE 3e-7

static JsonObject *reference;

static IscArguments *
bind (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  IscArguments *arguments = call ? isc_catalog_bind (ISC_KIND_LOSS, call, NULL, &error) : NULL;

  g_assert_no_error (error);
  return arguments;
}

static double
evaluate (const char *text,
          const float *outputs,
          const IscTargets *targets,
          gsize batch,
          gsize width,
          float *gradient)
{
  g_autoptr (IscArguments) arguments = bind (text);
  const IscLoss *loss = (const IscLoss *)isc_arguments_get_item (arguments);

  g_assert_true (loss->wants_classes == (targets->classes != NULL));
  g_assert_true (isc_loss_check (loss, arguments, width, NULL));
  return loss->evaluate (arguments, outputs, targets, batch, width, gradient);
}

static void
check_entry (JsonObject *entry)
{
  const char *text = json_object_get_string_member (entry, "call");
  gsize width = (gsize)json_object_get_int_member (entry, "width");
  gsize n;
  g_autofree float *outputs
      = reference_floats (json_object_get_string_member (entry, "outputs"), &n);
  g_autofree float *theirs
      = reference_floats (json_object_get_string_member (entry, "gradient"), &n);
  g_autofree float *gradient = g_new (float, n);
  g_autofree float *values = NULL;
  gint64 classes[8];
  IscTargets targets = { 0 };

  g_test_message ("%s", text);
  if (json_object_has_member (entry, "values"))
    targets.values = values
        = reference_floats (json_object_get_string_member (entry, "values"), &n);
  else
    {
      targets.classes = classes;
      g_assert_cmpuint (n / width, <=, G_N_ELEMENTS (classes));
      for (guint i = 0; i < n / width; i++)
        classes[i]
            = json_array_get_int_element (json_object_get_array_member (entry, "classes"), i);
    }
  assert_close (evaluate (text, outputs, &targets, n / width, width, gradient),
                reference_number (entry, "loss"), RELATIVE, ABSOLUTE);
  for (gsize i = 0; i < n; i++)
    assert_close ((double)gradient[i], (double)theirs[i], RELATIVE, ABSOLUTE);
}

static void
test_reference (void)
{
  JsonArray *entries = json_object_get_array_member (reference, "losses");

  g_assert_cmpuint (json_array_get_length (entries), ==, 20);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    check_entry (json_array_get_object_element (entries, i));
}

/* With beta = 0 it is L1Loss, at 0 too. */
static void
test_smooth_l1_without_beta (void)
{
  const float outputs[] = { 1.0f, 2.5f, -3.0f };
  const float values[] = { 1.0f, 2.0f, -1.0f };
  IscTargets targets = { .values = values };
  float l1[3], smooth[3];

  g_assert_cmpfloat (evaluate ("L1Loss('sum')", outputs, &targets, 1, 3, l1), ==, 2.5);
  g_assert_cmpfloat (evaluate ("SmoothL1Loss('sum', beta=0)", outputs, &targets, 1, 3, smooth), ==,
                     2.5);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (l1[i], ==, smooth[i]);
  g_assert_cmpfloat (l1[0], ==, 0.0f);
}

/* A logit that is no number is a loss that is none, wherever it stands. */
static void
test_nan (void)
{
  const gint64 class = 0;
  const float values[] = { 0.0f, 1.0f, 1.0f };
  IscTargets classes = { .classes = &class };
  IscTargets numbers = { .values = values };
  float gradient[3];

  for (guint i = 0; i < 3; i++)
    {
      float outputs[] = { 1.0f, 2.0f, 3.0f };

      outputs[i] = NAN;
      g_assert_true (isnan (evaluate ("CrossEntropyLoss()", outputs, &classes, 1, 3, gradient)));
      g_assert_true (isnan (gradient[0]) && isnan (gradient[1]) && isnan (gradient[2]));
      g_assert_true (isnan (evaluate ("MSELoss()", outputs, &numbers, 1, 3, gradient)));
      g_assert_true (isnan (evaluate ("SmoothL1Loss()", outputs, &numbers, 1, 3, gradient)));
      g_assert_true (isnan (evaluate ("BCEWithLogitsLoss()", outputs, &numbers, 1, 3, gradient)));
    }
}

/* An output that is sure and right has a gradient that is tiny, and not 0. */
static void
test_vanishing_gradients (void)
{
  const float values[] = { 0.0f };
  const float outputs[] = { -40.0f };
  IscTargets targets = { .values = values };
  float gradient;

  /* exp(−40), of a float32 exp(). */
  assert_close (evaluate ("BCEWithLogitsLoss()", outputs, &targets, 1, 1, &gradient),
                4.2483542552915889e-18, 1e-6, 0.0);
  assert_close ((double)gradient, 4.2483542552915889e-18, 1e-6, 0.0);
}

static void
assert_refused (const char *text, const char *message)
{
  g_autoptr (IscArguments) arguments = bind (text);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      isc_loss_check ((const IscLoss *)isc_arguments_get_item (arguments), arguments, 3, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  assert_refused ("CrossEntropyLoss((1, 2))",
                  "CrossEntropyLoss: weight has 2 numbers, and an example has 3 outputs");
  assert_refused ("NLLLoss(weight=2)",
                  "NLLLoss: weight has 1 number, and an example has 3 outputs");
  assert_refused ("BCEWithLogitsLoss(pos_weight=(1, 2, 3, 4))",
                  "BCEWithLogitsLoss: pos_weight has 4 numbers, and an example has 3 outputs");
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  reference = reference_load ("reference/pytorch/functions.json");
  g_test_add_func ("/catalog/losses/reference", test_reference);
  g_test_add_func ("/catalog/losses/smooth-l1-without-beta", test_smooth_l1_without_beta);
  g_test_add_func ("/catalog/losses/nan", test_nan);
  g_test_add_func ("/catalog/losses/vanishing-gradients", test_vanishing_gradients);
  g_test_add_func ("/catalog/losses/refused", test_refused);
  status = g_test_run ();
  json_object_unref (reference);
  return status;
}
