/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Freshly constructed layers and models against the reference, and what an init is applied to. */

#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "engine/network.h"
#include "support/reference.h"

static JsonObject *vectors;

static IscCall *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  IscCall *call = isc_call_parse (text, &error);

  g_assert_no_error (error);
  return call;
}

static GPtrArray *
parse_list (const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *calls = isc_call_parse_list (text, &error);

  g_assert_no_error (error);
  return calls;
}

static void
assert_tensor (const IscTensor *tensor, JsonObject *expected)
{
  gsize size = isc_tensor_get_count (tensor) * sizeof (float);

  g_assert_cmpint (isc_tensor_get_count (tensor), ==, json_object_get_int_member (expected, "n"));
  if (json_object_has_member (expected, "bits"))
    {
      gsize n;
      g_autofree float *bits
          = reference_floats (json_object_get_string_member (expected, "bits"), &n);

      g_assert_true (n * sizeof (float) == size
                     && memcmp (isc_tensor_get_data (tensor), bits, size) == 0);
    }
  if (json_object_has_member (expected, "sha256"))
    {
      g_autofree char *sum
          = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                         (const guchar *)isc_tensor_get_data (tensor), size);

      g_assert_cmpstr (sum, ==, json_object_get_string_member (expected, "sha256"));
    }
}

static void
assert_network (const IscNetwork *network, IscGenerator *generator, JsonObject *entry)
{
  JsonArray *params = json_object_get_array_member (entry, "params");
  JsonArray *next = json_object_get_array_member (entry, "next24");

  g_assert_cmpuint (isc_network_get_n_parameters (network), ==, json_array_get_length (params));
  for (guint i = 0; i < json_array_get_length (params); i++)
    {
      IscTensor *tensor = isc_network_get_parameter (network, i);
      JsonObject *expected = json_array_get_object_element (params, i);
      const char *name = json_object_get_string_member (expected, "name");

      /* A lone layer's names have no number in the reference. */
      g_assert_true (g_str_has_suffix (isc_tensor_get_name (tensor), name));
      assert_tensor (tensor, expected);
    }
  for (guint i = 0; i < json_array_get_length (next); i++)
    g_assert_cmpint (isc_generator_word (generator) & 0xffffff, ==,
                     json_array_get_int_element (next, i));
}

