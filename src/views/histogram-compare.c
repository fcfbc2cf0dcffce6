/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several distributions on one axis: over each other as outlines, or one above another as ridges.
 */
#include "views/histogram-maker.h"

#include <math.h>

#include "base/number-text.h"

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

/* Over the curves of several, thinner: their colours stay in sight. */
static const IscStyle exact_thin = { .color = ISC_INK, .dash = ISC_DASH_DASHED, .width = 0.7 };

/* Bins for all: they span and are as narrow as the entries' own. */
static guint
choose_common_bins (const IscHistogramMaker *maker, double *low, double *high)
{
  double width = INFINITY;

  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < maker->distributions->len; i++)
    {
      IscHistogram *histogram
          = isc_summary_get_histogram (isc_histogram_maker_get (maker, i)->summary);
      const double *edges = isc_histogram_get_edges (histogram);

      if (!isc_distribution_has_density (isc_histogram_maker_get (maker, i)))
        continue;
      *low = fmin (*low, edges[0]);
      *high = fmax (*high, edges[isc_histogram_get_n_bins (histogram)]);
      width = fmin (width, isc_distribution_get_bin_width (isc_histogram_maker_get (maker, i)));
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
overlay (const IscHistogramMaker *maker,
         IscPanel *panel,
         guint index,
         double low,
         double high,
         guint n_bins)
{
  const IscDistribution *distribution = isc_histogram_maker_get (maker, index);
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

/* Rows a unit of density is high for entry @index. */
static double
ridge_factor (const IscHistogramMaker *maker, guint index, gboolean *own)
{
  double least = INFINITY, most = 0.0;

  for (guint i = 0; i < maker->distributions->len; i++)
    if (isc_distribution_has_density (isc_histogram_maker_get (maker, i)))
      {
        double peak = isc_distribution_get_peak (isc_histogram_maker_get (maker, i));

        least = fmin (least, peak);
        most = fmax (most, peak);
      }
  *own = most > PEAK_RATIO * least;
  return RIDGE / (*own ? isc_distribution_get_peak (isc_histogram_maker_get (maker, index)) : most);
}

/* A stem that stands on a ridge's base. */
static void
add_ridge_stem (IscPanel *panel, const IscStyle *style, double at, double base, double height)
{
  double x[] = { at, at }, y[] = { base, base + height };

  isc_panel_add_line (panel, style, NULL, x, y, 2);
  isc_panel_add_points (panel, style, NULL, x + 1, y + 1, 1);
}

void
isc_histogram_make_overlay (const IscHistogramMaker *maker, IscFigure *figure, GString *how)
{
  IscPanel *panel = isc_figure_add_panel (figure);
  g_autoptr (GString) notes = g_string_new (NULL);
  double low, high, peak = 0.0, stems = 0.0;
  guint n = maker->distributions->len, n_bins = choose_common_bins (maker, &low, &high), n_laws = 0;

  isc_panel_set_axis (panel, ISC_AXIS_X, isc_histogram_axis (maker), ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "share of weights", ISC_SCALE_LINEAR);
  for (guint i = 0; i < n; i++)
    {
      const IscDistribution *distribution = isc_histogram_maker_get (maker, i);
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
      IscBars bars = isc_distribution_bars (isc_histogram_maker_get (maker, i), maker->experiment,
                                            (high - low) / MAX (n_bins, 1));

      if (isc_distribution_has_density (isc_histogram_maker_get (maker, i))
          && isc_law_has_density (&isc_entries_get (maker->entries, i)->law))
        isc_distribution_add_law (isc_histogram_maker_get (maker, i), panel, &exact_thin,
                                  n_laws++ == 0 ? "exact density" : NULL, bars.factor, 0.0);
    }
  for (guint i = 0; i < n; i++)
    {
      IscStyle style = isc_entries_style (maker->entries, i);
      gboolean named = !isc_distribution_has_density (isc_histogram_maker_get (maker, i));

      isc_histogram_add_stems (panel, isc_histogram_maker_get (maker, i), &style,
                               named ? isc_entries_get (maker->entries, i)->label : NULL,
                               peak > 0.0 ? peak / stems : 1.0);
    }
  isc_panel_set_note (panel, notes->str);
  if (n_bins > 0)
    {
      g_autofree char *width = isc_number_to_label ((high - low) / n_bins, 2);

      g_string_append_printf (how, "%u common bins of %s", n_bins, width);
      if (maker->options->show_kde)
        {
          g_string_append (how, " · ");
          isc_histogram_append_bandwidth (maker, how);
        }
      isc_histogram_append_scale (maker, TRUE, how);
      isc_histogram_limit_axis (maker, panel, low, high);
      isc_histogram_append_range (maker, how);
    }
}

void
isc_histogram_make_ridges (const IscHistogramMaker *maker, IscFigure *figure, GString *how)
{
  IscPanel *panel = isc_figure_add_panel (figure);
  g_autoptr (GString) notes = g_string_new (NULL);
  guint n = maker->distributions->len;
  g_autofree double *rows = g_new (double, n);
  g_autofree const char **labels = g_new (const char *, n);
  gboolean own = FALSE;

  isc_panel_set_axis (panel, ISC_AXIS_X, isc_histogram_axis (maker), ISC_SCALE_LINEAR);
  for (guint i = 0; i < n; i++)
    {
      const IscDistribution *distribution = isc_histogram_maker_get (maker, i);
      g_autofree char *note = isc_distribution_note (distribution);
      IscStyle style = isc_entries_style (maker->entries, i);
      double factor = ridge_factor (maker, i, &own);

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
      for (guint j = 0; j < distribution->n_spikes; j++)
        add_ridge_stem (panel, &style, distribution->spikes[j].value, rows[i],
                        RIDGE * distribution->spikes[j].share);
    }
  isc_panel_set_categories (panel, ISC_AXIS_Y, rows, labels, n);
  isc_panel_set_range (panel, ISC_AXIS_Y, -RIDGE_BELOW, n - 1.0 + RIDGE + RIDGE_ABOVE);
  /* The rows leave no room for notes. */
  if (notes->len > 0)
    g_string_append_printf (how, "%s · ", notes->str);
  if (maker->options->show_kde)
    isc_histogram_append_bandwidth (maker, how);
  else
    g_string_append_printf (how, "bins %s", isc_experiment_get_bins (maker->experiment));
  g_string_append_printf (how, "%s%s", maker->options->show_law ? " · dashed: exact density" : "",
                          own ? " · each ridge has its own height" : " · densities on one scale");
  isc_histogram_append_scale (maker, TRUE, how);
}
