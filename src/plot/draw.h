/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "plot/layout.h"

/**
 * IscDrawFlags:
 * @ISC_DRAW_TRANSPARENT: leave the ground unpainted
 * @ISC_DRAW_OUTLINES: fill the outlines of letters instead of setting text
 */
typedef enum
{
  ISC_DRAW_TRANSPARENT = 1 << 0,
  ISC_DRAW_OUTLINES = 1 << 1,
} IscDrawFlags;

/**
 * isc_draw:
 * @layout: what stands where
 * @cr: any cairo context, its origin at the figure's top left corner
 * @flags: 0 for a figure on its ground
 *
 * Paints; computes no geometry.
 */
void isc_draw (const IscLayout *layout, cairo_t *cr, IscDrawFlags flags);
