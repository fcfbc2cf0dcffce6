/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "engine/run.h"
#include "experiment/examples.h"
#include "lessons/claim.h"

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscClaim) claim
      = isc_claim_parse ("loss of Look at me, std 1 at 500 above 1.09", &error);
  g_autoptr (IscClaim) module
      = isc_claim_parse ("outputs  1.f.0 of A at end between -1e-3 and 2", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (claim->quantity->name, ==, "loss");
  g_assert_null (claim->of);
  g_assert_cmpstr (claim->run, ==, "Look at me, std 1");
  g_assert_cmpuint (claim->step, ==, 500);
  g_assert_cmpfloat (claim->low, ==, 1.09);
  g_assert_true (isinf (claim->high));
  g_assert_cmpstr (module->of, ==, "1.f.0");
  g_assert_cmpuint (module->step, ==, G_MAXSIZE);
  g_assert_cmpfloat (module->low, ==, -1e-3);
  g_assert_cmpfloat (module->high, ==, 2.0);

  g_assert_true (isc_claim_holds (claim, 1.1));
  g_assert_false (isc_claim_holds (claim, 1.09));
  g_assert_true (isc_claim_holds (module, 0.0));
  g_assert_false (isc_claim_holds (module, 2.0));
  g_assert_false (isc_claim_holds (claim, NAN));
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    const char *part;
  } cases[] = {
    { "", "nothing can be expected of ''" },
    { "los of A at 1 above 0", "there are loss, gradient" },
    { "loss", "reads 'loss of SCHEME" },
    { "loss of at 1 above 0", "reads" },
    { "loss of A above 0", "reads" },
    { "loss of A at -1 above 0", "reads" },
    { "loss of A at 1", "reads" },
    { "loss of A at 1 above", "reads" },
    { "loss of A at 1 above x", "reads" },
    { "loss of A at 1 under 3", "reads" },
    { "loss of A at 1 below 3 4", "reads" },
    { "loss of A at 1 between 3", "reads" },
    { "loss of A at 1 between 3 or 4", "reads" },
    { "loss of A at 1 between 3 and 4 5", "reads" },
    { "outputs", "reads" },
    { "outputs of A at 1 above 0", "reads" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_null (isc_claim_parse (cases[i].text, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].part));
    }
}

static double
measure (IscResult *result, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscClaim) claim = isc_claim_parse (text, &error);

  g_assert_no_error (error);
  return isc_claim_measure (claim, result);
}

static void
test_measure (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscExperiment) experiment = isc_example_load ("zeros", NULL);
  g_autoptr (IscRun) run = isc_run_new (experiment, &error);
  g_autoptr (IscResult) result = NULL;
  const IscRunResult *zeros;
  double sum = 0.0;

  g_assert_no_error (error);
  isc_run_advance (run, 40, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  result = isc_run_snapshot (run);
  zeros = isc_result_get_run (result, 0);

  for (gsize row = 20; row < 30; row++)
    sum += (double)isc_trace_get (zeros->trace, row, ISC_TRACE_LOSS);
  g_assert_cmpfloat (measure (result, "loss of Zeros at 30 below 9"), ==, sum / 10.0);
  g_assert_cmpfloat (measure (result, "loss of Zeros at 1 below 9"), ==,
                     (double)isc_trace_get (zeros->trace, 0, ISC_TRACE_LOSS));
  g_assert_true (isnan (measure (result, "loss of Zeros at 0 below 9")));
  g_assert_cmpfloat (measure (result, "gradient of Zeros at end below 9"), ==,
                     (double)isc_trace_get (zeros->trace, 39, ISC_TRACE_GRADIENT_NORM));
  /* Fifteen batches an epoch. */
  g_assert_true (isnan (measure (result, "accuracy of Kaiming at 14 above 0")));
  g_assert_cmpfloat (measure (result, "accuracy of Kaiming at 15 above 0"), ==,
                     isc_result_get_run (result, 2)->epochs[0].test_accuracy);
  g_assert_cmpfloat (measure (result, "outputs 0 of Zeros at 0 below 9"), ==, 0.0);
  g_assert_cmpfloat (measure (result, "weights 0.weight of All 0.1 at 0 below 9"), ==, 0.0);
  g_assert_cmpfloat (measure (result, "twins 0.weight of All 0.1 at 40 above 0"), ==, 1.0);
  g_assert_cmpfloat (measure (result, "dead 1 of Kaiming at 0 above 0"), ==,
                     isc_result_get_run (result, 2)->observations[0]->modules[1].dead);
  g_assert_true (isnan (measure (result, "saturated 1 of Kaiming at 0 above 0")));
  g_assert_cmpfloat (measure (result, "gradients 4 of Kaiming at 0 above 0"), >, 0.0);
  g_assert_true (isnan (measure (result, "outputs 9 of Zeros at 0 below 9")));
  g_assert_true (isnan (measure (result, "outputs 0 of Nobody at 0 below 9")));
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/claim/parse", test_parse);
  g_test_add_func ("/claim/errors", test_errors);
  g_test_add_func ("/claim/measure", test_measure);
  return g_test_run ();
}
