/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Freshly constructed layers and models against the reference, and the backward pass against
 * central differences. */

#include <math.h>
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
    assert_tensor (isc_network_get_parameter (network, i),
                   json_array_get_object_element (params, i));
  for (guint i = 0; i < json_array_get_length (next); i++)
    g_assert_cmpint (isc_generator_word (generator) & 0xffffff, ==,
                     json_array_get_int_element (next, i));
}

static void
test_layers (void)
{
  JsonArray *entries = json_object_get_array_member (vectors, "layers");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      JsonObject *args = json_object_get_object_member (entry, "args");
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) modules = NULL;
      g_autoptr (IscGenerator) generator = NULL;
      g_autoptr (IscNetwork) network = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_equal (json_object_get_string_member (entry, "layer"), "Linear"))
        continue;
      g_string_printf (text, "Linear(%d, %d%s)",
                       (int)json_object_get_int_member (args, "in_features"),
                       (int)json_object_get_int_member (args, "out_features"),
                       json_object_has_member (args, "bias")
                               && !json_object_get_boolean_member (args, "bias")
                           ? ", bias=False"
                           : "");
      modules = parse_list (text->str);
      generator = isc_generator_new ((guint64)json_object_get_int_member (entry, "seed"));
      network = isc_network_new (modules, generator, NULL, 0, &error);
      g_assert_no_error (error);
      assert_network (network, generator, entry);
      n++;
    }
  g_assert_cmpuint (n, >=, 12);
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
  guint n = 0;

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
      gboolean known = TRUE;

      for (guint j = 0; j < json_array_get_length (layers); j++)
        {
          JsonArray *layer = json_array_get_array_element (layers, j);

          known = known && !strstr (json_array_get_string_element (layer, 0), "2d");
          g_string_append_printf (text, "%s%s(", j ? ", " : "",
                                  json_array_get_string_element (layer, 0));
          for (guint k = 1; k < json_array_get_length (layer); k++)
            g_string_append_printf (text, "%s%d", k > 1 ? ", " : "",
                                    (int)json_array_get_int_element (layer, k));
          g_string_append_c (text, ')');
        }
      if (!known)
        continue;
      modules = parse_list (text->str);
      generator = isc_generator_new ((guint64)json_object_get_int_member (entry, "seed"));
      network = isc_network_new (modules, generator, NULL, 0, &error);
      g_assert_no_error (error);
      apply.data = rules;
      g_assert_true (isc_network_apply (network, &apply, generator, &error));
      assert_network (network, generator, entry);
      n++;
    }
  g_assert_cmpuint (n, >=, 15);
}

static double
loss_of (IscNetwork *network,
         const IscLoss *loss,
         const float *x,
         gsize batch,
         const IscTargets *targets,
         float *gradient)
{
  const float *outputs = isc_network_forward (network, x, batch);

  return loss->evaluate (NULL, outputs, targets, batch, isc_network_get_output_width (network),
                         gradient);
}

/* Every module, activation and loss of the catalog, in one chain each. */
static void
check_gradients (const char *modules_text, const char *loss_id)
{
  const gsize batch = 5;
  const float step = 2e-3f;
  IscShape input = isc_shape (1, (gint64)4);
  g_autoptr (GPtrArray) modules = parse_list (modules_text);
  g_autoptr (IscGenerator) generator = isc_generator_new (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscNetwork) network = isc_network_new (modules, generator, &input, batch, &error);
  const IscLoss *loss = (const IscLoss *)isc_catalog_find (ISC_KIND_LOSS, loss_id, NULL);
  const gint64 classes[] = { 0, 2, 1, 1, 0 };
  float x[20], values[15], d_outputs[15];
  IscTargets targets = { .classes = loss->wants_classes ? classes : NULL,
                         .values = loss->wants_classes ? NULL : values };

  g_assert_no_error (error);
  isc_generator_normal (generator, x, G_N_ELEMENTS (x), 0.0, 1.0);
  isc_generator_normal (generator, values, G_N_ELEMENTS (values), 0.0, 1.0);
  for (guint i = 0; i < isc_network_get_n_parameters (network); i++)
    {
      IscTensor *parameter = isc_network_get_parameter (network, i);
      float *data = isc_tensor_edit_data (parameter);

      for (gsize j = 0; j < isc_tensor_get_count (parameter); j += 3)
        {
          float kept = data[j];
          double above, below, gradient;

          loss_of (network, loss, x, batch, &targets, d_outputs);
          isc_network_backward (network, d_outputs, batch);
          gradient = (double)isc_network_get_gradient (network, i)[j];
          data[j] = kept + step;
          above = loss_of (network, loss, x, batch, &targets, NULL);
          data[j] = kept - step;
          below = loss_of (network, loss, x, batch, &targets, NULL);
          data[j] = kept;
          /* A float32 loss near 1 is off by 1e-7, over two steps 3e-5; third derivatives give step²
           * / 6 ~ 1e-6.  A kink crossed by one of five examples would give far more: the seed
           * avoids it. */
          assert_close ((above - below) / (2.0 * (double)step), gradient, 2e-3, 1e-4);
        }
    }
}

static void
test_gradients (void)
{
  guint n;
  const IscItem *const *activations = isc_catalog_get_items (ISC_KIND_ACTIVATION, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text
          = g_strdup_printf ("Linear(4, 6), %s(), Linear(6, 5, bias=False), %s(), Linear(5, 3)",
                             activations[i]->id, activations[i]->id);

      check_gradients (text, "CrossEntropyLoss");
      check_gradients (text, "MSELoss");
    }
}

static void
test_refused (void)
{
  IscShape input = isc_shape (1, (gint64)4);
  g_autoptr (GPtrArray) mismatch = parse_list ("Linear(4, 6), ReLU(), Linear(5, 3)");
  g_autoptr (GPtrArray) huge = parse_list ("Linear(1000000, 1000000)");
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_network_new (mismatch, generator, &input, 2, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "network[2]: Linear takes 5 inputs (in_features), and 6 come");
  g_clear_error (&error);
  g_assert_null (isc_network_new (huge, generator, NULL, 0, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "network[0]: 1000000×1000000 is 1e+12 weights (4e+03 GB): at most 2,147,483,648 "
                   "are allowed");
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
  g_test_add_func ("/engine/network/gradients", test_gradients);
  g_test_add_func ("/engine/network/refused", test_refused);
  status = g_test_run ();
  json_object_unref (vectors);
  return status;
}
