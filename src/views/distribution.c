/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/distribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number-text.h"
#include "views/entries.h"

/* Points of the exact density's curve. */
#define N_CURVE 513

/* From this share and this many on, zeros beside other weights are an atom and not chance. */
#define LEAST_ZEROS 0.02
#define LEAST_N_ZEROS 4

/* Few values are what the weights are made of, and not a small sample, if each stands for so many.
 */
#define LEAST_REPEATS 8

/* Zeros are apart where the law says so, or where they are many and not all. */
static gboolean
has_atom (const IscWeightEntry *entry)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);

  if (moments->n_zero == 0 || moments->n_zero == moments->count)
    return FALSE;
  return entry->law.zeros > 0.0
         || (moments->n_zero >= LEAST_N_ZEROS
             && (double)moments->n_zero >= LEAST_ZEROS * (double)moments->count);
}

/* Measures the weights that are not 0.  Returns: (nullable): none if memory ran out. */
static IscSummary *
measure_others (const IscWeightEntry *entry, const IscExperiment *experiment)
{
  const float *values = isc_tensor_get_data (entry->tensor);
  gsize n = isc_tensor_get_count (entry->tensor), n_kept = 0;
  g_autofree float *kept = g_try_new (float, n);
  IscSummaryOptions options = isc_summary_options_default ();
  IscLaw law = entry->law;
  double low, high;

  if (!kept || !isc_bin_rule_parse (isc_experiment_get_bins (experiment), &options.bins, NULL)
      || !isc_histogram_range_parse (isc_experiment_get_range (experiment), &options.range, NULL)
      || !isc_bandwidth_rule_parse (isc_experiment_get_bandwidth (experiment), &options.bandwidth,
                                    NULL)
      || !isc_kernel_parse (isc_experiment_get_kernel (experiment), &options.kernel, NULL))
    return NULL;
  for (gsize i = 0; i < n; i++)
    if (values[i] != 0.0f)
      kept[n_kept++] = values[i];
  law.zeros = 0.0;
  if (isc_law_has_density (&law) && isc_law_bounds (&law, &low, &high))
    {
      /* A float32 weight may lie on the bound's rounded side. */
      options.low_bound = fmin (low, (double)(float)low);
      options.high_bound = fmax (high, (double)(float)high);
    }
  return isc_summary_new_with (kept, n_kept, &options, NULL);
}

static int
compare_spikes (const void *a, const void *b)
{
  const IscSpike *one = a, *other = b;

  return (one->value > other->value) - (one->value < other->value);
}

/* The values that the weights apart from zeros take, if these are one or few. */
static void
find_spikes (IscDistribution *distribution)
{
  const IscTensor *tensor = distribution->entry->tensor;
  const float *values = isc_tensor_get_data (tensor);
  gsize n = isc_tensor_get_count (tensor), n_values = 0,
        counts[ISC_DISTRIBUTION_MOST_SPIKES] = { 0 };
  IscSpike *spikes = distribution->spikes;
  guint n_spikes = 0;

  if (isc_kde_get_spike (isc_summary_get_kde (distribution->summary), &spikes[0].value))
    {
      spikes[0].share = distribution->share;
      distribution->n_spikes = 1;
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      guint j = 0;

      if (!isfinite (values[i]) || (distribution->zeros > 0.0 && values[i] == 0.0f))
        continue;
      while (j < n_spikes && spikes[j].value != (double)values[i])
        j++;
      if (j == ISC_DISTRIBUTION_MOST_SPIKES)
        return;
      if (j == n_spikes)
        spikes[n_spikes++].value = (double)values[i];
      counts[j]++;
      n_values++;
    }
  if (n_values < LEAST_REPEATS * n_spikes)
    return;
  for (guint j = 0; j < n_spikes; j++)
    spikes[j].share = (double)counts[j] / (double)n;
  qsort (spikes, n_spikes, sizeof *spikes, compare_spikes);
  distribution->n_spikes = n_spikes;
}

/* Where the law's curve is worth drawing: its bounds, or as far as the density estimate beside it
 * reaches. */
static void
curve_range (const IscDistribution *distribution, double *low, double *high)
{
  const double *x, *density;
  gsize n = isc_kde_get_grid (isc_summary_get_kde (distribution->summary), &x, &density);

  isc_law_bounds (&distribution->entry->law, low, high);
  if (n > 0)
    {
      *low = fmax (*low, x[0]);
      *high = fmin (*high, x[n - 1]);
    }
}

