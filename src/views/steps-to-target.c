/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many steps each init takes until the smoothed loss stays at or below a target: a row an init,
 * a bar to the median over the seeds, a point each seed.  Rows and not columns, because their names
 * are long.  A run that never got there counts as infinitely many steps and has no point: a mean
 * over those that did would praise the scheme that loses most. */

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "engine/comparison.h"
#include "experiment/json.h"
#include "views/bands.h"
#include "views/quartiles.h"
#include "views/views.h"
#include "views/words.h"

/* Half a bar, and half the room that a scheme's seeds are spread over, in rows' distances. */
#define HALF_BAR 0.32
#define HALF_SEEDS 0.2

#define POINT_OPACITY 0.8

static void
add_seeds (IscPanel *panel,
           const IscResult *result,
           const IscComparison *comparison,
           guint init,
           double row)
{
  g_autoptr (GArray) runs = isc_bands_get_runs (result, init);
  g_autofree double *x = g_new (double, runs->len + 1);
  g_autofree double *y = g_new (double, runs->len + 1);
  IscStyle style = isc_words_style (init);
  gsize n = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      gint64 steps = isc_comparison_get_run (comparison, g_array_index (runs, guint, i))->steps;

      if (steps < 0)
        continue;
      y[n] = row;
      if (runs->len > 1)
        y[n] += HALF_SEEDS * (2.0 * (double)i / (double)(runs->len - 1) - 1.0);
      x[n++] = (double)steps;
    }
  style.opacity = POINT_OPACITY;
  if (n > 0 && runs->len > 1)
    isc_panel_add_points (panel, &style, NULL, x, y, n);
}

static void
add_init (IscPanel *panel, const IscInitScore *score, guint init, double row)
{
  IscStyle style = isc_words_style (init), ink = { .color = ISC_INK };
  double bar[] = { 0.0, score->steps }, quartiles[] = { score->low_steps, score->high_steps };
  double low[] = { row - HALF_BAR, row - HALF_BAR }, high[] = { row + HALF_BAR, row + HALF_BAR };

  if (!isfinite (score->steps))
    return;
  isc_panel_add_band (panel, &style, NULL, bar, low, high, 2);
  if (score->n_runs >= ISC_QUARTILES_MIN_BAND && isfinite (score->high_steps))
    isc_panel_add_line (panel, &ink, NULL, quartiles, (const double[]){ row, row }, 2);
}

/* In short what a row is; in full what the summary says of it. */
static char *
label_init (const IscInitScore *score, gboolean full)
{
  g_autofree char *steps = isfinite (score->steps)
                               ? isc_number_to_label (score->steps, 4)
                               : g_strdup (score->n_reached > 0 ? "most never" : "never");

  if (full && score->n_runs > 1)
    return g_strdup_printf ("%s: %s (%u of %u)", score->label, steps, score->n_reached,
                            score->n_runs);
  if (!isfinite (score->steps) && score->n_reached > 0)
    return g_strdup_printf ("%s: %u of %u", score->label, score->n_reached, score->n_runs);
  return g_strdup_printf ("%s: %s", score->label, steps);
}

/* The sentences of who was first, as a part of the caption. */
static char *
describe_wins (const IscComparison *comparison)
{
  char *wins = isc_comparison_describe (comparison);

  if (wins && g_str_has_suffix (wins, "."))
    wins[strlen (wins) - 1] = '\0';
  return wins;
}

/* Returns: whether any run has reached the target. */
static gboolean
fill_panel (IscPanel *panel, const IscResult *result, const IscComparison *comparison)
{
  guint n = isc_comparison_get_n_inits (comparison);
  g_autofree double *rows = g_new (double, n + 1);
  g_auto (GStrv) labels = g_new0 (char *, n + 1);
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const IscInitScore *score = isc_comparison_get_init (comparison, i);

      rows[i] = (double)(n - 1 - i);
      labels[i] = label_init (score, FALSE);
      add_init (panel, score, i, rows[i]);
      add_seeds (panel, result, comparison, i, rows[i]);
      any |= score->n_reached > 0;
    }
  isc_panel_set_axis (panel, ISC_AXIS_X, "steps", ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, NULL, ISC_SCALE_LINEAR);
  isc_panel_set_categories (panel, ISC_AXIS_Y, rows, (const char *const *)labels, n);
  isc_panel_set_range (panel, ISC_AXIS_Y, -0.5, (double)n - 0.5);
  return any;
}

static void
summarize (IscFigure *figure, const IscComparison *comparison, const char *target)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *wins = isc_comparison_describe (comparison);

  g_string_append_printf (text, "Steps until the loss stays at or below %s.", target);
  for (guint i = 0; i < isc_comparison_get_n_inits (comparison); i++)
    {
      g_autofree char *label = label_init (isc_comparison_get_init (comparison, i), TRUE);

      g_string_append_printf (text, " %s.", label);
    }
  if (wins)
    g_string_append_printf (text, " %s", wins);
  isc_figure_set_summary (figure, text->str);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  g_autoptr (IscComparison) comparison = isc_comparison_new (result, NAN);
  const IscExperiment *experiment = isc_result_get_experiment (result);
  guint n_seeds = isc_experiment_get_n_seeds (experiment);
  g_autofree char *json = isc_experiment_to_json (experiment);
  g_autofree char *training = isc_words_training (result);
  g_autofree char *caption = isc_words_run_caption (result);
  g_autofree char *target = isc_number_to_label (isc_comparison_get_target (comparison), 4);
  g_autofree char *what = g_strdup_printf ("steps until the loss stays at or below %s", target);
  g_autofree char *subtitle = isc_words_join (what, training, NULL);
  g_autofree char *wins = describe_wins (comparison);
  g_autofree char *lost = isc_words_lost (result);
  const char *seeds = n_seeds >= ISC_QUARTILES_MIN_BAND
                          ? "bars: median of the seeds, black: their quartiles"
                      : n_seeds > 1 ? "bars: median of the seeds"
                                    : NULL;
  g_autofree char *how
      = isc_words_join (seeds,
                        n_seeds > 1 ? "points: seeds that got there, the others count as infinite"
                                    : NULL,
                        "smoothed for this by an exponential mean of 0.9, held for 10 steps");
  g_autofree char *whole_caption = isc_words_join (wins, how, caption);

  isc_figure_set_experiment (figure, json);
  isc_words_head (figure, result, options, "Steps to target", subtitle, whole_caption);
  if (!isfinite (isc_comparison_get_target (comparison)))
    isc_panel_set_note (panel, lost ? lost : "There is no target yet");
  else if (!fill_panel (panel, result, comparison))
    {
      g_autofree char *note = g_strdup_printf ("No run has reached a loss of %s", target);

      isc_panel_set_note (panel, note);
    }
  summarize (figure, comparison, target);
  return figure;
}

const IscView isc_view_steps_to_target = {
  .id = "steps-to-target",
  .label = N_ ("Steps to target"),
  .summary = N_ ("How many steps each scheme takes to a loss, over all seeds."),
  .of_result = make,
};