/* {"layer": "Linear", "args": {"in_features": 3, "bias": false}} as a call. */
static char *
layer_text (JsonObject *entry)
{
  GString *text = g_string_new (json_object_get_string_member (entry, "layer"));
  JsonObject *args = json_object_get_object_member (entry, "args");
  g_autoptr (GList) keys = json_object_get_members (args);

  g_string_append_c (text, '(');
  for (GList *k = keys; k; k = k->next)
    {
      JsonNode *node = json_object_get_member (args, k->data);
      g_autofree char *value = json_to_string (node, FALSE);

      if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        *value = g_ascii_toupper (*value);
      g_string_append_printf (text, "%s%s=%s", k == keys ? "" : ", ", (const char *)k->data, value);
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static void
test_layers (void)
{
  JsonArray *entries = json_object_get_array_member (vectors, "layers");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      g_autofree char *text = layer_text (entry);
      g_autoptr (GPtrArray) modules = NULL;
      g_autoptr (IscGenerator) generator = NULL;
      g_autoptr (IscNetwork) network = NULL;
      g_autoptr (GError) error = NULL;

      modules = parse_list (text);
      generator = isc_generator_new ((guint64)json_object_get_int_member (entry, "seed"));
      network = isc_network_new (modules, generator, NULL, 0, &error);
      g_assert_no_error (error);
      assert_network (network, generator, entry);
    }
  g_assert_cmpuint (json_array_get_length (entries), ==, 66);
}

static IscCall *
lookup (const char *parameter, gboolean is_bias, gpointer data)
{
  return ((IscCall **)data)[is_bias ? 1 : 0];
}

/* ["normal_", {"mean": 0.0, "std": 0.5}] as a call; NULL for null. */
static IscCall *
rule (JsonObject *entry, const char *key)
{
  JsonNode *node = json_object_get_member (entry, key);
  g_autoptr (GString) text = NULL;
  g_autoptr (GList) keys = NULL;
  JsonObject *args;

  if (JSON_NODE_HOLDS_NULL (node))
    return NULL;
  text = g_string_new (json_array_get_string_element (json_node_get_array (node), 0));
  args = json_array_get_object_element (json_node_get_array (node), 1);
  keys = json_object_get_members (args);
  g_string_append_c (text, '(');
  for (GList *k = keys; k; k = k->next)
    {
      g_autofree char *value = json_to_string (json_object_get_member (args, k->data), FALSE);

      g_string_append_printf (text, "%s%s=%s", k == keys ? "" : ", ", (const char *)k->data,
                              g_strdelimit (value, "\"", '\''));
    }
  g_string_append_c (text, ')');
  return parse (text->str);
}

static void
test_models (void)
{
  JsonArray *entries = json_object_get_array_member (vectors, "models");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      JsonArray *layers = json_object_get_array_member (entry, "layers");
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (IscCall) weight = rule (entry, "weight");
      g_autoptr (IscCall) bias = rule (entry, "bias");
      IscCall *rules[] = { weight, bias };
      g_autoptr (GPtrArray) modules = NULL;
      g_autoptr (IscGenerator) generator = NULL;
      g_autoptr (IscNetwork) network = NULL;
      g_autoptr (GError) error = NULL;
      IscNetworkInit apply = { .find = lookup };

      for (guint j = 0; j < json_array_get_length (layers); j++)
        {
          JsonArray *layer = json_array_get_array_element (layers, j);
          const char *name = json_array_get_string_element (layer, 0);

          /* Modules without parameters are not in the catalog; they draw nothing, and only count.
           */
          if (g_str_equal (name, "MaxPool2d") || g_str_equal (name, "Flatten"))
            {
              g_string_append (text, ", Identity()");
              continue;
            }
          g_string_append_printf (text, "%s%s(", j ? ", " : "", name);
          for (guint k = 1; k < json_array_get_length (layer); k++)
            g_string_append_printf (text, "%s%d", k > 1 ? ", " : "",
                                    (int)json_array_get_int_element (layer, k));
          g_string_append_c (text, ')');
        }
      modules = parse_list (text->str);
      generator = isc_generator_new ((guint64)json_object_get_int_member (entry, "seed"));
      network = isc_network_new (modules, generator, NULL, 0, &error);
      g_assert_no_error (error);
      apply.data = rules;
      g_assert_true (isc_network_apply (network, &apply, generator, &error));
      assert_network (network, generator, entry);
    }
  g_assert_cmpuint (json_array_get_length (entries), ==, 18);
}

/* An init of a network sets Linear, the convolutions and the Linear within attention; one that is
 * for every layer sets what it has the dimensions for. */
