/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loss of every step, raw, and the mean of each epoch where there are epochs: real numbers
 * both, nothing is smoothed. */

#include <math.h>

#include "base/number-text.h"
#include "engine/trace.h"
#include "experiment/json.h"
#include "views/views.h"
#include "views/words.h"

/* A loss this many times the middle run's largest squashes the others on a linear axis. */
#define SQUASH_RATIO 20.0

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

/* The largest finite loss of a run; 0 if there is none. */
static double
largest_loss (const IscRunResult *run)
{
  double largest = 0.0;

  for (gsize i = 0; i < run->n_steps; i++)
    {
      double loss = (double)isc_trace_get (run->trace, i, ISC_TRACE_LOSS);

      if (isfinite (loss) && loss > largest)
        largest = loss;
    }
  return largest;
}

static gboolean
needs_log (const IscResult *result)
{
  guint n = isc_result_get_n_runs (result);
  g_autofree double *largest = g_new (double, n + 1);

  for (guint i = 0; i < n; i++)
    largest[i] = largest_loss (isc_result_get_run (result, i));
  qsort (largest, n, sizeof *largest, compare_doubles);
  return n > 1 && largest[n - 1] > SQUASH_RATIO * largest[(n - 1) / 2];
}

static void
add_steps (IscPanel *panel, const IscRunResult *run, const char *label, double opacity)
{
  IscStyle style = isc_words_style (run->init);
  g_autofree double *x = g_new (double, run->n_steps + 1);
  g_autofree double *y = g_new (double, run->n_steps + 1);

  if (run->n_steps == 0)
    return;
  style.opacity = opacity;
  for (gsize i = 0; i < run->n_steps; i++)
    x[i] = (double)i + 1.0;
  isc_trace_copy_column (run->trace, ISC_TRACE_LOSS, 0, run->n_steps, y);
  isc_panel_add_line (panel, &style, label, x, y, run->n_steps);
}

/* An epoch's mean stands at the middle of the steps it is the mean of. */
static void
add_epochs (IscPanel *panel, const IscRunResult *run, const char *label)
{
  IscStyle style = isc_words_style (run->init);
  g_autofree double *x = g_new (double, run->n_epochs + 1);
  g_autofree double *y = g_new (double, run->n_epochs + 1);

  style.width = 1.4;
  for (guint i = 0; i < run->n_epochs; i++)
    {
      double first = i ? (double)run->epochs[i - 1].last_step + 1.0 : 0.0;

      x[i] = 0.5 * (first + (double)run->epochs[i].last_step) + 1.0;
      y[i] = run->epochs[i].train_loss;
    }
  isc_panel_add_line (panel, &style, label, x, y, run->n_epochs);
}

static void
add_end (IscPanel *panel, const IscRunResult *run)
{
  IscStyle style = isc_words_style (run->init);
  g_autofree char *text = NULL;
  gsize last = run->n_steps;

  if (run->diverged_at < 0)
    return;
  text = g_strdup_printf ("diverged, step %" G_GINT64_FORMAT, run->diverged_at + 1);
  while (last > 0 && !isfinite (isc_trace_get (run->trace, last - 1, ISC_TRACE_LOSS)))
    last--;
  if (last > 0)
    isc_panel_add_end (panel, &style, text, (double)last,
                       (double)isc_trace_get (run->trace, last - 1, ISC_TRACE_LOSS));
}

/* Runs without a single finite loss have no line to end in a cross: words say it. */
static char *
diverged_at_once (const IscResult *result)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      if (run->diverged_at == 0 && isc_words_run_label (result, i))
        g_string_append_printf (text, " · %s diverged at step 1", run->label);
    }
  return g_string_free (text, FALSE);
}

/* Runs that were lost at once leave no line: words say so.  NULL if there are none. */
static char *
lost_in_words (const IscResult *result)
{
  guint n_runs = isc_result_get_n_runs (result);
  guint n_lost = 0;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_runs; i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      if (run->diverged_at != 0)
        continue;
      n_lost++;
      /* A scheme is named once, whichever of its seeds were lost. */
      if (g_hash_table_add (named, GUINT_TO_POINTER (run->init + 1)))
        g_string_append_printf (names, "%s%s", names->len ? ", " : "", run->label);
    }
  if (n_lost == 0)
    return NULL;
  if (n_lost == n_runs)
    return g_strdup (n_runs == 1 ? "The run diverged at its first step"
                                 : "Every run diverged at its first step");
  return g_strdup_printf ("%s diverged at %s first step", names->str,
                          g_hash_table_size (named) == 1 ? "its" : "their");
}

static void
summarize (IscFigure *figure, const IscResult *result)
{
  g_autoptr (GString) text = g_string_new ("Loss by step. ");

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      g_autofree char *loss = isc_number_to_label (run->final_loss, 3);

      if (run->diverged_at >= 0)
        g_string_append_printf (text, "%s diverged at step %" G_GINT64_FORMAT ". ", run->label,
                                run->diverged_at + 1);
      else if (run->n_steps > 0)
        g_string_append_printf (text, "%s is at %s after %" G_GSIZE_FORMAT " steps. ", run->label,
                                loss, run->n_steps);
    }
  isc_figure_set_summary (figure, text->str);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const IscExperiment *experiment = isc_result_get_experiment (result);
  g_autofree char *json = isc_experiment_to_json (experiment);
  g_autofree char *training = isc_words_training (result);
  g_autofree char *caption = isc_words_run_caption (result);
  g_autofree char *whole_caption = NULL;
  g_autofree char *lost = lost_in_words (result);
  g_autofree char *never_finite = NULL;
  g_autofree char *subtitle = NULL;
  gboolean log = options->log_y || needs_log (result);
  gboolean epochs = FALSE;
  gsize n_steps = 0;

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      epochs = epochs || isc_result_get_run (result, i)->n_epochs >= 2;
      n_steps = MAX (n_steps, isc_result_get_run (result, i)->n_steps);
    }

  isc_figure_set_experiment (figure, json);
  never_finite = diverged_at_once (result);
  subtitle
      = g_strdup_printf ("%s · %s%s%s", isc_call_get_name (isc_experiment_get_loss (experiment)),
                         training, log ? " · log scale" : "", never_finite);
  whole_caption = g_strdup_printf ("%s%s",
                                   epochs ? "thin: every step, thick: mean of each epoch · "
                                          : "every step · ",
                                   caption);
  isc_words_head (figure, result, options, "Loss", subtitle, whole_caption);
  isc_panel_set_axis (panel, ISC_AXIS_X, "step", ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "loss", log ? ISC_SCALE_LOG : ISC_SCALE_LINEAR);
  if (n_steps == 0)
    isc_panel_set_note (panel, "No step has been trained yet");
  else if (lost)
    isc_panel_set_note (panel, lost);

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      gboolean thick = run->n_epochs >= 2;

      add_steps (panel, run, thick ? NULL : isc_words_run_label (result, i), thick ? 0.35 : 0.0);
    }
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      if (run->n_epochs >= 2)
        add_epochs (panel, run, isc_words_run_label (result, i));
      add_end (panel, run);
    }
  summarize (figure, result);
  return figure;
}

const IscView isc_view_loss = {
  .id = "loss",
  .label = "Loss",
  .summary = "The loss of every step, and the mean of each epoch.",
  .of_result = make,
};
