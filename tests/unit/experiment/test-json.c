/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "experiment/experiment.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

/* The design's example, in the canonical form. */
static const char document[]
    = "{\n"
      "  \"initscope\": 1,\n"
      "  \"title\": \"Four schemes on one network\",\n"
      "  \"data\": \"RandomClassification(samples=1000, features=10, classes=3)\",\n"
      "  \"network\": [\"Linear(10, 64)\", \"ReLU()\", \"Linear(64, 32)\", \"ReLU()\", "
      "\"Linear(32, 3)\"],\n"
      "  \"inits\": [\n"
      "    {\"label\": \"Xavier\", \"weight\": \"xavier_uniform_()\", \"bias\": \"zeros_()\"},\n"
      "    {\"label\": \"Kaiming\", \"weight\": \"kaiming_normal_(nonlinearity='relu')\", "
      "\"bias\": "
      "\"zeros_()\"},\n"
      "    {\"label\": \"Normal\", \"weight\": \"normal_(std=0.02)\", \"bias\": \"zeros_()\"},\n"
      "    {\"label\": \"PyTorch default\"}\n"
      "  ],\n"
      "  \"loss\": \"CrossEntropyLoss()\",\n"
      "  \"optimizer\": \"Adam(lr=0.001)\",\n"
      "  \"batch_size\": 32, \"shuffle\": true, \"epochs\": 20,\n"
      "  \"seeds\": [0]\n"
      "}\n";

static IscExperiment *
read_valid (const char *text)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (text, -1, problems);

  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *problem = isc_problem_to_text (problems->pdata[i]);

      g_test_message ("%s", problem);
    }
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_nonnull (experiment);
  return experiment;
}

/* Asserts that @text has exactly one problem, at @path, whose message holds @part. */
static void
assert_problem (const char *text, const char *path, const char *part)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (text, -1, problems);

  g_assert_null (experiment);
  for (guint i = 0; i < problems->len; i++)
    {
      g_autofree char *problem = isc_problem_to_text (problems->pdata[i]);

      g_test_message ("%s", problem);
    }
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((IscProblem *)problems->pdata[0])->path, ==, path);
  if (!strstr (((IscProblem *)problems->pdata[0])->message, part))
    g_error ("\"%s\" lacks \"%s\"", ((IscProblem *)problems->pdata[0])->message, part);
}

static void
test_canonical (void)
{
  g_autoptr (IscExperiment) experiment = read_valid (document);
  g_autofree char *text = isc_experiment_to_json (experiment);
  g_autoptr (IscExperiment) untitled = isc_experiment_new ();
  g_autoptr (IscExperiment) empty = read_valid ("{}");

  g_assert_cmpstr (text, ==, document);
  /* The default experiment is the same but for the title. */
  g_assert_true (isc_experiment_equal (untitled, empty));
  g_assert_false (isc_experiment_equal (untitled, experiment));
  g_assert_cmpstr (isc_experiment_get_title (untitled), ==, "");
}

