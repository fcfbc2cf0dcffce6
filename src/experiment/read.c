/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a document's tree to an experiment.  A reader of a value takes the value and its path, adds
 * what is wrong to the problems and returns something harmless, so that all problems come out at
 * once. */

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "catalog/catalog.h"
#include "experiment/experiment-private.h"
#include "experiment/fields.h"
#include "experiment/problem.h"
#include "experiment/read-values.h"
#include "experiment/read-weights.h"

#define MAX_INITS 100
#define MAX_LABEL 100
#define MAX_TITLE 1000

typedef struct
{
  JsonObject *root;
  GPtrArray *problems;
} Reader;

static double
read_clip (Reader *reader, JsonNode *node, const char *path)
{
  double value;

  if (JSON_NODE_HOLDS_NULL (node))
    return 0.0;
  value = isc_json_is_number (node) ? json_node_get_double (node) : 0.0;
  if (value > 0.0 && isfinite (value))
    return value;
  isc_read_refuse (reader->problems, path, node, "a number above 0 or null");
  return 0.0;
}

static double
read_target (Reader *reader, JsonNode *node)
{
  double value;

  if (JSON_NODE_HOLDS_NULL (node))
    return NAN;
  value = isc_json_is_number (node) ? json_node_get_double (node) : NAN;
  if (!isfinite (value))
    isc_read_refuse (reader->problems, "target_loss", node, "a number or null");
  return value;
}

static gint64
read_observe (Reader *reader, JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return -1;
  return isc_read_integer (reader->problems, node, "observe_every",
                           isc_fields_find ("observe_every"));
}

static void
read_seeds (Reader *reader, JsonNode *node, IscExperiment *experiment)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = list ? json_array_get_length (list) : 0;

  if (n < 1 || n > 1000)
    {
      isc_read_refuse (reader->problems, "seeds", node, "a list of 1..1000 seeds");
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("seeds[%u]", i);
      gpointer first;
      guint64 seed;

      if (!isc_read_seed (reader->problems, json_array_get_element (list, i), path, &seed))
        continue;
      if (g_hash_table_lookup_extended (places, &seed, NULL, &first))
        isc_problems_add (reader->problems, path, "is the same seed as seeds[%u]",
                          GPOINTER_TO_UINT (first));
      else
        g_hash_table_insert (places, g_memdup2 (&seed, sizeof seed), GUINT_TO_POINTER (i));
      g_array_append_val (experiment->seeds, seed);
    }
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
  double width;

  if (isc_json_is_text (node) && is_word (json_node_get_string (node)))
    return g_strdup (json_node_get_string (node));
  if (isc_json_is_text (node) && g_str_has_prefix (json_node_get_string (node), "width=")
      && isc_number_from_text (json_node_get_string (node) + strlen ("width="), &width)
      && width > 0.0 && isfinite (width))
    {
      g_autofree char *number = isc_number_to_text (width);

      return g_strconcat ("width=", number, NULL);
    }
  if (isc_json_is_integer (node))
    count = json_node_get_int (node);
  else if (isc_json_is_text (node) && !isc_integer_from_text (json_node_get_string (node), &count))
    count = 0;
  if (count >= 1 && count <= 512)
    return g_strdup_printf ("%" G_GINT64_FORMAT, count);
  isc_read_refuse (reader->problems, "bins", node,
                   "the name of a rule, such as \"auto\", a whole number in 1..512, or a width, "
                   "as in \"width=0.01\"");
  return g_strdup ("auto");
}

/* Read by the statistics; here it is only one line of text, so that files stay small. */
static char *
read_range (Reader *reader, JsonNode *node)
{
  return isc_read_text (reader->problems, node, "range", MAX_LABEL);
}

static char *
read_bandwidth (Reader *reader, JsonNode *node)
{
  double value = 0.0;

  if (isc_json_is_text (node) && is_word (json_node_get_string (node))
      && !isc_number_from_text (json_node_get_string (node), &value))
    return g_strdup (json_node_get_string (node));
  if (isc_json_is_number (node))
    value = json_node_get_double (node);
  else if (isc_json_is_text (node) && !isc_number_from_text (json_node_get_string (node), &value))
    value = 0.0;
  if (value > 0.0 && isfinite (value))
    return isc_number_to_text (value);
  isc_read_refuse (reader->problems, "bandwidth", node,
                   "the name of a rule, such as \"scott\", or a number above 0");
  return g_strdup ("scott");
}

