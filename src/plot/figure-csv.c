/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/figure-csv.h"

#include <string.h>

#include "base/csv-text.h"
#include "base/error.h"
#include "base/number-text.h"
#include "plot/figure-data.h"
#include "plot/marks/marks.h"

#define HEADER "panel,title,mark,kind,label,color,x,y,low,high,row,column,value\n"

/* Seven numbers of at most 25 bytes, their commas and the line's end. */
#define MAX_NUMBERS 256

/* What is allocated at first. */
#define FIRST_SIZE 4096

/* A text that grows as long as there is memory. */
typedef struct
{
  char *text;
  gsize length;
  gsize size;
  gboolean full;
  /* What the rows of the present mark begin with. */
  GString *head;
  /* The rest of the present row. */
  GString *numbers;
} Writer;

static gboolean
append (Writer *writer, const GString *text)
{
  gsize needed;

  if (writer->full || !g_size_checked_add (&needed, writer->length, text->len))
    writer->full = TRUE;
  else if (needed > writer->size)
    {
      gsize size = MAX (writer->size <= G_MAXSIZE / 2 ? 2 * writer->size : needed, needed);
      char *grown = g_try_realloc (writer->text, MAX (size, FIRST_SIZE));

      writer->full = grown == NULL;
      if (grown != NULL)
        {
          writer->text = grown;
          writer->size = MAX (size, FIRST_SIZE);
        }
    }
  if (writer->full)
    return FALSE;
  memcpy (writer->text + writer->length, text->str, text->len);
  writer->length = needed;
  return TRUE;
}

static void
append_number (GString *numbers, gboolean filled, double value)
{
  g_autofree char *text = filled ? isc_number_to_text (value) : NULL;

  g_string_append_c (numbers, ',');
  if (filled)
    g_string_append (numbers, text);
}

static void
append_cell (GString *numbers, const IscMarkRow *row)
{
  g_autofree char *value = isc_float_to_text (row->value);

  g_string_append_printf (numbers, ",%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ",%s", row->row,
                          row->column, value);
}

static gboolean
write_row (const IscMarkRow *row, gpointer data)
{
  Writer *writer = data;
  GString *numbers = writer->numbers;

  g_string_truncate (numbers, 0);
  append_number (numbers, (row->members & ISC_ROW_X) != 0, row->x);
  append_number (numbers, (row->members & ISC_ROW_Y) != 0, row->y);
  append_number (numbers, (row->members & ISC_ROW_ENDS) != 0, row->low);
  append_number (numbers, (row->members & ISC_ROW_ENDS) != 0, row->high);
  if (row->members & ISC_ROW_CELL)
    append_cell (numbers, row);
  else
    g_string_append (numbers, ",,,");
  g_string_append_c (numbers, '\n');
  return append (writer, writer->head) && append (writer, numbers);
}

static void
begin_rows (Writer *writer,
            guint panel,
            const char *title,
            guint mark,
            const char *kind,
            const char *label,
            int color)
{
  g_string_printf (writer->head, "%u,", panel + 1);
  isc_csv_append_text (writer->head, title != NULL ? title : "");
  g_string_append_c (writer->head, ',');
  if (mark > 0)
    g_string_append_printf (writer->head, "%u", mark);
  g_string_append_printf (writer->head, ",%s,", kind);
  isc_csv_append_text (writer->head, label != NULL ? label : "");
  g_string_append_c (writer->head, ',');
  if (color != ISC_INK)
    g_string_append_printf (writer->head, "%d", color);
}

static void
write_names (Writer *writer, guint index, const IscPanel *panel, IscAxisSide side)
{
  const GArray *categories = panel->axes[side].categories;

  for (guint i = 0; categories != NULL && i < categories->len; i++)
    {
      const IscCategory *category = &g_array_index (categories, IscCategory, i);
      IscMarkRow row = {
        .members = side == ISC_AXIS_X ? ISC_ROW_X : ISC_ROW_Y,
        .x = category->at,
        .y = category->at,
      };

      /* An axis may have one name that says nothing, to have no numbers. */
      if (category->label == NULL)
        continue;
      begin_rows (writer, index, panel->title, 0, "name", category->label, ISC_INK);
      write_row (&row, writer);
    }
}

static void
write_panel (Writer *writer, guint index, const IscPanel *panel)
{
  write_names (writer, index, panel, ISC_AXIS_X);
  write_names (writer, index, panel, ISC_AXIS_Y);
  for (guint i = 0; i < panel->marks->len; i++)
    {
      const IscMark *mark = g_ptr_array_index (panel->marks, i);

      begin_rows (writer, index, panel->title, i + 1, mark->kind->name,
                  mark->picture != NULL ? mark->picture->name : mark->label, mark->style.color);
      mark->kind->tabulate (mark, write_row, writer);
    }
}

gsize
isc_figure_count_data (const IscFigure *figure)
{
  gsize n = 0;

  g_return_val_if_fail (figure != NULL, 0);

  for (guint i = 0; i < figure->panels->len; i++)
    {
      const IscPanel *panel = g_ptr_array_index (figure->panels, i);

      for (guint j = 0; j < panel->marks->len; j++)
        n += isc_mark_count (g_ptr_array_index (panel->marks, j));
    }
  return n;
}

GBytes *
isc_figure_to_csv (const IscFigure *figure, GError **error)
{
  g_autoptr (GString) head = g_string_new (HEADER);
  g_autoptr (GString) numbers = g_string_sized_new (MAX_NUMBERS);
  Writer writer = { .head = head, .numbers = numbers };

  g_return_val_if_fail (figure != NULL, NULL);

  append (&writer, head);
  for (guint i = 0; i < figure->panels->len; i++)
    write_panel (&writer, i, g_ptr_array_index (figure->panels, i));
  if (!writer.full)
    return g_bytes_new_take (writer.text, writer.length);
  g_free (writer.text);
  g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
               "there is no memory for the data of the figure as text");
  return NULL;
}
