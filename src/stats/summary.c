/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/summary.h"

#include <math.h>

#include "base/ref-count.h"
#include "stats/quantile.h"

static const double probabilities[ISC_SUMMARY_N_QUANTILES]
    = { 0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1 };

#define LOWER_QUARTILE 3
#define UPPER_QUARTILE 5

struct _IscSummary
{
  IscRefCount ref_count;
  IscMoments moments;
  double quantiles[ISC_SUMMARY_N_QUANTILES];
  IscHistogram *histogram;
  IscKde *kde;
};

static IscSummary *
summary_alloc (void)
{
  IscSummary *summary = g_new0 (IscSummary, 1);

  isc_ref_count_init (&summary->ref_count);
  return summary;
}

IscSummaryOptions
isc_summary_options_default (void)
{
  return (IscSummaryOptions){
    .bins = isc_bin_rule_default (),
    .range = isc_histogram_range_default (),
    .bandwidth = isc_bandwidth_rule_default (),
    .kernel = ISC_KERNEL_GAUSSIAN,
    .low_bound = NAN,
    .high_bound = NAN,
  };
}

IscSummary *
isc_summary_new (const float *x,
                 gsize n,
                 const IscBinRule *bin_rule,
                 const IscBandwidthRule *bandwidth_rule,
                 double low_bound,
                 double high_bound,
                 GError **error)
{
  IscSummaryOptions options = isc_summary_options_default ();

  g_return_val_if_fail (bin_rule != NULL && bandwidth_rule != NULL, NULL);

  options.bins = *bin_rule;
  options.bandwidth = *bandwidth_rule;
  options.low_bound = low_bound;
  options.high_bound = high_bound;
  return isc_summary_new_with (x, n, &options, error);
}

IscSummary *
isc_summary_new_with (const float *x, gsize n, const IscSummaryOptions *options, GError **error)
{
  g_autoptr (IscSummary) summary = NULL;
  IscKdeOptions kde_options;
  double iqr;

  g_return_val_if_fail (n == 0 || x != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  summary = summary_alloc ();
  isc_moments_compute (x, n, &summary->moments);
  if (!isc_quantiles (x, n, probabilities, ISC_SUMMARY_N_QUANTILES, summary->quantiles, error))
    return NULL;
  iqr = isc_summary_get_iqr (summary);
  if (options->range.kind == ISC_HISTOGRAM_RANGE_AUTO)
    summary->histogram
        = isc_histogram_new_measured (x, n, &options->bins, &summary->moments, iqr, error);
  else
    summary->histogram = isc_histogram_new_with (x, n, &options->bins, &options->range, error);
  if (summary->histogram == NULL)
    return NULL;
  kde_options = (IscKdeOptions){ options->bandwidth, options->kernel, options->low_bound,
                                 options->high_bound };
  summary->kde = isc_kde_new_measured (x, n, &summary->moments, iqr, &kde_options, error);
  return summary->kde ? g_steal_pointer (&summary) : NULL;
}

IscSummary *
isc_summary_ref (IscSummary *summary)
{
  isc_ref_count_inc (&summary->ref_count);
  return summary;
}

void
isc_summary_unref (IscSummary *summary)
{
  if (!isc_ref_count_dec (&summary->ref_count))
    return;
  g_clear_pointer (&summary->histogram, isc_histogram_unref);
  g_clear_pointer (&summary->kde, isc_kde_unref);
  g_free (summary);
}

const double *
isc_summary_probabilities (void)
{
  return probabilities;
}

const IscMoments *
isc_summary_get_moments (const IscSummary *summary)
{
  return &summary->moments;
}

const double *
isc_summary_get_quantiles (const IscSummary *summary)
{
  return summary->quantiles;
}

double
isc_summary_get_iqr (const IscSummary *summary)
{
  return summary->quantiles[UPPER_QUARTILE] - summary->quantiles[LOWER_QUARTILE];
}

IscHistogram *
isc_summary_get_histogram (const IscSummary *summary)
{
  return summary->histogram;
}

IscKde *
isc_summary_get_kde (const IscSummary *summary)
{
  return summary->kde;
}

IscSummary *
isc_summary_rebandwidth (const IscSummary *summary,
                         const IscBandwidthRule *rule,
                         double low_bound,
                         double high_bound,
                         GError **error)
{
  g_autoptr (IscSummary) other = summary_alloc ();
  IscKdeOptions options = { *rule, isc_kde_get_kernel (summary->kde), low_bound, high_bound };

  other->moments = summary->moments;
  for (guint k = 0; k < ISC_SUMMARY_N_QUANTILES; k++)
    other->quantiles[k] = summary->quantiles[k];
  other->histogram = isc_histogram_ref (summary->histogram);
  other->kde = isc_kde_new_binned (isc_kde_get_sample (summary->kde), isc_summary_get_iqr (summary),
                                   &options, error);
  return other->kde ? g_steal_pointer (&other) : NULL;
}
