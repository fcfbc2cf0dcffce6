/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An edit is made on the document's tree, which is then read again: there is one way to be valid.
 */

#include "experiment/edit.h"

#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "experiment/experiment-private.h"
#include "experiment/fields.h"
#include "experiment/problem.h"

/* A parsed path: KEY, KEY[INDEX], KEY[INDEX].KEY, KEY.KEY[INDEX] ...; an index of -1 is none. */
typedef struct
{
  char *key;
  gint64 index;
} Step;

typedef struct
{
  const char *text;
  Step steps[2];
  guint n_steps;
  const IscField *field;
} Path;

static void
path_clear (Path *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (path->steps); i++)
    g_free (path->steps[i].key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Path, path_clear)

static gboolean
fail (const char *path, const char *message, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: %s", path, message);
  return FALSE;
}

static gboolean
parse_step (const char *text, Step *step)
{
  gsize n = strcspn (text, "[");
  gsize length = strlen (text);
  g_autofree char *digits = NULL;

  step->key = g_strndup (text, n);
  step->index = -1;
  if (n == 0)
    return FALSE;
  if (n == length)
    return TRUE;
  digits = g_strndup (text + n + 1, length - n - 1);
  length = strlen (digits);
  if (length < 2 || digits[length - 1] != ']')
    return FALSE;
  digits[length - 1] = '\0';
  return strspn (digits, "0123456789") == length - 1
         && isc_integer_from_text (digits, &step->index);
}

static gboolean
fail_unknown (const Path *path, GError **error)
{
  gboolean nested = path->n_steps == 2;
  g_autofree char *prefix = nested ? g_strdup_printf ("%s.", path->steps[0].key) : g_strdup ("");
  const char *nearest = isc_fields_nearest (prefix, path->steps[nested ? 1 : 0].key);

  if (!nearest)
    return fail (path->text, "there is no such field", error);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s: there is no such field: the nearest is %s%s", path->text, prefix, nearest);
  return FALSE;
}

static gboolean
is_list (const IscField *field)
{
  return field->type == ISC_FIELD_CALLS || field->type == ISC_FIELD_SEEDS
         || field->type == ISC_FIELD_INITS || field->type == ISC_FIELD_SHAPE
         || field->type == ISC_FIELD_PINS;
}

/* Looks up the field and checks that indices stand where lists are. */
static gboolean
resolve_field (Path *path, GError **error)
{
  g_autofree char *name = NULL;
  const IscField *group = isc_fields_find (path->steps[0].key);
  const Step *last = &path->steps[path->n_steps - 1];

  if (path->n_steps == 2)
    name = g_strdup_printf ("%s.%s", path->steps[0].key, path->steps[1].key);
  else
    name = g_strdup (path->steps[0].key);
  path->field = strchr (path->steps[0].key, '.') ? NULL : isc_fields_find (name);
  if (!path->field)
    return fail_unknown (path, error);
  if (path->n_steps == 2 && group->type == ISC_FIELD_INITS && path->steps[0].index < 0)
    return fail (path->text, "which entry is missing: write inits[0], inits[1], ...", error);
  if (path->n_steps == 2 && group->type != ISC_FIELD_INITS && path->steps[0].index >= 0)
    return fail (path->text, "this is not a list: it takes no index", error);
  if (last->index >= 0 && !is_list (path->field))
    return fail (path->text, "this is not a list: it takes no index", error);
  return TRUE;
}

static gboolean
parse_path (const char *text, Path *path, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 3);

  path->text = text;
  path->n_steps = g_strv_length (parts);
  if (path->n_steps < 1 || path->n_steps > 2)
    {
      path->n_steps = 0;
      return fail (text, "this is not a path: write one such as batch_size or inits[0].weight",
                   error);
    }
  for (guint i = 0; i < path->n_steps; i++)
    if (!parse_step (parts[i], &path->steps[i]))
      return fail (text, "this is not a path: write one such as batch_size or inits[0].weight",
                   error);
  return resolve_field (path, error);
}

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static const char *
skip_blanks (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return text;
}

/* "0, 1, 2" as a list; what is not a seed is found when it is read. */
static JsonNode *
seeds_node (const char *value)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *list = json_array_new ();
  g_auto (GStrv) parts = g_strsplit (value, ",", 2000);

  for (guint i = 0; parts[i]; i++)
    json_array_add_string_element (list, g_strstrip (parts[i]));
  json_node_take_array (node, list);
  return node;
}

