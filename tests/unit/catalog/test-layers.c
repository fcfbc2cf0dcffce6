/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every layer's parameters under PyTorch's names, in PyTorch's shapes, with PyTorch's numbers; what
 * they promise of themselves, law and fans; and the sentences for arguments that do not fit. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/layers/layers.h"
#include "support/reference.h"

/* A freshly constructed layer. */
typedef struct
{
  const IscLayer *layer;
  IscArguments *arguments;
  IscGenerator *generator;
  GPtrArray *tensors;
} Fresh;

static void
fresh_clear (Fresh *fresh)
{
  g_clear_pointer (&fresh->arguments, isc_arguments_unref);
  g_clear_pointer (&fresh->generator, isc_generator_free);
  g_clear_pointer (&fresh->tensors, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fresh, fresh_clear)

static Fresh
construct (const char *text, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  const IscItem *item = NULL;
  Fresh fresh = { .generator = isc_generator_new (seed) };

  g_assert_no_error (error);
  fresh.arguments = isc_catalog_bind (ISC_KIND_LAYER, call, &item, &error);
  g_assert_no_error (error);
  fresh.layer = (const IscLayer *)item;
  g_assert_true (isc_layer_check (fresh.layer, fresh.arguments, &error));
  fresh.tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  for (guint i = 0; i < fresh.layer->count_parameters (fresh.arguments); i++)
    {
      IscLayerParameter parameter = { 0 };

      fresh.layer->get_parameter (fresh.arguments, i, &parameter);
      g_ptr_array_add (fresh.tensors, isc_tensor_new (parameter.name, &parameter.shape, &error));
      g_assert_no_error (error);
    }
  fresh.layer->initialize (fresh.arguments, fresh.generator,
                           (IscTensor *const *)fresh.tensors->pdata);
  return fresh;
}

/* {"in_features": 3, "bias": false} as a call of @layer. */
static char *
call_text (const char *layer, JsonObject *arguments)
{
  GString *text = g_string_new (layer);
  g_autoptr (GList) keys = json_object_get_members (arguments);

  g_string_append_c (text, '(');
  for (GList *key = keys; key; key = key->next)
    {
      JsonNode *node = json_object_get_member (arguments, key->data);

      g_string_append_printf (text, "%s%s=", key == keys ? "" : ", ", (const char *)key->data);
      if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        g_string_append (text, json_node_get_boolean (node) ? "True" : "False");
      else
        g_string_append_printf (text, "%d", (int)json_node_get_int (node));
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static void
assert_parameter (const char *text, const IscTensor *tensor, JsonObject *expected)
{
  JsonArray *dims = json_object_get_array_member (expected, "shape");
  const IscShape *shape = isc_tensor_get_shape (tensor);
  gsize size = isc_tensor_get_count (tensor) * sizeof (float);
  g_autofree char *sum
      = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                     (const guchar *)isc_tensor_get_data (tensor), size);

  g_test_message ("%s: %s", text, isc_tensor_get_name (tensor));
  g_assert_cmpstr (isc_tensor_get_name (tensor), ==,
                   json_object_get_string_member (expected, "name"));
  g_assert_cmpuint (shape->n_dims, ==, json_array_get_length (dims));
  for (guint i = 0; i < shape->n_dims; i++)
    g_assert_cmpint (shape->dims[i], ==, json_array_get_int_element (dims, i));
  g_assert_cmpstr (sum, ==, json_object_get_string_member (expected, "sha256"));
}

static void
test_vectors (void)
{
  g_autoptr (JsonObject) vectors = reference_load ("reference/pytorch/vectors.json");
  JsonArray *entries = json_object_get_array_member (vectors, "layers");

  g_assert_cmpuint (json_array_get_length (entries), ==, 66);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      JsonArray *parameters = json_object_get_array_member (entry, "params");
      JsonArray *next = json_object_get_array_member (entry, "next24");
      g_autofree char *text = call_text (json_object_get_string_member (entry, "layer"),
                                         json_object_get_object_member (entry, "args"));
      g_auto (Fresh) fresh = construct (text, (guint64)json_object_get_int_member (entry, "seed"));

      g_assert_cmpuint (fresh.tensors->len, ==, json_array_get_length (parameters));
      for (guint j = 0; j < fresh.tensors->len; j++)
        assert_parameter (text, fresh.tensors->pdata[j],
                          json_array_get_object_element (parameters, j));
      for (guint j = 0; j < json_array_get_length (next); j++)
        g_assert_cmpint (isc_generator_word (fresh.generator) & 0xffffff, ==,
                         json_array_get_int_element (next, j));
    }
}

/* Further cases from PyTorch 1.13.  The seed is the row's number, counted from 1; the digest is the
 * start of the SHA-256 of all parameters, each as "name 8x4x3\n" and its float32, little-endian;
 * the last column is what torch.empty(1, dtype=torch.int64).random_(0, 1 << 24) gives then. */
static const struct
{
  const char *call;
  const char *digest;
  guint32 next;
} cases[] = {
  { "Linear(1, 1)", "e6fefb3186f43535", 6762380 },
  { "Conv1d(6, 6, 5, groups=6)", "d41c2d81af8356f2", 12075263 },
  { "Conv2d(8, 12, (3, 5), groups=2, bias=False)", "aec4139997d113ec", 16685736 },
  { "Conv3d(4, 8, (1, 2, 3), groups=4)", "27372860ee28b189", 12504434 },
  { "ConvTranspose1d(6, 9, 4, groups=3)", "1534555e915fcdd7", 7772059 },
  { "ConvTranspose2d(3, 5, (2, 3), 2, 1, 1, 1, False)", "80bd0adc5759e544", 11659461 },
  { "ConvTranspose3d(2, 4, 3, groups=2)", "4995e78eac927b70", 10387805 },
  { "Bilinear(7, 2, 3, bias=False)", "2e4f90fffe9891e0", 10315622 },
  { "Embedding(7, 5, padding_idx=-2)", "dcffaad4519cc4cb", 9726312 },
  { "Embedding(3, 4, 2)", "024fb1573c9292e6", 180463 },
  { "RNN(4, 3, 3, bidirectional=True)", "0062bf7e213513d1", 8621013 },
  { "RNN(4, 3, nonlinearity='relu', bias=False)", "b7239d8806703dc0", 929141 },
  { "LSTM(6, 8, num_layers=3, bidirectional=True, proj_size=3)", "5dcd39a85a58277a", 12083506 },
  { "LSTM(6, 8, 2, bias=False, proj_size=5)", "87c344efccab4543", 250706 },
  { "GRU(5, 4, 2, False, bidirectional=True)", "98a96e719f0cde1c", 2374190 },
  { "RNNCell(3, 5)", "78299717876c67b1", 1060795 },
  { "LSTMCell(3, 5, bias=False)", "64d43be5a8d9312c", 6193638 },
  { "GRUCell(4, 2)", "048c298010184ecf", 9057155 },
  { "MultiheadAttention(8, 2)", "12c400e6481049ec", 8584628 },
  { "MultiheadAttention(9, 3, bias=False)", "66625d491812b2dc", 3773239 },
  { "MultiheadAttention(8, 4, add_bias_kv=True)", "1ff5f224336ecf0c", 10296577 },
  { "MultiheadAttention(6, 2, add_bias_kv=True, kdim=5, vdim=7)", "39b6d31186036735", 10237883 },
  { "MultiheadAttention(6, 3, bias=False, add_bias_kv=True, kdim=4)", "2fdb428941c2a824", 7423748 },
  { "MultiheadAttention(6, 3, kdim=6, vdim=6)", "84e2cef3926ad935", 14475158 },
  { "BatchNorm1d(5)", "fd6013104d15ccf2", 12612740 },
  { "LayerNorm((2, 3))", "9e60c325693cb408", 13947701 },
  { "GroupNorm(2, 6)", "44c231c50e617b19", 16520211 },
  { "BatchNorm2d(4, affine=False)", "e3b0c44298fc1c14", 10528001 },
  { "PReLU()", "08d4d91cf458a421", 2056149 },
  { "PReLU(3, 0.1)", "310e92149e1cd609", 15111973 },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Fresh) fresh = construct (cases[i].call, i + 1);
      g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

      for (guint j = 0; j < fresh.tensors->len; j++)
        {
          const IscTensor *tensor = fresh.tensors->pdata[j];
          g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (tensor), "x");
          g_autofree char *head = g_strdup_printf ("%s %s\n", isc_tensor_get_name (tensor), shape);

          g_checksum_update (sum, (const guchar *)head, -1);
          g_checksum_update (sum, (const guchar *)isc_tensor_get_data (tensor),
                             (gssize)(isc_tensor_get_count (tensor) * sizeof (float)));
        }
      g_test_message ("%s", cases[i].call);
      g_assert_true (g_str_has_prefix (g_checksum_get_string (sum), cases[i].digest));
      g_assert_cmpuint (isc_generator_word (fresh.generator) & 0xffffff, ==, cases[i].next);
    }
}

