/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/steps.h"

#include <math.h>

/* Every step under the means, as look.md has a raw line under another; fainter among many seeds. */
#define RAW_OPACITY 0.35
#define RAW_OPACITY_SEEDS 0.2

#define MEAN_WIDTH 1.4

/* More epochs are a line of their own accord: their markers would touch. */
#define MAX_MARKERS 30

static gboolean
has_means (const IscRunResult *run)
{
  return run->n_epochs >= 2;
}

static gboolean
has_seeds (const IscResult *result)
{
  return isc_experiment_get_n_seeds (isc_result_get_experiment (result)) > 1;
}

/* Epochs have a mean where every step is at hand; the loss's own was taken while training. */
static gboolean
has_means_of (const IscRunResult *run, guint column)
{
  return has_means (run) && (column == ISC_TRACE_LOSS || isc_trace_get_span (run->trace) == 1);
}

/* How many rows can be drawn: the step that diverged, the last, is told by its cross. */
static gsize
count_rows (const IscRunResult *run)
{
  return run->n_rows - (run->diverged_at >= 0 && run->n_rows > 0);
}

void
isc_steps_add_raw (IscPanel *panel,
                   const IscResult *result,
                   guint index,
                   guint column,
                   const IscStyle *style,
                   const char *label)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  IscStyle own = *style;
  gsize n = count_rows (run);
  g_autofree double *x = g_new (double, n + 1);
  g_autofree double *y = g_new (double, n + 1);

  if (n == 0)
    return;
  for (gsize i = 0; i < n; i++)
    x[i] = (double)isc_trace_get_step (run->trace, i) + 1.0;
  isc_trace_copy_column (run->trace, column, 0, n, y);
  if (has_means_of (run, column))
    own.opacity = has_seeds (result) ? RAW_OPACITY_SEEDS : RAW_OPACITY;
  isc_panel_add_line (panel, &own, has_means_of (run, column) ? NULL : label, x, y, n);
}

static double
mean_of_steps (const IscTrace *trace, guint column, gsize first, gsize last)
{
  double sum = 0.0;

  for (gsize step = first; step <= last; step++)
    sum += (double)isc_trace_get (trace, step, column);
  return sum / (double)(last - first + 1);
}

void
isc_steps_add_means (IscPanel *panel,
                     const IscResult *result,
                     guint index,
                     guint column,
                     const IscStyle *style,
                     const char *label)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  IscStyle own = *style;
  g_autofree double *x = g_new (double, run->n_epochs + 1);
  g_autofree double *y = g_new (double, run->n_epochs + 1);
  gsize first = 0;

  if (!has_means_of (run, column))
    return;
  for (guint i = 0; i < run->n_epochs; i++)
    {
      gsize last = run->epochs[i].last_step;

      x[i] = 0.5 * (double)(first + last) + 1.0;
      y[i] = column == ISC_TRACE_LOSS ? run->epochs[i].train_loss
                                      : mean_of_steps (run->trace, column, first, last);
      first = last + 1;
    }
  own.width = has_seeds (result) ? 1.0 : MEAN_WIDTH;
  isc_panel_add_line (panel, &own, label, x, y, run->n_epochs);
  if (run->n_epochs <= MAX_MARKERS && !has_seeds (result))
    isc_panel_add_points (panel, style, NULL, x, y, run->n_epochs);
}

void
isc_steps_add_end (
    IscPanel *panel, const IscResult *result, guint index, guint column, const IscStyle *style)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  g_autofree char *text = NULL;
  gsize last = count_rows (run);

  if (run->diverged_at < 0)
    return;
  /* The loss may outlive the gradient by a step. */
  while (last > 0 && !isfinite (isc_trace_get (run->trace, last - 1, column)))
    last--;
  if (last == 0)
    return;
  text = g_strdup_printf ("diverged, step %" G_GINT64_FORMAT, run->diverged_at + 1);
  isc_panel_add_end (panel, style, text, (double)isc_trace_get_step (run->trace, last - 1) + 1.0,
                     (double)isc_trace_get (run->trace, last - 1, column));
}

char *
isc_steps_caption (const IscResult *result, guint column)
{
  gboolean means = FALSE;
  gsize span = 1;
  g_autofree char *raw = NULL;

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      means = means || has_means_of (run, column);
      span = MAX (span, isc_trace_get_span (run->trace));
    }
  raw = span == 1 ? g_strdup ("every step")
                  : g_strdup_printf ("least and greatest of %" G_GSIZE_FORMAT " steps", span);
  return means ? g_strdup_printf ("thin: %s, thick: mean of each epoch", raw)
               : g_steal_pointer (&raw);
}
