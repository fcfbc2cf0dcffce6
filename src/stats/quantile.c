/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define N_BUCKETS 65536

/* Buckets of keys whose upper half says finite: outside lie the infinities and NaN. */
#define FIRST_FINITE 0x0080
#define LAST_FINITE 0xff7f

/* Up to so many values sorting is quicker than passing over the table of buckets. */
#define MAX_SORTED 16384

/* Values looked at in one go when buckets are collected. */
#define COLLECTED 2048

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

/* The order statistics that a call needs, sorted by rank. */
typedef struct
{
  const double *p;
  guint n_p;
  gsize n_finite;
  Wanted wanted[MAX_WANTED];
} Request;

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

/* numpy: the place of p among n order statistics. */
static double
place_of (const Request *request, guint k)
{
  return (double)(request->n_finite - 1) * CLAMP (request->p[k], 0, 1);
}

static guint32
rank_after (const Request *request, guint32 rank)
{
  return (guint32)MIN ((gsize)rank + 1, request->n_finite - 1);
}

static void
request_ranks (Request *request, gsize n_finite)
{
  request->n_finite = n_finite;
  for (guint k = 0; n_finite > 0 && k < request->n_p; k++)
    {
      guint32 rank = (guint32)place_of (request, k);

      request->wanted[2 * k].rank = rank;
      request->wanted[2 * k + 1].rank = rank_after (request, rank);
    }
  qsort (request->wanted, 2 * request->n_p, sizeof *request->wanted, compare_wanted);
}

/* Sorts @keys by their lowest @n_bytes bytes (an even number: every pass changes places with
 * @room), each pass keeping the order of the one before. */
static void
sort_keys (guint32 *keys, guint32 *room, gsize n, guint n_bytes)
{
  for (guint shift = 0; shift < 8 * n_bytes; shift += 8)
    {
      guint32 *sorted = room;
      guint32 place[257] = { 0 };

      for (gsize i = 0; i < n; i++)
        place[(keys[i] >> shift & 0xff) + 1]++;
      for (guint digit = 0; digit < 256; digit++)
        place[digit + 1] += place[digit];
      for (gsize i = 0; i < n; i++)
        sorted[place[keys[i] >> shift & 0xff]++] = keys[i];
      room = keys;
      keys = sorted;
    }
}

static gboolean
select_by_sorting (const float *x, gsize n, Request *request)
{
  g_autofree guint32 *keys = g_try_new (guint32, 2 * n);
  gsize n_finite = 0;

  if (n > 0 && keys == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (isfinite (x[i]))
      keys[n_finite++] = key_of (x[i]);
  request_ranks (request, n_finite);
  if (n_finite == 0)
    return TRUE;
  sort_keys (keys, keys + n, n_finite, 4);
  for (guint w = 0; w < 2 * request->n_p; w++)
    request->wanted[w].value = float_of (keys[request->wanted[w].rank]);
  return TRUE;
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
  for (guint b = FIRST_FINITE; b <= LAST_FINITE; b++)
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

/* The usual bucket of many is that of the zeros. */
static gboolean
all_equal (const guint32 *keys, gsize n)
{
  gsize i = 1;

  while (i < n && keys[i] == keys[0])
    i++;
  return i >= n;
}

/* Collects the keys of the buckets that hold a wanted statistic, and sorts each bucket. */
static gboolean
select_in_buckets (const float *x, gsize n, const guint32 *counts, Wanted *wanted, guint n_wanted)
{
  g_autofree guint8 *slot_of = g_new0 (guint8, N_BUCKETS);
  g_autofree guint32 *keys = NULL;
  gsize start[MAX_WANTED + 1], end[MAX_WANTED + 1];
  gsize n_keys = 0, n_room = 0;
  guint n_slots = 0;

  for (guint w = 0; w < n_wanted; w++)
    if (w == 0 || wanted[w].bucket != wanted[w - 1].bucket)
      {
        slot_of[wanted[w].bucket] = (guint8)++n_slots;
        start[n_slots] = end[n_slots] = n_keys;
        n_keys += counts[wanted[w].bucket];
        n_room = MAX (n_room, counts[wanted[w].bucket]);
      }
  keys = g_try_new (guint32, n_keys + n_room);
  if (keys == NULL)
    return FALSE;

  for (gsize block = 0; block < n; block += COLLECTED)
    {
      guint32 hit[COLLECTED];
      guint size = (guint)MIN (n - block, COLLECTED), n_hit = 0;

      /* Written whether wanted or not: the branch would be guessed wrong in half-zero samples. */
      for (guint i = 0; i < size; i++)
        {
          hit[n_hit] = key_of (x[block + i]);
          n_hit += slot_of[hit[n_hit] >> 16] != 0;
        }
      for (guint i = 0; i < n_hit; i++)
        keys[end[slot_of[hit[i] >> 16]]++] = hit[i];
    }
  for (guint slot = 1; slot <= n_slots; slot++)
    if (!all_equal (keys + start[slot], end[slot] - start[slot]))
      sort_keys (keys + start[slot], keys + n_keys, end[slot] - start[slot], 2);
  for (guint w = 0; w < n_wanted; w++)
    {
      gsize first = start[slot_of[wanted[w].bucket]];

      wanted[w].value = float_of (keys[first + wanted[w].rank - wanted[w].before]);
    }
  return TRUE;
}

static gboolean
select_by_counting (const float *x, gsize n, Request *request)
{
  g_autofree guint32 *counts = g_try_new0 (guint32, 2 * N_BUCKETS);
  gsize n_finite = 0;

  if (counts == NULL)
    return FALSE;
  count_upper_halves (x, n, counts);
  for (guint b = FIRST_FINITE; b <= LAST_FINITE; b++)
    n_finite += counts[b];
  request_ranks (request, n_finite);
  if (n_finite == 0)
    return TRUE;
  find_buckets (counts, request->wanted, 2 * request->n_p);
  return select_in_buckets (x, n, counts, request->wanted, 2 * request->n_p);
}

static double
value_at (const Request *request, guint32 rank)
{
  const Wanted key = { .rank = rank };
  const Wanted *found
      = bsearch (&key, request->wanted, 2 * request->n_p, sizeof key, compare_wanted);

  return (double)found->value;
}

/* numpy's interpolation, which meets both ends exactly and keeps its order between them. */
static double
interpolate (double a, double b, double t)
{
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}

gboolean
isc_quantiles (
    const float *x, gsize n, const double *p, guint n_p, double *quantiles, GError **error)
{
  Request request = { .p = p, .n_p = n_p };

  g_return_val_if_fail (n == 0 || x != NULL, FALSE);
  g_return_val_if_fail (n <= G_MAXUINT32, FALSE);
  g_return_val_if_fail (2 * n_p <= MAX_WANTED, FALSE);

  if (!(n <= MAX_SORTED ? select_by_sorting : select_by_counting) (x, n, &request))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "not enough memory for the quantiles of %" G_GSIZE_FORMAT " values", n);
      return FALSE;
    }
  for (guint k = 0; k < n_p; k++)
    {
      double place, a, b;
      guint32 rank;

      if (request.n_finite == 0)
        {
          quantiles[k] = NAN;
          continue;
        }
      place = place_of (&request, k);
      rank = (guint32)place;
      a = value_at (&request, rank);
      b = value_at (&request, rank_after (&request, rank));
      /* -0 + 0 is 0: the sign of a zero is an accident of the order of keys. */
      quantiles[k] = interpolate (a, b, place - rank) + 0.0;
    }
  return TRUE;
}
