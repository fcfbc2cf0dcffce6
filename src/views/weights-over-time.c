/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The histogram of one parameter at every observation, a ridge each: how far training moves the
 * weights from where they began. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/ridges.h"
#include "views/shown.h"
#include "views/views.h"
#include "views/words.h"

static IscRidges *
get_times (const IscRunResult *run, guint parameter)
{
  IscRidges *times = isc_ridges_new ();

  for (guint i = 0; i < run->n_observations; i++)
    {
      const IscObservation *observation = run->observations[i];
      g_autofree char *name = isc_count_to_label (observation->step);

      if (parameter < observation->n_parameters)
        isc_ridges_add (times, &observation->parameters[parameter].values, name);
    }
  return times;
}

static void
summarize (GString *text, const IscRunResult *run, guint parameter)
{
  const IscObservation *first = run->n_observations ? run->observations[0] : NULL;
  const IscObservation *last = first ? run->observations[run->n_observations - 1] : NULL;
  g_autofree char *from = NULL, *to = NULL;

  if (!first || parameter >= first->n_parameters)
    return;
  from = isc_number_to_label (first->parameters[parameter].values.std, 3);
  to = isc_number_to_label (last->parameters[parameter].values.std, 3);
  g_string_append_printf (text,
                          " %s: standard deviation %s at the start, %s after %" G_GSIZE_FORMAT
                          " steps.",
                          run->label, from, to, last->step);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (GArray) runs = isc_shown_get_runs (result, options);
  const IscTrace *trace
      = isc_result_get_n_runs (result) > 0 ? isc_result_get_run (result, 0)->trace : NULL;
  guint n_parameters = trace ? isc_trace_get_n_parameters (trace) : 0;
  guint parameter = options->parameter < n_parameters ? options->parameter : 0;
  const char *name = n_parameters > 0 ? isc_trace_get_name (trace, parameter) : "no parameter";
  g_autofree char *json = isc_experiment_to_json (isc_result_get_experiment (result));
  g_autofree char *subtitle = isc_shown_subtitle (result, runs, name);
  g_autofree char *caption = isc_words_run_caption (result);
  g_autofree char *left_out = isc_shown_describe_runs (result, runs);
  g_autofree char *how = NULL, *whole_caption = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) times = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_ridges_free);
  guint n_times = 0, most = runs->len > 1 ? ISC_RIDGES_MOST_SMALL : ISC_RIDGES_MOST;

  isc_figure_set_experiment (figure, json);
  g_string_append_printf (text, "Histogram of %s over time.", name);
  for (guint i = 0; i < runs->len; i++)
    {
      IscRidges *of_run
          = get_times (isc_result_get_run (result, g_array_index (runs, guint, i)), parameter);

      n_times = MAX (n_times, isc_ridges_get_n (of_run));
      isc_ridges_thin (of_run, most);
      g_ptr_array_add (times, of_run);
    }
  if (runs->len == 0)
    isc_panel_set_note (isc_figure_add_panel (figure), isc_shown_note (result, 0));
  for (guint i = 0; i < runs->len; i++)
    {
      guint index = g_array_index (runs, guint, i);
      const IscRunResult *run = isc_result_get_run (result, index);
      IscPanel *panel = isc_figure_add_panel (figure);
      IscStyle style = isc_words_style (run->init);

      isc_shown_title (result, index, runs->len, panel);
      isc_panel_set_axis (panel, ISC_AXIS_X, name, ISC_SCALE_LINEAR);
      isc_panel_set_axis (panel, ISC_AXIS_Y, "step: std", ISC_SCALE_LINEAR);
      isc_panel_set_note (panel, isc_shown_note (result, index));
      if (isc_ridges_get_n (times->pdata[i]) > 0)
        isc_ridges_fill (times->pdata[i], panel, &style, FALSE);
      summarize (text, run, parameter);
    }
  isc_figure_set_shared (figure, ISC_AXIS_X,
                         runs->len > 1
                             && isc_ridges_agree ((IscRidges *const *)times->pdata, times->len));
  how = g_strdup_printf ("%s%s64 bins, every ridge as high as another",
                         n_times > most ? "some of the observations, evenly chosen" : "",
                         n_times > most ? " · " : "");
  whole_caption = isc_words_join (how, left_out, caption);
  isc_words_head (figure, result, options, "Weights over time", subtitle, whole_caption);
  isc_figure_set_summary (figure, text->str);
  return figure;
}

const IscView isc_view_weights_over_time = {
  .id = "weights-over-time",
  .label = N_ ("Weights over time"),
  .summary = N_ ("The histogram of one parameter at every observation."),
  .traits = ISC_VIEW_OF_RUN | ISC_VIEW_OF_PARAMETER,
  .of_result = make,
};
