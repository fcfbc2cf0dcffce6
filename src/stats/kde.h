/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/bandwidth-rule.h"
#include "stats/binned-sample.h"
#include "stats/density-kernel.h"

/**
 * IscKdeOptions:
 * @bandwidth: the bandwidth, of a Gaussian; another kernel is as wide as smooths the same
 * @kernel: the kernel
 * @low_bound: a hard lower bound of what the values may be, or NaN or -inf for none
 * @high_bound: a hard upper bound, or NaN or +inf for none
 *
 * How to estimate a density.  A plain value.
 */
typedef struct
{
  IscBandwidthRule bandwidth;
  IscKernel kernel;
  double low_bound;
  double high_bound;
} IscKdeOptions;

/** isc_kde_options_default: Returns: Scott's rule, a Gaussian kernel, no bounds */
IscKdeOptions isc_kde_options_default (void);

/**
 * IscKde:
 *
 * A kernel density estimate
 *
 *   f(x) = 1/(N w) * sum_i K ((x - x_i)/w)
 *
 * of a sample of N finite values; w is the bandwidth h of a Gaussian kernel K, and 2.2138 h, half
 * of what it covers, of the Epanechnikov kernel, with reflection at hard bounds.  Immutable and
 * reference-counted: any thread may hold one.
 *
 * Values that are all equal have no density, and neither has a sample without a finite value:
 * isc_kde_has_density() tells.  That is a state, not an error; isc_kde_get_spike() gives the one
 * value that a figure draws as a spike.
 */
typedef struct _IscKde IscKde;

/**
 * isc_kde_new:
 * @x: (array length=n): values; NaN and infinities are left out
 * @n: number of values
 * @rule: the bandwidth
 * @low_bound: a hard lower bound of what the values may be, or NaN or -inf for none
 * @high_bound: a hard upper bound, or NaN or +inf for none
 * @error: return location
 *
 * Estimates the density of @x with a Gaussian kernel.  At a hard bound b the mass that the kernel
 * puts outside is folded back, f(x) + f(2b - x), and the density outside is 0.  A bound that the
 * values cross by more than a rounding is none, and is left out.
 *
 * Up to %ISC_BINNED_SAMPLE_MAX_EXACT values the sum is taken over the values themselves; above,
 * over linear bins, by a Fourier transform.
 *
 * Cost O(n) and a transform, independent of n.  Safe from any thread.
 * Source: [Silverman82], [Wand94]; see BIBLIOGRAPHY.md.
 *
 * Returns: (transfer full): the estimate, or %NULL with ISC_ERROR_INVALID if the bounds are not in
 *   order or the given bandwidth is not positive, ISC_ERROR_RESOURCE if memory ran out
 */
IscKde *isc_kde_new (const float *x,
                     gsize n,
                     const IscBandwidthRule *rule,
                     double low_bound,
                     double high_bound,
                     GError **error);

/**
 * isc_kde_new_with:
 * @options: bandwidth, kernel and bounds
 *
 * isc_kde_new() with a kernel of choice.
 *
 * Returns: (transfer full): the estimate, or %NULL as isc_kde_new()
 */
IscKde *isc_kde_new_with (const float *x, gsize n, const IscKdeOptions *options, GError **error);

/**
 * isc_kde_new_measured:
 * @moments: the moments of @x
 * @iqr: the interquartile range of @x; read only where the bandwidth needs it
 *
 * isc_kde_new_with() for a caller who has measured @x already.
 *
 * Returns: (transfer full): the estimate, or %NULL as isc_kde_new()
 */
IscKde *isc_kde_new_measured (const float *x,
                              gsize n,
                              const IscMoments *moments,
                              double iqr,
                              const IscKdeOptions *options,
                              GError **error);

/**
 * isc_kde_new_binned:
 * @sample: a sample; the estimate holds a reference
 * @iqr: the interquartile range of the sample; read only where the bandwidth needs it
 *
 * isc_kde_new_with() without another look at the values: changing the bandwidth costs only this.
 *
 * Returns: (transfer full): the estimate, or %NULL as isc_kde_new()
 */
IscKde *isc_kde_new_binned (IscBinnedSample *sample,
                            double iqr,
                            const IscKdeOptions *options,
                            GError **error);

IscKde *isc_kde_ref (IscKde *kde);
void isc_kde_unref (IscKde *kde);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscKde, isc_kde_unref)

