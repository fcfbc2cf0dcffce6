/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every initializer call of the reference whose scheme is in the catalog, for both of PyTorch's
 * trunc_normal_ algorithms: bits where the file says bits, its own tolerance elsewhere, and the
 * position of the generator afterwards. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/schemes/schemes.h"
#include "support/reference.h"

/* {"mean": 0.1, "mode": "fan_in"} as a call's arguments. */
static char *
call_text (const char *scheme, JsonObject *arguments)
{
  GString *text = g_string_new (scheme);
  g_autoptr (GList) keys = json_object_get_members (arguments);

  g_string_append_c (text, '(');
  for (GList *key = keys; key; key = key->next)
    {
      JsonNode *node = json_object_get_member (arguments, key->data);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s%s=", key == keys ? "" : ", ", (const char *)key->data);
      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (text, "'%s'", json_node_get_string (node));
      else
        g_string_append (text, g_ascii_dtostr (number, sizeof number, json_node_get_double (node)));
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static void
compare (JsonObject *entry, const char *what, const float *ours, const char *bits)
{
  gsize n;
  g_autofree float *theirs = reference_floats (bits, &n);
  gboolean exact = g_str_equal (json_object_get_string_member (entry, "match"), "bits");

  for (gsize i = 0; i < n; i++)
    if (exact ? memcmp (&ours[i], &theirs[i], sizeof (float)) != 0
              : !(fabsf (ours[i] - theirs[i]) <= (float)reference_number (entry, "tol")))
      g_error ("%s: weight %" G_GSIZE_FORMAT " is %.9g, should be %.9g", what, i, (double)ours[i],
               (double)theirs[i]);
}

static void
check_entry (JsonObject *entry, IscPytorch pytorch, const IscScheme *scheme)
{
  g_autofree char *text
      = call_text (scheme->item.id, json_object_get_object_member (entry, "args"));
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  g_autoptr (IscArguments) arguments
      = call ? isc_arguments_new (&scheme->item, call, &error) : NULL;
  g_autoptr (IscGenerator) generator
      = isc_generator_new ((guint64)json_object_get_int_member (entry, "seed"));
  JsonArray *dims = json_object_get_array_member (entry, "shape");
  JsonArray *next = json_object_get_array_member (entry, "next24");
  IscShape shape = { .n_dims = json_array_get_length (dims) };
  g_autoptr (IscTensor) tensor = NULL;
  IscSite site;
  const float *data;
  gsize n;

  g_assert_no_error (error);
  for (guint i = 0; i < shape.n_dims; i++)
    shape.dims[i] = json_array_get_int_element (dims, i);
  tensor = isc_tensor_new ("weight", &shape, &error);
  g_assert_no_error (error);
  site = isc_site_of_shape (&shape);
  site.pytorch = pytorch;
  isc_scheme_fill (scheme, arguments, &site, generator, tensor, &error);
  g_assert_no_error (error);

  data = isc_tensor_get_data (tensor);
  n = isc_tensor_get_count (tensor);
  if (json_object_has_member (entry, "bits"))
    compare (entry, text, data, json_object_get_string_member (entry, "bits"));
  else
    {
      gsize tail = (strlen (json_object_get_string_member (entry, "last64")) + 1) / 9;

      compare (entry, text, data, json_object_get_string_member (entry, "first64"));
      compare (entry, text, data + n - tail, json_object_get_string_member (entry, "last64"));
    }
  if (json_object_has_member (entry, "sha256")
      && g_str_equal (json_object_get_string_member (entry, "match"), "bits"))
    {
      g_autofree char *sum
          = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data, n * sizeof *data);

      g_assert_cmpstr (sum, ==, json_object_get_string_member (entry, "sha256"));
    }
  for (guint i = 0; i < json_array_get_length (next); i++)
    g_assert_cmpint (isc_generator_word (generator) & 0xffffff, ==,
                     json_array_get_int_element (next, i));
}

static guint
check_file (const char *name, IscPytorch pytorch, const char *only)
{
  g_autoptr (JsonObject) file = reference_load (name);
  JsonArray *entries = json_object_get_array_member (file, "init");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      const char *id = json_object_get_string_member (entry, "scheme");
      const IscItem *item = isc_catalog_find (ISC_KIND_SCHEME, id, NULL);

      if (item && (!only || g_str_equal (only, id)))
        {
          check_entry (entry, pytorch, (const IscScheme *)item);
          n++;
        }
    }
  return n;
}

