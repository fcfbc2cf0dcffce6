/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "plot/layout-data.h"

/* What colours, dashes, markers and pictures are made of, for whoever turns a layout's items into
 * ink: draw.c by cairo, svg-file.c as text. */

/** Half the width of the rim of ground around a text on data. */
#define ISC_PAINT_HALO 1.5

/** isc_paint_color: Returns: (array fixed-size=3): sRGB of a layout item's colour */
const double *isc_paint_color (const IscTheme *theme, int color);

/** isc_paint_dash: @lengths: (out): of a line of that width, on and off; Returns: how many */
int isc_paint_dash (IscDash dash, double width, double lengths[4]);

/** isc_paint_marker_width: Returns: width of the strokes of markers that are stroked */
double isc_paint_marker_width (const IscTheme *theme);

/** isc_paint_marker: adds the outline of a marker to the path of @cr; Returns: whether it is to be
 *  filled, and not stroked */
gboolean isc_paint_marker (cairo_t *cr, IscMarker marker, IscPoint at, double radius);

/** isc_paint_clip: Returns: what is cut at a plot area's edges is cut there */
IscRectangle isc_paint_clip (const IscRectangle *area);

/** isc_paint_picture: Returns: (transfer full): one pixel a dot of @raster */
cairo_surface_t *isc_paint_picture (const IscTheme *theme, const IscRaster *raster);
