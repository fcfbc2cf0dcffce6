/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/histogram.h"
#include "stats/kde.h"
#include "stats/moments.h"

/** How many quantiles a summary holds: 0, 1, 5, 25, 50, 75, 95, 99 and 100 %. */
#define ISC_SUMMARY_N_QUANTILES 9

/**
 * IscSummaryOptions:
 * @bins: the histogram's bins
 * @range: what it spans
 * @bandwidth: the density estimate's bandwidth
 * @kernel: its kernel
 * @low_bound: a hard lower bound of what the values may be, or NaN or -inf for none
 * @high_bound: a hard upper bound, or NaN or +inf for none
 *
 * How to sum up a tensor.  A plain value.
 */
typedef struct
{
  IscBinRule bins;
  IscHistogramRange range;
  IscBandwidthRule bandwidth;
  IscKernel kernel;
  double low_bound;
  double high_bound;
} IscSummaryOptions;

/** isc_summary_options_default: Returns: the defaults of each, and no bounds */
IscSummaryOptions isc_summary_options_default (void);

/**
 * IscSummary:
 *
 * All that a page about one tensor needs: moments, quantiles, histogram and density estimate of its
 * values.  Immutable and reference-counted: a thread makes it, the window keeps it.
 */
typedef struct _IscSummary IscSummary;

/**
 * isc_summary_new:
 * @x: (array length=n): values; not kept
 * @n: number of values, may be 0
 * @bin_rule: the histogram's bins
 * @bandwidth_rule: the estimate's bandwidth
 * @low_bound: a hard lower bound of what the values may be, or NaN or -inf for none
 * @high_bound: a hard upper bound, or NaN or +inf for none
 * @error: return location
 *
 * Computes everything in five reads of @x.  NaN and infinities are counted in the moments and
 * left out of the rest.  Cost O(n).  Safe from any thread.
 *
 * Returns: (transfer full): the summary, or %NULL with ISC_ERROR_INVALID if the bounds are not in
 *   order or a given bandwidth is not positive, ISC_ERROR_RESOURCE if memory ran out
 */
IscSummary *isc_summary_new (const float *x,
                             gsize n,
                             const IscBinRule *bin_rule,
                             const IscBandwidthRule *bandwidth_rule,
                             double low_bound,
                             double high_bound,
                             GError **error);

/**
 * isc_summary_new_with:
 * @options: bins, range, bandwidth, kernel and bounds
 *
 * isc_summary_new() with all there is to choose.
 *
 * Returns: (transfer full): the summary, or %NULL as isc_summary_new(), also with ISC_ERROR_INVALID
 * if a given range has no room for the bins
 */
IscSummary *
isc_summary_new_with (const float *x, gsize n, const IscSummaryOptions *options, GError **error);

IscSummary *isc_summary_ref (IscSummary *summary);
void isc_summary_unref (IscSummary *summary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscSummary, isc_summary_unref)

/**
 * isc_summary_probabilities:
 *
 * Returns: (array fixed-size=9) (transfer none): the probabilities of the quantiles, increasing
 */
const double *isc_summary_probabilities (void);

const IscMoments *isc_summary_get_moments (const IscSummary *summary);

/**
 * isc_summary_get_quantiles:
 *
 * Returns: (array fixed-size=9) (transfer none): the quantiles; NaN if no value is finite
 */
const double *isc_summary_get_quantiles (const IscSummary *summary);

/**
 * isc_summary_get_iqr:
 *
 * Returns: the interquartile range
 */
double isc_summary_get_iqr (const IscSummary *summary);

IscHistogram *isc_summary_get_histogram (const IscSummary *summary);
IscKde *isc_summary_get_kde (const IscSummary *summary);

/**
 * isc_summary_rebandwidth:
 * @rule: another bandwidth
 * @low_bound: as in isc_summary_new()
 * @high_bound: as in isc_summary_new()
 * @error: return location
 *
 * The same summary with another bandwidth of its density estimate, from the bins it has: what a
 * bandwidth slider calls.  Its cost does not depend on the number of values.
 *
 * Returns: (transfer full): the new summary, or %NULL with ISC_ERROR_INVALID
 */
IscSummary *isc_summary_rebandwidth (const IscSummary *summary,
                                     const IscBandwidthRule *rule,
                                     double low_bound,
                                     double high_bound,
                                     GError **error);
