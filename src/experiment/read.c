/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a document's tree to an experiment.  A reader of a value takes the value and its path, adds what
 * is wrong to the problems and returns something harmless, so that all problems come out at once. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/catalog.h"
#include "experiment/experiment-private.h"
#include "experiment/fields.h"
#include "experiment/json.h"
#include "experiment/problem.h"

#define MAX_MODULES 10000
#define MAX_INITS 100
#define MAX_LABEL 100
#define MAX_TITLE 1000

typedef struct
{
  JsonObject *root;
  GPtrArray *problems;
} Reader;

/* How a value looks, shortened, for "should be a whole number, and is X". */
static char *
node_to_text (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= 40)
    return g_steal_pointer (&text);
  start = g_utf8_substring (text, 0, 37);
  return g_strconcat (start, "...", NULL);
}

static void
refuse (Reader *reader, const char *path, JsonNode *node, const char *wanted)
{
  g_autofree char *text = node_to_text (node);

  isc_problems_add (reader->problems, path, "should be %s, and is %s", wanted, text);
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_integer (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

static gboolean
is_number (JsonNode *node)
{
  return is_integer (node)
         || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

static gboolean
has_control_character (const char *text)
{
  for (const char *c = text; *c; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

/* The member at @key, or the default of field @path; %NULL if neither is there. */
static JsonNode *
take_member (JsonObject *object, const char *key, const char *path)
{
  const IscField *field;

  if (object && json_object_has_member (object, key))
    return json_node_ref (json_object_get_member (object, key));
  field = isc_fields_find (path);
  g_assert (field);
  return field->initial ? isc_json_parse (field->initial, -1, NULL) : NULL;
}

static void
check_keys (Reader *reader, JsonObject *object, const char *prefix, const char *path, const char *what)
{
  g_autoptr (GList) keys = json_object_get_members (object);

  for (GList *l = keys; l; l = l->next)
    {
      const char *key = l->data;
      g_autofree char *name = g_strconcat (prefix, key, NULL);
      g_autofree char *place = NULL;

      if (!strchr (key, '.') && isc_fields_find (name))
        continue;
      if (*prefix == '\0' && g_str_equal (key, "initscope"))
        continue;
      place = *path ? g_strdup_printf ("%s.%s", path, key) : g_strdup (key);
      isc_problems_add (reader->problems, place, "is not a key of %s: the nearest is %s", what,
                        isc_fields_nearest (prefix, key));
    }
}

static char *
read_text (Reader *reader, JsonNode *node, const char *path, glong max)
{
  const char *text;

  if (!is_text (node))
    {
      refuse (reader, path, node, "a text");
      return g_strdup ("");
    }
  text = json_node_get_string (node);
  if (g_utf8_strlen (text, -1) > max)
    isc_problems_add (reader->problems, path, "is longer than %ld characters", max);
  else if (has_control_character (text))
    isc_problems_add (reader->problems, path, "holds a line break or another control character");
  return g_strdup (text);
}

static IscCall *
read_call (Reader *reader, JsonNode *node, const char *path, IscKind kind, gboolean nullable)
{
  GError *problem = NULL;
  g_autoptr (IscCall) call = NULL;
  g_autoptr (IscArguments) arguments = NULL;

  if (nullable && JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!is_text (node))
    {
      refuse (reader, path, node, nullable ? "a call in quotes or null" : "a call in quotes");
      return NULL;
    }
  call = isc_call_parse (json_node_get_string (node), &problem);
  if (call)
    arguments = isc_catalog_bind (kind, call, NULL, &problem);
  if (problem)
    isc_problems_take (reader->problems, path, problem);
  return g_steal_pointer (&call);
}

static void
add_module (Reader *reader, IscCall *call, const char *path, GPtrArray *modules)
{
  GError *problem = NULL;
  g_autoptr (IscArguments) arguments = isc_catalog_bind_module (call, NULL, NULL, &problem);

  if (problem)
    isc_problems_take (reader->problems, path, problem);
  g_ptr_array_add (modules, call);
}

/* A pasted nn.Sequential(...), or calls with commas between them. */
static void
read_pasted_modules (Reader *reader, const char *text, const char *path, GPtrArray *modules)
{
  GError *problem = NULL;
  g_autoptr (GPtrArray) calls = isc_call_parse_list (text, &problem);

  if (!calls)
    {
      isc_problems_take (reader->problems, path, problem);
      return;
    }
  for (guint i = 0; i < calls->len && i < MAX_MODULES; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);

      add_module (reader, isc_call_ref (calls->pdata[i]), place, modules);
    }
  if (calls->len > MAX_MODULES)
    isc_problems_add (reader->problems, path, "has %u modules: at most %d are allowed", calls->len,
                      MAX_MODULES);
}

static void
read_modules (Reader *reader, JsonNode *node, const char *path, GPtrArray *modules)
{
  JsonArray *list;

  if (is_text (node))
    {
      read_pasted_modules (reader, json_node_get_string (node), path, modules);
      return;
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      refuse (reader, path, node, "a list of calls in quotes, or one text nn.Sequential(...)");
      return;
    }
  list = json_node_get_array (node);
  if (json_array_get_length (list) > MAX_MODULES)
    {
      isc_problems_add (reader->problems, path, "has %u modules: at most %d are allowed",
                        json_array_get_length (list), MAX_MODULES);
      return;
    }
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *element = json_array_get_element (list, i);
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);
      GError *problem = NULL;
      IscCall *call;

      if (!is_text (element))
        {
          refuse (reader, place, element, "a call in quotes");
          continue;
        }
      call = isc_call_parse (json_node_get_string (element), &problem);
      if (call)
        add_module (reader, call, place, modules);
      else
        isc_problems_take (reader->problems, place, problem);
    }
}

static gint64
read_integer (Reader *reader, JsonNode *node, const char *path, const IscField *field)
{
  gint64 value;

  if (field->nullable && JSON_NODE_HOLDS_NULL (node))
    return 0;
  value = is_integer (node) ? json_node_get_int (node) : 0;
  if (!is_integer (node) || value < (gint64) field->min || value > (gint64) field->max)
    {
      g_autofree char *wanted = g_strdup_printf ("a whole number in %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT "%s",
                                                 (gint64) field->min, (gint64) field->max,
                                                 field->nullable ? " or null" : "");

      refuse (reader, path, node, wanted);
      return 0;
    }
  return value;
}

static gboolean
read_boolean (Reader *reader, JsonNode *node, const char *path)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  refuse (reader, path, node, "true or false");
  return FALSE;
}

static double
read_clip (Reader *reader, JsonNode *node, const char *path)
{
  double value;

  if (JSON_NODE_HOLDS_NULL (node))
    return 0.0;
  value = is_number (node) ? json_node_get_double (node) : 0.0;
  if (value > 0.0 && isfinite (value))
    return value;
  refuse (reader, path, node, "a number above 0 or null");
  return 0.0;
}

static gboolean
read_seed (Reader *reader, JsonNode *node, const char *path, guint64 *seed)
{
  if (is_integer (node))
    *seed = (guint64) json_node_get_int (node);
  else if (!is_text (node) || !isc_seed_from_text (json_node_get_string (node), seed))
    {
      refuse (reader, path, node, "a whole number in -2^63..2^64-1");
      return FALSE;
    }
  return TRUE;
}

static void
read_seeds (Reader *reader, JsonNode *node, IscExperiment *experiment)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = list ? json_array_get_length (list) : 0;

  if (n < 1 || n > 1000)
    {
      refuse (reader, "seeds", node, "a list of 1..1000 seeds");
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("seeds[%u]", i);
      gpointer first;
      guint64 seed;

      if (!read_seed (reader, json_array_get_element (list, i), path, &seed))
        continue;
      if (g_hash_table_lookup_extended (places, &seed, NULL, &first))
        isc_problems_add (reader->problems, path, "is the same seed as seeds[%u]", GPOINTER_TO_UINT (first));
      else
        g_hash_table_insert (places, g_memdup2 (&seed, sizeof seed), GUINT_TO_POINTER (i));
      g_array_append_val (experiment->seeds, seed);
    }
}