static void
test_everything (void)
{
  static const char text[]
      = "{\"initscope\": 1, \"data\": \"Iris()\", \"network\": \"nn.Sequential(nn.Linear(4, 7), "
        "nn.Tanh(), "
        "nn.Linear(7, 3))\", \"inits\": [{\"weight\": {\"0.weight\": \"orthogonal_()\", \"*\": "
        "\"normal_(std=0.02)\", \"2.weight\": null}}, {\"bias\": \"zeros_()\"}], \"optimizer\": "
        "\"SGD(lr=0.1)\", \"schedule\": \"optim.lr_scheduler.StepLR(3)\", "
        "\"batch_size\": null, \"shuffle\": false, \"steps\": 17, \"clip_grad_norm\": 2.385, "
        "\"clip_grad_value\": 0.5, \"target_loss\": -1, \"observe_every\": 0, "
        "\"seeds\": [-1, 18446744073709551614, \"9223372036854775808\", 5], \"reseed\": false, "
        "\"pytorch\": \"2.11\", \"weights\": {\"tensor\": [256, 784], \"init\": \"ones_()\", "
        "\"seed\": 42, \"color\": 4, \"pins\": [\"zeros_()\", null, {\"init\": null, \"color\": "
        "9}]}, "
        "\"bins\": 50, \"range\": \"clip 0.01\", \"stat\": \"count\", \"bandwidth\": 0.01, "
        "\"kernel\": \"epanechnikov\", \"fans\": \"corrected\"}";
  static const char canonical[]
      = "{\n"
        "  \"initscope\": 1,\n"
        "  \"data\": \"Iris()\",\n"
        "  \"network\": [\"Linear(4, 7)\", \"Tanh()\", \"Linear(7, 3)\"],\n"
        "  \"inits\": [\n"
        "    {\"weight\": {\"0.weight\": \"orthogonal_()\", \"*\": \"normal_(std=0.02)\", "
        "\"2.weight\": null}},\n"
        "    {\"bias\": \"zeros_()\"}\n"
        "  ],\n"
        "  \"loss\": \"CrossEntropyLoss()\",\n"
        "  \"optimizer\": \"SGD(lr=0.1)\", \"schedule\": \"StepLR(3)\",\n"
        "  \"batch_size\": null, \"shuffle\": false, \"steps\": 17, \"clip_grad_norm\": 2.385, "
        "\"clip_grad_value\": 0.5, \"target_loss\": -1.0, \"observe_every\": 0,\n"
        "  \"seeds\": [\"18446744073709551615\", \"18446744073709551614\", "
        "\"9223372036854775808\", 5], "
        "\"reseed\": false, \"pytorch\": \"2.11\", \"fans\": \"corrected\",\n"
        "  \"weights\": {\"tensor\": [256, 784], \"init\": \"ones_()\", \"seed\": 42, \"color\": "
        "4, "
        "\"pins\": [\"zeros_()\", null, {\"init\": null, \"color\": 9}]},\n"
        "  \"bins\": \"50\",\n"
        "  \"range\": \"clip 0.01\",\n"
        "  \"stat\": \"count\",\n"
        "  \"bandwidth\": \"0.01\",\n"
        "  \"kernel\": \"epanechnikov\"\n"
        "}\n";
  g_autoptr (IscExperiment) experiment = read_valid (text);
  g_autoptr (IscExperiment) again = NULL;
  g_autofree char *written = isc_experiment_to_json (experiment);

  g_assert_cmpstr (written, ==, canonical);
  again = read_valid (written);
  g_assert_true (isc_experiment_equal (experiment, again));
  g_assert_cmpuint (isc_experiment_get_seed (again, 0), ==, G_MAXUINT64);
  g_assert_cmpuint (isc_experiment_get_seed (again, 2), ==, G_GUINT64_CONSTANT (1) << 63);
  g_assert_cmpint (isc_experiment_get_batch_size (again), ==, 0);
  g_assert_cmpint (isc_experiment_get_epochs (again), ==, 0);
  g_assert_cmpint (isc_experiment_get_steps (again), ==, 17);
  g_assert_false (isc_experiment_get_shuffle (again));
  g_assert_false (isc_experiment_get_reseed (again));
  g_assert_cmpint (isc_experiment_get_pytorch (again), ==, ISC_PYTORCH_2_11);
  /* Exact: the shortest text that reads back. */
  g_assert_cmpfloat (isc_experiment_get_clip_grad_norm (again), ==, 2.385);
  g_assert_cmpfloat (isc_experiment_get_clip_grad_value (again), ==, 0.5);
  g_assert_cmpfloat (isc_experiment_get_target_loss (again), ==, -1.0);
  g_assert_cmpint (isc_experiment_get_observe_every (again), ==, 0);
  g_assert_cmpstr (isc_call_get_name (isc_experiment_get_schedule (again)), ==, "StepLR");
}

