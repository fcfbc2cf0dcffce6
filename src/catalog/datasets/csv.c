/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CSV: a person's own table.  All its columns but the target's are features, so that columns of
 * words and of row numbers have to be ignored by name. */

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/datasets/common.h"
#include "catalog/datasets/data.h"
#include "catalog/datasets/records.h"

static const IscDatasetSource sources[] = { { .parameter = "path", .format = ISC_DATA_CSV } };

static const char *const kinds[] = { "auto", "classes", "values", NULL };
static const char *const headers[] = { "auto", "yes", "no", NULL };
static const char *const endings[] = { ".csv", ".csv.gz", ".tsv", ".tsv.gz", NULL };

/* The target's column as a text, whichever way it is given. */
static char *
dup_target (const IscArguments *arguments)
{
  const char *name = isc_arguments_text (arguments, "target");

  return name ? g_strdup (name)
              : g_strdup_printf ("%" G_GINT64_FORMAT, isc_arguments_integer (arguments, "target"));
}

static gboolean
check (const IscArguments *arguments, GError **error)
{
  g_autofree char *target = dup_target (arguments);
  gint64 index;

  if (!g_str_equal (isc_arguments_text (arguments, "header"), "no") || g_str_equal (target, "last")
      || isc_integer_from_text (target, &index))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "CSV: target='%s' is a name, and header='no' says that the columns have none",
               target);
  return FALSE;
}

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  gboolean values = g_str_equal (isc_arguments_text (arguments, "kind"), "values");

  if (!isc_arguments_is_none (arguments, "shape"))
    info->input = isc_arguments_shape (arguments, "shape");
  info->known = !g_str_equal (isc_arguments_text (arguments, "kind"), "auto");
  info->n_targets = values ? 1 : 0;
  info->n_classes = values ? 0 : ISC_DATA_COUNTED;
}

static gboolean
has_classes (const IscArguments *arguments, const IscRecords *records)
{
  const char *kind = isc_arguments_text (arguments, "kind");

  return g_str_equal (kind, "auto") ? isc_records_has_classes (records)
                                    : g_str_equal (kind, "classes");
}

/* The rows of @inputs in the shape that the call asks for, if it does. */
static IscTensor *
shape_inputs (const IscArguments *arguments,
              const IscCells *cells,
              IscTensor *inputs,
              GError **error)
{
  gint64 width = isc_tensor_get_shape (inputs)->dims[1];
  g_autofree char *text = NULL;
  IscShape shape;
  gint64 count;

  if (isc_arguments_is_none (arguments, "shape"))
    return isc_tensor_ref (inputs);
  shape = isc_arguments_shape (arguments, "shape");
  if (isc_shape_count (&shape, &count, NULL) && count == width
      && shape.n_dims < ISC_TENSOR_MAX_DIMS)
    return isc_data_shape_examples (inputs, &shape);
  text = isc_shape_to_text (&shape, ", ");
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "CSV: a row of %s has %" G_GINT64_FORMAT " features, which shape=(%s) does not hold",
               isc_cells_get_name (cells), width, text);
  return NULL;
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  const IscCells *cells = files[0].cells;
  g_autofree char *target = dup_target (arguments);
  g_auto (IscRecords) records = { 0 };
  g_autoptr (IscTensor) inputs = NULL;
  g_autoptr (IscTensor) shaped = NULL;
  g_autoptr (IscTensor) values = NULL;
  g_autofree gint64 *classes = NULL;
  gint64 n_classes = 0;

  if (!isc_records_init (&records, cells, isc_arguments_text (arguments, "header"), target,
                         isc_arguments_text (arguments, "ignore"), error))
    return NULL;
  inputs = isc_records_read_inputs (&records, 1.0f, error);
  shaped = inputs ? shape_inputs (arguments, cells, inputs, error) : NULL;
  if (!shaped)
    return NULL;
  if (has_classes (arguments, &records))
    classes = isc_records_read_classes (&records, &n_classes, error);
  else
    values = isc_records_read_values (&records, error);
  return classes || values
             ? isc_data_new_common (arguments, shaped, classes, values, n_classes, error)
             : NULL;
}

static const IscParameter parameters[] = {
  { "path", ISC_PARAMETER_FILE, NULL, .choices = endings,
    .help = N_ ("A table of numbers with commas, semicolons or tabs, a row an example.") },
  { "target", ISC_PARAMETER_COLUMN, "'last'",
    .help = N_ ("The target's column: its name, its number from 0 (-1: the last), or 'last'.") },
  { "kind", ISC_PARAMETER_CHOICE, "'auto'", .choices = kinds,
    .help = N_ ("What the target is; auto takes words and whole numbers for classes.") },
  { "header", ISC_PARAMETER_CHOICE, "'auto'", .choices = headers,
    .help = N_ ("Whether the first line holds names.") },
  { "ignore", ISC_PARAMETER_TEXT, "None", 1, 10000,
    .help = N_ ("Columns to leave out: names or numbers, with commas between them.") },
  { "shape", ISC_PARAMETER_SHAPE, "None", 1, 1e8,
    .help = N_ ("The shape of an example, such as (1, 28, 28) for Conv2d; None is a row.") },
  ISC_DATA_STANDARDIZE ("True"),
  ISC_DATA_TEST_FRACTION ("0.2"),
  ISC_DATA_SPLIT_SEED,
  ISC_DATA_LABEL_NOISE,
};

const IscDataset isc_dataset_csv = {
  .item = {
    .id = "CSV",
    .label = N_ ("Own table (CSV)"),
    .summary = N_ ("Your own examples from a table: labels in words or numbers, or values."),
    .formula = "X = every column but the target's; classes are numbered in the labels' order",
    .citation = "RFC 4180; pandas.read_csv, sklearn.preprocessing.LabelEncoder",
    .caution = N_ ("An empty cell, NaN or a word among the features is refused, with its line."),
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .check = check,
  .describe = describe,
  .make = make,
};
