/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/sorted-sample.h"

/** The most bins that isc_knuth_bins() considers. */
#define ISC_KNUTH_MAX_BINS 100

/**
 * isc_knuth_log_posterior:
 * @sample: a sample of at least two different values
 * @n_bins: bins M of equal width from the smallest value to the largest
 *
 * How credible M bins are, seen as a piecewise constant density about which nothing is known:
 *
 *   n log M + lgamma (M/2) - M lgamma (1/2) - lgamma (n + M/2) + sum_k lgamma (n_k + 1/2)
 *
 * Cost O(M log n).  Source: [Knuth19], equation 31
 *
 * Returns: the logarithm of the posterior, up to a constant
 */
double isc_knuth_log_posterior (const IscSortedSample *sample, guint n_bins);

/**
 * isc_knuth_bins:
 * @sample: a sample
 *
 * Returns: the most credible number of bins, 1..%ISC_KNUTH_MAX_BINS; 1 if all values are equal.
 *   Cost some 1 ms
 */
guint isc_knuth_bins (const IscSortedSample *sample);
