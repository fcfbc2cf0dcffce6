/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/comparison.h"

#include <math.h>

#include "base/number-text.h"

#define SMOOTHING 0.9

/* Steps that the smoothed loss has to stay where it got to. */
#define HOLD 10

/* The share of the way from the least first loss to the best that makes a target. */
#define FALL 0.9

/* The share of the steps that the final loss is the mean of. */
#define TAIL 0.05

struct _IscComparison
{
  IscResult *result;
  double target;
  IscRunScore *runs;
  IscInitScore *inits;
  guint n_inits;
};

static double
loss_at (const IscRunResult *run, gsize row)
{
  return (double)isc_trace_get (run->trace, row, ISC_TRACE_LOSS);
}

/* An exponential mean without the pull towards 0 of its start. */
typedef struct
{
  double sum;
  double weight;
} Mean;

static double
mean_add (Mean *mean, double value)
{
  mean->sum = SMOOTHING * mean->sum + (1.0 - SMOOTHING) * value;
  mean->weight = SMOOTHING * mean->weight + (1.0 - SMOOTHING);
  return mean->sum / mean->weight;
}

/* The least loss that the smoothed loss of a run was at or below for HOLD steps on end. */
static double
best_held (const IscRunResult *run)
{
  gsize hold = MIN ((gsize)HOLD, run->n_rows);
  double recent[HOLD];
  Mean mean = { 0 };
  double best = INFINITY;

  for (gsize i = 0; i < run->n_rows; i++)
    {
      double greatest = 0.0;

      recent[i % hold] = mean_add (&mean, loss_at (run, i));
      for (gsize j = 0; j < MIN (hold, i + 1); j++)
        greatest = j == 0 || recent[j] > greatest || isnan (recent[j]) ? recent[j] : greatest;
      if (i + 1 >= hold && greatest < best)
        best = greatest;
    }
  return best;
}

static gint64
steps_to (const IscRunResult *run, double target)
{
  gsize hold = MIN ((gsize)HOLD, run->n_rows);
  Mean mean = { 0 };
  gsize n_below = 0;

  for (gsize i = 0; i < run->n_rows; i++)
    {
      n_below = mean_add (&mean, loss_at (run, i)) <= target ? n_below + 1 : 0;
      if (n_below >= hold)
        return (gint64)isc_trace_get_step (run->trace, i + 1 - hold) + 1;
    }
  return -1;
}

static double
area_of (const IscRunResult *run)
{
  double sum = 0.0;

  if (run->n_rows == 0)
    return NAN;
  if (run->diverged_at >= 0)
    return INFINITY;
  if (run->n_steps == 1)
    return loss_at (run, 0);
  for (gsize i = 1; i < run->n_rows; i++)
    sum += 0.5 * (loss_at (run, i - 1) + loss_at (run, i))
           * (double)(isc_trace_get_step (run->trace, i) - isc_trace_get_step (run->trace, i - 1));
  return sum / (double)(run->n_steps - 1);
}

double
isc_run_get_clipped (const IscRunResult *run)
{
  gsize n = 0;

  /* What is not a number is not less: a step that diverged clips nothing. */
  for (gsize i = 0; i < run->n_rows; i++)
    n += isc_trace_get (run->trace, i, ISC_TRACE_CLIPPED_NORM)
         < isc_trace_get (run->trace, i, ISC_TRACE_GRADIENT_NORM);
  return run->n_rows > 0 ? (double)n / (double)run->n_rows : NAN;
}

static double
final_loss_of (const IscRunResult *run)
{
  gsize n = MAX ((gsize)((double)run->n_rows * TAIL), 1);
  double sum = 0.0;

  if (run->n_rows == 0)
    return NAN;
  if (run->diverged_at >= 0)
    return INFINITY;
  for (gsize i = run->n_rows - n; i < run->n_rows; i++)
    sum += loss_at (run, i);
  return sum / (double)n;
}

