/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Test accuracy after each epoch. */

#include <math.h>

#include "experiment/json.h"
#include "views/views.h"
#include "views/words.h"

static gboolean
add_run (IscPanel *panel, const IscRunResult *run, const char *label)
{
  IscStyle style = isc_words_style (run->init);
  g_autofree double *x = g_new (double, run->n_epochs + 1);
  g_autofree double *y = g_new (double, run->n_epochs + 1);
  guint n = 0;

  for (guint i = 0; i < run->n_epochs; i++)
    if (!isnan (run->epochs[i].test_accuracy))
      {
        x[n] = (double)i + 1.0;
        y[n++] = 100.0 * run->epochs[i].test_accuracy;
      }
  if (n == 0)
    return FALSE;
  if (n > 1)
    isc_panel_add_line (panel, &style, label, x, y, n);
  isc_panel_add_points (panel, &style, n > 1 ? NULL : label, x, y, n);
  return TRUE;
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
  gboolean any = FALSE;

  isc_figure_set_experiment (figure, json);
  isc_words_head (figure, result, options, "Test accuracy", training, caption);
  isc_panel_set_axis (panel, ISC_AXIS_X, "epoch", ISC_SCALE_LINEAR);
  isc_panel_set_integer (panel, ISC_AXIS_X, TRUE);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "test accuracy, %", ISC_SCALE_LINEAR);
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    any = add_run (panel, isc_result_get_run (result, i), isc_words_run_label (result, i)) || any;
  if (!any)
    isc_panel_set_note (panel, "There is no test accuracy: no epoch is complete, or the data have "
                               "no test examples");
  isc_figure_set_summary (figure, "Test accuracy after each epoch.");
  return figure;
}

const IscView isc_view_accuracy = {
  .id = "accuracy",
  .label = "Accuracy",
  .summary = "Test accuracy after each epoch.",
  .of_result = make,
};
