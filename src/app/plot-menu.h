/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-view.h"

/** isc_plot_menu_new: @series: (nullable): the one that is meant; Returns: (transfer full): what
 * can be done with the figure in @view now */
GMenuModel *isc_plot_menu_new (IscPlotView *view, const char *series);

/** isc_plot_menu_open: shows that menu at (@x, @y) of the widget */
void isc_plot_menu_open (IscPlotView *view, double x, double y, const char *series);

/** isc_plot_menu_is_open: Returns: whether it is open at a place of @view */
gboolean isc_plot_menu_is_open (IscPlotView *view);

/** isc_plot_menu_attach: lets @button, which need not be in the figure, open it */
void isc_plot_menu_attach (IscPlotView *view, GtkMenuButton *button);

/** isc_plot_menu_add_export: the menu offers to export and to copy the figure, by the window's
 * verbs;
 *  @lower: it is the lower one of Training */
void isc_plot_menu_add_export (IscPlotView *view, gboolean lower);
