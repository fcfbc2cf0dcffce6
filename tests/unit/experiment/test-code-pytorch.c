/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The PyTorch script of an experiment, read back and obeyed line by line with the parser and the
 * catalog: its calls are the document's, and its numbers are those of PyTorch's reference. */

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "base/runtime.h"
#include "catalog/catalog.h"
#include "catalog/layers/layers.h"
#include "experiment/code.h"
#include "experiment/json.h"
#include "experiment/problem.h"
#include "support/reference.h"

/* A script being obeyed.
 * @modules: the calls of the network
 * @names: what each tensor is called in a state_dict
 * @functions: the lines of init(m) */
typedef struct
{
  IscGenerator *generator;
  GPtrArray *modules;
  GPtrArray *tensors;
  GPtrArray *functions;
} Machine;

static void
machine_clear (Machine *machine)
{
  g_clear_pointer (&machine->generator, isc_generator_free);
  g_clear_pointer (&machine->modules, g_ptr_array_unref);
  g_clear_pointer (&machine->tensors, g_ptr_array_unref);
  g_clear_pointer (&machine->functions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Machine, machine_clear)

static IscCall *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  IscCall *call = isc_call_parse (text, &error);

  g_assert_no_error (error);
  return call;
}

static IscTensor *
find_tensor (const Machine *machine, const char *name)
{
  for (guint i = 0; i < machine->tensors->len; i++)
    if (g_strcmp0 (isc_tensor_get_name (machine->tensors->pdata[i]), name) == 0)
      return machine->tensors->pdata[i];
  return NULL;
}

/* "nn.Linear(4, 3)": constructs it, its parameters named behind @prefix. */
static void
construct (Machine *machine, const IscCall *call, const char *prefix)
{
  g_autoptr (GError) error = NULL;
  IscKind kind;
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind_module (call, &kind, &item, &error);
  const IscLayer *layer = (const IscLayer *)item;
  guint first = machine->tensors->len;

  g_assert_no_error (error);
  if (kind != ISC_KIND_LAYER)
    return;
  for (guint i = 0; i < layer->count_parameters (arguments); i++)
    {
      IscLayerParameter parameter = { 0 };
      g_autofree char *name = NULL;

      layer->get_parameter (arguments, i, &parameter);
      name = g_strconcat (prefix, parameter.name, NULL);
      g_ptr_array_add (machine->tensors, isc_tensor_new (name, &parameter.shape, &error));
      g_assert_no_error (error);
    }
  if (layer->initialize)
    layer->initialize (arguments, machine->generator,
                       (IscTensor *const *)&machine->tensors->pdata[first]);
}

/* "nn.init.normal_(layer.weight, std=0.1)" as the target's last word and the call without it. */
static IscCall *
split_target (const char *line, char **target)
{
  const char *open = strchr (line, '(');
  const char *end = open + strcspn (open, ",)");
  g_autofree char *full = g_strndup (open + 1, (gsize)(end - open - 1));
  g_autofree char *rest
      = g_strdup_printf ("%.*s%s", (int)(open - line + 1), line, *end == ',' ? end + 1 : end);

  *target = g_strdup (strchr (full, '.') ? strchr (full, '.') + 1 : full);
  return parse (rest);
}

static void
fill (Machine *machine, IscTensor *tensor, const IscCall *call)
{
  g_autoptr (GError) error = NULL;
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, &error);
  IscSite site = isc_site_of_shape (isc_tensor_get_shape (tensor));

  g_assert_no_error (error);
  site.pytorch = ISC_PYTORCH_2_11;
  isc_scheme_fill ((const IscScheme *)item, arguments, &site, machine->generator, tensor, &error);
  g_assert_no_error (error);
}

/* network.apply(init): the lines of init(m) for each module whose class the first one names. */
static void
apply (Machine *machine)
{
  const char *classes = machine->functions->pdata[0];

  for (guint i = 0; i < machine->modules->len; i++)
    {
      const char *name = isc_call_get_name (machine->modules->pdata[i]);

      if (!strstr (classes, name))
        continue;
      for (guint j = 1; j < machine->functions->len; j++)
        {
          g_autofree char *target = NULL;
          g_autoptr (IscCall) call = split_target (machine->functions->pdata[j], &target);
          g_autofree char *full = g_strdup_printf ("%u.%s", i, target);
          IscTensor *tensor = find_tensor (machine, full);

          if (tensor)
            fill (machine, tensor, call);
        }
    }
}

static void
obey_network (Machine *machine, const char *from)
{
  g_autoptr (GError) error = NULL;
  const char *end = strstr (from, "\n)\n");
  g_autofree char *text = g_strndup (from, (gsize)(end + 2 - from));

  machine->modules = isc_call_parse_list (text, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < machine->modules->len; i++)
    {
      g_autofree char *prefix = g_strdup_printf ("%u.", i);

      construct (machine, machine->modules->pdata[i], prefix);
    }
}

