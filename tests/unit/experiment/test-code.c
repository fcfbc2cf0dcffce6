/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Weights as code: every scheme on every kind of weight in every language is a script whose
 * brackets and quotes close; the words are the library's; what can't be is said. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "experiment/code.h"
#include "experiment/code/python.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

static IscExperiment *
read_experiment (const char *json)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json (json, -1, problems);

  if (problems->len > 0)
    {
      g_autofree char *text = isc_problem_to_text (problems->pdata[0]);

      g_error ("%s: %s", json, text);
    }
  return experiment;
}

/* The script of a weights section, or of a whole document that begins with "{\"initscope\"". */
static char *
script_of (const char *language, const char *json)
{
  g_autofree char *whole = strstr (json, "\"initscope\"")
                               ? g_strdup (json)
                               : g_strdup_printf ("{\"initscope\": 1, \"weights\": %s}", json);
  g_autoptr (IscExperiment) experiment = read_experiment (whole);
  g_autoptr (GError) error = NULL;
  char *script = isc_code_new (experiment, isc_code_language_find (language, NULL), &error);

  g_assert_no_error (error);
  return script;
}

static void
assert_says (const char *language, const char *json, const char *words)
{
  g_autofree char *script = script_of (language, json);

  if (!strstr (script, words))
    g_error ("%s of %s does not say %s:\n%s", language, json, words, script);
}

/* Brackets close in their order, and strings on their line. */
static void
assert_closes (const char *script)
{
  g_autoptr (GString) open = g_string_new (NULL);

  for (const char *c = script; *c; c++)
    if (*c == '#')
      c += strcspn (c, "\n") - 1;
    else if (*c == '\'')
      {
        for (c++; *c != '\''; c++)
          {
            g_assert_true (*c && *c != '\n');
            if (*c == '\\')
              c++;
          }
      }
    else if (strchr ("([{", *c))
      g_string_append_c (open, *c);
    else if (strchr (")]}", *c))
      {
        g_assert_cmpuint (open->len, >, 0);
        g_assert_cmpint (strchr ("()[]{}", open->str[open->len - 1])[1], ==, *c);
        g_string_truncate (open, open->len - 1);
      }
  g_assert_cmpuint (open->len, ==, 0);
}

static void
check_script (const char *script)
{
  g_assert_true (g_str_has_prefix (script, "import "));
  g_assert_true (g_str_has_suffix (script, "\n"));
  g_assert_true (g_utf8_validate (script, -1, NULL));
  g_assert_null (strstr (script, "(null)"));
  g_assert_null (strstr (script, "nan"));
  assert_closes (script);
}

/* A value that parameter @parameter takes. */
static char *
sample_value (const IscParameter *parameter)
{
  switch (parameter->type)
    {
    case ISC_PARAMETER_INTEGER:
      return g_strdup_printf ("%.0f", fmax (parameter->min, 2));
    case ISC_PARAMETER_NUMBER:
      return isc_number_to_text (fmin (fmax (parameter->min, 0.3), parameter->max));
    case ISC_PARAMETER_CHOICE:
      return g_strdup_printf ("'%s'", parameter->choices[0]);
    default:
      return g_strdup ("'randn() * sqrt(2 / fan_in)'");
    }
}

/* A call of @item that gives what has to be given. */
static char *
sample_call (const IscItem *item)
{
  GString *text = g_string_new (item->id);

  g_string_append_c (text, '(');
  for (guint i = 0; i < item->n_parameters; i++)
    if (!item->parameters[i].initial)
      {
        g_autofree char *value = sample_value (&item->parameters[i]);

        g_string_append_printf (text, "%s%s", i ? ", " : "", value);
      }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static gboolean
reads_a_file (const IscItem *item)
{
  for (guint i = 0; i < item->n_parameters; i++)
    if (item->parameters[i].type == ISC_PARAMETER_FILE)
      return TRUE;
  return FALSE;
}

static const char *const targets[] = {
  "\"tensor\": [12]",
  "\"tensor\": [12, 9]",
  "\"tensor\": [7, 5, 3]",
  "\"layer\": \"Linear(8, 8)\"",
  "\"layer\": \"Conv2d(4, 8, 3)\"",
  "\"layer\": \"Conv2d(4, 8, (3, 5), stride=2, groups=2, bias=False)\"",
  "\"layer\": \"ConvTranspose1d(4, 8, 3)\"",
  "\"layer\": \"Bilinear(3, 4, 5)\"",
  "\"layer\": \"Embedding(30, 4)\"",
  "\"layer\": \"LSTM(3, 4)\"",
  "\"layer\": \"MultiheadAttention(8, 2)\"",
  "\"network\": [\"Linear(4, 5)\", \"ReLU()\", \"Linear(5, 3, bias=False)\"]",
  "\"network\": [\"Conv1d(4, 8, 3, padding=1)\", \"LeakyReLU(0.2)\", \"BatchNorm1d(8)\"]",
};

static guint
check_languages (const char *json)
{
  g_autoptr (IscExperiment) experiment = read_experiment (json);
  guint n, n_written = 0;
  const IscCodeLanguage *const *languages = isc_code_languages_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *script = isc_code_new (experiment, languages[i], &error);

      g_assert_true ((script != NULL) == (error == NULL));
      if (error)
        g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      else
        {
          check_script (script);
          n_written++;
        }
    }
  /* Whether it can be is the scheme's matter, not the language's. */
  g_assert_true (n_written == 0 || n_written == n);
  return n_written;
}

