/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/histogram.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "base/ref-count.h"
#include "stats/bin-count.h"
#include "stats/quantile.h"
#include "stats/sorted-sample.h"

struct _IscHistogram
{
  IscRefCount ref_count;
  IscBinCount bins;
  gboolean even;
  IscBinRule rule;
  guint64 asked;
};

static IscHistogram *
histogram_alloc (guint n_bins)
{
  IscHistogram *histogram = g_new0 (IscHistogram, 1);

  isc_ref_count_init (&histogram->ref_count);
  histogram->bins.n_bins = n_bins;
  histogram->bins.edges = g_new0 (double, n_bins + 1);
  histogram->bins.counts = g_new0 (guint64, n_bins);
  histogram->rule.count = n_bins;
  histogram->asked = n_bins;
  return histogram;
}

/* numpy.linspace(): the step rounded first, the last edge exact. */
static void
space_edges (IscHistogram *histogram, double low, double high)
{
  double step = (high - low) / histogram->bins.n_bins;

  for (guint b = 0; b < histogram->bins.n_bins; b++)
    histogram->bins.edges[b] = b * step + low;
  histogram->bins.edges[histogram->bins.n_bins] = high;
  histogram->even = TRUE;
}

/* Makes room around values that are all equal: half a unit either way, as numpy, or half a given
 * width; or what a double of this size can still tell apart. */
static void
widen (const IscBinRule *rule, double *low, double *high)
{
  double half = MAX (rule->width > 0 ? rule->width / 2 : 0.5, fabs (*low) * 1e-6);

  *low -= half;
  *high += half;
}

/* Whether bins are wide enough for their edges to differ. */
static gboolean
has_room (double low, double high, guint n_bins)
{
  return isfinite (low) && isfinite (high) && isfinite (high - low)
         && (high - low) / n_bins > 4 * DBL_EPSILON * MAX (fabs (low), fabs (high));
}

static gboolean
check_range (double low, double high, guint n_bins, GError **error)
{
  g_autofree char *low_text = isc_number_to_text (low);
  g_autofree char *high_text = isc_number_to_text (high);

  if (has_room (low, high, n_bins))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "range: %s to %s is not a finite range with room for %u bins", low_text, high_text,
               n_bins);
  return FALSE;
}

/* Empty bins as @rule wants them for the values @x, all of which it may see, on [@low, @high]. */
static IscHistogram *
histogram_for (const float *x,
               gsize n,
               const IscBinRule *rule,
               const IscMoments *moments,
               double iqr,
               double low,
               double high,
               GError **error)
{
  g_autoptr (IscSortedSample) sample = NULL;
  IscHistogram *histogram;
  guint64 asked;

  if (rule->info && rule->info->needs_sample)
    {
      sample = isc_sorted_sample_new (x, n, error);
      if (sample == NULL)
        return NULL;
    }
  asked = isc_bin_rule_count (rule, moments, iqr, sample, high - low);
  histogram = histogram_alloc ((guint)MIN (asked, ISC_HISTOGRAM_MAX_BINS));
  histogram->rule = *rule;
  histogram->asked = asked;
  if (rule->width > 0 && asked <= ISC_HISTOGRAM_MAX_BINS)
    high = MAX (high, low + (double)asked * rule->width);
  space_edges (histogram, low, high);
  return histogram;
}

static gboolean
measure_iqr (const float *x, gsize n, const IscBinRule *rule, double *iqr, GError **error)
{
  static const double quartiles[] = { 0.25, 0.75 };
  double quantiles[2] = { NAN, NAN };

  if (rule->info && rule->info->needs_iqr && !isc_quantiles (x, n, quartiles, 2, quantiles, error))
    return FALSE;
  *iqr = quantiles[1] - quantiles[0];
  return TRUE;
}

IscHistogram *
isc_histogram_new (const float *x, gsize n, const IscBinRule *rule, GError **error)
{
  IscMoments moments;
  double iqr;

  g_return_val_if_fail (n == 0 || x != NULL, NULL);
  g_return_val_if_fail (rule != NULL, NULL);

  isc_moments_compute (x, n, &moments);
  if (!measure_iqr (x, n, rule, &iqr, error))
    return NULL;
  return isc_histogram_new_measured (x, n, rule, &moments, iqr, error);
}