static void
obey_line (Machine *machine, const char *line, const char *from)
{
  g_autoptr (GError) error = NULL;

  if (g_str_has_prefix (line, "torch.manual_seed("))
    {
      g_autofree char *digits = g_strndup (line + 18, strlen (line) - 19);
      guint64 seed;

      g_assert_true (isc_seed_from_text (digits, &seed));
      g_assert_null (machine->generator);
      machine->generator = isc_generator_new (seed);
    }
  else if (g_str_has_prefix (line, "weight = torch.empty("))
    {
      g_autofree char *extents = g_strndup (line + 21, strlen (line) - 22);
      IscShape shape;

      g_assert_true (isc_shape_from_text (extents, &shape, &error));
      g_ptr_array_add (machine->tensors, isc_tensor_new ("weight", &shape, &error));
    }
  else if (g_str_has_prefix (line, "layer = nn."))
    {
      g_autoptr (IscCall) call = parse (line + 8);

      construct (machine, call, "");
    }
  else if (g_str_has_prefix (line, "network = nn.Sequential("))
    obey_network (machine, from + 10);
  else if (g_str_has_prefix (line, "nn.init."))
    {
      g_autofree char *target = NULL;
      g_autoptr (IscCall) call = split_target (line, &target);
      IscTensor *tensor = find_tensor (machine, target);

      g_assert_nonnull (tensor);
      fill (machine, tensor, call);
    }
  else if (strstr (line, "isinstance") || strstr (line, "nn.init."))
    g_ptr_array_add (machine->functions, g_strstrip (g_strdup (line)));
  else if (g_str_equal (line, "network.apply(init)"))
    apply (machine);
  else
    /* A module, a line of init(m) that decides nothing, an import, a comment. */
    g_assert_true (*line == '\0' || g_ascii_isspace (*line) || *line == '#' || *line == ')'
                   || g_str_has_prefix (line, "def init(m):") || strstr (line, "import "));
}

static Machine
obey (const char *script)
{
  Machine machine = { 0 };
  const char *from = script;

  machine.tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  machine.functions = g_ptr_array_new_with_free_func (g_free);
  while (*from)
    {
      const char *end = strchr (from, '\n');
      g_autofree char *line = NULL;

      g_assert_nonnull (end);
      line = g_strndup (from, (gsize)(end - from));
      obey_line (&machine, line, from);
      from = end + 1;
    }
  return machine;
}

static char *
script_of (const char *weights)
{
  g_autofree char *json
      = g_strdup_printf ("{\"initscope\": 1, \"pytorch\": \"2.11\", \"weights\": %s}", weights);
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  g_autoptr (IscExperiment) experiment = isc_experiment_from_json (json, -1, problems);
  g_autoptr (GError) error = NULL;
  char *script;

  g_assert_cmpuint (problems->len, ==, 0);
  script = isc_code_new (experiment, isc_code_language_find ("pytorch", NULL), &error);
  g_assert_no_error (error);
  return script;
}

static void
compare_floats (JsonObject *entry, const char *what, const float *ours, const char *bits)
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
compare (JsonObject *entry, const char *what, const IscTensor *tensor)
{
  const float *data = isc_tensor_get_data (tensor);
  gsize n = isc_tensor_get_count (tensor);
  gsize tail;

  g_assert_cmpuint (n, ==, (gsize)json_object_get_int_member (entry, "n"));
  if (json_object_has_member (entry, "bits"))
    {
      compare_floats (entry, what, data, json_object_get_string_member (entry, "bits"));
      return;
    }
  tail = (strlen (json_object_get_string_member (entry, "last64")) + 1) / 9;
  compare_floats (entry, what, data, json_object_get_string_member (entry, "first64"));
  compare_floats (entry, what, data + n - tail, json_object_get_string_member (entry, "last64"));
}

