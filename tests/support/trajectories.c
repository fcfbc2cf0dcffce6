/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/trajectories.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "catalog/layers/layers.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

static char *call_of (JsonArray *list);

/* The modules of a block, as arguments of the call that holds it. */
static void
append_block (GString *text, JsonArray *modules)
{
  for (guint i = 0; i < json_array_get_length (modules); i++)
    {
      g_autofree char *module = call_of (json_array_get_array_element (modules, i));

      g_string_append_printf (text, "%s%s", i ? ", " : "", module);
    }
}

/* [name, 1, "x"], [name, {key: value}] or [name, [module, ...]] as a call.  Integers stay integers:
 * g_ascii_dtostr writes 10, not 10.0. */
static char *
call_of (JsonArray *list)
{
  GString *text = g_string_new (json_array_get_string_element (list, 0));

  g_string_append_c (text, '(');
  for (guint i = 1; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          g_autoptr (GList) keys = json_object_get_members (json_node_get_object (node));

          for (GList *key = keys; key; key = key->next)
            {
              JsonNode *value = json_object_get_member (json_node_get_object (node), key->data);
              g_autofree char *json = json_to_string (value, FALSE);

              g_string_append_printf (text, "%s%s=", key == keys ? "" : ", ",
                                      (const char *)key->data);
              if (JSON_NODE_HOLDS_ARRAY (value))
                g_string_append_printf (text, "(%.*s)", (int)strlen (json) - 2, json + 1);
              else if (json_node_get_value_type (value) == G_TYPE_BOOLEAN)
                g_string_append (text, json_node_get_boolean (value) ? "True" : "False");
              else
                g_string_append (text, g_strdelimit (json, "\"", '\''));
            }
        }
      else if (JSON_NODE_HOLDS_ARRAY (node))
        append_block (text, json_node_get_array (node));
      else if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (text, "%s'%s'", i > 1 ? ", " : "", json_node_get_string (node));
      else
        g_string_append_printf (text, "%s%s", i > 1 ? ", " : "",
                                g_ascii_dtostr (number, sizeof number,
                                                json_node_get_double (node)));
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static gboolean
catalog_has (IscKind kind, const char *text)
{
  g_autoptr (IscCall) call = isc_call_parse (text, NULL);
  g_autoptr (IscArguments) arguments = NULL;
  const IscItem *item;

  g_assert_nonnull (call);
  arguments = kind == ISC_KIND_LAYER ? isc_catalog_bind_module (call, &kind, &item, NULL)
                                     : isc_catalog_bind (kind, call, &item, NULL);
  return arguments && (kind != ISC_KIND_LAYER || isc_layer_can_train ((const IscLayer *)item));
}

static void
add_rule (JsonObject *init, const char *key, JsonObject *entry)
{
  JsonNode *node = json_object_get_member (json_object_get_object_member (entry, "init"), key);

  if (!JSON_NODE_HOLDS_NULL (node))
    {
      g_autofree char *text = call_of (json_node_get_array (node));

      json_object_set_string_member (init, key, text);
    }
}

static JsonObject *
init_of (JsonObject *entry)
{
  JsonObject *init = json_object_new ();

  json_object_set_string_member (init, "label", json_object_get_string_member (entry, "id"));
  add_rule (init, "weight", entry);
  add_rule (init, "bias", entry);
  return init;
}

static char *
data_of (JsonObject *entry)
{
  JsonObject *data = json_object_get_object_member (entry, "data");
  JsonArray *layers = json_object_get_array_member (entry, "layers");
  JsonArray *last = json_array_get_array_element (layers, json_array_get_length (layers) - 1);
  gboolean classes = !g_str_equal (json_object_get_string_member (data, "y_source"), "randn");
  const char *name = classes ? "RandomClassification" : "RandomRegression";
  g_autoptr (GString) features = g_string_new (NULL);
  gint64 n;

  if (json_object_has_member (data, "n"))
    {
      n = json_object_get_int_member (data, "n");
      g_string_printf (features, "%" G_GINT64_FORMAT,
                       json_object_get_int_member (data, "features"));
    }
  else
    {
      JsonArray *shape = json_object_get_array_member (data, "x_shape");

      n = json_array_get_int_element (shape, 0);
      for (guint i = 1; i < json_array_get_length (shape); i++)
        g_string_append_printf (features, "%s%" G_GINT64_FORMAT, i > 1 ? ", " : "",
                                json_array_get_int_element (shape, i));
      if (json_array_get_length (shape) > 2)
        {
          g_string_prepend_c (features, '(');
          g_string_append_c (features, ')');
        }
    }
  return g_strdup_printf ("%s(%" G_GINT64_FORMAT ", %s, %" G_GINT64_FORMAT ")", name, n,
                          features->str, json_array_get_int_element (last, 2));
}

/* Start weights: the file's hash, or its bits where the initializer is not bit-exact. */
static void
check_start (JsonObject *entry, IscNetwork *network)
{
  JsonArray *params = json_object_get_array_member (entry, "params");
  JsonNode *weight
      = json_object_get_member (json_object_get_object_member (entry, "init"), "weight");
  gboolean exact = JSON_NODE_HOLDS_NULL (weight)
                   || !g_str_equal (json_array_get_string_element (json_node_get_array (weight), 0),
                                    "orthogonal_");

  for (guint i = 0; i < json_array_get_length (params); i++)
    {
      JsonObject *param = json_array_get_object_element (params, i);
      IscTensor *tensor = isc_network_get_parameter (network, i);
      gsize size = isc_tensor_get_count (tensor) * sizeof (float);

      g_assert_cmpstr (isc_tensor_get_name (tensor), ==,
                       json_object_get_string_member (param, "name"));
      if (exact)
        {
          g_autofree char *sum
              = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                             (const guchar *)isc_tensor_get_data (tensor), size);

          g_assert_cmpstr (sum, ==, json_object_get_string_member (param, "sha256"));
        }
      else
        {
          gsize n;
          g_autofree float *bits
              = reference_floats (json_object_get_string_member (param, "bits"), &n);

          g_assert_cmpuint (n, ==, isc_tensor_get_count (tensor));
          for (gsize j = 0; j < n; j++)
            /* orthogonal_: LAPACK's rounding, 2e-5 times the gain at worst (square). */
            assert_close (isc_tensor_get_data (tensor)[j], bits[j], 0, 2e-5);
          memcpy (isc_tensor_edit_data (tensor), bits, size);
          isc_real_copy (isc_network_get_weights (network, i), bits, n);
        }
    }
}