static void
test_problems (void)
{
  assert_problem ("{\"batch_szie\": 3}", "batch_szie", "the nearest is batch_size");
  assert_problem ("{\"weights.layer\": \"Linear(3, 4)\"}", "weights.layer", "is not a key");
  assert_problem ("{\"inits\": [{\"wieght\": \"zeros_()\"}]}", "inits[0].wieght",
                  "the nearest is weight");
  assert_problem ("{\"weights\": {\"tensor\": [3, 4], \"sede\": 3}}", "weights.sede",
                  "the nearest is seed");
  assert_problem ("{\"initscope\": 2, \"new\": 1}", "initscope",
                  "this file is of version 2: this program reads version 1");
  assert_problem ("{\"initscope\": \"x\"}", "initscope", "should be the version");
  assert_problem ("[1]", "", "should be an experiment");
  assert_problem ("{\"title\": 5}", "title", "should be a text, and is 5");
  assert_problem ("{\"title\": \"a\\nb\"}", "title", "control character");
  assert_problem ("{\"data\": \"Digitz()\"}", "data", "Digits");
  assert_problem ("{\"data\": null}", "data", "should be a call in quotes, and is null");
  assert_problem ("{\"network\": [\"Linear(10 64)\"]}", "network[0]", "column 11");
  assert_problem ("{\"network\": [\"ReLU()\", \"Linear(0, 64)\"]}", "network[1]", "in_features=0");
  assert_problem ("{\"network\": [\"ReLU()\", 3]}", "network[1]",
                  "should be a call in quotes, and is 3");
  assert_problem ("{\"network\": \"ReLU(), Linear(3\"}", "network", "column 17");
  assert_problem ("{\"network\": \"Sequential(ReLU(), Linea(3, 4))\"}", "network[1]", "Linear");
  assert_problem ("{\"network\": {}}", "network", "should be a list");
  assert_problem ("{\"inits\": []}", "inits", "1..100 entries");
  assert_problem ("{\"inits\": [\"zeros_()\"]}", "inits[0]", "should be an object");
  assert_problem ("{\"inits\": [{}, {\"weight\": \"normal_(std 0.1)\"}]}", "inits[1].weight",
                  "column 9");
  assert_problem ("{\"inits\": [{\"weight\": \"normal_(std=-1)\"}]}", "inits[0].weight", "std=-1");
  assert_problem ("{\"inits\": [{\"weight\": {}}]}", "inits[0].weight", "empty object");
  assert_problem ("{\"inits\": [{\"bias\": [1]}]}", "inits[0].bias", "should be a call");
  assert_problem ("{\"inits\": [{\"bias\": {\"*\": \"zero()\"}}]}", "inits[0].bias[\"*\"]",
                  "zeros_");
  assert_problem ("{\"inits\": [{}, {\"label\": \"PyTorch default\", \"bias\": \"zeros_()\"}]}",
                  "inits[1].label", "also the label of inits[0]");
  assert_problem ("{\"inits\": [{\"label\": \"\"}]}", "inits[0].label", "is empty");
  assert_problem ("{\"loss\": \"MSE()\"}", "loss", "MSELoss");
  assert_problem ("{\"network\": [\"Linear(10, 3)\", \"Residual()\"]}", "network[1]",
                  "Residual() lacks modules (modules with commas between them)");
  assert_problem ("{\"network\": [\"Residual(Linear(10, 3), 4)\"]}", "network[0]",
                  "Residual: modules=4 should be modules with commas between them");
  assert_problem ("{\"network\": [\"Residual(modules=Tanh())\"]}", "network[0]",
                  "Residual: the modules stand without a name");
  assert_problem ("{\"network\": [\"Residual(Tanh(), scale='x')\"]}", "network[0]",
                  "Residual: scale='x' should be a number");
  assert_problem ("{\"network\": [\"Residual(Tanh(), Residual(Linear(3, 0)))\"]}", "network[0]",
                  "Residual: Residual: Linear: out_features=0 must be at least 1");
  assert_problem ("{\"network\": [\"Residual(Sequential(ReLU()), ReLU())\"]}", "network[0]",
                  "Residual: there is no layer or activation 'Sequential'");
  assert_problem ("{\"optimizer\": \"Adam(lr='x')\"}", "optimizer", "should be a number");
  assert_problem ("{\"batch_size\": 0}", "batch_size", "1..1000000000 or null, and is 0");
  assert_problem ("{\"batch_size\": 1.0}", "batch_size",
                  "whole number in 1..1000000000 or null, and is 1.0");
  assert_problem ("{\"batch_size\": 99999999999999999999}", "batch_size", "99999999999999999999");
  assert_problem ("{\"shuffle\": 1}", "shuffle", "true or false");
  assert_problem ("{\"epochs\": null}", "epochs", "1..1000000000, and is null");
  assert_problem ("{\"epochs\": 3, \"steps\": 4}", "steps", "stands beside epochs");
  assert_problem ("{\"steps\": 1000000001}", "steps", "1..1000000000");
  assert_problem ("{\"clip_grad_norm\": 0}", "clip_grad_norm", "above 0");
  assert_problem ("{\"clip_grad_norm\": 1e999}", "clip_grad_norm", "and is inf");
  assert_problem ("{\"clip_grad_norm\": \"1\"}", "clip_grad_norm", "above 0");
  assert_problem ("{\"clip_grad_value\": -0.5}", "clip_grad_value", "above 0 or null, and is -0.5");
  assert_problem ("{\"target_loss\": \"0.1\"}", "target_loss", "should be a number or null");
  assert_problem ("{\"target_loss\": 1e999}", "target_loss", "should be a number or null");
  assert_problem ("{\"observe_every\": -1}", "observe_every", "0..1000000000 or null, and is -1");
  assert_problem ("{\"schedule\": 3}", "schedule", "should be a call in quotes or null, and is 3");
  assert_problem ("{\"schedule\": \"StepLRs(3)\"}", "schedule", "the nearest is StepLR");
  assert_problem ("{\"schedule\": \"StepLR()\"}", "schedule", "lacks step_size");
  assert_problem ("{\"schedule\": \"StepLR(3, by='batch')\"}", "schedule", "'epoch', 'step'");
  assert_problem ("{\"seeds\": []}", "seeds", "1..1000 seeds");
  assert_problem ("{\"seeds\": 7}", "seeds", "1..1000 seeds");
  assert_problem ("{\"seeds\": [1, 2.5]}", "seeds[1]", "whole number");
  assert_problem ("{\"seeds\": [18446744073709551616]}", "seeds[0]", "-2^63..2^64-1");
  assert_problem ("{\"seeds\": [-9223372036854775809]}", "seeds[0]", "-2^63..2^64-1");
  assert_problem ("{\"seeds\": [4, 7, 4]}", "seeds[2]", "seeds[0]");
  assert_problem ("{\"seeds\": [-1, 18446744073709551615]}", "seeds[1]", "seeds[0]");
  assert_problem ("{\"reseed\": \"no\"}", "reseed", "true or false");
  assert_problem ("{\"pytorch\": 2.12}", "pytorch", "one of \"2.12\", \"2.11\", and is 2.12");
  assert_problem ("{\"weights\": 3}", "weights", "should be an object");
  assert_problem ("{\"weights\": {\"seed\": 3}}", "weights", "has none");
  assert_problem ("{\"weights\": {\"layer\": \"Linear(3, 4)\", \"tensor\": [3]}}", "weights",
                  "has several");
  assert_problem ("{\"weights\": {\"layer\": \"ReLU()\"}}", "weights.layer", "layer");
  assert_problem ("{\"weights\": {\"tensor\": [3, 0]}}", "weights.tensor[1]", "1..2147483648");
  assert_problem ("{\"weights\": {\"tensor\": [65536, 65536]}}", "weights.tensor", "");
  assert_problem ("{\"weights\": {\"tensor\": []}}", "weights.tensor", "1..8");
  assert_problem ("{\"weights\": {\"tensor\": [3], \"init\": \"zeros(\"}}", "weights.init",
                  "column 7");
  assert_problem ("{\"weights\": {\"tensor\": [3], \"seed\": \"x\"}}", "weights.seed",
                  "whole number");
  assert_problem ("{\"bins\": 0}", "bins", "1..512");
  assert_problem ("{\"bins\": \"513\"}", "bins", "1..512");
  assert_problem ("{\"bins\": \"Auto 1\"}", "bins", "rule");
  assert_problem ("{\"weights\": {\"layer\": \"Linear(2, 3)\", \"pins\": 3}}", "weights.pins",
                  "a list of at most 20 schemes");
  assert_problem ("{\"weights\": {\"layer\": \"Linear(2, 3)\", \"pins\": [{\"int\": null}]}}",
                  "weights.pins[0]", "'int' is not a key of a pin: it has init and color");
  assert_problem ("{\"stat\": \"height\"}", "stat", "one of \"density\"");
  assert_problem ("{\"bins\": \"width=0\"}", "bins", "or a width");
  assert_problem ("{\"bandwidth\": -1.5}", "bandwidth", "above 0");
  assert_problem ("{\"bandwidth\": \"nan\"}", "bandwidth", "above 0");
}

