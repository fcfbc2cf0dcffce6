/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/modules.h"
#include "experiment/experiment.h"

/**
 * isc_batches_explain_single:
 * @experiment: an experiment
 * @module: a module that can't be trained with a batch of one example, see
 *   isc_modules_find_batch()
 * @n: training examples; 0 if that is not known
 *
 * PyTorch raises "Expected more than 1 value per channel when training" when such a batch comes,
 * perhaps at the end of the first epoch.  Here it is said before.
 *
 * Returns: (transfer full) (nullable): a sentence on which batch has one example, and what to do;
 *   %NULL if none has, or none that is known
 */
char *
isc_batches_explain_single (const IscExperiment *experiment, const IscModule *module, gsize n);
