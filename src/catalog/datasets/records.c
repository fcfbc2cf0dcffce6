/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/datasets/records.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/datasets/data.h"

/* As much of a person's file as an error shows. */
#define MAX_SHOWN 20
#define MAX_COLUMNS_SHOWN 20

static gsize
count_rows (const IscRecords *records)
{
  return isc_cells_get_n_rows (records->cells) - (records->has_header ? 1 : 0);
}

/* The row of @records' example @index in the table. */
static gsize
row_of (const IscRecords *records, gsize index)
{
  return index + (records->has_header ? 1 : 0);
}

static char *
shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  return g_utf8_substring (valid, 0, MIN (MAX_SHOWN, g_utf8_strlen (valid, -1)));
}

/* "column 'width'", or by its number where columns have no names. */
static char *
column_in_words (const IscRecords *records, guint column)
{
  g_autofree char *name = NULL;

  if (!records->has_header)
    return g_strdup_printf ("column %u (counted from 0)", column);
  name = shorten (isc_cells_get (records->cells, 0, column));
  return g_strdup_printf ("column '%s'", name);
}

static char *
columns_in_words (const IscRecords *records)
{
  guint n = isc_cells_get_n_columns (records->cells);
  GString *words;

  if (!records->has_header)
    return g_strdup_printf ("has no names for its columns, which are numbered 0..%u", n - 1);
  words = g_string_new ("has ");
  for (guint i = 0; i < MIN (n, MAX_COLUMNS_SHOWN); i++)
    {
      g_autofree char *name = shorten (isc_cells_get (records->cells, 0, i));

      g_string_append_printf (words, "%s'%s'", i ? ", " : "", name);
    }
  if (n > MAX_COLUMNS_SHOWN)
    g_string_append_printf (words, " and %u more", n - MAX_COLUMNS_SHOWN);
  return g_string_free (words, FALSE);
}

/* What may help with a cell that is no number, in the first row of all: a column of words is so
 * from there on. */
static char *
advise (const IscRecords *records, gsize row, guint column)
{
  const char *name;

  if (records->guessed && row == 0)
    return g_strdup (" (header='yes' if this line holds names)");
  if (row != row_of (records, 0) || column == records->target)
    return g_strdup ("");
  /* By its number where the name would have to be cut, or in two. */
  name = records->has_header ? isc_cells_get (records->cells, 0, column) : NULL;
  if (name && *name && strlen (name) <= MAX_SHOWN && !strchr (name, ','))
    return g_strdup_printf (" (ignore='%s' leaves the column out)", name);
  return g_strdup_printf (" (ignore='%u' leaves the column out)", column);
}

/* What is wrong with a cell, with its place. */
static void
fail_cell (const IscRecords *records, gsize row, guint column, const char *wanted, GError **error)
{
  g_autofree char *place = column_in_words (records, column);
  g_autofree char *text = shorten (isc_cells_get (records->cells, row, column));
  g_autofree char *advice = *text ? advise (records, row, column) : g_strdup ("");

  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s, line %u, %s: %s%s%s is not %s%s",
               isc_cells_get_name (records->cells), isc_cells_get_line (records->cells, row), place,
               *text ? "'" : "", *text ? text : "an empty cell", *text ? "'" : "", wanted, advice);
}

static gboolean
read_number (const IscRecords *records, gsize row, guint column, double *number, GError **error)
{
  if (!isc_cells_get_number (records->cells, row, column, number))
    fail_cell (records, row, column, "a number", error);
  else if (!isfinite ((float)*number))
    fail_cell (records, row, column, "a finite number of 32 bits", error);
  else
    return TRUE;
  return FALSE;
}

static gboolean
is_number (const IscCells *cells, gsize row, guint column)
{
  double number;

  return isc_cells_get_number (cells, row, column, &number);
}

/* A line of words above numbers, or a word above targets that are all numbers. */
static gboolean
guess_header (const IscCells *cells, guint target)
{
  gboolean has_number = FALSE;

  if (isc_cells_get_n_rows (cells) < 2 || is_number (cells, 0, target))
    return FALSE;
  for (guint i = 0; i < isc_cells_get_n_columns (cells); i++)
    has_number |= is_number (cells, 0, i);
  if (!has_number)
    return TRUE;
  for (gsize row = 1; row < isc_cells_get_n_rows (cells); row++)
    if (!is_number (cells, row, target))
      return FALSE;
  return TRUE;
}

/* The column that @text names or counts; -1 for none. */
static gint64
find_column (const IscRecords *records, const char *text)
{
  gint64 n = (gint64)isc_cells_get_n_columns (records->cells);
  gint64 index;

  for (guint i = 0; records->has_header && i < n; i++)
    if (g_str_equal (isc_cells_get (records->cells, 0, i), text))
      return i;
  if (g_str_equal (text, "last"))
    return n - 1;
  if (!isc_integer_from_text (text, &index) || index < -n || index >= n)
    return -1;
  return index < 0 ? index + n : index;
}

