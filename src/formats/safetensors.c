/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/safetensors.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/error.h"
#include "formats/half.h"

/* The format's own limit on its header. */
#define MAX_HEADER ((guint64) 100 * 1000 * 1000)

static const struct
{
  const char *name;
  guint size;
} types[] = { { "F32", 4 }, { "F64", 8 }, { "F16", 2 }, { "BF16", 2 } };

static gboolean
fail (const char *name, const char *reason, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is not a readable .safetensors file: %s", name, reason);
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
    word |= (guint64) at[i] << (8 * i);
  if (type == 2)
    return isc_half_to_float ((guint16) word);
  if (type == 1)
    {
      memcpy (&wide, &word, sizeof wide);
      return (float) wide;
    }
  /* BF16 is the upper half of a float32. */
  word32 = type == 3 ? (guint32) word << 16 : (guint32) word;
  memcpy (&value, &word32, sizeof value);
  return value;
}

static gboolean
parse_info (JsonNode *node, guint *type, IscShape *shape, guint64 *begin, guint64 *end)
{
  JsonObject *info = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *dtype = info ? json_object_get_string_member_with_default (info, "dtype", "") : "";
  JsonNode *extents = info ? json_object_get_member (info, "shape") : NULL;
  JsonNode *offsets = info ? json_object_get_member (info, "data_offsets") : NULL;
  JsonArray *array;

  for (*type = 0; *type < G_N_ELEMENTS (types) && !g_str_equal (types[*type].name, dtype);)
    ++*type;
  if (*type == G_N_ELEMENTS (types) || !extents || !JSON_NODE_HOLDS_ARRAY (extents) || !offsets
      || !JSON_NODE_HOLDS_ARRAY (offsets) || json_array_get_length (json_node_get_array (offsets)) != 2)
    return FALSE;
  array = json_node_get_array (extents);
  shape->n_dims = json_array_get_length (array);
  if (shape->n_dims > ISC_TENSOR_MAX_DIMS)
    return FALSE;
  for (guint i = 0; i < shape->n_dims; i++)
    shape->dims[i] = json_node_get_int (json_array_get_element (array, i));
  *begin = (guint64) json_node_get_int (json_array_get_element (json_node_get_array (offsets), 0));
  *end = (guint64) json_node_get_int (json_array_get_element (json_node_get_array (offsets), 1));
  return TRUE;
}

static IscTensor *
read_tensor (const char *key, JsonNode *node, const guint8 *data, gsize size, const char *name, GError **error)
{
  IscShape shape = { 0 };
  guint64 begin, end;
  gint64 count;
  guint type;
  IscTensor *tensor;

  if (!parse_info (node, &type, &shape, &begin, &end) || !isc_shape_count (&shape, &count, NULL) || end > size
      || begin > end || end - begin != (guint64) count * types[type].size)
    {
      g_autofree char *reason = g_strdup_printf (
          "tensor '%s' is not of type F32, F64, F16 or BF16, or its place does not fit its shape", key);

      fail (name, reason, error);
      return NULL;
    }
  tensor = isc_tensor_new (key, &shape, error);
  if (tensor)
    for (gint64 i = 0; i < count; i++)
      isc_tensor_edit_data (tensor)[i] = read_element (data + begin + (guint64) i * types[type].size, type);
  return tensor;
}

GPtrArray *
isc_safetensors_read (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) isc_tensor_unref);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint64 header = 0;
  JsonObjectIter iter;
  JsonNode *root, *node;
  const char *key;

  for (guint i = 0; size >= 8 && i < 8; i++)
    header |= (guint64) data[i] << (8 * i);
  if (size < 8 || header > MAX_HEADER || header > size - 8
      || !json_parser_load_from_data (parser, (const char *) data + 8, (gssize) header, NULL)
      || !(root = json_parser_get_root (parser)) || !JSON_NODE_HOLDS_OBJECT (root))
    {
      fail (name, "it does not begin with a header", error);
      return NULL;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      IscTensor *tensor;

      if (g_str_equal (key, "__metadata__"))
        continue;
      tensor = read_tensor (key, node, data + 8 + header, size - 8 - (gsize) header, name, error);
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
      g_autoptr (JsonNode) name = json_node_init_string (json_node_alloc (), isc_tensor_get_name (tensor));
      g_autofree char *quoted = json_to_string (name, FALSE);
      g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (tensor), ",");
      guint64 end = offset + isc_tensor_get_count (tensor) * sizeof (float);

      g_string_append_printf (header,
                              "%s%s:{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%" G_GUINT64_FORMAT
                              ",%" G_GUINT64_FORMAT "]}",
                              i ? "," : "", quoted, shape, offset, end);
      offset = end;
    }
  g_string_append_c (header, '}');
  while (header->len % 8 != 0)
    g_string_append_c (header, ' ');

  length = GUINT64_TO_LE ((guint64) header->len);
  g_byte_array_append (file, (const guint8 *) &length, sizeof length);
  g_byte_array_append (file, (const guint8 *) header->str, (guint) header->len);
  for (guint i = 0; i < tensors->len; i++)
    {
      const IscTensor *tensor = tensors->pdata[i];
      const float *values = isc_tensor_get_data (tensor);

      for (gsize j = 0; j < isc_tensor_get_count (tensor); j++)
        {
          guint32 word;

          memcpy (&word, &values[j], sizeof word);
          word = GUINT32_TO_LE (word);
          g_byte_array_append (file, (const guint8 *) &word, sizeof word);
        }
    }
  return g_byte_array_free_to_bytes (file);
}