/* A block is a line, and what is in it counts. */
static void
test_many_modules (void)
{
  g_autoptr (GString) text = g_string_new ("{\"network\": [");

  for (guint i = 0; i < 100; i++)
    {
      g_string_append (text, i ? ", \"Residual(" : "\"Residual(");
      for (guint j = 0; j < 100; j++)
        g_string_append (text, j ? ", Tanh()" : "Tanh()");
      g_string_append (text, ")\"");
    }
  g_string_append (text, "]}");
  assert_problem (text->str, "network", "has more than 10000 modules with those in blocks");
}

static void
test_all_at_once (void)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (
      "{\"sedes\": 1, \"data\": 3, \"network\": [\"x()\", \"y(\"], \"epochs\": -1}", -1, problems);

  g_assert_null (experiment);
  g_assert_cmpuint (problems->len, ==, 5);
  g_assert_nonnull (isc_problems_find (problems, "sedes"));
  g_assert_nonnull (isc_problems_find (problems, "data"));
  g_assert_nonnull (isc_problems_find (problems, "network[0]"));
  g_assert_nonnull (isc_problems_find (problems, "network[1]"));
  g_assert_nonnull (isc_problems_find (problems, "epochs"));
  g_assert_null (isc_problems_find (problems, "loss"));

  isc_problems_to_error (problems, &error);
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "sedes: is not a key of an experiment: the nearest is seeds (and 4 more)");
}

