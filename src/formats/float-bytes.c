/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/float-bytes.h"

#include <string.h>

void
isc_float_bytes_append (GByteArray *file, const IscTensor *tensor)
{
  const float *values = isc_tensor_get_data (tensor);
  gsize n = isc_tensor_get_count (tensor);
  guint start = file->len;

  g_byte_array_set_size (file, start + (guint)(n * sizeof *values));
  if (n > 0)
    memcpy (file->data + start, values, n * sizeof *values);
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    return;
  for (gsize i = 0; i < n; i++)
    {
      guint8 *at = file->data + start + i * sizeof *values;
      guint32 word;

      memcpy (&word, at, sizeof word);
      word = GUINT32_TO_LE (word);
      memcpy (at, &word, sizeof word);
    }
}
