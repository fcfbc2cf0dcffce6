/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv.h"

#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "formats/gzip.h"

#define MAX_BYTES ((gsize) 1 << 31)
#define MAX_COLUMNS 1000000

/* Numbers of one line, appended to @values.  Returns how many, or -1 if a cell is no number. */
static gint64
read_line (char *line, GArray *values)
{
  gint64 n = 0;

  for (char *cell = line; cell; n++)
    {
      char *comma = strchr (cell, ',');
      double value;
      float single;

      if (comma)
        *comma = '\0';
      if (!isc_number_from_text (g_strstrip (cell), &value) || n >= MAX_COLUMNS)
        return -1;
      single = (float) value;
      g_array_append_val (values, single);
      cell = comma ? comma + 1 : NULL;
    }
  return n;
}

static IscTensor *
to_tensor (const GArray *values, gint64 columns, const char *name, GError **error)
{
  IscShape shape = isc_shape (2, columns ? (gint64) values->len / columns : (gint64) 0, columns);
  IscTensor *tensor;

  if (values->len == 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s holds no row of numbers", name);
      return NULL;
    }
  tensor = isc_tensor_new (name, &shape, error);
  if (tensor)
    memcpy (isc_tensor_edit_data (tensor), values->data, values->len * sizeof (float));
  return tensor;
}

IscTensor *
isc_csv_read (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GBytes) content = isc_gzip_open (bytes, name, MAX_BYTES, error);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (float));
  g_autofree char *text = NULL;
  gint64 columns = 0;
  guint number = 0;
  char *next;

  if (!content)
    return NULL;
  text = g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  for (char *line = text; line; line = next)
    {
      gsize before = values->len;
      gint64 n;

      next = strchr (line, '\n');
      if (next)
        *next++ = '\0';
      number++;
      if (*g_strstrip (line) == '\0')
        continue;
      n = read_line (line, values);
      if (n < 0 && number == 1)
        {
          g_array_set_size (values, (guint) before);
          continue;
        }
      if (n < 0)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s, line %u: a cell is not a number", name, number);
          return NULL;
        }
      if (columns == 0)
        columns = n;
      if (n != columns)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "%s, line %u: it has %" G_GINT64_FORMAT " cells and the lines above have %" G_GINT64_FORMAT,
                       name, number, n, columns);
          return NULL;
        }
    }
  return to_tensor (values, columns, name, error);
}

static void
append_tensor (GString *text, const IscTensor *tensor)
{
  const IscShape *shape = isc_tensor_get_shape (tensor);
  const float *values = isc_tensor_get_data (tensor);
  gsize n = isc_tensor_get_count (tensor);
  gsize columns = shape->n_dims > 1 && shape->dims[0] > 0 ? n / (gsize) shape->dims[0] : 1;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *cell = isc_float_to_text (values[i]);

      g_string_append (text, cell);
      g_string_append_c (text, (i + 1) % columns == 0 ? '\n' : ',');
    }
}

GBytes *
isc_csv_write (GPtrArray *tensors)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < tensors->len; i++)
    {
      const IscTensor *tensor = tensors->pdata[i];
      g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (tensor), "x");

      if (tensors->len > 1)
        g_string_append_printf (text, "# %s %s\n", isc_tensor_get_name (tensor) ? isc_tensor_get_name (tensor) : "tensor",
                                shape);
      append_tensor (text, tensor);
    }
  return g_string_free_to_bytes (text);
}
