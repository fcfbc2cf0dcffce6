/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loss of every step, raw, under the mean of each epoch where there are epochs; smoothed only
 * if that is asked for, and then it is said. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/clock.h"
#include "views/steps.h"
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

  for (gsize i = 0; i < run->n_rows; i++)
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
  static const guint column = ISC_TRACE_LOSS;
  IscSteps steps = { result, options, &column, 1 };
  g_autofree char *lines = isc_steps_caption (&steps);
  g_autofree char *whole_caption = NULL;
  g_autofree char *lost = isc_steps_note (&steps);
  g_autofree char *subtitle = NULL;
  gboolean log = options->log_y || needs_log (result);

  isc_figure_set_experiment (figure, json);
  subtitle = g_strdup_printf ("%s · %s%s", isc_call_get_name (isc_experiment_get_loss (experiment)),
                              training, log ? " · log scale" : "");
  whole_caption = g_strdup_printf ("%s · %s", lines, caption);
  isc_words_head (figure, result, options, "Loss", subtitle, whole_caption);
  isc_clock_set_axis (panel, options);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "loss", log ? ISC_SCALE_LOG : ISC_SCALE_LINEAR);
  isc_panel_set_note (panel, lost);

  isc_steps_add_inits (&steps, panel);
  summarize (figure, result);
  return figure;
}

const IscView isc_view_loss = {
  .id = "loss",
  .label = N_ ("Loss"),
  .summary = N_ ("The loss of every step, and the mean of each epoch."),
  .traits = ISC_VIEW_HAS_LOG | ISC_VIEW_OVER_TIME,
  .of_result = make,
};
