/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Symmetric: units with the same weights get the same gradients and stay the same. */

#include "base/number-text.h"
#include "engine/verdicts/judge.h"

void
isc_judge_symmetric (const IscCase *judged)
{
  const IscObservation *now = judged->latest;
  const IscModuleObservation *first, *last;

  if (!isc_judge_find_ends (now, &first, &last))
    return;
  for (guint i = 0; i < now->n_parameters; i++)
    {
      const IscParameterObservation *one = &now->parameters[i];
      gboolean all = one->n_alike == one->n_rows;
      g_autofree char *when = isc_judge_when (now->step);

      /* The last layer's units are told apart by their targets, however they start. */
      if (one->n_alike == 0 || one->n_rows < 2 || isc_judge_belongs (one->name, last->name))
        continue;
      isc_judge_add (judged, "symmetric", all ? ISC_LEVEL_PROBLEM : ISC_LEVEL_WATCH, now->step,
                     one->name, one->n_alike,
                     g_strdup_printf ("%s: %u of %u units have a twin with the same weights %s.",
                                      one->name, one->n_alike, one->n_rows, when),
                     "Equal units get equal gradients and stay equal: draw the weights at random.");
      return;
    }
}
