/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/composer.h"

#include <math.h>
#include <string.h>

#include "plot/axes.h"
#include "plot/colorbar.h"
#include "plot/ticks.h"

#define ROW_GAP 16.0

/* Names on an axis take at most this part of a column's width, or so many type sizes, but then no
 * more than the larger part. */
#define LONGEST_NAME 0.28
#define NAME_SIZES 11.0
#define LARGEST_NAME 0.40

/* What a plot area should look like. */
#define ASPECT (5.0 / 3.0)

/* What the panels should look like: 5:3, or what the first demands. */
static double
wanted_shape (const IscComposer *composer)
{
  const IscCell *first = &composer->cells[0];
  const IscScale *x = &first->home[ISC_AXIS_X], *y = &first->home[ISC_AXIS_Y];
  double shape = (x->high - x->low) / ((y->high - y->low) * first->panel->aspect);

  return first->panel->aspect > 0.0 && shape > 0.0 && isfinite (shape) ? shape : ASPECT;
}

/* The number of columns that gives panels nearly that shape, with few places left empty. */
static guint
choose_columns (const IscComposer *composer)
{
  guint n = composer->n_cells, best = 1;
  double least = INFINITY, wanted = n > 0 ? wanted_shape (composer) : ASPECT;

  for (guint columns = 1; columns <= n; columns++)
    {
      guint rows = (n + columns - 1) / columns;
      double aspect = composer->layout->width / columns / (composer->layout->height / rows);
      double cost = fabs (log (aspect / wanted)) + 0.3 * (rows * columns - n);

      if (cost < least)
        {
          least = cost;
          best = columns;
        }
    }
  return best;
}

/* Room over and under the plot areas of each row; the height that is left for each area. */
static double
divide_height (const IscComposer *composer, double *above, double *below)
{
  const IscTheme *theme = &composer->layout->theme;
  double left = composer->content.height - (composer->rows - 1) * ROW_GAP;

  for (guint row = 0; row < composer->rows; row++)
    {
      gboolean panel_title = FALSE, y_title = FALSE, x_labels = FALSE, x_title = FALSE;

      for (guint i = 0; i < composer->n_cells; i++)
        {
          const IscCell *cell = &composer->cells[i];

          if (cell->row != row)
            continue;
          panel_title |= isc_cell_prints_panel_title (composer, cell);
          y_title |= isc_cell_prints_y_title (composer, cell);
          x_title |= isc_cell_prints_x_title (composer, cell);
          x_labels |= cell->prints_x && composer->details & ISC_DETAIL_TICKS;
        }
      above[row] = (composer->details & ISC_DETAIL_TICKS ? ISC_HEADROOM * theme->text_size : 0.0)
                   + (panel_title + y_title) * ISC_LINE * theme->text_size;
      below[row] = x_labels ? isc_axes_below_height (composer->typesetter, theme, x_title) : 1.0;
      left -= above[row] + below[row];
    }
  return left / composer->rows;
}

/* The range that the panel's axis was given, or that of all panels together where they share it. */
static gboolean
find_range (
    const IscComposer *composer, const IscCell *cell, IscAxisSide side, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < composer->n_cells; i++)
    {
      const IscAxis *axis = &composer->cells[i].panel->axes[side];

      if (!axis->fixed || (&composer->cells[i] != cell && !composer->figure->shared[side]))
        continue;
      *low = MIN (*low, axis->low);
      *high = MAX (*high, axis->high);
    }
  return *low < *high;
}

/* What a person has chosen for the panel's axis; where the panels share it, for any of them. */
static gboolean
find_chosen_range (
    const IscComposer *composer, guint index, IscAxisSide side, double *low, double *high)
{
  const IscViewport *viewport = composer->layout->viewport;
  gboolean found = isc_viewport_get_limits (viewport, index, side, low, high);

  for (guint i = 0; !found && i < composer->n_cells && composer->figure->shared[side]; i++)
    found = isc_viewport_get_limits (viewport, i, side, low, high);
  return found;
}

