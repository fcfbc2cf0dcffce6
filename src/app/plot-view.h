/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plot/layout.h"

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

/** isc_plot_view_get_layout: Returns: (transfer none) (nullable): what is on the screen, or will be
 * in its next frame; %NULL without a figure or a size.  Signal "layout-changed" says that it is
 * another from now on. */
IscLayout *isc_plot_view_get_layout (IscPlotView *self);

/** isc_plot_view_get_zoom: Returns: how many px of the widget a unit of the layout is; both begin
 * at the widget's top left corner */
double isc_plot_view_get_zoom (IscPlotView *self);

/** isc_plot_view_set_enlarged: @factor: how much larger letters and strokes are than the window's,
 * for the back row; 1 is the default */
void isc_plot_view_set_enlarged (IscPlotView *self, double factor);

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
