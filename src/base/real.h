/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

#include "base/product.h"

/**
 * IscReal:
 *
 * The number that networks are trained in: float, as PyTorch has it.  The tests compile the same
 * sources again with ISC_REAL_IS_DOUBLE, because rounding in float hides small errors: a missing
 * eps or a scale that is off by a millionth.  Initial weights and data are float32 in both.
 *
 * IscRealInt is an integer as large.  ISC_REAL() is for literals that are no exact floats; those
 * that are (0.5f) need no help.
 */
#ifdef ISC_REAL_IS_DOUBLE

#include <cblas.h>

typedef double IscReal;
typedef gint64 IscRealInt;

#define ISC_REAL(literal) literal
#define isc_real_sqrt sqrt
#define isc_real_fabs fabs
#define isc_real_log log
#define isc_real_sin sin
#define isc_real_cos cos
#define isc_real_copysign copysign
#define isc_real_product isc_real_product_by_cblas
#define isc_real_add_rows isc_real_add_rows_one_by_one

#else

typedef float IscReal;
typedef gint32 IscRealInt;

#define ISC_REAL(literal) literal##f
#define isc_real_sqrt sqrtf
#define isc_real_fabs fabsf
#define isc_real_log logf
#define isc_real_sin sinf
#define isc_real_cos cosf
#define isc_real_copysign copysignf
#define isc_real_product isc_product
#define isc_real_add_rows isc_product_add_rows

#endif

/** isc_real_copy: @to: (array length=n): becomes @from, @n floats */
static inline void
isc_real_copy (IscReal *to, const float *from, gsize n)
{
#ifdef ISC_REAL_IS_DOUBLE
  for (gsize i = 0; i < n; i++)
    to[i] = (double)from[i];
#else
  memcpy (to, from, n * sizeof *to);
#endif
}

/** isc_real_view: Returns: @from itself if its @n floats are reals as they are, or a copy of them
 * in @room, which has place for as many */
static inline const IscReal *
isc_real_view (const float *from, IscReal *room, gsize n)
{
#ifdef ISC_REAL_IS_DOUBLE
  isc_real_copy (room, from, n);
  return room;
#else
  return from;
#endif
}

#ifdef ISC_REAL_IS_DOUBLE

/** isc_product() in double: the kernels are for floats. */
static inline void
isc_real_product_by_cblas (
    const IscProduct *product, const double *a, const double *b, const double *start, double *c)
{
  gboolean a_on_side = product->a_column != 1;
  gboolean b_on_side = product->b_column != 1;
  /* Of a single row or column BLAS still wants a stride that a longer one would have. */
  gsize a_stride
      = a_on_side ? MAX (product->a_column, product->rows) : MAX (product->a_row, product->depth);
  gsize b_stride = b_on_side ? MAX (product->b_column, product->depth)
                             : MAX (product->b_row, product->columns);

  for (gsize i = 0; start && start != c && i < product->rows; i++)
    memcpy (c + i * product->c_row, start + i * product->start_row,
            product->columns * sizeof (double));
  cblas_dgemm (CblasRowMajor, a_on_side ? CblasTrans : CblasNoTrans,
               b_on_side ? CblasTrans : CblasNoTrans, (int)product->rows, (int)product->columns,
               (int)product->depth, 1.0, a, (int)a_stride, b, (int)b_stride, start ? 1.0 : 0.0, c,
               (int)product->c_row);
}

static inline void
isc_real_add_rows_one_by_one (const double *x, gsize rows, gsize columns, double *sums)
{
  memset (sums, 0, columns * sizeof *sums);
  for (gsize i = 0; i < rows * columns; i++)
    sums[i % columns] += x[i];
}

#endif
