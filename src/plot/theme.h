/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef enum
{
  ISC_THEME_LIGHT,
  ISC_THEME_DARK,
  ISC_THEME_PRINT,
  ISC_THEME_PRESENTATION,
  ISC_THEME_HIGH_CONTRAST,
  ISC_THEME_HIGH_CONTRAST_DARK,
  ISC_N_THEMES,
} IscThemeId;

/**
 * IscTheme:
 * @id: which theme it is, or began as
 * @name: "light", "dark", "print", "presentation", "high-contrast", "high-contrast-dark"
 * @label: the same for people, marked for translation
 * @summary: what it is for, a sentence, likewise
 * @family: font families, the first that is installed wins
 * @ground: paper
 * @ink: title, exact curves, rules
 * @soft_ink: subtitle, tick labels, caption; at least 4.5:1 against the ground
 * @series: the categorical colours in order, each at least 3:1 against the ground
 * @title_size: type size in px
 * @text_size: likewise: subtitle, labels, ticks
 * @caption_size: likewise
 * @line: width of a data line
 * @ink_line: width of an exact curve, of a rule
 * @hair: width of axis and grid
 * @grid_opacity: part of ink in the grid
 * @bar_opacity: part of the series colour in a bar
 * @band_opacity: likewise in a band
 * @map_neutral: lightness (OKLab, 0..1) of the middle of a diverging colour map
 * @map_end: likewise of its ends
 * @cues: curves carry their series' marker here and there: for paper without colours, and for whoever
 *   does not tell colours apart
 * @detail: dots a px of what it is drawn on: a picture of numbers is worked out for them, curves keep
 *   the least and the greatest in each column of them, and axes are sharp on them
 *
 * Colours, strokes and type sizes as data.  Colours are sRGB in 0..1; lengths are px at 96 an inch.
 * A plain value; the family is owned by whoever made it.
 */
typedef struct
{
  IscThemeId id;
  const char *name;
  const char *label;
  const char *summary;
  const char *family;
  double ground[3];
  double ink[3];
  double soft_ink[3];
  double series[7][3];
  double title_size;
  double text_size;
  double caption_size;
  double line;
  double ink_line;
  double hair;
  double grid_opacity;
  double bar_opacity;
  double band_opacity;
  double map_neutral;
  double map_end;
  gboolean cues;
  double detail;
} IscTheme;

/** isc_themes_get: Returns: (array length=n): the list of themes, in the order of their ids */
const IscTheme *isc_themes_get (guint *n);

/** isc_theme_get: Returns: (transfer none): the theme; it lives forever */
const IscTheme *isc_theme_get (IscThemeId id);

/** isc_theme_find: Returns: (transfer none): the theme; %NULL with ISC_ERROR_INVALID, naming those
 *  there are */
const IscTheme *isc_theme_find (const char *name, GError **error);

/** isc_theme_with_font: @family: font families; tests pin one.  Returns: @theme set in it */
IscTheme isc_theme_with_font (const IscTheme *theme, const char *family);

/** isc_theme_series_color: @color: a series index or ISC_INK; @rgb: (out) (array fixed-size=3):
 *  sRGB components in 0..1.  For swatches beside a figure. */
void isc_theme_series_color (const IscTheme *theme, int color, double rgb[3]);
