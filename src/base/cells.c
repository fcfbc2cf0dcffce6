/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/cells.h"

#include <string.h>

#include "base/error.h"
#include "base/number-text.h"

/* Decimal digits whose value is surely exact in a double. */
#define EXACT_DIGITS 15

struct _IscCells
{
  char *name;
  /* All cells, each with its zero. */
  char *text;
  gsize n_bytes;
  /* Where each begins: four bytes a cell, for tables of images have fifty million. */
  guint32 *starts;
  gsize n_cells;
  guint32 *lines;
  gsize n_rows;
  guint n_columns;
};

IscCells *
isc_cells_new (const char *name, gsize max_cells, gsize max_rows, gsize max_bytes, GError **error)
{
  g_autoptr (IscCells) cells = g_new0 (IscCells, 1);

  g_return_val_if_fail (max_bytes <= G_MAXUINT32, NULL);

  cells->name = g_strdup (name);
  cells->text = g_try_malloc (MAX (max_bytes, 1));
  cells->starts = g_try_new (guint32, MAX (max_cells, 1));
  cells->lines = g_try_new (guint32, MAX (max_rows, 1));
  if (!cells->text || !cells->starts || !cells->lines)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "there is no memory for the %" G_GSIZE_FORMAT " cells of %s", max_cells, name);
      return NULL;
    }
  return g_steal_pointer (&cells);
}

void
isc_cells_free (IscCells *cells)
{
  g_free (cells->name);
  g_free (cells->text);
  g_free (cells->starts);
  g_free (cells->lines);
  g_free (cells);
}

void
isc_cells_append (IscCells *cells, const char *text, gsize length)
{
  cells->starts[cells->n_cells++] = (guint32)cells->n_bytes;
  memcpy (cells->text + cells->n_bytes, text, length);
  cells->n_bytes += length;
  cells->text[cells->n_bytes++] = '\0';
}

void
isc_cells_end_row (IscCells *cells, guint line)
{
  if (cells->n_rows == 0)
    cells->n_columns = (guint)cells->n_cells;
  cells->lines[cells->n_rows++] = line;
  g_return_if_fail (cells->n_cells == cells->n_rows * cells->n_columns);
}

void
isc_cells_clear (IscCells *cells)
{
  cells->n_bytes = 0;
  cells->n_cells = 0;
  cells->n_rows = 0;
  cells->n_columns = 0;
}

const char *
isc_cells_get_name (const IscCells *cells)
{
  return cells->name;
}

gsize
isc_cells_get_n_rows (const IscCells *cells)
{
  return cells->n_rows;
}

guint
isc_cells_get_n_columns (const IscCells *cells)
{
  return cells->n_columns;
}

guint
isc_cells_get_line (const IscCells *cells, gsize row)
{
  return cells->lines[row];
}

const char *
isc_cells_get (const IscCells *cells, gsize row, guint column)
{
  return cells->text + cells->starts[row * cells->n_columns + column];
}

gboolean
isc_cells_get_number (const IscCells *cells, gsize row, guint column, double *number)
{
  const char *text = isc_cells_get (cells, row, column);
  gint64 whole = 0;
  guint n = 0;

  /* Pixels and labels are whole numbers, and strtod takes ten times as long over them. */
  while (n < EXACT_DIGITS && g_ascii_isdigit (text[n]))
    whole = 10 * whole + (text[n++] - '0');
  if (n == 0 || text[n] != '\0')
    return isc_number_from_text (text, number);
  *number = (double)whole;
  return TRUE;
}
