/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loss against the learning rate, as long as a schedule raises it: the picture of a range test.
 * Rates train from where the loss begins to fall to where it turns ragged. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/views.h"
#include "views/words.h"

/* A loss so many times that of the first step squashes the rest on a linear axis. */
#define SQUASH_RATIO 20.0

static double
get (const IscRunResult *run, gsize row, guint column)
{
  return (double)isc_trace_get (run->trace, row, column);
}

/* The rows from the first to where the rate stops rising; 0 if it never rises. */
static gsize
count_rising (const IscRunResult *run)
{
  gsize n = 1;

  /* A step that diverged was not made, and has no rate. */
  while (n < run->n_rows
         && get (run, n, ISC_TRACE_LEARNING_RATE) >= get (run, n - 1, ISC_TRACE_LEARNING_RATE))
    n++;
  if (run->n_rows == 0
      || !(get (run, n - 1, ISC_TRACE_LEARNING_RATE) > get (run, 0, ISC_TRACE_LEARNING_RATE)))
    return 0;
  return n;
}

static gboolean
needs_log (const IscResult *result)
{
  double first = 0.0, largest = 0.0;

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      gsize n = count_rising (run);

      for (gsize row = 0; row < n; row++)
        largest = fmax (largest, get (run, row, ISC_TRACE_LOSS));
      if (n > 0)
        first = fmax (first, get (run, 0, ISC_TRACE_LOSS));
    }
  return largest > SQUASH_RATIO * first;
}

static void
add_run (IscPanel *panel, const IscResult *result, guint index, GString *summary)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  IscStyle style = isc_words_style (run->init);
  gsize n = count_rising (run);
  g_autofree double *rates = g_new (double, n + 1);
  g_autofree double *losses = g_new (double, n + 1);
  g_autofree char *least = NULL, *where = NULL;
  gsize best = 0;

  if (n == 0)
    return;
  for (gsize i = 0; i < n; i++)
    {
      rates[i] = get (run, i, ISC_TRACE_LEARNING_RATE);
      losses[i] = get (run, i, ISC_TRACE_LOSS);
      if (losses[i] < losses[best])
        best = i;
    }
  style.marker = ISC_MARKER_NONE;
  isc_panel_add_line (panel, &style, isc_words_run_label (result, index), rates, losses, n);
  if (run->diverged_at >= 0 && n + 1 >= run->n_rows)
    isc_panel_add_end (panel, &style, "diverged", rates[n - 1], losses[n - 1]);

  least = isc_number_to_label (losses[best], 3);
  where = isc_number_to_label (rates[best], 2);
  g_string_append_printf (summary, " %s: least loss %s at a rate of %s.", run->label, least, where);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const IscExperiment *experiment = isc_result_get_experiment (result);
  g_autofree char *json = isc_experiment_to_json (experiment);
  g_autofree char *training = isc_words_training (result);
  g_autofree char *runs = isc_words_run_caption (result);
  g_autofree char *caption = g_strdup_printf ("every step, as long as the rate rises · %s", runs);
  gboolean log = options->log_y || needs_log (result);
  g_autofree char *subtitle
      = g_strdup_printf ("%s · %s%s", isc_call_get_name (isc_experiment_get_loss (experiment)),
                         training, log ? " · log scale" : "");
  g_autofree char *lost = isc_words_lost (result);
  g_autoptr (GString) summary = g_string_new ("Loss by learning rate.");
  gsize empty = summary->len;

  isc_figure_set_experiment (figure, json);
  isc_words_head (figure, result, options, "Loss by learning rate", subtitle, caption);
  isc_panel_set_axis (panel, ISC_AXIS_X, "learning rate", ISC_SCALE_LOG);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "loss", log ? ISC_SCALE_LOG : ISC_SCALE_LINEAR);
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    add_run (panel, result, i, summary);
  isc_panel_set_note (panel, summary->len > empty || lost
                                 ? lost
                                 : "The learning rate does not rise: choose a schedule such as "
                                   "LearningRateRange()");
  isc_figure_set_summary (figure, summary->str);
  return figure;
}

const IscView isc_view_learning_rate = {
  .id = "learning-rate",
  .label = "Loss by learning rate",
  .summary = "The loss against the learning rate while it rises: a range test.",
  .traits = ISC_VIEW_HAS_LOG,
  .of_result = make,
};
