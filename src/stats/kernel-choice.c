/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kernels.h"

#include <float.h>
#include <math.h>

const IscStatsKernels *
isc_stats_kernels (void)
{
#ifdef ISC_HAVE_X86_64_V3
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return &isc_stats_kernels_v3;
#endif
  return &isc_stats_kernels_baseline;
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
