/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscSortedSample:
 *
 * The finite values of a tensor in increasing order: what tests of fit, Q-Q points and cumulative
 * curves are read from.  Immutable and reference-counted: any thread may hold one.
 */
typedef struct _IscSortedSample IscSortedSample;

/**
 * isc_sorted_sample_new:
 * @x: (array length=n): values, in any order; not kept
 * @n: number of values, at most 2^32 - 1, may be 0
 * @error: return location
 *
 * Sorts a copy of @x by the digits of an integer that has the order of the floats: by the upper one
 * into buckets, which then fit the cache, and by the two lower ones inside each.  NaN and
 * infinities are counted and left out.
 *
 * Cost O(n), some 6 ns a value; memory 4 n bytes, while it works up to 8 n.  Safe from any thread.
 *
 * Returns: (transfer full): the sample, or %NULL with ISC_ERROR_RESOURCE if memory ran out
 */
IscSortedSample *isc_sorted_sample_new (const float *x, gsize n, GError **error);

/**
 * isc_sorted_sample_new_draws:
 * @copies: how many of @x share each number that was drawn; 0 and 1: none do
 *
 * Keeps one of the copies, where isc_sorted_sample_new() would take each for a draw of its own.
 */
IscSortedSample *isc_sorted_sample_new_draws (const float *x, gsize n, gsize copies, GError **error);

IscSortedSample *isc_sorted_sample_ref (IscSortedSample *sample);
void isc_sorted_sample_unref (IscSortedSample *sample);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscSortedSample, isc_sorted_sample_unref)

/**
 * isc_sorted_sample_get_values:
 *
 * Returns: (array) (transfer none): the isc_sorted_sample_get_n() finite values, increasing; all
 *   zeros are +0
 */
const float *isc_sorted_sample_get_values (const IscSortedSample *sample);

/** isc_sorted_sample_get_n: Returns: the number of finite values */
gsize isc_sorted_sample_get_n (const IscSortedSample *sample);

/** isc_sorted_sample_get_n_nan: Returns: how many values were not a number */
gsize isc_sorted_sample_get_n_nan (const IscSortedSample *sample);

/** isc_sorted_sample_get_n_inf: Returns: how many values were infinite, of either sign */
gsize isc_sorted_sample_get_n_inf (const IscSortedSample *sample);

/**
 * isc_sorted_sample_count_below:
 * @x: any number but NaN
 *
 * Returns: how many values are less than @x, which is the index of the first that is not
 */
gsize isc_sorted_sample_count_below (const IscSortedSample *sample, double x);

/**
 * isc_sorted_sample_count_to:
 * @x: any number but NaN
 *
 * Returns: how many values are at most @x
 */
gsize isc_sorted_sample_count_to (const IscSortedSample *sample, double x);

/**
 * isc_sorted_sample_get_cumulative:
 *
 * Returns: the share of values that are at most @x: the empirical distribution function; NaN for an
 *   empty sample
 */
double isc_sorted_sample_get_cumulative (const IscSortedSample *sample, double x);

/**
 * isc_sorted_sample_get_quantile:
 * @p: a probability in [0, 1]
 *
 * Returns: the quantile that isc_quantiles() gives, to the last bit; NaN for an empty sample
 */
double isc_sorted_sample_get_quantile (const IscSortedSample *sample, double p);
