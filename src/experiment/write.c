/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an experiment to its document: the tree that edits work on, and the canonical text, which is
 * that tree with line breaks where a reader wants them. */

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "experiment/experiment-private.h"
#include "experiment/fields.h"
#include "experiment/json.h"

#define LINE_LENGTH 100

static void
set_text (JsonObject *object, const char *key, const char *text)
{
  json_object_set_string_member (object, key, text);
}

static void
set_call (JsonObject *object, const char *key, const IscCall *call)
{
  g_autofree char *text = NULL;

  if (!call)
    {
      json_object_set_null_member (object, key);
      return;
    }
  text = isc_call_to_text (call);
  set_text (object, key, text);
}

static void
set_calls (JsonObject *object, const char *key, GPtrArray *calls)
{
  JsonArray *list = json_array_sized_new (calls->len);

  for (guint i = 0; i < calls->len; i++)
    {
      g_autofree char *text = isc_call_to_text (calls->pdata[i]);

      json_array_add_string_element (list, text);
    }
  json_object_set_array_member (object, key, list);
}

static JsonNode *
seed_node (guint64 seed)
{
  JsonNode *node = json_node_alloc ();
  g_autofree char *text = NULL;

  if (seed <= G_MAXINT64)
    return json_node_init_int (node, (gint64)seed);
  /* JSON readers round integers they cannot hold: beyond 2^63 - 1 the digits are a text. */
  text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  return json_node_init_string (node, text);
}

static JsonObject *
rule_map (const IscRule *rule)
{
  JsonObject *map = json_object_new ();

  for (guint i = 0; i < rule->names->len; i++)
    set_call (map, rule->names->pdata[i], rule->calls->pdata[i]);
  return map;
}

static void
set_rule (JsonObject *object, const char *key, const IscRule *rule)
{
  if (rule->call)
    set_call (object, key, rule->call);
  else if (rule->names)
    json_object_set_object_member (object, key, rule_map (rule));
}

static JsonArray *
inits_list (const IscExperiment *experiment, gboolean with_labels)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < experiment->inits->len; i++)
    {
      const IscInit *init = experiment->inits->pdata[i];
      JsonObject *object = json_object_new ();
      gboolean bare = !isc_rule_is_given (&init->weight) && !isc_rule_is_given (&init->bias);

      if (!init->derived || (with_labels && bare))
        set_text (object, "label", init->label);
      set_rule (object, "weight", &init->weight);
      set_rule (object, "bias", &init->bias);
      json_array_add_object_element (list, object);
    }
  return list;
}

static JsonArray *
seeds_list (const IscExperiment *experiment)
{
  JsonArray *list = json_array_sized_new (experiment->seeds->len);

  for (guint i = 0; i < experiment->seeds->len; i++)
    json_array_add_element (list, seed_node (g_array_index (experiment->seeds, guint64, i)));
  return list;
}

/* In a file a pin whose colour is that of its place is just its call; while editing, places move.
 */
static JsonArray *
pins_list (const IscExperiment *experiment, gboolean for_file)
{
  JsonArray *list = json_array_sized_new (experiment->pins->len);

  for (guint i = 0; i < experiment->pins->len; i++)
    {
      const IscPin *pin = &g_array_index (experiment->pins, IscPin, i);
      g_autoptr (JsonObject) object = json_object_new ();

      if (pin->init)
        set_call (object, "init", pin->init);
      else
        json_object_set_null_member (object, "init");
      json_object_set_int_member (object, "color", pin->color);
      if (for_file && pin->color == i + 1)
        json_array_add_element (list, json_object_dup_member (object, "init"));
      else
        json_array_add_object_element (list, g_steal_pointer (&object));
    }
  return list;
}