static gboolean
require_column (const IscRecords *records,
                const char *parameter,
                const char *text,
                guint *column,
                GError **error)
{
  gint64 found = find_column (records, text);
  g_autofree char *columns = NULL;

  if (found >= 0)
    {
      *column = (guint)found;
      return TRUE;
    }
  columns = columns_in_words (records);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s has no column %s='%s': it %s",
               isc_cells_get_name (records->cells), parameter, text, columns);
  return FALSE;
}

static gboolean
check_names (const IscRecords *records, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < isc_cells_get_n_columns (records->cells); i++)
    {
      const char *name = isc_cells_get (records->cells, 0, i);
      g_autofree char *shown = NULL;

      if (*name == '\0' || g_hash_table_add (seen, (gpointer)name))
        continue;
      shown = shorten (name);
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s, line %u: two columns are named '%s'",
                   isc_cells_get_name (records->cells), isc_cells_get_line (records->cells, 0),
                   shown);
      return FALSE;
    }
  return TRUE;
}

static gboolean
ignore_columns (IscRecords *records, const char *ignore, GError **error)
{
  g_auto (GStrv) names = g_strsplit (ignore ? ignore : "", ",", -1);
  guint n_left = isc_cells_get_n_columns (records->cells) - 1;

  for (guint i = 0; names[i]; i++)
    {
      guint column;

      if (*g_strstrip (names[i]) == '\0')
        continue;
      if (!require_column (records, "ignore", names[i], &column, error))
        return FALSE;
      if (column == records->target)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "%s: ignore='%s' is the target's column",
                       isc_cells_get_name (records->cells), names[i]);
          return FALSE;
        }
      n_left -= !records->ignored[column];
      records->ignored[column] = TRUE;
    }
  if (n_left > 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s has no column but the target's: there is nothing to learn from",
               isc_cells_get_name (records->cells));
  return FALSE;
}

