/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/read-values.h"

#include "base/number-text.h"
#include "experiment/experiment-private.h"
#include "experiment/problem.h"

#define MAX_MODULES 10000

/* How a value looks, shortened, for "should be a whole number, and is X". */
static char *
node_to_text (JsonNode *node)
{
  g_autofree char *text = isc_json_to_text (node);
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= 40)
    return g_steal_pointer (&text);
  start = g_utf8_substring (text, 0, 37);
  return g_strconcat (start, "...", NULL);
}

static gboolean
has_control_character (const char *text)
{
  for (const char *c = text; *c; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

static void
add_module (GPtrArray *problems, IscCall *call, const char *path, GPtrArray *modules)
{
  GError *problem = NULL;
  IscArguments *arguments = isc_catalog_bind_module (call, NULL, NULL, &problem);

  if (arguments)
    isc_arguments_unref (arguments);
  else
    isc_problems_take (problems, path, problem);
  g_ptr_array_add (modules, call);
}

/* @call and the calls within it. */
static guint
count_calls (const IscCall *call)
{
  guint n = 1;

  for (guint i = 0; i < isc_call_get_n_args (call); i++)
    {
      const IscValue *value = isc_call_get_value (call, i);

      if (value->kind == ISC_VALUE_CALL)
        n += count_calls (value->call);
    }
  return n;
}

/* Blocks may hold as many modules as there are lines, and more. */
static void
check_count (GPtrArray *problems, const char *path, GPtrArray *modules)
{
  guint n = 0;

  for (guint i = 0; i < modules->len && n <= MAX_MODULES; i++)
    n += count_calls (modules->pdata[i]);
  if (n > MAX_MODULES)
    isc_problems_add (problems, path,
                      "has more than %d modules with those in blocks: that many are allowed",
                      MAX_MODULES);
}

/* A pasted nn.Sequential(...), or calls with commas between them. */
static void
read_pasted_modules (GPtrArray *problems, const char *text, const char *path, GPtrArray *modules)
{
  GError *problem = NULL;
  g_autoptr (GPtrArray) calls = isc_call_parse_list (text, &problem);

  if (!calls)
    {
      isc_problems_take (problems, path, problem);
      return;
    }
  for (guint i = 0; i < calls->len && i < MAX_MODULES; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);

      add_module (problems, isc_call_ref (calls->pdata[i]), place, modules);
    }
  if (calls->len > MAX_MODULES)
    isc_problems_add (problems, path, "has %u modules: at most %d are allowed", calls->len,
                      MAX_MODULES);
  check_count (problems, path, modules);
}

gboolean
isc_json_is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

gboolean
isc_json_is_integer (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

gboolean
isc_json_is_number (JsonNode *node)
{
  return isc_json_is_integer (node)
         || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

void
isc_read_refuse (GPtrArray *problems, const char *path, JsonNode *node, const char *wanted)
{
  g_autofree char *text = node_to_text (node);

  isc_problems_add (problems, path, "should be %s, and is %s", wanted, text);
}

char *
isc_read_text (GPtrArray *problems, JsonNode *node, const char *path, glong max)
{
  const char *text;

  if (!isc_json_is_text (node))
    {
      isc_read_refuse (problems, path, node, "a text");
      return g_strdup ("");
    }
  text = json_node_get_string (node);
  if (g_utf8_strlen (text, -1) > max)
    isc_problems_add (problems, path, "is longer than %ld characters", max);
  else if (has_control_character (text))
    isc_problems_add (problems, path, "holds a line break or another control character");
  return g_strdup (text);
}

gint64
isc_read_integer (GPtrArray *problems, JsonNode *node, const char *path, const IscField *field)
{
  gint64 value;

  if (field->nullable && JSON_NODE_HOLDS_NULL (node))
    return 0;
  value = isc_json_is_integer (node) ? json_node_get_int (node) : 0;
  if (!isc_json_is_integer (node) || value < (gint64)field->min || value > (gint64)field->max)
    {
      g_autofree char *wanted
          = g_strdup_printf ("a whole number in %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT "%s",
                             (gint64)field->min, (gint64)field->max,
                             field->nullable ? " or null" : "");

      isc_read_refuse (problems, path, node, wanted);
      return 0;
    }
  return value;
}

gboolean
isc_read_boolean (GPtrArray *problems, JsonNode *node, const char *path)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  isc_read_refuse (problems, path, node, "true or false");
  return FALSE;
}

gboolean
isc_read_seed (GPtrArray *problems, JsonNode *node, const char *path, guint64 *seed)
{
  if (isc_json_is_integer (node))
    *seed = (guint64)json_node_get_int (node);
  else if (!isc_json_is_text (node) || !isc_seed_from_text (json_node_get_string (node), seed))
    {
      isc_read_refuse (problems, path, node, "a whole number in -2^63..2^64-1");
      return FALSE;
    }
  return TRUE;
}

guint
isc_read_choice (GPtrArray *problems, JsonNode *node, const char *path, const IscField *field)
{
  g_autofree char *list = NULL;
  g_autofree char *wanted = NULL;

  for (guint i = 0; isc_json_is_text (node) && field->choices[i]; i++)
    if (g_str_equal (json_node_get_string (node), field->choices[i]))
      return i;
  list = g_strjoinv ("\", \"", (char **)field->choices);
  wanted = g_strdup_printf ("one of \"%s\"", list);
  isc_read_refuse (problems, path, node, wanted);
  return 0;
}

void
isc_read_shape (GPtrArray *problems, JsonNode *node, const char *path, IscShape *shape)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = list ? json_array_get_length (list) : 0;
  GError *problem = NULL;
  gint64 count;

  if (n < 1 || n > ISC_TENSOR_MAX_DIMS)
    {
      isc_read_refuse (problems, path, node, "a list of 1..8 whole numbers");
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);
      gint64 extent = isc_read_integer (problems, json_array_get_element (list, i), place,
                                        isc_fields_find (path));

      if (extent == 0)
        return;
      shape->dims[shape->n_dims++] = extent;
    }
  if (!isc_shape_count (shape, &count, &problem))
    isc_problems_take (problems, path, problem);
}

