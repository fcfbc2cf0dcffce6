/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "experiment/edit.h"
#include "experiment/experiment.h"
#include "support/reference.h"

/* Makes the edit, which has to succeed, and replaces @experiment by what it gives. */
static void
edit (IscExperiment **experiment, const char *path, const char *value)
{
  g_autoptr (GError) error = NULL;
  IscExperiment *edited = isc_experiment_edit (*experiment, path, value, &error);

  g_assert_no_error (error);
  g_assert_nonnull (edited);
  isc_experiment_unref (*experiment);
  *experiment = edited;
}

static void
assert_refused (const IscExperiment *experiment,
                const char *path,
                const char *value,
                const char *start,
                const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscExperiment) edited = isc_experiment_edit (experiment, path, value, &error);

  g_assert_null (edited);
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  if (!g_str_has_prefix (error->message, start) || !strstr (error->message, part))
    g_error ("\"%s\" does not begin with \"%s\" or lacks \"%s\"", error->message, start, part);
}

static void
assert_module (const IscExperiment *experiment, guint index, const char *expected)
{
  g_autofree char *text = isc_call_to_text (isc_experiment_get_module (experiment, index));

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_init (const IscExperiment *experiment, guint index, gboolean bias, const char *expected)
{
  g_autofree char *text = isc_experiment_get_init_text (experiment, index, bias);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_values (void)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();
  g_autofree char *data = NULL;

  edit (&experiment, "title", "12 [units]");
  g_assert_cmpstr (isc_experiment_get_title (experiment), ==, "12 [units]");
  edit (&experiment, "data", "Iris()");
  data = isc_call_to_text (isc_experiment_get_data (experiment));
  g_assert_cmpstr (data, ==, "Iris()");
  edit (&experiment, "batch_size", "64");
  g_assert_cmpint (isc_experiment_get_batch_size (experiment), ==, 64);
  edit (&experiment, "batch_size", "null");
  g_assert_cmpint (isc_experiment_get_batch_size (experiment), ==, 0);
  edit (&experiment, "batch_size", NULL);
  g_assert_cmpint (isc_experiment_get_batch_size (experiment), ==, 32);
  edit (&experiment, "shuffle", "false");
  g_assert_false (isc_experiment_get_shuffle (experiment));
  edit (&experiment, "clip_grad_norm", "2.385");
  /* Exact: the decimal text read as a double. */
  g_assert_cmpfloat (isc_experiment_get_clip_grad_norm (experiment), ==, 2.385);
  edit (&experiment, "clip_grad_value", "0.5");
  g_assert_cmpfloat (isc_experiment_get_clip_grad_value (experiment), ==, 0.5);
  edit (&experiment, "target_loss", "-0.5");
  g_assert_cmpfloat (isc_experiment_get_target_loss (experiment), ==, -0.5);
  edit (&experiment, "target_loss", "null");
  g_assert_true (isnan (isc_experiment_get_target_loss (experiment)));
  edit (&experiment, "observe_every", "7");
  g_assert_cmpint (isc_experiment_get_observe_every (experiment), ==, 7);
  edit (&experiment, "observe_every", NULL);
  g_assert_cmpint (isc_experiment_get_observe_every (experiment), ==, -1);
  edit (&experiment, "schedule", "torch.optim.lr_scheduler.OneCycleLR(max_lr=0.1)");
  g_assert_cmpstr (isc_call_get_name (isc_experiment_get_schedule (experiment)), ==, "OneCycleLR");
  edit (&experiment, "schedule", "None");
  g_assert_null (isc_experiment_get_schedule (experiment));
  edit (&experiment, "pytorch", "2.11");
  g_assert_cmpint (isc_experiment_get_pytorch (experiment), ==, ISC_PYTORCH_2_11);
  edit (&experiment, "bins", "50");
  g_assert_cmpstr (isc_experiment_get_bins (experiment), ==, "50");
  edit (&experiment, "bandwidth", "silverman");
  g_assert_cmpstr (isc_experiment_get_bandwidth (experiment), ==, "silverman");
  edit (&experiment, "bandwidth", "1e-2");
  g_assert_cmpstr (isc_experiment_get_bandwidth (experiment), ==, "0.01");
  edit (&experiment, "bins", "width=1e-2");
  g_assert_cmpstr (isc_experiment_get_bins (experiment), ==, "width=0.01");
  edit (&experiment, "range", "-0.1, 0.1");
  g_assert_cmpstr (isc_experiment_get_range (experiment), ==, "-0.1, 0.1");
  edit (&experiment, "stat", "percent");
  g_assert_cmpstr (isc_experiment_get_stat (experiment), ==, "percent");
  edit (&experiment, "kernel", "epanechnikov");
  g_assert_cmpstr (isc_experiment_get_kernel (experiment), ==, "epanechnikov");
  edit (&experiment, "fans", "corrected");
  g_assert_cmpint (isc_experiment_get_fans (experiment), ==, ISC_FANS_CORRECTED);
}

static void
test_pins (void)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();
  g_autofree char *init = NULL;

  edit (&experiment, "weights.layer", "Linear(3, 4)");
  g_assert_cmpuint (isc_experiment_get_n_pins (experiment), ==, 0);
  edit (&experiment, "weights.pins[0]", "nn.init.ones_()");
  edit (&experiment, "weights.pins[1]", "null");
  edit (&experiment, "weights.pins[2]", "{\"init\": \"zeros_()\", \"color\": 7}");
  g_assert_cmpuint (isc_experiment_get_n_pins (experiment), ==, 3);
  init = isc_call_to_text (isc_experiment_get_pin_init (experiment, 0));
  g_assert_cmpstr (init, ==, "ones_()");
  g_assert_cmpuint (isc_experiment_get_pin_color (experiment, 0), ==, 1);
  g_assert_null (isc_experiment_get_pin_init (experiment, 1));
  g_assert_cmpuint (isc_experiment_get_pin_color (experiment, 2), ==, 7);

  /* The others keep their colours. */
  edit (&experiment, "weights.pins[0]", NULL);
  g_assert_cmpuint (isc_experiment_get_n_pins (experiment), ==, 2);
  g_assert_cmpuint (isc_experiment_get_pin_color (experiment, 0), ==, 2);
  g_assert_cmpuint (isc_experiment_get_pin_color (experiment, 1), ==, 7);

  edit (&experiment, "weights.color", "3");
  g_assert_cmpuint (isc_experiment_get_weights_color (experiment), ==, 3);
  edit (&experiment, "weights.pins", "[]");
  g_assert_cmpuint (isc_experiment_get_n_pins (experiment), ==, 0);
}

