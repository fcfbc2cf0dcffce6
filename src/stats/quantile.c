/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/quantile.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

#define N_BUCKETS 65536

/* Buckets of keys whose upper half says finite: outside lie the infinities and NaN. */
#define FIRST_FINITE 0x0080
#define LAST_FINITE 0xff7f

/* Two order statistics for each probability, and 0 for "none", in a byte. */
#define MAX_WANTED 254

/* One order statistic: @rank counts from 0 among the finite values. */
typedef struct
{
  guint32 rank;
  guint32 bucket;
  guint32 before; /* values in lower buckets */
  float value;
} Wanted;

/* An integer of the same order as the float: -NaN < -inf < ... < -0 < 0 < ... < inf < NaN. */
static inline guint32
key_of (float x)
{
  guint32 bits;

  memcpy (&bits, &x, sizeof bits);
  return bits ^ ((guint32)((gint32)bits >> 31) | 0x80000000u);
}

static inline float
float_of (guint32 key)
{
  guint32 bits = key & 0x80000000u ? key ^ 0x80000000u : ~key;
  float x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

static int
compare_wanted (const void *a, const void *b)
{
  guint32 ra = ((const Wanted *)a)->rank, rb = ((const Wanted *)b)->rank;

  return (ra > rb) - (ra < rb);
}

/* Two tables by turns: equal neighbours would wait for each other's store. */
static void
count_upper_halves (const float *x, gsize n, guint32 *counts)
{
  guint32 *even = counts, *odd = counts + N_BUCKETS;
  gsize i = 0;

  for (; i + 2 <= n; i += 2)
    {
      even[key_of (x[i]) >> 16]++;
      odd[key_of (x[i + 1]) >> 16]++;
    }
  if (i < n)
    even[key_of (x[i]) >> 16]++;
  for (guint b = 0; b < N_BUCKETS; b++)
    even[b] += odd[b];
}

static void
find_buckets (const guint32 *counts, Wanted *wanted, guint n_wanted)
{
  guint32 before = 0;
  guint w = 0;

  for (guint b = FIRST_FINITE; b <= LAST_FINITE && w < n_wanted; b++)
    {
      for (; w < n_wanted && wanted[w].rank < before + counts[b]; w++)
        {
          wanted[w].bucket = b;
          wanted[w].before = before;
        }
      before += counts[b];
    }
}

/* Finds the wanted statistics of one bucket among the lower halves of its @n keys. */
static void
select_lower_halves (
    const guint16 *lower, guint32 n, guint32 *counts, Wanted *wanted, guint n_wanted)
{
  guint32 rank = wanted[0].before;
  guint w = 0;

  memset (counts, 0, N_BUCKETS * sizeof *counts);
  for (guint32 i = 0; i < n; i++)
    counts[lower[i]]++;
  for (guint32 l = 0; w < n_wanted; l++)
    {
      rank += counts[l];
      for (; w < n_wanted && wanted[w].rank < rank; w++)
        wanted[w].value = float_of (wanted[w].bucket << 16 | l);
    }
}

/* Gives every wanted statistic its value; @wanted is sorted by rank. */
static gboolean
select_wanted (const float *x, gsize n, guint32 *counts, Wanted *wanted, guint n_wanted)
{
  g_autofree guint8 *slot_of = g_new0 (guint8, N_BUCKETS);
  g_autofree guint16 *lower = NULL;
  gsize start[MAX_WANTED + 1] = { 0 }, end[MAX_WANTED + 1] = { 0 };
  gsize n_lower = 0;
  guint n_slots = 0;

  for (guint w = 0; w < n_wanted; w++)
    if (w == 0 || wanted[w].bucket != wanted[w - 1].bucket)
      {
        slot_of[wanted[w].bucket] = (guint8)++n_slots;
        start[n_slots] = end[n_slots] = n_lower;
        n_lower += counts[wanted[w].bucket];
      }
  lower = g_try_new (guint16, n_lower);
  if (lower == NULL)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      guint32 key = key_of (x[i]);
      guint slot = slot_of[key >> 16];

      if (slot != 0)
        lower[end[slot]++] = (guint16)(key & 0xffff);
    }

  for (guint w = 0, slot = 1; w < n_wanted; slot++)
    {
      guint here = 1;

      while (w + here < n_wanted && wanted[w + here].bucket == wanted[w].bucket)
        here++;
      select_lower_halves (lower + start[slot], (guint32)(end[slot] - start[slot]), counts,
                           wanted + w, here);
      w += here;
    }
  return TRUE;
}

static double
value_at (const Wanted *wanted, guint n_wanted, guint32 rank)
{
  const Wanted key = { .rank = rank };
  const Wanted *found = bsearch (&key, wanted, n_wanted, sizeof key, compare_wanted);

  return (double)found->value;
}

/* numpy's interpolation, which meets both ends exactly and keeps its order between them. */
static double
interpolate (double a, double b, double t)
{
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}

static gboolean
no_memory (gsize n, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
               "not enough memory for the quantiles of %" G_GSIZE_FORMAT " values", n);
  return FALSE;
}

gboolean
isc_quantiles (
    const float *x, gsize n, const double *p, guint n_p, double *quantiles, GError **error)
{
  g_autofree guint32 *counts = NULL;
  Wanted wanted[MAX_WANTED];
  gsize n_finite = 0;

  g_return_val_if_fail (n == 0 || x != NULL, FALSE);
  g_return_val_if_fail (n <= G_MAXUINT32, FALSE);
  g_return_val_if_fail (2 * n_p <= MAX_WANTED, FALSE);

  counts = g_try_new0 (guint32, 2 * N_BUCKETS);
  if (counts == NULL)
    return no_memory (n, error);
  count_upper_halves (x, n, counts);
  for (guint b = FIRST_FINITE; b <= LAST_FINITE; b++)
    n_finite += counts[b];
  if (n_finite == 0)
    {
      for (guint k = 0; k < n_p; k++)
        quantiles[k] = NAN;
      return TRUE;
    }

  for (guint k = 0; k < n_p; k++)
    {
      double place = (double)(n_finite - 1) * CLAMP (p[k], 0, 1);

      wanted[2 * k].rank = (guint32)place;
      wanted[2 * k + 1].rank = (guint32)MIN ((gsize)place + 1, n_finite - 1);
    }
  qsort (wanted, 2 * n_p, sizeof *wanted, compare_wanted);
  find_buckets (counts, wanted, 2 * n_p);
  if (!select_wanted (x, n, counts, wanted, 2 * n_p))
    return no_memory (n, error);

  for (guint k = 0; k < n_p; k++)
    {
      double place = (double)(n_finite - 1) * CLAMP (p[k], 0, 1);
      guint32 rank = (guint32)place;
      double a = value_at (wanted, 2 * n_p, rank);
      double b = value_at (wanted, 2 * n_p, (guint32)MIN ((gsize)rank + 1, n_finite - 1));

      /* -0 + 0 is 0: the sign of a zero is an accident of the order of keys. */
      quantiles[k] = interpolate (a, b, place - rank) + 0.0;
    }
  return TRUE;
}
