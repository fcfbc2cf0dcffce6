/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gradient norms of every step, on a log axis: the totals of all runs, or one line a parameter of
 * one run.  What vanishes or explodes shows here before it shows in the loss. */

#include <math.h>

#include "engine/trace.h"
#include "experiment/json.h"
#include "views/views.h"
#include "views/words.h"

static void
add_column (IscPanel *panel,
            const IscRunResult *run,
            guint column,
            const IscStyle *style,
            const char *label)
{
  g_autofree double *x = g_new (double, run->n_steps + 1);
  g_autofree double *y = g_new (double, run->n_steps + 1);

  if (run->n_steps == 0)
    return;
  for (gsize i = 0; i < run->n_steps; i++)
    x[i] = (double)i + 1.0;
  isc_trace_copy_column (run->trace, column, 0, run->n_steps, y);
  isc_panel_add_line (panel, style, label, x, y, run->n_steps);
}

static void
add_totals (IscPanel *panel, const IscResult *result)
{
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      IscStyle style = isc_words_style (run->init);

      add_column (panel, run, ISC_TRACE_GRADIENT_NORM, &style, isc_words_run_label (result, i));
    }
}

static void
add_parameters (IscPanel *panel, const IscRunResult *run)
{
  for (guint i = 0; i < isc_trace_get_n_parameters (run->trace); i++)
    {
      IscStyle style = isc_words_style (i);

      add_column (panel, run, ISC_TRACE_PARAMETERS + i, &style, isc_trace_get_name (run->trace, i));
    }
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
  g_autofree char *subtitle = NULL;
  gboolean one = options->by_parameter && options->run < isc_result_get_n_runs (result);
  gsize n_steps = 0;

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    n_steps = MAX (n_steps, isc_result_get_run (result, i)->n_steps);

  isc_figure_set_experiment (figure, json);
  if (one)
    subtitle = g_strdup_printf ("gradient norm of each parameter · %s · %s",
                                isc_result_get_run (result, options->run)->label, training);
  else
    subtitle = g_strdup (training);
  isc_words_head (figure, result, options, "Gradient norms", subtitle, caption);
  isc_panel_set_axis (panel, ISC_AXIS_X, "step", ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, one ? "gradient norm" : "total gradient norm",
                      ISC_SCALE_LOG);
  if (n_steps == 0)
    isc_panel_set_note (panel, "No step has been trained yet");
  if (one)
    add_parameters (panel, isc_result_get_run (result, options->run));
  else
    add_totals (panel, result);
  isc_figure_set_summary (figure, one ? "Gradient norm of each parameter by step, on a log axis."
                                      : "Total gradient norm of each run by step, on a log axis.");
  return figure;
}

const IscView isc_view_gradient_norms = {
  .id = "gradient-norms",
  .label = "Gradient norms",
  .summary = "Gradient norms of every step, in total or by parameter.",
  .of_result = make,
};
