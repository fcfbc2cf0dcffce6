/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"
#include "plot/figure.h"
#include "views/views.h"

/**
 * IscTrainingJob:
 *
 * Trains one experiment on threads of its own, as far as it is asked to.  While it trains,
 * snapshots and their figures arrive on the main thread, at most thirty times a second and one at a
 * time.
 */
typedef struct _IscTrainingJob IscTrainingJob;

/** The figures a training job keeps current. */
#define ISC_N_TRAINING_FIGURES 2

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

/** isc_training_job_new: @n_threads: runs trained at once; 0 for one a core */
IscTrainingJob *isc_training_job_new (IscExperiment *experiment,
                                      guint n_threads,
                                      IscTrainingUpdate update,
                                      GObject *owner);

/** isc_training_job_set_views: @views: (array fixed-size=2): the views of the figures, from the
 * next snapshot on; @options: (array fixed-size=2): how each is looked at */
void isc_training_job_set_views (IscTrainingJob *job,
                                 const IscView *const *views,
                                 const IscViewOptions *options);

/** isc_training_job_advance: @until: steps to advance every run to, G_MAXSIZE for the end */
void isc_training_job_advance (IscTrainingJob *job, gsize until);

/** isc_training_job_advance_by: @n_steps: steps to advance the runs in training by, from the one
 * that is furthest */
void isc_training_job_advance_by (IscTrainingJob *job, gsize n_steps);

/** isc_training_job_rewind: @step: steps made; runs that are past it go back to it, which may take
 * as long as making them did */
void isc_training_job_rewind (IscTrainingJob *job, gsize step);

/** isc_training_job_pause: stops after the step in progress */
void isc_training_job_pause (IscTrainingJob *job);

/** isc_training_job_dup_gaps: Returns: (transfer full) (nullable): what the data lack, once they
 * are read, as isc_run_explain_data() */
char *isc_training_job_dup_gaps (IscTrainingJob *job);

/** isc_training_job_free: stops it and waits for nothing */
void isc_training_job_free (IscTrainingJob *job);
