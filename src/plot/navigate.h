/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/layout.h"
#include "plot/viewport.h"

/* Pan, zoom and fit: from what a hand does on a layout to the look it asks for.  All positions are
 * device units of the layout.  What an axis can't do (an axis of names, less than two of whole
 * numbers, a span below what a double can tell apart, a log axis to zero) leaves it where it is. */

/** Along which axes something happens. */
typedef enum
{
  ISC_ALONG_X = 1 << 0,
  ISC_ALONG_Y = 1 << 1,
  ISC_ALONG_BOTH = ISC_ALONG_X | ISC_ALONG_Y,
} IscAlong;

/** isc_navigate_pan: Returns: (transfer full) (nullable): the look after what was under the pointer
 *  has moved by (@dx, @dy) */
IscViewport *isc_navigate_pan  (const IscLayout *layout, guint panel, IscAlong along,
                                double dx, double dy);

/** isc_navigate_zoom: @factor: above 1 shows less; Returns: (transfer full) (nullable): the look in
 *  which what is at (@px, @py) stays there */
IscViewport *isc_navigate_zoom (const IscLayout *layout, guint panel, IscAlong along,
                                double px, double py, double factor);

/** isc_navigate_box: Returns: (transfer full) (nullable): the look that shows the rectangle between
 *  two corners; a flat or narrow one counts for one axis alone, and a click for none */
IscViewport *isc_navigate_box  (const IscLayout *layout, guint panel,
                                double px0, double py0, double px1, double py1);

/** isc_navigate_fit: Returns: (transfer full) (nullable): the look that shows all data again; scales
 *  and hidden series stay */
IscViewport *isc_navigate_fit  (const IscLayout *layout, guint panel, IscAlong along);

/** isc_navigate_limits: @viewport: (nullable): the look so far; @low: NaN to fit the data again; Returns:
 *  (transfer full) (nullable): the look with these limits on an axis, and on those of the other panels
 *  that share it */
IscViewport *isc_navigate_limits (const IscLayout *layout, const IscViewport *viewport, guint panel,
                                  IscAxisSide side, double low, double high);

/** isc_navigate_scale: Returns: (transfer full): the look with an axis, and those that share it, on
 *  another scale */
IscViewport *isc_navigate_scale (const IscLayout *layout, guint panel, IscAxisSide side,
                                 IscScaleKind kind);
