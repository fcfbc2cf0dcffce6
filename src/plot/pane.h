/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/layout-data.h"

/**
 * IscPane:
 * @layout: what is being made
 * @typesetter: for measuring
 * @index: index of the panel
 * @frame: its axes
 * @bars_as_steps: several histograms lie over each other
 * @flags: (element-type IscFlag): what lies beyond an edge
 *
 * A panel while its marks are placed: the one place where a value becomes a pixel.
 */
typedef struct _IscPane
{
  IscLayout *layout;
  IscTypesetter *typesetter;
  int index;
  IscFrame frame;
  gboolean bars_as_steps;
  GArray *flags;
} IscPane;

typedef enum
{
  ISC_EDGE_TOP,
  ISC_EDGE_BOTTOM,
  ISC_EDGE_LEFT,
  ISC_EDGE_RIGHT,
} IscEdge;

/** isc_pane_rug: Returns: extent of the strip beside @side that is kept for zeros of a log axis; 0
 *  where there are none */
double isc_pane_rug (const IscPane *pane, IscAxisSide side);

/** isc_pane_x: Returns: where @value is; NaN if it has no place, far outside if it is far outside */
double isc_pane_x (const IscPane *pane, double value);
double isc_pane_y (const IscPane *pane, double value);

/** isc_pane_point: Returns: where (@x, @y) is, however far outside; for what is cut to
 *  isc_pane_reach() */
IscPoint isc_pane_point (const IscPane *pane, double x, double y);

/** isc_pane_reach: Returns: the area beyond which nothing is placed */
IscRectangle isc_pane_reach (const IscPane *pane);

/** isc_pane_find_seen: @x: (array length=n): not decreasing; @first: (out): of those within the
 *  horizontal axis, with the neighbour that a line comes from; @end: (out): behind the last, likewise */
void isc_pane_find_seen (const IscPane *pane, const double *x, gsize n, gsize *first, gsize *end);

/** isc_pane_dots: Returns: dots a px that curves are worked out for */
double isc_pane_dots (const IscPane *pane);

/** isc_pane_snap: Returns: where a horizontal or vertical line at @at is sharp on the dots it is drawn
 *  with; @width: (inout): of the line, made a whole number of them */
double isc_pane_snap (const IscPane *pane, double at, double *width);

/** isc_pane_base: Returns: the height that bars and stems stand on */
double isc_pane_base (const IscPane *pane);

/** isc_pane_add: Returns: (transfer none): a new item of @mark, in its style, cut at the plot area */
IscLayoutItem *
isc_pane_add (IscPane *pane, IscLayoutItemKind kind, const char *part, const IscMark *mark);

/** isc_pane_add_datum: makes (@x, @y) findable at (@px, @py) */
void isc_pane_add_datum (
    IscLayoutItem *item, double x, double y, double px, double py, double half_width);

/** isc_pane_flag: notes that @mark has @value beyond @edge, at @along on it.  A NaN is noted at the
 *  bottom. */
void isc_pane_flag (IscPane *pane, const IscMark *mark, IscEdge edge, double along, double value);

/** isc_pane_place_flags: places an arrow, and where there is room the number, for everything noted */
void isc_pane_place_flags (IscPane *pane);
