/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscBinCount:
 * @n_bins: bins, 1..%ISC_HISTOGRAM_MAX_BINS
 * @edges: (array length=n_bins+1): finite and increasing
 * @counts: (array length=n_bins): values in each; a bin contains its lower edge, the last both
 * @n: values in all of them
 * @n_below: finite values below the first edge
 * @n_above: finite values above the last edge
 *
 * A histogram's numbers.  A plain value, whose arrays are the caller's.
 */
typedef struct
{
  guint n_bins;
  double *edges;
  guint64 *counts;
  guint64 n;
  guint64 n_below;
  guint64 n_above;
} IscBinCount;

/**
 * IscBinContent:
 * @ISC_BIN_ALL_INSIDE: values are finite and within the edges
 * @ISC_BIN_FINITE_INSIDE: those that are finite are within the edges
 * @ISC_BIN_ANY_VALUES: nothing is known
 *
 * What is known of values before they are counted: the more, the quicker.
 */
typedef enum
{
  ISC_BIN_ALL_INSIDE,
  ISC_BIN_FINITE_INSIDE,
  ISC_BIN_ANY_VALUES,
} IscBinContent;

/**
 * isc_bin_count_even:
 * @count: (inout): edges spaced as numpy.linspace() spaces them, and counts that are added to
 * @x: (array length=n): values
 *
 * Adds values to bins of equal width.  As in numpy a bin is computed, and the edges decide where
 * rounding leaves it in doubt.  Cost O(n).
 */
void isc_bin_count_even (IscBinCount *count, const float *x, gsize n, IscBinContent content);

/** isc_bin_count_between: the same for edges spaced in any way, by bisection */
void isc_bin_count_between (IscBinCount *count, const float *x, gsize n);
