/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/call.h"
#include "base/tensor.h"
#include "catalog/schemes/schemes.h"

/**
 * IscExperiment:
 *
 * THE document: everything that decides the numbers, and nothing else does.  Immutable and
 * reference-counted: to change is to make a new one (edit.h), undo is a list of experiments, and a
 * thread may hold one without a lock.
 *
 * Every call in an experiment parses, is in the catalog and has arguments in range.  Whether its
 * parts fit each other (shapes that follow, a loss that suits the data) is asked of check.h, so that
 * a person may pass through such states while editing.
 */
typedef struct _IscExperiment IscExperiment;

/** isc_experiment_new: Returns: (transfer full): the experiment with every field at its default */
IscExperiment *isc_experiment_new   (void);
IscExperiment *isc_experiment_ref   (IscExperiment *experiment);
void           isc_experiment_unref (IscExperiment *experiment);

/** isc_experiment_equal: Returns: whether both say the same */
gboolean isc_experiment_equal (const IscExperiment *a, const IscExperiment *b);

const char *isc_experiment_get_title (const IscExperiment *experiment);

/** isc_experiment_get_data: Returns: (transfer none): the data set's call */
IscCall *isc_experiment_get_data (const IscExperiment *experiment);

guint    isc_experiment_get_n_modules (const IscExperiment *experiment);

/** isc_experiment_get_module: Returns: (transfer none): line @index of the network */
IscCall *isc_experiment_get_module (const IscExperiment *experiment, guint index);

/** isc_experiment_get_network: Returns: (transfer none) (element-type IscCall): all its lines */
GPtrArray *isc_experiment_get_network (const IscExperiment *experiment);

guint       isc_experiment_get_n_inits    (const IscExperiment *experiment);
const char *isc_experiment_get_init_label (const IscExperiment *experiment, guint index);

/**
 * isc_experiment_get_init:
 * @index: an entry of inits
 * @parameter: a parameter's full name, "0.weight", "2.bias"
 *
 * Returns: (transfer none) (nullable): the scheme entry @index sets @parameter by; %NULL if it is
 *   left as constructed
 */
IscCall *isc_experiment_get_init (const IscExperiment *experiment, guint index, const char *parameter);

/**
 * isc_experiment_get_init_text:
 * @bias: the entry's bias instead of its weight
 *
 * Returns: (transfer full) (nullable): the entry's weight (or bias) as one call's text; %NULL for the
 *   layer's default; a map of names is given as its JSON
 */
char *isc_experiment_get_init_text (const IscExperiment *experiment, guint index, gboolean bias);

IscCall *isc_experiment_get_loss      (const IscExperiment *experiment);
IscCall *isc_experiment_get_optimizer (const IscExperiment *experiment);

/** isc_experiment_get_schedule: Returns: (transfer none) (nullable): the learning rate's schedule; %NULL: it is
 *  the optimizer's all along */
IscCall *isc_experiment_get_schedule  (const IscExperiment *experiment);

/** isc_experiment_get_batch_size: Returns: examples a batch; 0 for the full batch without a loader */
gint64   isc_experiment_get_batch_size (const IscExperiment *experiment);
gboolean isc_experiment_get_shuffle    (const IscExperiment *experiment);

/** isc_experiment_get_epochs: Returns: epochs to train; 0 if steps are given instead */
gint64   isc_experiment_get_epochs (const IscExperiment *experiment);

/** isc_experiment_get_steps: Returns: steps to train; 0 if epochs are given instead */
gint64   isc_experiment_get_steps  (const IscExperiment *experiment);

/** isc_experiment_get_clip_grad_norm: Returns: max_norm; 0 for no clipping */
double   isc_experiment_get_clip_grad_norm (const IscExperiment *experiment);

/** isc_experiment_get_clip_grad_value: Returns: the greatest size of a gradient's element, clipped before the norm;
 *  0 for no clipping */
double   isc_experiment_get_clip_grad_value (const IscExperiment *experiment);

/** isc_experiment_get_target_loss: Returns: the batch loss at which a run has reached its target and ends; NaN for
 *  none */
double   isc_experiment_get_target_loss (const IscExperiment *experiment);

