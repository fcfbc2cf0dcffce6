/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"
#include "plot/theme.h"
#include "plot/viewport.h"

typedef enum
{
  ISC_EXPORT_PNG,
  ISC_EXPORT_SVG,
  ISC_EXPORT_PDF,
  ISC_EXPORT_EPS,
  ISC_EXPORT_CSV,
} IscExportFormat;

/**
 * IscTextForm:
 * @ISC_TEXT_AS_TEXT: text that can be selected, searched and edited: in an SVG set in the reader's
 *   fonts, in a PDF or EPS in embedded ones
 * @ISC_TEXT_AS_OUTLINES: the outlines of its letters, which look the same wherever they are opened
 */
typedef enum
{
  ISC_TEXT_AS_TEXT,
  ISC_TEXT_AS_OUTLINES,
} IscTextForm;

/**
 * IscExportOptions:
 * @width: width in px at 96 per inch
 * @height: height in px at 96 per inch
 * @dpi: dots per inch of a PNG; 96 gives width x height pixels, 192 twice as many each way
 * @theme: the look
 * @transparent: leave the ground unpainted
 * @text: how SVG, PDF and EPS hold text; a PNG has none
 * @viewport: (nullable): how a person looks at the figure; borrowed
 */
typedef struct
{
  double width;
  double height;
  double dpi;
  IscThemeId theme;
  gboolean transparent;
  IscTextForm text;
  IscViewport *viewport;
} IscExportOptions;

/**
 * 1200 x 800 px, 96 dpi, light, text as text: what is published is read by machines and people who
 * search, and an SVG keeps its widths in whatever fonts there are.
 */
extern const IscExportOptions isc_export_options_default;

/** isc_export_options_check: Returns: %FALSE with ISC_ERROR_INVALID for a size out of range: 1..20000
 *  px a side, 200 megapixels, 1..9600 dots an inch */
gboolean isc_export_options_check (const IscExportOptions *options, GError **error);

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
 * Returns: (transfer full) (nullable): the bytes; %NULL as isc_export_options_check() has it,
 *   or with ISC_ERROR_RESOURCE
 */
GBytes *isc_export_to_bytes (IscFigure *figure, IscExportFormat format,
                             const IscExportOptions *options, GError **error);

/**
 * isc_export_pages:
 * @figures: (array length=n): one a page, in the same size and look; the experiment of the first is
 *   that of the file
 * @n: at least 1
 *
 * Returns: (transfer full) (nullable): a PDF; %NULL as isc_export_to_bytes() has it
 */
GBytes *isc_export_pages (IscFigure *const *figures, guint n, const IscExportOptions *options,
                          GError **error);

/**
 * isc_export_to_file:
 *
 * The same into a file, chosen by the ending of @path; written whole or not at all.
 */
gboolean isc_export_to_file (IscFigure *figure, const char *path, const IscExportOptions *options,
                             GError **error);
