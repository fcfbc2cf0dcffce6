/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Units that are dead, and activations where they are flat.  In deep networks at the edge of chaos
 * some units are off for every input from the start, so what was there then is said too. */

#include "base/number-text.h"
#include "engine/verdicts/judge.h"

#define SATURATED_WATCH 0.2
#define SATURATED_PROBLEM 0.5
#define DEAD_WATCH 0.1
#define DEAD_PROBLEM 0.4

/* The module with the largest share of dead units, or of saturated values; NaN is none. */
static const IscModuleObservation *
largest_share (const IscObservation *observation, gboolean dead, double *share)
{
  const IscModuleObservation *found = NULL;

  *share = 0.0;
  for (guint i = 0; i < observation->n_modules; i++)
    {
      const IscModuleObservation *one = &observation->modules[i];
      double value = dead ? one->dead : one->saturated;

      if (value > *share)
        {
          *share = value;
          found = one;
        }
    }
  return found;
}

static void
judge_shares (const IscCase *judged, gboolean dead)
{
  const IscObservation *now = judged->latest;
  double watch = dead ? DEAD_WATCH : SATURATED_WATCH;
  double problem = dead ? DEAD_PROBLEM : SATURATED_PROBLEM;
  double share, at_start;
  const IscModuleObservation *worst = largest_share (now, dead, &share);
  g_autofree char *when = isc_judge_when (now->step);
  g_autofree char *percent = NULL;
  g_autofree char *earlier = NULL;

  if (!worst || !(share > watch))
    return;
  largest_share (judged->first, dead, &at_start);
  percent = isc_number_to_label (100.0 * share, 2);
  if (now->step > 0)
    {
      g_autofree char *before = isc_number_to_label (100.0 * at_start, 2);

      earlier = g_strdup_printf (", against at most %s %% at the start", before);
    }
  if (dead)
    isc_judge_add (judged, "dead", isc_level_above (share, watch, problem), now->step, worst->name,
                   share,
                   g_strdup_printf ("%s %% of the units of %s %s are 0 for every example %s%s.",
                                    percent, worst->id, worst->name, when, earlier ? earlier : ""),
                   "No gradient reaches them: take a smaller learning rate, or a LeakyReLU. In "
                   "deep networks "
                   "some are off from the start.");
  else
    isc_judge_add (judged, "saturated", isc_level_above (share, watch, problem), now->step,
                   worst->name, share,
                   g_strdup_printf ("%s %% of the values of %s %s are where it is flat %s%s.",
                                    percent, worst->id, worst->name, when, earlier ? earlier : ""),
                   "Smaller weights, or inputs of variance 1, keep it where it bends.");
}

void
isc_judge_dead (const IscCase *judged)
{
  judge_shares (judged, TRUE);
}

void
isc_judge_saturated (const IscCase *judged)
{
  judge_shares (judged, FALSE);
}
