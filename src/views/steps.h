/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"
#include "plot/figure.h"

/*
 * A column of a run's trace against the step, counted from 1.  A run of two epochs or more shows
 * both of its truths: every step, faint, and above it the mean of each epoch.  Nothing is smoothed.
 * Of a trace that was thinned, the least and the greatest of every bucket take the steps' place,
 * and only the loss has means.
 */

/**
 * isc_steps_add_raw:
 * @column: a column of the trace
 * @label: (nullable): its text in the legend, if there are no means to carry it
 *
 * Draws every step.  A run that diverged is drawn up to the step before.
 */
void isc_steps_add_raw (IscPanel *panel,
                        const IscResult *result,
                        guint index,
                        guint column,
                        const IscStyle *style,
                        const char *label);

/**
 * isc_steps_add_means:
 *
 * Draws the mean of each epoch at the middle of its steps; nothing before the second epoch is
 * complete.
 */
void isc_steps_add_means (IscPanel *panel,
                          const IscResult *result,
                          guint index,
                          guint column,
                          const IscStyle *style,
                          const char *label);

/** isc_steps_add_end: marks where run @index diverged with a cross and words; else does nothing */
void isc_steps_add_end (
    IscPanel *panel, const IscResult *result, guint index, guint column, const IscStyle *style);

/** isc_steps_caption: Returns: what the lines of @column are, for the caption */
char *isc_steps_caption (const IscResult *result, guint column);
