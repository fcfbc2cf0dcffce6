/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/datasets/datasets.h"
#include "engine/network.h"
#include "experiment/experiment.h"

/**
 * isc_start_measures:
 * @experiment: an experiment
 * @init: an entry of its inits
 *
 * Returns: whether a scheme of that entry looks at the data that arrive at its layer
 */
gboolean isc_start_measures (const IscExperiment *experiment, guint init);

/** isc_start_list_foreign: Returns: (transfer full) (element-type utf8): the libraries, each once,
 * whose law a scheme of the inits has with random numbers of our own: such a run is not PyTorch's
 */
GPtrArray *isc_start_list_foreign (const IscExperiment *experiment);

/**
 * isc_start_new:
 * @experiment: an experiment
 * @init: an entry of its inits
 * @data: (nullable): what it is trained on; %NULL for a network that only has weights, which are
 * the same unless isc_start_measures()
 * @batch_size: examples in a step's batch; schemes that measure see the first so many of training
 * @max_batch: examples in the largest batch that the network will be given
 * @generator: the run's, which has drawn the data if they are the run's own
 * @cancellable: (nullable): asked by schemes that take long
 * @error: return location
 *
 * Constructs the experiment's network and applies an entry of inits to it.
 *
 * Returns: (transfer full) (nullable): the network as a run starts with it; %NULL with
 *   ISC_ERROR_INVALID ("network[2]: ...", "inits[0]: 0.weight: ..."), ISC_ERROR_RESOURCE or
 *   ISC_ERROR_CANCELLED
 */
IscNetwork *isc_start_new (const IscExperiment *experiment,
                           guint init,
                           const IscData *data,
                           gsize batch_size,
                           gsize max_batch,
                           IscGenerator *generator,
                           GCancellable *cancellable,
                           GError **error);
