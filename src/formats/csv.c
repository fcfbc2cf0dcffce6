/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv.h"

#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "formats/gzip.h"

/* Ten times what is sensible as text. */
#define MAX_BYTES ((gsize)1 << 29)

/* The start of a cell that is no number, as an error shows it. */
#define MAX_SHOWN 20

/* Numbers of one line, appended to @values.  Returns how many, or -1 and the cell that is no
 * number. */
static gint64
read_line (char *line, GArray *values, guint *cell_number, char **bad)
{
  gint64 n = 0;

  for (char *cell = line; cell; n++)
    {
      char *comma = strchr (cell, ',');
      double value;
      float single;

      if (comma)
        *comma = '\0';
      if (!isc_number_from_text (g_strstrip (cell), &value))
        {
          *cell_number = (guint)n + 1;
          *bad = cell;
          return -1;
        }
      single = (float)value;
      g_array_append_val (values, single);
      cell = comma ? comma + 1 : NULL;
    }
  return n;
}

static void
fail_cell (const char *name, guint line, guint cell, const char *text, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (MAX_SHOWN, g_utf8_strlen (valid, -1)));

  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s, line %u, cell %u: '%s' is not a number",
               name, line, cell, start);
}

static IscTensor *
to_tensor (const GArray *values, gint64 columns, const char *name, GError **error)
{
  IscShape shape = isc_shape (2, columns ? (gint64)values->len / columns : (gint64)0, columns);
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
  const char *at, *end;
  gint64 columns = 0;
  gsize size;

  if (!content)
    return NULL;
  at = g_bytes_get_data (content, &size);
  if (size > MAX_BYTES || (size > 0 && memchr (at, '\0', size)))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is not a text of at most 512 MiB",
                   name);
      return NULL;
    }
  end = at + size;
  for (guint number = 1; at < end; number++)
    {
      const char *stop = memchr (at, '\n', (gsize)(end - at));
      g_autofree char *line = g_strndup (at, (gsize)((stop ? stop : end) - at));
      guint before = values->len;
      guint cell;
      char *bad;
      gint64 n;

      at = stop ? stop + 1 : end;
      if (*g_strstrip (line) == '\0')
        continue;
      n = read_line (line, values, &cell, &bad);
      if (n < 0 && number == 1)
        {
          g_array_set_size (values, before);
          continue;
        }
      if (n < 0)
        {
          fail_cell (name, number, cell, bad, error);
          return NULL;
        }
      if (columns == 0)
        columns = n;
      if (n != columns)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "%s, line %u: it has %" G_GINT64_FORMAT
                       " cells and the lines above have %" G_GINT64_FORMAT,
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
  gsize columns = shape->n_dims > 1 && shape->dims[0] > 0 ? n / (gsize)shape->dims[0] : 1;

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
      const char *name = isc_tensor_get_name (tensor);
      g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (tensor), "x");

      if (tensors->len > 1)
        g_string_append_printf (text, "# %s %s\n", name ? name : "tensor", shape);
      append_tensor (text, tensor);
    }
  return g_string_free_to_bytes (text);
}
