/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Over many seeded experiments: saving and loading is the identity, and an edit changes its field
 * and nothing else. */

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "experiment/check.h"
#include "experiment/edit.h"
#include "experiment/experiment.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

#define N_EXPERIMENTS 400

static guint64
random_seed (GRand *random)
{
  return (guint64)g_rand_int (random) << 32 | g_rand_int (random);
}

static const IscItem *
pick_item (GRand *random, IscKind kind)
{
  guint n;
  const IscItem *const *items = isc_catalog_get_items (kind, &n);

  return items[g_rand_int_range (random, 0, (gint)n)];
}

/* What @parameter, which must be given, may be. */
static char *
random_value (const IscParameter *parameter, GRand *random)
{
  switch (parameter->type)
    {
    case ISC_PARAMETER_NUMBER:
      return isc_number_to_text (g_rand_double (random));
    case ISC_PARAMETER_INTEGER:
      return g_strdup_printf ("%d", g_rand_int_range (random, 2, 100));
    case ISC_PARAMETER_CHOICE:
      return g_strdup_printf ("'%s'", parameter->choices[0]);
    case ISC_PARAMETER_FILE:
      return g_strdup ("'init.lua'");
    default:
      g_assert_cmpint (parameter->type, ==, ISC_PARAMETER_TEXT);
      return g_strdup ("'randn()'");
    }
}

/* A call of any scheme, with what must be given. */
static char *
random_scheme (GRand *random)
{
  const IscItem *item = pick_item (random, ISC_KIND_SCHEME);
  g_autofree char *std = isc_number_to_text (g_rand_double (random));
  GString *call = g_string_new (item->id);

  g_string_append_c (call, '(');
  for (guint i = 0; i < item->n_parameters && !item->parameters[i].initial; i++)
    {
      g_autofree char *value = random_value (&item->parameters[i], random);

      g_string_append_printf (call, "%s%s", i ? ", " : "", value);
    }
  if (g_str_equal (item->id, "normal_"))
    g_string_append_printf (call, "std=%s", std);
  g_string_append_c (call, ')');
  return g_string_free (call, FALSE);
}

static void
append_rule (GString *text, GRand *random, const char *key)
{
  g_autofree char *one = random_scheme (random);
  g_autofree char *other = random_scheme (random);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      break;
    case 1:
      g_string_append_printf (text, ", \"%s\": null", key);
      break;
    case 2:
      g_string_append_printf (text, ", \"%s\": {\"0.%s\": \"%s\", \"*\": \"%s\"}", key, key, one,
                              other);
      break;
    case 3:
    default:
      g_string_append_printf (text, ", \"%s\": \"%s\"", key, one);
      break;
    }
}

/* A block, perhaps with blocks in it. */
static void
append_block (GString *text, GRand *random, guint depth)
{
  guint n = (guint)g_rand_int_range (random, 1, 4);
  gboolean sequential = g_rand_boolean (random);

  g_string_append (text, sequential ? "Residual(nn.Sequential(" : "Residual(");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i ? ", " : "");
      if (depth < 3 && g_rand_int_range (random, 0, 3) == 0)
        append_block (text, random, depth + 1);
      else
        g_string_append_printf (text, "%s()", pick_item (random, ISC_KIND_ACTIVATION)->id);
    }
  g_string_append_printf (text, "%s, scale=%d/8)", sequential ? ")" : "",
                          g_rand_int_range (random, -8, 9));
}

static void
append_network (GString *text, GRand *random)
{
  guint n = (guint)g_rand_int_range (random, 0, 12);

  g_string_append (text, ", \"network\": [");
  for (guint i = 0; i < n; i++)
    if (g_rand_int_range (random, 0, 4) == 0)
      {
        g_string_append (text, i ? ", \"" : "\"");
        append_block (text, random, 0);
        g_string_append_c (text, '"');
      }
    else if (g_rand_boolean (random))
      g_string_append_printf (text, "%s\"nn.Linear(%d,%d)\"", i ? ", " : "",
                              g_rand_int_range (random, 1, 999), g_rand_int_range (random, 1, 999));
    else
      g_string_append_printf (text, "%s\"%s\"", i ? ", " : "",
                              pick_item (random, ISC_KIND_ACTIVATION)->id);
  g_string_append_c (text, ']');
}

static void
append_inits (GString *text, GRand *random)
{
  guint n = (guint)g_rand_int_range (random, 1, 6);

  g_string_append (text, ", \"inits\": [");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s{\"label\": \"σ \\\"%u\\\"\"", i ? ", " : "", i);
      append_rule (text, random, "weight");
      append_rule (text, random, "bias");
      g_string_append_c (text, '}');
    }
  g_string_append_c (text, ']');
}

