/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscProduct:
 * @rows: of A and C
 * @columns: of B and C
 * @depth: columns of A, rows of B
 * @a_row: from a number of A to the one below it
 * @a_column: from a number of A to the one beside it; this or @a_row is 1
 * @b_row: the same for B
 * @b_column: this or @b_row is 1
 * @start_row: from a row of what C starts from to the next; 0 if it is one row for all
 * @c_row: from a row of C to the next
 *
 * The sizes and strides, in numbers, of C = A B + start.  A plain value.
 */
typedef struct
{
  gsize rows;
  gsize columns;
  gsize depth;
  gsize a_row;
  gsize a_column;
  gsize b_row;
  gsize b_column;
  gsize start_row;
  gsize c_row;
} IscProduct;

/**
 * isc_product:
 * @start: (nullable): what is added: a bias or C itself; %NULL for zeros
 *
 * C = A B + start in float32, for what training multiplies: no call is lost on tiny matrices, and
 * large ones run at the speed of BLAS.  Allocates nothing, and a sum's order depends on the sizes
 * alone.  The arrays do not overlap, but for @start, which may be @c.
 */
void isc_product (
    const IscProduct *product, const float *a, const float *b, const float *start, float *c);

/** isc_product_add_rows: @x: (array): (rows, columns); @sums: (out) (array length=columns): of each
 * column */
void isc_product_add_rows (const float *x, gsize rows, gsize columns, float *sums);