static IscTrainer *
replay (JsonObject *entry,
        IscExperiment *experiment,
        guint init,
        IscData *data,
        IscGenerator *generator)
{
  g_autoptr (GError) error = NULL;
  IscTrainer *trainer = isc_trainer_new (experiment, init, data, generator, &error);

  g_assert_no_error (error);
  check_start (entry, isc_trainer_get_network (trainer));
  while (isc_trainer_get_state (trainer) != ISC_RUN_DONE)
    {
      g_assert_true (isc_trainer_step (trainer, 0.0, &error));
      g_assert_cmpint (isc_trainer_get_state (trainer), !=, ISC_RUN_DIVERGED);
    }
  return trainer;
}

gboolean
trajectory_is_supported (JsonObject *entry)
{
  JsonArray *layers = json_object_get_array_member (entry, "layers");
  g_autofree char *optimizer = call_of (json_object_get_array_member (entry, "optimizer"));

  for (guint i = 0; i < json_array_get_length (layers); i++)
    {
      g_autofree char *text = call_of (json_array_get_array_element (layers, i));

      if (!catalog_has (ISC_KIND_LAYER, text))
        return FALSE;
    }
  return catalog_has (ISC_KIND_OPTIMIZER, optimizer);
}

IscExperiment *
trajectory_experiment (JsonObject *entry, GPtrArray *chain)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autofree char *data = data_of (entry);
  g_autofree char *optimizer = call_of (json_object_get_array_member (entry, "optimizer"));
  g_autofree char *text = NULL;
  JsonArray *layers = json_object_get_array_member (entry, "layers");
  JsonArray *network = json_array_new ();
  JsonArray *inits = json_array_new ();
  JsonArray *seeds = json_array_new ();
  IscExperiment *experiment;

  for (guint i = 0; i < json_array_get_length (layers); i++)
    {
      g_autofree char *module = call_of (json_array_get_array_element (layers, i));

      json_array_add_string_element (network, module);
    }
  for (guint i = 0; chain && i < chain->len; i++)
    json_array_add_object_element (inits, init_of (chain->pdata[i]));
  if (!chain)
    json_array_add_object_element (inits, init_of (entry));
  json_array_add_int_element (seeds, json_object_get_int_member (entry, "seed"));

  json_object_set_int_member (root, "initscope", 1);
  json_object_set_string_member (root, "data", data);
  json_object_set_array_member (root, "network", network);
  json_object_set_array_member (root, "inits", inits);
  json_object_set_array_member (root, "seeds", seeds);
  json_object_set_boolean_member (root, "reseed", chain == NULL);
  json_object_set_string_member (root, "optimizer", optimizer);
  json_object_set_string_member (root, "loss",
                                 g_str_equal (json_object_get_string_member (entry, "loss"), "mse")
                                     ? "MSELoss()"
                                     : "CrossEntropyLoss()");
  if (!json_object_get_null_member (entry, "clip"))
    json_object_set_double_member (root, "clip_grad_norm", reference_number (entry, "clip"));
  if (json_object_has_member (entry, "epochs"))
    {
      json_object_set_int_member (root, "epochs", json_object_get_int_member (entry, "epochs"));
      json_object_set_int_member (root, "batch_size",
                                  json_object_get_int_member (entry, "batch_size"));
    }
  else
    {
      json_object_set_int_member (root, "steps", json_object_get_int_member (entry, "steps"));
      json_object_set_null_member (root, "batch_size");
    }
  json_node_set_object (node, root);
  text = json_to_string (node, FALSE);
  experiment = isc_experiment_from_json (text, -1, problems);
  if (!experiment)
    g_error ("%s: %s", json_object_get_string_member (entry, "id"),
             ((IscProblem *)problems->pdata[0])->message);
  return experiment;
}

