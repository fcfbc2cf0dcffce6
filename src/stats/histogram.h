/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/bin-rule.h"
#include "stats/histogram-range.h"
#include "stats/histogram-stat.h"
#include "stats/moments.h"

/**
 * IscHistogram:
 *
 * Counts of values in bins.  Immutable and reference-counted: any thread may hold one.  A bin
 * contains its lower edge; the last contains its upper edge too.  NaN and infinities are in no bin.
 */
typedef struct _IscHistogram IscHistogram;

/**
 * isc_histogram_new:
 * @x: (array length=n): values
 * @n: number of values
 * @rule: how many bins
 * @error: return location
 *
 * Counts the finite values of @x in bins of equal width between their smallest and their largest.
 * Float32 values are taken as doubles, and edges and counts equal numpy.histogram()'s on doubles,
 * with numpy's step of moving a value that rounding put on the wrong side of an edge.  A rule that
 * asks for more than %ISC_HISTOGRAM_MAX_BINS gets that many, see isc_histogram_is_capped().  Values
 * that are all equal to c lie in [c - 0.5, c + 0.5], by a rule in one bin; without a finite value
 * there is one empty bin, [0, 1].  Bins of a given width begin at the smallest value, and the last
 * may reach beyond the largest.
 *
 * Cost O(n).  Source: [Scott79], [FD81]; see BIBLIOGRAPHY.md.
 *
 * Returns: (transfer full): the histogram, or %NULL with ISC_ERROR_RESOURCE
 */
IscHistogram *isc_histogram_new (const float *x, gsize n, const IscBinRule *rule, GError **error);

/**
 * isc_histogram_new_measured:
 * @moments: the moments of @x
 * @iqr: the interquartile range of @x; read only where @rule needs it
 *
 * isc_histogram_new() for a caller who has measured @x already.
 *
 * Returns: (transfer full): the histogram, or %NULL with ISC_ERROR_RESOURCE, which only a rule that
 *   sorts the values runs into
 */
IscHistogram *isc_histogram_new_measured (const float *x,
                                          gsize n,
                                          const IscBinRule *rule,
                                          const IscMoments *moments,
                                          double iqr,
                                          GError **error);

/**
 * isc_histogram_new_with:
 * @x: (array length=n): values
 * @n: number of values
 * @rule: how many bins
 * @range: what they span
 * @error: return location
 *
 * isc_histogram_new() on a range of choice.  As in numpy.histogram (x, rule, range) a rule sees
 * only the values in the range, and its width is then that of bins which fill the range.  Finite
 * values outside are counted by isc_histogram_get_n_below() and isc_histogram_get_n_above().
 *
 * Returns: (transfer full): the histogram, or %NULL with ISC_ERROR_INVALID if a given range has no
 * room for the bins, ISC_ERROR_RESOURCE if memory ran out
 */
IscHistogram *isc_histogram_new_with (const float *x,
                                      gsize n,
                                      const IscBinRule *rule,
                                      const IscHistogramRange *range,
                                      GError **error);

/**
 * isc_histogram_new_in_range:
 * @x: (array length=n): values
 * @n: number of values
 * @n_bins: bins, 1..%ISC_HISTOGRAM_MAX_BINS
 * @low: first edge
 * @high: last edge, above @low
 * @error: return location
 *
 * Counts @x in bins of equal width on [@low, @high], so that several samples share their bins.
 * Finite values outside are counted by isc_histogram_get_n_below() and isc_histogram_get_n_above().
 *
 * Returns: (transfer full): the histogram, or %NULL with ISC_ERROR_INVALID if the range is empty or
 *   not finite, or @n_bins not allowed
 */
IscHistogram *isc_histogram_new_in_range (
    const float *x, gsize n, guint n_bins, double low, double high, GError **error);

/**
 * isc_histogram_new_with_edges:
 * @x: (array length=n): values
 * @n: number of values
 * @edges: (array length=n_edges): finite and increasing
 * @n_edges: 2..%ISC_HISTOGRAM_MAX_BINS + 1
 * @error: return location
 *
 * Counts @x between given edges, which need not be evenly spaced.  Cost O(n log n_edges).
 *
 * Returns: (transfer full): the histogram, or %NULL with ISC_ERROR_INVALID
 */
IscHistogram *isc_histogram_new_with_edges (
    const float *x, gsize n, const double *edges, gsize n_edges, GError **error);

IscHistogram *isc_histogram_ref (IscHistogram *histogram);
void isc_histogram_unref (IscHistogram *histogram);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscHistogram, isc_histogram_unref)

guint isc_histogram_get_n_bins (const IscHistogram *histogram);

/**
 * isc_histogram_get_edges:
 *
 * Returns: (transfer none): the edges, one more than there are bins
 */
const double *isc_histogram_get_edges (const IscHistogram *histogram);

/**
 * isc_histogram_get_counts:
 *
 * Returns: (transfer none): a count for every bin
 */
const guint64 *isc_histogram_get_counts (const IscHistogram *histogram);

/**
 * isc_histogram_get_n:
 *
 * Returns: how many values lie in the bins: the sum of the counts
 */
guint64 isc_histogram_get_n (const IscHistogram *histogram);
guint64 isc_histogram_get_n_below (const IscHistogram *histogram);
guint64 isc_histogram_get_n_above (const IscHistogram *histogram);

/**
 * isc_histogram_get_density:
 * @bin: a bin
 *
 * Returns: isc_histogram_get_height() of %ISC_HISTOGRAM_DENSITY
 */
double isc_histogram_get_density (const IscHistogram *histogram, guint bin);

/**
 * isc_histogram_get_height:
 * @bin: a bin
 * @stat: what the height of its bar says
 *
 * Returns: the height: the count of @bin, its share of all finite values inside and outside the
 * bins, or that share per unit of the values; 0 where there is none
 */
double isc_histogram_get_height (const IscHistogram *histogram, guint bin, IscHistogramStat stat);

/**
 * isc_histogram_is_capped:
 *
 * Returns: whether the rule asked for more than %ISC_HISTOGRAM_MAX_BINS
 */
gboolean isc_histogram_is_capped (const IscHistogram *histogram);

/**
 * isc_histogram_get_asked_bins:
 *
 * Returns: how many bins the rule asked for
 */
guint64 isc_histogram_get_asked_bins (const IscHistogram *histogram);

/**
 * isc_histogram_to_text:
 *
 * Returns: (transfer full): the bins in a caption's words: "87 bins of 0.0049 (auto)";
 *   "512 bins of 0.0049 (fd asks for 12,345)" if capped; "50 bins of 0.1" for a given count or
 * width; and then what lies outside: "50 bins of 0.1, 1,021 values below, 998 above"
 */
char *isc_histogram_to_text (const IscHistogram *histogram);
