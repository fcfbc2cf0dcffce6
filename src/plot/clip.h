/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/layout-data.h"

/* Cutting at a rectangle, so that what is left lies as it did before.  Seen from very near, the ends of
 * a line may be farther away than cairo can count; moving them would turn the line. */

/** isc_clip_polyline: cuts the line through @points (element-type IscPoint; in-out), in which a NaN is a
 *  gap, at @box; points inside stay as they are */
void isc_clip_polyline (GArray *points, const IscRectangle *box);

/** isc_clip_polygon: likewise the closed area within @points */
void isc_clip_polygon  (GArray *points, const IscRectangle *box);