static void
test_vectors (void)
{
  g_assert_cmpuint (check_file ("reference/pytorch/vectors.json", ISC_PYTORCH_2_11, NULL), ==,
                    1116);
}

static void
test_trunc_normal_2_12 (void)
{
  g_assert_cmpuint (check_file ("reference/pytorch/trunc_normal_2_12.json", ISC_PYTORCH_2_12,
                                "trunc_normal_"),
                    >=, 192);
}

/* What @text draws on @shape from @generator. */
static IscTensor *
fill_new (const char *text, const IscShape *shape, IscGenerator *generator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  const IscItem *item = NULL;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error);
  IscTensor *tensor = isc_tensor_new ("weight", shape, &error);
  IscSite site = isc_site_of_shape (shape);

  g_assert_no_error (error);
  isc_scheme_fill ((const IscScheme *)item, arguments, &site, generator, tensor, &error);
  g_assert_no_error (error);
  return tensor;
}

/* sparse_ draws no more of a permutation than it needs, many columns at once: against the plain
 * way, on sides that fill neither. */
static void
test_sparse_permutations (void)
{
  const char *const calls[]
      = { "sparse_(0)", "sparse_(0.001)", "sparse_(0.3)", "sparse_(0.77)", "sparse_(1)" };
  const gint64 sides[][2] = { { 1300, 45 }, { 2, 70 }, { 1, 40 }, { 513, 33 } };

  for (gsize c = 0; c < G_N_ELEMENTS (calls); c++)
    for (gsize s = 0; s < G_N_ELEMENTS (sides); s++)
      {
        gsize rows = (gsize)sides[s][0], columns = (gsize)sides[s][1];
        double sparsity = g_ascii_strtod (calls[c] + strlen ("sparse_("), NULL);
        g_autoptr (IscGenerator) ours = isc_generator_new (2385 + s);
        g_autoptr (IscGenerator) plain = isc_generator_new (2385 + s);
        IscShape shape = { 2, { sides[s][0], sides[s][1] } };
        g_autoptr (IscTensor) tensor = fill_new (calls[c], &shape, ours);
        g_autofree float *expected = g_new (float, rows *columns);
        g_autofree gint64 *order = g_new (gint64, rows);

        isc_generator_normal (plain, expected, rows * columns, 0, 0.01);
        for (gsize j = 0; j < columns; j++)
          {
            isc_generator_permutation (plain, order, rows);
            for (gsize i = 0; (double)i < sparsity * (double)rows; i++)
              expected[(gsize)order[i] * columns + j] = 0.0f;
          }
        g_assert_true (
            memcmp (isc_tensor_get_data (tensor), expected, rows * columns * sizeof (float)) == 0);
        g_assert_cmpuint (isc_generator_word (ours), ==, isc_generator_word (plain));
      }
}

/* timm.trunc_normal_tf_ is PyTorch 2.11's trunc_normal_ of a standard normal, times std, plus mean,
 * whatever PyTorch the program stands for. */
static void
test_timm (void)
{
  IscShape shape = isc_shape (2, (gint64)37, (gint64)21);
  IscSite site = isc_site_of_shape (&shape);
  g_autoptr (IscGenerator) generator = isc_generator_new (5);
  g_autoptr (IscGenerator) again = isc_generator_new (5);
  g_autoptr (IscGenerator) scaled = isc_generator_new (5);
  g_autoptr (IscTensor) unit = isc_tensor_new ("weight", &shape, NULL);
  g_autoptr (IscTensor) ours = NULL;
  g_autoptr (IscTensor) lecun = NULL;
  g_autoptr (GError) error = NULL;
  float std = (float)(sqrt (1.0 / 21) / .87962566103423978);

  site.pytorch = ISC_PYTORCH_2_11;
  isc_scheme_fill_call ("trunc_normal_(0, 1, -1.5, 2)", &site, generator, unit, &error);
  g_assert_no_error (error);
  ours = fill_new ("timm.trunc_normal_tf_(0.3, 0.02, -1.5, 2)", &shape, again);
  for (gsize i = 0; i < 37 * 21; i++)
    {
      float product = isc_tensor_get_data (unit)[i] * 0.02f;

      g_assert_cmpfloat (isc_tensor_get_data (ours)[i], ==, product + 0.3f);
    }

  isc_generator_seed (generator, 5);
  isc_scheme_fill_call ("trunc_normal_()", &site, generator, unit, &error);
  g_assert_no_error (error);
  lecun = fill_new ("timm.lecun_normal_()", &shape, scaled);
  for (gsize i = 0; i < 37 * 21; i++)
    g_assert_cmpfloat (isc_tensor_get_data (lecun)[i], ==, isc_tensor_get_data (unit)[i] * std);
}

