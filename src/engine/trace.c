/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/trace.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/ref-count.h"

/* Chunk k holds FIRST_CHUNK << k rows, so that a fixed table of chunks reaches any length and no
 * row ever moves. */
#define FIRST_CHUNK ((gsize)256)
#define MAX_CHUNKS 48

/* The memory that rows may have.  Half a million steps of a network with one layer, a quarter
 * of a million with three. */
#define BUDGET ((gsize)32 << 20)

#define MIN_CAPACITY 8

struct _IscTrace
{
  IscRefCount ref_count;
  char **names;
  guint n_parameters;
  guint n_columns;
  gsize capacity;
  /* Row 0 is step 0; from row 1 two rows are a bucket of span steps; then a row is a step again,
   * from step first_raw.  Fixed once the trace is made. */
  gsize span;
  gsize n_buckets;
  gsize first_raw;
  /* Written by the run's thread only; a chunk is set before the rows in it are counted. */
  IscReal *chunks[MAX_CHUNKS];
  atomic_size_t n_rows;
};

/* Chunk k begins at row FIRST_CHUNK (2^k - 1). */
static guint
chunk_of (gsize row)
{
  return (guint)(g_bit_storage (row / FIRST_CHUNK + 1) - 1);
}

static gsize
chunk_begin (guint chunk)
{
  return FIRST_CHUNK * (((gsize)1 << chunk) - 1);
}

static IscReal *
row_at (const IscTrace *trace, gsize row)
{
  guint chunk = chunk_of (row);

  return trace->chunks[chunk] + (row - chunk_begin (chunk)) * trace->n_columns;
}

/* Whole chunks within the budget; the first two in any case. */
static gsize
default_capacity (guint n_columns)
{
  guint n_chunks = 2;

  while (chunk_begin (n_chunks + 1) * n_columns * sizeof (IscReal) <= BUDGET)
    n_chunks++;
  return chunk_begin (n_chunks);
}

IscTrace *
isc_trace_new (const char *const *names, guint n_parameters)
{
  IscTrace *trace = g_new0 (IscTrace, 1);

  isc_ref_count_init (&trace->ref_count);
  trace->n_parameters = n_parameters;
  trace->n_columns = ISC_TRACE_PARAMETERS + 2 * n_parameters;
  trace->capacity = default_capacity (trace->n_columns);
  trace->span = 1;
  trace->first_raw = 1;
  trace->names = g_new0 (char *, n_parameters + 1);
  for (guint i = 0; i < n_parameters; i++)
    trace->names[i] = g_strdup (names[i]);
  atomic_init (&trace->n_rows, 0);
  return trace;
}

IscTrace *
isc_trace_ref (IscTrace *trace)
{
  isc_ref_count_inc (&trace->ref_count);
  return trace;
}

void
isc_trace_unref (IscTrace *trace)
{
  if (!isc_ref_count_dec (&trace->ref_count))
    return;
  for (guint i = 0; i < MAX_CHUNKS; i++)
    g_free (trace->chunks[i]);
  g_strfreev (trace->names);
  g_free (trace);
}

guint
isc_trace_get_n_columns (const IscTrace *trace)
{
  return trace->n_columns;
}

guint
isc_trace_get_n_parameters (const IscTrace *trace)
{
  return trace->n_parameters;
}

guint
isc_trace_update_column (const IscTrace *trace, guint parameter)
{
  return ISC_TRACE_PARAMETERS + trace->n_parameters + parameter;
}

const char *
isc_trace_get_name (const IscTrace *trace, guint parameter)
{
  g_return_val_if_fail (parameter < trace->n_parameters, NULL);
  return trace->names[parameter];
}

gboolean
isc_trace_append (IscTrace *trace, const IscReal *row)
{
  gsize n_rows = atomic_load_explicit (&trace->n_rows, memory_order_relaxed);
  guint chunk = chunk_of (n_rows);

  if (chunk >= MAX_CHUNKS)
    return FALSE;
  if (!trace->chunks[chunk])
    trace->chunks[chunk] = g_try_new (IscReal, (FIRST_CHUNK << chunk) * trace->n_columns);
  if (!trace->chunks[chunk])
    return FALSE;
  memcpy (row_at (trace, n_rows), row, trace->n_columns * sizeof *row);
  atomic_store_explicit (&trace->n_rows, n_rows + 1, memory_order_release);
  return TRUE;
}

static gsize
step_of (const IscTrace *trace, gsize row)
{
  gsize n_thinned = 1 + 2 * trace->n_buckets;

  if (row == 0)
    return 0;
  return row < n_thinned ? 1 + (row - 1) / 2 * trace->span : trace->first_raw + row - n_thinned;
}