static double
round_up (double value)
{
  double unit = pow (10.0, floor (log10 (value)) - 2.0);

  return ceil (value / unit) * unit;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

/* Quantile @q of sorted values that may be infinite, between neighbours as numpy's default. */
static double
quantile (const double *sorted, guint n, double q)
{
  double at = q * (double)(n - 1);
  guint below = (guint)at;
  double part = at - (double)below;

  if (n == 0)
    return NAN;
  if (part == 0.0 || below + 1 >= n || sorted[below] == sorted[below + 1])
    return sorted[below];
  return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

/* A loss that half of the runs of the best init reach and that no run begins with. */
static double
choose_target (const IscResult *result, guint n_inits)
{
  guint n_runs = isc_result_get_n_runs (result);
  g_autofree double *held = g_new (double, n_runs + 1);
  double first = INFINITY;
  double best = INFINITY;

  for (guint init = 0; init < n_inits; init++)
    {
      guint n = 0;

      for (guint i = 0; i < n_runs; i++)
        {
          const IscRunResult *run = isc_result_get_run (result, i);

          if (run->init != init || run->n_rows == 0 || !isfinite (loss_at (run, 0)))
            continue;
          first = fmin (first, loss_at (run, 0));
          held[n++] = best_held (run);
        }
      qsort (held, n, sizeof *held, compare);
      if (n > 0)
        best = fmin (best, held[n / 2]);
    }
  if (!isfinite (best))
    return NAN;
  best = first - FALL * (first - best);
  return best > 0.0 ? round_up (best) : best;
}

static IscInitScore
score_init (const IscComparison *comparison, guint init)
{
  guint n_runs = isc_result_get_n_runs (comparison->result);
  g_autofree double *steps = g_new (double, n_runs + 1);
  g_autofree double *areas = g_new (double, n_runs + 1);
  g_autofree double *finals = g_new (double, n_runs + 1);
  IscInitScore score
      = { .label
          = isc_experiment_get_init_label (isc_result_get_experiment (comparison->result), init) };

  for (guint i = 0; i < n_runs; i++)
    {
      const IscRunResult *run = isc_result_get_run (comparison->result, i);
      const IscRunScore *one = &comparison->runs[i];

      if (run->init != init || run->n_rows == 0)
        continue;
      steps[score.n_runs] = one->steps >= 0 ? (double)one->steps : INFINITY;
      areas[score.n_runs] = one->area;
      finals[score.n_runs] = one->final_loss;
      score.n_runs++;
      score.n_reached += one->steps >= 0;
      score.n_diverged += run->diverged_at >= 0;
    }
  qsort (steps, score.n_runs, sizeof *steps, compare);
  qsort (areas, score.n_runs, sizeof *areas, compare);
  qsort (finals, score.n_runs, sizeof *finals, compare);
  score.steps = quantile (steps, score.n_runs, 0.5);
  score.low_steps = quantile (steps, score.n_runs, 0.25);
  score.high_steps = quantile (steps, score.n_runs, 0.75);
  score.area = quantile (areas, score.n_runs, 0.5);
  score.final_loss = quantile (finals, score.n_runs, 0.5);
  return score;
}

IscComparison *
isc_comparison_new (IscResult *result, double target)
{
  IscComparison *comparison = g_new0 (IscComparison, 1);
  guint n_runs = isc_result_get_n_runs (result);

  comparison->result = isc_result_ref (result);
  comparison->n_inits = isc_experiment_get_n_inits (isc_result_get_experiment (result));
  comparison->target = target;
  if (isnan (target))
    comparison->target = isc_experiment_get_target_loss (isc_result_get_experiment (result));
  if (isnan (comparison->target))
    comparison->target = choose_target (result, comparison->n_inits);
  comparison->runs = g_new0 (IscRunScore, n_runs + 1);
  for (guint i = 0; i < n_runs; i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      comparison->runs[i] = (IscRunScore){
        /* A run that stops at a target stops at its first loss there. */
        .steps
        = run->state == ISC_RUN_REACHED ? (gint64)run->n_steps : steps_to (run, comparison->target),
        .area = area_of (run),
        .final_loss = final_loss_of (run),
      };
    }
  comparison->inits = g_new0 (IscInitScore, comparison->n_inits + 1);
  for (guint i = 0; i < comparison->n_inits; i++)
    comparison->inits[i] = score_init (comparison, i);
  return comparison;
}

void
isc_comparison_free (IscComparison *comparison)
{
  isc_result_unref (comparison->result);
  g_free (comparison->runs);
  g_free (comparison->inits);
  g_free (comparison);
}

double
isc_comparison_get_target (const IscComparison *comparison)
{
  return comparison->target;
}

guint
isc_comparison_get_n_inits (const IscComparison *comparison)
{
  return comparison->n_inits;
}

const IscInitScore *
isc_comparison_get_init (const IscComparison *comparison, guint index)
{
  g_return_val_if_fail (index < comparison->n_inits, NULL);
  return &comparison->inits[index];
}

const IscRunScore *
isc_comparison_get_run (const IscComparison *comparison, guint index)
{
  g_return_val_if_fail (index < isc_result_get_n_runs (comparison->result), NULL);
  return &comparison->runs[index];
}

/* The run of @init with the seed of run @other; -1 if there is none. */
static gint
partner_of (const IscComparison *comparison, guint init, guint other)
{
  guint64 seed = isc_result_get_run (comparison->result, other)->seed;

  for (guint i = 0; i < isc_result_get_n_runs (comparison->result); i++)
    {
      const IscRunResult *run = isc_result_get_run (comparison->result, i);

      if (run->init == init && run->seed == seed && run->n_rows > 0)
        return (gint)i;
    }
  return -1;
}

double
isc_comparison_count_wins (const IscComparison *comparison, guint a, guint b, guint *n_seeds)
{
  double wins = 0.0;

  *n_seeds = 0;
  for (guint i = 0; i < isc_result_get_n_runs (comparison->result); i++)
    {
      const IscRunResult *run = isc_result_get_run (comparison->result, i);
      gint other = run->init == a && run->n_rows > 0 ? partner_of (comparison, b, i) : -1;
      gint64 ours, theirs;

      if (other < 0)
        continue;
      ours = comparison->runs[i].steps;
      theirs = comparison->runs[other].steps;
      ++*n_seeds;
      if (ours == theirs)
        wins += 0.5;
      else if (ours >= 0 && (theirs < 0 || ours < theirs))
        wins += 1.0;
    }
  return wins;
}

/* The init that gets there first; of those that never do, any. */
static guint
find_best (const IscComparison *comparison)
{
  guint best = 0;

  for (guint i = 1; i < comparison->n_inits; i++)
    {
      const IscInitScore *one = &comparison->inits[i];
      const IscInitScore *other = &comparison->inits[best];

      if (one->steps < other->steps
          || (!(other->steps < one->steps) && one->n_reached > other->n_reached))
        best = i;
    }
  return best;
}

/* "A, B and C" */
static void
append_label (GString *list, const char *label, gboolean last)
{
  if (list->len > 0)
    g_string_append (list, last ? " and " : ", ");
  g_string_append (list, label);
}

/* With one seed: who came later, and who at the same step. */
static void
describe_race (const IscComparison *comparison, guint best, const char *target, GString *text)
{
  static const char *const words[] = { "before", "together with" };

  for (guint tie = 0; tie < 2; tie++)
    {
      g_autoptr (GString) list = g_string_new (NULL);
      gint last = -1;
      guint n_seeds;

      for (guint i = 0; i < comparison->n_inits; i++)
        if (i != best
            && isc_comparison_count_wins (comparison, best, i, &n_seeds) == (tie ? 0.5 : 1.0))
          last = (gint)i;
      for (guint i = 0; (gint)i <= last; i++)
        if (i != best
            && isc_comparison_count_wins (comparison, best, i, &n_seeds) == (tie ? 0.5 : 1.0))
          append_label (list, comparison->inits[i].label, (gint)i == last);
      if (list->len > 0)
        g_string_append_printf (text, "%s%s reached %s %s %s.", text->len ? " " : "",
                                comparison->inits[best].label, target, words[tie], list->str);
    }
}

/* Of several seeds: how often the best was first, against each of the others. */
static void
describe_wins (const IscComparison *comparison, guint best, const char *target, GString *text)
{
  guint first_seeds = 0;
  gboolean tied = FALSE;

  for (guint i = 0; i < comparison->n_inits; i++)
    {
      guint n_seeds;
      double wins = isc_comparison_count_wins (comparison, best, i, &n_seeds);
      g_autofree char *wins_text = isc_number_to_label (wins, 3);

      if (i == best || n_seeds == 0)
        continue;
      if (first_seeds == 0)
        g_string_append_printf (text, "%s reached %s before %s in %s of %u seeds",
                                comparison->inits[best].label, target, comparison->inits[i].label,
                                wins_text, n_seeds);
      else
        g_string_append_printf (text, ", before %s in %s", comparison->inits[i].label, wins_text);
      if (first_seeds != 0 && n_seeds != first_seeds)
        g_string_append_printf (text, " of %u", n_seeds);
      first_seeds = first_seeds == 0 ? n_seeds : first_seeds;
      tied |= wins != floor (wins);
    }
  if (text->len > 0)
    g_string_append (text, tied ? ", a tie counting half." : ".");
}

char *
isc_comparison_describe (const IscComparison *comparison)
{
  guint best;
  g_autofree char *target = NULL;
  GString *text;

  if (comparison->n_inits < 2)
    return NULL;
  best = find_best (comparison);
  if (comparison->inits[best].n_reached == 0)
    return NULL;
  target = isc_number_to_label (comparison->target, 3);
  text = g_string_new (NULL);
  if (comparison->inits[best].n_runs == 1)
    describe_race (comparison, best, target, text);
  else
    describe_wins (comparison, best, target, text);
  return g_string_free (text, text->len == 0);
}