static void
read_rule (Reader *reader, JsonNode *node, const char *path, IscRule *rule)
{
  g_autoptr (GList) keys = NULL;
  JsonObject *map;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      if (isc_json_is_text (node) || JSON_NODE_HOLDS_NULL (node))
        rule->call = isc_read_call (reader->problems, node, path, ISC_KIND_SCHEME, TRUE);
      else
        isc_read_refuse (reader->problems, path, node,
                         "a call in quotes, null, or an object of parameter names and calls");
      return;
    }
  map = json_node_get_object (node);
  keys = json_object_get_members (map);
  if (!keys)
    isc_problems_add (reader->problems, path,
                      "is an empty object: name a parameter, or \"*\" for all");
  rule->names = g_ptr_array_new_with_free_func (g_free);
  rule->calls = isc_calls_new ();
  for (GList *l = keys; l; l = l->next)
    {
      g_autofree char *place = g_strdup_printf ("%s[\"%s\"]", path, (const char *)l->data);

      g_ptr_array_add (rule->names, g_strdup (l->data));
      g_ptr_array_add (rule->calls,
                       isc_read_call (reader->problems, json_object_get_member (map, l->data),
                                      place, ISC_KIND_SCHEME, TRUE));
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

static gboolean
is_bare (const IscInit *init)
{
  return !isc_rule_is_given (&init->weight) && !isc_rule_is_given (&init->bias);
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
      init->label = isc_read_text (reader->problems, json_object_get_member (object, "label"),
                                   place, MAX_LABEL);
      if (*init->label == '\0' && !isc_problems_find (reader->problems, place))
        isc_problems_add (reader->problems, place,
                          "is empty: leave it out to have the scheme's name");
    }
  else
    init->label = g_strdup (derived);
  /* A bare entry is saved with its label, which is not to stick to it when it gets a scheme. */
  init->derived = !json_object_has_member (object, "label")
                  || (is_bare (init) && g_str_equal (init->label, derived));
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
      isc_read_refuse (reader->problems, path, node,
                       "an object {\"label\": ..., \"weight\": ..., \"bias\": ...}");
      return NULL;
    }
  init = isc_init_new ();
  object = json_node_get_object (node);
  isc_read_check_keys (reader->problems, object, "inits.", path, "an entry of inits");
  weight = isc_read_member (object, "weight", "inits.weight");
  bias = isc_read_member (object, "bias", "inits.bias");
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

      isc_read_refuse (reader->problems, "inits", node, wanted);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("inits[%u]", i);
      guint before = reader->problems->len;
      IscInit *init = read_init (reader, json_array_get_element (list, i), path);
      gpointer first;

      if (!init)
        continue;
      /* Of an entry that could not be read the label may be another than was meant. */
      if (reader->problems->len == before
          && g_hash_table_lookup_extended (places, init->label, NULL, &first))
        {
          g_autofree char *place = g_strdup_printf ("%s.label", path);

          isc_problems_add (reader->problems, place, "\"%s\" is also the label of inits[%u]",
                            init->label, GPOINTER_TO_UINT (first));
        }
      else if (reader->problems->len == before)
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
      experiment->steps
          = isc_read_integer (reader->problems, json_object_get_member (reader->root, "steps"),
                              "steps", isc_fields_find ("steps"));
      if (json_object_has_member (reader->root, "epochs"))
        isc_problems_add (reader->problems, "steps", "stands beside epochs: give one of the two");
      return;
    }
  epochs = isc_read_member (reader->root, "epochs", "epochs");
  experiment->epochs
      = isc_read_integer (reader->problems, epochs, "epochs", isc_fields_find ("epochs"));
}

static void
check_version (Reader *reader)
{
  JsonNode *node = json_object_get_member (reader->root, "initscope");
  gint64 version;

  if (!node)
    return;
  version = isc_json_is_integer (node) ? json_node_get_int (node) : 0;
  if (version > ISC_EXPERIMENT_VERSION)
    isc_problems_add (reader->problems, "initscope",
                      "this file is of version %" G_GINT64_FORMAT ": this program reads version %d",
                      version, ISC_EXPERIMENT_VERSION);
  else if (version < 1)
    isc_read_refuse (reader->problems, "initscope", node, "the version of the document, 1");
}

static IscCall *
read_top_call (Reader *reader, const char *key, IscKind kind)
{
  g_autoptr (JsonNode) node = isc_read_member (reader->root, key, key);

  return isc_read_call (reader->problems, node, key, kind, isc_fields_find (key)->nullable);
}

static gboolean
read_top_boolean (Reader *reader, const char *key)
{
  g_autoptr (JsonNode) node = isc_read_member (reader->root, key, key);

  return isc_read_boolean (reader->problems, node, key);
}