/* The law holds: moments at five standard errors, no weight beyond a bound.  A parameter of less
 * than 100 weights says too little about its moments. */
static void
assert_law (const char *text, const IscTensor *tensor, const IscLaw *law)
{
  const float *x = isc_tensor_get_data (tensor);
  double n = (double)isc_tensor_get_count (tensor);
  double mean = isc_law_mean (law);
  double variance = isc_law_variance (law);
  double low, high, sum = 0.0, squares = 0.0;

  isc_law_bounds (law, &low, &high);
  for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
    {
      sum += (double)x[i] - mean;
      squares += ((double)x[i] - mean) * ((double)x[i] - mean);
      /* A float32 bound is rounded, by at most 6e-8 of itself. */
      g_assert_cmpfloat ((double)x[i], >=, low - 6e-8 * fabs (low));
      g_assert_cmpfloat ((double)x[i], <=, high + 6e-8 * fabs (high));
    }
  if (n < 100.0 || variance == 0.0)
    return;
  g_test_message ("%s: %s", text, isc_tensor_get_name (tensor));
  assert_close (sum / n, 0.0, 0.0, 5.0 * sqrt (variance / n));
  assert_close (squares / n, variance, 5.0 * sqrt ((isc_law_excess_kurtosis (law) + 2.0) / n), 0.0);
}

