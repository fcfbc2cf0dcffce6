/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"

/** IscLevel: how much a diagnosis matters */
typedef enum
{
  ISC_LEVEL_OK,
  ISC_LEVEL_WATCH,
  ISC_LEVEL_PROBLEM,
} IscLevel;

/** isc_level_get_name: Returns: "ok", "watch", "problem" */
const char *isc_level_get_name (IscLevel level);

/**
 * IscVerdict:
 * @id: which diagnosis: "diverged", "symmetric", "vanishing", "exploding", "dead", "saturated",
 *   "indistinct", "confident-start", "small-updates", "large-updates", "healthy"
 * @level: how much it matters
 * @step: the step it is true of
 * @place: (nullable): the module or parameter, "4" or "4.weight"
 * @value: the number that says so
 * @text: one sentence with the number in it
 * @advice: (nullable): one sentence: what to try
 *
 * What a run's record says of its health.
 */
typedef struct
{
  const char *id;
  IscLevel level;
  gsize step;
  char *place;
  double value;
  char *text;
  char *advice;
} IscVerdict;

/**
 * isc_verdicts_new:
 * @result: how far the runs are
 * @index: a run
 *
 * Judges a run by its trace and its first and latest observation.  The thresholds are preferences,
 * not laws: they and their reasons stand in verdicts/, a file a diagnosis.
 *
 * Returns: (transfer full) (element-type IscVerdict): the worst first; what is well is said as
 *   "healthy"; empty before there is anything to judge
 */
GPtrArray *isc_verdicts_new (const IscResult *result, guint index);