static guint
read_choice (Reader *reader, JsonNode *node, const char *path, const IscField *field)
{
  g_autofree char *list = NULL;
  g_autofree char *wanted = NULL;

  for (guint i = 0; is_text (node) && field->choices[i]; i++)
    if (g_str_equal (json_node_get_string (node), field->choices[i]))
      return i;
  list = g_strjoinv ("\", \"", (char **) field->choices);
  wanted = g_strdup_printf ("one of \"%s\"", list);
  refuse (reader, path, node, wanted);
  return 0;
}

static gboolean
is_word (const char *text)
{
  gsize n = strspn (text, "abcdefghijklmnopqrstuvwxyz");

  return n > 0 && n <= 32 && text[n] == '\0';
}

/* The rules' names are known to the statistics alone, which a document does not ask. */
static char *
read_bins (Reader *reader, JsonNode *node)
{
  gint64 count = 0;

  if (is_text (node) && is_word (json_node_get_string (node)))
    return g_strdup (json_node_get_string (node));
  if (is_integer (node))
    count = json_node_get_int (node);
  else if (is_text (node) && !isc_integer_from_text (json_node_get_string (node), &count))
    count = 0;
  if (count >= 1 && count <= 512)
    return g_strdup_printf ("%" G_GINT64_FORMAT, count);
  refuse (reader, "bins", node, "the name of a rule, such as \"auto\", or a whole number in 1..512");
  return g_strdup ("auto");
}

