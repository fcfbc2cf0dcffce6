/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "stats/moments.h"

/** The most cells a binned sample has: a power of two. */
#define ISC_BINNED_SAMPLE_MAX_CELLS (1u << 18)

/** Up to so many values a sample is kept whole: a curve of it then takes no longer than one from
 * bins. */
#define ISC_BINNED_SAMPLE_MAX_EXACT 1024

/**
 * IscBinnedSample:
 *
 * A sample made ready for density estimates.  A large one is put on a lattice of evenly spaced
 * points by linear binning: a value a fraction w of the way from one point to the next adds 1 - w
 * to the first and w to the second.  A small one (at most %ISC_BINNED_SAMPLE_MAX_EXACT values) is
 * kept whole and sorted.  Estimates with any bandwidth share it without another look at the
 * values.  Immutable and reference-counted: any thread may hold one.
 */
typedef struct _IscBinnedSample IscBinnedSample;

/**
 * isc_binned_sample_new:
 * @x: (array length=n): values
 * @n: number of values, at most 2^32 - 1
 * @moments: the moments of @x
 * @n_cells: cells between lattice points: a power of two up to %ISC_BINNED_SAMPLE_MAX_CELLS
 * @error: return location
 *
 * Bins the finite values of @x on the @n_cells + 1 lattice points from the smallest to the largest.
 * Positions are rounded to 2^-24 of a cell, so that sums are whole numbers and their order does not
 * matter.
 *
 * Cost O(n + n_cells), one read of @x.  Source: [Wand94]; see BIBLIOGRAPHY.md.
 *
 * Returns: (transfer full): the sample, or %NULL with ISC_ERROR_RESOURCE
 */
IscBinnedSample *isc_binned_sample_new (
    const float *x, gsize n, const IscMoments *moments, guint n_cells, GError **error);

IscBinnedSample *isc_binned_sample_ref (IscBinnedSample *sample);
void isc_binned_sample_unref (IscBinnedSample *sample);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscBinnedSample, isc_binned_sample_unref)

/**
 * isc_binned_sample_cells_for:
 * @range: largest value less smallest
 * @bandwidth: the bandwidth of a Gaussian kernel
 *
 * Returns: a number of cells, 16384 or more, fine enough for @bandwidth: lattice points at most a
 *   32nd of it apart, as far as %ISC_BINNED_SAMPLE_MAX_CELLS allows
 */
guint isc_binned_sample_cells_for (double range, double bandwidth);

const IscMoments *isc_binned_sample_get_moments (const IscBinnedSample *sample);
gboolean isc_binned_sample_is_exact (const IscBinnedSample *sample);

/**
 * isc_binned_sample_get_values:
 * @n: (out): how many
 *
 * Returns: (transfer none) (nullable): the finite values in increasing order; %NULL unless exact
 */
const double *isc_binned_sample_get_values (const IscBinnedSample *sample, gsize *n);

/**
 * isc_binned_sample_get_weights:
 * @n_cells: (out): cells; there is one weight more
 * @spacing: (out): distance of two lattice points
 *
 * Returns: (transfer none) (nullable): weights of the lattice points, the first of which is at the
 *   smallest value; their sum is the number of finite values.  %NULL if exact, or if there are not
 *   two different values
 */
const double *
isc_binned_sample_get_weights (const IscBinnedSample *sample, guint *n_cells, double *spacing);
