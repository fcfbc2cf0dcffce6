/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"

/**
 * IscRunScore:
 * @steps: steps made until the smoothed loss was at or below the target to stay there for a while;
 *   -1 if it never was
 * @area: the mean of the loss over the steps, by trapezoids; infinite if the run diverged
 * @final_loss: mean of the last 5 % of the losses; infinite if the run diverged
 *
 * What is counted of one run.
 */
typedef struct
{
  gint64 steps;
  double area;
  double final_loss;
} IscRunScore;

/** isc_run_get_clipped: Returns: the share of the recorded steps of @run whose gradients were
 * clipped; NaN before the first */
double isc_run_get_clipped (const IscRunResult *run);

/**
 * IscInitScore:
 * @label: the init's label; the experiment's own
 * @n_runs: its runs, one a seed
 * @n_reached: those that reached the target
 * @n_diverged: those that diverged
 * @steps: median steps to the target, where runs that never reached it count as infinitely many
 * @low_steps: the lower quartile
 * @high_steps: the upper quartile
 * @area: median area
 * @final_loss: median final loss
 *
 * What is counted of one init over its seeds.  Never a mean over those that got there.
 */
typedef struct
{
  const char *label;
  guint n_runs;
  guint n_reached;
  guint n_diverged;
  double steps;
  double low_steps;
  double high_steps;
  double area;
  double final_loss;
} IscInitScore;

/**
 * IscComparison:
 *
 * How fast each init trains, over all seeds.  Immutable.
 */
typedef struct _IscComparison IscComparison;

/**
 * isc_comparison_new:
 * @result: runs; compared as far as they are
 * @target: the loss to reach; NaN for the experiment's target_loss or, without one, a loss nine
 *   tenths of the way from the least first one to the best that half of an init's
 *   runs came to, rounded up to three digits
 *
 * The loss is smoothed for this alone: an exponential mean of 0.9, unbiased.  A run has reached the
 * target at the first step from which the mean stays at or below it for 10 steps, which a run of
 * fewer has to do from first to last.
 *
 * A trace that has been thinned is counted by its rows.
 *
 * Returns: (transfer full): the comparison; it holds @result
 */
IscComparison *isc_comparison_new (IscResult *result, double target);
void isc_comparison_free (IscComparison *comparison);

/** isc_comparison_get_target: Returns: the loss to reach; NaN if no run has made a step */
double isc_comparison_get_target (const IscComparison *comparison);

guint isc_comparison_get_n_inits (const IscComparison *comparison);

/** isc_comparison_get_init: Returns: (transfer none): init @index of the experiment */
const IscInitScore *isc_comparison_get_init (const IscComparison *comparison, guint index);

/** isc_comparison_get_run: Returns: (transfer none): run @index of the result */
const IscRunScore *isc_comparison_get_run (const IscComparison *comparison, guint index);

/**
 * isc_comparison_count_wins:
 * @n_seeds: (out): seeds that both were trained with
 *
 * Returns: with how many seeds init @a reached the target in fewer steps than @b; a tie is half a
 *   win
 */
double
isc_comparison_count_wins (const IscComparison *comparison, guint a, guint b, guint *n_seeds);

/**
 * isc_comparison_describe:
 *
 * Returns: (transfer full) (nullable): "Kaiming reached 0.1 before Xavier in 19 of 20 seeds, before
 * Normal in 20.", of the best init against each other, and with one seed "before Xavier and
 * Normal."; %NULL with fewer than two inits or before any run has reached the target
 */
char *isc_comparison_describe (const IscComparison *comparison);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscComparison, isc_comparison_free)
