/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"
#include "plot/theme.h"

typedef enum
{
  ISC_EXPORT_PNG,
  ISC_EXPORT_SVG,
  ISC_EXPORT_PDF,
  ISC_EXPORT_EPS,
  ISC_EXPORT_CSV,
} IscExportFormat;

/**
 * IscExportOptions:
 * @width: width in px at 96 per inch
 * @height: height in px at 96 per inch
 * @dpi: dots per inch of a PNG; 96 gives width x height pixels, 192 twice as many each way
 * @theme: the look
 * @transparent: leave the ground unpainted
 */
typedef struct
{
  double width;
  double height;
  double dpi;
  IscThemeId theme;
  gboolean transparent;
} IscExportOptions;

/** 1200 x 800 px, 96 dpi, light. */
extern const IscExportOptions isc_export_options_default;

/**
 * isc_export_format_from_path:
 * @path: a file name
 * @format: (out): by its ending .png, .svg, .pdf, .eps, .csv, in any case
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, naming the endings that are allowed
 */
gboolean isc_export_format_from_path (const char *path, IscExportFormat *format, GError **error);

/**
 * isc_export_to_bytes:
 *
 * Draws @figure into a file's bytes, with its experiment inside (PNG iTXt chunk "initscope", SVG
 * metadata element, PDF keywords, EPS comment).  As CSV it writes the data alone, which have neither
 * size nor look: isc_figure_to_csv().  The same figure and options give the same bytes.
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL with ISC_ERROR_INVALID for a size out of
 *   range (1..20000 px a side, 200 megapixels) or ISC_ERROR_RESOURCE
 */
GBytes *isc_export_to_bytes (IscFigure *figure, IscExportFormat format,
                             const IscExportOptions *options, GError **error);

/**
 * isc_export_to_file:
 *
 * The same into a file, chosen by the ending of @path; written whole or not at all.
 */
gboolean isc_export_to_file (IscFigure *figure, const char *path, const IscExportOptions *options,
                             GError **error);