static char *
read_bandwidth (Reader *reader, JsonNode *node)
{
  double value = 0.0;

  if (is_text (node) && is_word (json_node_get_string (node))
      && !isc_number_from_text (json_node_get_string (node), &value))
    return g_strdup (json_node_get_string (node));
  if (is_number (node))
    value = json_node_get_double (node);
  else if (is_text (node) && !isc_number_from_text (json_node_get_string (node), &value))
    value = 0.0;
  if (value > 0.0 && isfinite (value))
    return isc_number_to_text (value);
  refuse (reader, "bandwidth", node, "the name of a rule, such as \"scott\", or a number above 0");
  return g_strdup ("scott");
}

static void
read_rule (Reader *reader, JsonNode *node, const char *path, IscRule *rule)
{
  g_autoptr (GList) keys = NULL;
  JsonObject *map;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      if (is_text (node) || JSON_NODE_HOLDS_NULL (node))
        rule->call = read_call (reader, node, path, ISC_KIND_SCHEME, TRUE);
      else
        refuse (reader, path, node, "a call in quotes, null, or an object of parameter names and calls");
      return;
    }
  map = json_node_get_object (node);
  keys = json_object_get_members (map);
  if (!keys)
    isc_problems_add (reader->problems, path, "is an empty object: name a parameter, or \"*\" for all");
  rule->names = g_ptr_array_new_with_free_func (g_free);
  rule->calls = isc_calls_new ();
  for (GList *l = keys; l; l = l->next)
    {
      g_autofree char *place = g_strdup_printf ("%s[\"%s\"]", path, (const char *) l->data);

      g_ptr_array_add (rule->names, g_strdup (l->data));
      g_ptr_array_add (rule->calls, read_call (reader, json_object_get_member (map, l->data), place,
                                               ISC_KIND_SCHEME, TRUE));
    }
}

static char *
rule_label (const IscRule *rule)
{
  const IscItem *item;

  if (rule->names)
    return g_strdup ("By parameter");
  item = isc_catalog_find (ISC_KIND_SCHEME, isc_call_get_name (rule->call), NULL);
  return g_strdup (item ? item->label : isc_call_get_name (rule->call));
}

/* The label of an entry that has none of its own. */
static char *
derive_label (const IscInit *init)
{
  g_autofree char *bias = NULL;

  if (isc_rule_is_given (&init->weight))
    return rule_label (&init->weight);
  if (!isc_rule_is_given (&init->bias))
    return g_strdup ("PyTorch default");
  bias = rule_label (&init->bias);
  return g_strdup_printf ("PyTorch default, bias: %s", bias);
}

static void
read_label (Reader *reader, JsonObject *object, const char *path, IscInit *init)
{
  g_autofree char *place = g_strdup_printf ("%s.label", path);
  g_autofree char *derived = derive_label (init);

  if (json_object_has_member (object, "label"))
    {
      init->label = read_text (reader, json_object_get_member (object, "label"), place, MAX_LABEL);
      if (*init->label == '\0' && !isc_problems_find (reader->problems, place))
        isc_problems_add (reader->problems, place, "is empty: leave it out to have the scheme's name");
    }
  else
    init->label = g_strdup (derived);
  init->derived = g_str_equal (init->label, derived);
}

static IscInit *
read_init (Reader *reader, JsonNode *node, const char *path)
{
  g_autofree char *weight_path = g_strdup_printf ("%s.weight", path);
  g_autofree char *bias_path = g_strdup_printf ("%s.bias", path);
  g_autoptr (JsonNode) weight = NULL;
  g_autoptr (JsonNode) bias = NULL;
  JsonObject *object;
  IscInit *init;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (reader, path, node, "an object {\"label\": ..., \"weight\": ..., \"bias\": ...}");
      return NULL;
    }
  init = isc_init_new ();
  object = json_node_get_object (node);
  check_keys (reader, object, "inits.", path, "an entry of inits");
  weight = take_member (object, "weight", "inits.weight");
  bias = take_member (object, "bias", "inits.bias");
  read_rule (reader, weight, weight_path, &init->weight);
  read_rule (reader, bias, bias_path, &init->bias);
  read_label (reader, object, path, init);
  return init;
}

