/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loss against the learning rate, as long as a schedule raises it: the picture of a range test.
 * Rates train from where the loss begins to fall to where it turns ragged; marked are the steepest
 * fall, about where a rate is often chosen, and where the loss is back above its start. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/range-test.h"
#include "views/views.h"
#include "views/words.h"

/* A loss so many times that of the first step squashes the rest on a linear axis. */
#define SQUASH_RATIO 20.0

/* From so many times on, what is beyond the cut is told by an arrow and its number. */
#define CUT_FROM 4.0
#define CUT_AT 1.5

#define RAW_OPACITY 0.35
#define SEED_OPACITY 0.2

/* How far the losses go, beside where they begin. */
static double
find_ratio (const GPtrArray *tests, double *first)
{
  double largest = 0.0;

  *first = 0.0;
  for (guint i = 0; i < tests->len; i++)
    {
      const IscRangeTest *test = tests->pdata[i];

      for (gsize j = 0; j < test->n; j++)
        largest = fmax (largest, test->losses[j]);
      if (test->n > 0)
        *first = fmax (*first, test->losses[0]);
    }
  return *first > 0.0 ? largest / *first : 1.0;
}

static void
add_marks (IscPanel *panel,
           const IscRangeTest *test,
           const IscRunResult *run,
           const IscStyle *style)
{
  if (test->steepest < test->n)
    isc_panel_add_points (panel, style, NULL, &test->rates[test->steepest],
                          &test->means[test->steepest], 1);
  if (run->diverged_at >= 0 && test->n + 1 >= run->n_rows)
    isc_panel_add_end (panel, style, "diverged", test->rates[test->n - 1],
                       test->losses[test->n - 1]);
  else if (test->back < test->n)
    isc_panel_add_end (panel, style, "above its start", test->rates[test->back],
                       test->losses[test->back]);
}

static void
add_run (IscPanel *panel, const IscResult *result, guint index, const IscRangeTest *test)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  gboolean seeds = isc_experiment_get_n_seeds (isc_result_get_experiment (result)) > 1;
  IscStyle style = isc_words_style (run->init), faint = style;

  if (test->n == 0)
    return;
  faint.opacity = seeds ? SEED_OPACITY : RAW_OPACITY;
  isc_panel_add_line (panel, &faint, NULL, test->rates, test->losses, test->n);
  isc_panel_add_line (panel, &style, isc_words_run_label (result, index), test->rates, test->means,
                      test->n);
  add_marks (panel, test, run, &style);
}

/* Where the run is best, falls fastest and is lost. */
static void
summarize (GString *text, const IscRunResult *run, const IscRangeTest *test)
{
  g_autofree char *least = NULL, *where = NULL;

  if (test->n == 0)
    return;
  least = isc_number_to_label (test->losses[test->best], 3);
  where = isc_number_to_label (test->rates[test->best], 2);
  g_string_append_printf (text, " %s: least loss %s at a rate of %s", run->label, least, where);
  if (test->steepest < test->n)
    {
      g_autofree char *rate = isc_number_to_label (test->rates[test->steepest], 2);

      g_string_append_printf (text, ", falling fastest at %s", rate);
    }
  if (test->back < test->n)
    {
      g_autofree char *rate = isc_number_to_label (test->rates[test->back], 2);

      g_string_append_printf (text, ", above its start from %s on", rate);
    }
  if (run->diverged_at >= 0 && test->n + 1 >= run->n_rows)
    {
      g_autofree char *rate = isc_number_to_label (test->rates[test->n - 1], 2);

      g_string_append_printf (text, ", diverged after %s", rate);
    }
  g_string_append_c (text, '.');
}

/* "dot: steepest fall, Xavier: 0.012; Kaiming: 0.03", of the first seed of each. */
static char *
describe_steepest (const IscResult *result, const GPtrArray *tests)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < tests->len; i++)
    {
      const IscRangeTest *test = tests->pdata[i];
      const char *label = isc_words_run_label (result, i);

      if (label && test->steepest < test->n)
        {
          g_autofree char *rate = isc_number_to_label (test->rates[test->steepest], 2);

          g_string_append_printf (text, "%s%s: %s", text->len ? "; " : "dot: steepest fall, ",
                                  label, rate);
        }
    }
  return g_string_free (text, FALSE);
}

static char *
describe_lines (const GPtrArray *tests)
{
  gsize half_window = 0;

  for (guint i = 0; i < tests->len; i++)
    half_window = MAX (half_window, ((const IscRangeTest *)tests->pdata[i])->half_window);
  return g_strdup_printf ("thin: every step, as long as the rate rises, thick: centred mean of "
                          "%" G_GSIZE_FORMAT,
                          2 * half_window + 1);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const IscExperiment *experiment = isc_result_get_experiment (result);
  g_autoptr (GPtrArray) tests
      = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_range_test_free);
  g_autofree char *json = isc_experiment_to_json (experiment);
  g_autofree char *training = isc_words_training (result);
  g_autofree char *runs = isc_words_run_caption (result);
  g_autofree char *lost = isc_words_lost (result);
  g_autofree char *subtitle = NULL, *lines = NULL, *steepest = NULL, *caption = NULL;
  g_autoptr (GString) summary = g_string_new ("Loss by learning rate.");
  gsize empty = summary->len;
  double first, ratio;
  gboolean log;

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    g_ptr_array_add (tests, isc_range_test_new (isc_result_get_run (result, i)));
  ratio = find_ratio (tests, &first);
  log = options->log_y || ratio > SQUASH_RATIO;

  isc_figure_set_experiment (figure, json);
  isc_panel_set_axis (panel, ISC_AXIS_X, "learning rate", ISC_SCALE_LOG);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "loss", log ? ISC_SCALE_LOG : ISC_SCALE_LINEAR);
  if (!log && ratio > CUT_FROM)
    isc_panel_set_range (panel, ISC_AXIS_Y, 0.0, CUT_AT * first);
  for (guint i = 0; i < tests->len; i++)
    {
      add_run (panel, result, i, tests->pdata[i]);
      summarize (summary, isc_result_get_run (result, i), tests->pdata[i]);
    }
  isc_panel_set_note (panel, summary->len > empty || lost
                                 ? lost
                                 : "The learning rate does not rise: choose a schedule such as "
                                   "LearningRateRange()");
  subtitle = isc_words_join (isc_call_get_name (isc_experiment_get_loss (experiment)), training,
                             log ? "log scale" : NULL);
  lines = describe_lines (tests);
  steepest = describe_steepest (result, tests);
  caption = isc_words_join (lines, steepest, runs);
  isc_words_head (figure, result, options, "Loss by learning rate", subtitle, caption);
  isc_figure_set_summary (figure, summary->str);
  return figure;
}

const IscView isc_view_learning_rate = {
  .id = "learning-rate",
  .label = N_ ("Loss by learning rate"),
  .summary = N_ ("The loss against the learning rate while it rises: a range test."),
  .traits = ISC_VIEW_HAS_LOG,
  .of_result = make,
};