static void
test_laws (void)
{
  static const char *const calls[] = {
    "Linear(30, 40)",
    "Conv2d(8, 16, (3, 5), groups=4)",
    "ConvTranspose1d(12, 20, 4, groups=4)",
    "Bilinear(6, 5, 40)",
    "Embedding(40, 50)",
    "Embedding(10, 300, padding_idx=3)",
    "GRU(20, 30, 2, bidirectional=True)",
    "LSTM(20, 30, proj_size=12)",
    "MultiheadAttention(128, 4, add_bias_kv=True)",
    "MultiheadAttention(128, 4, kdim=30, vdim=70)",
    "GroupNorm(3, 120)",
    "PReLU(120, init=0.1)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_auto (Fresh) fresh = construct (calls[i], i);

      for (guint j = 0; j < fresh.tensors->len; j++)
        {
          IscLaw law = fresh.layer->law (fresh.arguments, j);

          assert_law (calls[i], fresh.tensors->pdata[j], &law);
        }
    }
}

static void
assert_described (const char *text, guint index, const char *formula)
{
  g_auto (Fresh) fresh = construct (text, 0);
  g_autofree char *described = fresh.layer->describe (fresh.arguments, index);

  g_assert_cmpstr (described, ==, formula);
}

static void
test_described (void)
{
  assert_described ("Linear(784, 2)", 0, "bound = 1 / √784 = 0.03571");
  assert_described ("Conv2d(3, 16, 3)", 0, "bound = 1 / √(3 · 9) = 0.1925");
  assert_described ("Conv2d(3, 16, 3)", 1, "bound = 1 / √(3 · 9) = 0.1925");
  assert_described ("Conv3d(8, 16, (1, 2, 3), groups=4)", 0, "bound = 1 / √(8 / 4 · 6) = 0.2887");
  assert_described ("ConvTranspose2d(8, 4, 4, groups=2)", 0, "bound = 1 / √(4 / 2 · 16) = 0.1768");
  assert_described ("Bilinear(4, 3, 5)", 1, "bound = 1 / √4 = 0.5");
  assert_described ("Embedding(3, 4)", 0, "std = 1");
  assert_described ("Embedding(3, 4, padding_idx=-1)", 0, "std = 1, row 2 = 0");
  assert_described ("LSTM(10, 20)", 2, "bound = 1 / √20 = 0.2236");
  assert_described ("MultiheadAttention(64, 4)", 0, "bound = √(6 / (64 + 192)) = 0.1531");
  assert_described ("MultiheadAttention(64, 4)", 1, "b = 0");
  assert_described ("MultiheadAttention(64, 4)", 2, "bound = 1 / √64 = 0.125");
  assert_described ("MultiheadAttention(64, 4, add_bias_kv=True)", 2,
                    "std = √(2 / (64 + 64)) = 0.125");
  assert_described ("MultiheadAttention(64, 4, kdim=32)", 1, "bound = √(6 / (32 + 64)) = 0.25");
  assert_described ("BatchNorm1d(4)", 0, "γ = 1");
  assert_described ("LayerNorm(4)", 1, "β = 0");
  assert_described ("PReLU()", 0, "a = 0.25");
}