static void
read_inits (Reader *reader, JsonNode *node, IscExperiment *experiment)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = list ? json_array_get_length (list) : 0;

  if (n < 1 || n > MAX_INITS)
    {
      g_autofree char *wanted = g_strdup_printf ("a list of 1..%d entries", MAX_INITS);

      refuse (reader, "inits", node, wanted);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("inits[%u]", i);
      IscInit *init = read_init (reader, json_array_get_element (list, i), path);
      gpointer first;

      if (!init)
        continue;
      if (g_hash_table_lookup_extended (places, init->label, NULL, &first))
        {
          g_autofree char *place = g_strdup_printf ("%s.label", path);

          isc_problems_add (reader->problems, place, "\"%s\" is also the label of inits[%u]", init->label,
                            GPOINTER_TO_UINT (first));
        }
      else
        g_hash_table_insert (places, init->label, GUINT_TO_POINTER (i));
      g_ptr_array_add (experiment->inits, init);
    }
}

static void
read_length (Reader *reader, IscExperiment *experiment)
{
  g_autoptr (JsonNode) epochs = NULL;

  if (json_object_has_member (reader->root, "steps"))
    {
      experiment->steps = read_integer (reader, json_object_get_member (reader->root, "steps"), "steps",
                                        isc_fields_find ("steps"));
      if (json_object_has_member (reader->root, "epochs"))
        isc_problems_add (reader->problems, "steps", "stands beside epochs: give one of the two");
      return;
    }
  epochs = take_member (reader->root, "epochs", "epochs");
  experiment->epochs = read_integer (reader, epochs, "epochs", isc_fields_find ("epochs"));
}

static void
read_shape (Reader *reader, JsonNode *node, const char *path, IscShape *shape)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = list ? json_array_get_length (list) : 0;
  GError *problem = NULL;
  gint64 count;

  if (n < 1 || n > ISC_TENSOR_MAX_DIMS)
    {
      refuse (reader, path, node, "a list of 1..8 whole numbers");
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);
      gint64 extent = read_integer (reader, json_array_get_element (list, i), place,
                                    isc_fields_find (path));

      if (extent == 0)
        return;
      shape->dims[shape->n_dims++] = extent;
    }
  if (!isc_shape_count (shape, &count, &problem))
    isc_problems_take (reader->problems, path, problem);
}

static void
read_weights_target (Reader *reader, JsonObject *group, IscExperiment *experiment)
{
  static const char *const targets[] = { "tensor", "layer", "network" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    n += json_object_has_member (group, targets[i]) ? 1 : 0;
  if (n != 1)
    {
      isc_problems_add (reader->problems, "weights", "needs one of tensor, layer, network, and has %s",
                        n == 0 ? "none" : "several");
      return;
    }
  if (json_object_has_member (group, "tensor"))
    {
      experiment->weights_target = ISC_WEIGHTS_OF_TENSOR;
      read_shape (reader, json_object_get_member (group, "tensor"), "weights.tensor",
                  &experiment->weights_shape);
    }
  else if (json_object_has_member (group, "layer"))
    {
      IscCall *layer = read_call (reader, json_object_get_member (group, "layer"), "weights.layer",
                                  ISC_KIND_LAYER, FALSE);

      experiment->weights_target = ISC_WEIGHTS_OF_LAYER;
      if (layer)
        g_ptr_array_add (experiment->weights_modules, layer);
    }
  else
    {
      experiment->weights_target = ISC_WEIGHTS_OF_NETWORK;
      read_modules (reader, json_object_get_member (group, "network"), "weights.network",
                    experiment->weights_modules);
    }
}

static void
read_weights (Reader *reader, IscExperiment *experiment)
{
  g_autoptr (JsonNode) init = NULL;
  g_autoptr (JsonNode) bias = NULL;
  JsonObject *group;
  JsonNode *node = json_object_get_member (reader->root, "weights");

  if (!node)
    return;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (reader, "weights", node, "an object {\"tensor\": ..., \"init\": ...}");
      return;
    }
  group = json_node_get_object (node);
  check_keys (reader, group, "weights.", "weights", "weights");
  read_weights_target (reader, group, experiment);
  init = take_member (group, "init", "weights.init");
  bias = take_member (group, "bias", "weights.bias");
  experiment->weights_init = read_call (reader, init, "weights.init", ISC_KIND_SCHEME, TRUE);
  experiment->weights_bias = read_call (reader, bias, "weights.bias", ISC_KIND_SCHEME, TRUE);
  if (json_object_has_member (group, "seed"))
    experiment->weights_seed_given = read_seed (reader, json_object_get_member (group, "seed"),
                                                "weights.seed", &experiment->weights_seed);
}

