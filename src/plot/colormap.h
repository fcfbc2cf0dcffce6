/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"
#include "plot/theme.h"

/** How many steps a colour map has: odd, so that the middle of a diverging one is neutral. */
#define ISC_COLOR_MAP_STEPS 511

/**
 * isc_color_map_rgb:
 * @fraction: 0 at the low end of the colours, 1 at the high end; beyond them as at them
 * @rgb: (out) (array fixed-size=3): sRGB components in 0..1
 *
 * Diverging: lightness falls (on a dark ground rises) evenly with the distance from the middle, alike
 * on both sides, in hues that every colour vision tells apart.  Sequential: viridis.  Series: tints
 * of the series colours on the ground.
 * Source: [Ottosson20] for the space in which lightness is even, [SmithVanDerWalt15]; see BIBLIOGRAPHY.md.
 */
void isc_color_map_rgb     (IscColorMap map, const IscTheme *theme, double fraction, double rgb[3]);

/** isc_color_map_pixels: @pixels: (out) (array fixed-size=511): the steps as opaque cairo pixels */
void isc_color_map_pixels  (IscColorMap map, const IscTheme *theme, guint32 pixels[ISC_COLOR_MAP_STEPS]);

/** isc_color_pixel: Returns: @rgb as an opaque cairo pixel */
guint32 isc_color_pixel    (const double rgb[3]);
