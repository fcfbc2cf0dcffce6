/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/plot-view.h"

G_BEGIN_DECLS

#define ISC_TYPE_PLOT_TABLE (isc_plot_table_get_type ())
G_DECLARE_FINAL_TYPE (IscPlotTable, isc_plot_table, ISC, PLOT_TABLE, AdwWindow)

/**
 * IscPlotTable:
 *
 * The data behind a figure, as it was when the table was opened, a row a datum: for those who read
 * rather than look.  Rows are worked out as they come into sight.  Ctrl+C copies the selected ones,
 * or all, with tabs between the cells and all digits.
 */

/** isc_plot_table_new: @view: whose figure; it has one.  Returns: (transfer none): a window before
 * that of @view, to be presented */
IscPlotTable *isc_plot_table_new (IscPlotView *view);

/** isc_plot_table_get_n_rows: Returns: how many data there are */
guint isc_plot_table_get_n_rows (IscPlotTable *self);

/** isc_plot_table_select: selects @n rows from @first on, and no others */
void isc_plot_table_select (IscPlotTable *self, guint first, guint n);

/** isc_plot_table_dup_text: Returns: (transfer full): what Ctrl+C copies */
char *isc_plot_table_dup_text (IscPlotTable *self);

G_END_DECLS
