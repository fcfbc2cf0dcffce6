/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-view.h"
#include "app/sketch-curve.h"

G_BEGIN_DECLS

#define ISC_TYPE_SKETCH (isc_sketch_get_type ())
G_DECLARE_FINAL_TYPE (IscSketch, isc_sketch, ISC, SKETCH, GtkWidget)

/**
 * IscSketch:
 *
 * Lies over a plot and hides it: on empty axes a person draws what they expect, with the pointer or
 * with the arrow keys.  Revealed, it lets the plot be seen with the sketch over it.
 */
GtkWidget *isc_sketch_new (void);

/** isc_sketch_ask: @plot: what to lie over; @x: (array fixed-size=2): what the empty axes span; @y:
 * (array fixed-size=2): likewise; @x_title: (nullable): an axis' title; @y_title: (nullable):
 * likewise */
void isc_sketch_ask (IscSketch *self,
                     IscPlotView *plot,
                     const double *x,
                     const double *y,
                     const char *x_title,
                     const char *y_title);

/** isc_sketch_set_enlarged: as isc_plot_view_set_enlarged(), for the empty axes */
void isc_sketch_set_enlarged (IscSketch *self, double factor);

/** isc_sketch_reveal: shows the plot and, if anything was drawn, the sketch on its axes */
void isc_sketch_reveal (IscSketch *self);

/** isc_sketch_clear: lies over nothing */
void isc_sketch_clear (IscSketch *self);

/** isc_sketch_get_plot: Returns: (transfer none) (nullable): what it lies over */
IscPlotView *isc_sketch_get_plot (IscSketch *self);

/** isc_sketch_is_asking: Returns: whether it hides the plot */
gboolean isc_sketch_is_asking (IscSketch *self);

/** isc_sketch_is_drawn: Returns: whether a person has drawn anything */
gboolean isc_sketch_is_drawn (IscSketch *self);

/** isc_sketch_get_curve: Returns: (transfer none): what was drawn */
const IscSketchCurve *isc_sketch_get_curve (IscSketch *self);

/** isc_sketch_draw: a stroke between two points in data units, as the pointer draws it */
void isc_sketch_draw (IscSketch *self, double x0, double y0, double x1, double y1);

G_END_DECLS
