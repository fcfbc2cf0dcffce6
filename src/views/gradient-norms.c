/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gradient norms of every step, on a log axis: the totals of all runs, or one line a parameter of
 * one run.  What vanishes or explodes shows here before it shows in the loss. */

#include "base/number-text.h"
#include "engine/comparison.h"
#include "experiment/json.h"
#include "views/clock.h"
#include "views/parameters.h"
#include "views/steps.h"
#include "views/views.h"
#include "views/words.h"

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

/* How often gradients were clipped, in words: of every init's first run, or of @one; %NULL if
 * nothing clips them. */
static char *
describe_clipping (const IscResult *result, const IscRunResult *one)
{
  const IscExperiment *experiment = isc_result_get_experiment (result);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!(isc_experiment_get_clip_grad_norm (experiment) > 0.0)
      && !(isc_experiment_get_clip_grad_value (experiment) > 0.0))
    return NULL;
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      g_autofree char *share = isc_number_to_label (100.0 * isc_run_get_clipped (run), 2);

      if (run->n_rows > 0 && (one ? run == one : isc_words_run_label (result, i) != NULL))
        g_string_append_printf (text, "%s%s %s %%",
                                text->len ? ", " : "clipped steps: ", run->label, share);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Where the total is clipped to. */
static void
add_bound (IscPanel *panel, const IscExperiment *experiment)
{
  IscStyle style = { .color = ISC_INK, .dash = ISC_DASH_DASHED, .width = 1.0, .opacity = 0.7 };
  double bound = isc_experiment_get_clip_grad_norm (experiment);

  if (bound > 0.0)
    isc_panel_add_rule (panel, &style, "clip_grad_norm", ISC_AXIS_Y, bound);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  static const guint column = ISC_TRACE_GRADIENT_NORM;
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const IscRunResult *one = options->by_parameter && options->run < isc_result_get_n_runs (result)
                                ? isc_result_get_run (result, options->run)
                                : NULL;
  IscSteps steps = { result, options, &column, 1, .alone = one != NULL };
  g_autofree char *json = isc_experiment_to_json (isc_result_get_experiment (result));
  g_autofree char *training = isc_words_training (result);
  g_autofree char *caption = isc_words_run_caption (result);
  g_autofree char *lines = isc_steps_caption (&steps);
  g_autofree char *lost = isc_steps_note (&steps);
  g_autofree char *of_run = one ? isc_words_of_run (result, options->run) : NULL;
  g_autofree char *subtitle
      = isc_words_join (one ? "gradient norm of each parameter" : NULL, of_run, training);
  g_autofree char *left_out = NULL;
  g_autofree char *clipping = describe_clipping (result, one);
  g_autofree char *what = NULL;
  g_autofree char *whole_caption = NULL;

  isc_figure_set_experiment (figure, json);
  isc_clock_set_axis (panel, options);
  isc_panel_set_axis (panel, ISC_AXIS_Y, one ? "gradient norm" : "total gradient norm",
                      ISC_SCALE_LOG);
  isc_panel_set_note (panel, lost);
  if (one)
    left_out
        = isc_parameters_add_lines (panel, result, options->run, ISC_TRACE_PARAMETERS, options);
  else
    {
      isc_steps_add_inits (&steps, panel);
      /* An empty figure has words where it would be. */
      if (!lost)
        add_bound (panel, isc_result_get_experiment (result));
    }
  what = isc_words_join (lines, left_out, clipping);
  whole_caption = isc_words_join (what, caption, NULL);
  isc_words_head (figure, result, options, "Gradient norms", subtitle, whole_caption);
  summarize (figure, result, one);
  return figure;
}

const IscView isc_view_gradient_norms = {
  .id = "gradient-norms",
  .label = N_ ("Gradient norms"),
  .summary = N_ ("Gradient norms of every step, in total or by parameter."),
  .traits = ISC_VIEW_OF_RUN | ISC_VIEW_BY_PARAMETER | ISC_VIEW_OVER_TIME,
  .of_result = make,
};
