/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"

/** The largest figure that is looked into for its experiment: 512 MiB. */
#define ISC_RESTORE_MAX_BYTES ((gint64)512 << 20)

/**
 * isc_restore_from_bytes:
 * @bytes: an experiment as JSON, or a figure with one inside, as isc_export_to_bytes() makes it;
 *   anything else is refused
 * @problems: (nullable) (element-type IscProblem): filled if there is an experiment that is not
 * valid
 * @from_figure: (out) (optional): whether it was inside a figure, which can't be saved to
 *
 * The way back: from what a view became to what it was made from.  Which of the two it is, the
 * bytes say and no name does.
 *
 * Returns: (transfer full) (nullable): the experiment; %NULL with ISC_ERROR_INVALID
 */
IscExperiment *
isc_restore_from_bytes (GBytes *bytes, GPtrArray *problems, gboolean *from_figure, GError **error);

/** isc_restore_from_file: the same of a file; errors begin with @path; also ISC_ERROR_IO */
IscExperiment *isc_restore_from_file (const char *path,
                                      GPtrArray *problems,
                                      gboolean *from_figure,
                                      GError **error);
