/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The weights as they were drawn: histogram, kernel density estimate, and the scheme's exact
 * density; several of them in panels, over each other or as ridges. */

#include <math.h>

#include "base/number-text.h"
#include "views/distribution.h"
#include "views/entries.h"
#include "views/views.h"

/* Panels share their axis, and entries one pair of axes, while the widest range is at most this
 * many times the narrowest. */
#define SHARED_RATIO 4.0

/* More outlines over each other are not followed by eye. */
#define MOST_OVERLAID 4

/* Bins that outlines share at most. */
#define MOST_COMMON_BINS 256.0

/* A ridge's height in rows; ridges whose peaks differ by more than the ratio each have their own
 * scale. */
#define RIDGE 0.9
#define PEAK_RATIO 4.0

/* Room under the lowest ridge and over the highest, in rows. */
#define RIDGE_BELOW 0.08
#define RIDGE_ABOVE 0.1

#define EMPHASIS 1.4
#define STEPS_OPACITY 0.55

static const IscStyle exact = { .color = ISC_INK, .dash = ISC_DASH_DASHED };

/* Over the curves of several, thinner: their colours stay in sight. */
static const IscStyle exact_thin = { .color = ISC_INK, .dash = ISC_DASH_DASHED, .width = 0.7 };

/* What makes a figure, at hand. */
typedef struct
{
  const IscEntries *entries;
  const IscExperiment *experiment;
  const IscViewOptions *options;
  GPtrArray *distributions;
} Maker;

static const IscDistribution *
get (const Maker *maker, guint index)
{
  return maker->distributions->pdata[index];
}

static double
range_of (const IscDistribution *distribution)
{
  const IscMoments *moments = isc_summary_get_moments (distribution->summary);

  return moments->max - moments->min;
}

static gboolean
ranges_agree (const Maker *maker)
{
  double narrow = INFINITY, wide = 0.0;

  for (guint i = 0; i < maker->distributions->len; i++)
    {
      double range = range_of (get (maker, i));

      if (!(range > 0.0))
        return FALSE;
      narrow = fmin (narrow, range);
      wide = fmax (wide, range);
    }
  return wide <= SHARED_RATIO * narrow;
}

static const char *
name_of (const IscEntries *entries)
{
  return isc_entries_get (entries, 0)->is_bias ? "bias" : "weight";
}

/* Stems of weights that share one value: zeros apart from others, and others that are all equal.  A
 * share has no place on an axis of densities: the tallest stem is then @height high. */
static void
add_stems (IscPanel *panel,
           const IscDistribution *distribution,
           const IscStyle *style,
           const char *label,
           double height)
{
  double spike;

  if (distribution->zeros > 0.0)
    isc_panel_add_stem (panel, style, label, 0.0, height * distribution->zeros);
  if (isc_distribution_get_spike (distribution, &spike))
    isc_panel_add_stem (panel, style, distribution->zeros > 0.0 ? NULL : label, spike,
                        height * distribution->share);
}

/* --- A panel each -------------------------------------------------------------------------------
 */

static void
fill_panel (IscPanel *panel, const Maker *maker, guint index, gboolean legend)
{
  const IscDistribution *distribution = get (maker, index);
  const IscViewOptions *options = maker->options;
  g_autofree char *note = isc_distribution_note (distribution);
  int color = maker->entries->compared ? isc_entries_style (maker->entries, index).color : 0;
  IscStyle fill = { .color = color }, line = { .color = color, .width = EMPHASIS };
  IscBars bars = isc_distribution_bars (distribution, maker->experiment,
                                        isc_distribution_get_bin_width (distribution));
  double height;

  isc_panel_set_axis (panel, ISC_AXIS_X, name_of (maker->entries), ISC_SCALE_LINEAR);
  isc_panel_set_note (panel, note);
  if (!isc_distribution_has_density (distribution))
    {
      isc_panel_set_axis (panel, ISC_AXIS_Y, "share of weights", ISC_SCALE_LINEAR);
      add_stems (panel, distribution, &line, NULL, 1.0);
      return;
    }
  isc_panel_set_axis (panel, ISC_AXIS_Y, bars.label, ISC_SCALE_LINEAR);
  isc_distribution_add_bars (distribution, panel, &fill, legend ? "histogram" : NULL, bars.factor);
  if (options->show_kde)
    isc_distribution_add_kde (distribution, panel, &line, legend ? "KDE" : NULL, bars.factor);
  if (options->show_law)
    isc_distribution_add_law (distribution, panel, &exact, legend ? "exact density" : NULL,
                              bars.factor, 0.0);
  height = bars.factor * isc_distribution_get_peak (distribution) / distribution->zeros;
  if (distribution->zeros > 0.0)
    add_stems (panel, distribution, &line, legend ? "zeros" : NULL, height);
}

