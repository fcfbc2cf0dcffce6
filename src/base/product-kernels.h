/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/product.h"
#include "base/runtime.h"

/**
 * IscProductKernels:
 * @multiply: isc_product()
 * @add_rows: isc_product_add_rows()
 *
 * The products, compiled once for each vector unit from one source.  Builds with a fused
 * multiply-add round once where others round twice.
 */
typedef struct
{
  void (*multiply) (
      const IscProduct *product, const float *a, const float *b, const float *start, float *c);
  void (*add_rows) (const float *x, gsize rows, gsize columns, float *sums);
} IscProductKernels;

extern const IscProductKernels isc_product_kernels_baseline;
#ifdef ISC_HAVE_X86_64_LEVELS
extern const IscProductKernels isc_product_kernels_v3;
extern const IscProductKernels isc_product_kernels_v4;
#endif