/* The laws that Keras, JAX and timm promise, by their variances on a layer of 300 inputs and 100
 * outputs, and the formula that the figure shows. */
static void
test_laws (void)
{
  /* The variance of a standard normal cut at ±2: reference/theory, truncnorm_unit. */
  const double cut = 0.773741303549923;
  const struct
  {
    const char *call;
    IscLawKind kind;
    double variance;
    const char *described;
  } cases[] = {
    { "keras.HeNormal()", ISC_LAW_TRUNCATED_NORMAL, 2.0 / 300,
      "std = √(2 / 300) = 0.08165 after the cut at ±0.1856" },
    { "keras.HeUniform()", ISC_LAW_UNIFORM, 2.0 / 300, "bound = √(3 · 2 / 300) = 0.1414" },
    { "keras.GlorotNormal()", ISC_LAW_TRUNCATED_NORMAL, 1.0 / 200,
      "std = √(1 / ((300 + 100) / 2)) = 0.07071 after the cut at ±0.1608" },
    { "keras.GlorotUniform()", ISC_LAW_UNIFORM, 1.0 / 200,
      "bound = √(3 · 1 / ((300 + 100) / 2)) = 0.1225" },
    { "keras.LecunNormal()", ISC_LAW_TRUNCATED_NORMAL, 1.0 / 300,
      "std = √(1 / 300) = 0.05774 after the cut at ±0.1313" },
    { "keras.LecunUniform()", ISC_LAW_UNIFORM, 1.0 / 300, "bound = √(3 · 1 / 300) = 0.1" },
    { "keras.TruncatedNormal()", ISC_LAW_TRUNCATED_NORMAL, 0.0025 * cut,
      "std = 0.05, 0.04398 after truncation" },
    { "keras.RandomUniform()", ISC_LAW_UNIFORM, 0.01 / 12, "std = 0.02887" },
    { "keras.Orthogonal(gain=2)", ISC_LAW_SPHERE, 4.0 / 300, "std = 2 / √300 = 0.1155" },
    { "keras.Identity(gain=2)", ISC_LAW_POINT, 4.0 / 300 * (1 - 1.0 / 300),
      "w = 2 on a diagonal of 100, else 0" },
    { "jax.nn.initializers.he_normal()", ISC_LAW_TRUNCATED_NORMAL, 2.0 / 300,
      "std = √(2 / 300) = 0.08165 after the cut at ±0.1856" },
    { "jax.nn.initializers.glorot_uniform()", ISC_LAW_UNIFORM, 1.0 / 200,
      "bound = √(3 · 1 / ((300 + 100) / 2)) = 0.1225" },
    { "jax.nn.initializers.variance_scaling(1, 'fan_geo_avg', 'normal')", ISC_LAW_NORMAL,
      1 / sqrt (300.0 * 100), "std = √(1 / √(300 · 100)) = 0.07598" },
    { "jax.nn.initializers.uniform()", ISC_LAW_UNIFORM, 1e-4 / 12, "std = 0.002887" },
    { "jax.nn.initializers.truncated_normal()", ISC_LAW_TRUNCATED_NORMAL, 1e-4 * cut,
      "std = 0.01, 0.008796 after truncation" },
    { "uniform_(-3, -1)", ISC_LAW_UNIFORM, 4.0 / 12, "std = (−1 − (−3)) / √12 = 0.5774" },
    { "timm.variance_scaling_()", ISC_LAW_NORMAL, 1.0 / 300, "std = √(1 / 300) = 0.05774" },
    { "timm.trunc_normal_tf_(std=0.02)", ISC_LAW_TRUNCATED_NORMAL, 4e-4 * cut,
      "std = 0.02, 0.01759 after truncation" },
    { "sparse_(0.256)", ISC_LAW_NORMAL, 0.74e-4,
      "26 of 100 in each column 0, std = 0.01 · √(74/100) = 0.008602" },
    { "exact_gain_normal_('tanh')", ISC_LAW_NORMAL, 1 / (300 * 0.394294490397841174),
      "std = 1.5925 / √300 = 0.09195" },
  };
  IscShape shape = isc_shape (2, (gint64)100, (gint64)300);
  IscSite site = isc_site_of_shape (&shape);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (IscCall) call = isc_call_parse (cases[i].call, &error);
      const IscItem *item = NULL;
      g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error);
      g_autofree char *described = NULL;
      IscLaw law;

      g_assert_no_error (error);
      law = ((const IscScheme *)item)->law (arguments, &site);
      described = ((const IscScheme *)item)->describe (arguments, &site);
      g_assert_cmpint (law.kind, ==, cases[i].kind);
      /* 0.87962566103423978 is the root of the cut variance to its last digit. */
      assert_close (isc_law_variance (&law), cases[i].variance, 1e-12, 0);
      g_assert_cmpstr (described, ==, cases[i].described);
    }
}

