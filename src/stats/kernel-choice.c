/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kernels.h"

#include <float.h>
#include <math.h>

static const IscStatsKernels *const kernels[] = {
  &isc_stats_kernels_baseline,
#ifdef ISC_HAVE_X86_64_LEVELS
  &isc_stats_kernels_v3,
  &isc_stats_kernels_v4,
#endif
};

const IscStatsKernels *
isc_stats_kernels (void)
{
  return kernels[isc_runtime_vector_unit ()];
}

const IscStatsKernels *
isc_stats_kernels_for (IscVectorUnit unit)
{
  g_return_val_if_fail (unit <= isc_runtime_vector_unit (), NULL);

  return kernels[unit];
}

guint
isc_stats_keep_finite (const float *x, guint n, float *kept)
{
  guint n_kept = 0;

  /* Written whether kept or not: a branch would be guessed wrong, and there is room. */
  for (guint i = 0; i < n; i++)
    {
      kept[n_kept] = x[i];
      n_kept += fabsf (x[i]) <= FLT_MAX;
    }
  return n_kept;
}