static void
test_length (void)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();

  edit (&experiment, "steps", "500");
  g_assert_cmpint (isc_experiment_get_steps (experiment), ==, 500);
  g_assert_cmpint (isc_experiment_get_epochs (experiment), ==, 0);
  edit (&experiment, "epochs", "7");
  g_assert_cmpint (isc_experiment_get_steps (experiment), ==, 0);
  g_assert_cmpint (isc_experiment_get_epochs (experiment), ==, 7);
  edit (&experiment, "steps", "3");
  edit (&experiment, "steps", NULL);
  g_assert_cmpint (isc_experiment_get_epochs (experiment), ==, 20);
}

static void
test_lists (void)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();
  g_autoptr (IscExperiment) inserted = NULL;
  g_autoptr (GError) error = NULL;

  edit (&experiment, "network[1]", "nn.Tanh()");
  assert_module (experiment, 1, "Tanh()");
  edit (&experiment, "network[5]", "Sigmoid");
  g_assert_cmpuint (isc_experiment_get_n_modules (experiment), ==, 6);
  assert_module (experiment, 5, "Sigmoid()");
  edit (&experiment, "network[1]", NULL);
  g_assert_cmpuint (isc_experiment_get_n_modules (experiment), ==, 5);
  assert_module (experiment, 1, "Linear(64, 32)");

  inserted = isc_experiment_insert (experiment, "network", 1, "LeakyReLU(0.1)", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (isc_experiment_get_n_modules (inserted), ==, 6);
  assert_module (inserted, 0, "Linear(10, 64)");
  assert_module (inserted, 1, "LeakyReLU(0.1)");
  assert_module (inserted, 2, "Linear(64, 32)");
  g_clear_pointer (&inserted, isc_experiment_unref);
  inserted = isc_experiment_insert (experiment, "network", 5, "ReLU()", &error);
  g_assert_no_error (error);
  assert_module (inserted, 5, "ReLU()");
  g_clear_pointer (&inserted, isc_experiment_unref);

  edit (&experiment, "network",
        "nn.Sequential(\n  nn.Linear(784, 256),\n  nn.ReLU(),\n  nn.Linear(256, 10),\n)");
  g_assert_cmpuint (isc_experiment_get_n_modules (experiment), ==, 3);
  assert_module (experiment, 2, "Linear(256, 10)");
  edit (&experiment, "network", " [\"Linear(3, 4)\"]");
  g_assert_cmpuint (isc_experiment_get_n_modules (experiment), ==, 1);
  edit (&experiment, "network", NULL);
  g_assert_cmpuint (isc_experiment_get_n_modules (experiment), ==, 5);

  inserted = isc_experiment_insert (experiment, "inits", 0, "{\"weight\": \"ones_()\"}", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (isc_experiment_get_n_inits (inserted), ==, 5);
  assert_init (inserted, 0, FALSE, "ones_()");
  assert_init (inserted, 1, FALSE, "xavier_uniform_()");
}

static void
test_seeds (void)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();

  edit (&experiment, "seeds", "0, 1, 18446744073709551615");
  g_assert_cmpuint (isc_experiment_get_n_seeds (experiment), ==, 3);
  g_assert_cmpuint (isc_experiment_get_seed (experiment, 2), ==, G_MAXUINT64);
  edit (&experiment, "seeds[1]", "77");
  g_assert_cmpuint (isc_experiment_get_seed (experiment, 1), ==, 77);
  g_assert_cmpuint (isc_experiment_get_seed (experiment, 2), ==, G_MAXUINT64);
  edit (&experiment, "seeds[0]", NULL);
  g_assert_cmpuint (isc_experiment_get_seed (experiment, 0), ==, 77);
  edit (&experiment, "seeds", "42");
  g_assert_cmpuint (isc_experiment_get_n_seeds (experiment), ==, 1);
  edit (&experiment, "seeds", "[5, 6]");
  g_assert_cmpuint (isc_experiment_get_seed (experiment, 1), ==, 6);
  assert_refused (experiment, "seeds", "1, 2, 1", "seeds[2]: ", "seeds[0]");
  assert_refused (experiment, "seeds", "1, two", "seeds[1]: ", "whole number");
  assert_refused (experiment, "seeds", "", "seeds", "");
}

