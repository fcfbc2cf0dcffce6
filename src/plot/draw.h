/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "plot/layout.h"

/**
 * isc_draw:
 * @layout: what stands where
 * @cr: any cairo context, its origin at the figure's top left corner
 * @transparent: leave the ground unpainted
 *
 * Paints; computes no geometry.
 */
void isc_draw (const IscLayout *layout, cairo_t *cr, gboolean transparent);
