/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <glib.h>

/**
 * IscSpectrumMethod:
 * @ISC_SPECTRUM_EXACT: in double, to 1e-4 of each value at worst and to a rounding as a rule
 * @ISC_SPECTRUM_PREVIEW: in float32: quicker, and blind to values that are small beside the
 * largest; taken for exact where float32 can't hold the squares of the weights
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
 * @cancellable: (nullable): looked at between blocks of the work
 * @error: return location
 *
 * The squares of the singular values are the eigenvalues of the k x k matrix of the products of
 * rows or of columns.  In double this is as good as float32 on the matrix itself, or better, down
 * to the smallest; where that would leave s_k uncertain by more than 1e-4 of itself, and for small
 * matrices, the exact method takes the matrix itself, in double. isc_spectrum_get_error() says how
 * good either is.
 *
 * Cost O(K k^2) time and O(k^2) memory, and O(K k) where the matrix itself is taken.  Safe from any
 * thread.  Source: [GolubVanLoan13]; see BIBLIOGRAPHY.md.
 *
 * Returns: (transfer full): the spectrum, or %NULL with ISC_ERROR_INVALID if a value is NaN or
 *   infinite or a side beyond 2^31 - 1, ISC_ERROR_RESOURCE if memory ran out, ISC_ERROR_CANCELLED
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
 * Returns: how far @value may be from the true one.  Rounding moves a square by some delta s_1^2,
 *   hence a value s by delta s_1^2 / (s + sqrt (delta) s_1): for the preview of 1024 x 1024 numbers
 *   by 8e-6 s_1 near s_1, and by 3e-3 s_1 near 0
 */
double isc_spectrum_get_error (const IscSpectrum *spectrum, double value);

/**
 * isc_spectrum_is_singular:
 *
 * Returns: whether s_k < K eps s_1, eps being the rounding of double; for the preview, whether it
 * can't tell s_k from 0
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
 * W. Products are in double, in float32 for the preview.
 */
void isc_spectrum_get_deviation (const IscSpectrum *spectrum,
                                 double gain,
                                 double *largest,
                                 double *frobenius);