static void
test_syntax (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autofree char *cut = g_strndup (document, 170);

  assert_problem ("", "", "line 1, column 1: the document is empty");
  assert_problem (" \n ", "", "line 2, column 2: the document is empty");
  assert_problem (cut, "", "line 5, column 37: the document ends inside a text");
  assert_problem ("{\n \"title\": \"a", "", "line 2, column 13: the document ends inside a text");
  assert_problem ("{\"title\": \"a\\", "", "the document ends inside a text");
  assert_problem ("{\"title\": \"a\nb\"}", "",
                  "line 1, column 13: the text in quotes is not closed");
  assert_problem ("{\"a\": [", "", "line 1, column 8: the document ends inside a list");
  assert_problem ("{\"a\": [}", "", "line 1, column 8: this closes what is not open");
  assert_problem ("{} {}", "", "line 1, column 4: something stands behind the end");
  assert_problem ("{\"title\": \"a\" // x\n}", "", "line 1, column 15: this is not JSON");
  assert_problem ("{'title': 1}", "", "line 1, column 2: JSON writes texts in double quotes");
  assert_problem ("{\"epochs\": 01}", "", "line 1, column 12: this is not a number");
  assert_problem ("{\"epochs\": 0x1}", "", "line 1, column 13: this is not JSON");
  assert_problem ("{\"epochs\": NaN}", "", "this is not JSON");
  assert_problem ("{\"epochs\": 1.}", "", "this is not a number");
  assert_problem ("{\"title\": \"\\u0000\"}", "", "\\u0000");
  assert_problem ("{\"title\": \"\\ud800\"}", "", "half a surrogate pair");
  assert_problem ("{\"title\": \"\\udc00\\ud800\"}", "", "half a surrogate pair");
  assert_problem ("{\"title\": \"\\u12x4\"}", "", "four hexadecimal digits");
  assert_problem ("{\"title\": \"\\q\"}", "", "escapes");
  assert_problem ("{\"title\": \"\xff\"}", "", "line 1, column 12: this is not UTF-8");
  assert_problem ("{\"epochs\": 3 \"steps\": 4}", "", "line 1, column ");
  assert_problem ("{\"epochs\": 3,}", "", "line 1, column ");
  assert_problem ("{\"epochs\" 3}", "", "line 1, column ");
  assert_problem ("{\"epochs\": 3, \"epochs\": 4}", "", "the key 'epochs' is given twice");

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_problem (deep->str, "", "line 1, column 33: nested more than 32 levels deep");
}