GPtrArray *
trajectories_chain (JsonObject *reference)
{
  JsonArray *cases = json_object_get_array_member (reference, "cases");
  GPtrArray *chain = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (cases); i++)
    if (json_object_has_member (json_array_get_object_element (cases, i), "chain_index"))
      g_ptr_array_add (chain, json_array_get_object_element (cases, i));
  return chain;
}

guint
trajectories_replay (JsonObject *reference, TrajectoryCheck check, gpointer user_data)
{
  JsonArray *cases = json_object_get_array_member (reference, "cases");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *entry = json_array_get_object_element (cases, i);
      g_autoptr (IscExperiment) experiment = NULL;
      g_autoptr (IscGenerator) generator = NULL;
      g_autoptr (IscTrainer) trainer = NULL;

      if (json_object_has_member (entry, "chain_index"))
        continue;
      if (!trajectory_is_supported (entry))
        {
          g_test_message ("%s needs layers that can't be trained yet",
                          json_object_get_string_member (entry, "id"));
          continue;
        }
      experiment = trajectory_experiment (entry, NULL);
      generator = isc_generator_new (isc_experiment_get_seed (experiment, 0));
      trainer = replay (entry, experiment, 0, NULL, generator);
      check (entry, trainer, user_data);
      n++;
    }
  return n;
}

guint
trajectories_replay_chain (JsonObject *reference, TrajectoryCheck check, gpointer user_data)
{
  g_autoptr (GPtrArray) chain = trajectories_chain (reference);
  g_autoptr (IscExperiment) experiment = trajectory_experiment (chain->pdata[0], chain);
  g_autoptr (IscGenerator) generator = isc_generator_new (isc_experiment_get_seed (experiment, 0));
  g_autoptr (IscData) data = NULL;

  for (guint i = 0; i < chain->len; i++)
    {
      g_autoptr (IscTrainer) trainer = replay (chain->pdata[i], experiment, i, data, generator);

      if (!data)
        data = isc_data_ref (isc_trainer_get_data (trainer));
      check (chain->pdata[i], trainer, user_data);
    }
  return chain->len;
}

guint
trajectory_strict_steps (JsonObject *entry)
{
  return (guint)json_object_get_int_member (json_object_get_object_member (entry, "tol"),
                                            "strict_steps");
}

gboolean
trajectory_is_noise (JsonObject *entry)
{
  return json_object_has_member (entry, "noise_driven")
         && json_object_get_boolean_member (entry, "noise_driven");
}

double
trajectory_number (JsonObject *object, const char *key, guint index)
{
  return json_array_get_double_element (json_object_get_array_member (object, key), index);
}

const IscReal *
trajectory_buffer (IscNetwork *network, const char *name)
{
  gsize n;
  const IscReal *buffer = isc_network_get_buffers (network, &n);

  for (guint i = 0; i < isc_network_get_n_modules (network); i++)
    {
      const IscModule *module = isc_network_describe_module (network, i);
      const IscLayer *layer = (const IscLayer *)module->item;

      if (module->kind != ISC_KIND_LAYER || !layer->count_buffers)
        continue;
      for (guint j = 0; j < layer->count_buffers (module->arguments); j++)
        {
          IscLayerBuffer described = { 0 };
          g_autofree char *full = NULL;

          layer->get_buffer (module->arguments, j, &described);
          full = g_strdup_printf ("%s.%s", module->name, described.name);
          if (g_str_equal (full, name))
            return buffer;
          buffer += described.count;
        }
    }
  g_error ("the network has no buffer %s", name);
}

void
trajectory_check (
    JsonObject *entry, const char *what, guint index, double ours, double theirs, double bound)
{
  if (!(fabs (ours - theirs) <= bound))
    g_error ("%s: %s %u is %.12g, should be %.12g within %.3g: %.2f times the bound",
             json_object_get_string_member (entry, "id"), what, index, ours, theirs, bound,
             fabs (ours - theirs) / bound);
}
