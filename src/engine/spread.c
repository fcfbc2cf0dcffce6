/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/spread.h"

#include <math.h>
#include <string.h>

/* Sums and counts that do not wait for each other. */
#define LANES 4

typedef struct
{
  gsize n;
  double sum;
  IscReal low;
  IscReal high;
} Range;

/* Of numbers that are all finite; @sum tells if they were not. */
static Range
find_range (const IscReal *x, gsize n)
{
  double sums[LANES] = { 0 };
  IscReal low[LANES];
  IscReal high[LANES];
  Range range = { .n = n };
  gsize i = 0;

  for (gsize j = 0; j < LANES; j++)
    low[j] = high[j] = x[0];
  for (; i + LANES <= n; i += LANES)
    for (gsize j = 0; j < LANES; j++)
      {
        IscReal value = x[i + j];

        sums[j] += (double)value;
        low[j] = value < low[j] ? value : low[j];
        high[j] = value > high[j] ? value : high[j];
      }
  for (; i < n; i++)
    {
      sums[0] += (double)x[i];
      low[0] = MIN (low[0], x[i]);
      high[0] = MAX (high[0], x[i]);
    }
  range.low = low[0];
  range.high = high[0];
  for (gsize j = 0; j < LANES; j++)
    {
      range.sum += sums[j];
      range.low = MIN (range.low, low[j]);
      range.high = MAX (range.high, high[j]);
    }
  return range;
}

static Range
find_finite_range (const IscReal *x, gsize n)
{
  Range range = { .low = INFINITY, .high = -INFINITY };

  for (gsize i = 0; i < n; i++)
    if (isfinite (x[i]))
      {
        range.n++;
        range.sum += (double)x[i];
        range.low = MIN (range.low, x[i]);
        range.high = MAX (range.high, x[i]);
      }
  return range;
}

/* The sum of squares about @mean of what is within @range, which nothing but the non-finite is
 * not; fills @bins. */
static double
count_bins (const IscReal *x, gsize n, const Range *range, double mean, guint32 *bins)
{
  double low = (double)range->low;
  double scale = ISC_SPREAD_BINS / ((double)range->high - low);
  guint32 counts[LANES][ISC_SPREAD_BINS] = { 0 };
  double squares[LANES] = { 0 };

  /* A constant, or next to it. */
  if (!(scale <= G_MAXDOUBLE))
    scale = 0.0;
  for (gsize i = 0; i < n; i++)
    {
      gsize lane = i % LANES;
      double value = (double)x[i];
      guint bin;

      if (!(x[i] >= range->low && x[i] <= range->high))
        continue;
      squares[lane] += (value - mean) * (value - mean);
      bin = (guint)((value - low) * scale);
      counts[lane][MIN (bin, ISC_SPREAD_BINS - 1)]++;
    }
  for (gsize j = 0; j < LANES; j++)
    for (guint k = 0; k < ISC_SPREAD_BINS; k++)
      bins[k] += counts[j][k];
  return squares[0] + squares[1] + squares[2] + squares[3];
}

IscSpread
isc_spread_measure (const IscReal *x, gsize n)
{
  IscSpread spread = { .count = n, .mean = NAN, .std = NAN, .rms = NAN, .low = NAN, .high = NAN };
  Range range = { 0 };
  double variance;

  if (n > 0)
    range = find_range (x, n);
  if (!isfinite (range.sum))
    range = find_finite_range (x, n);
  spread.n_non_finite = n - range.n;
  if (range.n == 0)
    return spread;

  spread.low = (double)range.low;
  spread.high = (double)range.high;
  /* Rounding must not lift a constant's mean off it. */
  spread.mean = CLAMP (range.sum / (double)range.n, spread.low, spread.high);
  variance = count_bins (x, n, &range, spread.mean, spread.bins) / (double)range.n;
  spread.std = sqrt (variance);
  spread.rms = sqrt (variance + spread.mean * spread.mean);
  return spread;
}
