/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"

/**
 * isc_experiment_from_json:
 * @text: a document, UTF-8
 * @length: its bytes, or -1
 * @problems: (element-type IscProblem): where every problem found is added, with its path
 *
 * Reads a document.  Fields left out take their defaults; unknown ones are problems.  At most 16 MiB.
 *
 * Returns: (transfer full) (nullable): the experiment; %NULL if @problems grew
 */
IscExperiment *isc_experiment_from_json (const char *text, gssize length, GPtrArray *problems);

/**
 * isc_experiment_to_json:
 *
 * Returns: (transfer full): the document in its canonical form, with a final newline; fields at a
 *   default that the document would not need are left out
 */
char *isc_experiment_to_json (const IscExperiment *experiment);

/**
 * isc_experiment_to_json_without:
 * @fields: (array zero-terminated): keys of the document
 *
 * Returns: (transfer full): the same without these fields: what two experiments have to share for
 *   what does not depend on them
 */
char *isc_experiment_to_json_without (const IscExperiment *experiment, const char *const *fields);

/**
 * isc_experiment_load:
 * @path: a file
 * @problems: (nullable): filled if the file could be read but is not valid
 *
 * Returns: (transfer full) (nullable): the experiment; %NULL with ISC_ERROR_IO, or with
 *   ISC_ERROR_INVALID "PATH: first problem (and N more)"
 */
IscExperiment *isc_experiment_load (const char *path, GPtrArray *problems, GError **error);

/** isc_experiment_save: writes the document whole or not at all */
gboolean isc_experiment_save (const IscExperiment *experiment, const char *path, GError **error);
