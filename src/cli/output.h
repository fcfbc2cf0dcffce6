/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscTable:
 *
 * A table for a terminal: columns as wide as their widest cell, numbers to the right.
 */
typedef struct _IscTable IscTable;

/** isc_table_new: @headings: (array zero-terminated): a heading that begins with '>' is of a column
 * of numbers */
IscTable *isc_table_new (const char *const *headings);
void isc_table_free (IscTable *table);

/** isc_table_add: @cell: (transfer full): the next cell, row by row */
void isc_table_add (IscTable *table, char *cell);

/** isc_table_print: writes the table to standard output */
void isc_table_print (const IscTable *table);

/** isc_json_append_number: appends @value as JSON has it, null if it is not finite */
void isc_json_append_number (GString *json, double value);

/** isc_json_append_string: appends @text in quotes, or null */
void isc_json_append_string (GString *json, const char *text);

/**
 * isc_output_print:
 *
 * Writes @text to standard output and flushes it.
 *
 * Returns: %FALSE with ISC_ERROR_IO if it can't be written, as on a full disk
 */
gboolean isc_output_print (const char *text, GError **error);

/**
 * isc_output_check_folder:
 * @path: (nullable): a file to be written later; %NULL is fine
 *
 * Asks before long work whether the folder of @path is one, and can be written.
 *
 * Returns: %FALSE with ISC_ERROR_IO "cannot write PATH: ..."
 */
gboolean isc_output_check_folder (const char *path, GError **error);

/**
 * isc_output_write:
 * @paths: (array zero-terminated): files
 * @contents: (element-type GBytes): what goes into each
 *
 * Writes files that were all made before the first is touched, each whole or not at all.
 *
 * Returns: %FALSE with ISC_ERROR_IO at the first that can't be written
 */
gboolean isc_output_write (char **paths, GPtrArray *contents, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscTable, isc_table_free)
