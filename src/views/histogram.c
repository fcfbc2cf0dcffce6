/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The weights as they were drawn: density histogram, kernel density estimate, and the scheme's
 * exact density. */

#include <math.h>
#include <string.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/views.h"
#include "views/words.h"

/* Points of the exact density's curve. */
#define N_CURVE 513

/* More panels would be too small to read. */
#define MAX_PANELS 12

/* Panels share their axis while the widest range is at most this many times the narrowest. */
#define SHARED_RATIO 4.0

/* Tensors without statistics, and biases where there are weights to show, are left out. */
static GPtrArray *
choose_entries (IscWeights *weights, guint *n_candidates)
{
  GPtrArray *chosen = g_ptr_array_new ();
  gboolean bias = TRUE;

  *n_candidates = 0;
  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    bias = bias && isc_weights_get_entry (weights, i)->is_bias;
  for (guint i = 0; i < isc_weights_get_n_entries (weights); i++)
    {
      const IscWeightEntry *entry = isc_weights_get_entry (weights, i);

      if (!entry->summary || entry->is_bias != bias)
        continue;
      ++*n_candidates;
      if (chosen->len < MAX_PANELS)
        g_ptr_array_add (chosen, (gpointer)entry);
    }
  return chosen;
}

/* Where the law's curve is worth drawing: its bounds, or as far as the density estimate beside it
 * reaches. */
static void
curve_range (const IscWeightEntry *entry, double *low, double *high)
{
  const double *x, *density;
  gsize n = isc_kde_get_grid (isc_summary_get_kde (entry->summary), &x, &density);

  isc_law_bounds (&entry->law, low, high);
  if (n > 0)
    {
      *low = fmax (*low, x[0]);
      *high = fmin (*high, x[n - 1]);
    }
}

static void
add_law (IscPanel *panel, const IscWeightEntry *entry, gboolean labelled)
{
  IscStyle style = { .color = ISC_INK, .dash = ISC_DASH_DASHED };
  double x[N_CURVE + 2], y[N_CURVE + 2];
  double low, high, a, b;
  gsize n = 0;

  curve_range (entry, &low, &high);
  isc_law_bounds (&entry->law, &a, &b);
  /* A bounded law falls to zero at its bound: the curve shows the edge. */
  if (low == a)
    {
      x[n] = low;
      y[n++] = 0.0;
    }
  for (int i = 0; i < N_CURVE; i++)
    {
      double position = low + (high - low) * i / (N_CURVE - 1);
      double density = isc_law_density (&entry->law, position);

      if (!isfinite (density))
        continue;
      x[n] = position;
      y[n++] = density;
    }
  if (high == b)
    {
      x[n] = high;
      y[n++] = 0.0;
    }
  isc_panel_add_line (panel, &style, labelled ? "exact density" : NULL, x, y, n);
}

/* Densities are those of all weights: what is not finite has a share and no place, and the bars
 * have the area of the rest, so that they compare with the exact density. */
static double
finite_share (const IscWeightEntry *entry)
{
  return (double)isc_summary_get_moments (entry->summary)->count
         / (double)isc_tensor_get_count (entry->tensor);
}

static void
add_bars (IscPanel *panel, const IscWeightEntry *entry, const IscStyle *style, const char *label)
{
  IscHistogram *histogram = isc_summary_get_histogram (entry->summary);
  guint n = isc_histogram_get_n_bins (histogram);
  g_autofree double *heights = g_new (double, n);

  for (guint i = 0; i < n; i++)
    heights[i] = finite_share (entry) * isc_histogram_get_density (histogram, i);
  isc_panel_add_bars (panel, style, label, isc_histogram_get_edges (histogram), heights, n);
}

