/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Diverged: a loss that is no number, or a thousand times the first, which has left the problem
 * behind. */

#include <math.h>

#include "base/number-text.h"
#include "engine/verdicts/judge.h"

#define LOSS_GROWTH 1e3

/* The first module that gives something that is not a number. */
static const char *
first_non_finite (const IscObservation *observation)
{
  for (guint i = 0; observation && i < observation->n_modules; i++)
    if (observation->modules[i].outputs.n_non_finite > 0)
      return observation->modules[i].name;
  return NULL;
}

void
isc_judge_diverged (const IscCase *judged)
{
  const IscRunResult *run = judged->run;
  const char *place = first_non_finite (judged->latest);
  g_autofree char *loss = isc_number_to_label (run->final_loss, 3);
  double start;

  if (run->diverged_at >= 0)
    {
      g_autofree char *where
          = place ? g_strdup_printf ("; module %s is the first that gives no numbers", place)
                  : g_strdup ("");

      isc_judge_add (judged, "diverged", ISC_LEVEL_PROBLEM, (gsize)run->diverged_at, place,
                     run->final_loss,
                     g_strdup_printf ("Diverged at step %" G_GINT64_FORMAT ": the loss is %s%s.",
                                      run->diverged_at + 1, loss, where),
                     "Take a smaller learning rate or smaller weights, or clip the gradients' "
                     "norm.");
      return;
    }
  if (run->n_steps == 0)
    return;
  start = (double)isc_trace_get (run->trace, 0, ISC_TRACE_LOSS);
  if (start > 0.0 && run->final_loss > LOSS_GROWTH * start)
    isc_judge_add (
        judged, "diverged", ISC_LEVEL_PROBLEM, run->n_steps - 1, NULL, run->final_loss,
        g_strdup_printf ("Diverges: the loss is %s, more than a thousand times the first.", loss),
        "Take a smaller learning rate or smaller weights, or clip the gradients' norm.");
}