/**
 * isc_kde_evaluate:
 * @kde: an estimate
 * @x: (array length=n): points, in the unit of the sample
 * @density: (out caller-allocates) (array length=n): density, in 1/unit of the sample; NaN if there
 *   is none
 * @n: number of points
 *
 * Evaluates the density anywhere.  Gaussian kernels further than 8.5 h away are left out: they are
 * below 3e-16 of one kernel's peak.
 *
 * Cost O(n) for binned samples, O(n N) for exact ones.  Cannot fail.  Safe from any thread.
 */
void isc_kde_evaluate (const IscKde *kde, const double *x, double *density, gsize n);

/**
 * isc_kde_has_density:
 *
 * Returns: %FALSE if all values are equal or none is finite
 */
gboolean isc_kde_has_density (const IscKde *kde);

/**
 * isc_kde_get_spike:
 * @value: (out) (optional): the value that all are equal to
 *
 * Returns: whether there are finite values and all are equal
 */
gboolean isc_kde_get_spike (const IscKde *kde, double *value);

/**
 * isc_kde_get_bandwidth:
 *
 * Returns: the bandwidth used; NaN if there is no density
 */
double isc_kde_get_bandwidth (const IscKde *kde);

/** isc_kde_get_kernel: Returns: the kernel */
IscKernel isc_kde_get_kernel (const IscKde *kde);

/**
 * isc_kde_is_fallback:
 *
 * Returns: whether the rule asked for found no bandwidth, and nrd0 gave it
 */
gboolean isc_kde_is_fallback (const IscKde *kde);

/**
 * isc_kde_is_limited:
 *
 * Returns: whether the bandwidth asked for is finer than the lattice of a large sample can show,
 * and twice the spacing of its points was taken
 */
gboolean isc_kde_is_limited (const IscKde *kde);

/**
 * isc_kde_get_asked_bandwidth:
 *
 * Returns: the bandwidth that the rule gave; NaN if there is no density
 */
double isc_kde_get_asked_bandwidth (const IscKde *kde);

/**
 * isc_kde_get_sample:
 *
 * Returns: (transfer none): the sample, to make another estimate of
 */
IscBinnedSample *isc_kde_get_sample (const IscKde *kde);

/**
 * isc_kde_get_grid:
 * @x: (out) (optional) (transfer none): points, evenly spaced
 * @density: (out) (optional) (transfer none): density at each
 *
 * The curve to draw: from 3 h below the smallest value to 3 h above the largest, less where a bound
 * is nearer; 512 points, or up to 4096 where the bandwidth needs them.
 *
 * Returns: number of points; 0 if there is no density
 */
gsize isc_kde_get_grid (const IscKde *kde, const double **x, const double **density);

/**
 * isc_kde_get_error_bound:
 *
 * Returns: a bound on how far isc_kde_evaluate() is from the sum over the values themselves, at any
 *   point, without bounds (each reflection adds as much): that of linear binning, proved, and of
 *   interpolation; 0 if the sum is over the values.  It is reached only if all values share a place
 *   on the lattice; in smooth samples the error is some 1e-6 of the peak
 */
double isc_kde_get_error_bound (const IscKde *kde);

/**
 * isc_kde_to_text:
 *
 * Returns: (transfer full): the estimate in a caption's words: "KDE Silverman h 0.004",
 *   "KDE h 0.01", "KDE Scott h 0.5 (asked 0.01), reflected", "KDE nrd0 h 0.01 (ISJ found no root)",
 *   "KDE ISJ h 0.01, Epanechnikov ±0.022", "no KDE: all values are equal"
 */
char *isc_kde_to_text (const IscKde *kde);

/**
 * isc_kde_linear_binning_bound:
 * @spacing: distance d of two lattice points
 * @bandwidth: bandwidth h of a Gaussian kernel
 *
 * Linear binning is linear interpolation of the kernel between lattice points, so at any point
 *
 *   |f_binned - f| <= d^2 max|K_h''| / 8 = d^2 / (8 sqrt (2 pi) h^3)
 *
 * Returns: that bound, in 1/unit of the sample
 */
double isc_kde_linear_binning_bound (double spacing, double bandwidth);

/**
 * isc_kde_direct_sum:
 * @kernel: a kernel
 * @values: (array length=n_values): the sample, all finite
 * @n_values: its size, at least 1
 * @width: the kernel's own width, positive: a Gaussian's bandwidth, half of what the Epanechnikov
 *   kernel covers
 * @x: (array length=n): points
 * @density: (out caller-allocates) (array length=n): density at each
 * @n: number of points
 *
 * The definition itself, every kernel at every point, without bounds.  Cost O(n n_values).
 */
void isc_kde_direct_sum (IscKernel kernel,
                         const double *values,
                         gsize n_values,
                         double width,
                         const double *x,
                         double *density,
                         gsize n);
