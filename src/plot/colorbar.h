/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure-data.h"
#include "plot/pane.h"

/* The colours of a panel's images and the bar beside them that says what they mean. */

/** isc_colors_fit: finds the map and the range of the images of @panel; none if there is no image */
void   isc_colors_fit      (const IscPanel *panel, IscColors *colors);

/** isc_colorbar_width: Returns: the room that the bar and its labels need at the right of a plot area
 *  @height high; 0 without images */
double isc_colorbar_width  (const IscPane *pane, double height);

/** isc_colorbar_place: adds the bar, its ticks and, above it on @baseline, @title (nullable), which
 *  begins at @left or behind it and ends where the labels end */
void   isc_colorbar_place  (IscPane *pane, const char *title, double left, double baseline);
