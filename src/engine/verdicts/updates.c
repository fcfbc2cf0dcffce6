/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Updates that are too large or too small for their weights.  A thousandth a step is the usual rule
 * of thumb (Karpathy); ten times more or less is worth a look. */

#include <math.h>

#include "base/number-text.h"
#include "engine/verdicts/judge.h"

#define LARGE_WATCH 1e-2
#define LARGE_PROBLEM 0.0316
#define SMALL_WATCH 1e-4
#define SMALL_PROBLEM 1e-5

/* So many last steps must agree. */
#define UPDATE_STEPS ((gsize)20)

/* The least and greatest ratio of update to weights in the last steps, over one matrix. */
static gboolean
update_range (const IscRunResult *run, guint parameter, double *least, double *greatest)
{
  guint column = isc_trace_update_column (run->trace, parameter);

  *least = INFINITY;
  *greatest = 0.0;
  if (run->n_rows < UPDATE_STEPS)
    return FALSE;
  for (gsize row = run->n_rows - UPDATE_STEPS; row < run->n_rows; row++)
    {
      double ratio = (double)isc_trace_get (run->trace, row, column);

      if (!isfinite (ratio))
        return FALSE;
      *least = fmin (*least, ratio);
      *greatest = fmax (*greatest, ratio);
    }
  return TRUE;
}

void
isc_judge_updates (const IscCase *judged)
{
  const IscRunResult *run = judged->run;
  guint small = 0, large = 0;
  double smallest = INFINITY, largest = 0.0;

  for (guint i = 0; i < judged->latest->n_parameters; i++)
    {
      double least, greatest;

      if (judged->latest->parameters[i].n_rows == 0 || !update_range (run, i, &least, &greatest))
        continue;
      /* Every one of the steps must say so. */
      if (least > largest)
        {
          largest = least;
          large = i;
        }
      if (greatest < smallest)
        {
          smallest = greatest;
          small = i;
        }
    }
  if (largest > LARGE_WATCH)
    {
      const char *name = isc_trace_get_name (run->trace, large);
      g_autofree char *label = isc_number_to_label (largest, 2);

      isc_judge_add (judged, "large-updates", isc_level_above (largest, LARGE_WATCH, LARGE_PROBLEM),
                     run->n_steps - 1, name, largest,
                     g_strdup_printf ("%s: each of the last steps moved the weights by at least %s "
                                      "of their "
                                      "size.",
                                      name, label),
                     "About a thousandth a step is usual: take a smaller learning rate.");
    }
  if (smallest < SMALL_WATCH)
    {
      const char *name = isc_trace_get_name (run->trace, small);
      g_autofree char *label = isc_number_to_label (smallest, 2);

      isc_judge_add (
          judged, "small-updates", isc_level_below (smallest, SMALL_WATCH, SMALL_PROBLEM),
          run->n_steps - 1, name, smallest,
          g_strdup_printf ("%s: none of the last steps moved the weights by more than %s of their "
                           "size.",
                           name, label),
          "About a thousandth a step is usual: take a larger learning rate, or see why gradients "
          "are small.");
    }
}
