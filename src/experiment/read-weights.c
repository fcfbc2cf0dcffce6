/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/read-weights.h"

#include "experiment/fields.h"
#include "experiment/problem.h"
#include "experiment/read-values.h"

static void
read_weights_target (GPtrArray *problems, JsonObject *group, IscExperiment *experiment)
{
  static const char *const targets[] = { "tensor", "layer", "network" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    n += json_object_has_member (group, targets[i]) ? 1 : 0;
  if (n != 1)
    {
      isc_problems_add (problems, "weights", "needs one of tensor, layer, network, and has %s",
                        n == 0 ? "none" : "several");
      return;
    }
  if (json_object_has_member (group, "tensor"))
    {
      experiment->weights_target = ISC_WEIGHTS_OF_TENSOR;
      isc_read_shape (problems, json_object_get_member (group, "tensor"), "weights.tensor",
                      &experiment->weights_shape);
    }
  else if (json_object_has_member (group, "layer"))
    {
      IscCall *layer = isc_read_call (problems, json_object_get_member (group, "layer"),
                                      "weights.layer", ISC_KIND_LAYER, FALSE);

      experiment->weights_target = ISC_WEIGHTS_OF_LAYER;
      if (layer)
        g_ptr_array_add (experiment->weights_modules, layer);
    }
  else
    {
      experiment->weights_target = ISC_WEIGHTS_OF_NETWORK;
      isc_read_modules (problems, json_object_get_member (group, "network"), "weights.network",
                        experiment->weights_modules);
    }
}

static void
read_pin (GPtrArray *problems, JsonNode *node, guint index, IscExperiment *experiment)
{
  g_autofree char *path = g_strdup_printf ("weights.pins[%u]", index);
  g_autofree char *init_path = g_strdup_printf ("%s.init", path);
  g_autofree char *color_path = g_strdup_printf ("%s.color", path);
  IscPin pin = { .color = index + 1 };
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      pin.init = isc_read_call (problems, node, path, ISC_KIND_SCHEME, TRUE);
      g_array_append_val (experiment->pins, pin);
      return;
    }
  object = json_node_get_object (node);
  if (json_object_has_member (object, "init"))
    pin.init = isc_read_call (problems, json_object_get_member (object, "init"), init_path,
                              ISC_KIND_SCHEME, TRUE);
  if (json_object_has_member (object, "color"))
    pin.color = (guint)isc_read_integer (problems, json_object_get_member (object, "color"),
                                         color_path, isc_fields_find ("weights.color"));
  g_array_append_val (experiment->pins, pin);
  for (GList *l = json_object_get_members (object); l; l = g_list_delete_link (l, l))
    if (!g_str_equal (l->data, "init") && !g_str_equal (l->data, "color"))
      isc_problems_add (problems, path, "'%s' is not a key of a pin: it has init and color",
                        (char *)l->data);
}

static void
read_pins (GPtrArray *problems, JsonNode *node, IscExperiment *experiment)
{
  guint max = (guint)isc_fields_find ("weights.pins")->max;

  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) > max)
    {
      isc_read_refuse (problems, "weights.pins", node,
                       "a list of at most 20 schemes, as calls in quotes");
      return;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    read_pin (problems, json_array_get_element (json_node_get_array (node), i), i, experiment);
}

void
isc_read_weights (GPtrArray *problems, JsonNode *node, IscExperiment *experiment)
{
  g_autoptr (JsonNode) init = NULL;
  g_autoptr (JsonNode) bias = NULL;
  JsonObject *group;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      isc_read_refuse (problems, "weights", node, "an object {\"tensor\": ..., \"init\": ...}");
      return;
    }
  group = json_node_get_object (node);
  isc_read_check_keys (problems, group, "weights.", "weights", "weights");
  read_weights_target (problems, group, experiment);
  init = isc_read_member (group, "init", "weights.init");
  bias = isc_read_member (group, "bias", "weights.bias");
  experiment->weights_init = isc_read_call (problems, init, "weights.init", ISC_KIND_SCHEME, TRUE);
  experiment->weights_bias = isc_read_call (problems, bias, "weights.bias", ISC_KIND_SCHEME, TRUE);
  if (json_object_has_member (group, "seed"))
    experiment->weights_seed_given
        = isc_read_seed (problems, json_object_get_member (group, "seed"), "weights.seed",
                         &experiment->weights_seed);
  if (json_object_has_member (group, "color"))
    experiment->weights_color
        = (guint)isc_read_integer (problems, json_object_get_member (group, "color"),
                                   "weights.color", isc_fields_find ("weights.color"));
  if (json_object_has_member (group, "pins"))
    read_pins (problems, json_object_get_member (group, "pins"), experiment);
}
