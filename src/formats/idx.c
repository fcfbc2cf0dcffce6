/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/idx.h"

#include "base/error.h"
#include "formats/gzip.h"

/* The third byte of the magic number: unsigned bytes. */
#define TYPE_UBYTE 8

/* The full MNIST is 47 MB, the largest set in its format (EMNIST) 550 MB. */
#define MAX_BYTES ((gsize)1 << 30)

static guint32
read_big_endian (const guint8 *at)
{
  return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

IscTensor *
isc_idx_read (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GBytes) content = isc_gzip_open (bytes, name, MAX_BYTES, error);
  g_autoptr (IscTensor) tensor = NULL;
  IscShape shape = { 0 };
  const guint8 *data;
  gsize size, header;
  gint64 count;
  float *out;

  if (!content)
    return NULL;
  data = g_bytes_get_data (content, &size);
  if (size < 4 || data[0] != 0 || data[1] != 0 || data[2] != TYPE_UBYTE || data[3] < 1
      || data[3] > ISC_TENSOR_MAX_DIMS)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is not an IDX file of bytes", name);
      return NULL;
    }
  if (size < 4 + 4 * (gsize)data[3])
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s is cut short: it ends within its header of %u dimensions", name, data[3]);
      return NULL;
    }
  shape.n_dims = data[3];
  header = 4 + 4 * (gsize)shape.n_dims;
  for (guint i = 0; i < shape.n_dims; i++)
    shape.dims[i] = read_big_endian (data + 4 + 4 * i);
  if (!isc_shape_count (&shape, &count, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  if ((gsize)count > size - header)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s is cut short: its header names %" G_GINT64_FORMAT
                   " values and it holds %" G_GSIZE_FORMAT,
                   name, count, size - header);
      return NULL;
    }
  tensor = isc_tensor_new (name, &shape, error);
  if (!tensor)
    return NULL;
  out = isc_tensor_edit_data (tensor);
  for (gsize i = 0; i < (gsize)count; i++)
    out[i] = (float)data[header + i];
  return g_steal_pointer (&tensor);
}