static void
add_kde (IscPanel *panel, const IscWeightEntry *entry, const IscStyle *style, const char *label)
{
  const double *x, *density;
  gsize n = isc_kde_get_grid (isc_summary_get_kde (entry->summary), &x, &density);
  g_autofree double *heights = g_new (double, n + 1);

  if (n == 0)
    return;
  for (gsize i = 0; i < n; i++)
    heights[i] = finite_share (entry) * density[i];
  isc_panel_add_line (panel, style, label, x, heights, n);
}

/* What is odd about the tensor, in words. */
static char *
note_of (const IscWeightEntry *entry)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  g_autofree char *count = isc_count_to_label (moments->count);
  guint64 n_bad = moments->n_nan + moments->n_inf;
  guint64 n_all = isc_tensor_get_count (entry->tensor);
  double spike;

  if (n_all == 0)
    return g_strdup ("There are no weights to show");
  if (n_bad == n_all)
    return g_strdup_printf ("None of the weights is finite (%" G_GUINT64_FORMAT
                            " NaN, %" G_GUINT64_FORMAT " infinite)",
                            moments->n_nan, moments->n_inf);
  if (isc_kde_get_spike (isc_summary_get_kde (entry->summary), &spike))
    {
      g_autofree char *value = isc_number_to_label (spike, 4);

      if (n_bad > 0)
        return g_strdup_printf ("The %s finite ones of %" G_GUINT64_FORMAT " weights equal %s",
                                count, n_all, value);
      return n_all == 1 ? g_strdup_printf ("The one weight is %s", value)
                        : g_strdup_printf ("All %s weights equal %s", count, value);
    }
  if (n_bad > 0)
    {
      g_autofree char *nan = isc_count_to_label (moments->n_nan);
      g_autofree char *inf = isc_count_to_label (moments->n_inf);
      g_autofree char *all = isc_count_to_label (n_all);

      if (moments->n_nan == 0)
        return g_strdup_printf ("%s of %s weights are infinite", inf, all);
      if (moments->n_inf == 0)
        return g_strdup_printf ("%s of %s weights are NaN", nan, all);
      return g_strdup_printf ("Of %s weights %s are NaN and %s infinite", all, nan, inf);
    }
  return NULL;
}

static void
fill_panel (IscPanel *panel,
            const IscWeightEntry *entry,
            int color,
            gboolean legend,
            const IscViewOptions *options)
{
  g_autofree char *note = note_of (entry);
  IscStyle fill = { .color = color };
  IscStyle line = { .color = color, .width = 1.4 };
  double spike;

  isc_panel_set_axis (panel, ISC_AXIS_X, entry->is_bias ? "bias" : "weight", ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "density", ISC_SCALE_LINEAR);
  isc_panel_set_note (panel, note);
  if (isc_kde_get_spike (isc_summary_get_kde (entry->summary), &spike))
    {
      isc_panel_set_axis (panel, ISC_AXIS_Y, "share of weights", ISC_SCALE_LINEAR);
      isc_panel_add_stem (panel, &line, NULL, spike, finite_share (entry));
      return;
    }
  if (!isc_kde_has_density (isc_summary_get_kde (entry->summary)))
    return;
  add_bars (panel, entry, &fill, legend ? "histogram" : NULL);
  if (options->show_kde)
    add_kde (panel, entry, &line, legend ? "KDE" : NULL);
  if (options->show_law && isc_law_has_density (&entry->law))
    add_law (panel, entry, legend);
}

static gboolean
ranges_agree (GPtrArray *entries)
{
  double narrow = INFINITY;
  double wide = 0.0;

  for (guint i = 0; i < entries->len; i++)
    {
      const IscMoments *moments
          = isc_summary_get_moments (((const IscWeightEntry *)entries->pdata[i])->summary);
      double range = moments->max - moments->min;

      if (!(range > 0.0))
        return FALSE;
      narrow = fmin (narrow, range);
      wide = fmax (wide, range);
    }
  return wide <= SHARED_RATIO * narrow;
}

/* "784 × 256": in by out, as a layer is written. */
static char *
shape_in_words (const IscWeightEntry *entry)
{
  return isc_shape_to_text (isc_tensor_get_shape (entry->tensor), " × ");
}