static void
append_training (GString *text, GRand *random)
{
  guint n = (guint)g_rand_int_range (random, 1, 5);
  g_autofree char *lr = isc_number_to_text (g_rand_double (random));
  g_autofree char *clip = isc_number_to_text (g_rand_double_range (random, 1e-12, 1e12));

  g_string_append_printf (text,
                          ", \"optimizer\": \"optim.%s(lr=%s)\", \"shuffle\": %s, \"reseed\": %s",
                          pick_item (random, ISC_KIND_OPTIMIZER)->id, lr,
                          g_rand_boolean (random) ? "true" : "false",
                          g_rand_boolean (random) ? "true" : "false");
  if (g_rand_boolean (random))
    g_string_append_printf (text, ", \"batch_size\": %d",
                            g_rand_int_range (random, 1, G_MAXINT) % 1000000000 + 1);
  else
    g_string_append (text, ", \"batch_size\": null");
  if (g_rand_boolean (random))
    g_string_append_printf (text, ", \"clip_grad_norm\": %s", clip);
  if (g_rand_boolean (random))
    g_string_append_printf (text, ", \"clip_grad_value\": %s, \"target_loss\": -%s", clip, lr);
  if (g_rand_boolean (random))
    g_string_append_printf (text, ", \"observe_every\": %d, \"schedule\": \"StepLR(%d, gamma=%s)\"",
                            g_rand_int_range (random, 0, 99), g_rand_int_range (random, 1, 99), lr);
  g_string_append_printf (text, ", \"%s\": %d", g_rand_boolean (random) ? "steps" : "epochs",
                          g_rand_int_range (random, 1, 1000000000));
  g_string_append (text, ", \"seeds\": [");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i ? ", " : "", random_seed (random));
  g_string_append_printf (text, "], \"pytorch\": \"%s\"",
                          g_rand_boolean (random) ? "2.12" : "2.11");
}

static void
append_weights (GString *text, GRand *random)
{
  g_autofree char *scheme = random_scheme (random);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      return;
    case 1:
      g_string_append_printf (text, ", \"weights\": {\"tensor\": [%d, %d]",
                              g_rand_int_range (random, 1, 4096),
                              g_rand_int_range (random, 1, 4096));
      break;
    case 2:
      g_string_append (text, ", \"weights\": {\"layer\": \"Linear(7, 5)\"");
      break;
    case 3:
    default:
      g_string_append (text, ", \"weights\": {\"network\": \"nn.Sequential(nn.Linear(7, 5), "
                             "nn.Tanh())\"");
      break;
    }
  if (g_rand_boolean (random))
    g_string_append_printf (text, ", \"init\": \"%s\"", scheme);
  if (g_rand_boolean (random))
    g_string_append_printf (text, ", \"seed\": %" G_GUINT64_FORMAT, random_seed (random));
  g_string_append_c (text, '}');
}

static IscExperiment *
read_valid (const char *text)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (text, -1, problems);

  if (problems->len > 0)
    {
      g_autofree char *problem = isc_problem_to_text (problems->pdata[0]);

      g_error ("%s\n%s", problem, text);
    }
  return experiment;
}

static IscExperiment *
random_experiment (GRand *random)
{
  g_autoptr (GString) text = g_string_new ("{\"initscope\": 1");

  if (g_rand_boolean (random))
    g_string_append_printf (text, ", \"title\": \"%d \\\\ \\u00e9\"",
                            g_rand_int_range (random, 0, 99));
  append_network (text, random);
  append_inits (text, random);
  append_training (text, random);
  append_weights (text, random);
  if (g_rand_boolean (random))
    g_string_append_printf (text, ", \"bins\": %d", g_rand_int_range (random, 1, 512));
  if (g_rand_boolean (random))
    {
      g_autofree char *bandwidth = isc_number_to_text (g_rand_double_range (random, 1e-9, 1));

      g_string_append_printf (text, ", \"bandwidth\": %s", bandwidth);
    }
  g_string_append_c (text, '}');
  return read_valid (text->str);
}