IscHistogram *
isc_histogram_new_measured (const float *x,
                            gsize n,
                            const IscBinRule *rule,
                            const IscMoments *moments,
                            double iqr,
                            GError **error)
{
  IscHistogram *histogram;
  double low = moments->count > 0 ? moments->min : 0;
  double high = moments->count > 0 ? moments->max : 1;

  if (low == high)
    widen (rule, &low, &high);
  histogram = histogram_for (x, n, rule, moments, iqr, low, high, error);
  if (histogram)
    isc_bin_count_even (&histogram->bins, x, n,
                        isc_moments_non_finite (moments) > 0 ? ISC_BIN_FINITE_INSIDE
                                                             : ISC_BIN_ALL_INSIDE);
  return histogram;
}

/* On [@low, @high]. */
static IscHistogram *
histogram_between (
    const float *x, gsize n, const IscBinRule *rule, double low, double high, GError **error)
{
  g_autofree float *inside = NULL;
  g_autoptr (IscHistogram) histogram = NULL;
  gsize n_inside = 0;
  IscMoments moments;
  double iqr;

  if (!check_range (low, high, 1, error))
    return NULL;
  inside = g_try_new (float, n);
  if (inside == NULL && n > 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "not enough memory for a histogram of %" G_GSIZE_FORMAT " values", n);
      return NULL;
    }
  for (gsize i = 0; i < n; i++)
    {
      inside[n_inside] = x[i];
      n_inside += (double)x[i] >= low && (double)x[i] <= high;
    }
  isc_moments_compute (inside, n_inside, &moments);
  if (!measure_iqr (inside, n_inside, rule, &iqr, error))
    return NULL;
  histogram = histogram_for (inside, n_inside, rule, &moments, iqr, low, high, error);
  if (histogram == NULL || !check_range (low, high, histogram->bins.n_bins, error))
    return NULL;
  isc_bin_count_even (&histogram->bins, x, n, ISC_BIN_ANY_VALUES);
  return g_steal_pointer (&histogram);
}

IscHistogram *
isc_histogram_new_with (
    const float *x, gsize n, const IscBinRule *rule, const IscHistogramRange *range, GError **error)
{
  double p[] = { range->clip, 1 - range->clip };
  double bounds[] = { range->low, range->high };

  g_return_val_if_fail (n == 0 || x != NULL, NULL);
  g_return_val_if_fail (rule != NULL, NULL);

  if (range->kind == ISC_HISTOGRAM_RANGE_AUTO)
    return isc_histogram_new (x, n, rule, error);
  if (range->kind == ISC_HISTOGRAM_RANGE_CLIP)
    {
      if (!isc_quantiles (x, n, p, 2, bounds, error))
        return NULL;
      if (isnan (bounds[0]))
        return isc_histogram_new (x, n, rule, error);
      if (bounds[0] == bounds[1])
        widen (rule, &bounds[0], &bounds[1]);
    }
  return histogram_between (x, n, rule, bounds[0], bounds[1], error);
}

IscHistogram *
isc_histogram_new_in_range (
    const float *x, gsize n, guint n_bins, double low, double high, GError **error)
{
  IscHistogram *histogram;

  g_return_val_if_fail (n == 0 || x != NULL, NULL);

  if (n_bins < 1 || n_bins > ISC_HISTOGRAM_MAX_BINS)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "bins: %u is outside 1..%d", n_bins,
                   ISC_HISTOGRAM_MAX_BINS);
      return NULL;
    }
  if (!check_range (low, high, n_bins, error))
    return NULL;
  histogram = histogram_alloc (n_bins);
  space_edges (histogram, low, high);
  isc_bin_count_even (&histogram->bins, x, n, ISC_BIN_ANY_VALUES);
  return histogram;
}

IscHistogram *
isc_histogram_new_with_edges (
    const float *x, gsize n, const double *edges, gsize n_edges, GError **error)
{
  IscHistogram *histogram;
  guint n_bins;

  g_return_val_if_fail (n == 0 || x != NULL, NULL);

  if (n_edges < 2 || n_edges > ISC_HISTOGRAM_MAX_BINS + 1)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "edges: %" G_GSIZE_FORMAT " of them are outside 2..%d", n_edges,
                   ISC_HISTOGRAM_MAX_BINS + 1);
      return NULL;
    }
  for (gsize e = 0; e < n_edges; e++)
    if (!isfinite (edges[e]) || (e > 0 && !(edges[e] > edges[e - 1])))
      {
        g_autofree char *text = isc_number_to_text (edges[e]);

        g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                     "edges[%" G_GSIZE_FORMAT "]: %s is not finite and above the edge before it", e,
                     text);
        return NULL;
      }

  n_bins = (guint)n_edges - 1;
  histogram = histogram_alloc (n_bins);
  memcpy (histogram->bins.edges, edges, n_edges * sizeof *edges);
  isc_bin_count_between (&histogram->bins, x, n);
  return histogram;
}

