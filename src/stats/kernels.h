/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/runtime.h"

/** Values in one block: 8 KiB of floats, so that what a kernel writes stays in the first cache. */
#define ISC_STATS_BLOCK 2048

/**
 * A place on a lattice is a cell and a fraction of %ISC_STATS_FRACTION_BITS bits.  One 64-bit sum a
 * cell holds both the number of values, above %ISC_STATS_COUNT_SHIFT bits, and their fractions,
 * below: one addition a value.
 */
#define ISC_STATS_FRACTION_BITS 24
#define ISC_STATS_COUNT_SHIFT 44

/** Results of a convolution that are summed side by side. */
#define ISC_STATS_CONVOLVED 32

/**
 * IscBlockSums:
 * @n_finite: values that are neither NaN nor infinite; if fewer than all, only @n_finite holds
 * @n_zero: values equal to 0
 * @sum: their sum
 * @min: the smallest
 * @max: the largest
 */
typedef struct
{
  guint n_finite;
  guint n_zero;
  double sum;
  float min;
  float max;
} IscBlockSums;

/**
 * IscStatsKernels:
 * @sums: sum and extremes of a block
 * @central: adds the powers 2, 3 and 4 of x - mean over a block of finite values to @powers[0..2]
 * @bins: bin[i] = (int) ((x[i] - low) * scale) for finite values at or above @low; returns %TRUE if
 *   some value is within @margin of an edge but the first, where rounding may have chosen the wrong
 *   side
 * @quick_bins: the same in float32, at twice the speed; @margin has to be as much wider
 * @cells: cell[i] is the cell of the place (x[i] - low) * scale, counted in fractions, rounded and
 * at most
 *   @last; share[i] what it adds to the cell's sum
 * @widen: out[i] = x[i]
 * @convolve: out[j] = sum over k < @n_kernel of kernel[k] x[j + k]; @n is a multiple of
 *   %ISC_STATS_CONVOLVED
 *
 * The inner loops over blocks of at most %ISC_STATS_BLOCK values, compiled once for each vector
 * unit from one source; every build gives the same bits.
 */
typedef struct
{
  void (*sums) (const float *x, guint n, IscBlockSums *out);
  void (*central) (const float *x, guint n, double mean, double powers[3]);
  gboolean (*bins) (const float *x, guint n, double low, double scale, double margin, gint32 *bin);
  gboolean (*quick_bins) (
      const float *x, guint n, float low, float scale, float margin, gint32 *bin);
  void (*cells) (const float *x,
                 guint n,
                 double low,
                 double scale,
                 double last,
                 guint32 *cell,
                 guint64 *share);
  void (*widen) (const float *x, gsize n, double *out);
  void (*convolve) (const double *x, const double *kernel, gsize n_kernel, double *out, gsize n);
} IscStatsKernels;

extern const IscStatsKernels isc_stats_kernels_baseline;
#ifdef ISC_HAVE_X86_64_LEVELS
extern const IscStatsKernels isc_stats_kernels_v3;
extern const IscStatsKernels isc_stats_kernels_v4;
#endif

/**
 * isc_stats_kernels:
 *
 * Returns: (transfer none): the kernels for the processor at hand
 */
const IscStatsKernels *isc_stats_kernels (void);

/**
 * isc_stats_kernels_for:
 * @unit: one that the processor has, see isc_runtime_vector_unit()
 *
 * Returns: (transfer none): the kernels compiled for @unit; tests compare them
 */
const IscStatsKernels *isc_stats_kernels_for (IscVectorUnit unit);

/**
 * isc_stats_keep_finite:
 * @x: a block of values
 * @n: its size, at most %ISC_STATS_BLOCK
 * @kept: (out caller-allocates): the finite ones, in order
 *
 * Returns: how many are finite
 */
guint isc_stats_keep_finite (const float *x, guint n, float *kept);
