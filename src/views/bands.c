/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/bands.h"

#include <math.h>

#include "views/clock.h"
#include "views/quartiles.h"

#define MEDIAN_WIDTH 1.4

/* Walks along one run's curve beside another's. */
typedef struct
{
  const IscCurve *curve;
  const IscRunResult *run;
  gsize at;
} Walker;

/* Moves to the point that stands for @steps.  The same index where both traces are as dense, which
 * keeps the least of a bucket with the least; else the last that is not later. */
static void
walk (Walker *walker, gsize index, double steps)
{
  const IscCurve *curve = walker->curve;

  if (index < curve->n && curve->steps[index] == steps)
    walker->at = index;
  while (walker->at + 1 < curve->n && curve->steps[walker->at + 1] <= steps
         && curve->steps[walker->at] < steps)
    walker->at++;
}

/* What the run counts as at @steps.  Returns: FALSE for nothing at all. */
static gboolean
count_in (const Walker *walker, double steps, double lost, double *value)
{
  const IscCurve *curve = walker->curve;

  *value = lost;
  if (curve->n == 0 || steps > curve->steps[curve->n - 1])
    {
      if (walker->run->diverged_at >= 0)
        return TRUE;
      if (curve->n == 0 || walker->run->state != ISC_RUN_REACHED)
        return FALSE;
    }
  *value = curve->y[walker->at];
  return !isnan (*value);
}

/* Until where there are numbers of all: runs in lock step may be a few steps apart. */
static double
find_end (const Walker *walkers, guint n)
{
  double end = INFINITY;

  for (guint i = 0; i < n; i++)
    if (!isc_run_state_is_over (walkers[i].run->state))
      end = fmin (end,
                  walkers[i].curve->n ? walkers[i].curve->steps[walkers[i].curve->n - 1] : 0.0);
  return end;
}

/* The run that came furthest. */
static const Walker *
find_longest (const Walker *walkers, guint n)
{
  const Walker *longest = walkers;

  for (guint i = 1; i < n; i++)
    if (walkers[i].curve->n > 0
        && (longest->curve->n == 0
            || walkers[i].curve->steps[walkers[i].curve->n - 1]
                   > longest->curve->steps[longest->curve->n - 1]))
      longest = &walkers[i];
  return longest;
}

static double
median_time (const IscClock *clocks, const Walker *walkers, guint n, double steps, double *values)
{
  guint m = 0;

  if (clocks[0].axis != ISC_TIME_SECONDS)
    return isc_clock_at (&clocks[0], steps);
  for (guint i = 0; i < n; i++)
    if (walkers[i].curve->n > 0 && steps <= walkers[i].curve->steps[walkers[i].curve->n - 1])
      values[m++] = isc_clock_at (&clocks[i], steps);
  return isc_quartiles_new (values, m).median;
}

/* The quartiles at every point of the longest curve.  Returns: how many points have a median. */
static gsize
sum_up (const IscBands *bands,
        Walker *walkers,
        const IscClock *clocks,
        guint n,
        const IscCurve *grid,
        double *const columns[4])
{
  g_autofree double *values = g_new (double, n + 1);
  double end = find_end (walkers, n);
  gsize n_points = 0;

  for (gsize j = 0; j < grid->n && grid->steps[j] <= end; j++)
    {
      IscQuartiles quartiles;
      guint m = 0;

      for (guint i = 0; i < n; i++)
        {
          walk (&walkers[i], j, grid->steps[j]);
          if (count_in (&walkers[i], grid->steps[j], bands->lost, &values[m]))
            m++;
        }
      quartiles = isc_quartiles_new (values, m);
      /* Half of the runs are lost: there is no middle any more. */
      if (m > 0 && !isfinite (quartiles.median))
        break;
      columns[0][n_points] = median_time (clocks, walkers, n, grid->steps[j], values);
      columns[1][n_points] = isfinite (quartiles.low) ? quartiles.low : NAN;
      columns[2][n_points] = quartiles.median;
      columns[3][n_points++] = isfinite (quartiles.high) ? quartiles.high : NAN;
    }
  return n_points;
}

gboolean
isc_bands_add (const IscBands *bands,
               IscPanel *panel,
               const guint *runs,
               IscCurve *const *curves,
               guint n,
               const IscStyle *style,
               const char *label)
{
  g_autofree Walker *walkers = g_new (Walker, n + 1);
  g_autofree IscClock *clocks = g_new (IscClock, n + 1);
  g_autofree double *room = NULL;
  const IscCurve *grid;
  IscStyle thick = *style;
  double *columns[4];
  gsize n_points;

  if (n < ISC_QUARTILES_MIN_MEDIAN)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      walkers[i] = (Walker){ curves[i], isc_result_get_run (bands->result, runs[i]), 0 };
      clocks[i] = isc_clock_new (bands->result, runs[i], bands->options);
    }
  grid = find_longest (walkers, n)->curve;
  room = g_new (double, 4 * grid->n + 1);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    columns[i] = room + i * grid->n;
  n_points = sum_up (bands, walkers, clocks, n, grid, columns);
  if (n_points == 0)
    return FALSE;
  if (n >= ISC_QUARTILES_MIN_BAND)
    isc_panel_add_band (panel, style, NULL, columns[0], columns[1], columns[3], n_points);
  thick.width = MEDIAN_WIDTH;
  isc_panel_add_line (panel, &thick, label, columns[0], columns[2], n_points);
  return TRUE;
}

GArray *
isc_bands_get_runs (const IscResult *result, guint init)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    if (isc_result_get_run (result, i)->init == init)
      g_array_append_val (runs, i);
  return runs;
}

const char *
isc_bands_caption (guint n_seeds)
{
  if (n_seeds < 2)
    return NULL;
  if (n_seeds < ISC_QUARTILES_MIN_MEDIAN)
    return "a line each seed";
  return n_seeds < ISC_QUARTILES_MIN_BAND ? "thick: median of the seeds"
                                          : "thick: median of the seeds, band: their quartiles";
}

char *
isc_bands_losses (const IscResult *result)
{
  const IscExperiment *experiment = isc_result_get_experiment (result);
  guint n_inits = isc_experiment_get_n_inits (experiment);
  g_autofree guint *n_lost = g_new0 (guint, n_inits + 1);
  GString *text;

  if (isc_experiment_get_n_seeds (experiment) < 2)
    return NULL;
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      if (run->diverged_at >= 0 && run->init < n_inits)
        n_lost[run->init]++;
    }
  text = g_string_new (NULL);
  for (guint i = 0; i < n_inits; i++)
    if (n_lost[i] > 0)
      g_string_append_printf (text, "%sof %s %u of %u runs diverged", text->len ? ", " : "",
                              isc_experiment_get_init_label (experiment, i), n_lost[i],
                              isc_experiment_get_n_seeds (experiment));
  if (text->len > 0)
    g_string_append (text, " and count as infinite from there on");
  return g_string_free (text, text->len == 0);
}
