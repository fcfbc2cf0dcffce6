/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/trace.h"

#include <stdatomic.h>
#include <string.h>

#include "base/ref-count.h"

/* Chunk k holds FIRST_CHUNK << k rows, so that a fixed table of chunks reaches any length and no
 * row ever moves. */
#define FIRST_CHUNK ((gsize)256)
#define MAX_CHUNKS 48

struct _IscTrace
{
  IscRefCount ref_count;
  char **names;
  guint n_parameters;
  guint n_columns;
  /* Written by the run's thread only; a chunk is set before the rows in it are counted. */
  IscReal *chunks[MAX_CHUNKS];
  atomic_size_t n_steps;
};

/* Chunk k begins at row FIRST_CHUNK (2^k - 1). */
static guint
chunk_of (gsize step)
{
  return (guint)(g_bit_storage (step / FIRST_CHUNK + 1) - 1);
}

static IscReal *
row_at (const IscTrace *trace, gsize step)
{
  guint chunk = chunk_of (step);
  gsize first = FIRST_CHUNK * (((gsize)1 << chunk) - 1);

  return trace->chunks[chunk] + (step - first) * trace->n_columns;
}

IscTrace *
isc_trace_new (const char *const *names, guint n_parameters)
{
  IscTrace *trace = g_new0 (IscTrace, 1);

  isc_ref_count_init (&trace->ref_count);
  trace->n_parameters = n_parameters;
  trace->n_columns = ISC_TRACE_PARAMETERS + 2 * n_parameters;
  trace->names = g_new0 (char *, n_parameters + 1);
  for (guint i = 0; i < n_parameters; i++)
    trace->names[i] = g_strdup (names[i]);
  atomic_init (&trace->n_steps, 0);
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
  gsize step = atomic_load_explicit (&trace->n_steps, memory_order_relaxed);
  guint chunk = chunk_of (step);

  if (chunk >= MAX_CHUNKS)
    return FALSE;
  if (!trace->chunks[chunk])
    trace->chunks[chunk] = g_try_new (IscReal, (FIRST_CHUNK << chunk) * trace->n_columns);
  if (!trace->chunks[chunk])
    return FALSE;
  memcpy (row_at (trace, step), row, trace->n_columns * sizeof *row);
  atomic_store_explicit (&trace->n_steps, step + 1, memory_order_release);
  return TRUE;
}

gsize
isc_trace_get_n_steps (const IscTrace *trace)
{
  return atomic_load_explicit (&((IscTrace *)trace)->n_steps, memory_order_acquire);
}

IscReal
isc_trace_get (const IscTrace *trace, gsize step, guint column)
{
  g_return_val_if_fail (step < isc_trace_get_n_steps (trace) && column < trace->n_columns, 0.0f);
  return row_at (trace, step)[column];
}

void
isc_trace_copy_column (const IscTrace *trace, guint column, gsize first, gsize n, double *out)
{
  gsize n_steps = isc_trace_get_n_steps (trace);

  g_return_if_fail (first <= n_steps && n <= n_steps - first && column < trace->n_columns);

  for (gsize i = 0; i < n; i++)
    out[i] = (double)row_at (trace, first + i)[column];
}
