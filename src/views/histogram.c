/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The weights as they were drawn: histogram, kernel density estimate, and the scheme's exact
 * density; several of them in panels, over each other or as ridges. */

#include <math.h>

#include "base/number-text.h"
#include "views/histogram-maker.h"
#include "views/views.h"

/* Panels share their axis, and entries one pair of axes, while the widest range is at most this
 * many times the narrowest. */
#define SHARED_RATIO 4.0

/* More outlines over each other are not followed by eye. */
#define MOST_OVERLAID 4

#define EMPHASIS 1.4

static const IscStyle exact = { .color = ISC_INK, .dash = ISC_DASH_DASHED };

static double
range_of (const IscDistribution *distribution)
{
  const IscMoments *moments = isc_summary_get_moments (distribution->summary);

  return moments->max - moments->min;
}

static gboolean
ranges_agree (const IscHistogramMaker *maker)
{
  double narrow = INFINITY, wide = 0.0;

  for (guint i = 0; i < maker->distributions->len; i++)
    {
      double range = range_of (isc_histogram_maker_get (maker, i));

      if (!(range > 0.0))
        return FALSE;
      narrow = fmin (narrow, range);
      wide = fmax (wide, range);
    }
  return wide <= SHARED_RATIO * narrow;
}

static void
limit_axis (const IscHistogramMaker *maker, IscPanel *panel, const IscDistribution *distribution)
{
  IscHistogram *histogram = isc_summary_get_histogram (distribution->summary);
  const double *edges = isc_histogram_get_edges (histogram);

  isc_histogram_limit_axis (maker, panel, edges[0], edges[isc_histogram_get_n_bins (histogram)]);
}

static void
fill_panel (IscPanel *panel, const IscHistogramMaker *maker, guint index, gboolean legend)
{
  const IscDistribution *distribution = isc_histogram_maker_get (maker, index);
  const IscViewOptions *options = maker->options;
  g_autofree char *note = isc_distribution_note (distribution);
  int color = maker->entries->compared ? isc_entries_style (maker->entries, index).color : 0;
  IscStyle fill = { .color = color }, line = { .color = color, .width = EMPHASIS };
  IscBars bars = isc_distribution_bars (distribution, maker->experiment,
                                        isc_distribution_get_bin_width (distribution));
  double height;

  isc_panel_set_axis (panel, ISC_AXIS_X, isc_histogram_axis (maker), ISC_SCALE_LINEAR);
  isc_panel_set_note (panel, note);
  if (!isc_distribution_has_density (distribution))
    {
      isc_panel_set_axis (panel, ISC_AXIS_Y, "share of weights", ISC_SCALE_LINEAR);
      isc_histogram_add_stems (panel, distribution, &line, NULL, 1.0);
      return;
    }
  isc_panel_set_axis (panel, ISC_AXIS_Y, bars.label, ISC_SCALE_LINEAR);
  limit_axis (maker, panel, distribution);
  isc_distribution_add_bars (distribution, panel, &fill, legend ? "histogram" : NULL, bars.factor);
  if (options->show_kde)
    isc_distribution_add_kde (distribution, panel, &line, legend ? "KDE" : NULL, bars.factor);
  if (options->show_law)
    isc_distribution_add_law (distribution, panel, &exact, legend ? "exact density" : NULL,
                              bars.factor, 0.0);
  height = bars.factor * isc_distribution_get_peak (distribution) / distribution->zeros;
  if (distribution->zeros > 0.0)
    isc_histogram_add_stems (panel, distribution, &line, legend ? "zeros" : NULL, height);
}

static void
make_multiples (const IscHistogramMaker *maker, IscFigure *figure, GString *how)
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
    {
      g_string_append_printf (how, "bins %s · ", isc_experiment_get_bins (maker->experiment));
      isc_histogram_append_bandwidth (maker, how);
      g_string_append (how, shared ? "" : " · axes differ");
      isc_histogram_append_range (maker, how);
    }
  else if (isc_distribution_has_density (isc_histogram_maker_get (maker, 0)))
    {
      const IscSummary *summary = isc_histogram_maker_get (maker, 0)->summary;
      g_autofree char *bins = isc_histogram_to_text (isc_summary_get_histogram (summary));
      g_autofree char *kde = isc_kde_to_text (isc_summary_get_kde (summary));

      g_string_append (how, bins);
      if (maker->options->show_kde)
        g_string_append_printf (how, " · %s", kde);
    }
  isc_histogram_append_scale (maker, FALSE, how);
}

static IscArrangement
choose_arrangement (const IscHistogramMaker *maker)
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
summarize (const IscHistogramMaker *maker, IscFigure *figure)
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
  g_autoptr (IscEntries) entries = isc_entries_new (weights, options->tensor, ISC_ENTRIES_MOST);
  g_autoptr (GPtrArray) distributions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_distribution_free);
  g_autoptr (GString) how = g_string_new (NULL);
  IscHistogramMaker maker
      = { entries, isc_weights_get_experiment (weights), options, distributions };

  if (!isc_entries_head (entries, figure, options, "Histogram", NULL))
    return figure;
  for (guint i = 0; i < isc_entries_get_n (entries); i++)
    g_ptr_array_add (distributions,
                     isc_distribution_new (isc_entries_get (entries, i), maker.experiment));
  switch (choose_arrangement (&maker))
    {
    case ISC_ARRANGE_OVERLAY:
      isc_histogram_make_overlay (&maker, figure, how);
      break;
    case ISC_ARRANGE_RIDGES:
      isc_histogram_make_ridges (&maker, figure, how);
      break;
    case ISC_ARRANGE_AUTO:
    case ISC_ARRANGE_MULTIPLES:
    default:
      make_multiples (&maker, figure, how);
      break;
    }
  isc_entries_caption (entries, figure, options, how->str);
  summarize (&maker, figure);
  return figure;
}

const IscView isc_view_histogram = {
  .id = "histogram",
  .label = N_ ("Histogram"),
  .summary = N_ ("Initial weights: histogram, density estimate and the scheme's exact density."),
  .of_weights = make,
};