static JsonObject *
weights_group (const IscExperiment *experiment, gboolean for_file)
{
  JsonObject *group = json_object_new ();
  JsonArray *shape;

  switch (experiment->weights_target)
    {
    case ISC_WEIGHTS_OF_TENSOR:
      shape = json_array_new ();
      for (guint i = 0; i < experiment->weights_shape.n_dims; i++)
        json_array_add_int_element (shape, experiment->weights_shape.dims[i]);
      json_object_set_array_member (group, "tensor", shape);
      break;
    case ISC_WEIGHTS_OF_LAYER:
      set_call (group, "layer", experiment->weights_modules->pdata[0]);
      break;
    case ISC_WEIGHTS_OF_NETWORK:
      set_calls (group, "network", experiment->weights_modules);
      break;
    case ISC_WEIGHTS_OF_INITS:
    default:
      g_assert_not_reached ();
    }
  if (experiment->weights_init)
    set_call (group, "init", experiment->weights_init);
  if (experiment->weights_bias)
    set_call (group, "bias", experiment->weights_bias);
  if (experiment->weights_seed_given)
    json_object_set_member (group, "seed", seed_node (experiment->weights_seed));
  if (experiment->weights_color > 0)
    json_object_set_int_member (group, "color", experiment->weights_color);
  if (experiment->pins->len > 0)
    json_object_set_array_member (group, "pins", pins_list (experiment, for_file));
  return group;
}

static void
set_training (JsonObject *root, const IscExperiment *experiment)
{
  set_call (root, "loss", experiment->loss);
  set_call (root, "optimizer", experiment->optimizer);
  if (experiment->schedule)
    set_call (root, "schedule", experiment->schedule);
  if (experiment->batch_size > 0)
    json_object_set_int_member (root, "batch_size", experiment->batch_size);
  else
    json_object_set_null_member (root, "batch_size");
  json_object_set_boolean_member (root, "shuffle", experiment->shuffle);
  if (experiment->steps > 0)
    json_object_set_int_member (root, "steps", experiment->steps);
  else
    json_object_set_int_member (root, "epochs", experiment->epochs);
  if (experiment->clip_grad_norm > 0.0)
    json_object_set_double_member (root, "clip_grad_norm", experiment->clip_grad_norm);
  if (experiment->clip_grad_value > 0.0)
    json_object_set_double_member (root, "clip_grad_value", experiment->clip_grad_value);
  if (!isnan (experiment->target_loss))
    json_object_set_double_member (root, "target_loss", experiment->target_loss);
  if (experiment->observe_every >= 0)
    json_object_set_int_member (root, "observe_every", experiment->observe_every);
  json_object_set_array_member (root, "seeds", seeds_list (experiment));
  if (!experiment->reseed)
    json_object_set_boolean_member (root, "reseed", FALSE);
  if (experiment->pytorch != ISC_PYTORCH_2_12)
    set_text (root, "pytorch", isc_fields_find ("pytorch")->choices[experiment->pytorch]);
  if (experiment->fans != ISC_FANS_PYTORCH)
    set_text (root, "fans", isc_fields_find ("fans")->choices[experiment->fans]);
}

/* Leaves out a text that is its field's default, which the table spells as JSON. */
static void
set_text_unless_default (JsonObject *root, const char *key, const char *text)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", text);

  if (!g_str_equal (quoted, isc_fields_find (key)->initial))
    set_text (root, key, text);
}

static void append_value (GString *text, JsonNode *node);

static void
append_quoted (GString *text, const char *string)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), string);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (text, quoted);
}

static void
append_object (GString *text, JsonObject *object)
{
  g_autoptr (GList) keys = json_object_get_members (object);

  g_string_append_c (text, '{');
  for (GList *l = keys; l; l = l->next)
    {
      append_quoted (text, l->data);
      g_string_append (text, ": ");
      append_value (text, json_object_get_member (object, l->data));
      if (l->next)
        g_string_append (text, ", ");
    }
  g_string_append_c (text, '}');
}

/* A list with @indent in front of each element and @end behind the last; %NULL for one line. */
static void
append_list (GString *text, JsonArray *list, const char *indent, const char *end)
{
  guint n = json_array_get_length (list);

  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i ? "," : "");
      g_string_append (text, indent ? indent : (i ? " " : ""));
      append_value (text, json_array_get_element (list, i));
    }
  g_string_append_printf (text, "%s]", end);
}