static void
make_multiples (const Maker *maker, IscFigure *figure, GString *how)
{
  guint n = maker->distributions->len;
  gboolean shared = n > 1 && ranges_agree (maker);

  isc_figure_set_shared (figure, ISC_AXIS_X, shared);
  for (guint i = 0; i < n; i++)
    {
      IscPanel *panel = isc_figure_add_panel (figure);
      g_autofree char *number
          = isc_number_to_label (isc_summary_get_moments (
                                     isc_entries_get (maker->entries, i)->summary)
                                     ->std,
                                 3);
      g_autofree char *std = g_strdup_printf ("std %s", number);

      fill_panel (panel, maker, i, i == 0);
      isc_entries_panel_title (maker->entries, i, panel, std);
    }
  if (n > 1)
    g_string_append_printf (how, "bins %s · KDE bandwidth %s%s",
                            isc_experiment_get_bins (maker->experiment),
                            isc_experiment_get_bandwidth (maker->experiment),
                            shared ? "" : " · axes differ");
}

/* --- Over each other ----------------------------------------------------------------------------
 */

/* Bins for all: from the smallest weight to the largest, as narrow as the narrowest of their own.
 */
static guint
choose_common_bins (const Maker *maker, double *low, double *high)
{
  double width = INFINITY;

  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < maker->distributions->len; i++)
    {
      const IscMoments *moments = isc_summary_get_moments (get (maker, i)->summary);

      if (!isc_distribution_has_density (get (maker, i)))
        continue;
      *low = fmin (*low, moments->min);
      *high = fmax (*high, moments->max);
      width = fmin (width, isc_distribution_get_bin_width (get (maker, i)));
    }
  return *low < *high ? (guint)CLAMP (ceil ((*high - *low) / width), 1.0, MOST_COMMON_BINS) : 0;
}

static void
append_note (GString *notes, const IscEntries *entries, guint index, const char *note)
{
  if (note)
    g_string_append_printf (notes, "%s%s: %s", notes->len > 0 ? ". " : "",
                            isc_entries_get (entries, index)->label, note);
}

static void
overlay (const Maker *maker, IscPanel *panel, guint index, double low, double high, guint n_bins)
{
  const IscDistribution *distribution = get (maker, index);
  const IscWeightEntry *entry = isc_entries_get (maker->entries, index);
  IscStyle line = isc_entries_style (maker->entries, index), steps = line;
  IscBars bars
      = isc_distribution_bars (distribution, maker->experiment, (high - low) / (double)n_bins);
  gboolean kde = maker->options->show_kde;

  line.width = EMPHASIS;
  steps.opacity = kde ? STEPS_OPACITY : 1.0;
  isc_panel_set_axis (panel, ISC_AXIS_Y, bars.label, ISC_SCALE_LINEAR);
  isc_distribution_add_steps (distribution, panel, &steps, kde ? NULL : entry->label, bars.factor,
                              low, high, n_bins);
  if (kde)
    isc_distribution_add_kde (distribution, panel, &line, entry->label, bars.factor);
}

