/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/binned-sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/ref-count.h"
#include "stats/kernels.h"

#define MIN_CELLS (1u << 14)

#define FRACTION_ONE ((double)(1 << ISC_STATS_FRACTION_BITS))
#define COUNT_ONE (G_GUINT64_CONSTANT (1) << ISC_STATS_COUNT_SHIFT)

/* Values that a sum is sure to hold: 2^20 - 1 counts, whose fractions stay below 2^44. */
#define MAX_SUMMED ((gsize)1 << 19)

struct _IscBinnedSample
{
  IscRefCount ref_count;
  IscMoments moments;
  double *values;
  guint n_cells;
  double spacing;
  double *weights;
};

static int
compare_doubles (const void *a, const void *b)
{
  double da = *(const double *)a, db = *(const double *)b;

  return (da > db) - (da < db);
}

static void
keep_values (IscBinnedSample *sample, const float *x, gsize n)
{
  gsize n_kept = 0;

  sample->values = g_new (double, MAX (sample->moments.count, 1));
  for (gsize i = 0; i < n && n_kept < sample->moments.count; i++)
    if (isfinite (x[i]))
      sample->values[n_kept++] = (double)x[i];
  qsort (sample->values, n_kept, sizeof *sample->values, compare_doubles);
}

static void
flush (IscBinnedSample *sample, guint64 *sums)
{
  for (guint c = 0; c <= sample->n_cells; c++)
    {
      double count = (double)(sums[c] >> ISC_STATS_COUNT_SHIFT);
      double fraction = (double)(sums[c] & (COUNT_ONE - 1)) / FRACTION_ONE;

      /* A value on the last point has no fraction, and there is no point behind it. */
      sample->weights[c] += count - fraction;
      if (c < sample->n_cells)
        sample->weights[c + 1] += fraction;
      sums[c] = 0;
    }
}

static gboolean
bin_values (IscBinnedSample *sample, const float *x, gsize n, guint n_cells)
{
  const IscStatsKernels *kernels = isc_stats_kernels ();
  gboolean filter = isc_moments_non_finite (&sample->moments) > 0;
  double range = sample->moments.max - sample->moments.min;
  double scale = n_cells / range * FRACTION_ONE;
  double last = n_cells * FRACTION_ONE;
  g_autofree guint64 *sums = g_try_new0 (guint64, n_cells + 1);
  gsize summed = 0;

  sample->n_cells = n_cells;
  sample->spacing = range / n_cells;
  sample->weights = g_try_new0 (double, n_cells + 1);
  if (sums == NULL || sample->weights == NULL)
    return FALSE;

  for (gsize start = 0; start < n; start += ISC_STATS_BLOCK)
    {
      guint32 cell[ISC_STATS_BLOCK];
      guint64 share[ISC_STATS_BLOCK];
      float kept[ISC_STATS_BLOCK];
      const float *block = x + start;
      guint size = (guint)MIN (n - start, ISC_STATS_BLOCK);

      if (filter)
        {
          size = isc_stats_keep_finite (block, size, kept);
          block = kept;
        }
      kernels->cells (block, size, sample->moments.min, scale, last, cell, share);
      for (guint i = 0; i < size; i++)
        sums[cell[i]] += share[i];
      summed += size;
      if (summed >= MAX_SUMMED)
        {
          flush (sample, sums);
          summed = 0;
        }
    }
  flush (sample, sums);
  return TRUE;
}

IscBinnedSample *
isc_binned_sample_new (
    const float *x, gsize n, const IscMoments *moments, guint n_cells, GError **error)
{
  g_autoptr (IscBinnedSample) sample = NULL;

  g_return_val_if_fail (n == 0 || x != NULL, NULL);
  g_return_val_if_fail (n_cells >= 2 && n_cells <= ISC_BINNED_SAMPLE_MAX_CELLS, NULL);
  g_return_val_if_fail ((n_cells & (n_cells - 1)) == 0, NULL);

  sample = g_new0 (IscBinnedSample, 1);
  isc_ref_count_init (&sample->ref_count);
  sample->moments = *moments;
  if (moments->count <= ISC_BINNED_SAMPLE_MAX_EXACT)
    keep_values (sample, x, n);
  else if (moments->min < moments->max && !bin_values (sample, x, n, n_cells))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE, "not enough memory for %u bins", n_cells);
      return NULL;
    }
  return g_steal_pointer (&sample);
}

IscBinnedSample *
isc_binned_sample_ref (IscBinnedSample *sample)
{
  isc_ref_count_inc (&sample->ref_count);
  return sample;
}

void
isc_binned_sample_unref (IscBinnedSample *sample)
{
  if (!isc_ref_count_dec (&sample->ref_count))
    return;
  g_free (sample->values);
  g_free (sample->weights);
  g_free (sample);
}

guint
isc_binned_sample_cells_for (double range, double bandwidth)
{
  guint n_cells = MIN_CELLS;

  while (n_cells < ISC_BINNED_SAMPLE_MAX_CELLS && range / n_cells > bandwidth / 32)
    n_cells *= 2;
  return n_cells;
}

const IscMoments *
isc_binned_sample_get_moments (const IscBinnedSample *sample)
{
  return &sample->moments;
}

gboolean
isc_binned_sample_is_exact (const IscBinnedSample *sample)
{
  return sample->values != NULL;
}

const double *
isc_binned_sample_get_values (const IscBinnedSample *sample, gsize *n)
{
  *n = sample->values ? sample->moments.count : 0;
  return sample->values;
}

const double *
isc_binned_sample_get_weights (const IscBinnedSample *sample, guint *n_cells, double *spacing)
{
  *n_cells = sample->n_cells;
  *spacing = sample->spacing;
  return sample->weights;
}
