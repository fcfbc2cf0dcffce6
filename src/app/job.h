/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"
#include "engine/weights.h"
#include "plot/figure.h"
#include "views/views.h"

/**
 * IscWeightsJob:
 *
 * Makes weights and their figure on a thread of its own.  The latest request wins: one that has not
 * begun is dropped, one that takes long is cancelled.  Results arrive on the main thread, so a
 * picture is never older than one change.
 */
typedef struct _IscWeightsJob IscWeightsJob;

/**
 * IscWeightsDone:
 * @weights: (nullable): the weights; %NULL if they could not be made
 * @figure: (nullable): their figure
 * @error: (nullable): why there are none
 */
typedef void (*IscWeightsDone) (IscWeights *weights,
                                IscFigure *figure,
                                const GError *error,
                                gpointer owner);

/**
 * IscWeightsFitted:
 * @weights: weights that were handed out before
 * @fit: how well the first of them fits its law
 *
 * Called after #IscWeightsDone, unless other weights are wanted by then: a test of fit looks at
 * every weight in order and takes longer than the picture.
 */
typedef void (*IscWeightsFitted) (IscWeights *weights, const IscFit *fit, gpointer owner);

/** isc_weights_job_new: @owner: told when there is a result, as long as it lives; not referenced */
IscWeightsJob *isc_weights_job_new (IscWeightsDone done, IscWeightsFitted fitted, GObject *owner);

/** isc_weights_job_request: asks for the weights of @experiment with @view (a view of weights) */
void isc_weights_job_request (IscWeightsJob *job,
                              IscExperiment *experiment,
                              const IscView *view,
                              const IscViewOptions *options);

/** isc_weights_job_free: cancels what is in progress and waits for nothing */
void isc_weights_job_free (IscWeightsJob *job);

/**
 * IscTrainingJob:
 *
 * Trains one experiment on threads of its own, as far as it is asked to.  While it trains,
 * snapshots and their figures arrive on the main thread, at most thirty times a second and one at a
 * time.
 */
typedef struct _IscTrainingJob IscTrainingJob;

/** The figures a training job keeps current. */
#define ISC_TRAINING_FIGURES 2

/**
 * IscTrainingUpdate:
 * @result: (nullable): how far the runs are
 * @figures: (array fixed-size=2): the figures of the views it was given
 * @error: (nullable): why it can't go on
 * @idle: whether it has come to a stop
 */
typedef void (*IscTrainingUpdate) (IscResult *result,
                                   IscFigure *const *figures,
                                   const GError *error,
                                   gboolean idle,
                                   gpointer owner);

IscTrainingJob *
isc_training_job_new (IscExperiment *experiment, IscTrainingUpdate update, GObject *owner);

/** isc_training_job_set_views: @views: (array fixed-size=2): the views of the figures, from the
 * next snapshot on */
void isc_training_job_set_views (IscTrainingJob *job,
                                 const IscView *const *views,
                                 const IscViewOptions *options);

/** isc_training_job_advance: @until: steps to advance every run to, G_MAXSIZE for the end */
void isc_training_job_advance (IscTrainingJob *job, gsize until);

/** isc_training_job_pause: stops after the step in progress */
void isc_training_job_pause (IscTrainingJob *job);

/** isc_training_job_free: stops it and waits for nothing */
void isc_training_job_free (IscTrainingJob *job);