static void
test_fans (void)
{
  g_autoptr (JsonObject) vectors = reference_load ("reference/pytorch/vectors.json");
  JsonArray *entries = json_object_get_array_member (vectors, "fans");

  g_assert_cmpuint (json_array_get_length (entries), ==, 9);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonArray *entry = json_array_get_array_element (entries, i);
      JsonArray *dims = json_array_get_array_element (entry, 0);
      IscShape shape = { .n_dims = json_array_get_length (dims) };
      IscSite site;

      for (guint j = 0; j < shape.n_dims; j++)
        shape.dims[j] = json_array_get_int_element (dims, j);
      site = isc_site_of_shape (&shape);
      g_assert_cmpint (site.fan_in, ==, json_array_get_int_element (entry, 1));
      g_assert_cmpint (site.fan_out, ==, json_array_get_int_element (entry, 2));
    }
}

/* Parameter @index has these fans by PyTorch's count, and these by the corrected one. */
static void
assert_fans (const char *text,
             guint index,
             gint64 fan_in,
             gint64 fan_out,
             gint64 corrected_in,
             gint64 corrected_out)
{
  g_auto (Fresh) fresh = construct (text, 0);
  IscSite site = isc_layer_get_site (fresh.layer, fresh.arguments, index, ISC_FANS_PYTORCH);

  g_test_message ("%s", text);
  g_assert_cmpstr (site.layer, ==, fresh.layer->item.id);
  g_assert_cmpint (site.fan_in, ==, fan_in);
  g_assert_cmpint (site.fan_out, ==, fan_out);
  site = isc_layer_get_site (fresh.layer, fresh.arguments, index, ISC_FANS_CORRECTED);
  g_assert_cmpint (site.fan_in, ==, corrected_in);
  g_assert_cmpint (site.fan_out, ==, corrected_out);
}

static void
test_corrected_fans (void)
{
  assert_fans ("Linear(3, 5)", 0, 3, 5, 3, 5);
  assert_fans ("Conv2d(3, 5, 2)", 0, 12, 20, 12, 20);
  assert_fans ("Conv2d(6, 12, (2, 3), groups=3)", 0, 12, 72, 12, 24);
  assert_fans ("Conv1d(8, 8, 5, groups=8)", 0, 5, 40, 5, 5);
  assert_fans ("Conv1d(8, 8, 5)", 1, 0, 0, 0, 0);
  assert_fans ("ConvTranspose1d(4, 6, 3)", 0, 18, 12, 12, 18);
  assert_fans ("ConvTranspose2d(8, 4, 3, groups=2)", 0, 18, 72, 36, 18);
  assert_fans ("Bilinear(4, 3, 5)", 0, 12, 15, 12, 5);
  assert_fans ("Embedding(50, 8)", 0, 8, 50, 1, 8);
  assert_fans ("RNN(5, 7)", 0, 5, 7, 5, 7);
  assert_fans ("LSTM(5, 7)", 0, 5, 28, 5, 7);
  assert_fans ("LSTM(5, 7, 2, bidirectional=True)", 9, 7, 28, 7, 7);
  assert_fans ("LSTM(5, 7, proj_size=2)", 1, 2, 28, 2, 7);
  assert_fans ("LSTM(5, 7, proj_size=2)", 4, 7, 2, 7, 2);
  assert_fans ("GRU(5, 7)", 1, 7, 21, 7, 7);
  assert_fans ("MultiheadAttention(8, 2)", 0, 8, 24, 8, 8);
  assert_fans ("MultiheadAttention(8, 2, kdim=6)", 1, 6, 8, 6, 8);
  assert_fans ("MultiheadAttention(8, 2)", 2, 8, 8, 8, 8);
}

