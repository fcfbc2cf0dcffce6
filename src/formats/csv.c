/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv.h"

#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "formats/gzip.h"

/* Ten times what is sensible as text. */
#define MAX_BYTES ((gsize)1 << 29)

/* Where a reader is in its text. */
typedef struct
{
  const char *name;
  const char *at;
  const char *end;
  char separator;
  gsize n_rows;
  guint line;
  /* A quoted cell without its quotes. */
  GString *quoted;
} Reader;

static gsize
count_char (const char *text, gsize size, char wanted)
{
  gsize n = 0;

  for (gsize i = 0; i < size; i++)
    n += text[i] == wanted;
  return n;
}

/* The commonest of the first line, outside of quotes; a comma if there is none. */
static char
find_separator (const char *text, gsize size)
{
  static const char separators[] = { ',', ';', '\t' };
  gsize counts[G_N_ELEMENTS (separators)] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (gsize i = 0; i < size && (quoted || text[i] != '\n'); i++)
    {
      quoted ^= text[i] == '"';
      for (guint j = 0; j < G_N_ELEMENTS (separators); j++)
        counts[j] += !quoted && text[i] == separators[j];
    }
  for (guint j = 1; j < G_N_ELEMENTS (separators); j++)
    if (counts[j] > counts[best])
      best = j;
  return separators[best];
}

/* Lines that are not blank, as far as quotes do not hide them. */
static gsize
count_rows (const char *text, const char *end)
{
  gsize n = 0;

  for (gboolean blank = TRUE; text < end; text++)
    {
      n += blank && !g_ascii_isspace (*text);
      blank = *text == '\n' || (blank && g_ascii_isspace (*text));
    }
  return n;
}

static gboolean
is_blank (const Reader *reader, char c)
{
  return (c == ' ' || c == '\t' || c == '\r') && c != reader->separator;
}

static void
skip_blanks (Reader *reader)
{
  while (reader->at < reader->end && is_blank (reader, *reader->at))
    reader->at++;
}

static gboolean
is_at_cell_end (const Reader *reader)
{
  return reader->at == reader->end || *reader->at == reader->separator || *reader->at == '\n';
}

/* From behind the opening quote: two quotes are one, and lines may end within. */
static gboolean
read_quoted (Reader *reader, IscCells *cells, GError **error)
{
  guint line = reader->line;

  g_string_truncate (reader->quoted, 0);
  while (reader->at < reader->end)
    {
      char c = *reader->at++;

      if (c == '"' && (reader->at == reader->end || *reader->at != '"'))
        {
          skip_blanks (reader);
          if (is_at_cell_end (reader))
            {
              isc_cells_append (cells, reader->quoted->str, reader->quoted->len);
              return TRUE;
            }
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "%s, line %u: something stands behind a closing quote", reader->name,
                       reader->line);
          return FALSE;
        }
      reader->at += c == '"';
      reader->line += c == '\n';
      g_string_append_c (reader->quoted, c);
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s, line %u: a quote is never closed",
               reader->name, line);
  return FALSE;
}

static void
read_plain (Reader *reader, IscCells *cells)
{
  const char *start = reader->at;
  const char *stop;

  while (!is_at_cell_end (reader))
    reader->at++;
  for (stop = reader->at; stop > start && is_blank (reader, stop[-1]);)
    stop--;
  isc_cells_append (cells, start, (gsize)(stop - start));
}

/* Reads the cells of a line, up to its end.  A line of blanks has none. */
static gboolean
read_row (Reader *reader, IscCells *cells, guint *n, GError **error)
{
  *n = 0;
  skip_blanks (reader);
  if (reader->at == reader->end || *reader->at == '\n')
    return TRUE;
  for (;; reader->at++)
    {
      skip_blanks (reader);
      if (reader->at < reader->end && *reader->at == '"')
        {
          reader->at++;
          if (!read_quoted (reader, cells, error))
            return FALSE;
        }
      else
        read_plain (reader, cells);
      ++*n;
      if (reader->at == reader->end || *reader->at == '\n')
        return TRUE;
    }
}

/* Whether the only row so far is the first of scikit-learn's files: how many rows and features
 * there are, and the names of the classes.  The @n cells read since stand behind it; they end with
 * the number of a class, where a table without a header has a word as in its first row. */
static gboolean
is_scikit_learn (const Reader *reader, const IscCells *cells, guint n)
{
  double rows, features, other;

  return isc_cells_get_n_rows (cells) == 1 && isc_cells_get_n_columns (cells) > 2
         && isc_cells_get_number (cells, 0, 0, &rows) && rows == (double)reader->n_rows - 1.0
         && isc_cells_get_number (cells, 0, 1, &features) && features == (double)n - 1.0
         && !isc_cells_get_number (cells, 0, 2, &other)
         && isc_cells_get_number (cells, 0, isc_cells_get_n_columns (cells) + n - 1, &other);
}

/* Ends the row of @n cells that was just read. */
static gboolean
end_row (Reader *reader, IscCells *cells, guint line, guint n, GError **error)
{
  guint n_columns = isc_cells_get_n_columns (cells);

  if (isc_cells_get_n_rows (cells) > 0 && n != n_columns)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s, line %u: it has %u %s, and the lines above have %u", reader->name, line, n,
                   n == 1 ? "cell" : "cells", n_columns);
      return FALSE;
    }
  isc_cells_end_row (cells, line);
  return TRUE;
}

static gboolean
read_rows (Reader *reader, IscCells *cells, GError **error)
{
  for (; reader->at < reader->end; reader->at++, reader->line++)
    {
      const char *start = reader->at;
      guint line = reader->line;
      guint n;

      if (!read_row (reader, cells, &n, error))
        return FALSE;
      if (n > 0 && is_scikit_learn (reader, cells, n))
        {
          isc_cells_clear (cells);
          reader->at = start;
          reader->line = line;
          if (!read_row (reader, cells, &n, error))
            return FALSE;
        }
      if (n > 0 && !end_row (reader, cells, line, n, error))
        return FALSE;
    }
  if (isc_cells_get_n_rows (cells) > 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s holds no row", reader->name);
  return FALSE;
}

IscCells *
isc_csv_read (GBytes *bytes, const char *name, GError **error)
{
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  g_autoptr (GBytes) content = isc_gzip_open (bytes, name, MAX_BYTES, error);
  g_autoptr (GString) quoted = g_string_new (NULL);
  g_autoptr (IscCells) cells = NULL;
  Reader reader = { .name = name, .line = 1, .quoted = quoted };
  const char *text;
  gsize size, n_lines;

  if (!content)
    return NULL;
  text = g_bytes_get_data (content, &size);
  if (size > MAX_BYTES || (size > 0 && memchr (text, '\0', size)))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is not a text of at most 512 MiB",
                   name);
      return NULL;
    }
  if (size >= 3 && memcmp (text, byte_order_mark, 3) == 0)
    {
      text += 3;
      size -= 3;
    }
  reader.at = text;
  reader.end = text + size;
  reader.separator = find_separator (text, size);
  reader.n_rows = count_rows (text, reader.end);
  n_lines = count_char (text, size, '\n') + 1;
  /* Each cell's end takes the place of what stood behind it. */
  cells = isc_cells_new (name, count_char (text, size, reader.separator) + n_lines, n_lines,
                         size + 1, error);
  return cells && read_rows (&reader, cells, error) ? g_steal_pointer (&cells) : NULL;
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