/* delta_orthogonal puts its matrix on the kernel's middle tap, the left one of two. */
static void
test_delta (void)
{
  IscShape shape = isc_shape (4, (gint64)5, (gint64)3, (gint64)4, (gint64)3);
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autoptr (IscTensor) tensor
      = fill_new ("jax.nn.initializers.delta_orthogonal()", &shape, generator);

  for (gsize i = 0; i < 5 * 3 * 12; i++)
    g_assert_true ((isc_tensor_get_data (tensor)[i] != 0.0f) == (i % 12 == 1 * 3 + 1));
}

/* Pasted as other libraries' users write them. */
static void
test_spellings (void)
{
  const char *const spellings[][2] = {
    { "tf.keras.initializers.HeNormal(seed=42)", "keras.HeNormal" },
    { "keras.initializers.VarianceScaling(scale=2., mode='fan_in', seed=None)",
      "keras.VarianceScaling" },
    { "jax.nn.initializers.variance_scaling(2.0, 'fan_in', 'truncated_normal')",
      "jax.nn.initializers.variance_scaling" },
    { "nn.initializers.lecun_normal()", "jax.nn.initializers.lecun_normal" },
    { "timm.layers.trunc_normal_tf_(std=.02)", "timm.trunc_normal_tf_" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (IscCall) call = isc_call_parse (spellings[i][0], &error);
      const IscItem *item = NULL;
      g_autoptr (IscArguments) arguments
          = call ? isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error) : NULL;

      g_assert_no_error (error);
      g_assert_true (isc_arguments_get_item (arguments) == item);
      g_assert_cmpstr (item->id, ==, spellings[i][1]);
    }
}

