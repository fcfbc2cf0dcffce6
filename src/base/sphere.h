/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The law of one coordinate u of a point that is uniform on the unit sphere in n dimensions, n >=
 * 2: u^2 is Beta(1/2, (n - 1)/2).  It is symmetric, so that the lower half tells all. */

/** isc_sphere_density: Returns: the density at @u, -1 < @u < 1 */
double isc_sphere_density (gint64 n, double u);

/** isc_sphere_lower_half: Returns: the chance of a coordinate below @u, -1 <= @u <= 0 */
double isc_sphere_lower_half (gint64 n, double u);

/**
 * isc_sphere_lower_quantile:
 * @p: 0 < p <= 1/2
 *
 * Returns: the u of which isc_sphere_lower_half() is @p, by Newton's method inside a bracket that
 *   shrinks with every step
 */
double isc_sphere_lower_quantile (gint64 n, double p);
