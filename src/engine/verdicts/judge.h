/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/verdict.h"

/**
 * IscCase:
 * @run: the run that is judged
 * @experiment: what it trains
 * @first: the first observation
 * @latest: the latest
 * @verdicts: (element-type IscVerdict): what has been found
 *
 * What a rule looks at.  A rule is a function that adds what it finds; all are in verdict.c's list.
 */
typedef struct
{
  const IscRunResult *run;
  const IscExperiment *experiment;
  const IscObservation *first;
  const IscObservation *latest;
  GPtrArray *verdicts;
} IscCase;

/** isc_judge_add: @text: (transfer full): adds a verdict; see #IscVerdict */
void isc_judge_add (const IscCase *judged,
                    const char *id,
                    IscLevel level,
                    gsize step,
                    const char *place,
                    double value,
                    char *text,
                    const char *advice);

/** isc_level_above: Returns: how bad a value is of which more is worse; NaN is well */
IscLevel isc_level_above (double value, double watch, double problem);

/** isc_level_below: Returns: how bad a value is of which less is worse; NaN is well */
IscLevel isc_level_below (double value, double watch, double problem);

/** isc_judge_when: Returns: (transfer full): "at the start", "after 200 steps" */
char *isc_judge_when (gsize step);

/** isc_judge_belongs: Returns: whether parameter @name, "4.weight", is module @module's, "4" */
gboolean isc_judge_belongs (const char *name, const char *module);

/** isc_judge_find_ends: @first: (out): @last: (out): the first and the last module whose outputs
 * are pre-activations; Returns: whether they are two */
gboolean isc_judge_find_ends (const IscObservation *observation,
                              const IscModuleObservation **first,
                              const IscModuleObservation **last);

void isc_judge_symmetric (const IscCase *judged);
void isc_judge_gradients (const IscCase *judged);
void isc_judge_gradient_to_weights (const IscCase *judged);
void isc_judge_dead (const IscCase *judged);
void isc_judge_saturated (const IscCase *judged);
void isc_judge_confident_start (const IscCase *judged);
void isc_judge_indistinct (const IscCase *judged);
void isc_judge_updates (const IscCase *judged);
void isc_judge_diverged (const IscCase *judged);
void isc_judge_healthy (const IscCase *judged);