/** isc_experiment_get_observe_every: Returns: steps from one observation of the network to the next; 0 for none, -1
 *  for about a hundred a run */
gint64   isc_experiment_get_observe_every (const IscExperiment *experiment);

guint    isc_experiment_get_n_seeds (const IscExperiment *experiment);
guint64  isc_experiment_get_seed    (const IscExperiment *experiment, guint index);
gboolean isc_experiment_get_reseed  (const IscExperiment *experiment);
IscPytorch isc_experiment_get_pytorch (const IscExperiment *experiment);

/**
 * IscWeightsTarget:
 * @ISC_WEIGHTS_OF_INITS: the network's weights under every entry of inits
 * @ISC_WEIGHTS_OF_TENSOR: one scheme on a bare tensor
 * @ISC_WEIGHTS_OF_LAYER: one freshly constructed layer
 * @ISC_WEIGHTS_OF_NETWORK: one freshly constructed network
 *
 * What the Weights page and the histogram show.
 */
typedef enum
{
  ISC_WEIGHTS_OF_INITS,
  ISC_WEIGHTS_OF_TENSOR,
  ISC_WEIGHTS_OF_LAYER,
  ISC_WEIGHTS_OF_NETWORK,
} IscWeightsTarget;

/** isc_experiment_get_weights_target: Returns: which of weights.tensor, .layer, .network is given */
IscWeightsTarget isc_experiment_get_weights_target (const IscExperiment *experiment);

/** isc_experiment_get_weights_shape: Returns: weights.tensor; no dimensions if it is not given */
IscShape   isc_experiment_get_weights_shape   (const IscExperiment *experiment);

/** isc_experiment_get_weights_modules: Returns: (transfer none) (element-type IscCall): weights.network,
 *  or the one call of weights.layer; empty otherwise */
GPtrArray *isc_experiment_get_weights_modules (const IscExperiment *experiment);

/** isc_experiment_get_weights_init: Returns: (transfer none) (nullable): weights.init; %NULL: as constructed */
IscCall   *isc_experiment_get_weights_init    (const IscExperiment *experiment);

/** isc_experiment_get_weights_bias: Returns: (transfer none) (nullable): weights.bias; %NULL: as constructed */
IscCall   *isc_experiment_get_weights_bias    (const IscExperiment *experiment);
guint64    isc_experiment_get_weights_seed    (const IscExperiment *experiment);

/** isc_experiment_get_weights_color: Returns: the colour of the scheme shown, a series index */
guint      isc_experiment_get_weights_color   (const IscExperiment *experiment);

/** isc_experiment_get_n_pins: Returns: how many schemes the weights are compared with */
guint      isc_experiment_get_n_pins          (const IscExperiment *experiment);

/** isc_experiment_get_pin_init: Returns: (transfer none) (nullable): the scheme of pin @index; %NULL: as constructed */
IscCall   *isc_experiment_get_pin_init        (const IscExperiment *experiment, guint index);

/** isc_experiment_get_pin_color: Returns: its colour, a series index, which stays when others go */
guint      isc_experiment_get_pin_color       (const IscExperiment *experiment, guint index);

/** isc_experiment_get_fans: Returns: how schemes are told fan_in and fan_out */
IscFans    isc_experiment_get_fans    (const IscExperiment *experiment);

/** isc_experiment_get_bins: Returns: the histogram's rule or count, as text: "auto", "fd", "50" */
const char *isc_experiment_get_bins      (const IscExperiment *experiment);

/** isc_experiment_get_bandwidth: Returns: the KDE's rule or bandwidth, as text: "scott", "0.01" */
const char *isc_experiment_get_bandwidth (const IscExperiment *experiment);

/** isc_experiment_get_range: Returns: what the histogram spans, as text: "auto", "-0.1, 0.1", "clip 0.01" */
const char *isc_experiment_get_range     (const IscExperiment *experiment);

/** isc_experiment_get_stat: Returns: what bars say: "density", "count", "probability", "percent" */
const char *isc_experiment_get_stat      (const IscExperiment *experiment);

/** isc_experiment_get_kernel: Returns: the KDE's kernel: "gaussian", "epanechnikov" */
const char *isc_experiment_get_kernel    (const IscExperiment *experiment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscExperiment, isc_experiment_unref)