static void
append_value (GString *text, JsonNode *node)
{
  g_autofree char *number = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (text, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_list (text, json_node_get_array (node), NULL, "");
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (text, "null");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    append_quoted (text, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    {
      number = isc_number_to_text (json_node_get_double (node));
      g_string_append (text, number);
      /* A double stays one: "1" would read back as an integer. */
      if (strspn (number, "-0123456789") == strlen (number))
        g_string_append (text, ".0");
    }
}

/* A top-level value: lists stand an element a line where that is easier to read. */
static void
append_member (GString *text, const char *key, JsonNode *node)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_value (line, node);
  g_string_append_printf (text, "\"%s\": ", key);
  if (g_str_equal (key, "inits")
      || (JSON_NODE_HOLDS_ARRAY (node) && line->len + strlen (key) + 7 > LINE_LENGTH))
    append_list (text, json_node_get_array (node), "\n    ", "\n  ");
  else
    g_string_append_len (text, line->str, (gssize)line->len);
}

/* Whether @key continues the line of the member in front of it. */
static gboolean
continues_line (const char *key)
{
  static const char *const keys[]
      = { "schedule",    "shuffle",       "epochs", "steps",   "clip_grad_norm", "clip_grad_value",
          "target_loss", "observe_every", "reseed", "pytorch", "fans",           NULL };

  return g_strv_contains (keys, key);
}

JsonNode *
isc_experiment_to_node (const IscExperiment *experiment, gboolean with_labels)
{
  JsonObject *root = json_object_new ();
  JsonNode *node;

  json_object_set_int_member (root, "initscope", ISC_EXPERIMENT_VERSION);
  if (*experiment->title)
    set_text (root, "title", experiment->title);
  set_call (root, "data", experiment->data);
  set_calls (root, "network", experiment->network);
  json_object_set_array_member (root, "inits", inits_list (experiment, with_labels));
  set_training (root, experiment);
  if (experiment->weights_target != ISC_WEIGHTS_OF_INITS)
    json_object_set_object_member (root, "weights", weights_group (experiment, with_labels));
  set_text_unless_default (root, "bins", experiment->bins);
  set_text_unless_default (root, "range", experiment->range);
  set_text_unless_default (root, "stat", isc_experiment_get_stat (experiment));
  set_text_unless_default (root, "bandwidth", experiment->bandwidth);
  set_text_unless_default (root, "kernel", isc_experiment_get_kernel (experiment));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, root);
  return node;
}

char *
isc_json_to_text (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  append_value (text, node);
  return g_string_free (text, FALSE);
}

char *
isc_rule_to_json (const IscRule *rule)
{
  g_autoptr (JsonObject) holder = json_object_new ();

  set_rule (holder, "rule", rule);
  return isc_json_to_text (json_object_get_member (holder, "rule"));
}

char *
isc_experiment_to_json (const IscExperiment *experiment)
{
  return isc_experiment_to_json_without (experiment, (const char *const[]){ NULL });
}

char *
isc_experiment_to_json_without (const IscExperiment *experiment, const char *const *fields)
{
  GString *text = g_string_new ("{");
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GList) keys = NULL;

  g_return_val_if_fail (experiment != NULL, NULL);

  root = isc_experiment_to_node (experiment, TRUE);
  for (guint i = 0; fields[i]; i++)
    json_object_remove_member (json_node_get_object (root), fields[i]);
  keys = json_object_get_members (json_node_get_object (root));
  for (GList *l = keys; l; l = l->next)
    {
      g_string_append (text, l->prev ? "," : "");
      g_string_append (text, continues_line (l->data) ? " " : "\n  ");
      append_member (text, l->data, json_object_get_member (json_node_get_object (root), l->data));
    }
  g_string_append (text, "\n}\n");
  return g_string_free (text, FALSE);
}
