/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Test accuracy after each epoch; of several seeds their median and quartiles. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/bands.h"
#include "views/clock.h"
#include "views/curve.h"
#include "views/quartiles.h"
#include "views/views.h"
#include "views/words.h"

/* Each seed under the median of all, and each epoch under a smoothed line. */
#define UNDER_OPACITY 0.35
#define UNDER_WIDTH 0.6

/* More epochs are a line of their own accord. */
#define MAX_MARKERS 60

/* Adds a run; returns its curve, smoothed if that was asked for. */
static IscCurve *
add_run (IscPanel *panel,
         const IscResult *result,
         guint index,
         const IscViewOptions *options,
         gboolean under,
         const char *label)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  IscClock clock = isc_clock_new (result, index, options);
  IscStyle style = isc_words_style (run->init), faint = style;
  IscCurve *curve = isc_curve_new_accuracy (run);
  gboolean smoothed = options->smoothing > 0.0;
  g_autofree double *x = g_new (double, curve->n + 1);

  for (gsize i = 0; i < curve->n; i++)
    x[i] = isc_clock_at (&clock, curve->steps[i]);
  faint.opacity = UNDER_OPACITY;
  faint.width = under ? UNDER_WIDTH : 0.0;
  if (curve->n > 1)
    isc_panel_add_line (panel, under || smoothed ? &faint : &style, smoothed ? NULL : label, x,
                        curve->y, curve->n);
  if (curve->n == 1 || (curve->n > 1 && !under && !smoothed && curve->n <= MAX_MARKERS))
    isc_panel_add_points (panel, &style, curve->n == 1 ? label : NULL, x, curve->y, curve->n);
  if (smoothed && curve->n > 1)
    {
      IscCurve *rough = curve;

      curve = isc_curve_new_smoothed (rough, 1, options->smoothing);
      isc_curve_free (rough);
      isc_panel_add_line (panel, under ? &faint : &style, label, x, curve->y, curve->n);
    }
  return curve;
}

static gboolean
add_init (IscPanel *panel, const IscResult *result, guint init, const IscViewOptions *options)
{
  g_autoptr (GArray) runs = isc_bands_get_runs (result, init);
  g_autoptr (GPtrArray) curves = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_curve_free);
  const char *label = isc_experiment_get_init_label (isc_result_get_experiment (result), init);
  IscBands bands = { result, options, -INFINITY };
  IscStyle style = isc_words_style (init);
  gboolean under = FALSE;
  gsize most = 0;

  for (guint i = 0; i < runs->len; i++)
    most = MAX (most, isc_result_get_run (result, g_array_index (runs, guint, i))->n_epochs);
  under = runs->len >= ISC_QUARTILES_MIN_MEDIAN && most > 1;
  most = 0;
  for (guint i = 0; i < runs->len; i++)
    {
      IscCurve *curve = add_run (panel, result, g_array_index (runs, guint, i), options, under,
                                 i == 0 && !under ? label : NULL);

      most = MAX (most, curve->n);
      g_ptr_array_add (curves, curve);
    }
  if (under)
    isc_bands_add (&bands, panel, (const guint *)(gpointer)runs->data,
                   (IscCurve *const *)curves->pdata, runs->len, &style, label);
  return most > 0;
}

static void
summarize (IscFigure *figure, const IscResult *result)
{
  g_autoptr (GString) text = g_string_new ("Test accuracy after each epoch.");

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      g_autofree char *percent = isc_number_to_label (100.0 * run->accuracy, 3);

      if (isfinite (run->accuracy))
        g_string_append_printf (text, " %s: %s %% after %u %s.", run->label, percent, run->n_epochs,
                                run->n_epochs == 1 ? "epoch" : "epochs");
    }
  isc_figure_set_summary (figure, text->str);
}

static char *
describe_smoothing (const IscViewOptions *options)
{
  g_autofree char *weight = isc_number_to_label (options->smoothing, 4);

  return options->smoothing > 0.0 ? g_strdup_printf ("exponential mean over epochs, weight %s, "
                                                     "unbiased, over every epoch's",
                                                     weight)
                                  : NULL;
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
  g_autofree char *smoothing = describe_smoothing (options);
  g_autofree char *how
      = isc_words_join (smoothing, isc_bands_caption (isc_experiment_get_n_seeds (experiment)),
                        isc_clock_caption (options));
  g_autofree char *whole_caption = isc_words_join (how, caption, NULL);
  gboolean any = FALSE;

  isc_figure_set_experiment (figure, json);
  isc_words_head (figure, result, options, "Test accuracy", training, whole_caption);
  isc_clock_set_axis (panel, options);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "test accuracy, %", ISC_SCALE_LINEAR);
  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    any = add_init (panel, result, i, options) || any;
  if (!any)
    isc_panel_set_note (panel, "There is no test accuracy: no epoch is complete, or the data have "
                               "no test examples");
  summarize (figure, result);
  return figure;
}

const IscView isc_view_accuracy = {
  .id = "accuracy",
  .label = N_ ("Accuracy"),
  .summary = N_ ("Test accuracy after each epoch."),
  .traits = ISC_VIEW_OVER_TIME,
  .of_result = make,
};