static void
check_apply (gboolean every_layer, const char *set)
{
  g_autoptr (GPtrArray) modules
      = parse_list ("Conv2d(2, 4, 3), BatchNorm2d(4), LSTM(4, 4), MultiheadAttention(4, 2)");
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (IscNetwork) network = isc_network_new (modules, generator, NULL, 0, NULL);
  g_autoptr (IscCall) weight = parse ("xavier_normal_()");
  g_autoptr (IscCall) bias = parse ("zeros_()");
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  IscCall *rules[] = { weight, bias };
  IscNetworkInit apply = { .find = lookup, .data = rules, .every_layer = every_layer };

  g_assert_true (isc_network_apply (network, &apply, generator, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < isc_network_get_n_parameters (network); i++)
    {
      IscCall *init = isc_network_get_init (network, i);

      g_assert_true (!init || init == (isc_network_is_bias (network, i) ? bias : weight));
      if (init)
        g_string_append_printf (names, "%s ",
                                isc_tensor_get_name (isc_network_get_parameter (network, i)));
    }
  g_assert_cmpstr (names->str, ==, set);
}

static void
test_apply (void)
{
  check_apply (FALSE, "0.weight 0.bias 3.out_proj.weight 3.out_proj.bias ");
  check_apply (TRUE, "0.weight 0.bias 1.bias 2.weight_ih_l0 2.weight_hh_l0 2.bias_ih_l0 "
                     "2.bias_hh_l0 3.in_proj_weight 3.in_proj_bias 3.out_proj.weight "
                     "3.out_proj.bias ");
}

static void
test_refused (void)
{
  IscShape input = isc_shape (1, (gint64)4);
  g_autoptr (GPtrArray) untrained = parse_list ("Linear(4, 6), LSTM(6, 3)");
  g_autoptr (GPtrArray) mismatch = parse_list ("Linear(4, 6), ReLU(), Linear(5, 3)");
  g_autoptr (GPtrArray) huge = parse_list ("Linear(1000000, 1000000)");
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_network_new (mismatch, generator, &input, 2, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "network[2]: Linear takes 5 inputs (in_features), and 6 come");
  g_clear_error (&error);
  g_assert_null (isc_network_new (untrained, generator, &input, 2, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "network[1]: LSTM shows its weights on the Weights page, but can't be trained "
                   "yet: of the layers, only Linear, Conv1d, Conv2d, Conv3d, Embedding, "
                   "BatchNorm1d, "
                   "BatchNorm2d, "
                   "LayerNorm, GroupNorm, PReLU, MaxPool2d, AvgPool2d, Flatten, Dropout, Residual "
                   "can");
  g_clear_error (&error);
  g_assert_null (isc_network_new (huge, generator, NULL, 0, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "network[0]: 1000000×1000000 is 1e+12 weights (4e+03 GB): at most 2,147,483,648 "
                   "are allowed");
}

/* PyTorch's mask: a float64 uniform for each number, kept below 1 - p, and in evaluation none. */
static void
test_dropout (void)
{
  g_autoptr (GPtrArray) modules = parse_list ("Dropout(0.25)");
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  g_autoptr (IscGenerator) again = isc_generator_new (3);
  IscShape input = isc_shape (1, (gint64)50);
  g_autoptr (IscNetwork) network = isc_network_new (modules, generator, &input, 2, NULL);
  float x[100];
  const float *y;

  for (guint i = 0; i < 100; i++)
    x[i] = (float)i + 1.0f;
  isc_network_set_generator (network, generator);
  y = isc_network_forward (network, x, 2);
  for (guint i = 0; i < 100; i++)
    {
      gboolean kept = isc_generator_uniform_double (again) < 0.75;

      g_assert_cmpfloat (y[i], ==, kept ? x[i] * (float)(1.0 / 0.75) : 0.0f);
    }
  isc_network_set_training (network, FALSE);
  y = isc_network_forward (network, x, 2);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpfloat (y[i], ==, x[i]);
}

/* Vectors are looked up, and a vector's gradient is the sum over where it was; padding has none.
 * An index that is none is the nearest. */
static void
test_embedding (void)
{
  g_autoptr (GPtrArray) modules = parse_list ("Embedding(4, 2, padding_idx=-1)");
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  IscShape input = isc_shape (1, (gint64)3);
  g_autoptr (IscNetwork) network = isc_network_new (modules, generator, &input, 2, NULL);
  const float *weight = isc_tensor_get_data (isc_network_get_parameter (network, 0));
  const float x[] = { 2, 0, 3, 2, 3, 2 };
  const float odd[] = { -5, 1e30f, NAN, 1.5f, 3.5f, 0.5f };
  const guint rows[] = { 0, 3, 0, 1, 3, 0 };
  float dy[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
  const float expected[] = { 3, 4, 0, 0, 1 + 7 + 11, 2 + 8 + 12, 0, 0 };
  const float *y;

  g_assert_cmpuint (isc_network_get_output_width (network), ==, 6);
  y = isc_network_forward (network, x, 2);
  for (guint i = 0; i < 6; i++)
    for (guint j = 0; j < 2; j++)
      g_assert_cmpfloat (y[2 * i + j], ==, weight[2 * (guint)x[i] + j]);
  isc_network_backward (network, dy, 2, NULL, NULL);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (isc_network_get_gradient (network, 0)[i], ==, expected[i]);
  y = isc_network_forward (network, odd, 2);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (y[2 * i], ==, weight[2 * rows[i]]);
}

/* Names as in PyTorch; which line a parameter belongs to, and which module; y = x + scale f(x). */
static void
test_residual (void)
{
  g_autoptr (GPtrArray) modules = parse_list (
      "Linear(2, 2), Residual(ReLU(), Residual(Linear(2, 2, bias=False)), scale=0.5), Tanh()");
  g_autoptr (IscGenerator) generator = isc_generator_new (3);
  IscShape input = isc_shape (1, (gint64)2);
  g_autoptr (IscNetwork) network = isc_network_new (modules, generator, &input, 1, NULL);
  static const char *const names[] = { "0", "1.f.0", "1.f.1.f.0", "1.f.1", "1", "2" };
  static const guint begins[] = { 0, 1, 2, 2, 1, 5 };
  const float identity[] = { 1, 0, 0, 1 };
  const float square[] = { 1, 2, 3, 4 };
  const float x[] = { 5, -6 };
  const float *y;

  g_assert_cmpuint (isc_network_get_n_modules (network), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpstr (isc_network_describe_module (network, i)->name, ==, names[i]);
      g_assert_cmpuint (isc_network_describe_module (network, i)->begin, ==, begins[i]);
    }
  g_assert_cmpuint (isc_network_get_n_parameters (network), ==, 3);
  g_assert_cmpstr (isc_tensor_get_name (isc_network_get_parameter (network, 2)), ==,
                   "1.f.1.f.0.weight");
  g_assert_cmpuint (isc_network_describe_module (network, isc_network_get_owner (network, 2))->line,
                    ==, 1);
  g_assert_cmpuint (isc_network_get_owner (network, 2), ==, 2);

  memcpy (isc_network_get_weights (network, 0), identity, sizeof identity);
  memset (isc_network_get_weights (network, 1), 0, 2 * sizeof (float));
  memcpy (isc_network_get_weights (network, 2), square, sizeof square);
  y = isc_network_forward (network, x, 1);
  /* r = relu (5, −6) = (5, 0); r + (5, 15) = (10, 15); x + half of it. */
  g_assert_cmpfloat (y[0], ==, tanhf (10.0f));
  assert_close ((double)y[1], tanh (1.5), 1e-6, 0);
}

/* What comes does not fit what a layer slides over or normalizes. */
static void
test_unfit (void)
{
  const struct
  {
    const char *module;
    IscShape input;
    const char *message;
  } cases[] = {
    { "Conv2d(3, 8, 5)",
      { 3, { 1, 9, 9 } },
      "network[0]: Conv2d takes 3 channels (in_channels), and 1 come" },
    { "Conv2d(1, 8, 5)",
      { 3, { 1, 4, 9 } },
      "network[0]: Conv2d: a kernel that reaches over 5 is larger than its input of 4, padding and "
      "all" },
    { "Conv2d(1, 8, 5)",
      { 1, { 81 } },
      "network[0]: Conv2d takes inputs of 3 dimensions, channels first, as data with flatten=False "
      "have them, and 81 come" },
    { "Conv2d(1, 8, 5, padding_mode='reflect')",
      { 3, { 1, 9, 9 } },
      "network[0]: Conv2d: padding_mode='reflect' can't be trained yet: 'zeros' can" },
    { "MaxPool2d(2, padding=2)",
      { 3, { 1, 9, 9 } },
      "network[0]: MaxPool2d: padding=2 is more than half of kernel_size=2" },
    { "BatchNorm2d(4)",
      { 3, { 3, 9, 9 } },
      "network[0]: BatchNorm2d takes 4 channels (num_features) of images, and 3×9×9 come" },
    { "Linear(3, 3), Embedding(4, 2)",
      { 1, { 3 } },
      "network[1]: Embedding takes whole numbers, which only data are: it should be the first "
      "module" },
    { "Embedding(4, 2)",
      { 7, { 1, 1, 1, 1, 1, 1, 1 } },
      "network[0]: Embedding takes inputs of at most 6 dimensions, and 1×1×1×1×1×1×1 come" },
    { "Residual(Linear(4, 4), Residual(Linear(4, 3)))",
      { 1, { 4 } },
      "network[0].f[1]: Residual: its modules make 3 of 4, and x + f(x) needs the same shape" },
    { "LayerNorm(4)",
      { 1, { 5 } },
      "network[0]: LayerNorm takes inputs that end in 4 (normalized_shape), and 5 come" },
    { "PReLU(4)",
      { 1, { 5 } },
      "network[0]: PReLU: num_parameters=4 is neither 1 nor the 5 channels that come" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) modules = parse_list (cases[i].module);
      g_autoptr (IscGenerator) generator = isc_generator_new (0);
      g_autoptr (GError) error = NULL;

      g_assert_null (isc_network_new (modules, generator, &cases[i].input, 2, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

int
main (int argc, char **argv)
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  vectors = reference_load ("reference/pytorch/vectors.json");
  g_test_add_func ("/engine/network/layers", test_layers);
  g_test_add_func ("/engine/network/models", test_models);
  g_test_add_func ("/engine/network/apply", test_apply);
  g_test_add_func ("/engine/network/refused", test_refused);
  g_test_add_func ("/engine/network/dropout", test_dropout);
  g_test_add_func ("/engine/network/embedding", test_embedding);
  g_test_add_func ("/engine/network/residual", test_residual);
  g_test_add_func ("/engine/network/unfit", test_unfit);
  status = g_test_run ();
  json_object_unref (vectors);
  return status;
}
