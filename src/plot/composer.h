/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure-data.h"
#include "plot/legend.h"
#include "plot/pane.h"

/* The making of a layout: grid.c divides the page among the panels, page.c decides what stands on the
 * page and what is left out, place.c turns both into items.  For the files of this folder alone. */

/* px at 96 an inch, on a grid of 8. */
#define ISC_GAP 8.0
#define ISC_PANEL_GAP 24.0

/* In type sizes: height of a line; room over the top tick label. */
#define ISC_LINE 1.35
#define ISC_HEADROOM 0.5

/* What is left out, one after the other in this order, where there is no room. */
typedef enum
{
  /* The caption in its own size, several lines of title and subtitle. */
  ISC_DETAIL_ROOMY = 1 << 0,
  ISC_DETAIL_SUBTITLE = 1 << 1,
  /* All lines of the caption; without it the first. */
  ISC_DETAIL_WHOLE_CAPTION = 1 << 2,
  ISC_DETAIL_AXIS_TITLES = 1 << 3,
  /* Whose numbers they are, and the seed. */
  ISC_DETAIL_CAPTION = 1 << 4,
  ISC_DETAIL_LEGEND = 1 << 5,
  ISC_DETAIL_TITLE = 1 << 6,
  ISC_DETAIL_TICKS = 1 << 7,
  /* Without them nobody knows which panel is which. */
  ISC_DETAIL_PANEL_TITLES = 1 << 8,
  ISC_DETAIL_MARGIN = 1 << 9,
} IscDetail;

#define ISC_N_DETAILS 10

/**
 * IscCell:
 * @panel: what it shows
 * @marks: (element-type IscMark): those on it that are not hidden
 * @pane: its axes and plot area
 * @home: its axes as they would be if nobody had hidden a series or chosen a part of them
 * @spans: what its marks span along each axis
 * @home_spans: likewise, with those that are hidden
 * @x_ticks: (element-type IscTick): on its horizontal axis
 * @y_ticks: (element-type IscTick): on its vertical axis
 * @row: where it is in the grid
 * @column: where it is in the grid
 * @prints_x: its horizontal axis has labels
 * @prints_y: its vertical axis has labels
 *
 * A panel in the grid.
 */
typedef struct
{
  const IscPanel *panel;
  GPtrArray *marks;
  IscPane pane;
  IscScale home[2];
  IscExtent spans[2];
  IscExtent home_spans[2];
  GArray *x_ticks;
  GArray *y_ticks;
  guint row;
  guint column;
  gboolean prints_x;
  gboolean prints_y;
} IscCell;

/**
 * IscComposer:
 * @layout: what is being made
 * @figure: what it shows
 * @typesetter: for measuring
 * @legend: the names of its marks
 * @cells: (array length=n_cells): its panels
 * @n_cells: how many
 * @columns: of the grid
 * @rows: of the grid
 * @details: which #IscDetail there is room for
 * @margin: around everything
 * @title: its lines
 * @subtitle: its lines
 * @caption: its lines
 * @caption_size: its type size
 * @end_labels: the names stand at the ends of the curves
 * @legend_column: the names stand in a column at the right
 * @legend_width: of that column or of those names
 * @legend_area: where the names are, if they are not at the ends
 * @content: what is left for the grid
 * @indent: room at its left for a first label that is wider than the margin
 *
 * A page while it is made.
 */
typedef struct
{
  IscLayout *layout;
  const IscFigure *figure;
  IscTypesetter *typesetter;
  const IscLegend *legend;
  IscCell *cells;
  guint n_cells;
  guint columns;
  guint rows;
  guint details;
  double margin;
  char **title;
  char **subtitle;
  char **caption;
  double caption_size;
  gboolean end_labels;
  gboolean legend_column;
  double legend_width;
  IscRectangle legend_area;
  IscRectangle content;
  double indent;
} IscComposer;

/** isc_grid_measure_data: fits the scales to what the marks span */
void     isc_grid_measure_data   (IscComposer *composer);

/** isc_grid_arrange: chooses rows and columns, and which panels print their axes */
void     isc_grid_arrange        (IscComposer *composer);

/** isc_grid_divide_rows: places the plot areas vertically in the content */
void     isc_grid_divide_rows    (IscComposer *composer);

/** isc_grid_fit_y_ticks: chooses the ticks of the vertical axes; their heights are known */
void     isc_grid_fit_y_ticks    (IscComposer *composer);

/** isc_grid_divide_columns: places the plot areas horizontally, all alike, each column with the room
 *  that its labels need; @overhang: room at the right for the last label; @gap: between columns */
void     isc_grid_divide_columns (IscComposer *composer, double overhang, double gap);

/** isc_grid_fit_x_ticks: chooses the ticks of the horizontal axes, and the indent.  @overhang: (out): how far the last
 *  labels reach beyond the room at the right; @gap: (out): room between two columns in which their
 *  labels do not meet */
void     isc_grid_fit_x_ticks    (IscComposer *composer, double *overhang, double *gap);

/** isc_grid_apply_aspects: shrinks the plot areas of panels that want a unit of y to be so and so long
 *  beside one of x, and fits their ticks again */
void     isc_grid_apply_aspects  (IscComposer *composer);

gboolean isc_cell_prints_x_title     (const IscComposer *composer, const IscCell *cell);
gboolean isc_cell_prints_y_title     (const IscComposer *composer, const IscCell *cell);
gboolean isc_cell_prints_panel_title (const IscComposer *composer, const IscCell *cell);

/** isc_page_compose: measures everything, leaving out what there is no room for */
void     isc_page_compose        (IscComposer *composer);

/** isc_page_caption_height: Returns: height of the caption with the room over it */
double   isc_page_caption_height (const IscComposer *composer);

/** isc_page_clear: frees the words */
void     isc_page_clear          (IscComposer *composer);

/** isc_page_place: adds the items of everything that was measured */
void     isc_page_place          (IscComposer *composer);
