/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/export.h"

/**
 * IscLookOptions:
 *
 * What the command line says of a figure's size and look, as it was written.
 */
typedef struct
{
  char *width;
  char *height;
  char *unit;
  char *dpi;
  char *theme;
  char *text;
  gboolean transparent;
} IscLookOptions;

/* clang-format off */

/** ISC_LOOK_ENTRIES: the options of size and look, to be parsed by isc_options_parse() */
#define ISC_LOOK_ENTRIES(look)                                                                     \
  { "width", 0, 0, G_OPTION_ARG_STRING, &(look).width, "Width (1200 px)", "N" },                   \
  { "height", 0, 0, G_OPTION_ARG_STRING, &(look).height, "Height (800 px)", "N" },                 \
  { "unit", 0, 0, G_OPTION_ARG_STRING, &(look).unit, "Unit of both: px, mm or in (px)", "UNIT" },  \
  { "dpi", 0, 0, G_OPTION_ARG_STRING, &(look).dpi, "Dots an inch of a PNG (96)", "N" },            \
  { "theme", 0, 0, G_OPTION_ARG_STRING, &(look).theme,                                             \
    "light, dark, print or another of 'initscope list themes' (light)", "THEME" },                 \
  { "transparent", 0, 0, G_OPTION_ARG_NONE, &(look).transparent, "Leave the ground unpainted",     \
    NULL },                                                                                        \
  { "text", 0, 0, G_OPTION_ARG_STRING, &(look).text,                                               \
    "In SVG, PDF, EPS: text, to be searched and edited, or outlines, the same everywhere (text)",  \
    "FORM" }

/* clang-format on */

/** isc_look_options_clear: frees what the options hold */
void isc_look_options_clear (IscLookOptions *look);

/** isc_look_options_read: @options: (out): size and look; Returns: %FALSE with ISC_ERROR_INVALID
 * naming the option at fault */
gboolean
isc_look_options_read (const IscLookOptions *look, IscExportOptions *options, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IscLookOptions, isc_look_options_clear)
