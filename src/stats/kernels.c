/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kernels.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Sums are kept in this many lanes, whatever the vector unit, and added in a fixed order: so the
 * compiler may vectorise them, and every build rounds alike. */
#define LANES 16

static double
add_lanes (const double lanes[LANES])
{
  double sum = 0;

  for (guint l = 0; l < LANES; l++)
    sum += lanes[l];
  return sum;
}

static void
sums (const float *x, guint n, IscBlockSums *out)
{
  double sum[LANES] = { 0 };
  float min[LANES], max[LANES];
  gint32 n_finite[LANES] = { 0 }, n_zero[LANES] = { 0 };
  guint i = 0;

  for (guint l = 0; l < LANES; l++)
    {
      min[l] = INFINITY;
      max[l] = -INFINITY;
    }
  for (; i + LANES <= n; i += LANES)
    {
      for (guint l = 0; l < LANES; l++)
        sum[l] += (double)x[i + l];
      for (guint l = 0; l < LANES; l++)
        min[l] = x[i + l] < min[l] ? x[i + l] : min[l];
      for (guint l = 0; l < LANES; l++)
        max[l] = x[i + l] > max[l] ? x[i + l] : max[l];
      for (guint l = 0; l < LANES; l++)
        n_finite[l] += fabsf (x[i + l]) <= FLT_MAX;
      for (guint l = 0; l < LANES; l++)
        n_zero[l] += x[i + l] == 0;
    }
  for (guint l = 0; i < n; i++, l++)
    {
      sum[l] += (double)x[i];
      min[l] = x[i] < min[l] ? x[i] : min[l];
      max[l] = x[i] > max[l] ? x[i] : max[l];
      n_finite[l] += fabsf (x[i]) <= FLT_MAX;
      n_zero[l] += x[i] == 0;
    }

  *out = (IscBlockSums){ .sum = add_lanes (sum), .min = INFINITY, .max = -INFINITY };
  for (guint l = 0; l < LANES; l++)
    {
      out->n_finite += (guint)n_finite[l];
      out->n_zero += (guint)n_zero[l];
      out->min = MIN (out->min, min[l]);
      out->max = MAX (out->max, max[l]);
    }
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
  gint32 near_edge = 0;

  for (guint i = 0; i < n; i++)
    {
      double position = ((double)x[i] - low) * scale;
      gint32 b = (gint32)position;
      double rest = position - (double)b;

      bin[i] = b;
      near_edge |= (rest < margin) | (rest > 1 - margin);
    }
  return near_edge != 0;
}

static void
cells (const float *x, guint n, double low, double scale, guint64 *cell)
{
  /* Adding 2^52 leaves no room for a fraction: the sum is rounded to a whole number, which then
   * stands in the low bits.  Vector units without a conversion to 64-bit integers can do this. */
  const double magic = 0x1p52;

  for (guint i = 0; i < n; i++)
    {
      double position = ((double)x[i] - low) * scale + magic;
      guint64 bits;

      memcpy (&bits, &position, sizeof bits);
      cell[i] = bits & ((G_GUINT64_CONSTANT (1) << 52) - 1);
    }
}

const IscStatsKernels ISC_STATS_KERNELS = { sums, central, bins, cells };