static void
test_inits (void)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();

  edit (&experiment, "inits[1].weight", "torch.nn.init.kaiming_normal_()");
  assert_init (experiment, 1, FALSE, "kaiming_normal_()");
  assert_init (experiment, 1, TRUE, "zeros_()");
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 1), ==, "Kaiming");

  /* A label that was never written follows the scheme. */
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 3), ==, "PyTorch default");
  edit (&experiment, "inits[3].weight", "orthogonal_()");
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 3), ==, "Orthogonal");
  edit (&experiment, "inits[3].label", "Mine");
  edit (&experiment, "inits[3].weight", "null");
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 3), ==, "Mine");
  assert_init (experiment, 3, FALSE, NULL);
  edit (&experiment, "inits[3].label", NULL);
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 3), ==, "PyTorch default");

  edit (&experiment, "inits[0].weight", "{\"0.weight\": \"orthogonal_()\", \"*\": \"zeros_()\"}");
  assert_init (experiment, 0, FALSE, "{\"0.weight\": \"orthogonal_()\", \"*\": \"zeros_()\"}");
  edit (&experiment, "inits[4]", "{\"bias\": \"ones_()\"}");
  g_assert_cmpuint (isc_experiment_get_n_inits (experiment), ==, 5);
  edit (&experiment, "inits[0]", NULL);
  g_assert_cmpuint (isc_experiment_get_n_inits (experiment), ==, 4);
  g_assert_cmpstr (isc_experiment_get_init_label (experiment, 0), ==, "Kaiming");
  assert_refused (experiment, "inits[1].label", "Kaiming", "inits[1].label: ", "inits[0]");
}

