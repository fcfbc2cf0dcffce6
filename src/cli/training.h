/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run.h"

/**
 * isc_training_run:
 * @experiment: what to train
 * @show_progress: whether to show a line of progress, if standard error is a terminal
 *
 * Trains an experiment to its end on all cores.
 *
 * Returns: (transfer full) (nullable): the finished run, or %NULL with an error
 */
IscRun *isc_training_run (IscExperiment *experiment,
                          gboolean show_progress,
                          GCancellable *cancellable,
                          GError **error);

/** isc_training_run_on: isc_training_run() on @n_threads threads; 0 for one a core */
IscRun *isc_training_run_on (guint n_threads,
                             IscExperiment *experiment,
                             gboolean show_progress,
                             GCancellable *cancellable,
                             GError **error);
