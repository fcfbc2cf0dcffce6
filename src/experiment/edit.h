/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"

/**
 * isc_experiment_edit:
 * @path: a field: "batch_size", "network", "network[2]", "inits[1].weight", "weights.layer"; an index
 *   equal to the length appends
 * @value: (nullable): its new value: for text fields the text itself, for the others JSON; "network"
 *   also takes a pasted nn.Sequential(...), "seeds" also "0, 1, 2"; %NULL removes an element of a
 *   list, or puts a field back to its default
 *
 * Makes the experiment that differs from @experiment in one field.
 *
 * Returns: (transfer full) (nullable): the new experiment; %NULL with ISC_ERROR_INVALID, its message
 *   beginning with the path at fault
 */
IscExperiment *isc_experiment_edit (const IscExperiment *experiment, const char *path,
                                    const char *value, GError **error);

/**
 * isc_experiment_insert:
 * @path: a list: "network" or "inits"
 * @index: where to insert, 0..length
 *
 * Inserts an element instead of replacing one; otherwise as isc_experiment_edit().
 */
IscExperiment *isc_experiment_insert (const IscExperiment *experiment, const char *path, guint index,
                                      const char *value, GError **error);