static void
read_training (Reader *reader, IscExperiment *experiment)
{
  g_autoptr (JsonNode) batch_size = isc_read_member (reader->root, "batch_size", "batch_size");
  g_autoptr (JsonNode) clip = isc_read_member (reader->root, "clip_grad_norm", "clip_grad_norm");
  g_autoptr (JsonNode) value = isc_read_member (reader->root, "clip_grad_value", "clip_grad_value");
  g_autoptr (JsonNode) target = isc_read_member (reader->root, "target_loss", "target_loss");
  g_autoptr (JsonNode) observe = isc_read_member (reader->root, "observe_every", "observe_every");
  g_autoptr (JsonNode) seeds = isc_read_member (reader->root, "seeds", "seeds");
  g_autoptr (JsonNode) pytorch = isc_read_member (reader->root, "pytorch", "pytorch");
  g_autoptr (JsonNode) fans = isc_read_member (reader->root, "fans", "fans");

  experiment->loss = read_top_call (reader, "loss", ISC_KIND_LOSS);
  experiment->optimizer = read_top_call (reader, "optimizer", ISC_KIND_OPTIMIZER);
  experiment->schedule = read_top_call (reader, "schedule", ISC_KIND_SCHEDULE);
  experiment->batch_size = isc_read_integer (reader->problems, batch_size, "batch_size",
                                             isc_fields_find ("batch_size"));
  experiment->shuffle = read_top_boolean (reader, "shuffle");
  read_length (reader, experiment);
  experiment->clip_grad_norm = read_clip (reader, clip, "clip_grad_norm");
  experiment->clip_grad_value = read_clip (reader, value, "clip_grad_value");
  experiment->target_loss = read_target (reader, target);
  experiment->observe_every = read_observe (reader, observe);
  read_seeds (reader, seeds, experiment);
  experiment->reseed = read_top_boolean (reader, "reseed");
  experiment->fans
      = (IscFans)isc_read_choice (reader->problems, fans, "fans", isc_fields_find ("fans"));
  experiment->pytorch = (IscPytorch)isc_read_choice (reader->problems, pytorch, "pytorch",
                                                     isc_fields_find ("pytorch"));
}

/* In the order of the document, so that the problems are in that order too. */
static void
read_fields (Reader *reader, IscExperiment *experiment)
{
  g_autoptr (JsonNode) title = isc_read_member (reader->root, "title", "title");
  g_autoptr (JsonNode) network = isc_read_member (reader->root, "network", "network");
  g_autoptr (JsonNode) inits = isc_read_member (reader->root, "inits", "inits");
  g_autoptr (JsonNode) bins = isc_read_member (reader->root, "bins", "bins");
  g_autoptr (JsonNode) range = isc_read_member (reader->root, "range", "range");
  g_autoptr (JsonNode) stat = isc_read_member (reader->root, "stat", "stat");
  g_autoptr (JsonNode) bandwidth = isc_read_member (reader->root, "bandwidth", "bandwidth");
  g_autoptr (JsonNode) kernel = isc_read_member (reader->root, "kernel", "kernel");

  experiment->title = isc_read_text (reader->problems, title, "title", MAX_TITLE);
  experiment->data = read_top_call (reader, "data", ISC_KIND_DATASET);
  isc_read_modules (reader->problems, network, "network", experiment->network);
  read_inits (reader, inits, experiment);
  read_training (reader, experiment);
  if (json_object_has_member (reader->root, "weights"))
    isc_read_weights (reader->problems, json_object_get_member (reader->root, "weights"),
                      experiment);
  experiment->bins = read_bins (reader, bins);
  experiment->range = read_range (reader, range);
  experiment->stat = isc_read_choice (reader->problems, stat, "stat", isc_fields_find ("stat"));
  experiment->bandwidth = read_bandwidth (reader, bandwidth);
  experiment->kernel
      = isc_read_choice (reader->problems, kernel, "kernel", isc_fields_find ("kernel"));
}

IscExperiment *
isc_experiment_from_node (JsonNode *node, GPtrArray *problems)
{
  g_autoptr (IscExperiment) experiment = isc_experiment_alloc ();
  Reader reader = { .problems = problems };
  guint before = problems->len;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      isc_read_refuse (problems, "", node, "an experiment, a JSON object {...}");
      return NULL;
    }
  reader.root = json_node_get_object (node);
  check_version (&reader);
  /* A newer version may mean other things by the same keys: its fields are not complained about. */
  if (problems->len > before)
    return NULL;
  isc_read_check_keys (problems, reader.root, "", "", "an experiment");
  read_fields (&reader, experiment);
  return problems->len > before ? NULL : g_steal_pointer (&experiment);
}
