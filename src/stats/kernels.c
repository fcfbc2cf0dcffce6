/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kernels.h"

#include <math.h>
#include <string.h>

/* Sums are kept in this many lanes, whatever the vector unit, and added in a fixed order: so the
 * compiler may vectorise them, and every build rounds alike. */
#define LANES 16

#define INFINITY_BITS 0x7f800000

static inline gint32
bits_of (float x)
{
  gint32 bits;

  memcpy (&bits, &x, sizeof bits);
  return bits;
}

static inline float
float_of (gint32 bits)
{
  float x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

/* Between a float's bits and a whole number of the same order; its own inverse. */
static inline gint32
flip_negative (gint32 bits)
{
  return bits ^ ((bits >> 31) & G_MAXINT32);
}

static double
add_lanes (const double lanes[LANES])
{
  double sum = 0;

  for (guint l = 0; l < LANES; l++)
    sum += lanes[l];
  return sum;
}

/* Extremes and counts are taken of the floats' bits: a whole number of the same order has a minimum
 * that does not care for the order of its arguments, so the compiler may vectorise it, which NaN
 * forbids for floats. */
static void
sums (const float *x, guint n, IscBlockSums *out)
{
  double sum[LANES] = { 0 };
  gint32 min = G_MAXINT32, max = G_MININT32, n_finite = 0, n_zero = 0;
  guint n_whole = n - n % LANES;

  for (guint i = 0; i < n_whole; i += LANES)
    for (guint l = 0; l < LANES; l++)
      sum[l] += (double)x[i + l];
  for (guint i = n_whole; i < n; i++)
    sum[i - n_whole] += (double)x[i];

  for (guint i = 0; i < n; i++)
    {
      gint32 key = flip_negative (bits_of (x[i]));

      min = key < min ? key : min;
      max = key > max ? key : max;
    }
  for (guint i = 0; i < n; i++)
    {
      gint32 magnitude = bits_of (x[i]) & G_MAXINT32;

      n_finite += magnitude < INFINITY_BITS;
      n_zero += magnitude == 0;
    }

  *out = (IscBlockSums){
    .n_finite = (guint)n_finite,
    .n_zero = (guint)n_zero,
    .sum = add_lanes (sum),
    .min = n > 0 ? float_of (flip_negative (min)) : INFINITY,
    .max = n > 0 ? float_of (flip_negative (max)) : -INFINITY,
  };
}

static void
central (const float *x, guint n, double mean, double powers[3])
{
  double second[LANES] = { 0 }, third[LANES] = { 0 }, fourth[LANES] = { 0 };
  guint i = 0;

  for (; i + LANES <= n; i += LANES)
    for (guint l = 0; l < LANES; l++)
      {
        double d = (double)x[i + l] - mean;
        double d2 = d * d;

        second[l] += d2;
        third[l] += d2 * d;
        fourth[l] += d2 * d2;
      }
  for (guint l = 0; i < n; i++, l++)
    {
      double d = (double)x[i] - mean;
      double d2 = d * d;

      second[l] += d2;
      third[l] += d2 * d;
      fourth[l] += d2 * d2;
    }
  powers[0] += add_lanes (second);
  powers[1] += add_lanes (third);
  powers[2] += add_lanes (fourth);
}

static gboolean
bins (const float *x, guint n, double low, double scale, double margin, gint32 *bin)
{
  double most = 0.5 - margin;
  gint64 signs = 0;

  for (guint i = 0; i < n; i++)
    {
      double position = ((double)x[i] - low) * scale;
      gint32 b = (gint32)position;
      /* Being near the first edge does not matter, and many values may be: zeros, above all. */
      double inside = position > 0.5 ? position : 0.5;
      double room = most - fabs (inside - (double)b - 0.5);
      gint64 bits;

      /* Negative near an edge; whether any is, is an "or" of the bits. */
      memcpy (&bits, &room, sizeof bits);
      bin[i] = b;
      signs |= bits;
    }
  return signs < 0;
}

static gboolean
quick_bins (const float *x, guint n, float low, float scale, float margin, gint32 *bin)
{
  float most = 0.5f - margin;
  gint32 signs = 0;

  for (guint i = 0; i < n; i++)
    {
      float position = (x[i] - low) * scale;
      gint32 b = (gint32)position;
      float inside = position > 0.5f ? position : 0.5f;
      float room = most - fabsf (inside - (float)b - 0.5f);

      bin[i] = b;
      signs |= bits_of (room);
    }
  return signs < 0;
}

static void
cells (
    const float *x, guint n, double low, double scale, double last, guint32 *cell, guint64 *share)
{
  /* Adding 2^52 leaves no room for a fraction: the sum is rounded to a whole number, which then
   * stands in the low bits.  Vector units without a conversion to 64-bit integers can do this. */
  const double magic = 0x1p52;

  for (guint i = 0; i < n; i++)
    {
      double position = ((double)x[i] - low) * scale;
      guint64 bits;

      position = (position < last ? position : last) + magic;
      memcpy (&bits, &position, sizeof bits);
      bits &= (G_GUINT64_CONSTANT (1) << 52) - 1;
      cell[i] = (guint32)(bits >> ISC_STATS_FRACTION_BITS);
      share[i] = (bits & ((1u << ISC_STATS_FRACTION_BITS) - 1))
                 | G_GUINT64_CONSTANT (1) << ISC_STATS_COUNT_SHIFT;
    }
}

static void
widen (const float *x, gsize n, double *out)
{
  for (gsize i = 0; i < n; i++)
    out[i] = (double)x[i];
}

static void
convolve (const double *x, const double *kernel, gsize n_kernel, double *out, gsize n)
{
  for (gsize start = 0; start < n; start += ISC_STATS_CONVOLVED)
    {
      double sum[ISC_STATS_CONVOLVED] = { 0 };

      for (gsize k = 0; k < n_kernel; k++)
        for (guint l = 0; l < ISC_STATS_CONVOLVED; l++)
          sum[l] += kernel[k] * x[start + k + l];
      memcpy (out + start, sum, sizeof sum);
    }
}

const IscStatsKernels ISC_STATS_KERNELS
    = { sums, central, bins, quick_bins, cells, widen, convolve };