/* Every getter, so that equality is not the writer's word alone. */
static void
assert_same (const IscExperiment *a, const IscExperiment *b)
{
  g_assert_cmpstr (isc_experiment_get_title (a), ==, isc_experiment_get_title (b));
  g_assert_true (isc_call_equal (isc_experiment_get_data (a), isc_experiment_get_data (b)));
  g_assert_cmpuint (isc_experiment_get_n_modules (a), ==, isc_experiment_get_n_modules (b));
  for (guint i = 0; i < isc_experiment_get_n_modules (a); i++)
    g_assert_true (
        isc_call_equal (isc_experiment_get_module (a, i), isc_experiment_get_module (b, i)));
  g_assert_cmpuint (isc_experiment_get_n_inits (a), ==, isc_experiment_get_n_inits (b));
  for (guint i = 0; i < isc_experiment_get_n_inits (a); i++)
    {
      g_assert_cmpstr (isc_experiment_get_init_label (a, i), ==,
                       isc_experiment_get_init_label (b, i));
      for (guint side = 0; side < 2; side++)
        {
          g_autofree char *text_a = isc_experiment_get_init_text (a, i, side == 1);
          g_autofree char *text_b = isc_experiment_get_init_text (b, i, side == 1);

          g_assert_cmpstr (text_a, ==, text_b);
        }
    }
  g_assert_true (isc_call_equal (isc_experiment_get_loss (a), isc_experiment_get_loss (b)));
  g_assert_true (
      isc_call_equal (isc_experiment_get_optimizer (a), isc_experiment_get_optimizer (b)));
  g_assert_cmpint (isc_experiment_get_batch_size (a), ==, isc_experiment_get_batch_size (b));
  g_assert_cmpint (isc_experiment_get_shuffle (a), ==, isc_experiment_get_shuffle (b));
  g_assert_cmpint (isc_experiment_get_epochs (a), ==, isc_experiment_get_epochs (b));
  g_assert_cmpint (isc_experiment_get_steps (a), ==, isc_experiment_get_steps (b));
  /* Exact: the shortest text of a double reads back as that double. */
  g_assert_cmpfloat (isc_experiment_get_clip_grad_norm (a), ==,
                     isc_experiment_get_clip_grad_norm (b));
  g_assert_cmpfloat (isc_experiment_get_clip_grad_value (a), ==,
                     isc_experiment_get_clip_grad_value (b));
  g_assert_true (isc_experiment_get_target_loss (a) == isc_experiment_get_target_loss (b)
                 || (isnan (isc_experiment_get_target_loss (a))
                     && isnan (isc_experiment_get_target_loss (b))));
  g_assert_cmpint (isc_experiment_get_observe_every (a), ==, isc_experiment_get_observe_every (b));
  g_assert_true (isc_experiment_get_schedule (a) ? isc_call_equal (isc_experiment_get_schedule (a),
                                                                   isc_experiment_get_schedule (b))
                                                 : !isc_experiment_get_schedule (b));
  g_assert_cmpuint (isc_experiment_get_n_seeds (a), ==, isc_experiment_get_n_seeds (b));
  for (guint i = 0; i < isc_experiment_get_n_seeds (a); i++)
    g_assert_cmpuint (isc_experiment_get_seed (a, i), ==, isc_experiment_get_seed (b, i));
  g_assert_cmpint (isc_experiment_get_reseed (a), ==, isc_experiment_get_reseed (b));
  g_assert_cmpint (isc_experiment_get_pytorch (a), ==, isc_experiment_get_pytorch (b));
  g_assert_cmpint (isc_experiment_get_weights_target (a), ==,
                   isc_experiment_get_weights_target (b));
  g_assert_cmpuint (isc_experiment_get_weights_seed (a), ==, isc_experiment_get_weights_seed (b));
  g_assert_cmpstr (isc_experiment_get_bins (a), ==, isc_experiment_get_bins (b));
  g_assert_cmpstr (isc_experiment_get_bandwidth (a), ==, isc_experiment_get_bandwidth (b));
  g_assert_cmpstr (isc_experiment_get_range (a), ==, isc_experiment_get_range (b));
  g_assert_cmpstr (isc_experiment_get_stat (a), ==, isc_experiment_get_stat (b));
  g_assert_cmpstr (isc_experiment_get_kernel (a), ==, isc_experiment_get_kernel (b));
  g_assert_cmpint (isc_experiment_get_fans (a), ==, isc_experiment_get_fans (b));
  g_assert_cmpuint (isc_experiment_get_n_pins (a), ==, isc_experiment_get_n_pins (b));
  for (guint i = 0; i < isc_experiment_get_n_pins (a); i++)
    g_assert_cmpuint (isc_experiment_get_pin_color (a, i), ==, isc_experiment_get_pin_color (b, i));
}