static JsonNode *
shape_node (const char *path, const char *value, GError **error)
{
  JsonNode *node;
  JsonArray *list;
  IscShape shape;

  if (!isc_shape_from_text (value, &shape, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  list = json_array_new ();
  for (guint i = 0; i < shape.n_dims; i++)
    json_array_add_int_element (list, shape.dims[i]);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, list);
  return node;
}

static JsonNode *
json_value (const char *path, const char *value, GError **error)
{
  JsonNode *node = isc_json_parse (value, -1, error);

  if (!node)
    g_prefix_error (error, "%s: ", path);
  return node;
}

/* What @value means for the field, as edit.h says. */
static JsonNode *
value_to_node (const Path *path, const char *value, GError **error)
{
  gboolean element = path->steps[path->n_steps - 1].index >= 0;
  const char *start = skip_blanks (value);
  const char *text = path->text;

  if (!g_utf8_validate (value, -1, NULL))
    {
      fail (text, "the value is not UTF-8 text", error);
      return NULL;
    }
  switch (path->field->type)
    {
    case ISC_FIELD_TEXT:
    case ISC_FIELD_CHOICE:
      return text_node (value);
    case ISC_FIELD_CALL:
      if (path->field->nullable && (g_str_equal (start, "null") || g_str_equal (start, "None")))
        return json_node_new (JSON_NODE_NULL);
      if (*start == '{')
        return json_value (text, value, error);
      return text_node (value);
    case ISC_FIELD_CALLS:
      return !element && *start == '[' ? json_value (text, value, error) : text_node (value);
    case ISC_FIELD_PINS:
      if (element && (g_str_equal (start, "null") || g_str_equal (start, "None")))
        return json_node_new (JSON_NODE_NULL);
      return element && *start != '{' ? text_node (value) : json_value (text, value, error);
    case ISC_FIELD_SEEDS:
      if (element)
        return text_node (value);
      return *start == '[' ? json_value (text, value, error) : seeds_node (value);
    case ISC_FIELD_SEED:
      return text_node (value);
    case ISC_FIELD_SHAPE:
      return element || *start == '[' ? json_value (text, value, error)
                                      : shape_node (text, value, error);
    case ISC_FIELD_INTEGER:
    case ISC_FIELD_NUMBER:
    case ISC_FIELD_BOOLEAN:
    case ISC_FIELD_INITS:
    case ISC_FIELD_GROUP:
    default:
      return json_value (text, value, error);
    }
}

static gboolean
check_index (const Path *path, gint64 index, guint n, gboolean may_append, GError **error)
{
  if (index >= 0 && index < (gint64)n + (may_append ? 1 : 0))
    return TRUE;
  if (n == 0 && !may_append)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: the list is empty", path->text);
  else
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "%s: index %" G_GINT64_FORMAT " is outside 0..%u", path->text, index,
                 may_append ? n : n - 1);
  return FALSE;
}

/* The object that holds the path's last key. */
static JsonObject *
find_holder (JsonObject *root, const Path *path, GError **error)
{
  const Step *first = &path->steps[0];

  if (path->n_steps == 1)
    return root;
  if (first->index >= 0)
    {
      JsonArray *list = json_object_get_array_member (root, first->key);

      if (!check_index (path, first->index, json_array_get_length (list), FALSE, error))
        return NULL;
      return json_array_get_object_element (list, (guint)first->index);
    }
  if (!json_object_has_member (root, first->key))
    json_object_set_object_member (root, first->key, json_object_new ());
  return json_object_get_object_member (root, first->key);
}

