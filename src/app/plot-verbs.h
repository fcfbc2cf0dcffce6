/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-view.h"

/* What can be done with a figure on the screen, as actions:
 *
 * - plot.zoom-in, plot.zoom-out; plot.zoom (axis, factor): 'x', 'y' or '' for both
 * - plot.pan (x, y): by fractions of the plot area, to the right and up
 * - plot.fit; plot.previous-view, plot.next-view
 * - plot.box: whether the next drag zooms into a rectangle
 * - plot.limits (axis): asks; plot.set-limits (axis, from, to): texts as a person types them, an
 * empty one for where the data end; plot.scale-x, plot.scale-y: the scale's name
 * - plot.toggle-series, plot.hide-series, plot.show-series, plot.only-series (label); plot.show-all
 * - plot.marker-a, plot.marker-b, plot.clear-markers
 * - plot.table, plot.menu
 *
 * They concern the panel of the datum that is read out, or the first. */

/** isc_plot_verbs_new: Returns: (transfer full): the actions on @view, which owns them */
GActionGroup *isc_plot_verbs_new (IscPlotView *view);

/** isc_plot_verbs_update: enables what can be done now */
void isc_plot_verbs_update (IscPlotView *view);

/** isc_plot_verbs_bind_keys: the keys that have them */
void isc_plot_verbs_bind_keys (GtkWidgetClass *widget_class);

/** isc_plot_verbs_get_panel: Returns: the panel that they concern */
guint isc_plot_verbs_get_panel (IscPlotView *view);
