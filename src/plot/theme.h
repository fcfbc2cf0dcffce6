/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  ISC_THEME_LIGHT,
  ISC_THEME_DARK,
  ISC_THEME_PRINT,
} IscThemeId;

/**
 * IscTheme:
 *
 * Colours, strokes and type sizes as data: light, dark, print.
 */
typedef struct _IscTheme IscTheme;

/** isc_theme_get: Returns: (transfer none): the theme; it lives forever */
const IscTheme *isc_theme_get  (IscThemeId id);

/** isc_theme_find: @name: "light", "dark", "print"; Returns: %NULL for any other name */
const IscTheme *isc_theme_find (const char *name);

/** isc_theme_series_color: @color: a series index or ISC_INK; @rgb: (out) (array fixed-size=3):
 *  sRGB components in 0..1.  For swatches beside a figure. */
void isc_theme_series_color (const IscTheme *theme, int color, double rgb[3]);