IscDistribution *
isc_distribution_new (const IscWeightEntry *entry, const IscExperiment *experiment)
{
  IscDistribution *distribution = g_new0 (IscDistribution, 1);
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  double n = (double)isc_tensor_get_count (entry->tensor);

  distribution->entry = entry;
  if (has_atom (entry))
    distribution->summary = measure_others (entry, experiment);
  if (distribution->summary)
    distribution->zeros = (double)moments->n_zero / n;
  else
    distribution->summary = isc_summary_ref (entry->summary);
  distribution->share = (double)isc_summary_get_moments (distribution->summary)->count / n;
  find_spikes (distribution);
  return distribution;
}

void
isc_distribution_free (IscDistribution *distribution)
{
  g_return_if_fail (distribution != NULL);

  isc_summary_unref (distribution->summary);
  g_free (distribution);
}

gboolean
isc_distribution_has_density (const IscDistribution *distribution)
{
  return distribution->n_spikes == 0
         && isc_kde_has_density (isc_summary_get_kde (distribution->summary));
}

IscBars
isc_distribution_bars (const IscDistribution *distribution,
                       const IscExperiment *experiment,
                       double width)
{
  double n = (double)isc_tensor_get_count (distribution->entry->tensor);
  IscHistogramStat stat = ISC_HISTOGRAM_DENSITY;

  isc_histogram_stat_parse (isc_experiment_get_stat (experiment), &stat, NULL);
  switch (stat)
    {
    case ISC_HISTOGRAM_COUNT:
      return (IscBars){ n * width, "weights in a bin" };
    case ISC_HISTOGRAM_PROBABILITY:
      return (IscBars){ width, "share of weights in a bin" };
    case ISC_HISTOGRAM_PERCENT:
      return (IscBars){ 100.0 * width, "% of weights in a bin" };
    case ISC_HISTOGRAM_DENSITY:
    default:
      return (IscBars){ 1.0, "density" };
    }
}

double
isc_distribution_get_bin_width (const IscDistribution *distribution)
{
  IscHistogram *histogram = isc_summary_get_histogram (distribution->summary);
  const double *edges = isc_histogram_get_edges (histogram);
  guint n = isc_histogram_get_n_bins (histogram);

  return (edges[n] - edges[0]) / n;
}

double
isc_distribution_get_peak (const IscDistribution *distribution)
{
  IscHistogram *histogram = isc_summary_get_histogram (distribution->summary);
  const double *density;
  gsize n = isc_kde_get_grid (isc_summary_get_kde (distribution->summary), NULL, &density);
  double peak = 0.0;

  for (guint i = 0; i < isc_histogram_get_n_bins (histogram); i++)
    peak = fmax (peak, isc_histogram_get_density (histogram, i));
  for (gsize i = 0; i < n; i++)
    peak = fmax (peak, density[i]);
  return peak * distribution->share;
}

void
isc_distribution_add_bars (const IscDistribution *distribution,
                           IscPanel *panel,
                           const IscStyle *style,
                           const char *label,
                           double factor)
{
  IscHistogram *histogram = isc_summary_get_histogram (distribution->summary);
  guint n = isc_histogram_get_n_bins (histogram);
  g_autofree double *heights = g_new (double, n);

  for (guint i = 0; i < n; i++)
    heights[i] = factor * distribution->share * isc_histogram_get_density (histogram, i);
  isc_panel_add_bars (panel, style, label, isc_histogram_get_edges (histogram), heights, n);
}

void
isc_distribution_add_steps (const IscDistribution *distribution,
                            IscPanel *panel,
                            const IscStyle *style,
                            const char *label,
                            double factor,
                            double low,
                            double high,
                            guint n_bins)
{
  const IscWeightEntry *entry = distribution->entry;
  gsize n = isc_tensor_get_count (entry->tensor);
  g_autoptr (IscHistogram) histogram
      = isc_histogram_new_in_range (isc_tensor_get_data (entry->tensor), n, n_bins, low, high,
                                    NULL);
  g_autofree double *heights = g_new (double, n_bins);
  const guint64 *counts;
  const double *edges;
  double n_zeros = distribution->zeros * (double)n;

  if (!histogram)
    return;
  counts = isc_histogram_get_counts (histogram);
  edges = isc_histogram_get_edges (histogram);
  for (guint i = 0; i < n_bins; i++)
    {
      double count = (double)counts[i];

      /* Zeros that are drawn apart are not in their bin. */
      if (edges[i] <= 0.0 && (edges[i + 1] > 0.0 || (i + 1 == n_bins && edges[i + 1] == 0.0)))
        count = fmax (count - n_zeros, 0.0);
      heights[i] = factor * count / ((double)n * (edges[i + 1] - edges[i]));
    }
  isc_panel_add_steps (panel, style, label, edges, heights, n_bins);
}

