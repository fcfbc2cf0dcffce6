/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/tensor.h"

/**
 * IscFigure:
 *
 * WHAT a figure shows: titles, panels, axes and marks, all in data units.  It knows no size, no
 * colour and no screen.  It is filled by one owner and never changed after it is handed on; from
 * then on any thread may hold a reference and read it.
 */
typedef struct _IscFigure IscFigure;

/**
 * IscPanel:
 *
 * One pair of axes in a figure, with the marks on it.  Owned by its figure.
 */
typedef struct _IscPanel IscPanel;

/** The seven categorical colours of look.md, in order; index 7 and up begin again. */
#define ISC_N_SERIES_COLORS 7

/** The colour index that stands for ink: text colour, for exact curves and rules. */
#define ISC_INK (-1)

typedef enum
{
  ISC_DASH_SOLID,
  ISC_DASH_DASHED,
  ISC_DASH_DOTTED,
  ISC_DASH_DASH_DOT,
} IscDash;

typedef enum
{
  ISC_MARKER_NONE,
  ISC_MARKER_CIRCLE,
  ISC_MARKER_SQUARE,
  ISC_MARKER_TRIANGLE,
  ISC_MARKER_DIAMOND,
  ISC_MARKER_CROSS,
} IscMarker;

/**
 * IscStyle:
 * @color: a series index from 0, or %ISC_INK
 * @dash: line pattern
 * @marker: drawn at points (points mark only)
 * @width: factor on the theme's data line; 0 means 1
 * @opacity: factor on the theme's opacity for this mark; 0 means 1
 *
 * How a mark is told from its neighbours.  A plain value.
 */
typedef struct
{
  int color;
  IscDash dash;
  IscMarker marker;
  double width;
  double opacity;
} IscStyle;

/**
 * IscScaleKind:
 * @ISC_SCALE_LINEAR: even steps
 * @ISC_SCALE_LOG: even factors; zeros stand apart, on a rug at the low end
 * @ISC_SCALE_SYMLOG: even factors on both sides of zero, and even steps near it: how near is a power
 *   of ten that follows from the data and stands in the axis title
 */
typedef enum
{
  ISC_SCALE_LINEAR,
  ISC_SCALE_LOG,
  ISC_SCALE_SYMLOG,
} IscScaleKind;

typedef enum
{
  ISC_AXIS_X,
  ISC_AXIS_Y,
} IscAxisSide;

/**
 * IscColorMap:
 * @ISC_MAP_DIVERGING: blue below zero, neutral at zero, vermilion above; the range is symmetric
 * @ISC_MAP_SEQUENTIAL: dark to bright
 * @ISC_MAP_SERIES: k + s is series colour k, the purer the greater the share s, in 0..1; the range is
 *   0..%ISC_N_SERIES_COLORS, and there is no bar
 *
 * How a number becomes a colour.  Both keep their order in lightness under every colour deficiency.
 */
typedef enum
{
  ISC_MAP_DIVERGING,
  ISC_MAP_SEQUENTIAL,
  ISC_MAP_SERIES,
} IscColorMap;

/**
 * IscPooling:
 * @ISC_POOL_EXTREME: the value of largest magnitude: nothing is lost from sight
 * @ISC_POOL_MEAN: the mean: what is noise fades
 * @ISC_POOL_GREATEST: the greatest value, where magnitude means nothing: logarithms
 *
 * What stands for a block of cells where there are more of them than pixels.  A block with a cell that
 * is not finite shows as not finite.
 */
typedef enum
{
  ISC_POOL_EXTREME,
  ISC_POOL_MEAN,
  ISC_POOL_GREATEST,
} IscPooling;

/**
 * IscImage:
 * @tensor: where the values are; the figure holds a reference
 * @offset: index in @tensor of the first value
 * @rows: rows, at least 1
 * @columns: columns, at least 1; a row's values lie one behind the other, and so do the rows
 * @x0: left edge of the first column
 * @x1: right edge of the last column
 * @y0: outer edge of the first row
 * @y1: outer edge of the last row
 * @map: how values become colours
 * @low: value at the lower end of the colours; of all images of a panel the first decides
 * @high: value at their upper end; where it is not above @low, the colours span the panel's values.
 *   Beyond the ends the colours stay as they are.
 * @pooling: what stands for several cells
 * @name: (nullable): what it is, for whoever points at it
 *
 * A matrix as a picture: one colour a cell.  Both axes are linear.
 */
typedef struct
{
  IscTensor *tensor;
  gsize offset;
  gsize rows;
  gsize columns;
  double x0;
  double x1;
  double y0;
  double y1;
  IscColorMap map;
  double low;
  double high;
  IscPooling pooling;
  const char *name;
} IscImage;

IscFigure *isc_figure_new   (void);
IscFigure *isc_figure_ref   (IscFigure *figure);
void       isc_figure_unref (IscFigure *figure);

/** Left, bold: says what it is. */
void isc_figure_set_title    (IscFigure *figure, const char *title);

/** One line under the title: the numbers that matter. */
void isc_figure_set_subtitle (IscFigure *figure, const char *subtitle);

/** Under the figure, small: how it was made.  Wrapped to the width. */
void isc_figure_set_caption  (IscFigure *figure, const char *caption);

/** One or two sentences that say in words what the figure shows, for a screen reader. */
void isc_figure_set_summary  (IscFigure *figure, const char *summary);

/** isc_figure_set_experiment: @json: the document embedded in every exported file */
void isc_figure_set_experiment (IscFigure *figure, const char *json);

