/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/datasets/datasets.h"

/** isc_data_new_indices: Returns: (transfer full) (nullable): room for @n indices, not filled;
 *  %NULL with ISC_ERROR_RESOURCE */
gint64 *isc_data_new_indices (gsize n, GError **error);

/** isc_data_shape_examples: Returns: (transfer full): the elements of @inputs, (n, ...), with
 *  examples of shape @example, which has as many */
IscTensor *isc_data_shape_examples (IscTensor *inputs, const IscShape *example);

/** isc_data_count_samples: Returns: what the parameter samples says; 0 if @arguments have none */
gsize isc_data_count_samples (const IscArguments *arguments);

/** isc_data_count_training: Returns: how many of @n examples test_fraction leaves to train on */
gsize isc_data_count_training (const IscArguments *arguments, gsize n);

/**
 * isc_data_new_common:
 * @arguments: of the data set
 * @inputs: (n, ...) examples, in no other hands that edit them
 * @classes: (nullable) (array length=n): class indices
 * @values: (nullable): (n, ...) target values
 * @n_classes: how many classes; 0 for values
 *
 * What the parameters of common.h ask for, as far as @arguments has them: puts test_fraction of the
 * examples aside, by a permutation from a generator of its own (without them the order stays as it
 * is, and nothing is copied); standardizes; replaces labels.
 *
 * Returns: (transfer full) (nullable): the data, or %NULL with ISC_ERROR_RESOURCE
 */
IscData *isc_data_new_common (const IscArguments *arguments,
                              IscTensor *inputs,
                              const gint64 *classes,
                              IscTensor *values,
                              gint64 n_classes,
                              GError **error);

/** isc_data_new_split: the same without standardizing and replacing labels */
IscData *isc_data_new_split (const IscArguments *arguments,
                             IscTensor *inputs,
                             const gint64 *classes,
                             IscTensor *values,
                             gint64 n_classes,
                             GError **error);

/**
 * isc_data_add_label_noise:
 *
 * Replaces the share label_noise of the training labels, rounded to the nearest count, each by one
 * of the other classes, all equally likely.  Draws from a generator of its own, seeded by
 * label_noise_seed.
 *
 * Returns: %FALSE with ISC_ERROR_RESOURCE
 */
gboolean isc_data_add_label_noise (IscData *data, const IscArguments *arguments, GError **error);
