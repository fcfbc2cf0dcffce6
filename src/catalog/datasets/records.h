/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/datasets/datasets.h"

/**
 * IscRecords:
 * @cells: the table
 * @has_header: whether its first row holds names
 * @guessed: whether that was a guess
 * @target: the column of the target
 * @ignored: (array): for each column, whether it is left out
 *
 * Examples in the rows of a table: which columns are features, and which is the target.
 */
typedef struct
{
  const IscCells *cells;
  gboolean has_header;
  gboolean guessed;
  guint target;
  gboolean *ignored;
} IscRecords;

/**
 * isc_records_init:
 * @header: "yes", "no", or "auto", which looks: a header has no number in it, or stands above a
 *   target of numbers
 * @target: a column's name, its number from 0 (from the end if negative) or "last"
 * @ignore: (nullable): names or numbers of columns, with commas between them
 *
 * Finds the columns.
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, naming the columns there are, if one is not there or
 *   named twice
 */
gboolean isc_records_init (IscRecords *records,
                           const IscCells *cells,
                           const char *header,
                           const char *target,
                           const char *ignore,
                           GError **error);
void isc_records_clear (IscRecords *records);

/**
 * isc_records_read_inputs:
 * @factor: what features are multiplied by
 *
 * Returns: (transfer full) (nullable): (rows, features); %NULL with ISC_ERROR_INVALID, naming line
 *   and column, for a cell that is not a finite number
 */
IscTensor *isc_records_read_inputs (const IscRecords *records, float factor, GError **error);

/** isc_records_has_classes: Returns: whether a target is text, or all are whole numbers */
gboolean isc_records_has_classes (const IscRecords *records);

/**
 * isc_records_read_classes:
 * @n_classes: (out): how many there are, at least 2
 *
 * Numbers the labels from 0 in their order: by size if all are numbers, else by their bytes.
 *
 * Returns: (transfer full) (nullable): a class a row; %NULL with ISC_ERROR_INVALID
 */
gint64 *isc_records_read_classes (const IscRecords *records, gint64 *n_classes, GError **error);

/** isc_records_read_values: Returns: (transfer full) (nullable): (rows, 1) target values; as
 *  isc_records_read_inputs() */
IscTensor *isc_records_read_values (const IscRecords *records, GError **error);

/**
 * isc_data_new_table:
 * @cells: features, and the class in the last column
 * @factor: what features are multiplied by
 * @shape: (nullable): the shape of one example
 *
 * Makes a classification data set from a shipped table; see isc_data_new_common().
 */
IscData *isc_data_new_table (const IscArguments *arguments,
                             const IscCells *cells,
                             float factor,
                             const IscShape *shape,
                             GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IscRecords, isc_records_clear)