/* A script's f in network.apply(f) reaches Linear and the convolutions, and so the Linear in
 * MultiheadAttention; a scheme for one layer reaches what it has the dimensions for. */
static void
test_is_set_by (void)
{
  static const struct
  {
    const char *call;
    guint index;
    const char *scheme;
    gboolean in_network;
    gboolean alone;
  } rows[] = {
    { "Linear(3, 4)", 0, "orthogonal_", TRUE, TRUE },
    { "Linear(3, 4)", 1, "orthogonal_", TRUE, TRUE },
    { "Conv2d(3, 4, 2)", 0, "zeros_", TRUE, TRUE },
    { "ConvTranspose1d(3, 4, 2)", 1, "zeros_", TRUE, TRUE },
    { "LSTM(3, 4)", 0, "orthogonal_", FALSE, TRUE },
    { "LSTM(3, 4)", 2, "zeros_", FALSE, TRUE },
    { "BatchNorm2d(3)", 0, "orthogonal_", FALSE, FALSE },
    { "BatchNorm2d(3)", 0, "zeros_", FALSE, TRUE },
    { "Embedding(3, 4)", 0, "normal_", FALSE, TRUE },
    { "MultiheadAttention(4, 2)", 0, "xavier_uniform_", FALSE, TRUE },
    { "MultiheadAttention(4, 2)", 2, "xavier_uniform_", TRUE, TRUE },
    { "MultiheadAttention(4, 2)", 3, "zeros_", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Fresh) fresh = construct (rows[i].call, 0);
      const IscScheme *scheme
          = (const IscScheme *)isc_catalog_find (ISC_KIND_SCHEME, rows[i].scheme, NULL);
      IscLayerParameter parameter = { 0 };

      fresh.layer->get_parameter (fresh.arguments, rows[i].index, &parameter);
      g_test_message ("%s: %s by %s", rows[i].call, parameter.name, rows[i].scheme);
      g_assert_cmpint (isc_layer_is_set_by (fresh.layer, &parameter, scheme, FALSE), ==,
                       rows[i].in_network);
      g_assert_cmpint (isc_layer_is_set_by (fresh.layer, &parameter, scheme, TRUE), ==,
                       rows[i].alone);
    }
}

