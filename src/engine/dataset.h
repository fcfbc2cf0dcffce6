/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"
#include "catalog/datasets/datasets.h"
#include "experiment/experiment.h"

/**
 * isc_dataset_draws_from_run:
 *
 * Returns: whether the experiment's data come from the run's generator, so that each run has its
 * own
 */
gboolean isc_dataset_draws_from_run (const IscExperiment *experiment);

/**
 * isc_dataset_load:
 * @experiment: its data and network
 * @generator: the run's generator; only drawn from if isc_dataset_draws_from_run()
 *
 * Reads the files the data set needs, makes it and checks that it suits the network and the loss.
 *
 * Returns: (transfer full) (nullable): the data; %NULL with ISC_ERROR_IO for a file,
 * ISC_ERROR_INVALID
 *   ("data: ...") or ISC_ERROR_RESOURCE
 */
IscData *
isc_dataset_load (const IscExperiment *experiment, IscGenerator *generator, GError **error);
