/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <glib.h>

/**
 * IscSpectrumMethod:
 * @ISC_SPECTRUM_EXACT: by bidiagonalization of the matrix itself
 * @ISC_SPECTRUM_PREVIEW: roots of the eigenvalues of its Gram matrix: two to three times quicker,
 * and blind to singular values that are small beside the largest
 */
typedef enum
{
  ISC_SPECTRUM_EXACT,
  ISC_SPECTRUM_PREVIEW,
} IscSpectrumMethod;

/**
 * IscSpectrum:
 *
 * The singular values of a weight, seen as a matrix of shape (d0, everything else), and how far its
 * rows or columns, whichever are fewer, are from orthonormal.  Immutable and reference-counted: any
 * thread may hold one.
 *
 * Below, k is the shorter side and K the longer, and s_1 >= ... >= s_k are the singular values.
 */
typedef struct _IscSpectrum IscSpectrum;

/**
 * isc_spectrum_new:
 * @w: (array length=rows*columns): the matrix, row by row
 * @rows: its rows, at least 1
 * @columns: its columns, at least 1
 * @method: exact, or quick
 * @cancellable: (nullable): looked at between the stages of the work and between its blocks
 * @error: return location
 *
 * Exact: QR of the longer side away, reduction to bidiagonal form by Householder reflections,
 * singular values of that by the dqds algorithm.  Up to a shorter side of %ISC_SPECTRUM_MAX_DOUBLE
 * in double; above in float32, and once more in double if s_k is so small that float32 could not
 * tell it from 0. Preview: eigenvalues of the k x k Gram matrix.  isc_spectrum_get_error() says how
 * good either is.
 *
 * Cost O(K k^2) time, O(K k) memory.  Safe from any thread.
 * Source: [GolubVanLoan13]; see BIBLIOGRAPHY.md.
 *
 * Returns: (transfer full): the spectrum, or %NULL with ISC_ERROR_INVALID if a value is NaN or
 *   infinite or a side is beyond 2^31 - 1, ISC_ERROR_RESOURCE if memory ran out,
 * ISC_ERROR_CANCELLED
 */
IscSpectrum *isc_spectrum_new (const float *w,
                               gsize rows,
                               gsize columns,
                               IscSpectrumMethod method,
                               GCancellable *cancellable,
                               GError **error);

IscSpectrum *isc_spectrum_ref (IscSpectrum *spectrum);
void isc_spectrum_unref (IscSpectrum *spectrum);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscSpectrum, isc_spectrum_unref)

/** Up to a shorter side of so many the exact method computes in double. */
#define ISC_SPECTRUM_MAX_DOUBLE 256

gsize isc_spectrum_get_rows (const IscSpectrum *spectrum);
gsize isc_spectrum_get_columns (const IscSpectrum *spectrum);
IscSpectrumMethod isc_spectrum_get_method (const IscSpectrum *spectrum);

/**
 * isc_spectrum_get_values:
 * @n: (out): k
 *
 * Returns: (array length=n) (transfer none): the singular values, largest first
 */
const double *isc_spectrum_get_values (const IscSpectrum *spectrum, gsize *n);

/**
 * isc_spectrum_get_error:
 * @value: a singular value of @spectrum
 *
 * Returns: how far @value may be from the true one: a few roundings of s_1 for the exact method;
 * for the preview as little near s_1, but sqrt (eps) s_1, some 3e-4 s_1, near 0
 */
double isc_spectrum_get_error (const IscSpectrum *spectrum, double value);

/**
 * isc_spectrum_is_singular:
 *
 * Returns: whether s_k < K eps s_1, eps being the rounding of the numbers computed with: double for
 *   the exact method, whose verdict never rests on float32; float32 for the preview, which
 *   says "singular" where it can't tell
 */
gboolean isc_spectrum_is_singular (const IscSpectrum *spectrum);

/**
 * isc_spectrum_get_condition:
 *
 * Returns: the condition number s_1 / s_k, infinite if singular
 */
double isc_spectrum_get_condition (const IscSpectrum *spectrum);

/**
 * isc_spectrum_get_deviation:
 * @gain: what every singular value should be, above 0
 * @largest: (out) (optional): the largest magnitude among the entries of W^T W / gain^2 - I
 * @frobenius: (out) (optional): its Frobenius norm
 *
 * How far the matrix is from @gain times an orthogonal one.  For a wide matrix W W^T stands for W^T
 * W. Rounded as the matrix was: in float32 products of float32 numbers, in double up to
 * %ISC_SPECTRUM_MAX_DOUBLE.
 */
void isc_spectrum_get_deviation (const IscSpectrum *spectrum,
                                 double gain,
                                 double *largest,
                                 double *frobenius);
