/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/draw.h"

/**
 * isc_svg_write:
 * @layout: what stands where
 * @flags: as isc_draw() has them
 *
 * Writes a layout as an SVG document, with the figure's title, summary and experiment.  cairo can
 * too, but sets no text: it draws every letter, which nobody can then select, search or edit.  Text is
 * stretched to the widths it was laid out with, so a reader without the fonts has the same figure in
 * others.  The same layout gives the same bytes.
 *
 * Returns: (transfer full) (nullable): the file; %NULL with ISC_ERROR_RESOURCE
 */
GBytes *isc_svg_write (const IscLayout *layout, IscDrawFlags flags, GError **error);
