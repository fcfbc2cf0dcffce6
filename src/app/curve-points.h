/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/layout.h"

/**
 * IscCurvePoint:
 * @x: in data units
 * @y: in data units
 * @px: where it is drawn, in device units of the layout
 * @py: likewise
 *
 * A point of a curve.  A plain value.
 */
typedef struct
{
  double x;
  double y;
  double px;
  double py;
} IscCurvePoint;

/**
 * isc_curve_points_new:
 * @label: (nullable): a name in the legend; %NULL for whichever comes first
 *
 * Returns: (transfer full) (element-type IscCurvePoint): the points of that series in the first
 *   panel, of a named one those of the mark that is drawn on top; at most a few thousand of them;
 *   empty if there is none
 */
GArray *isc_curve_points_new (const IscLayout *layout, const char *label);
