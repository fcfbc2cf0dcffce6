/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** A Gaussian kernel is taken as 0 further from its centre than so many bandwidths: below 3e-16. */
#define ISC_GAUSSIAN_REACH 8.5

/**
 * isc_smooth_lattice:
 * @weights: (array length=n): weights of evenly spaced points
 * @n: how many, at least 1
 * @sigma: standard deviation of the kernel in units of the spacing, positive
 * @n_smooth: (out): length of the result
 * @first: (out): how many points of the result lie before the first weight
 *
 * Convolves @weights with a normal density of standard deviation @sigma:
 *
 *   smooth[j] = sum_g weights[g] f ((j - first - g) / sigma) / sigma
 *
 * on a lattice that goes on at both ends until nothing is left.  By a Fourier transform, padded so
 * that nothing wraps around; directly where that is quicker: where the kernel is up to some hundred
 * points wide, or nearly all weights are 0.
 *
 * Cost O(L log L), L the power of two above n + 17 sigma.  Source: [Silverman82].
 *
 * Returns: (transfer full) (nullable): the result, or %NULL if memory ran out
 */
double *
isc_smooth_lattice (const double *weights, gsize n, double sigma, gsize *n_smooth, gsize *first);
