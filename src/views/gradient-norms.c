/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gradient norms of every step, on a log axis: the totals of all runs, or one line a parameter of
 * one run.  What vanishes or explodes shows here before it shows in the loss. */

#include "base/number-text.h"
#include "engine/trace.h"
#include "experiment/json.h"
#include "views/steps.h"
#include "views/views.h"
#include "views/words.h"

/* As many lines as there are colours: more are not told apart. */
#define MAX_LINES ISC_N_SERIES_COLORS

static void
add_totals (IscPanel *panel, const IscResult *result)
{
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      IscStyle style = isc_words_style (isc_result_get_run (result, i)->init);

      isc_steps_add_raw (panel, result, i, ISC_TRACE_GRADIENT_NORM, &style,
                         isc_words_run_label (result, i));
    }
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      IscStyle style = isc_words_style (isc_result_get_run (result, i)->init);

      isc_steps_add_means (panel, result, i, ISC_TRACE_GRADIENT_NORM, &style,
                           isc_words_run_label (result, i));
      isc_steps_add_end (panel, result, i, ISC_TRACE_GRADIENT_NORM, &style);
    }
}

/* All parameters if they are few; else the weights alone, and of many weights the first, the last
 * and some between, evenly.  Returns what was left out, in words. */
static char *
choose_parameters (const IscTrace *trace, GArray *chosen)
{
  guint n = isc_trace_get_n_parameters (trace);
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    if (n <= MAX_LINES || g_str_has_suffix (isc_trace_get_name (trace, i), "weight"))
      g_array_append_val (weights, i);
  if (weights->len <= MAX_LINES)
    {
      g_array_append_vals (chosen, weights->data, weights->len);
      return n <= MAX_LINES ? NULL : g_strdup ("biases are left out");
    }
  for (guint i = 0; i < MAX_LINES; i++)
    g_array_append_val (chosen,
                        g_array_index (weights, guint, i * (weights->len - 1) / (MAX_LINES - 1)));
  return g_strdup_printf ("%u of %u weights, biases are left out", chosen->len, weights->len);
}

static char *
add_parameters (IscPanel *panel, const IscResult *result, guint index)
{
  const IscTrace *trace = isc_result_get_run (result, index)->trace;
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  char *left_out = choose_parameters (trace, chosen);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < chosen->len; i++)
      {
        guint parameter = g_array_index (chosen, guint, i);
        IscStyle style = isc_words_style (i);

        (pass == 0 ? isc_steps_add_raw
                   : isc_steps_add_means) (panel, result, index, ISC_TRACE_PARAMETERS + parameter,
                                           &style, isc_trace_get_name (trace, parameter));
      }
  return left_out;
}

static void
summarize (IscFigure *figure, const IscResult *result, const IscRunResult *one)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (one)
    g_string_append_printf (text, "Gradient norm of each parameter of %s by step, on a log axis.",
                            one->label);
  else
    g_string_append (text, "Total gradient norm of each run by step, on a log axis.");
  for (guint i = 0; !one && i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      g_autofree char *first = NULL;
      g_autofree char *last = NULL;

      if (run->n_rows == 0)
        continue;
      first
          = isc_number_to_label ((double)isc_trace_get (run->trace, 0, ISC_TRACE_GRADIENT_NORM), 3);
      last = isc_number_to_label ((double)isc_trace_get (run->trace, run->n_rows - 1,
                                                         ISC_TRACE_GRADIENT_NORM),
                                  3);
      g_string_append_printf (text, " %s: %s at the first step, %s at the last.", run->label, first,
                              last);
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
  g_autofree char *lost = isc_words_lost (result);
  g_autofree char *left_out = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *lines = isc_steps_caption (result, ISC_TRACE_GRADIENT_NORM);
  g_autofree char *whole_caption = NULL;
  const IscRunResult *one = options->by_parameter && options->run < isc_result_get_n_runs (result)
                                ? isc_result_get_run (result, options->run)
                                : NULL;

  isc_figure_set_experiment (figure, json);
  isc_panel_set_axis (panel, ISC_AXIS_X, "step", ISC_SCALE_LINEAR);
  isc_panel_set_integer (panel, ISC_AXIS_X, TRUE);
  isc_panel_set_axis (panel, ISC_AXIS_Y, one ? "gradient norm" : "total gradient norm",
                      ISC_SCALE_LOG);
  isc_panel_set_note (panel, lost);
  if (one)
    left_out = add_parameters (panel, result, options->run);
  else
    add_totals (panel, result);

  if (one)
    {
      g_autofree char *diverged
          = one->diverged_at < 0
                ? g_strdup ("")
                : g_strdup_printf (" · diverged, step %" G_GINT64_FORMAT, one->diverged_at + 1);

      subtitle = g_strdup_printf ("gradient norm of each parameter · %s%s · %s", one->label,
                                  diverged, training);
    }
  else
    subtitle = g_strdup (training);
  whole_caption = g_strdup_printf ("%s%s%s · %s", lines, left_out ? " · " : "",
                                   left_out ? left_out : "", caption);
  isc_words_head (figure, result, options, "Gradient norms", subtitle, whole_caption);
  summarize (figure, result, one);
  return figure;
}

const IscView isc_view_gradient_norms = {
  .id = "gradient-norms",
  .label = "Gradient norms",
  .summary = "Gradient norms of every step, in total or by parameter.",
  .traits = ISC_VIEW_OF_RUN | ISC_VIEW_BY_PARAMETER,
  .of_result = make,
};
