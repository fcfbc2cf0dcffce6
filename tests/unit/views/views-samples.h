/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "views/views.h"

/** sample_experiment: @n_inits: labelled A, B, C...; @n_seeds: from 0; Returns: (transfer full): an
 * experiment */
IscExperiment *sample_experiment (guint n_inits, guint n_seeds);

/** SampleLoss: Returns: the loss, and the gradient norm, of @step of @run */
typedef float (*SampleLoss) (guint run, gsize step);

/**
 * sample_result:
 * @n_steps: steps of each run, unless its loss stops being finite: then the run ends there as
 * diverged
 * @n_per_epoch: steps an epoch; 0 for no epochs
 *
 * Returns: (transfer full): a result made by hand
 */
IscResult *
sample_result (guint n_inits, guint n_seeds, gsize n_steps, gsize n_per_epoch, SampleLoss loss);

/** sample_deep_result: Returns: (transfer full): three steps of a network of @n_layers layers */
IscResult *sample_deep_result (guint n_layers);

/** sample_weights: @json: a weights section; Returns: (transfer full): its weights */
IscWeights *sample_weights (const char *json);

/**
 * sample_check:
 *
 * Lays out and dumps @figure at a window's, a thumbnail's and a tiny size, and asserts that it says
 * what it is.
 *
 * Returns: (transfer full): the dump at the first size
 */
char *sample_check (IscFigure *figure, gboolean compact);

/** sample_has: fails unless @text is in @dump */
#define sample_has(dump, text) g_assert_nonnull (strstr ((dump), (text)))