static IscTensor *
new_rows (const IscRecords *records, gint64 width, GError **error)
{
  IscShape shape = isc_shape (2, (gint64)count_rows (records), width);

  return isc_tensor_new (NULL, &shape, error);
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Numbers @labels, (array length=n) of @size bytes each, from 0 in their order.  Returns how many
 * differ; 0 if there is no memory. */
static gint64
number_labels (const char *labels, gsize n, gsize size, GCompareFunc compare, gint64 *classes)
{
  g_autofree char *sorted = g_try_malloc_n (n, size);
  gsize n_distinct = 0;

  if (!sorted)
    return 0;
  memcpy (sorted, labels, n * size);
  qsort (sorted, n, size, compare);
  for (gsize i = 0; i < n; i++)
    if (i == 0 || compare (sorted + i * size, sorted + (n_distinct - 1) * size) != 0)
      memmove (sorted + n_distinct++ * size, sorted + i * size, size);
  for (gsize i = 0; i < n; i++)
    {
      const char *at = bsearch (labels + i * size, sorted, n_distinct, size, compare);

      classes[i] = (gint64)((gsize)(at - sorted) / size);
    }
  return (gint64)n_distinct;
}

static gint64
number_texts (const IscRecords *records, gint64 *classes)
{
  gsize n = count_rows (records);
  g_autofree const char **texts = g_try_new (const char *, n);

  for (gsize i = 0; texts && i < n; i++)
    texts[i] = isc_cells_get (records->cells, row_of (records, i), records->target);
  return texts ? number_labels ((const char *)texts, n, sizeof *texts, compare_texts, classes) : 0;
}

static gint64
number_numbers (const IscRecords *records, gint64 *classes)
{
  gsize n = count_rows (records);
  g_autofree double *numbers = g_try_new (double, n);

  for (gsize i = 0; numbers && i < n; i++)
    isc_cells_get_number (records->cells, row_of (records, i), records->target, &numbers[i]);
  return numbers
             ? number_labels ((const char *)numbers, n, sizeof *numbers, compare_numbers, classes)
             : 0;
}

/* Looks at every label: whether all are numbers, which then must be finite, and none is empty. */
static gboolean
check_labels (const IscRecords *records, gboolean *numeric, GError **error)
{
  gsize n = isc_cells_get_n_rows (records->cells);
  double number;

  *numeric = TRUE;
  for (gsize row = row_of (records, 0); row < n; row++)
    {
      *numeric &= is_number (records->cells, row, records->target);
      if (*isc_cells_get (records->cells, row, records->target) == '\0')
        {
          fail_cell (records, row, records->target, "a label", error);
          return FALSE;
        }
    }
  for (gsize row = row_of (records, 0); *numeric && row < n; row++)
    if (!read_number (records, row, records->target, &number, error))
      return FALSE;
  return TRUE;
}

gboolean
isc_records_init (IscRecords *records,
                  const IscCells *cells,
                  const char *header,
                  const char *target,
                  const char *ignore,
                  GError **error)
{
  gint64 place;

  *records = (IscRecords){ .cells = cells };
  /* Without a header only a number or "last" finds a column: any other target is a name. */
  place = find_column (records, target);
  records->guessed = g_str_equal (header, "auto");
  records->has_header = records->guessed ? place < 0 || guess_header (cells, (guint)place)
                                         : g_str_equal (header, "yes");
  records->ignored = g_new0 (gboolean, isc_cells_get_n_columns (cells));
  if (records->has_header && !check_names (records, error))
    return FALSE;
  if (!require_column (records, "target", target, &records->target, error)
      || !ignore_columns (records, ignore, error))
    return FALSE;
  if (count_rows (records) > 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s holds names, and no row of data",
               isc_cells_get_name (cells));
  return FALSE;
}

void
isc_records_clear (IscRecords *records)
{
  g_clear_pointer (&records->ignored, g_free);
}

IscTensor *
isc_records_read_inputs (const IscRecords *records, float factor, GError **error)
{
  guint n_columns = isc_cells_get_n_columns (records->cells);
  g_autoptr (IscTensor) inputs = NULL;
  gint64 width = 0;
  float *to;

  for (guint i = 0; i < n_columns; i++)
    width += i != records->target && !records->ignored[i];
  inputs = new_rows (records, width, error);
  if (!inputs)
    return NULL;
  to = isc_tensor_edit_data (inputs);
  for (gsize row = row_of (records, 0); row < isc_cells_get_n_rows (records->cells); row++)
    for (guint i = 0; i < n_columns; i++)
      if (i != records->target && !records->ignored[i])
        {
          double number;

          if (!read_number (records, row, i, &number, error))
            return NULL;
          *to++ = (float)number * factor;
        }
  return g_steal_pointer (&inputs);
}

gboolean
isc_records_has_classes (const IscRecords *records)
{
  for (gsize row = row_of (records, 0); row < isc_cells_get_n_rows (records->cells); row++)
    {
      double number;

      if (!isc_cells_get_number (records->cells, row, records->target, &number))
        return TRUE;
      if (number != floor (number))
        return FALSE;
    }
  return TRUE;
}

gint64 *
isc_records_read_classes (const IscRecords *records, gint64 *n_classes, GError **error)
{
  g_autofree gint64 *classes = isc_data_new_indices (count_rows (records), error);
  g_autofree char *column = column_in_words (records, records->target);
  g_autofree char *label = NULL;
  gboolean numeric;

  if (!classes || !check_labels (records, &numeric, error))
    return NULL;
  *n_classes = numeric ? number_numbers (records, classes) : number_texts (records, classes);
  if (*n_classes > 1)
    return g_steal_pointer (&classes);
  label = shorten (isc_cells_get (records->cells, row_of (records, 0), records->target));
  if (*n_classes == 1)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "%s, %s: '%s' is the only class, and there must be two to tell apart",
                 isc_cells_get_name (records->cells), column, label);
  else
    g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE, "%s, %s: there is no memory for the labels",
                 isc_cells_get_name (records->cells), column);
  return NULL;
}

IscTensor *
isc_records_read_values (const IscRecords *records, GError **error)
{
  g_autoptr (IscTensor) values = new_rows (records, 1, error);

  if (!values)
    return NULL;
  for (gsize i = 0; i < count_rows (records); i++)
    {
      double number;

      if (!read_number (records, row_of (records, i), records->target, &number, error))
        return NULL;
      isc_tensor_edit_data (values)[i] = (float)number;
    }
  return g_steal_pointer (&values);
}

IscData *
isc_data_new_table (const IscArguments *arguments,
                    const IscCells *cells,
                    float factor,
                    const IscShape *shape,
                    GError **error)
{
  g_auto (IscRecords) records = { 0 };
  g_autoptr (IscTensor) inputs = NULL;
  g_autoptr (IscTensor) shaped = NULL;
  g_autofree gint64 *classes = NULL;
  gint64 n_classes;

  if (!isc_records_init (&records, cells, "auto", "last", NULL, error))
    return NULL;
  inputs = isc_records_read_inputs (&records, factor, error);
  classes = inputs ? isc_records_read_classes (&records, &n_classes, error) : NULL;
  if (!classes)
    return NULL;
  shaped = shape ? isc_data_shape_examples (inputs, shape) : isc_tensor_ref (inputs);
  return isc_data_new_common (arguments, shaped, classes, NULL, n_classes, error);
}
