/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each network says of the plane that its examples lie in: tints of the classes' colours, the
 * purer the surer it is, or the value it gives; and some of the examples. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/views.h"
#include "views/words.h"

/* More panels than this are too small to be read. */
#define MAX_PANELS 12

/* The last observation of a run at or before a step; NULL if there is none. */
static const IscObservation *
find_observation (const IscRunResult *run, gsize step)
{
  const IscObservation *found = NULL;

  for (guint i = 0; i < run->n_observations; i++)
    if (run->observations[i]->step <= step)
      found = run->observations[i];
  return found;
}

static void
add_points (IscPanel *panel, const IscBoundary *boundary, int class)
{
  g_autofree double *x = g_new (double, boundary->n_points + 1);
  g_autofree double *y = g_new (double, boundary->n_points + 1);
  gsize n = 0;
  IscStyle style = isc_words_style (class < 0 ? 0 : (guint) class);

  for (guint i = 0; i < boundary->n_points; i++)
    if (boundary->classes[i] == class)
      {
        x[n] = boundary->x[i];
        y[n++] = boundary->y[i];
      }
  if (class < 0)
    style.color = ISC_INK;
  if (n > 0)
    isc_panel_add_points (panel, &style, NULL, x, y, n);
}

static void
fill_panel (IscPanel *panel, const IscBoundary *boundary)
{
  IscImage image = {
    .tensor = boundary->cells,
    .rows = ISC_BOUNDARY_SIDE,
    .columns = ISC_BOUNDARY_SIDE,
    .x0 = boundary->x0,
    .x1 = boundary->x1,
    .y0 = boundary->y0,
    .y1 = boundary->y1,
    .map = boundary->of_classes ? ISC_MAP_SERIES : ISC_MAP_DIVERGING,
    .pooling = ISC_POOL_MEAN,
    .name = boundary->of_classes ? "class and certainty" : "output",
  };
  int last = -1;

  isc_panel_set_axis (panel, ISC_AXIS_X, "first input", ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "second input", ISC_SCALE_LINEAR);
  isc_panel_set_range (panel, ISC_AXIS_X, boundary->x0, boundary->x1);
  isc_panel_set_range (panel, ISC_AXIS_Y, boundary->y0, boundary->y1);
  isc_panel_add_image (panel, &image);
  for (guint i = 0; i < boundary->n_points; i++)
    last = MAX (last, boundary->classes[i]);
  for (int class = last < 0 ? -1 : 0; class <= last; class ++)
    add_points (panel, boundary, class);
}

/* One run an init: the first seed's. */
static guint
count_panels (const IscResult *result)
{
  guint n = 0;

  for (guint i = 0; i < isc_result_get_n_runs (result) && n < MAX_PANELS; i++)
    n += isc_words_run_label (result, i) != NULL;
  return n;
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  const IscExperiment *experiment = isc_result_get_experiment (result);
  g_autofree char *json = isc_experiment_to_json (experiment);
  g_autofree char *caption = isc_words_run_caption (result);
  g_autofree char *subtitle = NULL;
  g_autofree char *whole_caption = NULL;
  g_autofree char *steps = NULL;
  g_autoptr (GString) summary = g_string_new ("What each network says of the plane.");
  guint n = count_panels (result);
  guint shown = 0;
  gsize step = 0;

  isc_figure_set_experiment (figure, json);
  isc_figure_set_shared (figure, ISC_AXIS_X, TRUE);
  isc_figure_set_shared (figure, ISC_AXIS_Y, TRUE);
  for (guint i = 0; i < isc_result_get_n_runs (result) && shown < n; i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      const IscObservation *seen = find_observation (run, options->at_step);
      IscPanel *panel;

      if (!isc_words_run_label (result, i))
        continue;
      shown++;
      panel = isc_figure_add_panel (figure);
      isc_panel_set_title (panel, run->label);
      if (seen && seen->boundary)
        {
          g_autofree char *loss = isc_number_to_label (seen->loss, 3);

          fill_panel (panel, seen->boundary);
          step = MAX (step, seen->step);
          g_string_append_printf (summary, " %s: loss %s.", run->label, loss);
        }
      else
        isc_panel_set_note (panel, seen ? "Examples have other than two inputs"
                                        : "Nothing has been observed yet");
    }
  if (n == 0)
    isc_panel_set_note (isc_figure_add_panel (figure), "No step has been trained yet");
  steps = isc_count_to_label (step);
  subtitle = g_strdup_printf ("after %s steps", steps);
  whole_caption = g_strdup_printf ("tints: the predicted class, the purer the surer · points: "
                                   "training examples, at most %d · first seed of each scheme · %s",
                                   ISC_BOUNDARY_POINTS, caption);
  isc_words_head (figure, result, options, "Decision boundary", subtitle, whole_caption);
  isc_figure_set_summary (figure, summary->str);
  return figure;
}

const IscView isc_view_decision_boundary = {
  .id = "decision-boundary",
  .label = N_ ("Decision boundary"),
  .summary = N_ ("What each network says of the plane that examples of two inputs lie in."),
  .traits = ISC_VIEW_AT_STEP | ISC_VIEW_OF_LATEST,
  .of_result = make,
};
