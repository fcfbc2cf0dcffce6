/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/safetensors.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/error.h"
#include "formats/float-bytes.h"
#include "formats/half.h"
#include "formats/name.h"

/* The longest header that is read.  The format allows 100 MB; the largest models' are below 1 MB.
 */
#define MAX_HEADER ((guint64)16 << 20)

/* The header is an object of objects of arrays. */
#define MAX_DEPTH 3

static const struct
{
  const char *name;
  guint size;
} types[] = { { "F32", 4 }, { "F64", 8 }, { "F16", 2 }, { "BF16", 2 } };

static gboolean
fail (const char *name, const char *reason, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is not a readable .safetensors file: %s",
               name, reason);
  return FALSE;
}

static float
read_element (const guint8 *at, guint type)
{
  guint64 word = 0;
  guint32 word32;
  float value;
  double wide;

  for (guint i = 0; i < types[type].size; i++)
    word |= (guint64)at[i] << (8 * i);
  if (type == 2)
    return isc_half_to_float ((guint16)word);
  if (type == 1)
    {
      memcpy (&wide, &word, sizeof wide);
      return (float)wide;
    }
  /* BF16 is the upper half of a float32. */
  word32 = type == 3 ? (guint32)word << 16 : (guint32)word;
  memcpy (&value, &word32, sizeof value);
  return value;
}

/* Whether @text nests no deeper than a header does: json-glib calls itself for every level.
 * Comments, which json-glib would skip, are refused. */
static gboolean
is_flat (const char *text, gsize length)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    if (quoted && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (quoted)
      continue;
    else if (text[i] == '[' || text[i] == '{')
      {
        if (++depth > MAX_DEPTH)
          return FALSE;
      }
    else if (text[i] == ']' || text[i] == '}')
      depth--;
    else if (!g_ascii_isalnum (text[i]) && !strchr (" \t\r\n,:+-.", text[i]))
      return FALSE;
  return TRUE;
}

/* The whole numbers of array @key, at most @max of them; -1 if they are something else. */
static int
read_integers (JsonObject *info, const char *key, gint64 *integers, guint max)
{
  JsonNode *node = json_object_get_member (info, key);
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? json_array_get_length (array) : 0;

  if (!array || n > max)
    return -1;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) != G_TYPE_INT64)
        return -1;
      integers[i] = json_node_get_int (element);
    }
  return (int)n;
}

static const char *
read_text (JsonObject *info, const char *key)
{
  JsonNode *node = json_object_get_member (info, key);

  return node && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                  : "";
}

static gboolean
parse_info (JsonNode *node, guint *type, IscShape *shape, gint64 offsets[2])
{
  JsonObject *info = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  int n_dims;

  if (!info)
    return FALSE;
  for (*type = 0; *type < G_N_ELEMENTS (types); ++*type)
    if (g_str_equal (types[*type].name, read_text (info, "dtype")))
      break;
  n_dims = read_integers (info, "shape", shape->dims, ISC_TENSOR_MAX_DIMS);
  shape->n_dims = (guint)MAX (n_dims, 0);
  return *type < G_N_ELEMENTS (types) && n_dims >= 0
         && read_integers (info, "data_offsets", offsets, 2) == 2;
}

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const gint64 *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

/* Whether every byte is one tensor's at most, as the format demands: a small file whose tensors all
 * have the same bytes would fill the memory. */
static gboolean
places_are_apart (JsonObject *root)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, 2 * sizeof (gint64));
  JsonObjectIter iter;
  JsonNode *node;
  gint64 end = 0;

  json_object_iter_init (&iter, root);
  while (json_object_iter_next (&iter, NULL, &node))
    {
      IscShape shape = { 0 };
      gint64 place[2];
      guint type;

      /* What cannot be parsed is refused when its turn comes. */
      if (parse_info (node, &type, &shape, place) && place[0] < place[1])
        g_array_append_vals (places, place, 1);
    }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      const gint64 *place = (const gint64 *)(gpointer)places->data + 2 * i;

      if (i > 0 && place[0] < end)
        return FALSE;
      end = place[1];
    }
  return TRUE;
}

