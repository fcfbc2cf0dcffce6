/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscMoments:
 * @count: finite values; every moment below is of these alone
 * @n_nan: values that are not a number
 * @n_inf: infinite values of either sign
 * @n_zero: values equal to 0, of either sign
 * @mean: arithmetic mean; NaN if @count is 0
 * @std: population standard deviation (divides by @count); NaN if @count is 0
 * @skewness: population skewness m3 / m2^1.5; NaN if all values are equal
 * @excess_kurtosis: population kurtosis less 3, m4 / m2^2 - 3; NaN if all values are equal
 * @min: smallest finite value; NaN if @count is 0
 * @max: largest finite value; NaN if @count is 0
 *
 * What one pass over a tensor tells.  A plain value.
 */
typedef struct
{
  guint64 count;
  guint64 n_nan;
  guint64 n_inf;
  guint64 n_zero;
  double mean;
  double std;
  double skewness;
  double excess_kurtosis;
  double min;
  double max;
} IscMoments;

/**
 * isc_moments_compute:
 * @x: (array length=n): values
 * @n: number of values, may be 0
 * @out: (out caller-allocates): the moments
 *
 * Computes the moments of the finite values of @x in double precision: central sums about the mean
 * of each short block, which is then still in cache, and blocks joined by the formulas for
 * combined samples.  So a mean far from 0, or an outlier in front, costs no digits.
 *
 * Cost O(n), one read of @x.  Cannot fail.  Safe from any thread.
 * Source: [ChanGolubLeVeque83], [Pebay08]; see BIBLIOGRAPHY.md.
 */
void isc_moments_compute (const float *x, gsize n, IscMoments *out);

/**
 * isc_moments_sample_std:
 *
 * Returns: the standard deviation that divides by count - 1; NaN for fewer than two finite values
 */
double isc_moments_sample_std (const IscMoments *moments);

/**
 * isc_moments_non_finite:
 *
 * Returns: how many values were left out: NaN and infinities
 */
guint64 isc_moments_non_finite (const IscMoments *moments);