static void
test_save_load (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2385);

  for (guint i = 0; i < N_EXPERIMENTS; i++)
    {
      g_autoptr (IscExperiment) experiment = random_experiment (random);
      g_autofree char *text = isc_experiment_to_json (experiment);
      g_autoptr (IscExperiment) again = read_valid (text);
      g_autofree char *text_again = isc_experiment_to_json (again);

      g_assert_cmpstr (text, ==, text_again);
      assert_same (experiment, again);
      g_assert_true (isc_experiment_equal (experiment, again));
    }
}

/* Sets @path to @value and back to the canonical text of what it was. */
static void
assert_edit_keeps_rest (const IscExperiment *experiment,
                        const char *path,
                        const char *value,
                        const char *original)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscExperiment) edited = isc_experiment_edit (experiment, path, value, &error);
  g_autoptr (IscExperiment) back = NULL;

  g_assert_no_error (error);
  g_assert_false (isc_experiment_equal (experiment, edited));
  back = isc_experiment_edit (edited, path, original, &error);
  g_assert_no_error (error);
  assert_same (experiment, back);
}

static void
test_edit (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (784);

  for (guint i = 0; i < N_EXPERIMENTS; i++)
    {
      g_autoptr (IscExperiment) experiment = random_experiment (random);
      g_autofree char *optimizer = isc_call_to_text (isc_experiment_get_optimizer (experiment));
      g_autofree char *weight = isc_experiment_get_init_text (experiment, 0, FALSE);
      g_autofree char *bias = isc_experiment_get_init_text (experiment, 0, TRUE);
      g_autofree char *seed
          = g_strdup_printf ("%" G_GUINT64_FORMAT, isc_experiment_get_seed (experiment, 0));
      gboolean shuffle = isc_experiment_get_shuffle (experiment);

      assert_edit_keeps_rest (experiment, "title", "Ωmega", isc_experiment_get_title (experiment));
      assert_edit_keeps_rest (experiment, "data", "Moons()",
                              "RandomClassification(samples=1000, features=10, classes=3)");
      assert_edit_keeps_rest (experiment, "optimizer", "SGD(lr=17.25)", optimizer);
      assert_edit_keeps_rest (experiment, "inits[0].weight", "constant_(17.25)", weight);
      assert_edit_keeps_rest (experiment, "inits[0].bias", "constant_(17.25)", bias);
      assert_edit_keeps_rest (experiment, "inits[0].label", "another", "σ \"0\"");
      assert_edit_keeps_rest (experiment, "seeds[0]", "12", seed);
      assert_edit_keeps_rest (experiment, "shuffle", shuffle ? "false" : "true",
                              shuffle ? "true" : "false");
      assert_edit_keeps_rest (experiment, "bins", "freedman", isc_experiment_get_bins (experiment));
    }
}

/* The check looks at anything that can be read, and names only fields. */
static void
test_check (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (31);
  guint n_found = 0;

  for (guint i = 0; i < N_EXPERIMENTS; i++)
    {
      g_autoptr (IscExperiment) experiment = random_experiment (random);
      g_autoptr (GPtrArray) problems = isc_experiment_check (experiment);

      for (guint j = 0; j < problems->len; j++)
        {
          const IscProblem *problem = problems->pdata[j];

          g_assert_cmpstr (problem->path, !=, "");
          g_assert_cmpstr (problem->message, !=, "");
        }
      n_found += problems->len;
    }
  /* Random widths seldom follow each other. */
  g_assert_cmpuint (n_found, >, N_EXPERIMENTS);
}

/* Every proper beginning of a document is refused, with a place. */
static void
test_truncated (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (10);
  g_autoptr (IscExperiment) experiment = random_experiment (random);
  g_autofree char *text = isc_experiment_to_json (experiment);

  /* The last two bytes are the closing brace and its line's end. */
  for (gsize n = 0; n < strlen (text) - 2; n++)
    {
      g_autoptr (GPtrArray) problems = isc_problems_new ();
      g_autoptr (IscExperiment) cut = isc_experiment_from_json (text, (gssize)n, problems);

      g_assert_null (cut);
      g_assert_cmpuint (problems->len, ==, 1);
      g_assert_true (g_str_has_prefix (((IscProblem *)problems->pdata[0])->message, "line "));
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/experiment/save-load", test_save_load);
  g_test_add_func ("/experiment/edit", test_edit);
  g_test_add_func ("/experiment/check", test_check);
  g_test_add_func ("/experiment/truncated", test_truncated);
  return g_test_run ();
}
