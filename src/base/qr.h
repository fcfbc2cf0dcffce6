/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_qr_orthogonal:
 * @a: (inout) (array length=m*n): a matrix, column by column; its orthogonal factor on return
 * @m: rows, 1..2^31 - 1
 * @n: columns, 1..@m
 * @error: return location
 *
 * Replaces A = Q R by the Q of orthonormal columns for which R's diagonal is not negative, which
 * makes it unique if A has full rank; column j of Q is 0 where R_jj is.  How depends on the size:
 *
 * - small: LAPACK in double, rounded once;
 * - large, and at least twice as tall as wide: Q = A R^-1, R being the Cholesky factor of A^T A,
 * whose sums are in double.  A rounding is multiplied by the condition number, which is below 6 for
 *   Gaussian matrices of such shapes; where R says that it is beyond 30, the next way is taken;
 * - large: Householder reflections in float32, in blocks, so that nearly all work is matrix
 * products.
 *
 * The large ones are within 2e-6 of the exact Q for well-conditioned matrices.  For square ones the
 * last columns, which the others leave little choice, may be off by 1e-5.
 *
 * Source: [GolubVanLoan13]; [ElmrothGustavson00]; see BIBLIOGRAPHY.md.
 *
 * Returns: %FALSE with ISC_ERROR_RESOURCE if memory ran out
 */
gboolean isc_qr_orthogonal (float *a, gsize m, gsize n, GError **error);
