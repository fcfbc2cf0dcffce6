/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"
#include "plot/figure.h"
#include "views/views.h"

/** isc_words_pytorch: Returns: whose numbers: "PyTorch 2.12" */
const char *isc_words_pytorch (const IscExperiment *experiment);

/**
 * isc_words_laws:
 * @libraries: (element-type utf8): at least one
 * @several: more than one law of theirs is shown
 * @own: random numbers of our own were drawn by them
 *
 * Returns: (transfer full): "Keras's and JAX's laws, our own random numbers"
 */
char *isc_words_laws (GPtrArray *libraries, gboolean several, gboolean own);

/** isc_words_training: Returns: (transfer full): "Adam(lr=0.001) · batch 128 · 141 steps" */
char *isc_words_training (const IscResult *result);

/** isc_words_run_caption: Returns: (transfer full): a training figure's caption: data, network,
 * seeds, library */
char *isc_words_run_caption (const IscResult *result);

/**
 * isc_words_head:
 * @name: what the view shows, in two words
 *
 * Titles a training figure: by the experiment's title with the subtitle and caption; a compact one
 * by @name alone.
 */
void isc_words_head (IscFigure *figure,
                     const IscResult *result,
                     const IscViewOptions *options,
                     const char *name,
                     const char *subtitle,
                     const char *caption);

/** isc_words_join: Returns: (transfer full): the parts that are not %NULL or empty, with points
 * between them */
char *isc_words_join (const char *first, const char *second, const char *third);

/** isc_words_of_run: Returns: (transfer full): which run is shown: its label, with several seeds
 * its seed, and whether it diverged */
char *isc_words_of_run (const IscResult *result, guint index);

/** isc_words_lost: Returns: (transfer full) (nullable): why runs leave no line: no step is trained
 * yet, or they diverged at their first; %NULL if all do */
char *isc_words_lost (const IscResult *result);

/** isc_words_run_label: Returns: (nullable): run @index's text in the legend: its init's label for
 * the first seed, %NULL for the others, which share its colour */
const char *isc_words_run_label (const IscResult *result, guint index);

/** isc_words_style: Returns: how the lines of entry @init of inits look: its colour, dash and
 * marker
 */
IscStyle isc_words_style (guint init);