static void
assert_refused (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  const IscItem *item = NULL;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_LAYER, call, &item, &error);

  if (arguments)
    g_assert_false (isc_layer_check ((const IscLayer *)item, arguments, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  assert_refused ("Conv2d(4, 6, 3, groups=3)", "Conv2d: groups=3 does not divide in_channels=4");
  assert_refused ("ConvTranspose1d(6, 4, 3, groups=3)",
                  "ConvTranspose1d: groups=3 does not divide out_channels=4");
  assert_refused ("Conv2d(4, 6, 0)", "Conv2d: kernel_size=0 is outside 1..4096");
  assert_refused ("Conv2d(4, 6, (3, 3, 3))",
                  "Conv2d: kernel_size=(3, 3, 3) has 3 items, and must be a number or have 2");
  assert_refused ("Conv3d(4, 6, (3,))",
                  "Conv3d: kernel_size=(3,) has 1 item, and must be a number or have 3");
  assert_refused ("Conv1d(4, 6, 3, dilation=(1, 2))",
                  "Conv1d: dilation=(1, 2) has 2 items, and must be a number or have 1");
  assert_refused ("Conv2d(4, 6, 3, padding='same', stride=2)",
                  "Conv2d: padding='same' needs stride=1");
  assert_refused ("Conv2d(4, 6, 3, padding='full')",
                  "Conv2d: padding='full' is not one of 'valid', 'same'");
  assert_refused ("ConvTranspose2d(4, 6, 3, padding='same')",
                  "ConvTranspose2d: padding='same' should be a whole number or a tuple of them");
  assert_refused ("Embedding(3, 4, padding_idx=3)", "Embedding: padding_idx=3 is outside -3..2");
  assert_refused ("Embedding(3, 4, padding_idx=-4)", "Embedding: padding_idx=-4 is outside -3..2");
  assert_refused ("LSTM(3, 4, proj_size=4)", "LSTM: proj_size=4 must be below hidden_size=4");
  assert_refused ("GRU(3, 4, num_layers=65)", "GRU: num_layers=65 is outside 1..64");
  assert_refused ("GRU(3, 4, proj_size=2)",
                  "GRU has no parameter 'proj_size': it has input_size, hidden_size, num_layers, "
                  "bias, batch_first, dropout, bidirectional");
  assert_refused ("RNN(3, 4, nonlinearity='selu')",
                  "RNN: nonlinearity='selu' is not one of 'tanh', 'relu'");
  assert_refused ("MultiheadAttention(10, 3)",
                  "MultiheadAttention: num_heads=3 does not divide embed_dim=10");
  assert_refused ("GroupNorm(3, 10)", "GroupNorm: num_groups=3 does not divide num_channels=10");
}

/* The largest of everything: no product overflows on the way to the sentence that refuses it. */
static void
test_too_large (void)
{
  static const char *const calls[] = {
    "Conv3d(16777216, 16777216, 4096)",       "ConvTranspose3d(16777216, 16777216, 4096)",
    "LSTM(16777216, 16777216, 64)",           "MultiheadAttention(16777216, 1)",
    "Bilinear(16777216, 16777216, 16777216)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (IscCall) call = isc_call_parse (calls[i], NULL);
      const IscItem *item = NULL;
      g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_LAYER, call, &item, NULL);
      const IscLayer *layer = (const IscLayer *)item;
      g_autoptr (GError) error = NULL;
      IscLayerParameter parameter = { 0 };
      IscSite site;

      g_assert_true (isc_layer_check (layer, arguments, &error));
      layer->get_parameter (arguments, 0, &parameter);
      site = isc_layer_get_site (layer, arguments, 0, ISC_FANS_CORRECTED);
      g_assert_cmpint (site.fan_in, >=, 0);
      g_assert_cmpint (site.fan_out, >=, 0);
      g_assert_null (isc_tensor_new ("weight", &parameter.shape, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
    }
}

/* A layer that only shows its weights says which can be trained. */
static void
test_untrained (void)
{
  g_auto (Fresh) lstm = construct ("LSTM(3, 4)", 0);
  g_auto (Fresh) linear = construct ("Linear(3, 4)", 0);
  IscShape input = isc_shape (1, G_GINT64_CONSTANT (3));
  IscShape output;
  g_autoptr (GError) error = NULL;

  g_assert_true (isc_layer_infer_shape (linear.layer, linear.arguments, &input, &output, &error));
  g_assert_cmpint (output.dims[0], ==, 4);
  g_assert_false (isc_layer_infer_shape (lstm.layer, lstm.arguments, &input, &output, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "LSTM shows its weights on the Weights page, but can't be trained yet: of the "
                   "layers, only Linear, Conv1d, Conv2d, Conv3d, Embedding, BatchNorm1d, "
                   "BatchNorm2d, "
                   "LayerNorm, "
                   "GroupNorm, PReLU, MaxPool2d, AvgPool2d, Flatten, Dropout, Residual can");
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/layers/vectors", test_vectors);
  g_test_add_func ("/catalog/layers/cases", test_cases);
  g_test_add_func ("/catalog/layers/laws", test_laws);
  g_test_add_func ("/catalog/layers/described", test_described);
  g_test_add_func ("/catalog/layers/fans", test_fans);
  g_test_add_func ("/catalog/layers/corrected-fans", test_corrected_fans);
  g_test_add_func ("/catalog/layers/is-set-by", test_is_set_by);
  g_test_add_func ("/catalog/layers/refused", test_refused);
  g_test_add_func ("/catalog/layers/too-large", test_too_large);
  g_test_add_func ("/catalog/layers/untrained", test_untrained);
  return g_test_run ();
}