IscHistogram *
isc_histogram_ref (IscHistogram *histogram)
{
  isc_ref_count_inc (&histogram->ref_count);
  return histogram;
}

void
isc_histogram_unref (IscHistogram *histogram)
{
  if (!isc_ref_count_dec (&histogram->ref_count))
    return;
  g_free (histogram->bins.edges);
  g_free (histogram->bins.counts);
  g_free (histogram);
}

guint
isc_histogram_get_n_bins (const IscHistogram *histogram)
{
  return histogram->bins.n_bins;
}

const double *
isc_histogram_get_edges (const IscHistogram *histogram)
{
  return histogram->bins.edges;
}

const guint64 *
isc_histogram_get_counts (const IscHistogram *histogram)
{
  return histogram->bins.counts;
}

guint64
isc_histogram_get_n (const IscHistogram *histogram)
{
  return histogram->bins.n;
}

guint64
isc_histogram_get_n_below (const IscHistogram *histogram)
{
  return histogram->bins.n_below;
}

guint64
isc_histogram_get_n_above (const IscHistogram *histogram)
{
  return histogram->bins.n_above;
}

double
isc_histogram_get_density (const IscHistogram *histogram, guint bin)
{
  return isc_histogram_get_height (histogram, bin, ISC_HISTOGRAM_DENSITY);
}

double
isc_histogram_get_height (const IscHistogram *histogram, guint bin, IscHistogramStat stat)
{
  double count, n;

  g_return_val_if_fail (bin < histogram->bins.n_bins, 0);

  count = (double)histogram->bins.counts[bin];
  n = (double)(histogram->bins.n + histogram->bins.n_below + histogram->bins.n_above);
  if (count == 0)
    return 0;
  switch (stat)
    {
    case ISC_HISTOGRAM_COUNT:
      return count;
    case ISC_HISTOGRAM_PROBABILITY:
      return count / n;
    case ISC_HISTOGRAM_PERCENT:
      return 100 * count / n;
    case ISC_HISTOGRAM_DENSITY:
    default:
      return count / (histogram->bins.edges[bin + 1] - histogram->bins.edges[bin]) / n;
    }
}

gboolean
isc_histogram_is_capped (const IscHistogram *histogram)
{
  return histogram->asked > histogram->bins.n_bins;
}

guint64
isc_histogram_get_asked_bins (const IscHistogram *histogram)
{
  return histogram->asked;
}

static void
append_outside (GString *text, const IscHistogram *histogram)
{
  g_autofree char *below = isc_count_to_label (histogram->bins.n_below);
  g_autofree char *above = isc_count_to_label (histogram->bins.n_above);

  if (histogram->bins.n_below > 0)
    g_string_append_printf (text,
                            histogram->bins.n_below == 1 ? ", %s value below" : ", %s values below",
                            below);
  if (histogram->bins.n_above > 0 && histogram->bins.n_below > 0)
    g_string_append_printf (text, ", %s above", above);
  else if (histogram->bins.n_above > 0)
    g_string_append_printf (text,
                            histogram->bins.n_above == 1 ? ", %s value above" : ", %s values above",
                            above);
}

char *
isc_histogram_to_text (const IscHistogram *histogram)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, histogram->bins.n_bins == 1 ? "%u bin" : "%u bins",
                          histogram->bins.n_bins);
  if (histogram->even)
    {
      double range = histogram->bins.edges[histogram->bins.n_bins] - histogram->bins.edges[0];
      g_autofree char *width = isc_number_to_label (range / histogram->bins.n_bins, 2);

      g_string_append_printf (text, " of %s", width);
    }
  if (isc_histogram_is_capped (histogram))
    {
      g_autofree char *rule = isc_bin_rule_to_text (&histogram->rule);
      g_autofree char *asked = isc_count_to_label (histogram->asked);

      g_string_append_printf (text, " (%s asks for %s)", rule, asked);
    }
  else if (histogram->rule.info)
    g_string_append_printf (text, " (%s)", histogram->rule.info->name);
  append_outside (text, histogram);
  return g_string_free (text, FALSE);
}
