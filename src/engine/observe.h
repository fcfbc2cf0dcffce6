/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/datasets/datasets.h"
#include "engine/network.h"
#include "engine/observation.h"
#include "experiment/experiment.h"

/** Observations that are kept of a run, but for the last; when there are more, every other one is
 * dropped and the interval doubles. */
#define ISC_OBSERVER_MAX_KEPT 256

/**
 * IscObserver:
 *
 * Takes close looks at a network while it is trained, on the first examples of its training set,
 * and leaves it as it was: parameters, buffers and the generator are the same to the bit before and
 * after, only its gradients and outputs are not.  When it looks depends on the number of steps
 * alone.
 */
typedef struct _IscObserver IscObserver;

/** isc_observer_measure_batch: Returns: examples of the reference batch: 256, or the whole training
 * set of @n_examples; 0 if @experiment does not observe.  The network must take as many. */
gsize isc_observer_measure_batch (const IscExperiment *experiment, gsize n_examples);

/**
 * isc_observer_new:
 * @experiment: says how often to look, in observe_every, and what the loss is
 * @network: what is observed; it must outlive the observer
 * @data: what it is trained on
 * @planned_steps: steps of the whole run
 * @batch_size: examples of a step
 *
 * How often, if the experiment leaves it open: a hundred times a run; more seldom if that took more
 * than a twentieth of the time of training, an observation costing as much as two passes over its
 * batch; but twenty times in any case.
 *
 * Returns: (transfer full) (nullable): the observer; %NULL with ISC_ERROR_INVALID for a loss that
 *   can't be made, or ISC_ERROR_RESOURCE
 */
IscObserver *isc_observer_new (IscExperiment *experiment,
                               IscNetwork *network,
                               IscData *data,
                               gsize planned_steps,
                               gsize batch_size,
                               GError **error);
void isc_observer_free (IscObserver *observer);

/**
 * isc_observer_look:
 * @step: steps the network has made
 * @always: whether to look even if it is not yet time to: a last look
 *
 * To be called before every step: observes if it is time to and the step is not yet observed.
 */
void isc_observer_look (IscObserver *observer, gsize step, gboolean always);

/** isc_observer_get_observations: Returns: (transfer none) (element-type IscObservation): what was
 * seen, by step */
GPtrArray *isc_observer_get_observations (const IscObserver *observer);

/** isc_observer_copy_observations: Returns: (transfer full) (element-type IscObservation): the same
 * in an array that stays as it is */
GPtrArray *isc_observer_copy_observations (const IscObserver *observer);

/** isc_observer_set_observations: @observations: (element-type IscObservation): what had been seen
 * at an earlier step, to
 * go on from there */
void isc_observer_set_observations (IscObserver *observer, GPtrArray *observations);

/** isc_observer_get_bytes: Returns: the memory it holds at most */
gsize isc_observer_get_bytes (const IscObserver *observer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscObserver, isc_observer_free)