static void
test_every_scheme (void)
{
  guint n;
  const IscItem *const *schemes = isc_catalog_get_items (ISC_KIND_SCHEME, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *call = sample_call (schemes[i]);
      guint n_written = 0;

      if (reads_a_file (schemes[i]))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (targets); j++)
        for (guint corrected = 0; corrected < 2; corrected++)
          {
            g_autofree char *json
                = g_strdup_printf ("{\"initscope\": 1, \"fans\": \"%s\", \"weights\": {%s, "
                                   "\"init\": \"%s\"}}",
                                   corrected ? "corrected" : "pytorch", targets[j], call);

            n_written += check_languages (json);
          }
      g_assert_cmpuint (n_written, >, 0);
    }
}

static void
test_every_default (void)
{
  /* The first three are tensors, which have none. */
  for (guint i = 3; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"initscope\": 1, \"weights\": {%s}}", targets[i]);

      g_assert_cmpuint (check_languages (json), >, 0);
    }
}

#define LINEAR "{\"layer\": \"Linear(784, 256)\", \"seed\": 42, \"init\": "
#define CONV "{\"layer\": \"Conv2d(8, 16, 3)\", \"seed\": 42, \"init\": "

static void
test_words (void)
{
  static const char *const cases[][3] = {
    { "pytorch", LINEAR "\"kaiming_normal_(nonlinearity='relu')\", \"bias\": \"zeros_()\"}",
      "import torch\nfrom torch import nn\n\ntorch.manual_seed(42)\nlayer = nn.Linear(784, 256)\n"
      "nn.init.kaiming_normal_(layer.weight, nonlinearity='relu')\n"
      "nn.init.zeros_(layer.bias)\n" },
    { "pytorch", LINEAR "\"trunc_normal_()\"}", "from PyTorch 2.12 on" },
    /* torch.nn has neither. */
    { "pytorch", "{\"network\": [\"Linear(2, 3)\", \"Erf()\", \"Linear(3, 3)\", \"Erf()\"]}",
      "from torch import nn\n\n\n"
      "class Erf(nn.Module):\n"
      "    def forward(self, x):\n"
      "        return torch.erf(x)\n\n\n"
      "torch.manual_seed(0)\n"
      "network = nn.Sequential(\n"
      "    nn.Linear(2, 3),\n"
      "    Erf(),\n" },
    { "pytorch", "{\"network\": [\"Linear(2, 3)\", \"Sine(w0=7)\"]}", "    Sine(w0=7),\n" },
    { "pytorch",
      "{\"network\": [\"Residual(nn.Sequential(Linear(2, 2), Residual(Sine())), scale=0.5)\"]}",
      "    Residual(nn.Linear(2, 2), Residual(Sine()), scale=0.5),\n" },
    { "pytorch", "{\"network\": [\"Linear(2, 2)\", \"Residual(Linear(2, 2))\"]}",
      "        return x + self.scale * self.f(x)\n" },
    { "pytorch",
      "{\"network\": [\"Residual(Tanh(), Residual(Linear(2, 2)))\"], \"init\": "
      "\"keras.HeNormal()\"}",
      "nn.init.trunc_normal_(network[0].f[1].f[0].weight, " },
    { "keras", "{\"network\": [\"Residual(Linear(2, 2))\"]}", "parameters['0.f.0.weight'] = " },
    { "pytorch",
      "{\"initscope\": 1, \"pytorch\": \"2.11\","
      " \"weights\": {\"tensor\": [3], \"init\": \"trunc_normal_()\"}}",
      "up to PyTorch 2.11" },
    { "pytorch", "{\"tensor\": [3], \"init\": \"ones_()\", \"seed\": 18446744073709551615}",
      "torch.manual_seed(18446744073709551615)\nweight = torch.empty(3)\n"
      "nn.init.ones_(weight)\n" },
    /* What torch.nn.init would count otherwise is written by its number. */
    { "pytorch",
      "{\"initscope\": 1, \"fans\": \"corrected\", \"weights\": {\"layer\":"
      " \"Conv2d(8, 16, 3, groups=4)\", \"init\": \"kaiming_normal_(mode='fan_out')\"}}",
      "nn.init.normal_(layer.weight, 0, 0.23570226039551587)" },
    { "pytorch",
      "{\"initscope\": 1, \"fans\": \"corrected\", \"weights\": {\"layer\":"
      " \"Conv2d(8, 16, 3, groups=4)\", \"init\": \"kaiming_normal_()\"}}",
      "nn.init.kaiming_normal_(layer.weight)" },
    { "keras", LINEAR "\"kaiming_normal_(nonlinearity='relu')\"}",
      "kernel_initializer=keras.initializers.VarianceScaling(scale=2, mode='fan_in', "
      "distribution='untruncated_normal', seed=42)" },
    { "keras", LINEAR "\"xavier_uniform_()\"}", "keras.initializers.GlorotUniform(seed=42)" },
    { "keras", LINEAR "\"kaiming_uniform_(a=0)\"}", "keras.initializers.HeUniform(seed=42)" },
    { "keras", LINEAR "\"kaiming_uniform_(nonlinearity='linear')\"}", "LecunUniform(seed=42)" },
    { "keras", LINEAR "\"xavier_normal_(gain=2)\"}", "(scale=4, mode='fan_avg'" },
    { "keras", LINEAR "\"orthogonal_()\", \"bias\": \"ones_()\"}",
      "bias_initializer=keras.initializers.Ones(),\n)\nlayer.build((None, 784))\n" },
    { "keras", CONV "\"kaiming_uniform_(mode='fan_out')\"}",
      "VarianceScaling(scale=2, mode='fan_out', distribution='uniform', seed=42)" },
    { "keras", CONV "\"zeros_()\"}", "layer.build((None, None, None, 8))" },
    /* A matrix that stays (out, in) has its fans the other way round in Keras's eyes. */
    { "keras", "{\"tensor\": [256, 784], \"init\": \"kaiming_normal_()\"}",
      "keras.initializers.RandomNormal(0, 0.0505076272276, seed=0)((256, 784))" },
    { "keras", "{\"tensor\": [256, 784], \"init\": \"xavier_uniform_()\"}",
      "keras.initializers.GlorotUniform(seed=0)((256, 784))" },
    { "jax", LINEAR "\"kaiming_normal_(nonlinearity='relu')\"}",
      "jax.nn.initializers.variance_scaling(2, 'fan_in', 'normal', in_axis=1, out_axis=0)"
      "(jax.random.fold_in(key, 0), (256, 784))" },
    { "keras", CONV "\"keras.HeNormal()\"}", "keras.initializers.HeNormal(seed=42)" },
    { "jax", CONV "\"keras.HeNormal()\"}", "he_normal(in_axis=1, out_axis=0)" },
    { "jax", LINEAR "\"xavier_uniform_()\"}", "glorot_uniform(in_axis=1, out_axis=0)" },
    { "jax", LINEAR "\"orthogonal_(gain=2)\"}", "orthogonal(2, column_axis=0)" },
    { "numpy", LINEAR "\"kaiming_normal_(nonlinearity='relu')\"}",
      "rng.normal(0, 0.0505076272276, (256, 784)).astype(np.float32)" },
    { "numpy", LINEAR "\"orthogonal_()\"}",
      "parameters['weight'] = orthogonal((256, 784)).astype(np.float32)" },
    { "numpy", "{\"layer\": \"Linear(4, 3)\"}", "# PyTorch's default: bound = 1 / √4 = 0.5\n" },
    { "pytorch", LINEAR "\"lsuv_()\"}", "saves it with -o weights.npz" },
    { "numpy", LINEAR "\"lsuv_()\"}", "saves with -o weights.npz" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_says (cases[i][0], cases[i][1], cases[i][2]);
}

static void
test_inits (void)
{
  static const char document[]
      = "{\"initscope\": 1, \"data\": \"Digits()\", \"network\": [\"Linear(64, 10)\"], \"inits\":"
        " [{\"label\": \"it's \\\\\", \"weight\": \"zeros_()\"}, {\"label\": \"B\"}],"
        " \"seeds\": [7, 8]}";
  g_autofree char *chained = NULL;
  g_autofree char *own = NULL;
  g_autofree char *script = script_of ("pytorch", document);
  guint n;
  const IscCodeLanguage *const *languages = isc_code_languages_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = script_of (languages[i]->id, document);

      check_script (text);
      g_assert_nonnull (strstr (text, "\ninits['it\\'s \\\\'] = "));
      g_assert_nonnull (strstr (text, "\ninits['B'] = "));
    }
  g_assert_nonnull (strstr (strstr (script, "manual_seed(7)") + 1, "manual_seed(7)"));
  g_assert_null (strstr (script, "draws its data"));

  chained = script_of ("pytorch", "{\"initscope\": 1, \"network\": [\"Linear(64, 10)\"], \"inits\":"
                                  " [{\"label\": \"A\"}, {\"label\": \"B\"}], \"reseed\": false}");
  g_assert_null (strstr (strstr (chained, "manual_seed") + 1, "manual_seed"));

  own = script_of ("pytorch", "{\"initscope\": 1, \"network\": [\"Linear(10, 3)\"], \"data\":"
                              " \"RandomClassification(samples=50, features=10, classes=3)\"}");
  g_assert_nonnull (strstr (own, "draws its data"));
}

static void
assert_refused (const char *json, const char *message)
{
  g_autofree char *whole = g_strdup_printf ("{\"initscope\": 1, \"weights\": %s}", json);
  g_autoptr (IscExperiment) experiment = read_experiment (whole);
  guint n;
  const IscCodeLanguage *const *languages = isc_code_languages_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (isc_code_new (experiment, languages[i], &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, message);
    }
}

static void
test_refusals (void)
{
  g_autoptr (GError) error = NULL;

  assert_refused ("{\"tensor\": [3]}", "weights.init: a bare tensor has no default: name a scheme, "
                                       "such as kaiming_normal_()");
  assert_refused ("{\"tensor\": [3], \"init\": \"orthogonal_()\"}",
                  "weight: orthogonal_ needs a weight of at least 2 dimensions, and this one has 1 "
                  "(3)");
  assert_refused ("{\"network\": [\"Linear(3, 2)\"], \"bias\": \"kaiming_normal_()\"}",
                  "weights: 0.bias: kaiming_normal_ needs a weight of at least 2 dimensions, and "
                  "this one has "
                  "1 (2)");
  g_assert_null (isc_code_language_find ("julia", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "no code is written as 'julia': there are pytorch, keras, jax, numpy");
}

static void
test_numbers (void)
{
  static const struct
  {
    double value;
    const char *text;
  } cases[] = {
    { 2.0000000000000004, "2" }, { 1.0 / 3.0, "0.333333333333" }, { -0.05, "-0.05" }, { 0.0, "0" },
    { 1e-300, "1e-300" },        { 123456789.0, "123456789" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = isc_python_number (cases[i].value);
      double back;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (isc_number_from_text (text, &back));
      /* isc_python_number() promises 12 places. */
      assert_close (back, cases[i].value, 1e-12, 0.0);
    }
}

static void
test_translation (void)
{
  static const char *const cases[][2] = {
    { "randn() * sqrt(2 / fan_in)", "N * math.sqrt(2 / 9)" },
    { "rand( )^2 - -1e-3", "R**2 - -1e-3" },
    { "(row + col) * pi / fan_out", "(row + col) * math.pi / 12" },
    { "abs(index)", "abs(i)" },
    /* More of Lua than is translated. */
    { "row == col and 1 or 0", NULL },
    { "shape[1]", NULL },
    { "0x10", NULL },
    { "rand", NULL },
    { "1 -- comment", NULL },
    { "max(1, 2)", NULL },
  };
  IscShape shape = isc_shape (2, (gint64)12, (gint64)9);
  IscSite site = isc_site_of_shape (&shape);
  const IscPythonWords words
      = { .rand = "R", .randn = "N", .row = "row", .col = "col", .index = "i", .module = "math." };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = isc_python_translate (cases[i][0], &site, &words);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/experiment/code/every-scheme", test_every_scheme);
  g_test_add_func ("/experiment/code/every-default", test_every_default);
  g_test_add_func ("/experiment/code/words", test_words);
  g_test_add_func ("/experiment/code/inits", test_inits);
  g_test_add_func ("/experiment/code/refusals", test_refusals);
  g_test_add_func ("/experiment/code/numbers", test_numbers);
  g_test_add_func ("/experiment/code/translation", test_translation);
  return g_test_run ();
}
