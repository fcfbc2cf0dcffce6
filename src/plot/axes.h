/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure-data.h"
#include "plot/pane.h"

/**
 * isc_axes_fit_ticks:
 * @scale: an axis
 * @categories: (nullable) (element-type IscCategory): names for its ticks
 * @side: which
 * @length: its length in px
 * @longest: names are shortened to this many px
 *
 * As many ticks as there is room for: labels neither touch nor overlap.
 *
 * Returns: (transfer full) (element-type IscTick): none if the scale shows nothing
 */
GArray *isc_axes_fit_ticks   (IscTypesetter *typesetter, const IscTheme *theme, const IscScale *scale,
                              const GArray *categories, IscAxisSide side, double length,
                              double longest);

/** isc_axes_dup_title: @label: (nullable): what the axis shows; Returns: (transfer full) (nullable): the
 *  title, which on a symlog axis says where it is linear */
char   *isc_axes_dup_title   (const char *label, const IscScale *scale);

/** isc_axes_rug_label: Returns: (transfer none): what stands at the strip for zeros */
const char *isc_axes_rug_label (const IscScale *scale);

/** isc_axes_widest_label: Returns: the width of the widest of @ticks; where a person moves about, with a
 *  minus if any may have one: the plot area must not move when zero is crossed */
double  isc_axes_widest_label (IscTypesetter *typesetter, const IscTheme *theme, const GArray *ticks,
                               const IscScale *scale);

/** isc_axes_left_width: Returns: the room that the labels of @ticks need at the left of a plot area */
double  isc_axes_left_width  (IscTypesetter *typesetter, const IscTheme *theme, const GArray *ticks,
                              const IscScale *scale);

/** isc_axes_below_height: Returns: the room that tick labels, and with @title the axis title, need
 *  under a plot area */
double  isc_axes_below_height (IscTypesetter *typesetter, const IscTheme *theme, gboolean title);

/** isc_axes_place_grid: adds what lies under the data: faint horizontal lines, the strip for zeros */
void    isc_axes_place_grid  (IscPane *pane, const GArray *y_ticks);

/** isc_axes_place_x: adds the axis line, and if @labels the ticks, their labels and @title */
void    isc_axes_place_x     (IscPane *pane, const GArray *ticks, gboolean labels, const char *title);

/** isc_axes_place_y: adds the tick labels at the left of the plot area */
void    isc_axes_place_y     (IscPane *pane, const GArray *ticks);

/** isc_axes_place_note: adds words to the plot area: in its middle if it is @alone, else in the corner
 *  with the least data */
void    isc_axes_place_note  (IscPane *pane, const char *note, gboolean alone);
