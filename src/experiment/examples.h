/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"

/**
 * isc_examples_list:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the ids of the built-in examples; the first one is the
 *   example that a first start shows
 */
const char *const *isc_examples_list (guint *n);

/** isc_example_load: Returns: (transfer full): the example; %NULL with ISC_ERROR_INVALID, naming those there are */
IscExperiment *isc_example_load (const char *id, GError **error);
