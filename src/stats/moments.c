/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/moments.h"

#include <math.h>

#include "stats/kernels.h"

/* Central sums M2, M3 and M4 of @count values about their mean. */
typedef struct
{
  double count;
  double mean;
  double m2;
  double m3;
  double m4;
} Central;

/* Pébay (2008), equations 2.1, with B joining A. */
static void
join (Central *a, const Central *b)
{
  double n = a->count + b->count;
  double d = b->mean - a->mean;
  double part = d * b->count / n;
  double product = d * part * a->count;

  a->m4 += b->m4
           + product * (d * d) * (a->count * a->count - a->count * b->count + b->count * b->count)
                 / (n * n)
           + 6 * d * d * (a->count * a->count * b->m2 + b->count * b->count * a->m2) / (n * n)
           + 4 * d * (a->count * b->m3 - b->count * a->m3) / n;
  a->m3 += b->m3 + product * d * (a->count - b->count) / n
           + 3 * d * (a->count * b->m2 - b->count * a->m2) / n;
  a->m2 += b->m2 + product;
  a->mean += part;
  a->count = n;
}

static void
count_non_finite (IscMoments *out, const float *x, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      out->n_nan += isnan (x[i]) != 0;
      out->n_inf += isinf (x[i]) != 0;
    }
}

void
isc_moments_compute (const float *x, gsize n, IscMoments *out)
{
  const IscStatsKernels *kernels = isc_stats_kernels ();
  Central all = { 0 };
  float min = INFINITY, max = -INFINITY;

  g_return_if_fail (n == 0 || x != NULL);

  *out = (IscMoments){ 0 };
  for (gsize start = 0; start < n; start += ISC_STATS_BLOCK)
    {
      float kept[ISC_STATS_BLOCK];
      const float *block = x + start;
      guint size = (guint)MIN (n - start, ISC_STATS_BLOCK);
      IscBlockSums sums;
      Central here = { 0 };
      double powers[3] = { 0 };

      kernels->sums (block, size, &sums);
      if (sums.n_finite < size)
        {
          count_non_finite (out, block, size);
          size = isc_stats_keep_finite (block, size, kept);
          block = kept;
          kernels->sums (block, size, &sums);
        }
      if (size == 0)
        continue;

      here.count = size;
      here.mean = sums.sum / size;
      kernels->central (block, size, here.mean, powers);
      here.m2 = powers[0];
      here.m3 = powers[1];
      here.m4 = powers[2];
      if (all.count > 0)
        join (&all, &here);
      else
        all = here;
      out->count += size;
      out->n_zero += sums.n_zero;
      min = MIN (min, sums.min);
      max = MAX (max, sums.max);
    }

  if (out->count == 0)
    {
      out->mean = out->std = out->skewness = out->excess_kurtosis = out->min = out->max = NAN;
      return;
    }
  out->mean = all.mean;
  out->std = sqrt (all.m2 / all.count);
  /* Adding 0 turns -0 into 0: the sign of a zero says nothing here. */
  out->min = (double)min + 0.0;
  out->max = (double)max + 0.0;
  /* Not "where std is 0": rounding may leave a trace of it in a mean of equal values. */
  if (min == max)
    {
      out->mean = out->min;
      out->std = 0;
      out->skewness = out->excess_kurtosis = NAN;
      return;
    }
  out->skewness = all.m3 / all.count / (out->std * out->std * out->std);
  out->excess_kurtosis = all.m4 * all.count / (all.m2 * all.m2) - 3;
}

double
isc_moments_sample_std (const IscMoments *moments)
{
  double n = (double)moments->count;

  return n > 1 ? moments->std * sqrt (n / (n - 1)) : NAN;
}

guint64
isc_moments_non_finite (const IscMoments *moments)
{
  return moments->n_nan + moments->n_inf;
}
