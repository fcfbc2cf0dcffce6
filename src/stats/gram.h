/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <glib.h>

/**
 * isc_gram:
 * @w: (array length=rows*columns): a matrix, row by row, of finite values
 * @rows: its rows, 1..2^31 - 1
 * @columns: its columns, likewise
 * @gram: (out caller-allocates): k x k products, k being the shorter side
 * @cancellable: (nullable): looked at between blocks of the work
 *
 * The scalar products of the rows of @w or, where there are fewer, of its columns.  Only the lower
 * triangle, column by column, is written: product (i, j) with i >= j stands at i + k j.  The
 * products of two float32 are exact in double, so that only the sums are rounded.
 *
 * Returns: %FALSE if cancelled
 */
gboolean
isc_gram (const float *w, gsize rows, gsize columns, double *gram, GCancellable *cancellable);

/** isc_gram_single: isc_gram() in float32, in one go; squares of the values must be in its range */
void isc_gram_single (const float *w, gsize rows, gsize columns, float *gram);

/**
 * isc_gram_eigenvalues:
 * @gram: (inout): a symmetric matrix as isc_gram() writes it; overwritten
 * @k: its side
 * @values: (out caller-allocates) (array length=k): its eigenvalues, in increasing order
 * @cancellable: (nullable): looked at between blocks of the work
 * @error: return location
 *
 * Reduces @gram to tridiagonal form by Householder reflections and solves that by the QL method
 * without roots.
 *
 * Returns: %FALSE with ISC_ERROR_RESOURCE if memory ran out, or ISC_ERROR_CANCELLED
 */
gboolean isc_gram_eigenvalues (
    double *gram, gsize k, double *values, GCancellable *cancellable, GError **error);

/** isc_gram_eigenvalues_single: isc_gram_eigenvalues() in float32, in one go */
gboolean isc_gram_eigenvalues_single (float *gram, gsize k, float *values, GError **error);