static IscScaleKind
find_scale_kind (const IscComposer *composer, guint index, IscAxisSide side)
{
  const IscViewport *viewport = composer->layout->viewport;
  const IscCell *cell = &composer->cells[index];
  IscScaleKind kind = cell->panel->axes[side].scale;
  gboolean found = FALSE;

  /* Names and the cells of a picture stand at even distances. */
  if (cell->panel->axes[side].categories != NULL || cell->pane.frame.colors.scale.type != NULL)
    return kind;
  found = isc_viewport_get_scale (viewport, index, side, &kind);
  for (guint i = 0; !found && i < composer->n_cells && composer->figure->shared[side]; i++)
    found = isc_viewport_get_scale (viewport, i, side, &kind);
  return kind;
}

/* A scale for what the panels span together, where they share the axis, or one alone. */
static IscScale
fit_scale (const IscComposer *composer, guint index, IscAxisSide side, gboolean home)
{
  const IscCell *cell = &composer->cells[index];
  IscExtent span = home ? cell->home_spans[side] : cell->spans[side];
  IscScale scale;
  double low, high;

  for (guint i = 0; i < composer->n_cells && composer->figure->shared[side]; i++)
    isc_extent_merge (&span, home ? &composer->cells[i].home_spans[side]
                                  : &composer->cells[i].spans[side]);
  scale = isc_scale_fit (find_scale_kind (composer, index, side), &span);
  if (find_range (composer, cell, side, &low, &high))
    isc_scale_fix (&scale, low, high);
  scale.integer = cell->panel->axes[side].integer;
  scale.reversed = cell->panel->axes[side].reversed;
  return scale;
}

static void
measure (const GPtrArray *marks, IscExtent spans[2])
{
  spans[ISC_AXIS_X] = spans[ISC_AXIS_Y] = isc_extent_empty;
  for (guint i = 0; i < marks->len; i++)
    {
      const IscMark *mark = g_ptr_array_index (marks, i);

      isc_extent_merge (&spans[ISC_AXIS_X], &mark->spans[ISC_AXIS_X]);
      isc_extent_merge (&spans[ISC_AXIS_Y], &mark->spans[ISC_AXIS_Y]);
    }
}

void
isc_grid_measure_data (IscComposer *composer)
{
  for (guint i = 0; i < composer->n_cells; i++)
    {
      IscCell *cell = &composer->cells[i];

      measure (cell->panel->marks, cell->home_spans);
      memcpy (cell->spans, cell->home_spans, sizeof cell->spans);
      if (cell->marks->len < cell->panel->marks->len)
        measure (cell->marks, cell->spans);
      isc_colors_fit (cell->panel, &cell->pane.frame.colors);
    }

  for (guint i = 0; i < composer->n_cells; i++)
    {
      IscCell *cell = &composer->cells[i];

      for (IscAxisSide side = ISC_AXIS_X; side <= ISC_AXIS_Y; side++)
        {
          IscScale *scale = side == ISC_AXIS_X ? &cell->pane.frame.x : &cell->pane.frame.y;
          double low, high;

          cell->home[side] = fit_scale (composer, i, side, TRUE);
          *scale = fit_scale (composer, i, side, FALSE);
          if (!find_chosen_range (composer, i, side, &low, &high))
            continue;
          scale->chosen = isc_scale_fix (scale, low, high);
          scale->negative = cell->home[side].low < 0.0;
        }
    }
}

void
isc_grid_arrange (IscComposer *composer)
{
  composer->columns = choose_columns (composer);
  composer->rows
      = composer->n_cells > 0 ? (composer->n_cells + composer->columns - 1) / composer->columns : 1;
  for (guint i = 0; i < composer->n_cells; i++)
    {
      IscCell *cell = &composer->cells[i];

      cell->row = i / composer->columns;
      cell->column = i % composer->columns;
      cell->prints_x
          = !composer->figure->shared[ISC_AXIS_X] || i + composer->columns >= composer->n_cells;
      cell->prints_y = !composer->figure->shared[ISC_AXIS_Y] || cell->column == 0;
      cell->prints_x = cell->prints_x && !cell->panel->bare;
      cell->prints_y = cell->prints_y && !cell->panel->bare;
    }
}

