/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"
#include "plot/theme.h"
#include "plot/viewport.h"

/**
 * IscLayout:
 *
 * WHERE: a figure at a size under a theme, as rectangles, points and placed text in device units.
 * Drawing, hit-testing, golden dumps and accessible text read the same layout; nobody converts a
 * value to a pixel a second time.  Immutable.
 */
typedef struct _IscLayout IscLayout;

/**
 * isc_layout_new:
 * @figure: what to show
 * @theme: its look
 * @width: in pixels or points, at least 1
 * @height: likewise
 *
 * Cost O(marks); long lines are decimated to the minimum and maximum of each pixel column.
 *
 * Returns: (transfer full): the layout
 */
IscLayout *isc_layout_new   (IscFigure *figure, const IscTheme *theme, double width, double height);

/** isc_layout_new_in: @viewport: (nullable): how a person looks at @figure; Returns: (transfer full):
 *  the layout, as isc_layout_new() makes it */
IscLayout *isc_layout_new_in (IscFigure *figure, const IscViewport *viewport, const IscTheme *theme,
                              double width, double height);

IscLayout *isc_layout_ref   (IscLayout *layout);
void       isc_layout_unref (IscLayout *layout);

/** isc_layout_get_viewport: Returns: (transfer none) (nullable): the look it was made in */
IscViewport *isc_layout_get_viewport (const IscLayout *layout);

/** isc_layout_get_area: @x: (out): left edge of the plot area of @panel; @y: (out): top edge; @width:
 *  (out); @height: (out) */
void isc_layout_get_area (const IscLayout *layout, guint panel, double *x, double *y,
                          double *width, double *height);

/** isc_layout_find_panel: Returns: the panel whose plot area holds (@px, @py); -1 if none does */
int isc_layout_find_panel (const IscLayout *layout, double px, double py);

/** isc_layout_find_axis: @side: (out): which; Returns: the panel on whose axis, ticks or axis title
 *  (@px, @py) is; -1 if on none */
int isc_layout_find_axis (const IscLayout *layout, double px, double py, IscAxisSide *side);

/** isc_layout_find_series: Returns: (transfer none) (nullable): the name in the legend, or at a
 *  curve's end, that is at (@px, @py) */
const char *isc_layout_find_series (const IscLayout *layout, double px, double py);

/** isc_layout_get_limits: @low: (out): of an axis; @high: (out); Returns: its scale */
IscScaleKind isc_layout_get_limits (const IscLayout *layout, guint panel, IscAxisSide side,
                                    double *low, double *high);

/** isc_layout_to_value: @at: x or y in device units; Returns: the value there */
double isc_layout_to_value (const IscLayout *layout, guint panel, IscAxisSide side, double at);

/** isc_layout_to_device: Returns: where @value is drawn; NaN if it has no place */
double isc_layout_to_device (const IscLayout *layout, guint panel, IscAxisSide side, double value);

/** isc_layout_dump: Returns: (transfer full): the layout as text, one element a line, for golden tests */
char *isc_layout_dump (const IscLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscLayout, isc_layout_unref)
