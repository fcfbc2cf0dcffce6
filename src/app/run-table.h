/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/result.h"

G_BEGIN_DECLS

#define ISC_TYPE_RUN_TABLE (isc_run_table_get_type ())
G_DECLARE_FINAL_TYPE (IscRunTable, isc_run_table, ISC, RUN_TABLE, GtkWidget)

/**
 * IscRunTable:
 *
 * A row a run: its colour, label, loss, accuracy, gradient norms of the first and last layer,
 * state, and what its record says of its health.
 */

/** isc_run_table_set_result: @result: (nullable): how far the runs of @experiment are; %NULL if
 * none has begun; @moving: whether they are being trained now */
void isc_run_table_set_result (IscRunTable *self,
                               IscExperiment *experiment,
                               IscResult *result,
                               gboolean moving);

G_END_DECLS
