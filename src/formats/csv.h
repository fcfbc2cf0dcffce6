/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/cells.h"
#include "base/tensor.h"

/**
 * isc_csv_read:
 * @bytes: a table with commas, semicolons or tabs, whichever its first line has most of,
 *   gzip-compressed or not, UTF-8 or any other superset of ASCII
 * @name: what errors call the file
 *
 * Reads a row a line; blank lines are left out, blanks around a cell too.  A cell may stand in
 * quotes, as RFC 4180 has it.  scikit-learn's first line (rows, features, names of classes) is no
 * row.
 *
 * Returns: (transfer full) (nullable): the cells, at least one row; %NULL with ISC_ERROR_INVALID,
 *   naming the line, or ISC_ERROR_RESOURCE
 */
IscCells *isc_csv_read (GBytes *bytes, const char *name, GError **error);

/**
 * isc_csv_write:
 * @tensors: (element-type IscTensor): what to write
 *
 * Returns: (transfer full): the tensors as text: a comment line "# NAME SHAPE" and then a row a
 * line for each; one tensor alone has no comment line
 */
GBytes *isc_csv_write (GPtrArray *tensors);