void
isc_grid_divide_rows (IscComposer *composer)
{
  g_autofree double *above = g_new0 (double, composer->rows);
  g_autofree double *below = g_new0 (double, composer->rows);
  double height = divide_height (composer, above, below), y = composer->content.y;

  for (guint row = 0; row < composer->rows; row++)
    {
      double top = y + above[row];

      for (guint i = 0; i < composer->n_cells; i++)
        if (composer->cells[i].row == row)
          {
            IscRectangle *area = &composer->cells[i].pane.frame.area;

            area->y = floor (top);
            area->height = MAX (floor (top + height) + 0.5 - area->y, 1.0);
          }
      y = top + height + below[row] + ROW_GAP;
    }
}

static double
longest_name (const IscComposer *composer)
{
  double column = composer->content.width / composer->columns;

  return MAX (LONGEST_NAME * column,
              MIN (NAME_SIZES * composer->layout->theme.text_size, LARGEST_NAME * column));
}

static void
fit_y_ticks (const IscComposer *composer, IscCell *cell)
{
  g_clear_pointer (&cell->y_ticks, g_array_unref);
  cell->y_ticks
      = isc_axes_fit_ticks (composer->typesetter, &composer->layout->theme, &cell->pane.frame.y,
                            cell->panel->axes[ISC_AXIS_Y].categories, ISC_AXIS_Y,
                            cell->pane.frame.area.height - isc_pane_rug (&cell->pane, ISC_AXIS_Y),
                            longest_name (composer));
}

static void
fit_x_ticks (const IscComposer *composer, IscCell *cell)
{
  g_clear_pointer (&cell->x_ticks, g_array_unref);
  cell->x_ticks
      = isc_axes_fit_ticks (composer->typesetter, &composer->layout->theme, &cell->pane.frame.x,
                            cell->panel->axes[ISC_AXIS_X].categories, ISC_AXIS_X,
                            cell->pane.frame.area.width - isc_pane_rug (&cell->pane, ISC_AXIS_X),
                            longest_name (composer));
}

void
isc_grid_fit_y_ticks (IscComposer *composer)
{
  for (guint i = 0; i < composer->n_cells; i++)
    fit_y_ticks (composer, &composer->cells[i]);
}

void
isc_grid_divide_columns (IscComposer *composer, double overhang, double gap)
{
  g_autofree double *lefts = g_new0 (double, composer->columns);
  g_autofree double *rights = g_new0 (double, composer->columns);
  double width = composer->content.width - overhang - (composer->columns - 1) * gap, x;

  for (guint i = 0; i < composer->n_cells; i++)
    {
      IscCell *cell = &composer->cells[i];
      double left;

      if (!(composer->details & ISC_DETAIL_TICKS))
        continue;
      rights[cell->column] = MAX (rights[cell->column],
                                  isc_colorbar_width (&cell->pane, cell->pane.frame.area.height));
      if (!cell->prints_y)
        continue;
      left = isc_axes_left_width (composer->typesetter, &composer->layout->theme, cell->y_ticks,
                                  &cell->pane.frame.y);
      lefts[cell->column] = MAX (lefts[cell->column], left);
    }
  lefts[0] += composer->indent;
  for (guint column = 0; column < composer->columns; column++)
    width -= lefts[column] + rights[column];
  width = MAX (floor (width / composer->columns), 1.0);

  x = composer->content.x;
  for (guint column = 0; column < composer->columns; column++)
    {
      x += lefts[column];
      for (guint i = 0; i < composer->n_cells; i++)
        if (composer->cells[i].column == column)
          {
            composer->cells[i].pane.frame.area.x = floor (x);
            composer->cells[i].pane.frame.area.width = width;
          }
      x += width + rights[column] + gap;
    }
}

/* How far labels of horizontal axes go on the page, and beyond the plot areas. */
typedef struct
{
  double nearest;
  double farthest;
  double beyond_left;
  double beyond_right;
} Reach;