static void
make_overlay (const Maker *maker, IscFigure *figure, GString *how)
{
  IscPanel *panel = isc_figure_add_panel (figure);
  g_autoptr (GString) notes = g_string_new (NULL);
  double low, high, peak = 0.0, stems = 0.0;
  guint n = maker->distributions->len, n_bins = choose_common_bins (maker, &low, &high), n_laws = 0;

  isc_panel_set_axis (panel, ISC_AXIS_X, name_of (maker->entries), ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "share of weights", ISC_SCALE_LINEAR);
  for (guint i = 0; i < n; i++)
    {
      const IscDistribution *distribution = get (maker, i);
      g_autofree char *note = isc_distribution_note (distribution);
      IscBars bars
          = isc_distribution_bars (distribution, maker->experiment, (high - low) / MAX (n_bins, 1));

      append_note (notes, maker->entries, i, note);
      stems = fmax (stems, distribution->zeros);
      if (!isc_distribution_has_density (distribution))
        {
          stems = fmax (stems, distribution->share);
          continue;
        }
      overlay (maker, panel, i, low, high, n_bins);
      peak = fmax (peak, bars.factor * isc_distribution_get_peak (distribution));
    }
  for (guint i = 0; i < n && maker->options->show_law; i++)
    {
      IscBars bars = isc_distribution_bars (get (maker, i), maker->experiment,
                                            (high - low) / MAX (n_bins, 1));

      if (isc_distribution_has_density (get (maker, i))
          && isc_law_has_density (&isc_entries_get (maker->entries, i)->law))
        isc_distribution_add_law (get (maker, i), panel, &exact_thin,
                                  n_laws++ == 0 ? "exact density" : NULL, bars.factor, 0.0);
    }
  for (guint i = 0; i < n; i++)
    {
      IscStyle style = isc_entries_style (maker->entries, i);
      gboolean named = !isc_distribution_has_density (get (maker, i));

      add_stems (panel, get (maker, i), &style,
                 named ? isc_entries_get (maker->entries, i)->label : NULL,
                 peak > 0.0 ? peak / stems : 1.0);
    }
  isc_panel_set_note (panel, notes->str);
  if (n_bins > 0)
    {
      g_autofree char *width = isc_number_to_label ((high - low) / n_bins, 2);

      g_string_append_printf (how, "%u common bins of %s · KDE bandwidth %s", n_bins, width,
                              isc_experiment_get_bandwidth (maker->experiment));
    }
}

/* --- As ridges ----------------------------------------------------------------------------------
 */

/* Rows a unit of density is high for entry @index. */
static double
ridge_factor (const Maker *maker, guint index, gboolean *own)
{
  double least = INFINITY, most = 0.0;

  for (guint i = 0; i < maker->distributions->len; i++)
    if (isc_distribution_has_density (get (maker, i)))
      {
        double peak = isc_distribution_get_peak (get (maker, i));

        least = fmin (least, peak);
        most = fmax (most, peak);
      }
  *own = most > PEAK_RATIO * least;
  return RIDGE / (*own ? isc_distribution_get_peak (get (maker, index)) : most);
}

/* A stem that stands on a ridge's base. */
static void
add_ridge_stem (IscPanel *panel, const IscStyle *style, double at, double base, double height)
{
  double x[] = { at, at }, y[] = { base, base + height };

  isc_panel_add_line (panel, style, NULL, x, y, 2);
  isc_panel_add_points (panel, style, NULL, x + 1, y + 1, 1);
}

