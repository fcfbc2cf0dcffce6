/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/inverse-erf.h"

#include "base/inverse-erf-kernels.h"

static void (*const tiles[]) (float *y, guint n) = {
  isc_inverse_erf_tile_baseline,
#ifdef ISC_HAVE_X86_64_LEVELS
  isc_inverse_erf_tile_v3,
  isc_inverse_erf_tile_v4,
#endif
};

void
isc_inverse_erf (float *y, gsize n)
{
  isc_inverse_erf_on (isc_runtime_vector_unit (), y, n);
}

void
isc_inverse_erf_on (IscVectorUnit unit, float *y, gsize n)
{
  g_return_if_fail (unit <= isc_runtime_vector_unit ());

  for (gsize done = 0; done < n; done += ISC_INVERSE_ERF_TILE)
    tiles[unit](y + done, (guint)MIN (n - done, ISC_INVERSE_ERF_TILE));
}