IscCall *
isc_read_call (
    GPtrArray *problems, JsonNode *node, const char *path, IscKind kind, gboolean nullable)
{
  GError *problem = NULL;
  g_autoptr (IscCall) call = NULL;
  g_autoptr (IscArguments) arguments = NULL;

  if (nullable && JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!isc_json_is_text (node))
    {
      isc_read_refuse (problems, path, node,
                       nullable ? "a call in quotes or null" : "a call in quotes");
      return NULL;
    }
  call = isc_call_parse (json_node_get_string (node), &problem);
  if (call)
    arguments = isc_catalog_bind (kind, call, NULL, &problem);
  if (problem)
    isc_problems_take (problems, path, problem);
  return g_steal_pointer (&call);
}

void
isc_read_modules (GPtrArray *problems, JsonNode *node, const char *path, GPtrArray *modules)
{
  JsonArray *list;

  if (isc_json_is_text (node))
    {
      read_pasted_modules (problems, json_node_get_string (node), path, modules);
      return;
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      isc_read_refuse (problems, path, node,
                       "a list of calls in quotes, or one text nn.Sequential(...)");
      return;
    }
  list = json_node_get_array (node);
  if (json_array_get_length (list) > MAX_MODULES)
    {
      isc_problems_add (problems, path, "has %u modules: at most %d are allowed",
                        json_array_get_length (list), MAX_MODULES);
      return;
    }
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *element = json_array_get_element (list, i);
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);
      GError *problem = NULL;
      IscCall *call;

      if (!isc_json_is_text (element))
        {
          isc_read_refuse (problems, place, element, "a call in quotes");
          continue;
        }
      call = isc_call_parse (json_node_get_string (element), &problem);
      if (call)
        add_module (problems, call, place, modules);
      else
        isc_problems_take (problems, place, problem);
    }
  check_count (problems, path, modules);
}

JsonNode *
isc_read_member (JsonObject *object, const char *key, const char *path)
{
  const IscField *field;

  if (object && json_object_has_member (object, key))
    return json_node_ref (json_object_get_member (object, key));
  field = isc_fields_find (path);
  g_assert (field);
  return field->initial ? isc_json_parse (field->initial, -1, NULL) : NULL;
}

void
isc_read_check_keys (
    GPtrArray *problems, JsonObject *object, const char *prefix, const char *path, const char *what)
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
      isc_problems_add (problems, place, "is not a key of %s: the nearest is %s", what,
                        isc_fields_nearest (prefix, key));
    }
}