static void
note_label (Reach *reach, const IscRectangle *area, double x, double half, gboolean prints_y)
{
  reach->nearest = MIN (reach->nearest, x - half);
  reach->farthest = MAX (reach->farthest, x + half);
  reach->beyond_right = MAX (reach->beyond_right, x + half - (area->x + area->width));
  /* Labels of a vertical axis keep a distance of their own. */
  if (!prints_y)
    reach->beyond_left = MAX (reach->beyond_left, area->x - (x - half));
}

void
isc_grid_fit_x_ticks (IscComposer *composer, double *overhang, double *gap)
{
  IscFont font = { composer->layout->theme.text_size, FALSE };
  Reach reach = { .nearest = composer->margin };

  for (guint i = 0; i < composer->n_cells; i++)
    {
      IscCell *cell = &composer->cells[i];
      const IscRectangle *area = &cell->pane.frame.area;

      fit_x_ticks (composer, cell);
      if (!cell->prints_x)
        continue;
      /* Where a person moves about, any label may come to any end. */
      if (cell->pane.frame.x.chosen)
        {
          double half = 0.5
                        * isc_axes_widest_label (composer->typesetter, &composer->layout->theme,
                                                 cell->x_ticks, &cell->pane.frame.x);

          note_label (&reach, area, area->x, half, cell->prints_y);
          note_label (&reach, area, area->x + area->width, half, cell->prints_y);
        }
      if (cell->pane.frame.x.rug)
        note_label (&reach, area, area->x,
                    0.5
                        * isc_typesetter_width (composer->typesetter, font,
                                                isc_axes_rug_label (&cell->pane.frame.x)),
                    cell->prints_y);
      for (guint j = 0; j < cell->x_ticks->len; j++)
        {
          const IscTick *tick = &g_array_index (cell->x_ticks, IscTick, j);

          if (tick->label != NULL)
            note_label (&reach, area, isc_pane_x (&cell->pane, tick->value),
                        0.5 * isc_typesetter_width (composer->typesetter, font, tick->label),
                        cell->prints_y);
        }
    }
  *overhang = MAX (0.0, ceil (reach.farthest - (composer->layout->width - 0.5 * composer->margin)));
  composer->indent = composer->details & ISC_DETAIL_TICKS ? ceil (MAX (0.0, -reach.nearest)) : 0.0;
  *gap = MAX (ISC_PANEL_GAP, ceil (reach.beyond_left + reach.beyond_right + font.size));
}

void
isc_grid_apply_aspects (IscComposer *composer)
{
  for (guint i = 0; i < composer->n_cells; i++)
    {
      IscCell *cell = &composer->cells[i];
      const IscScale *x = &cell->pane.frame.x, *y = &cell->pane.frame.y;
      IscRectangle *area = &cell->pane.frame.area;
      double wanted = cell->panel->aspect * (y->high - y->low) / (x->high - x->low), width, height;

      if (!(wanted > 0.0 && isfinite (wanted)))
        continue;
      width = CLAMP (round (area->height / wanted), 1.0, area->width);
      height = CLAMP (round (area->width * wanted), 1.0, area->height);
      area->x = floor (area->x + 0.5 * (area->width - width));
      area->width = width;
      area->height = height;
      fit_x_ticks (composer, cell);
      fit_y_ticks (composer, cell);
    }
}

gboolean
isc_cell_prints_x_title (const IscComposer *composer, const IscCell *cell)
{
  return composer->details & ISC_DETAIL_AXIS_TITLES && cell->prints_x
         && cell->panel->axes[ISC_AXIS_X].label != NULL;
}

gboolean
isc_cell_prints_y_title (const IscComposer *composer, const IscCell *cell)
{
  return composer->details & ISC_DETAIL_AXIS_TITLES && cell->prints_y
         && cell->panel->axes[ISC_AXIS_Y].label != NULL;
}

gboolean
isc_cell_prints_panel_title (const IscComposer *composer, const IscCell *cell)
{
  return composer->details & ISC_DETAIL_PANEL_TITLES && cell->panel->title != NULL;
}
