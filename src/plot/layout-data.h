/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/ref-count.h"
#include "plot/layout.h"
#include "plot/marks/marks.h"
#include "plot/scale.h"
#include "plot/text.h"

/* What a layout is made of, for the files of this folder alone.  All lengths are device units. */

/* Colours besides the series indices and ISC_INK. */
#define ISC_SOFT_INK (-2)
#define ISC_GROUND (-3)

typedef struct
{
  double x;
  double y;
} IscPoint;

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} IscRectangle;

/**
 * IscColors:
 * @shown: the panel has an image
 * @map: how a number becomes a colour
 * @scale: the range of the colours
 *
 * What the colours of a panel's images mean.
 */
typedef struct
{
  gboolean shown;
  IscColorMap map;
  IscScale scale;
} IscColors;

/**
 * IscRaster:
 * @rows: dots down
 * @columns: dots across
 * @origin: outer corner of the first
 * @dx: width of a dot; negative from right to left
 * @dy: height of a dot; negative from the bottom up
 * @first_row: row of the matrix that the first dot shows
 * @first_column: likewise
 * @block_rows: rows of the matrix in a dot
 * @block_columns: likewise
 * @n_rows: rows of the matrix: the last dot may show fewer
 * @n_columns: likewise
 * @map: how a number becomes a colour
 * @low: the number at the map's low end
 * @high: likewise
 * @cells: (array length=rows*columns): the numbers, row by row
 *
 * A picture of numbers.
 */
typedef struct
{
  gsize rows;
  gsize columns;
  IscPoint origin;
  double dx;
  double dy;
  gsize first_row;
  gsize first_column;
  gsize block_rows;
  gsize block_columns;
  gsize n_rows;
  gsize n_columns;
  IscColorMap map;
  double low;
  double high;
  float cells[];
} IscRaster;

/**
 * IscDatum:
 * @x: in data units
 * @y: in data units
 * @px: where it is drawn
 * @py: where it is drawn
 * @half_width: of a bar; 0 for anything else
 */
typedef struct
{
  double x;
  double y;
  double px;
  double py;
  double half_width;
} IscDatum;

typedef enum
{
  ISC_LAYOUT_ITEM_FILL,
  ISC_LAYOUT_ITEM_STROKE,
  ISC_LAYOUT_ITEM_MARKERS,
  ISC_LAYOUT_ITEM_TEXT,
  ISC_LAYOUT_ITEM_IMAGE,
} IscLayoutItemKind;

/**
 * IscLayoutItem:
 * @kind: filled polygon, stroked polyline, markers, a line of text or a picture
 * @part: (transfer none): what it is in the figure, for dumps
 * @panel: whose it is; -1 for the page
 * @clip: cut at the panel's plot area
 * @color: a series index, %ISC_INK, %ISC_SOFT_INK or %ISC_GROUND
 * @opacity: 0..1
 * @width: of the stroke; diameter of markers; width of the text
 * @dash: of the stroke
 * @marker: of markers
 * @points: (element-type IscPoint): a NaN interrupts a polyline; a text's left end of the baseline;
 *   two corners between which a picture is seen
 * @font: of the text
 * @halo: the text stands on data and has a rim of ground around it
 * @text: (nullable): the text
 * @mark: (nullable): the mark it shows
 * @raster: (nullable): of a picture
 * @series: (nullable) (transfer none): the series that it is of, or names
 * @data: (nullable) (element-type IscDatum): what a pointer can find on it, from left to right
 * @reach: the largest half width of @data
 *
 * One thing to paint.
 */
typedef struct
{
  IscLayoutItemKind kind;
  const char *part;
  int panel;
  gboolean clip;
  int color;
  double opacity;
  double width;
  IscDash dash;
  IscMarker marker;
  GArray *points;
  IscFont font;
  gboolean halo;
  char *text;
  const IscMark *mark;
  IscRaster *raster;
  const char *series;
  GArray *data;
  double reach;
} IscLayoutItem;

/**
 * IscFrame:
 * @area: the plot area
 * @x: the horizontal axis
 * @y: the vertical axis
 * @colors: of its images
 *
 * One panel's axes.
 */
typedef struct
{
  IscRectangle area;
  IscScale x;
  IscScale y;
  IscColors colors;
} IscFrame;

struct _IscLayout
{
  IscRefCount ref_count;
  IscFigure *figure;
  IscViewport *viewport;
  IscTheme theme;
  double width;
  double height;
  GArray *frames;
  GArray *items;
};

/**
 * isc_layout_add_item:
 *
 * Returns: (transfer none): a new item with an empty list of points, opaque ink, valid until the
 * next one is added
 */
IscLayoutItem *
isc_layout_add_item (IscLayout *layout, IscLayoutItemKind kind, const char *part, int panel);

/** isc_layout_add_text: a line of text, its baseline's left end at (@x, @y), @width wide */
IscLayoutItem *isc_layout_add_text (IscLayout *layout,
                                    const char *part,
                                    int panel,
                                    IscFont font,
                                    int color,
                                    const char *text,
                                    double width,
                                    double x,
                                    double y);

/** isc_layout_item_add_point: appends to the points of @item */
void isc_layout_item_add_point (IscLayoutItem *item, double x, double y);

/** isc_layout_find_panel_near: as isc_layout_find_panel(), with so much around each plot area */
int isc_layout_find_panel_near (const IscLayout *layout, double px, double py, double tolerance);

/** isc_layout_to_fraction: Returns: how far along an axis @at, in device units, is: 0 at its left or
 *  lower end, 1 at the other */
double
isc_layout_to_fraction (const IscLayout *layout, guint panel, IscAxisSide side, double at);

/** isc_raster_new: Returns: (transfer full): a picture whose numbers are to be filled in; g_free() */
IscRaster *isc_raster_new (gsize columns, gsize rows);