/* {"mean": 0.1, "mode": "fan_in"} as a call of @name. */
static char *
call_text (const char *name, JsonObject *arguments)
{
  GString *text = g_string_new (name);
  g_autoptr (GList) keys = json_object_get_members (arguments);

  g_string_append_c (text, '(');
  for (GList *key = keys; key; key = key->next)
    {
      JsonNode *node = json_object_get_member (arguments, key->data);
      GType type = json_node_get_value_type (node);
      g_autofree char *number
          = type == G_TYPE_STRING ? NULL : isc_number_to_text (json_node_get_double (node));

      g_string_append_printf (text, "%s%s=", key == keys ? "" : ", ", (const char *)key->data);
      if (type == G_TYPE_STRING)
        g_string_append_printf (text, "'%s'", json_node_get_string (node));
      else if (type == G_TYPE_BOOLEAN)
        g_string_append (text, json_node_get_boolean (node) ? "True" : "False");
      else
        g_string_append (text, number);
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static void
test_schemes (void)
{
  g_autoptr (JsonObject) vectors = reference_load ("reference/pytorch/vectors.json");
  JsonArray *entries = json_object_get_array_member (vectors, "init");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      const char *id = json_object_get_string_member (entry, "scheme");
      g_autofree char *call = call_text (id, json_object_get_object_member (entry, "args"));
      JsonArray *dims = json_object_get_array_member (entry, "shape");
      g_autoptr (GString) section = g_string_new ("{\"tensor\": [");
      g_autofree char *script = NULL;
      g_auto (Machine) machine = { 0 };

      for (guint j = 0; j < json_array_get_length (dims); j++)
        g_string_append_printf (section, "%s%d", j ? ", " : "",
                                (int)json_array_get_int_element (dims, j));
      g_string_append_printf (section, "], \"init\": \"%s\", \"seed\": %d}", call,
                              (int)json_object_get_int_member (entry, "seed"));
      script = script_of (section->str);
      machine = obey (script);
      g_assert_cmpuint (machine.tensors->len, ==, 1);
      compare (entry, script, machine.tensors->pdata[0]);
      n++;
    }
  g_assert_cmpuint (n, ==, 1116);
}

static void
compare_parameters (JsonObject *entry, const char *script, const Machine *machine)
{
  JsonArray *parameters = json_object_get_array_member (entry, "params");

  g_assert_cmpuint (machine->tensors->len, ==, json_array_get_length (parameters));
  for (guint i = 0; i < json_array_get_length (parameters); i++)
    {
      JsonObject *parameter = json_array_get_object_element (parameters, i);
      IscTensor *tensor = find_tensor (machine, json_object_get_string_member (parameter, "name"));

      g_assert_nonnull (tensor);
      compare (parameter, script, tensor);
    }
}

static void
test_layers (void)
{
  g_autoptr (JsonObject) vectors = reference_load ("reference/pytorch/vectors.json");
  JsonArray *entries = json_object_get_array_member (vectors, "layers");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      const char *id = json_object_get_string_member (entry, "layer");
      g_autofree char *call = call_text (id, json_object_get_object_member (entry, "args"));
      g_autofree char *section = g_strdup_printf ("{\"layer\": \"%s\", \"seed\": %d}", call,
                                                  (int)json_object_get_int_member (entry, "seed"));
      g_autofree char *script = NULL;
      g_auto (Machine) machine = { 0 };

      script = script_of (section);
      machine = obey (script);
      compare_parameters (entry, script, &machine);
      n++;
    }
  g_assert_cmpuint (n, ==, 66);
}

/* Appends ", "weight": "normal_(std=0.02)"" for a pair of name and arguments. */
static void
append_init (GString *section, JsonObject *entry, const char *member, const char *key)
{
  JsonNode *node = json_object_get_member (entry, member);

  if (!json_node_is_null (node))
    {
      JsonArray *pair = json_node_get_array (node);
      g_autofree char *call = call_text (json_array_get_string_element (pair, 0),
                                         json_array_get_object_element (pair, 1));

      g_string_append_printf (section, ", \"%s\": \"%s\"", key, call);
    }
}

/* The modules as a list of calls; FALSE if one is not in the catalog. */
static gboolean
append_modules (GString *section, JsonArray *modules)
{
  for (guint i = 0; i < json_array_get_length (modules); i++)
    {
      JsonArray *module = json_array_get_array_element (modules, i);
      const char *id = json_array_get_string_element (module, 0);

      if (!isc_catalog_find (ISC_KIND_LAYER, id, NULL)
          && !isc_catalog_find (ISC_KIND_ACTIVATION, id, NULL))
        return FALSE;
      g_string_append_printf (section, "%s\"%s(", i ? ", " : "", id);
      for (guint j = 1; j < json_array_get_length (module); j++)
        g_string_append_printf (section, "%s%d", j > 1 ? ", " : "",
                                (int)json_array_get_int_element (module, j));
      g_string_append (section, ")\"");
    }
  return TRUE;
}

static void
test_networks (void)
{
  g_autoptr (JsonObject) vectors = reference_load ("reference/pytorch/vectors.json");
  JsonArray *entries = json_object_get_array_member (vectors, "models");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      g_autoptr (GString) section = g_string_new ("{\"network\": [");
      g_autofree char *script = NULL;
      g_auto (Machine) machine = { 0 };

      if (!append_modules (section, json_object_get_array_member (entry, "layers")))
        continue;
      g_string_append_printf (section, "], \"seed\": %d",
                              (int)json_object_get_int_member (entry, "seed"));
      append_init (section, entry, "weight", "init");
      append_init (section, entry, "bias", "bias");
      g_string_append_c (section, '}');
      script = script_of (section->str);
      machine = obey (script);
      compare_parameters (entry, script, &machine);
      n++;
    }
  /* 18 models, of which 3 have modules without weights that the catalog has not. */
  g_assert_cmpuint (n, >=, 15);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/experiment/code-pytorch/schemes", test_schemes);
  g_test_add_func ("/experiment/code-pytorch/layers", test_layers);
  g_test_add_func ("/experiment/code-pytorch/networks", test_networks);
  return g_test_run ();
}
