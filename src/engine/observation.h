/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/ref-count.h"
#include "engine/boundary.h"

/** Bins of an observed histogram: enough for a ridge, few enough to be kept by the thousand. */
#define ISC_SPREAD_BINS 64

/**
 * IscSpread:
 * @count: how many values there are
 * @n_non_finite: how many of them are NaN or infinite, which nothing below counts
 * @mean: their mean
 * @std: their standard deviation, dividing by count; NaN if nothing is finite
 * @rms: the root of the mean of their squares
 * @low: the least
 * @high: the greatest
 * @bins: how many lie in each of equal bins from @low to @high
 *
 * How the values of one tensor spread.  A plain value.
 */
typedef struct
{
  gsize count;
  gsize n_non_finite;
  double mean;
  double std;
  double rms;
  double low;
  double high;
  guint32 bins[ISC_SPREAD_BINS];
} IscSpread;

/**
 * IscParameterObservation:
 * @name: "0.weight"; the trace of the run has the same names in the same order
 * @values: the parameter's own
 * @gradient: dL/d of them, before clipping
 * @norm: the 2-norm of @values
 * @n_alike: of a matrix: rows that another row equals, with its bias, within 1e-6 of the rms: units
 *   that stay twins; 0 for others
 * @n_rows: of a matrix: its rows; 0 for others
 */
typedef struct
{
  char *name;
  IscSpread values;
  IscSpread gradient;
  double norm;
  guint n_alike;
  guint n_rows;
} IscParameterObservation;

/**
 * IscModuleObservation:
 * @name: its place in the network, "1" or "1.f.0"
 * @id: the catalog's id: "Linear", "ReLU"
 * @has_weights: whether it is a layer with parameters: its outputs are then pre-activations, z
 * @outputs: what it gives for the reference batch
 * @gradient: dL/d of that
 * @dead: of a rectifier: the share of units that are 0 on the whole batch, a unit of images being a
 *   channel in all places; NaN for others
 * @saturated: of a bounded activation: the share of values where it is flat; NaN for others
 * @correlation: the mean cosine between the outputs of different examples, of at most 32 pairs: c
 * of the mean-field theory; NaN for a single output, or where all is 0
 */
typedef struct
{
  char *name;
  const char *id;
  gboolean has_weights;
  IscSpread outputs;
  IscSpread gradient;
  double dead;
  double saturated;
  double correlation;
} IscModuleObservation;

/**
 * IscObservation:
 * @step: how many steps the network had made; of a run that diverged the last is the step that did,
 *   which was not made
 * @batch: examples of the reference batch
 * @loss: the reference batch's loss
 * @parameters: (array length=n_parameters): the network's parameters
 * @modules: (array length=n_modules): its modules, those within a residual block too
 * @boundary: (nullable): what it says of the plane that examples of two inputs lie in
 *
 * A close look at a network on a batch that stays the same: the first examples of the training set,
 * as many for every init.  Looking leaves no trace: running statistics stay, nothing is dropped
 * out, no random number is drawn.  Immutable, reference-counted.
 */
typedef struct
{
  IscRefCount ref_count;
  gsize step;
  gsize batch;
  double loss;
  IscParameterObservation *parameters;
  guint n_parameters;
  IscModuleObservation *modules;
  guint n_modules;
  IscBoundary *boundary;
} IscObservation;

/** isc_observation_new: Returns: (transfer full): an observation to be filled by its maker: names
 * are its own, ids the catalog's */
IscObservation *isc_observation_new (guint n_parameters, guint n_modules);
IscObservation *isc_observation_ref (IscObservation *observation);
void isc_observation_unref (IscObservation *observation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscObservation, isc_observation_unref)