void
isc_distribution_add_kde (const IscDistribution *distribution,
                          IscPanel *panel,
                          const IscStyle *style,
                          const char *label,
                          double factor)
{
  const double *x, *density;
  gsize n = isc_kde_get_grid (isc_summary_get_kde (distribution->summary), &x, &density);
  g_autofree double *heights = g_new (double, n + 1);

  if (n == 0)
    return;
  for (gsize i = 0; i < n; i++)
    heights[i] = factor * distribution->share * density[i];
  isc_panel_add_line (panel, style, label, x, heights, n);
}

void
isc_distribution_add_ridge (const IscDistribution *distribution,
                            IscPanel *panel,
                            const IscStyle *style,
                            double factor,
                            double base,
                            gboolean kde)
{
  IscHistogram *histogram = isc_summary_get_histogram (distribution->summary);
  guint n_bins = isc_histogram_get_n_bins (histogram);
  const double *edges = isc_histogram_get_edges (histogram), *grid, *density;
  gsize n_grid = isc_kde_get_grid (isc_summary_get_kde (distribution->summary), &grid, &density);
  gsize n = kde ? n_grid : 2 * (gsize)n_bins;
  g_autofree double *x = g_new (double, n + 1);
  g_autofree double *low = g_new (double, n + 1);
  g_autofree double *high = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      double height = kde ? density[i] : isc_histogram_get_density (histogram, (guint)(i / 2));

      x[i] = kde ? grid[i] : edges[(i + 1) / 2];
      low[i] = base;
      high[i] = base + factor * distribution->share * height;
    }
  isc_panel_add_band (panel, style, NULL, x, low, high, n);
  isc_panel_add_line (panel, style, NULL, x, high, n);
}

void
isc_distribution_add_law (const IscDistribution *distribution,
                          IscPanel *panel,
                          const IscStyle *style,
                          const char *label,
                          double factor,
                          double base)
{
  const IscLaw *law = &distribution->entry->law;
  double x[N_CURVE + 2], y[N_CURVE + 2];
  double low, high, a, b;
  gsize n = 0;

  if (!isc_law_has_density (law))
    return;
  curve_range (distribution, &low, &high);
  isc_law_bounds (law, &a, &b);
  /* A bounded law falls to zero at its bound: the curve shows the edge. */
  if (low == a)
    {
      x[n] = low;
      y[n++] = base;
    }
  for (int i = 0; i < N_CURVE; i++)
    {
      double position = low + (high - low) * i / (N_CURVE - 1);
      double density = isc_law_density (law, position);

      if (!isfinite (density))
        continue;
      x[n] = position;
      y[n++] = base + factor * density;
    }
  if (high == b)
    {
      x[n] = high;
      y[n++] = base;
    }
  isc_panel_add_line (panel, style, label, x, y, n);
}

/* Where a range was asked for that holds none of the weights, which then says so; %NULL elsewhere.
 */
static char *
note_range (const IscDistribution *distribution)
{
  IscHistogram *histogram = isc_summary_get_histogram (distribution->summary);
  guint n = isc_histogram_get_n_bins (histogram);
  const guint64 *counts = isc_histogram_get_counts (histogram);
  const double *edges = isc_histogram_get_edges (histogram);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!isc_distribution_has_density (distribution))
    return NULL;
  for (guint i = 0; i < n; i++)
    if (counts[i] > 0)
      return NULL;
  low = isc_number_to_label (edges[0], 4);
  high = isc_number_to_label (edges[n], 4);
  return g_strdup_printf ("None of the weights is between %s and %s", low, high);
}

char *
isc_distribution_note (const IscDistribution *distribution)
{
  g_autofree char *given = isc_entry_note (distribution->entry);
  g_autofree char *odd = given ? g_steal_pointer (&given) : note_range (distribution);
  gboolean zeros = distribution->zeros > 0.0;
  GString *text;

  if (!zeros && distribution->n_spikes < 2)
    return g_steal_pointer (&odd);
  text = g_string_new (odd);
  if (odd)
    g_string_append (text, ". ");
  /* Words for more would hide the stems that say it. */
  if (distribution->n_spikes > 0 && distribution->n_spikes + zeros > 2)
    {
      g_string_append_printf (text, "The weights take %u values", distribution->n_spikes + zeros);
      return g_string_free (text, FALSE);
    }
  if (zeros)
    {
      g_autofree char *share = isc_number_to_label (100.0 * distribution->zeros, 3);

      g_string_append_printf (text, "%s %% of the weights are %s0", share,
                              distribution->n_spikes > 0 ? "" : "exactly ");
    }
  for (guint i = 0; i < distribution->n_spikes; i++)
    {
      g_autofree char *share = isc_number_to_label (100.0 * distribution->spikes[i].share, 3);
      g_autofree char *value = isc_number_to_label (distribution->spikes[i].value, 4);

      g_string_append_printf (text,
                              zeros || i > 0 ? ", %s %% are %s" : "%s %% of the weights are %s",
                              share, value);
    }
  return g_string_free (text, FALSE);
}
