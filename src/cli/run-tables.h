/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"

/* What runs have recorded, as CSV files with a line of names.  Numbers that are not are "nan" or
 * "inf"; what a row has not is an empty cell. */

/** isc_tables_of_traces: Returns: (transfer full): a row for every step; where a long run was
 * thinned, two rows for every bucket of steps, with the step that it begins with */
GBytes *isc_tables_of_traces (const IscResult *result);

/** isc_tables_of_epochs: Returns: (transfer full): a row for every epoch */
GBytes *isc_tables_of_epochs (const IscResult *result);

/** isc_tables_of_observations: Returns: (transfer full): a row for every parameter and every module
 * of each observation */
GBytes *isc_tables_of_observations (const IscResult *result);
