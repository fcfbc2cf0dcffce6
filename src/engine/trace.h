/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"

/**
 * IscTrace:
 *
 * What a run records at each step, in columns: the loss, the learning rate, the total gradient norm
 * before and after clipping, how many gradients are not finite, the gradient norm of each parameter
 * and the size of its update against its weights.  One thread appends; any number of threads read
 * the steps that were complete when they asked, without a lock: rows never move. Reference-counted.
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

/** isc_trace_get: Returns: @column at @step, a step below some earlier isc_trace_get_n_steps() */
IscReal isc_trace_get (const IscTrace *trace, gsize step, guint column);

/** isc_trace_copy_column: @out: (array length=n): @n steps of @column from step @first */
void isc_trace_copy_column (const IscTrace *trace, guint column, gsize first, gsize n, double *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscTrace, isc_trace_unref)