static void
test_limit (void)
{
  gsize n = 16 * 1024 * 1024 + 1;
  g_autofree char *text = g_malloc (n + 1);

  memset (text, ' ', n);
  text[n] = '\0';
  assert_problem (text, "", "at most 16777216 are read");
  /* One byte less is read, and is empty. */
  text[n - 1] = '\0';
  assert_problem (text, "", "the document is empty");
}

static void
test_unicode (void)
{
  g_autoptr (IscExperiment) experiment
      = read_valid ("\xef\xbb\xbf{\"title\": \"\\u03c3 \\ud83d\\ude00 \\\"q\\\" \\\\\"}");
  g_autofree char *text = isc_experiment_to_json (experiment);
  g_autoptr (IscExperiment) again = read_valid (text);

  g_assert_cmpstr (isc_experiment_get_title (experiment), ==, "σ 😀 \"q\" \\");
  g_assert_cmpstr (isc_experiment_get_title (again), ==, "σ 😀 \"q\" \\");
}

static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("initscope-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "a.initscope", NULL);
  g_autofree char *absent = g_build_filename (folder, "none", "b.initscope", NULL);
  g_autoptr (IscExperiment) experiment = read_valid (document);
  g_autoptr (IscExperiment) loaded = NULL;
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autofree char *expected = NULL;

  g_assert_no_error (error);
  g_assert_true (isc_experiment_save (experiment, path, &error));
  g_assert_no_error (error);
  loaded = isc_experiment_load (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (isc_experiment_equal (experiment, loaded));

  g_assert_false (isc_experiment_save (experiment, absent, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (isc_experiment_load (absent, problems, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_IO);
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "{\"epochs\": 0, \"sedes\": [1]}", -1, NULL));
  g_assert_null (isc_experiment_load (path, problems, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpuint (problems->len, ==, 2);
  expected = g_strdup_printf (
      "%s: sedes: is not a key of an experiment: the nearest is seeds (and 1 more)", path);
  g_assert_cmpstr (error->message, ==, expected);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_null (isc_experiment_load (path, NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/canonical", test_canonical);
  g_test_add_func ("/json/everything", test_everything);
  g_test_add_func ("/json/problems", test_problems);
  g_test_add_func ("/json/many-modules", test_many_modules);
  g_test_add_func ("/json/all-at-once", test_all_at_once);
  g_test_add_func ("/json/syntax", test_syntax);
  g_test_add_func ("/json/limit", test_limit);
  g_test_add_func ("/json/unicode", test_unicode);
  g_test_add_func ("/json/files", test_files);
  return g_test_run ();
}