/* Fields of which only one may be given: giving one takes the others' place. */
static void
drop_rivals (JsonObject *holder, const char *field)
{
  static const char *const rivals[][3] = {
    { "epochs", "steps", NULL },
    { "weights.tensor", "weights.layer", "weights.network" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
    {
      gboolean among = FALSE;

      for (guint j = 0; j < 3; j++)
        among = among || g_strcmp0 (rivals[i][j], field) == 0;
      for (guint j = 0; among && j < 3 && rivals[i][j]; j++)
        {
          const char *dot = strchr (rivals[i][j], '.');

          json_object_remove_member (holder, dot ? dot + 1 : rivals[i][j]);
        }
    }
}

/* Puts @node (taken) at the path; %NULL removes what is there. */
static void
set_member (JsonObject *root, JsonObject *holder, const Path *path, JsonNode *node)
{
  const Step *last = &path->steps[path->n_steps - 1];

  if (node)
    {
      drop_rivals (holder, path->field->path);
      json_object_set_member (holder, last->key, node);
      return;
    }
  if (json_object_has_member (holder, last->key))
    json_object_remove_member (holder, last->key);
  /* Without a target the rest of the group would say nothing. */
  if (g_str_has_prefix (path->field->path, "weights.") && !json_object_has_member (holder, "tensor")
      && !json_object_has_member (holder, "layer") && !json_object_has_member (holder, "network"))
    json_object_remove_member (root, "weights");
}

/* Replaces @n_replaced elements (0 or 1) of the list at the path by @node (taken), or by nothing.
 */
static gboolean
splice_list (JsonObject *holder,
             const Path *path,
             gint64 index,
             guint n_replaced,
             JsonNode *node,
             GError **error)
{
  const char *key = path->steps[path->n_steps - 1].key;
  g_autoptr (JsonNode) element = node;
  JsonArray *list;
  JsonArray *spliced;
  guint n;

  /* A list that may be empty is left out of the document then. */
  if (path->field->type == ISC_FIELD_PINS && !json_object_has_member (holder, key))
    json_object_set_array_member (holder, key, json_array_new ());
  list = json_object_has_member (holder, key) ? json_object_get_array_member (holder, key) : NULL;
  if (!list)
    return fail (path->text, "there is no such list in this experiment", error);
  n = json_array_get_length (list);
  if (!check_index (path, index, n, node != NULL, error))
    return FALSE;

  spliced = json_array_sized_new (n + 1);
  for (guint i = 0; i < n; i++)
    {
      if (i == index && element)
        json_array_add_element (spliced, g_steal_pointer (&element));
      if (i != index || n_replaced == 0)
        json_array_add_element (spliced, json_array_dup_element (list, i));
    }
  if (element)
    json_array_add_element (spliced, g_steal_pointer (&element));
  json_object_set_array_member (holder, key, spliced);
  return TRUE;
}

static IscExperiment *
read_again (JsonNode *root, GError **error)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_node (root, problems);

  if (!experiment)
    isc_problems_to_error (problems, error);
  return experiment;
}

IscExperiment *
isc_experiment_edit (const IscExperiment *experiment,
                     const char *path,
                     const char *value,
                     GError **error)
{
  g_auto (Path) parsed = { 0 };
  g_autoptr (JsonNode) document = NULL;
  JsonNode *node = NULL;
  JsonObject *root;
  JsonObject *holder;
  gint64 index;

  g_return_val_if_fail (experiment != NULL && path != NULL, NULL);

  if (!parse_path (path, &parsed, error))
    return NULL;
  document = isc_experiment_to_node (experiment, FALSE);
  root = json_node_get_object (document);
  holder = find_holder (root, &parsed, error);
  if (!holder)
    return NULL;
  if (value)
    {
      node = value_to_node (&parsed, value, error);
      if (!node)
        return NULL;
    }

  index = parsed.steps[parsed.n_steps - 1].index;
  if (index < 0)
    set_member (root, holder, &parsed, node);
  else if (!splice_list (holder, &parsed, index, 1, node, error))
    return NULL;
  return read_again (document, error);
}

IscExperiment *
isc_experiment_insert (const IscExperiment *experiment,
                       const char *path,
                       guint index,
                       const char *value,
                       GError **error)
{
  g_autofree char *place = g_strdup_printf ("%s[%u]", path, index);
  g_auto (Path) parsed = { 0 };
  g_autoptr (JsonNode) document = NULL;
  JsonNode *node;
  JsonObject *holder;

  g_return_val_if_fail (experiment != NULL && path != NULL && value != NULL, NULL);

  if (!parse_path (place, &parsed, error))
    return NULL;
  document = isc_experiment_to_node (experiment, FALSE);
  holder = find_holder (json_node_get_object (document), &parsed, error);
  if (!holder)
    return NULL;
  node = value_to_node (&parsed, value, error);
  if (!node || !splice_list (holder, &parsed, index, 0, node, error))
    return NULL;
  return read_again (document, error);
}
