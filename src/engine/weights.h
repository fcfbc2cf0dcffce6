/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/law.h"
#include "base/tensor.h"
#include "catalog/defaults.h"
#include "experiment/experiment.h"
#include "stats/fit.h"
#include "stats/summary.h"

/**
 * IscWeightEntry:
 * @label: what it is called on a figure: the init's label, the scheme, or the tensor's name
 * @tensor: its weights, named as in a state_dict
 * @is_bias: whether it is a bias
 * @scheme: the scheme's call in canonical spelling, or "PyTorch default"
 * @scheme_label: the scheme's name for a title, "Kaiming normal"
 * @library: (nullable): whose scheme it is; %NULL for weights that were given
 * @own_stream: whether only the law is the library's and the random numbers are our own
 * @formula: (nullable): the formula with its numbers filled in
 * @citation: (nullable): where the scheme is from
 * @fan_in: 0 if the shape has fewer than two dimensions
 * @fan_out: likewise
 * @corrected_fan_in: the same by what the layer does, whatever the experiment's fans say
 * @corrected_fan_out: likewise
 * @law: the exact law, kind none if there is none
 * @requested_std: the law's standard deviation; NaN if there is no law
 * @summary: (nullable): its statistics, if they were asked for
 * @seed: what the generator was seeded with
 * @color: its colour on figures, a series index
 * @is_pin: whether it is a pinned scheme's weight: the others are what it is compared with
 * @documented: (nullable): what the library's documentation says, of weights that are its defaults
 *
 * One initial tensor with all there is to say of it.
 */
typedef struct
{
  char *label;
  IscTensor *tensor;
  gboolean is_bias;
  char *scheme;
  const char *scheme_label;
  const char *library;
  gboolean own_stream;
  char *formula;
  const char *citation;
  gint64 fan_in;
  gint64 fan_out;
  gint64 corrected_fan_in;
  gint64 corrected_fan_out;
  IscLaw law;
  double requested_std;
  IscSummary *summary;
  guint64 seed;
  guint color;
  gboolean is_pin;
  const IscDefault *documented;
} IscWeightEntry;

/**
 * IscWeights:
 *
 * The initial weights that an experiment's weights section (or, without one, its network under
 * every init) asks for.  Immutable, reference-counted.
 */
typedef struct _IscWeights IscWeights;

/**
 * isc_weights_new:
 * @experiment: what to generate
 * @with_summary: whether to compute statistics
 * @cancellable: (nullable): stops between two tensors
 *
 * Generates on the calling thread.
 *
 * Returns: (transfer full) (nullable): the weights; %NULL with ISC_ERROR_INVALID (its message
 * begins with the path at fault), ISC_ERROR_RESOURCE or ISC_ERROR_CANCELLED
 */
IscWeights *isc_weights_new (IscExperiment *experiment,
                             gboolean with_summary,
                             GCancellable *cancellable,
                             GError **error);

/**
 * isc_weights_new_given:
 * @experiment: says the histogram's bins and the bandwidth
 * @tensors: (element-type IscTensor): weights from elsewhere; one without a name is a "tensor"
 * @cancellable: (nullable): stops between two tensors
 *
 * Measures weights that no scheme made: they have no law, no library, no formula and no seed.
 *
 * Returns: (transfer full) (nullable): the weights; %NULL with ISC_ERROR_INVALID,
 * ISC_ERROR_RESOURCE or ISC_ERROR_CANCELLED
 */
IscWeights *isc_weights_new_given (IscExperiment *experiment,
                                   GPtrArray *tensors,
                                   GCancellable *cancellable,
                                   GError **error);

/**
 * isc_weights_new_defaults:
 * @experiment: says the seed, which is every layer's, the histogram's bins and the bandwidth
 * @library: whose
 * @cancellable: (nullable): stops between two tensors
 *
 * What a library does if one does nothing, layer by layer.
 *
 * Returns: (transfer full) (nullable): the weights, each with its @documented; %NULL with
 * ISC_ERROR_RESOURCE or ISC_ERROR_CANCELLED
 */
IscWeights *isc_weights_new_defaults (IscExperiment *experiment,
                                      const IscDefaultLibrary *library,
                                      GCancellable *cancellable,
                                      GError **error);

/**
 * isc_weights_are_of:
 *
 * Returns: whether @experiment asks for just these weights, if perhaps counted otherwise: with
 * other bins, range, bars, bandwidth or kernel
 */
gboolean isc_weights_are_of (const IscWeights *weights, const IscExperiment *experiment);

/**
 * isc_weights_recount:
 * @weights: weights with statistics that isc_weights_are_of() @experiment
 * @experiment: says how they are counted
 * @cancellable: (nullable): stops between two tensors
 *
 * The same weights under @experiment, which are not drawn again; statistics are computed where it
 * asks for others.  A new bandwidth alone costs the same for any number of weights.
 *
 * Returns: (transfer full) (nullable): the weights; %NULL as isc_weights_new()
 */
IscWeights *isc_weights_recount (IscWeights *weights,
                                 IscExperiment *experiment,
                                 GCancellable *cancellable,
                                 GError **error);

IscWeights *isc_weights_ref (IscWeights *weights);
void isc_weights_unref (IscWeights *weights);

guint isc_weights_get_n_entries (const IscWeights *weights);
const IscWeightEntry *isc_weights_get_entry (const IscWeights *weights, guint index);

/** isc_weights_get_experiment: Returns: (transfer none): what they were made from */
IscExperiment *isc_weights_get_experiment (const IscWeights *weights);

/**
 * isc_weight_entry_fit:
 * @entry: one tensor
 * @fit: (out): how well its values fit the law that its scheme promises, or, if they were given, a
 *   normal law of their own mean and deviation
 * @error: return location
 *
 * Cost: a sort of the values and an evaluation of the law at each.
 *
 * Returns: %FALSE with ISC_ERROR_RESOURCE if memory ran out
 */
gboolean isc_weight_entry_fit (const IscWeightEntry *entry, IscFit *fit, GError **error);

/**
 * isc_weight_entry_agrees:
 * @entry: a library's default, with its statistics
 *
 * Holds what was measured against the documentation: no weight beyond a bound and the largest as
 * near to it as so many weights must come; a standard deviation within five standard errors; fixed
 * values exactly.
 *
 * Returns: whether they agree
 */
gboolean isc_weight_entry_agrees (const IscWeightEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscWeights, isc_weights_unref)
