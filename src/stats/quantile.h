/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_quantiles:
 * @x: (array length=n): values, in any order; not changed
 * @n: number of values, at most 2^32 - 1
 * @p: (array length=n_p): probabilities in [0, 1], in any order
 * @n_p: number of probabilities, at most 127
 * @quantiles: (out caller-allocates) (array length=n_p): the quantiles, in the unit of @x
 * @error: return location
 *
 * Quantiles by linear interpolation between order statistics at (N - 1) p: type 7 of Hyndman and
 * Fan, numpy's default, in the same arithmetic as numpy.quantile() on doubles.  Values that are NaN
 * or infinite are skipped; N counts the others.  With N = 0 every quantile is NaN.
 *
 * Many values are not sorted: one pass counts them by the upper half of their bits, read as an
 * integer of the same order, a second collects those that share it with a wanted order statistic,
 * and only these are sorted.
 *
 * Cost O(n), memory 0.6 MiB and, where all values are nearly equal, up to 8 n bytes.  Safe from any
 * thread.
 * Source: [HyndmanFan96]; see BIBLIOGRAPHY.md.
 *
 * Returns: %FALSE with ISC_ERROR_RESOURCE if memory ran out
 */
gboolean isc_quantiles (
    const float *x, gsize n, const double *p, guint n_p, double *quantiles, GError **error);
