/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/figure-table.h"

#include <math.h>

#include "base/number-text.h"
#include "plot/figure-csv.h"
#include "plot/figure-data.h"
#include "plot/marks/marks.h"

/* Rows that are kept, about what a screen shows before and behind the one that is asked for. */
#define BLOCK 512

/* A mark's rows in the table. */
typedef struct
{
  guint panel;
  const IscMark *mark;
  gsize first;
  gsize n;
} Run;

typedef struct
{
  guint run;
  IscMarkRow row;
} Row;

struct _IscFigureTable
{
  IscFigure *figure;
  GArray *runs;
  gsize n_rows;
  gboolean columns[ISC_N_COLUMNS];
  /* The rows from @first on. */
  Row *block;
  gsize first;
  gsize n_block;
  /* While the block is filled: rows to skip, and whose they are. */
  gsize skip;
  guint run;
};

/* What the first row of a mark fills, all of them do. */
static gboolean
note_columns (const IscMarkRow *row, gpointer data)
{
  IscFigureTable *table = data;

  table->columns[ISC_COLUMN_X] |= (row->members & ISC_ROW_X) != 0;
  table->columns[ISC_COLUMN_Y] |= (row->members & ISC_ROW_Y) != 0;
  table->columns[ISC_COLUMN_LOW] |= (row->members & ISC_ROW_ENDS) != 0;
  table->columns[ISC_COLUMN_ROW] |= (row->members & ISC_ROW_CELL) != 0;
  return FALSE;
}

IscFigureTable *
isc_figure_table_new (IscFigure *figure)
{
  IscFigureTable *table;

  g_return_val_if_fail (figure != NULL, NULL);

  table = g_new0 (IscFigureTable, 1);
  table->figure = isc_figure_ref (figure);
  table->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  table->block = g_new (Row, BLOCK);
  for (guint i = 0; i < figure->panels->len; i++)
    {
      const IscPanel *panel = g_ptr_array_index (figure->panels, i);

      for (guint j = 0; j < panel->marks->len; j++)
        {
          const IscMark *mark = g_ptr_array_index (panel->marks, j);
          Run run = { i, mark, table->n_rows, isc_mark_count (mark) };

          if (run.n == 0)
            continue;
          table->n_rows += run.n;
          g_array_append_val (table->runs, run);
          mark->kind->tabulate (mark, note_columns, table);
        }
    }
  table->columns[ISC_COLUMN_PANEL] = figure->panels->len > 1;
  table->columns[ISC_COLUMN_SERIES] = table->runs->len > 1;
  table->columns[ISC_COLUMN_HIGH] = table->columns[ISC_COLUMN_LOW];
  table->columns[ISC_COLUMN_COLUMN] = table->columns[ISC_COLUMN_VALUE]
      = table->columns[ISC_COLUMN_ROW];
  return table;
}

void
isc_figure_table_free (IscFigureTable *table)
{
  g_return_if_fail (table != NULL);

  isc_figure_unref (table->figure);
  g_array_unref (table->runs);
  g_free (table->block);
  g_free (table);
}

gsize
isc_figure_table_get_n_rows (const IscFigureTable *table)
{
  g_return_val_if_fail (table != NULL, 0);
  return table->n_rows;
}

gboolean
isc_figure_table_has_column (const IscFigureTable *table, IscTableColumn column)
{
  g_return_val_if_fail (table != NULL && column < ISC_N_COLUMNS, FALSE);
  return table->columns[column];
}

const char *
isc_figure_table_get_axis_title (const IscFigureTable *table, IscAxisSide side)
{
  const char *title = NULL;

  g_return_val_if_fail (table != NULL, NULL);

  for (guint i = 0; i < table->figure->panels->len; i++)
    {
      const IscPanel *panel = g_ptr_array_index (table->figure->panels, i);

      if (i > 0 && g_strcmp0 (panel->axes[side].label, title) != 0)
        return NULL;
      title = panel->axes[side].label;
    }
  return title;
}

static gboolean
keep_row (const IscMarkRow *row, gpointer data)
{
  IscFigureTable *table = data;

  if (table->skip > 0)
    {
      table->skip--;
      return TRUE;
    }
  table->block[table->n_block++] = (Row){ table->run, *row };
  return table->n_block < BLOCK;
}

/* Marks tell their data from the first on, so what comes before is skipped: a few nanoseconds each.
 */
static const Row *
find_row (IscFigureTable *table, gsize index)
{
  if (index < table->first || index >= table->first + table->n_block)
    {
      gsize first = index - index % BLOCK;

      table->first = first;
      table->n_block = 0;
      for (table->run = 0; table->run < table->runs->len && table->n_block < BLOCK; table->run++)
        {
          const Run *run = &g_array_index (table->runs, Run, table->run);

          if (run->first + run->n <= first)
            continue;
          table->skip = first > run->first ? first - run->first : 0;
          run->mark->kind->tabulate (run->mark, keep_row, table);
        }
    }
  return &table->block[index - table->first];
}

static char *
number_text (double value, int digits)
{
  return digits > 0 ? isc_number_to_label (value, digits) : isc_number_to_text (value);
}

/* Its name where the axis has names. */
static char *
axis_text (const IscAxis *axis, double value, int digits)
{
  for (guint i = 0; axis->categories != NULL && i < axis->categories->len; i++)
    {
      const IscCategory *category = &g_array_index (axis->categories, IscCategory, i);

      if (category->at == value && category->label != NULL)
        return g_strdup (category->label);
    }
  return number_text (value, digits);
}

char *
isc_figure_table_dup_cell (IscFigureTable *table, gsize index, IscTableColumn column, int digits)
{
  const Row *row;
  const Run *run;
  const IscPanel *panel;
  IscRowMembers members;

  g_return_val_if_fail (table != NULL && index < table->n_rows, NULL);

  row = find_row (table, index);
  run = &g_array_index (table->runs, Run, row->run);
  panel = g_ptr_array_index (table->figure->panels, run->panel);
  members = row->row.members;
  if (column == ISC_COLUMN_PANEL)
    return panel->title != NULL ? g_strdup (panel->title) : g_strdup_printf ("%u", run->panel + 1);
  if (column == ISC_COLUMN_SERIES)
    {
      const char *name = run->mark->picture != NULL ? run->mark->picture->name : run->mark->label;

      return g_strdup (name != NULL ? name : run->mark->kind->name);
    }
  if (column == ISC_COLUMN_X && (members & ISC_ROW_X))
    return axis_text (&panel->axes[ISC_AXIS_X], row->row.x, digits);
  if (column == ISC_COLUMN_Y && (members & ISC_ROW_Y))
    return axis_text (&panel->axes[ISC_AXIS_Y], row->row.y, digits);
  if (column == ISC_COLUMN_LOW && (members & ISC_ROW_ENDS))
    return number_text (row->row.low, digits);
  if (column == ISC_COLUMN_HIGH && (members & ISC_ROW_ENDS))
    return number_text (row->row.high, digits);
  if (!(members & ISC_ROW_CELL))
    return g_strdup ("");
  if (column == ISC_COLUMN_ROW)
    return g_strdup_printf ("%" G_GSIZE_FORMAT, row->row.row);
  if (column == ISC_COLUMN_COLUMN)
    return g_strdup_printf ("%" G_GSIZE_FORMAT, row->row.column);
  if (column == ISC_COLUMN_VALUE)
    return digits > 0 ? isc_number_to_label ((double)row->row.value, digits)
                      : isc_float_to_text (row->row.value);
  return g_strdup ("");
}
