/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/sorted-sample.h"

/** What a cumulative curve leaves out is less than one part in so many of the axis. */
#define ISC_ECDF_PIXELS 2000

/**
 * IscEcdfKind:
 * @ISC_ECDF_CUMULATIVE: F(x), the share of values at most x
 * @ISC_ECDF_COMPLEMENT: 1 - F(x), the share of values above x, also for a logarithmic axis
 */
typedef enum
{
  ISC_ECDF_CUMULATIVE,
  ISC_ECDF_COMPLEMENT,
} IscEcdfKind;

/**
 * IscEcdf:
 *
 * The empirical distribution function of a sample as a line to draw.  Immutable and
 * reference-counted.
 */
typedef struct _IscEcdf IscEcdf;

/**
 * isc_ecdf_new:
 * @sample: a sample
 * @kind: which way it runs
 *
 * Thins the curve to what a figure can show.  The true curve is a stair; the line through the
 * points is that stair itself in a sample of up to %ISC_ECDF_PIXELS values, and within
 * 1/%ISC_ECDF_PIXELS of it for larger ones.  Steps higher than that, such as an atom's, keep their
 * foot and their top.
 *
 * The complement is thinned for both axes: it is also within 1/%ISC_ECDF_PIXELS of the way from 1
 * to 1/n on a logarithmic one.
 *
 * Cost O(%ISC_ECDF_PIXELS log n).  Cannot fail.
 *
 * Returns: (transfer full): the curve
 */
IscEcdf *isc_ecdf_new (const IscSortedSample *sample, IscEcdfKind kind);

IscEcdf *isc_ecdf_ref (IscEcdf *ecdf);
void isc_ecdf_unref (IscEcdf *ecdf);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscEcdf, isc_ecdf_unref)

IscEcdfKind isc_ecdf_get_kind (const IscEcdf *ecdf);

/**
 * isc_ecdf_get_points:
 * @x: (out) (optional) (transfer none): increasing; twice the same at a step
 * @share: (out) (optional) (transfer none): the share there, exactly: either of the function at @x
 *   or of its limit from the left
 *
 * The line's corners.  The first is at the smallest value with share 0 (1 for the complement), the
 * last at the largest with share 1 (0).
 *
 * Returns: number of points, at most some 2 %ISC_ECDF_PIXELS, 3 for the complement; 0 for an empty
 *   sample
 */
gsize isc_ecdf_get_points (const IscEcdf *ecdf, const double **x, const double **share);