static void
make_ridges (const Maker *maker, IscFigure *figure, GString *how)
{
  IscPanel *panel = isc_figure_add_panel (figure);
  g_autoptr (GString) notes = g_string_new (NULL);
  guint n = maker->distributions->len;
  g_autofree double *rows = g_new (double, n);
  g_autofree const char **labels = g_new (const char *, n);
  gboolean own = FALSE;

  isc_panel_set_axis (panel, ISC_AXIS_X, name_of (maker->entries), ISC_SCALE_LINEAR);
  for (guint i = 0; i < n; i++)
    {
      const IscDistribution *distribution = get (maker, i);
      g_autofree char *note = isc_distribution_note (distribution);
      IscStyle style = isc_entries_style (maker->entries, i);
      double factor = ridge_factor (maker, i, &own), spike;

      style.dash = ISC_DASH_SOLID;
      rows[i] = n - 1.0 - i;
      labels[i] = isc_entries_get (maker->entries, i)->label;
      append_note (notes, maker->entries, i, note);
      if (isc_distribution_has_density (distribution))
        isc_distribution_add_ridge (distribution, panel, &style, factor, rows[i],
                                    maker->options->show_kde);
      if (isc_distribution_has_density (distribution) && maker->options->show_law)
        isc_distribution_add_law (distribution, panel, &exact_thin, NULL, factor, rows[i]);
      if (distribution->zeros > 0.0)
        add_ridge_stem (panel, &style, 0.0, rows[i], RIDGE * distribution->zeros);
      if (isc_distribution_get_spike (distribution, &spike))
        add_ridge_stem (panel, &style, spike, rows[i], RIDGE * distribution->share);
    }
  isc_panel_set_categories (panel, ISC_AXIS_Y, rows, labels, n);
  isc_panel_set_range (panel, ISC_AXIS_Y, -RIDGE_BELOW, n - 1.0 + RIDGE + RIDGE_ABOVE);
  /* The rows leave no room for notes. */
  if (notes->len > 0)
    g_string_append_printf (how, "%s · ", notes->str);
  g_string_append_printf (how, "%s%s%s%s", maker->options->show_kde ? "KDE bandwidth " : "bins ",
                          maker->options->show_kde
                              ? isc_experiment_get_bandwidth (maker->experiment)
                              : isc_experiment_get_bins (maker->experiment),
                          maker->options->show_law ? " · dashed: exact density" : "",
                          own ? " · each ridge has its own height" : " · densities on one scale");
}

/* ------------------------------------------------------------------------------------------------
 */

static IscArrangement
choose_arrangement (const Maker *maker)
{
  guint n = maker->distributions->len;

  if (n < 2)
    return ISC_ARRANGE_MULTIPLES;
  if (maker->options->arrangement != ISC_ARRANGE_AUTO)
    return maker->options->arrangement;
  if (!maker->entries->compared || !ranges_agree (maker))
    return ISC_ARRANGE_MULTIPLES;
  return n <= MOST_OVERLAID ? ISC_ARRANGE_OVERLAY : ISC_ARRANGE_RIDGES;
}

static void
summarize (const Maker *maker, IscFigure *figure)
{
  g_autoptr (GString) text = g_string_new ("Histogram. ");

  for (guint i = 0; i < maker->distributions->len; i++)
    {
      const IscWeightEntry *entry = isc_entries_get (maker->entries, i);
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
  g_autoptr (IscEntries) entries = isc_entries_new (weights, ISC_ENTRIES_MOST);
  g_autoptr (GPtrArray) distributions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_distribution_free);
  g_autoptr (GString) how = g_string_new (NULL);
  Maker maker = { entries, isc_weights_get_experiment (weights), options, distributions };

  if (!isc_entries_head (entries, figure, options, "Histogram", NULL))
    return figure;
  for (guint i = 0; i < isc_entries_get_n (entries); i++)
    g_ptr_array_add (distributions,
                     isc_distribution_new (isc_entries_get (entries, i), maker.experiment));
  switch (choose_arrangement (&maker))
    {
    case ISC_ARRANGE_OVERLAY:
      make_overlay (&maker, figure, how);
      break;
    case ISC_ARRANGE_RIDGES:
      make_ridges (&maker, figure, how);
      break;
    case ISC_ARRANGE_AUTO:
    case ISC_ARRANGE_MULTIPLES:
    default:
      make_multiples (&maker, figure, how);
      break;
    }
  if (distributions->len == 1 && isc_distribution_has_density (get (&maker, 0)))
    {
      g_autofree char *bins
          = isc_histogram_to_text (isc_summary_get_histogram (get (&maker, 0)->summary));
      g_autofree char *kde = isc_kde_to_text (isc_summary_get_kde (get (&maker, 0)->summary));

      g_string_append_printf (how, "%s%s%s", bins, options->show_kde ? " · " : "",
                              options->show_kde ? kde : "");
    }
  isc_entries_caption (entries, figure, options, how->str);
  summarize (&maker, figure);
  return figure;
}

const IscView isc_view_histogram = {
  .id = "histogram",
  .label = "Histogram",
  .summary = "Initial weights: histogram, density estimate and the scheme's exact density.",
  .of_weights = make,
};
