/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
 * @is_preview: whether a more exact figure of the same follows, unless something else is wanted first
 * @error: (nullable): why there are none
 */
typedef void (*IscWeightsDone) (IscWeights *weights,
                                IscFigure *figure,
                                gboolean is_preview,
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

/**
 * isc_weights_job_request:
 * @experiment: what is asked for
 * @view: a view of weights or, with @library, of a library's defaults
 * @library: (nullable): whose defaults, in place of the experiment's weights
 * @given: (nullable) (element-type IscTensor): weights from elsewhere, in their place
 */
void isc_weights_job_request (IscWeightsJob *job,
                              IscExperiment *experiment,
                              const IscView *view,
                              const IscViewOptions *options,
                              const IscDefaultLibrary *library,
                              GPtrArray *given);

/** isc_weights_job_forget: draws the next weights even if they are those there are */
void isc_weights_job_forget (IscWeightsJob *job);

/** isc_weights_job_free: cancels what is in progress and waits for nothing */
void isc_weights_job_free (IscWeightsJob *job);
