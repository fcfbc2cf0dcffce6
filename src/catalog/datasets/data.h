/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/datasets/datasets.h"

/** isc_data_new_indices: Returns: (transfer full) (nullable): room for @n indices, not filled;
 *  %NULL with ISC_ERROR_RESOURCE */
gint64 *isc_data_new_indices (gsize n, GError **error);

/**
 * isc_data_new_split:
 * @inputs: (n, ...) examples
 * @classes: (nullable) (array length=n): class indices
 * @values: (nullable): (n, ...) target values
 * @n_classes: how many classes; 0 for values
 * @fraction: share of the examples that is put aside for the test, 0..1
 * @seed: which examples: a permutation from a generator of its own
 *
 * Splits examples into training and test.  With @fraction 0 their order stays as it is.
 *
 * Returns: (transfer full) (nullable): the data, or %NULL with ISC_ERROR_RESOURCE
 */
IscData *isc_data_new_split (IscTensor *inputs,
                             const gint64 *classes,
                             IscTensor *values,
                             gint64 n_classes,
                             double fraction,
                             guint64 seed,
                             GError **error);

/**
 * isc_data_standardize:
 *
 * Shifts and scales each feature to mean 0 and standard deviation 1 over the training examples, the
 * test examples by the same numbers.  A constant feature becomes 0.
 */
void isc_data_standardize (IscData *data);

/**
 * isc_data_from_table:
 * @table: (rows, columns): features, and the class in the last column
 * @factor: what features are multiplied by
 *
 * Makes a classification data set from a table; see isc_data_new_split() for the others.
 */
IscData *isc_data_from_table (const IscTensor *table,
                              float factor,
                              gint64 n_classes,
                              double fraction,
                              guint64 seed,
                              GError **error);
