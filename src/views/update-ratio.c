/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a step moves the weights: std of the update over std of the weights, on a log axis, one
 * line a parameter of one run, or of every run the median of its matrices.  About 1e-3 moves
 * weights by as much as they are in a thousand steps; far below it nothing is learned, far above it
 * what was learned is overwritten.  Source: theory of the "update : data ratio", [Karpathy22]. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/clock.h"
#include "views/parameters.h"
#include "views/quartiles.h"
#include "views/steps.h"
#include "views/views.h"
#include "views/words.h"

#define GUIDE 1e-3
#define HEALTHY_LOW 1e-4
#define HEALTHY_HIGH 1e-2

/* The columns whose median stands for a run. */
static GArray *
get_columns (const IscResult *result)
{
  const IscRunResult *run;
  GArray *columns;

  if (isc_result_get_n_runs (result) == 0)
    return g_array_new (FALSE, FALSE, sizeof (guint));
  run = isc_result_get_run (result, 0);
  columns = isc_parameters_get_matrices (run);
  for (guint i = 0; i < columns->len; i++)
    {
      guint *column = &g_array_index (columns, guint, i);

      *column = isc_trace_update_column (run->trace, *column);
    }
  return columns;
}

/* Under the lines, as far as there are steps. */
static void
add_guides (IscPanel *panel, const IscResult *result, const IscViewOptions *options)
{
  IscStyle style = { .color = ISC_INK, .dash = ISC_DASH_DASHED, .opacity = 0.6 };
  IscStyle faint = { .color = ISC_INK, .opacity = 0.35 };
  double x[2] = { INFINITY, -INFINITY };
  double low[] = { HEALTHY_LOW, HEALTHY_LOW }, high[] = { HEALTHY_HIGH, HEALTHY_HIGH };

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      IscClock clock = isc_clock_new (result, i, options);
      gsize n_steps = isc_result_get_run (result, i)->n_steps;

      if (n_steps == 0)
        continue;
      x[0] = fmin (x[0], isc_clock_at (&clock, 1.0));
      x[1] = fmax (x[1], isc_clock_at (&clock, (double)n_steps));
    }
  if (x[0] < x[1])
    isc_panel_add_band (panel, &faint, NULL, x, low, high, 2);
  if (x[0] <= x[1])
    isc_panel_add_rule (panel, &style, NULL, ISC_AXIS_Y, GUIDE);
}

/* The median of a run's matrices at its last step. */
static double
get_last (const IscRunResult *run, const GArray *columns)
{
  g_autofree double *values = g_new (double, columns->len + 1);
  guint n = 0;

  for (guint i = 0; i < columns->len && run->n_rows > 0; i++)
    {
      /* The step that diverged has none. */
      gsize row = run->n_rows - 1 - (run->diverged_at >= 0 && run->n_rows > 1);
      double value = (double)isc_trace_get (run->trace, row, g_array_index (columns, guint, i));

      if (isfinite (value))
        values[n++] = value;
    }
  return isc_quartiles_new (values, n).median;
}

static void
summarize (IscFigure *figure, const IscResult *result, const GArray *columns)
{
  g_autoptr (GString) text
      = g_string_new ("How far a step moves the weights, update over weights, on a log axis.");

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      double last = get_last (run, columns);
      g_autofree char *value = isc_number_to_label (last, 2);

      if (isfinite (last))
        g_string_append_printf (text, " %s: %s at the last step, %s.", run->label, value,
                                last < HEALTHY_LOW    ? "which is little"
                                : last > HEALTHY_HIGH ? "which is much"
                                                      : "which is healthy");
    }
  isc_figure_set_summary (figure, text->str);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  g_autoptr (GArray) columns = get_columns (result);
  const IscRunResult *one = options->by_parameter && options->run < isc_result_get_n_runs (result)
                                ? isc_result_get_run (result, options->run)
                                : NULL;
  IscSteps steps = { result, options, (const guint *)(gpointer)columns->data, columns->len,
                     .alone = one != NULL };
  g_autofree char *json = isc_experiment_to_json (isc_result_get_experiment (result));
  g_autofree char *training = isc_words_training (result);
  g_autofree char *caption = isc_words_run_caption (result);
  g_autofree char *lines = isc_steps_caption (&steps);
  g_autofree char *note = isc_steps_note (&steps);
  g_autofree char *of_run = one ? isc_words_of_run (result, options->run) : NULL;
  g_autofree char *what = one ? g_strdup ("update over weights of each parameter")
                              : g_strdup_printf ("median of %u weight %s", columns->len,
                                                 columns->len == 1 ? "matrix" : "matrices");
  g_autofree char *subtitle = isc_words_join (what, of_run, training);
  g_autofree char *left_out = NULL, *how = NULL, *whole_caption = NULL;

  isc_figure_set_experiment (figure, json);
  isc_clock_set_axis (panel, options);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "std of update / std of weights", ISC_SCALE_LOG);
  isc_panel_set_note (panel, note ? note : columns->len == 0 ? "No layer has weights" : NULL);
  if (columns->len > 0)
    add_guides (panel, result, options);
  if (one)
    left_out = isc_parameters_add_lines (panel, result, options->run,
                                         isc_trace_update_column (one->trace, 0), options);
  else if (columns->len > 0)
    isc_steps_add_inits (&steps, panel);
  how = isc_words_join (lines, left_out,
                        "dashed: 0.001, band: 0.0001 to 0.01, where steps are healthy");
  whole_caption = isc_words_join (how, caption, NULL);
  isc_words_head (figure, result, options, "Update ratio", subtitle, whole_caption);
  summarize (figure, result, columns);
  return figure;
}

const IscView isc_view_update_ratio = {
  .id = "update-ratio",
  .label = N_ ("Update ratio"),
  .summary = N_ ("How far each step moves the weights, against a healthy thousandth."),
  .traits = ISC_VIEW_OF_RUN | ISC_VIEW_BY_PARAMETER | ISC_VIEW_OVER_TIME,
  .of_result = make,
};