static void
check_version (Reader *reader)
{
  JsonNode *node = json_object_get_member (reader->root, "initscope");
  gint64 version;

  if (!node)
    return;
  version = is_integer (node) ? json_node_get_int (node) : 0;
  if (version > ISC_EXPERIMENT_VERSION)
    isc_problems_add (reader->problems, "initscope",
                      "this file is of version %" G_GINT64_FORMAT ": this program reads version %d", version,
                      ISC_EXPERIMENT_VERSION);
  else if (version < 1)
    refuse (reader, "initscope", node, "the version of the document, 1");
}

static IscCall *
read_top_call (Reader *reader, const char *key, IscKind kind)
{
  g_autoptr (JsonNode) node = take_member (reader->root, key, key);

  return read_call (reader, node, key, kind, FALSE);
}

static gboolean
read_top_boolean (Reader *reader, const char *key)
{
  g_autoptr (JsonNode) node = take_member (reader->root, key, key);

  return read_boolean (reader, node, key);
}

static void
read_training (Reader *reader, IscExperiment *experiment)
{
  g_autoptr (JsonNode) batch_size = take_member (reader->root, "batch_size", "batch_size");
  g_autoptr (JsonNode) clip = take_member (reader->root, "clip_grad_norm", "clip_grad_norm");
  g_autoptr (JsonNode) seeds = take_member (reader->root, "seeds", "seeds");
  g_autoptr (JsonNode) pytorch = take_member (reader->root, "pytorch", "pytorch");

  experiment->loss = read_top_call (reader, "loss", ISC_KIND_LOSS);
  experiment->optimizer = read_top_call (reader, "optimizer", ISC_KIND_OPTIMIZER);
  experiment->batch_size = read_integer (reader, batch_size, "batch_size", isc_fields_find ("batch_size"));
  experiment->shuffle = read_top_boolean (reader, "shuffle");
  read_length (reader, experiment);
  experiment->clip_grad_norm = read_clip (reader, clip, "clip_grad_norm");
  read_seeds (reader, seeds, experiment);
  experiment->reseed = read_top_boolean (reader, "reseed");
  experiment->pytorch = (IscPytorch) read_choice (reader, pytorch, "pytorch", isc_fields_find ("pytorch"));
}

/* In the order of the document, so that the problems are in that order too. */
static void
read_fields (Reader *reader, IscExperiment *experiment)
{
  g_autoptr (JsonNode) title = take_member (reader->root, "title", "title");
  g_autoptr (JsonNode) network = take_member (reader->root, "network", "network");
  g_autoptr (JsonNode) inits = take_member (reader->root, "inits", "inits");
  g_autoptr (JsonNode) bins = take_member (reader->root, "bins", "bins");
  g_autoptr (JsonNode) bandwidth = take_member (reader->root, "bandwidth", "bandwidth");

  experiment->title = read_text (reader, title, "title", MAX_TITLE);
  experiment->data = read_top_call (reader, "data", ISC_KIND_DATASET);
  read_modules (reader, network, "network", experiment->network);
  read_inits (reader, inits, experiment);
  read_training (reader, experiment);
  read_weights (reader, experiment);
  experiment->bins = read_bins (reader, bins);
  experiment->bandwidth = read_bandwidth (reader, bandwidth);
}

IscExperiment *
isc_experiment_from_node (JsonNode *node, GPtrArray *problems)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_alloc ();
  Reader reader = { .problems = problems };
  guint before = problems->len;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      refuse (&reader, "", node, "an experiment, a JSON object {...}");
      return NULL;
    }
  reader.root = json_node_get_object (node);
  check_version (&reader);
  /* A newer version may mean other things by the same keys: its fields are not complained about. */
  if (problems->len > before)
    return NULL;
  check_keys (&reader, reader.root, "", "", "an experiment");
  read_fields (&reader, experiment);
  return problems->len > before ? NULL : g_steal_pointer (&experiment);
}
