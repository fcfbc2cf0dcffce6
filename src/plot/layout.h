/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"
#include "plot/theme.h"

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
IscLayout *isc_layout_ref   (IscLayout *layout);
void       isc_layout_unref (IscLayout *layout);

/** isc_layout_dump: Returns: (transfer full): the layout as text, one element a line, for golden tests */
char *isc_layout_dump (const IscLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscLayout, isc_layout_unref)