/** isc_figure_set_shared: all panels share the range of that axis, and print it once a row/column */
void isc_figure_set_shared   (IscFigure *figure, IscAxisSide side, gboolean shared);

const char *isc_figure_get_title      (const IscFigure *figure);
const char *isc_figure_get_subtitle   (const IscFigure *figure);
const char *isc_figure_get_caption    (const IscFigure *figure);
const char *isc_figure_get_summary    (const IscFigure *figure);
const char *isc_figure_get_experiment (const IscFigure *figure);

/** isc_figure_add_panel: Returns: (transfer none): a new panel behind the others */
IscPanel *isc_figure_add_panel (IscFigure *figure);

guint           isc_figure_get_n_panels (const IscFigure *figure);
const IscPanel *isc_figure_get_panel    (const IscFigure *figure, guint index);

void isc_panel_set_title (IscPanel *panel, const char *title);

/** isc_panel_set_note: words inside the plot area: why it shows nothing, or what to know */
void isc_panel_set_note  (IscPanel *panel, const char *note);

/**
 * isc_panel_set_axis:
 * @label: axis title with its unit, or %NULL
 * @scale: linear, log or symlog
 *
 * Data that a log axis can't show (zero, negative) are drawn as a rug at the bottom labelled "0".
 */
void isc_panel_set_axis  (IscPanel *panel, IscAxisSide side, const char *label, IscScaleKind scale);

/** isc_panel_get_axis_label: Returns: (transfer none) (nullable): its title */
const char *isc_panel_get_axis_label (const IscPanel *panel, IscAxisSide side);

/** isc_panel_set_range: fixes an axis instead of fitting it to the marks; values beyond it are cut,
 *  with a small arrow and a number at the edge */
void isc_panel_set_range (IscPanel *panel, IscAxisSide side, double low, double high);

/** isc_panel_set_integer: ticks of a linear axis stand at whole numbers alone: epochs, steps, rows */
void isc_panel_set_integer (IscPanel *panel, IscAxisSide side, gboolean integer);

/** isc_panel_set_reversed: the axis runs from right to left or from the top down: rows of a matrix */
void isc_panel_set_reversed (IscPanel *panel, IscAxisSide side, gboolean reversed);

/**
 * isc_panel_set_categories:
 * @positions: (array length=n): in any order
 * @labels: (array length=n): what is written there; long ones are shortened in their middle
 * @n: 0 for numbers again
 *
 * Names instead of numbers on an axis; where there is no room for all, every second, third ...
 */
void isc_panel_set_categories (IscPanel *panel, IscAxisSide side, const double *positions,
                               const char *const *labels, gsize n);

/** isc_panel_set_aspect: @aspect: how long a unit of y is beside one of x on paper: 1 for square
 *  cells; 0, the default, fills the room there is */
void isc_panel_set_aspect (IscPanel *panel, double aspect);

/** isc_panel_set_bare: a panel without axes: no line, no grid, no numbers */
void isc_panel_set_bare (IscPanel *panel, gboolean bare);

/** isc_panel_set_color_label: @label: title over the colour bar of the panel's images */
void isc_panel_set_color_label (IscPanel *panel, const char *label);

/**
 * isc_panel_add_bars:
 * @label: (nullable): legend text; %NULL keeps it out of the legend
 * @edges: (array length=n_bars+1): increasing bin edges
 * @heights: (array length=n_bars): heights; the y axis then starts at zero
 *
 * Histogram bars that share their edges.  The arrays are copied, here and below.
 */
void isc_panel_add_bars (IscPanel *panel, const IscStyle *style, const char *label,
                         const double *edges, const double *heights, gsize n_bars);

/** isc_panel_add_steps: the outline of a histogram without a fill, as isc_panel_add_bars() takes it:
 *  several of them in a panel stay clear */
void isc_panel_add_steps (IscPanel *panel, const IscStyle *style, const char *label,
                          const double *edges, const double *heights, gsize n_bars);

/**
 * isc_panel_add_line:
 * @x: (array length=n): positions, not decreasing
 * @y: (array length=n): values; a NaN or an infinity interrupts the line and is marked as such
 */
void isc_panel_add_line (IscPanel *panel, const IscStyle *style, const char *label,
                         const double *x, const double *y, gsize n);

/** isc_panel_add_band: the area between @low and @high, not in the legend unless labelled */
void isc_panel_add_band (IscPanel *panel, const IscStyle *style, const char *label,
                         const double *x, const double *low, const double *high, gsize n);

void isc_panel_add_points (IscPanel *panel, const IscStyle *style, const char *label,
                           const double *x, const double *y, gsize n);

/** isc_panel_add_rule: a straight line across the panel at @value of axis @side */
void isc_panel_add_rule (IscPanel *panel, const IscStyle *style, const char *label,
                         IscAxisSide side, double value);

/** isc_panel_add_stem: a vertical line from zero to @y at @x with a dot on it: a point mass */
void isc_panel_add_stem (IscPanel *panel, const IscStyle *style, const char *label,
                         double x, double y);

/** isc_panel_add_end: a marked cross at (@x, @y) with @text beside it: "diverged, step 37" */
void isc_panel_add_end  (IscPanel *panel, const IscStyle *style, const char *text,
                         double x, double y);

/**
 * isc_panel_add_image:
 *
 * A matrix as a picture, with a colour bar at the panel's right.  Cells that are NaN or infinite have
 * the colour of ink, which no number has, and a line in the legend.  Cost O(cells).
 */
void isc_panel_add_image (IscPanel *panel, const IscImage *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscFigure, isc_figure_unref)