gsize
isc_trace_get_n_steps (const IscTrace *trace)
{
  gsize n_rows = isc_trace_get_n_rows (trace);

  /* The last row is never a bucket's. */
  return n_rows ? step_of (trace, n_rows - 1) + 1 : 0;
}

gsize
isc_trace_get_n_rows (const IscTrace *trace)
{
  return atomic_load_explicit (&((IscTrace *)trace)->n_rows, memory_order_acquire);
}

gsize
isc_trace_get_step (const IscTrace *trace, gsize row)
{
  g_return_val_if_fail (row < isc_trace_get_n_rows (trace), 0);
  return step_of (trace, row);
}

gsize
isc_trace_get_span (const IscTrace *trace)
{
  return trace->span;
}

IscReal
isc_trace_get (const IscTrace *trace, gsize row, guint column)
{
  g_return_val_if_fail (row < isc_trace_get_n_rows (trace) && column < trace->n_columns, 0.0f);
  return row_at (trace, row)[column];
}

void
isc_trace_copy_column (const IscTrace *trace, guint column, gsize first, gsize n, double *out)
{
  gsize n_rows = isc_trace_get_n_rows (trace);

  g_return_if_fail (first <= n_rows && n <= n_rows - first && column < trace->n_columns);

  for (gsize i = 0; i < n; i++)
    out[i] = (double)row_at (trace, first + i)[column];
}

gsize
isc_trace_get_capacity (const IscTrace *trace)
{
  return trace->capacity;
}

void
isc_trace_set_capacity (IscTrace *trace, gsize capacity)
{
  trace->capacity = MAX (capacity, MIN_CAPACITY);
}

static IscTrace *
new_like (const IscTrace *trace)
{
  IscTrace *like = isc_trace_new ((const char *const *)trace->names, trace->n_parameters);

  like->capacity = trace->capacity;
  return like;
}

static gboolean
append_rows (IscTrace *to, const IscTrace *from, gsize first, gsize n)
{
  for (gsize row = first; row < first + n; row++)
    if (!isc_trace_append (to, row_at (from, row)))
      return FALSE;
  return TRUE;
}

/* Takes a row into the least and the greatest of its bucket. */
static void
fold (IscReal *low, IscReal *high, const IscReal *row, guint n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    {
      if (!(low[i] <= row[i]) && !isnan (row[i]))
        low[i] = row[i];
      if (!(high[i] >= row[i]) && !isnan (high[i]))
        high[i] = row[i];
    }
}

/* The rows of steps 1 to the last but one, in buckets. */
static gboolean
append_buckets (IscTrace *to, const IscTrace *from, gsize n_rows)
{
  gsize size = from->n_columns * sizeof (IscReal);
  g_autofree IscReal *low = g_malloc (size);
  g_autofree IscReal *high = g_malloc (size);
  gsize row = 1;

  while (row < n_rows - 1)
    {
      gsize bucket = (step_of (from, row) - 1) / to->span;

      memcpy (low, row_at (from, row), size);
      memcpy (high, row_at (from, row), size);
      for (row++; row < n_rows - 1 && (step_of (from, row) - 1) / to->span == bucket; row++)
        fold (low, high, row_at (from, row), from->n_columns);
      if (!isc_trace_append (to, low) || !isc_trace_append (to, high))
        return FALSE;
      to->n_buckets++;
    }
  return TRUE;
}

IscTrace *
isc_trace_thin (const IscTrace *trace)
{
  g_autoptr (IscTrace) thin = new_like (trace);
  gsize n_rows = isc_trace_get_n_rows (trace);
  gsize n_inner;

  if (n_rows < 3)
    return isc_trace_copy (trace, n_rows);
  n_inner = isc_trace_get_n_steps (trace) - 2;
  thin->span = MAX (trace->span, 2);
  /* Powers of two: old buckets lie within new ones. */
  while (2 + 2 * ((n_inner + thin->span - 1) / thin->span) > trace->capacity / 2)
    thin->span *= 2;
  thin->first_raw = 1 + n_inner;
  if (!append_rows (thin, trace, 0, 1) || !append_buckets (thin, trace, n_rows)
      || !append_rows (thin, trace, n_rows - 1, 1))
    return NULL;
  return g_steal_pointer (&thin);
}

IscTrace *
isc_trace_copy (const IscTrace *trace, gsize n_rows)
{
  g_autoptr (IscTrace) copy = new_like (trace);

  g_return_val_if_fail (n_rows <= isc_trace_get_n_rows (trace), NULL);
  g_return_val_if_fail (trace->n_buckets == 0 || n_rows > 1 + 2 * trace->n_buckets, NULL);

  copy->span = trace->span;
  copy->n_buckets = trace->n_buckets;
  copy->first_raw = trace->first_raw;
  return append_rows (copy, trace, 0, n_rows) ? g_steal_pointer (&copy) : NULL;
}
