/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plot/figure.h"

G_BEGIN_DECLS

#define ISC_TYPE_PLOT_VIEW (isc_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (IscPlotView, isc_plot_view, ISC, PLOT_VIEW, GtkWidget)

/**
 * IscPlotView:
 *
 * Shows a figure, light or dark and with letters as large as the window's, and reads out the datum
 * under the pointer.
 */

/** isc_plot_view_set_figure: @figure: (nullable): what to show; it is referenced */
void isc_plot_view_set_figure (IscPlotView *self, IscFigure *figure);

/** isc_plot_view_get_figure: Returns: (transfer none) (nullable): what is shown */
IscFigure *isc_plot_view_get_figure (IscPlotView *self);

/**
 * isc_plot_view_read_out:
 * @x: where in the widget
 * @y: likewise
 *
 * Puts the pointer there; the widget has a size and a figure.
 *
 * Returns: (transfer full) (nullable): what is read out then
 */
char *isc_plot_view_read_out (IscPlotView *self, double x, double y);

G_END_DECLS