static IscTensor *
read_tensor (const char *key,
             JsonNode *node,
             const guint8 *data,
             gsize size,
             const char *name,
             GError **error)
{
  IscShape shape = { 0 };
  gint64 place[2];
  gint64 count;
  guint type;
  IscTensor *tensor;

  if (!parse_info (node, &type, &shape, place) || !isc_shape_count (&shape, &count, NULL)
      || place[0] < 0 || place[1] < place[0] || (guint64)place[1] > size
      || place[1] - place[0] != count * types[type].size)
    {
      g_autofree char *reason = g_strdup_printf ("tensor '%s' is not of type F32, F64, F16 or "
                                                 "BF16, or its place does not fit its shape",
                                                 key);

      fail (name, reason, error);
      return NULL;
    }
  tensor = isc_tensor_new (key, &shape, error);
  if (tensor)
    for (gint64 i = 0; i < count; i++)
      isc_tensor_edit_data (tensor)[i]
          = read_element (data + place[0] + i * types[type].size, type);
  return tensor;
}

GPtrArray *
isc_safetensors_read (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint64 header = 0;
  JsonObjectIter iter;
  JsonNode *root, *node;
  const char *key;

  for (guint i = 0; size >= 8 && i < 8; i++)
    header |= (guint64)data[i] << (8 * i);
  if (size < 8 || header > MAX_HEADER || header > size - 8
      || !is_flat ((const char *)data + 8, (gsize)header)
      || !json_parser_load_from_data (parser, (const char *)data + 8, (gssize)header, NULL)
      || !(root = json_parser_get_root (parser)) || !JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (name, "it does not begin with the length of a header and the header", error);
      return NULL;
    }
  if (!places_are_apart (json_node_get_object (root)))
    {
      fail (name, "two of its tensors share bytes", error);
      return NULL;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      IscTensor *tensor;

      if (g_str_equal (key, "__metadata__"))
        continue;
      if (!isc_name_is_readable (key))
        {
          fail (name, "the name of a tensor is not a line of text", error);
          return NULL;
        }
      tensor = read_tensor (key, node, data + 8 + header, size - 8 - (gsize)header, name, error);
      if (!tensor)
        return NULL;
      g_ptr_array_add (tensors, tensor);
    }
  return g_steal_pointer (&tensors);
}

GBytes *
isc_safetensors_write (GPtrArray *tensors)
{
  g_autoptr (GString) header = g_string_new ("{");
  GByteArray *file = g_byte_array_new ();
  guint64 offset = 0;
  guint64 length;

  for (guint i = 0; i < tensors->len; i++)
    {
      const IscTensor *tensor = tensors->pdata[i];
      const char *name = isc_tensor_get_name (tensor);
      g_autoptr (JsonNode) node
          = json_node_init_string (json_node_alloc (), name ? name : "tensor");
      g_autofree char *quoted = json_to_string (node, FALSE);
      g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (tensor), ",");
      guint64 end = offset + isc_tensor_get_count (tensor) * sizeof (float);

      g_string_append_printf (header,
                              "%s%s:{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":["
                              "%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT "]}",
                              i ? "," : "", quoted, shape, offset, end);
      offset = end;
    }
  g_string_append_c (header, '}');
  while (header->len % 8 != 0)
    g_string_append_c (header, ' ');

  length = GUINT64_TO_LE ((guint64)header->len);
  g_byte_array_append (file, (const guint8 *)&length, sizeof length);
  g_byte_array_append (file, (const guint8 *)header->str, (guint)header->len);
  for (guint i = 0; i < tensors->len; i++)
    isc_float_bytes_append (file, tensors->pdata[i]);
  return g_byte_array_free_to_bytes (file);
}
