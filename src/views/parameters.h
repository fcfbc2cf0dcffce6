/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"
#include "views/views.h"

/** isc_parameters_is_matrix: Returns: whether parameter @index of @run is a matrix of weights.  By
 * what was observed; by its name where nothing was */
gboolean isc_parameters_is_matrix (const IscRunResult *run, guint index);

/** isc_parameters_get_matrices: Returns: (transfer full) (element-type guint): the matrices */
GArray *isc_parameters_get_matrices (const IscRunResult *run);

/**
 * isc_parameters_thin:
 * @indices: (element-type guint): keeps @most of them: the first, the last and some between, evenly
 */
void isc_parameters_thin (GArray *indices, guint most);

/**
 * isc_parameters_add_lines:
 * @run: index of the run
 * @column: the first parameter's column of the trace
 *
 * Adds a line a parameter: all if they are few; else the weights alone, and of many weights the
 * first, the last and some between.
 *
 * Returns: (transfer full) (nullable): what was left out, in words
 */
char *isc_parameters_add_lines (IscPanel *panel,
                                const IscResult *result,
                                guint run,
                                guint column,
                                const IscViewOptions *options);
