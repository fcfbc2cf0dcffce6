/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"
#include "experiment/problem.h"

/**
 * isc_experiment_check:
 *
 * Everything that keeps the experiment from running and can be told without running it: shapes that
 * do not follow each other, a scheme that does not suit a shape, a loss that does not suit the
 * data.
 *
 * Returns: (transfer full) (element-type IscProblem): all problems, with their paths; empty if it
 * fits
 */
GPtrArray *isc_experiment_check (const IscExperiment *experiment);

/**
 * isc_experiment_explain_idle_init:
 *
 * Weights that an init is not for stay as the layer makes them, and those may be all:
 * kaiming_normal_ has nothing to say of a BatchNorm's vectors.  That is no problem of a document,
 * whose layer may be chosen after its scheme, but whoever has just asked for it should hear of it.
 *
 * Returns: (transfer full) (nullable): a sentence on why weights.init sets none of the weights
 * section's weights; %NULL if it sets one, or is not given
 */
char *isc_experiment_explain_idle_init (const IscExperiment *experiment);
