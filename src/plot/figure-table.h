/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"

/**
 * IscTableColumn:
 *
 * What a row of a figure's data may tell; a table has those that any of its rows fills.
 */
typedef enum
{
  ISC_COLUMN_PANEL,
  ISC_COLUMN_SERIES,
  ISC_COLUMN_X,
  ISC_COLUMN_Y,
  ISC_COLUMN_LOW,
  ISC_COLUMN_HIGH,
  ISC_COLUMN_ROW,
  ISC_COLUMN_COLUMN,
  ISC_COLUMN_VALUE,
  ISC_N_COLUMNS,
} IscTableColumn;

/**
 * IscFigureTable:
 *
 * The data behind a figure as a table, a row a datum, panel by panel and mark by mark.  Rows are
 * worked out as they are asked for, so that a matrix of millions costs nothing until it is looked
 * at. Not to be shared by threads.
 */
typedef struct _IscFigureTable IscFigureTable;

/** isc_figure_table_new: @figure: whose data; it is referenced */
IscFigureTable *isc_figure_table_new (IscFigure *figure);
void isc_figure_table_free (IscFigureTable *table);

/** isc_figure_table_get_n_rows: Returns: how many data there are */
gsize isc_figure_table_get_n_rows (const IscFigureTable *table);

/** isc_figure_table_has_column: Returns: whether some row fills @column; series and panel only
 * where they tell rows apart */
gboolean isc_figure_table_has_column (const IscFigureTable *table, IscTableColumn column);

/** isc_figure_table_get_axis_title: Returns: (transfer none) (nullable): the title of that axis, if
 * all panels have the same */
const char *isc_figure_table_get_axis_title (const IscFigureTable *table, IscAxisSide side);

/**
 * isc_figure_table_dup_cell:
 * @row: from 0
 * @digits: significant digits, as isc_number_to_label() sets them; 0 for a number that reads back
 * the same, with a point, for other programs
 *
 * Rows that are asked for one after the other cost next to nothing each.
 *
 * Returns: (transfer full): what stands there; empty where the datum has none
 */
char *
isc_figure_table_dup_cell (IscFigureTable *table, gsize row, IscTableColumn column, int digits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscFigureTable, isc_figure_table_free)
