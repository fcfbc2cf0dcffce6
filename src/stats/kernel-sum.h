/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/binned-sample.h"
#include "stats/density-kernel.h"

/**
 * IscKernelSum:
 *
 * The sum of kernels of one width w over a sample of at least two different values,
 *
 *   f(x) = 1/(N w) * sum_i K ((x - x_i)/w),
 *
 * without bounds: what a density estimate folds.  Immutable once made.
 *
 * A small sample is summed value by value, and so is the lattice of a large one under the
 * Epanechnikov kernel, which covers few of its points.  Under the Gaussian the lattice is smoothed
 * by a Fourier transform, and cubic interpolation reads it between its points.  Linear binning
 * spreads a value as a kernel of variance d^2/6 would, d being the spacing; so the smoothing is by
 * a kernel whose variance is less by this, which takes away the mean of the error and leaves its
 * scatter.
 */
typedef struct _IscKernelSum IscKernelSum;

/**
 * isc_kernel_sum_new:
 * @sample: a sample of at least two different values, which the caller keeps alive
 * @kernel: the kernel
 * @bandwidth: bandwidth h, positive, of a Gaussian; isc_kernel_get_width() makes it that of @kernel
 * @error: return location
 *
 * Returns: (transfer full): the sum, or %NULL with ISC_ERROR_RESOURCE
 */
IscKernelSum *
isc_kernel_sum_new (IscBinnedSample *sample, IscKernel kernel, double bandwidth, GError **error);
void isc_kernel_sum_free (IscKernelSum *sum);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscKernelSum, isc_kernel_sum_free)

/**
 * isc_kernel_sum_get_bandwidth:
 *
 * Returns: the bandwidth used: that asked for, or twice the spacing of the sample's lattice where
 *   that is more
 */
double isc_kernel_sum_get_bandwidth (const IscKernelSum *sum);

/**
 * isc_kernel_sum_get_reach:
 *
 * Returns: how far from its value a kernel is looked at; beyond it is 0, or below 3e-16 of its peak
 */
double isc_kernel_sum_get_reach (const IscKernelSum *sum);

/**
 * isc_kernel_sum_get_error_bound:
 *
 * Returns: a bound on the distance of isc_kernel_sum_at() from the sum over the values, anywhere; 0
 *   if it is the sum over the values
 */
double isc_kernel_sum_get_error_bound (const IscKernelSum *sum);

/**
 * isc_kernel_sum_at:
 *
 * Returns: f(@x)
 */
double isc_kernel_sum_at (const IscKernelSum *sum, double x);

/**
 * isc_kernel_sum_add_image:
 * @sum: a sum
 * @sign: 1 or -1
 * @offset: where the image of 0 lies
 * @low: first point of a grid
 * @step: distance of its points
 * @density: (inout) (array length=n): a density at each point
 * @n: number of points
 *
 * Adds the image f(@sign (x - @offset)) at every point of a grid: the sum itself with 1 and 0, its
 * reflection at a bound b with -1 and 2 b.  Much faster than point by point for small samples under
 * the Gaussian.
 */
void isc_kernel_sum_add_image (const IscKernelSum *sum,
                               double sign,
                               double offset,
                               double low,
                               double step,
                               double *density,
                               gsize n);
