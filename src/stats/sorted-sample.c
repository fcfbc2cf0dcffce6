/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/sorted-sample.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/ref-count.h"

/* Digits of a key: the upper one is the sign, the exponent and three bits of the mantissa, so that
 * the values of a usual sample spread over some hundred buckets. */
#define UPPER_SHIFT 20
#define N_BUCKETS (1u << 12)
#define LOWER_BITS 10
#define N_LOWER (1u << LOWER_BITS)
#define LOWER_MASK (N_LOWER - 1)

/* Up to so many keys are quicker inserted one by one than counted (measured). */
#define MAX_INSERTED 48

/* A value while it is sorted and after. */
typedef union
{
  guint32 key;
  float value;
} Value;

/* @room is what was allocated; @values are the finite ones in it. */
struct _IscSortedSample
{
  IscRefCount ref_count;
  Value *room;
  const float *values;
  gsize n;
  gsize n_nan;
  gsize n_inf;
};

/* An integer of the same order as the float; adding 0 makes -0 a 0. */
static inline guint32
key_of (float x)
{
  float positive_zero = x + 0.0f;
  guint32 bits;

  memcpy (&bits, &positive_zero, sizeof bits);
  return bits ^ ((guint32)((gint32)bits >> 31) | 0x80000000u);
}

/* The bits of the float again. */
static inline guint32
bits_of (guint32 key)
{
  return key ^ ((guint32)((gint32)~key >> 31) | 0x80000000u);
}

static void
restore_bits (guint32 *keys, gsize n)
{
  for (gsize i = 0; i < n; i++)
    keys[i] = bits_of (keys[i]);
}

/* Two tables by turns: equal neighbours would wait for each other's store. */
static void
count_buckets (const float *x, gsize n, guint32 *counts, guint32 *others)
{
  gsize i = 0;

  for (; i + 2 <= n; i += 2)
    {
      counts[key_of (x[i]) >> UPPER_SHIFT]++;
      others[key_of (x[i + 1]) >> UPPER_SHIFT]++;
    }
  if (i < n)
    counts[key_of (x[i]) >> UPPER_SHIFT]++;
}

/* Turns counts into places: of the first with a digit, from that of those before. */
static void
accumulate (guint32 *counts, guint n)
{
  guint32 before = 0;

  for (guint digit = 0; digit < n; digit++)
    {
      guint32 count = counts[digit];

      counts[digit] = before;
      before += count;
    }
}

static void
insert_keys (guint32 *keys, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      guint32 key = keys[i];
      gsize place = i;

      for (; place > 0 && keys[place - 1] > key; place--)
        keys[place] = keys[place - 1];
      keys[place] = key;
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

/* Sorts the keys of one bucket, by the lowest digit into @room and by the next back, as bits. */
static void
sort_bucket (guint32 *keys, gsize n, guint32 *room)
{
  guint32 lowest[N_LOWER] = { 0 }, middle[N_LOWER] = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      lowest[keys[i] & LOWER_MASK]++;
      middle[keys[i] >> LOWER_BITS & LOWER_MASK]++;
    }
  accumulate (lowest, N_LOWER);
  accumulate (middle, N_LOWER);
  for (gsize i = 0; i < n; i++)
    room[lowest[keys[i] & LOWER_MASK]++] = keys[i];
  for (gsize i = 0; i < n; i++)
    keys[middle[room[i] >> LOWER_BITS & LOWER_MASK]++] = bits_of (room[i]);
}

/* Sorts @x into @keys, which then are the bits of floats. */
static gboolean
sort_values (const float *x, gsize n, guint32 *keys)
{
  g_autofree guint32 *starts = g_try_new0 (guint32, 2 * N_BUCKETS);
  guint32 *ends = starts + N_BUCKETS;
  g_autofree guint32 *room = NULL;
  guint32 largest = 0;

  if (starts == NULL)
    return FALSE;
  count_buckets (x, n, starts, ends);
  for (guint b = 0; b < N_BUCKETS; b++)
    {
      starts[b] += ends[b];
      largest = MAX (largest, starts[b]);
    }
  room = g_try_new (guint32, largest);
  if (room == NULL)
    return FALSE;
  accumulate (starts, N_BUCKETS);
  memcpy (ends, starts, N_BUCKETS * sizeof *ends);
  for (gsize i = 0; i < n; i++)
    {
      guint32 key = key_of (x[i]);

      keys[ends[key >> UPPER_SHIFT]++] = key;
    }

  for (guint b = 0; b < N_BUCKETS; b++)
    {
      guint32 *bucket = keys + starts[b];
      gsize size = ends[b] - starts[b];

      if (size > MAX_INSERTED && !all_equal (bucket, size))
        {
          sort_bucket (bucket, size, room);
          continue;
        }
      if (size <= MAX_INSERTED)
        insert_keys (bucket, size);
      restore_bits (bucket, size);
    }
  return TRUE;
}