static void
assert_refused (const char *text, const char *shape_text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  const IscItem *item = NULL;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error);

  if (arguments)
    {
      IscShape shape;
      IscSite site;

      g_assert_true (isc_shape_from_text (shape_text, &shape, NULL));
      site = isc_site_of_shape (&shape);
      g_assert_false (isc_scheme_check ((const IscScheme *)item, arguments, &site, &error));
    }
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  assert_refused ("kaiming_norml_()", "3×4",
                  "there is no initialization scheme 'kaiming_norml_': the nearest is "
                  "kaiming_normal_ "
                  "('initscope list schemes' names them all)");
  assert_refused ("kaiming_normal_(mode='fan')", "3×4",
                  "kaiming_normal_: mode='fan' is not one of 'fan_in', 'fan_out'");
  assert_refused ("normal_(std=-1)", "3×4", "normal_: std=-1 must be at least 0");
  assert_refused ("normal_(std='x')", "3×4", "normal_: std='x' should be a number");
  assert_refused ("normal_(sdt=1)", "3×4", "normal_ has no parameter 'sdt': it has mean, std");
  assert_refused ("normal_(1, 2, 3)", "3×4", "normal_ takes at most 2 arguments, and 3 are given");
  assert_refused ("normal_(1, mean=2)", "3×4", "normal_: mean is given twice");
  assert_refused ("constant_()", "3×4", "constant_() lacks val (a number)");
  assert_refused ("uniform_(1, 0)", "3×4", "uniform_: a=1 is above b=0: a must be at most b");
  assert_refused ("xavier_normal_()", "3",
                  "xavier_normal_ needs a weight of at least 2 dimensions, and this one has 1 (3)");
  assert_refused ("trunc_normal_(std=0)", "3×4", "trunc_normal_: std=0 must be above 0");
  assert_refused ("trunc_normal_(std=0.02, a=100, b=1000)", "3×4",
                  "trunc_normal_: [100, 1000] is so far out, or so wide, that PyTorch would draw "
                  "more than "
                  "1,000 times for each weight: bring the bounds within a few std of the mean");
  assert_refused ("sparse_(0.1)", "8×4×3×3",
                  "sparse_ needs a weight of exactly 2 dimensions, and this one has 4 (8×4×3×3)");
  assert_refused ("sparse_()", "3×4", "sparse_() lacks sparsity (a number)");
  assert_refused ("sparse_(1.1)", "3×4", "sparse_: sparsity=1.1 is outside 0..1");
  assert_refused ("eye_()", "3",
                  "eye_ needs a weight of exactly 2 dimensions, and this one has 1 (3)");
  assert_refused ("dirac_()", "3×4",
                  "dirac_ needs a weight of 3 to 5 dimensions, and this one has 2 (3×4)");
  assert_refused ("dirac_(groups=3)", "8×4×3",
                  "dirac_: groups=3 does not divide the weight's 8 output channels");
  assert_refused ("jax.nn.initializers.delta_orthogonal()", "8×9×3×3",
                  "jax.nn.initializers.delta_orthogonal needs at least as many output channels as "
                  "input channels, and this weight has 8 and 9");
  assert_refused ("jax.nn.initializers.delta_orthogonal()", "8×4",
                  "jax.nn.initializers.delta_orthogonal needs a weight of 3 to 5 dimensions, and "
                  "this one has 2 (8×4)");
  assert_refused ("jax.nn.initializers.truncated_normal(lower=2)", "3×4",
                  "jax.nn.initializers.truncated_normal: lower=2 is not below upper=2");
  assert_refused ("jax.nn.initializers.variance_scaling(1, 'fan_sum', 'normal')", "3×4",
                  "jax.nn.initializers.variance_scaling: mode='fan_sum' is not one of 'fan_in', "
                  "'fan_out', 'fan_avg', 'fan_geo_avg'");
  assert_refused ("keras.RandomUniform(1, 0)", "3×4",
                  "keras.RandomUniform: minval=1 is above maxval=0: minval must be at most maxval");
  assert_refused ("keras.VarianceScaling(scale=0)", "3×4",
                  "keras.VarianceScaling: scale=0 must be above 0");
  assert_refused ("keras.HeNormal()", "3",
                  "keras.HeNormal needs a weight of at least 2 dimensions, and this one has 1 (3)");
  assert_refused ("timm.trunc_normal_tf_(a=1, b=-1)", "3×4",
                  "timm.trunc_normal_tf_: a=1 is above b=-1: a must be at most b");
  assert_refused ("timm.trunc_normal_tf_(a=100, b=1000)", "3×4",
                  "timm.trunc_normal_tf_: [100, 1000] is too far out for timm's float32 algorithm: "
                  "bring the bounds within a few std of the mean");
  assert_refused ("exact_gain_normal_('linear')", "3×4",
                  "exact_gain_normal_: activation='linear' is not one of 'elu', 'erf', 'gelu', "
                  "'gelu_tanh', 'hardtanh', 'mish', 'relu', 'selu', 'sigmoid', 'silu', 'sine', "
                  "'softplus', 'softsign', 'tanh'");
  assert_refused ("dirac_(groups=0)", "8×4×3", "dirac_: groups=0 must be at least 1");
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/schemes/vectors", test_vectors);
  g_test_add_func ("/catalog/schemes/trunc-normal-2.12", test_trunc_normal_2_12);
  g_test_add_func ("/catalog/schemes/sparse-permutations", test_sparse_permutations);
  g_test_add_func ("/catalog/schemes/timm", test_timm);
  g_test_add_func ("/catalog/schemes/laws", test_laws);
  g_test_add_func ("/catalog/schemes/delta", test_delta);
  g_test_add_func ("/catalog/schemes/spellings", test_spellings);
  g_test_add_func ("/catalog/schemes/refused", test_refused);
  return g_test_run ();
}
