/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plot/cursor.h"
#include "plot/layout.h"

G_BEGIN_DECLS

#define ISC_TYPE_PLOT_VIEW (isc_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (IscPlotView, isc_plot_view, ISC, PLOT_VIEW, GtkWidget)

/**
 * IscPlotView:
 *
 * Shows a figure, light or dark and with letters as large as the window's, and lets a person look
 * around in it:
 *
 * - dragging pans, along one axis with Shift (x) or Ctrl (y) or on that axis
 * - the wheel zooms about the pointer, likewise; where the figure is in something that scrolls, the
 *   wheel alone scrolls that
 * - dragging with the middle or the right button, or after "Zoom to Rectangle", zooms into a box
 * - a double click shows all data again; a click on an axis asks for its limits
 * - a click on a name in the legend hides or shows its series, a double click shows it alone
 * - two fingers pan, and pinch
 * - arrow keys walk the data
 *
 * All of it is in the actions "plot.*" too (plot-verbs.c), which keys, menus and tests use.
 *
 * Signal "layout-changed": another layout is on the screen from now on.  Signal "viewport-changed":
 * a person looks at another part of the figure, or in another way.
 */

/** isc_plot_view_set_figure: @figure: (nullable): what to show; it is referenced.  The look stays.
 */
void isc_plot_view_set_figure (IscPlotView *self, IscFigure *figure);

/** isc_plot_view_get_figure: Returns: (transfer none) (nullable): what is shown */
IscFigure *isc_plot_view_get_figure (IscPlotView *self);

/** isc_plot_view_set_subject: @subject: what the figures from now on are of, in the page's own
 * words. If it is not what it was, look, markers and history are those of a new figure.  Returns:
 * whether it was another */
gboolean isc_plot_view_set_subject (IscPlotView *self, const char *subject);

/** isc_plot_view_get_layout: Returns: (transfer none) (nullable): what is on the screen, or will be
 * in its next frame; %NULL without a figure or a size */
IscLayout *isc_plot_view_get_layout (IscPlotView *self);

/** isc_plot_view_get_zoom: Returns: how many px of the widget a unit of the layout is; both begin
 * at the widget's top left corner */
double isc_plot_view_get_zoom (IscPlotView *self);

/** isc_plot_view_set_enlarged: @factor: how much larger letters and strokes are than the window's,
 * for the back row; 1 is the default */
void isc_plot_view_set_enlarged (IscPlotView *self, double factor);

/** isc_plot_view_get_viewport: Returns: (transfer none) (nullable): how a person looks at the
 * figure */
IscViewport *isc_plot_view_get_viewport (IscPlotView *self);

/** isc_plot_view_set_viewport: @viewport: (nullable): a look that nobody chose here: it is not gone
 * back to */
void isc_plot_view_set_viewport (IscPlotView *self, IscViewport *viewport);

/** isc_plot_view_look: @viewport: (nullable): the look that a person chose; @goes_on: in the course
 * of the movement that the last one was part of, so that one step goes back before both */
void isc_plot_view_look (IscPlotView *self, IscViewport *viewport, gboolean goes_on);

/** isc_plot_view_can_go: @by: -1 or 1; Returns: whether there is a look before or behind this one
 */
gboolean isc_plot_view_can_go (IscPlotView *self, int by);

/** isc_plot_view_go: @by: -1 for the look before, 1 for the one that was gone back from */
void isc_plot_view_go (IscPlotView *self, int by);

/** isc_plot_view_point: puts the pointer at (@x, @y) of the widget, whose datum is read out then;
 * NaN takes it away */
void isc_plot_view_point (IscPlotView *self, double x, double y);

/** isc_plot_view_walk: moves the keyboard's cursor, which is read out then; the first time it shows
 *  where it is.  Returns: whether the figure has data */
gboolean isc_plot_view_walk (IscPlotView *self, IscCursorMove move);

/** isc_plot_view_get_hit: @hit: (out): the datum that is read out; Returns: %FALSE if none is */
gboolean isc_plot_view_get_hit (IscPlotView *self, IscHit *hit);

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

/** isc_plot_view_mark: puts marker @which, 0 or 1, on the datum that is read out; Returns: %FALSE
 * if none is */
gboolean isc_plot_view_mark (IscPlotView *self, guint which);

/** isc_plot_view_clear_marks: takes both markers away; Returns: whether there were any */
gboolean isc_plot_view_clear_marks (IscPlotView *self);

/** isc_plot_view_dup_difference: Returns: (transfer full) (nullable): what is said of the two
 * markers */
char *isc_plot_view_dup_difference (IscPlotView *self);

/** isc_plot_view_set_box: shows a rectangle of @panel between two corners in units of the layout;
 * @panel -1 takes it away */
void isc_plot_view_set_box (
    IscPlotView *self, int panel, double px0, double py0, double px1, double py1);

/** isc_plot_view_set_extra_menu: @menu: (nullable): what the figure's menu has besides looking at
 * it */
void isc_plot_view_set_extra_menu (IscPlotView *self, GMenuModel *menu);

/** isc_plot_view_get_extra_menu: Returns: (transfer none) (nullable): likewise */
GMenuModel *isc_plot_view_get_extra_menu (IscPlotView *self);

/** isc_plot_view_get_actions: Returns: (transfer none): the actions "plot.*", for a bar beside it
 */
GActionGroup *isc_plot_view_get_actions (IscPlotView *self);

G_END_DECLS
