/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/product.h"

#include "base/product-kernels.h"

static const IscProductKernels *
get_kernels (void)
{
#ifdef ISC_HAVE_X86_64_LEVELS
  static const IscProductKernels *const kernels[] = {
    &isc_product_kernels_baseline,
    &isc_product_kernels_v3,
    &isc_product_kernels_v4,
  };

  return kernels[isc_runtime_vector_unit ()];
#else
  return &isc_product_kernels_baseline;
#endif
}

void
isc_product (
    const IscProduct *product, const float *a, const float *b, const float *start, float *c)
{
  get_kernels ()->multiply (product, a, b, start, c);
}

void
isc_product_add_rows (const float *x, gsize rows, gsize columns, float *sums)
{
  get_kernels ()->add_rows (x, rows, columns, sums);
}
