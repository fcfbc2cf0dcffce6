/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscCells:
 *
 * A rectangular table of texts, as a CSV file holds it: what they mean, a data set says.  Filled
 * row by row by its reader, then only read.
 */
typedef struct _IscCells IscCells;

/**
 * isc_cells_new:
 * @name: what errors call the table
 * @max_cells: how many cells there will be at most
 * @max_rows: how many rows
 * @max_bytes: how many bytes of text, each cell's end counted as one; at most 4 GiB
 *
 * Returns: (transfer full) (nullable): an empty table; %NULL with ISC_ERROR_RESOURCE if there is no
 *   memory for one of that size
 */
IscCells *
isc_cells_new (const char *name, gsize max_cells, gsize max_rows, gsize max_bytes, GError **error);
void isc_cells_free (IscCells *cells);

/** isc_cells_append: adds a cell, @text's first @length bytes, to the row that is being filled */
void isc_cells_append (IscCells *cells, const char *text, gsize length);

/** isc_cells_end_row: @line: where the row stood in its file, from 1.  The first row says how many
 *  columns there are: the caller sees to it that the others have as many. */
void isc_cells_end_row (IscCells *cells, guint line);

/** isc_cells_clear: forgets all rows */
void isc_cells_clear (IscCells *cells);

const char *isc_cells_get_name (const IscCells *cells);
gsize isc_cells_get_n_rows (const IscCells *cells);
guint isc_cells_get_n_columns (const IscCells *cells);

/** isc_cells_get_line: Returns: the line of row @row in its file, from 1 */
guint isc_cells_get_line (const IscCells *cells, gsize row);

/** isc_cells_get: Returns: (transfer none): the text of a cell; not always UTF-8 */
const char *isc_cells_get (const IscCells *cells, gsize row, guint column);

/** isc_cells_get_number: Returns: whether the cell is a number, nan and inf among them */
gboolean isc_cells_get_number (const IscCells *cells, gsize row, guint column, double *number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscCells, isc_cells_free)