/* The keys order NaN and infinities to both ends. */
static void
leave_out_non_finite (IscSortedSample *sample, gsize n)
{
  gsize first = 0, end = n;

  for (; first < end && !isfinite (sample->room[first].value); first++)
    sample->n_inf += isinf (sample->room[first].value) != 0;
  for (; end > first && !isfinite (sample->room[end - 1].value); end--)
    sample->n_inf += isinf (sample->room[end - 1].value) != 0;
  sample->values = &sample->room->value + first;
  sample->n = end - first;
  sample->n_nan = n - sample->n - sample->n_inf;
}

IscSortedSample *
isc_sorted_sample_new (const float *x, gsize n, GError **error)
{
  g_autoptr (IscSortedSample) sample = NULL;

  g_return_val_if_fail (n == 0 || x != NULL, NULL);
  g_return_val_if_fail (n <= G_MAXUINT32, NULL);

  sample = g_new0 (IscSortedSample, 1);
  isc_ref_count_init (&sample->ref_count);
  if (n == 0)
    return g_steal_pointer (&sample);

  sample->room = g_try_new (Value, n);
  if (sample->room == NULL || !sort_values (x, n, &sample->room->key))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "not enough memory to sort %" G_GSIZE_FORMAT " values", n);
      return NULL;
    }
  leave_out_non_finite (sample, n);
  return g_steal_pointer (&sample);
}

IscSortedSample *
isc_sorted_sample_new_draws (const float *x, gsize n, gsize copies, GError **error)
{
  IscSortedSample *sample = isc_sorted_sample_new (x, n, error);

  if (!sample || copies < 2)
    return sample;
  /* In order, copies stand together. */
  sample->n /= copies;
  for (gsize i = 0; i < sample->n; i++)
    sample->room[i].value = sample->values[i * copies];
  sample->values = &sample->room->value;
  return sample;
}

IscSortedSample *
isc_sorted_sample_ref (IscSortedSample *sample)
{
  isc_ref_count_inc (&sample->ref_count);
  return sample;
}

void
isc_sorted_sample_unref (IscSortedSample *sample)
{
  if (!isc_ref_count_dec (&sample->ref_count))
    return;
  g_free (sample->room);
  g_free (sample);
}

const float *
isc_sorted_sample_get_values (const IscSortedSample *sample)
{
  return sample->values;
}

gsize
isc_sorted_sample_get_n (const IscSortedSample *sample)
{
  return sample->n;
}

gsize
isc_sorted_sample_get_n_nan (const IscSortedSample *sample)
{
  return sample->n_nan;
}

gsize
isc_sorted_sample_get_n_inf (const IscSortedSample *sample)
{
  return sample->n_inf;
}

/* How many values are less than @x, or, with @equal, at most @x. */
static gsize
count (const IscSortedSample *sample, double x, gboolean equal)
{
  gsize low = 0, high = sample->n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      double value = (double)sample->values[middle];

      if (value < x || (equal && value == x))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gsize
isc_sorted_sample_count_below (const IscSortedSample *sample, double x)
{
  return count (sample, x, FALSE);
}

gsize
isc_sorted_sample_count_to (const IscSortedSample *sample, double x)
{
  return count (sample, x, TRUE);
}

double
isc_sorted_sample_get_cumulative (const IscSortedSample *sample, double x)
{
  if (sample->n == 0 || isnan (x))
    return NAN;
  return (double)count (sample, x, TRUE) / (double)sample->n;
}

double
isc_sorted_sample_get_quantile (const IscSortedSample *sample, double p)
{
  double place, a, b, t;
  gsize rank;

  if (sample->n == 0 || isnan (p))
    return NAN;
  place = (double)(sample->n - 1) * CLAMP (p, 0, 1);
  rank = (gsize)place;
  a = (double)sample->values[rank];
  b = (double)sample->values[MIN (rank + 1, sample->n - 1)];
  t = place - (double)rank;
  /* numpy's interpolation, which meets both ends exactly and keeps its order between them. */
  return t >= 0.5 ? b - (b - a) * (1 - t) : a + (b - a) * t;
}
