/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"
#include "experiment/problem.h"

/**
 * isc_experiment_check:
 *
 * Everything that keeps the experiment from running and can be told without running it: shapes that do
 * not follow each other, a scheme that does not suit a shape, a loss that does not suit the data.
 *
 * Returns: (transfer full) (element-type IscProblem): all problems, with their paths; empty if it fits
 */
GPtrArray *isc_experiment_check (const IscExperiment *experiment);
