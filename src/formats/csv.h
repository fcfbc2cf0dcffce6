/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/tensor.h"

/**
 * isc_csv_read:
 * @bytes: a table of numbers with commas, gzip-compressed or not
 * @name: what errors call the file
 *
 * Reads numbers, a row a line.  A first line that is not all numbers, or that is scikit-learn's
 * (rows, columns, names), is left out.
 *
 * Returns: (transfer full) (nullable): (rows, columns); %NULL with ISC_ERROR_INVALID, naming the
 * line, or ISC_ERROR_RESOURCE
 */
IscTensor *isc_csv_read (GBytes *bytes, const char *name, GError **error);

/**
 * isc_csv_write:
 * @tensors: (element-type IscTensor): what to write
 *
 * Returns: (transfer full): the tensors as text: a comment line "# NAME SHAPE" and then a row a
 * line for each; one tensor alone has no comment line
 */
GBytes *isc_csv_write (GPtrArray *tensors);