static void
test_weights (void)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();
  GPtrArray *modules;

  assert_refused (experiment, "weights.init", "zeros_()", "weights: ", "has none");
  edit (&experiment, "weights.tensor", "256, 784");
  g_assert_cmpint (isc_experiment_get_weights_target (experiment), ==, ISC_WEIGHTS_OF_TENSOR);
  g_assert_cmpint (isc_experiment_get_weights_shape (experiment).dims[1], ==, 784);
  edit (&experiment, "weights.tensor[1]", "10");
  g_assert_cmpint (isc_experiment_get_weights_shape (experiment).dims[1], ==, 10);
  edit (&experiment, "weights.init", "xavier_uniform_()");
  edit (&experiment, "weights.seed", "43");
  g_assert_cmpuint (isc_experiment_get_weights_seed (experiment), ==, 43);
  edit (&experiment, "weights.layer", "Linear(784, 256)");
  g_assert_cmpint (isc_experiment_get_weights_target (experiment), ==, ISC_WEIGHTS_OF_LAYER);
  g_assert_cmpuint (isc_experiment_get_weights_modules (experiment)->len, ==, 1);
  g_assert_nonnull (isc_experiment_get_weights_init (experiment));
  edit (&experiment, "weights.network", "Linear(10, 64), ReLU(), Linear(64, 3)");
  modules = isc_experiment_get_weights_modules (experiment);
  g_assert_cmpuint (modules->len, ==, 3);
  edit (&experiment, "weights.network[1]", "Tanh()");
  modules = isc_experiment_get_weights_modules (experiment);
  g_assert_cmpstr (isc_call_get_name (modules->pdata[1]), ==, "Tanh");
  edit (&experiment, "weights.seed", NULL);
  edit (&experiment, "seeds", "11, 12");
  g_assert_cmpuint (isc_experiment_get_weights_seed (experiment), ==, 11);
  edit (&experiment, "weights.network", NULL);
  g_assert_cmpint (isc_experiment_get_weights_target (experiment), ==, ISC_WEIGHTS_OF_INITS);
  g_assert_null (isc_experiment_get_weights_init (experiment));
  edit (&experiment, "weights", "{\"layer\": \"Linear(3, 4)\", \"init\": \"ones_()\"}");
  g_assert_cmpint (isc_experiment_get_weights_target (experiment), ==, ISC_WEIGHTS_OF_LAYER);
  edit (&experiment, "weights", NULL);
  g_assert_cmpint (isc_experiment_get_weights_target (experiment), ==, ISC_WEIGHTS_OF_INITS);
}

static void
test_refused (void)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_new ();
  g_autoptr (IscExperiment) same = isc_experiment_new ();
  g_autoptr (GError) error = NULL;

  assert_refused (experiment, "batch_szie", "3", "batch_szie: ", "the nearest is batch_size");
  assert_refused (experiment, "inits[0].wieght", "x",
                  "inits[0].wieght: ", "the nearest is inits.weight");
  assert_refused (experiment, "inits.weight", "zeros_()", "inits.weight: ", "inits[0]");
  assert_refused (experiment, "weights[0].init", "zeros_()", "weights[0].init: ", "not a list");
  assert_refused (experiment, "epochs[0]", "3", "epochs[0]: ", "not a list");
  assert_refused (experiment, "loss.x", "3", "loss.x: ", "no such field");
  assert_refused (experiment, "", "3", ": ", "not a path");
  assert_refused (experiment, "a.b.c", "3", "a.b.c: ", "not a path");
  assert_refused (experiment, "network[", "3", "network[: ", "not a path");
  assert_refused (experiment, "network[-1]", "3", "network[-1]: ", "not a path");
  assert_refused (experiment, "network[1]x", "3", "network[1]x: ", "not a path");
  assert_refused (experiment, "network[99999999999999999999]", "3", "network[", "not a path");
  assert_refused (experiment, "network[6]", "ReLU()", "network[6]: ", "outside 0..5");
  assert_refused (experiment, "network[5]", NULL, "network[5]: ", "outside 0..4");
  assert_refused (experiment, "inits[4].weight", "zeros_()", "inits[4].weight: ", "outside 0..3");
  assert_refused (experiment, "weights.network[0]", "ReLU()",
                  "weights.network[0]: ", "no such list");
  assert_refused (experiment, "network[2]", "Linear(0, 3)", "network[2]: ", "in_features=0");
  assert_refused (experiment, "network[2]", "Linear(", "network[2]: ", "column");
  assert_refused (experiment, "epochs", "x", "epochs: ", "line 1, column 1");
  assert_refused (experiment, "epochs", "0", "epochs: ", "1..1000000000");
  assert_refused (experiment, "weights.tensor", "0, 3", "weights.tensor: ", "");
  assert_refused (experiment, "title", "\xff", "title: ", "UTF-8");
  assert_refused (experiment, "initscope", "1", "initscope: ", "no such field");
  g_assert_true (isc_experiment_equal (experiment, same));

  g_assert_null (isc_experiment_insert (experiment, "network", 6, "ReLU()", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "network[6]: index 6 is outside 0..5");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/values", test_values);
  g_test_add_func ("/edit/length", test_length);
  g_test_add_func ("/edit/pins", test_pins);
  g_test_add_func ("/edit/lists", test_lists);
  g_test_add_func ("/edit/seeds", test_seeds);
  g_test_add_func ("/edit/inits", test_inits);
  g_test_add_func ("/edit/weights", test_weights);
  g_test_add_func ("/edit/refused", test_refused);
  return g_test_run ();
}
