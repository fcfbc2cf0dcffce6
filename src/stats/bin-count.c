/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bin-count.h"

#include <float.h>
#include <math.h>

#include "stats/bin-rule.h"
#include "stats/kernels.h"

/* A block has a value this near to an edge, in bins, every second time. */
#define MAX_QUICK_MARGIN (0.25 / ISC_STATS_BLOCK)

/* Four tables by turns, because equal neighbours would wait for each other's store.  Together they
 * fit the first cache. */
typedef struct
{
  guint32 counts[4][ISC_HISTOGRAM_MAX_BINS + 1];
} Tables;

static void
count_block (Tables *tables, const gint32 *bin, guint n)
{
  guint i = 0;

  for (; i + 4 <= n; i += 4)
    {
      tables->counts[0][bin[i]]++;
      tables->counts[1][bin[i + 1]]++;
      tables->counts[2][bin[i + 2]]++;
      tables->counts[3][bin[i + 3]]++;
    }
  for (; i < n; i++)
    tables->counts[0][bin[i]]++;
}

/* numpy's correction: the computed index may be one off where a value is within a rounding of an
 * edge, so the edges themselves decide.  The last bin is closed. */
static void
correct_block (const IscBinCount *count, const float *x, guint n, gint32 *bin)
{
  gint32 last = (gint32)count->n_bins - 1;

  for (guint i = 0; i < n; i++)
    {
      gint32 b = MIN (bin[i], last);

      if ((double)x[i] < count->edges[b])
        b--;
      else if (b < last && (double)x[i] >= count->edges[b + 1])
        b++;
      bin[i] = b;
    }
}

/* Copies the values of a block that lie in the bins, and counts the finite ones that do not. */
static guint
keep_inside (IscBinCount *count, const float *x, guint n, float *kept)
{
  double low = count->edges[0], high = count->edges[count->n_bins];
  guint n_finite = isc_stats_keep_finite (x, n, kept);
  guint n_inside = 0;

  for (guint i = 0; i < n_finite; i++)
    {
      double value = (double)kept[i];

      count->n_below += value < low;
      count->n_above += value > high;
      kept[n_inside] = kept[i];
      n_inside += value >= low && value <= high;
    }
  return n_inside;
}

/* The last edge at or below @value, which is within the edges. */
static guint
search (const double *edges, guint n_bins, double value)
{
  guint low = 0, high = n_bins;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (edges[middle] <= value)
        low = middle;
      else
        high = middle;
    }
  return low;
}

void
isc_bin_count_even (IscBinCount *count, const float *x, gsize n, IscBinContent content)
{
  const IscStatsKernels *kernels = isc_stats_kernels ();
  double low = count->edges[0], high = count->edges[count->n_bins];
  double scale = count->n_bins / (high - low);
  /* How far, in bins, rounding can move an edge or a position: a few units in the last place of the
   * larger bound.  Sixteen of them are safe and still rare. */
  double margin
      = 16 * DBL_EPSILON * count->n_bins * (1 + MAX (fabs (low), fabs (high)) / (high - low));
  /* The same for float32, of which a position takes four roundings.  Where most blocks had a value
   * so near to an edge it would be no help. */
  double quick_margin = margin / (16 * DBL_EPSILON) * (2 * FLT_EPSILON);
  gboolean quick = quick_margin < MAX_QUICK_MARGIN && scale < FLT_MAX && high - low < FLT_MAX;
  gint32 bin[ISC_STATS_BLOCK];
  float kept[ISC_STATS_BLOCK];
  Tables tables = { 0 };

  for (gsize start = 0; start < n; start += ISC_STATS_BLOCK)
    {
      const float *block = x + start;
      guint size = (guint)MIN (n - start, ISC_STATS_BLOCK);

      if (content != ISC_BIN_ALL_INSIDE)
        {
          size = content == ISC_BIN_FINITE_INSIDE ? isc_stats_keep_finite (block, size, kept)
                                                  : keep_inside (count, block, size, kept);
          block = kept;
        }
      if (!(quick
            && !kernels->quick_bins (block, size, (float)low, (float)scale, (float)quick_margin,
                                     bin))
          && kernels->bins (block, size, low, scale, margin, bin))
        correct_block (count, block, size, bin);
      count_block (&tables, bin, size);
      count->n += size;
    }
  for (guint b = 0; b < count->n_bins; b++)
    for (guint t = 0; t < 4; t++)
      count->counts[b] += tables.counts[t][b];
}

void
isc_bin_count_between (IscBinCount *count, const float *x, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      double value = (double)x[i];

      if (!isfinite (value))
        continue;
      if (value < count->edges[0])
        count->n_below++;
      else if (value > count->edges[count->n_bins])
        count->n_above++;
      else
        {
          count->counts[search (count->edges, count->n_bins, value)]++;
          count->n++;
        }
    }
}
