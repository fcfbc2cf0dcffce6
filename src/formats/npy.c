/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/npy.h"

#include <string.h>

#include "base/error.h"
#include "formats/float-bytes.h"
#include "formats/half.h"

/* "\x93NUMPY", then major and minor version. */
#define MAGIC "\x93NUMPY"
#define MAGIC_SIZE 6

/* numpy aligns the data to this. */
#define ALIGNMENT 64

/* The longest header that is read; numpy's own are a few hundred bytes. */
#define MAX_HEADER (64 * 1024)

typedef struct
{
  char order;
  char kind;
  guint size;
  gboolean fortran;
  IscShape shape;
} Header;

static gboolean
fail (const char *name, const char *reason, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is not a readable .npy file: %s",
               name ? name : "the array", reason);
  return FALSE;
}

/* The text behind "'key':" in the header's dictionary. */
static const char *
find_key (const char *header, const char *key)
{
  g_autofree char *quoted = g_strdup_printf ("'%s'", key);
  const char *at = strstr (header, quoted);

  if (!at)
    return NULL;
  at += strlen (quoted);
  while (*at == ' ' || *at == ':')
    at++;
  return at;
}

static gboolean
parse_descr (const char *text, Header *header)
{
  static const char *const known[]
      = { "f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1" };

  if (!text || strlen (text) < 5 || *text != '\'' || !strchr ("<>|=", text[1]) || text[4] != '\'')
    return FALSE;
  header->order = text[1];
  header->kind = text[2];
  header->size = (guint)(text[3] - '0');
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strncmp (text + 2, known[i], 2) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
parse_shape (const char *text, Header *header)
{
  if (!text || *text++ != '(')
    return FALSE;
  while (*text != ')')
    {
      char *end;
      guint64 extent;

      if (*text == ' ' || *text == ',')
        {
          text++;
          continue;
        }
      if (!g_ascii_isdigit (*text) || header->shape.n_dims == ISC_TENSOR_MAX_DIMS)
        return FALSE;
      extent = g_ascii_strtoull (text, &end, 10);
      if (extent > (guint64)G_MAXINT64)
        return FALSE;
      header->shape.dims[header->shape.n_dims++] = (gint64)extent;
      text = end;
    }
  return TRUE;
}

static gboolean
parse_header (const char *text, const char *name, Header *header, GError **error)
{
  const char *order = find_key (text, "fortran_order");

  if (!parse_descr (find_key (text, "descr"), header))
    return fail (name, "its type is none of floats of 2, 4 or 8 bytes, integers or booleans",
                 error);
  if (!order || !(g_str_has_prefix (order, "True") || g_str_has_prefix (order, "False")))
    return fail (name, "its header has no fortran_order", error);
  header->fortran = *order == 'T';
  if (!parse_shape (find_key (text, "shape"), header))
    return fail (name, "its header has no shape of at most 8 dimensions", error);
  return TRUE;
}

static float
read_element (const guint8 *at, const Header *header)
{
  guint64 word = 0;
  guint bits = 8 * header->size;

  for (guint i = 0; i < header->size; i++)
    word |= (guint64)at[header->order == '>' ? header->size - 1 - i : i] << (8 * i);

  switch (header->kind)
    {
    case 'f':
      if (header->size == 2)
        return isc_half_to_float ((guint16)word);
      if (header->size == 4)
        {
          guint32 word32 = (guint32)word;
          float value;

          memcpy (&value, &word32, sizeof value);
          return value;
        }
      else
        {
          double value;

          memcpy (&value, &word, sizeof value);
          return (float)value;
        }
    case 'i':
      return (float)((gint64)(word << (64 - bits)) >> (64 - bits));
    case 'b':
      return word ? 1.0f : 0.0f;
    case 'u':
    default:
      return (float)word;
    }
}

/* Whether the file's elements are a tensor's own, byte by byte. */
static gboolean
is_native (const Header *header)
{
  return header->kind == 'f' && header->size == sizeof (float) && !header->fortran
         && (header->order == '>') == (G_BYTE_ORDER == G_BIG_ENDIAN);
}

/* Where element @index of the row-major order stands in Fortran order. */
static gsize
fortran_position (const IscShape *shape, gsize index)
{
  gsize position = 0;

  for (guint i = shape->n_dims; i-- > 0;)
    {
      gsize extent = (gsize)shape->dims[i];
      gsize coordinate = index % extent;
      gsize stride = 1;

      for (guint j = 0; j < i; j++)
        stride *= (gsize)shape->dims[j];
      position += coordinate * stride;
      index /= extent;
    }
  return position;
}

static IscTensor *
read_data (const guint8 *data, gsize size, const Header *header, const char *name, GError **error)
{
  g_autoptr (IscTensor) tensor = NULL;
  gint64 count;
  float *out;

  if (!isc_shape_count (&header->shape, &count, error))
    {
      g_prefix_error (error, "%s: ", name ? name : "the array");
      return NULL;
    }
  if (size / header->size < (gsize)count)
    {
      g_autofree char *reason
          = g_strdup_printf ("it holds %" G_GSIZE_FORMAT " of the %" G_GINT64_FORMAT
                             " values its header names",
                             size / header->size, count);

      fail (name, reason, error);
      return NULL;
    }
  tensor = isc_tensor_new (name, &header->shape, error);
  if (!tensor)
    return NULL;

  out = isc_tensor_edit_data (tensor);
  if (is_native (header))
    memcpy (out, data, (gsize)count * sizeof *out);
  else
    for (gsize i = 0; i < (gsize)count; i++)
      {
        gsize position = header->fortran ? fortran_position (&header->shape, i) : i;

        out[i] = read_element (data + position * header->size, header);
      }
  return g_steal_pointer (&tensor);
}

IscTensor *
isc_npy_read (GBytes *bytes, const char *name, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize prefix, header_size;
  g_autofree char *text = NULL;
  Header header = { 0 };

  if (size < 12 || memcmp (data, MAGIC, MAGIC_SIZE) != 0 || data[6] < 1 || data[6] > 3)
    {
      fail (name, "it does not begin as one of version 1, 2 or 3", error);
      return NULL;
    }
  prefix = data[6] == 1 ? 10 : 12;
  header_size = (gsize)data[8] | (gsize)data[9] << 8;
  if (data[6] > 1)
    header_size |= (gsize)data[10] << 16 | (gsize)data[11] << 24;
  if (header_size > MAX_HEADER)
    {
      fail (name, "its header is longer than 64 KiB", error);
      return NULL;
    }
  if (header_size > size - prefix)
    {
      fail (name, "it ends within its header", error);
      return NULL;
    }
  text = g_strndup ((const char *)data + prefix, header_size);
  if (!parse_header (text, name, &header, error))
    return NULL;
  return read_data (data + prefix + header_size, size - prefix - header_size, &header, name, error);
}

GBytes *
isc_npy_write (const IscTensor *tensor)
{
  const IscShape *shape = isc_tensor_get_shape (tensor);
  g_autofree char *extents = isc_shape_to_text (shape, ", ");
  g_autoptr (GString) header = g_string_new (NULL);
  GByteArray *file = g_byte_array_new ();
  guint8 start[10] = MAGIC "\x01";

  g_string_printf (header, "{'descr': '<f4', 'fortran_order': False, 'shape': (%s%s), }", extents,
                   shape->n_dims == 1 ? "," : "");
  while ((sizeof start + header->len + 1) % ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  start[7] = 0;
  start[8] = (guint8)(header->len & 0xff);
  start[9] = (guint8)(header->len >> 8);

  g_byte_array_append (file, start, sizeof start);
  g_byte_array_append (file, (const guint8 *)header->str, (guint)header->len);
  isc_float_bytes_append (file, tensor);
  return g_byte_array_free_to_bytes (file);
}
