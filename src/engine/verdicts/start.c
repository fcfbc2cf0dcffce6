/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bad start: a network that is sure before it has learned anything, or that does not tell its
 * inputs apart.  Logits of variance s² cost about s²/2 more than guessing. */

#include <math.h>

#include "base/number-text.h"
#include "engine/verdicts/judge.h"

#define START_WATCH 0.5
#define START_PROBLEM 5.0
#define CORRELATION_WATCH 0.98
#define CORRELATION_PROBLEM 0.9999

void
isc_judge_confident_start (const IscCase *judged)
{
  const IscObservation *start = judged->first;
  gsize n_classes;
  double excess;
  g_autofree char *label = NULL;
  g_autofree char *classes = NULL;

  if (start->step != 0 || start->n_modules == 0
      || !g_str_equal (isc_call_get_name (isc_experiment_get_loss (judged->experiment)),
                       "CrossEntropyLoss"))
    return;
  n_classes = start->modules[start->n_modules - 1].outputs.count / start->batch;
  excess = start->loss - log ((double)n_classes);
  if (!(excess > START_WATCH))
    return;
  label = isc_number_to_label (start->loss, 3);
  classes = isc_number_to_label (log ((double)n_classes), 3);
  isc_judge_add (judged, "confident-start", isc_level_above (excess, START_WATCH, START_PROBLEM), 0,
                 start->modules[start->n_modules - 1].name, excess,
                 g_strdup_printf ("The first loss is %s, and guessing costs %s: the network is "
                                  "sure and "
                                  "wrong.",
                                  label, classes),
                 "Smaller weights in the last layer start it near ln(classes).");
}

void
isc_judge_indistinct (const IscCase *judged)
{
  const IscObservation *start = judged->first;
  const IscModuleObservation *first, *last;
  g_autofree char *label = NULL;

  /* A trained network ought to map examples of a class to one place: only the start is judged. */
  if (start->step != 0 || !isc_judge_find_ends (start, &first, &last)
      || !(last->correlation > CORRELATION_WATCH))
    return;
  label = isc_number_to_label (last->correlation, 5);
  isc_judge_add (
      judged, "indistinct",
      isc_level_above (last->correlation, CORRELATION_WATCH, CORRELATION_PROBLEM), 0, last->name,
      last->correlation,
      g_strdup_printf ("At the start, the outputs of different examples correlate by %s.", label),
      "The network hardly tells its inputs apart: less depth, larger weights, skips or "
      "normalizing layers.");
}
