/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/experiment.h"

#include <math.h>

#include "experiment/fields.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

static IscExperiment *
read_valid (const char *text)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (text, -1, problems);

  g_assert_cmpuint (problems->len, ==, 0);
  return experiment;
}

static void
assert_call (IscCall *call, const char *expected)
{
  g_autofree char *text = call ? isc_call_to_text (call) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

/* The article's experiment. */
static void
test_defaults (void)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();

  assert_call (isc_experiment_get_data (experiment),
               "RandomClassification(samples=1000, features=10, classes=3)");
  g_assert_cmpuint (isc_experiment_get_n_modules (experiment), ==, 5);
  assert_call (isc_experiment_get_module (experiment, 2), "Linear(64, 32)");
  g_assert_cmpuint (isc_experiment_get_n_inits (experiment), ==, 4);
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 0), ==, "Xavier");
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 3), ==, "PyTorch default");
  assert_call (isc_experiment_get_loss (experiment), "CrossEntropyLoss()");
  assert_call (isc_experiment_get_optimizer (experiment), "Adam(lr=0.001)");
  g_assert_cmpint (isc_experiment_get_batch_size (experiment), ==, 32);
  g_assert_true (isc_experiment_get_shuffle (experiment));
  g_assert_cmpint (isc_experiment_get_epochs (experiment), ==, 20);
  g_assert_cmpint (isc_experiment_get_steps (experiment), ==, 0);
  /* Exactly 0 says that nothing is clipped. */
  g_assert_cmpfloat (isc_experiment_get_clip_grad_norm (experiment), ==, 0.0);
  g_assert_cmpfloat (isc_experiment_get_clip_grad_value (experiment), ==, 0.0);
  g_assert_null (isc_experiment_get_schedule (experiment));
  g_assert_true (isnan (isc_experiment_get_target_loss (experiment)));
  g_assert_cmpint (isc_experiment_get_observe_every (experiment), ==, -1);
  g_assert_cmpuint (isc_experiment_get_n_seeds (experiment), ==, 1);
  g_assert_cmpuint (isc_experiment_get_seed (experiment, 0), ==, 0);
  g_assert_true (isc_experiment_get_reseed (experiment));
  g_assert_cmpint (isc_experiment_get_pytorch (experiment), ==, ISC_PYTORCH_2_12);
  g_assert_cmpint (isc_experiment_get_weights_target (experiment), ==, ISC_WEIGHTS_OF_INITS);
  g_assert_cmpuint (isc_experiment_get_weights_shape (experiment).n_dims, ==, 0);
  g_assert_cmpuint (isc_experiment_get_weights_modules (experiment)->len, ==, 0);
  g_assert_null (isc_experiment_get_weights_init (experiment));
  g_assert_null (isc_experiment_get_weights_bias (experiment));
  g_assert_cmpstr (isc_experiment_get_bins (experiment), ==, "auto");
  g_assert_cmpstr (isc_experiment_get_bandwidth (experiment), ==, "scott");
}

static void
test_inits (void)
{
  g_autoptr (IscExperiment) experiment
      = read_valid ("{\"inits\": [{\"weight\": \"ones_()\"}, {\"bias\": \"zeros_()\"}, {},"
                    " {\"weight\": {\"2.weight\": \"orthogonal_()\", \"*\": \"zeros_()\", "
                    "\"4.weight\": null}}]}");

  assert_call (isc_experiment_get_init (experiment, 0, "0.weight"), "ones_()");
  assert_call (isc_experiment_get_init (experiment, 0, "0.bias"), NULL);
  assert_call (isc_experiment_get_init (experiment, 1, "0.weight"), NULL);
  assert_call (isc_experiment_get_init (experiment, 1, "4.bias"), "zeros_()");
  assert_call (isc_experiment_get_init (experiment, 2, "4.bias"), NULL);
  assert_call (isc_experiment_get_init (experiment, 3, "0.weight"), "zeros_()");
  assert_call (isc_experiment_get_init (experiment, 3, "2.weight"), "orthogonal_()");
  assert_call (isc_experiment_get_init (experiment, 3, "4.weight"), NULL);
  /* Module 1 is a ReLU, module 9 is not there, and neither has a running mean to set. */
  assert_call (isc_experiment_get_init (experiment, 0, "1.weight"), NULL);
  assert_call (isc_experiment_get_init (experiment, 0, "9.weight"), NULL);
  assert_call (isc_experiment_get_init (experiment, 0, "0.running_mean"), NULL);
  assert_call (isc_experiment_get_init (experiment, 0, "weight"), NULL);

  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 0), ==, "Ones");
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 1), ==,
                   "PyTorch default, bias: Zeros");
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 2), ==, "PyTorch default");
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 3), ==, "By parameter");
}

static void
test_equal (void)
{
  g_autoptr (IscExperiment) a
      = read_valid ("{\"network\": [\"nn.Linear( 10,3 )\"], \"epochs\": 20}");
  g_autoptr (IscExperiment) b
      = read_valid ("{\"network\": \"Linear(10, 3)\", \"inits\": "
                    "[{\"label\": \"Xavier\", \"weight\": \"init.xavier_uniform_\", "
                    "\"bias\": \"zeros_()\"}, {\"label\": \"Kaiming\", \"weight\": "
                    "\"kaiming_normal_(nonlinearity='relu')\", \"bias\": \"zeros_()\"}, "
                    "{\"label\": \"Normal\", \"weight\": \"normal_(std=0.02)\", "
                    "\"bias\": \"zeros_()\"}, {\"label\": \"PyTorch default\"}]}");
  g_autoptr (IscExperiment) c = read_valid ("{\"network\": \"Linear(10, 3)\", \"epochs\": 21}");
  g_autoptr (IscExperiment) same = isc_experiment_ref (a);

  g_assert_true (isc_experiment_equal (a, same));
  g_assert_true (isc_experiment_equal (a, b));
  g_assert_false (isc_experiment_equal (a, c));
}

/* Every row says what the window shows, and its default is JSON that can be read. */
static void
test_fields (void)
{
  guint n;
  const IscField *fields = isc_fields_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (isc_fields_find (fields[i].path) == &fields[i]);
      g_assert_cmpstr (fields[i].label, !=, NULL);
      g_assert_true (g_str_has_suffix (fields[i].help, "."));
      if (fields[i].initial && !strchr (fields[i].path, '.'))
        {
          g_autofree char *text
              = g_strdup_printf ("{\"%s\": %s}", fields[i].path, fields[i].initial);
          g_autoptr (IscExperiment) given = read_valid (text);
          g_autoptr (IscExperiment) left_out = isc_experiment_new ();

          g_assert_true (isc_experiment_equal (given, left_out));
        }
    }
  g_assert_null (isc_fields_find ("nothing"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experiment/defaults", test_defaults);
  g_test_add_func ("/experiment/inits", test_inits);
  g_test_add_func ("/experiment/equal", test_equal);
  g_test_add_func ("/experiment/fields", test_fields);
  return g_test_run ();
}
