/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"

/**
 * IscTrace:
 *
 * What a run records at each step, in columns: the loss, the learning rate, the total gradient norm
 * before and after clipping, how many gradients are not finite, the gradient norm of each parameter
 * and the size of its update against its weights.  One thread appends; any number of threads read
 * the rows that were complete when they asked, without a lock: rows never move. Reference-counted.
 *
 * A row is a step until the trace is full; then isc_trace_thin() makes a shorter one, in which two
 * rows stand for a bucket of steps: the least and the greatest of each column.  Its first row is
 * always the first step and its last row the last one, as they were.
 */
typedef struct _IscTrace IscTrace;

enum
{
  ISC_TRACE_LOSS,
  ISC_TRACE_LEARNING_RATE,
  ISC_TRACE_GRADIENT_NORM,
  ISC_TRACE_CLIPPED_NORM,
  ISC_TRACE_NON_FINITE,
  ISC_TRACE_PARAMETERS, /* the first parameter's gradient norm; one column a parameter from here */
};

/** isc_trace_update_column: Returns: the column of std(update) / std(weights) of @parameter, both
 * with ddof=1; NaN where the weights are constant, or the run diverged at that step */
guint isc_trace_update_column (const IscTrace *trace, guint parameter);

/** isc_trace_new: @names: (array length=n_parameters): the parameters' names; Returns: an empty
 * trace */
IscTrace *isc_trace_new (const char *const *names, guint n_parameters);
IscTrace *isc_trace_ref (IscTrace *trace);
void isc_trace_unref (IscTrace *trace);

guint isc_trace_get_n_columns (const IscTrace *trace);
guint isc_trace_get_n_parameters (const IscTrace *trace);
const char *isc_trace_get_name (const IscTrace *trace, guint parameter);

/** isc_trace_append: @row: (array length=n_columns): one step; only by the run's own thread.
 *  Returns: %FALSE if there is no memory */
gboolean isc_trace_append (IscTrace *trace, const IscReal *row);

/** isc_trace_get_n_steps: Returns: how many steps are complete now */
gsize isc_trace_get_n_steps (const IscTrace *trace);

/** isc_trace_get_n_rows: Returns: how many rows are complete now; as many as steps unless thinned
 */
gsize isc_trace_get_n_rows (const IscTrace *trace);

/** isc_trace_get_step: Returns: the step of @row, a row below some earlier isc_trace_get_n_rows();
 * for both rows of a bucket its first step */
gsize isc_trace_get_step (const IscTrace *trace, gsize row);

/** isc_trace_get_span: Returns: steps in a bucket, a power of two; 1 if nothing is thinned */
gsize isc_trace_get_span (const IscTrace *trace);

/** isc_trace_get: Returns: @column at @row, a row below some earlier isc_trace_get_n_rows() */
IscReal isc_trace_get (const IscTrace *trace, gsize row, guint column);

/** isc_trace_copy_column: @out: (array length=n): @n rows of @column from row @first */
void isc_trace_copy_column (const IscTrace *trace, guint column, gsize first, gsize n, double *out);

/** isc_trace_get_capacity: Returns: rows that fit into the memory that a trace may have */
gsize isc_trace_get_capacity (const IscTrace *trace);

/** isc_trace_set_capacity: @capacity: at least 8; inherited by what is made of @trace */
void isc_trace_set_capacity (IscTrace *trace, gsize capacity);

/**
 * isc_trace_thin:
 *
 * Buckets are as many steps long as it takes to fill at most half the capacity, counted from step
 * 1, so that what is thinned depends on the number of steps alone.  A not-a-number counts as
 * greater than anything: neither it nor a spike is lost.  Cost: one pass.
 *
 * Returns: (transfer full) (nullable): a shorter trace to go on with; %NULL if there is no memory
 */
IscTrace *isc_trace_thin (const IscTrace *trace);

/** isc_trace_copy: @n_rows: no fewer than were there when it was made; Returns: (transfer full)
 * (nullable): a trace with the first @n_rows of @trace; %NULL if there is no memory */
IscTrace *isc_trace_copy (const IscTrace *trace, gsize n_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscTrace, isc_trace_unref)
