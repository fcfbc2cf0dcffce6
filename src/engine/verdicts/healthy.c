/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is well is said in numbers too, where nothing is a problem. */

#include "base/number-text.h"
#include "engine/verdicts/judge.h"

/* What is good is said in numbers too. */
void
isc_judge_healthy (const IscCase *judged)
{
  const IscObservation *now = judged->latest;
  const IscModuleObservation *first, *last;
  g_autofree char *when = isc_judge_when (now->step);
  g_autofree char *label = NULL;

  for (guint i = 0; i < judged->verdicts->len; i++)
    if (((const IscVerdict *)judged->verdicts->pdata[i])->level == ISC_LEVEL_PROBLEM)
      return;
  if (!isc_judge_find_ends (now, &first, &last) || !(last->gradient.rms > 0.0))
    return;
  label = isc_number_to_label (first->gradient.rms / last->gradient.rms, 2);
  isc_judge_add (judged, "healthy", ISC_LEVEL_OK, now->step, NULL,
                 first->gradient.rms / last->gradient.rms,
                 g_strdup_printf ("Healthy: gradients at module %s are %s of those at %s %s.",
                                  first->name, label, last->name, when),
                 NULL);
}
