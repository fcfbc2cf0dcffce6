/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/binned-sample.h"

/** How many bins isc_isj_bandwidth() counts a sample in. */
#define ISC_ISJ_BINS 4096

/**
 * isc_isj_bandwidth:
 * @sample: a sample of at least two different values
 *
 * The bandwidth of Botev, Grotowski and Kroese, "improved Sheather-Jones": from the sample in
 * %ISC_ISJ_BINS bins, on a support a tenth of the range wider at both ends.  It assumes no shape,
 * so that it does not smooth two humps into one.
 *
 * Cost some 0.2 ms, whatever the size of the sample.
 *
 * Returns: the bandwidth of a Gaussian kernel; 0 if the equation has no root, as for a few values
 * or many equal ones.  Source: [Botev10]
 */
double isc_isj_bandwidth (const IscBinnedSample *sample);

/**
 * isc_isj_bandwidth_of_bins:
 * @counts: (array length=n_bins): how many values lie in bins of equal width, or weights
 * @n_bins: a power of two, at least 4
 * @n: the number of values, the sum of @counts
 * @support: the width of all bins together
 *
 * isc_isj_bandwidth() for bins of one's own.
 */
double isc_isj_bandwidth_of_bins (const double *counts, guint n_bins, double n, double support);