/* Weights from elsewhere: no experiment makes them, the title is where they are from. */
static gboolean
is_given (const IscWeightEntry *entry)
{
  return entry->library == NULL;
}

static void
append_summary (GString *text, const IscWeightEntry *entry)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  g_autofree char *std = isc_number_to_label (moments->std, 3);
  g_autofree char *asked = isc_number_to_label (entry->requested_std, 3);

  if (entry->fan_in > 0)
    g_string_append_printf (text, "fan_in %" G_GINT64_FORMAT " · fan_out %" G_GINT64_FORMAT " · ",
                            entry->fan_in, entry->fan_out);
  g_string_append_printf (text, "std %s", std);
  if (!isnan (entry->requested_std))
    g_string_append_printf (text, " (asked %s)", asked);
}

static void
title_single (IscFigure *figure, const IscWeightEntry *entry, const IscExperiment *experiment)
{
  g_autofree char *shape = shape_in_words (entry);
  g_autofree char *title = NULL;
  g_autofree char *where = NULL;
  g_autoptr (GString) subtitle = g_string_new (NULL);
  GPtrArray *modules = isc_experiment_get_weights_modules (experiment);
  const char *source = isc_experiment_get_title (experiment);

  if (isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_LAYER && modules->len == 1)
    where = isc_call_to_text (modules->pdata[0]);
  else
    where = g_strdup_printf ("a tensor of %s", shape);
  if (is_given (entry))
    title = g_strdup_printf ("%s%s%s", entry->label, *source ? " of " : "", source);
  else
    title = g_strdup_printf ("%s on %s", entry->scheme_label, where);
  isc_figure_set_title (figure, title);
  if (is_given (entry) && *shape)
    g_string_append_printf (subtitle, "%s · ", shape);
  append_summary (subtitle, entry);
  if (entry->formula)
    g_string_append_printf (subtitle, " · %s", entry->formula);
  isc_figure_set_subtitle (figure, subtitle->str);
}

static void
title_many (IscFigure *figure,
            GPtrArray *entries,
            guint n_candidates,
            const IscExperiment *experiment)
{
  const IscWeightEntry *first = entries->pdata[0];
  const char *title = isc_experiment_get_title (experiment);
  g_autofree char *subtitle = NULL;
  g_autofree char *shape = shape_in_words (first);

  if (is_given (first))
    {
      isc_figure_set_title (figure, *title ? title : "Given weights");
      subtitle = g_strdup_printf ("%u tensors", n_candidates);
    }
  else if (isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_INITS)
    {
      isc_figure_set_title (figure, *title ? title : "Initial weights under each scheme");
      subtitle = g_strdup_printf ("%s at step 0 · %s · fan_in %" G_GINT64_FORMAT
                                  " · fan_out %" G_GINT64_FORMAT,
                                  isc_tensor_get_name (first->tensor), shape, first->fan_in,
                                  first->fan_out);
    }
  else
    {
      isc_figure_set_title (figure, "Initial weights of the network");
      subtitle = g_strdup_printf ("%s · step 0", first->scheme);
    }
  isc_figure_set_subtitle (figure, subtitle);
}

static void
caption (IscFigure *figure,
         GPtrArray *entries,
         guint n_candidates,
         const IscExperiment *experiment,
         gboolean shared,
         const IscViewOptions *options)
{
  const IscWeightEntry *first = entries->pdata[0];
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *count = isc_count_to_label (isc_tensor_get_count (first->tensor));
  g_autofree char *bins = isc_histogram_to_text (isc_summary_get_histogram (first->summary));
  g_autofree char *kde = isc_kde_to_text (isc_summary_get_kde (first->summary));

  if (entries->len == 1)
    {
      if (!is_given (first))
        g_string_append_printf (text, "%s · ", first->scheme);
      g_string_append_printf (text, "n %s", count);
      if (isc_kde_has_density (isc_summary_get_kde (first->summary)))
        {
          g_string_append_printf (text, " · %s", bins);
          if (options->show_kde)
            g_string_append_printf (text, " · %s", kde);
        }
    }
  else
    {
      g_string_append_printf (text, "bins %s · KDE bandwidth %s",
                              isc_experiment_get_bins (experiment),
                              isc_experiment_get_bandwidth (experiment));
      if (!shared)
        g_string_append (text, " · axes differ");
      if (entries->len < n_candidates)
        g_string_append_printf (text, " · the first %u of %u", entries->len, n_candidates);
    }
  if (!is_given (first))
    g_string_append_printf (text, " · seed %" G_GUINT64_FORMAT " · %s", first->seed,
                            isc_words_pytorch (experiment));
  isc_figure_set_caption (figure, text->str);
}

static void
summarize (IscFigure *figure, GPtrArray *entries)
{
  g_autoptr (GString) text = g_string_new ("Histogram. ");

  for (guint i = 0; i < entries->len; i++)
    {
      const IscWeightEntry *entry = entries->pdata[i];
      const IscMoments *moments = isc_summary_get_moments (entry->summary);
      g_autofree char *std = isc_number_to_label (moments->std, 3);
      g_autofree char *min = isc_number_to_label (moments->min, 3);
      g_autofree char *max = isc_number_to_label (moments->max, 3);
      g_autofree char *count = isc_count_to_label (moments->count);

      if (moments->count == 0)
        {
          g_string_append_printf (text, "%s%s: no weight is finite.", i ? " " : "", entry->label);
          continue;
        }
      g_string_append_printf (text, "%s%s: %s weights from %s to %s, standard deviation %s.",
                              i ? " " : "", entry->label, count, min, max, std);
    }
  isc_figure_set_summary (figure, text->str);
}

static IscFigure *
make (IscWeights *weights, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  const IscExperiment *experiment = isc_weights_get_experiment (weights);
  guint n_candidates;
  g_autoptr (GPtrArray) entries = choose_entries (weights, &n_candidates);
  g_autofree char *json = isc_experiment_to_json (experiment);
  gboolean many = entries->len > 1;
  gboolean by_init = isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_INITS;
  gboolean shared;

  isc_figure_set_experiment (figure, json);
  if (entries->len == 0)
    {
      isc_figure_set_title (figure, "No weights");
      isc_figure_set_subtitle (figure, "nothing to show");
      isc_figure_set_caption (figure, isc_words_pytorch (experiment));
      isc_figure_set_summary (figure, "Histogram. There are no weights to show.");
      isc_panel_set_note (isc_figure_add_panel (figure), "There are no weights to show");
      return figure;
    }

  if (is_given (entries->pdata[0]))
    {
      by_init = FALSE;
      isc_figure_set_experiment (figure, NULL);
    }
  shared = many && ranges_agree (entries);
  isc_figure_set_shared (figure, ISC_AXIS_X, shared);
  for (guint i = 0; i < entries->len; i++)
    {
      const IscWeightEntry *entry = entries->pdata[i];
      IscPanel *panel = isc_figure_add_panel (figure);

      fill_panel (panel, entry, by_init ? (int)i : 0, i == 0, options);
      if (many)
        {
          g_autoptr (GString) title = g_string_new (entry->label);
          g_autofree char *std
              = isc_number_to_label (isc_summary_get_moments (entry->summary)->std, 3);

          g_string_append_printf (title, " · std %s", std);
          isc_panel_set_title (panel, title->str);
        }
    }
  if (many)
    title_many (figure, entries, n_candidates, experiment);
  else
    title_single (figure, entries->pdata[0], experiment);
  caption (figure, entries, n_candidates, experiment, shared, options);
  summarize (figure, entries);
  return figure;
}

const IscView isc_view_histogram = {
  .id = "histogram",
  .label = "Histogram",
  .summary = "Initial weights: histogram, density estimate and the scheme's exact density.",
  .of_weights = make,
};
