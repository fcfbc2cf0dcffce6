/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Image: a matrix as a picture.  Where there are more cells than dots to paint them with, equal
 * blocks of cells become one: every dot then stands for as many cells as any other. */
#include "plot/marks/marks.h"

#include <math.h>

#include "plot/pane.h"

/* Dots a side at most: cairo's images end at 32767. */
#define MAX_SIDE 8192.0

static void
extend (const IscMark *mark, IscExtent *x, IscExtent *y)
{
  const IscImage *image = &mark->picture->image;

  isc_extent_add (x, image->x0);
  isc_extent_add (x, image->x1);
  isc_extent_add (y, image->y0);
  isc_extent_add (y, image->y1);
}

/* Where an edge is.  A pane's own positions end not far outside the area, those of a picture that
 * is seen from very near must not. */
static double
edge_at (const IscScale *scale, double value, double from, double length)
{
  return from + isc_scale_fraction (scale, value) * length;
}

/* Along one side: which of the @n cells between px @from and @to are seen between @low and @high,
 * and how many share a dot. */
static void
choose_cells (gsize n,
              double from,
              double to,
              double low,
              double high,
              double detail,
              gsize *first,
              gsize *seen,
              gsize *block)
{
  double px = (to - from) / (double)n;
  double a = ((px > 0.0 ? low : high) - from) / px, b = ((px > 0.0 ? high : low) - from) / px;
  double begin = CLAMP (floor (a), 0.0, (double)n), end = CLAMP (ceil (b), begin, (double)n);
  double dots = CLAMP ((end - begin) * fabs (px) * detail, 1.0, MAX_SIDE);

  *block = (gsize)MAX (ceil ((end - begin) / floor (dots)), 1.0);
  *first = (gsize)begin / *block * *block;
  *seen = (gsize)end - *first;
}

/* Non-finite cells are summed into what they are: NaN or infinite. */
static float
pool_mean (const float *row, gsize stride, gsize rows, gsize columns)
{
  double sum = 0.0;

  for (gsize i = 0; i < rows; i++, row += stride)
    for (gsize j = 0; j < columns; j++)
      sum += (double)row[j];
  return (float)(sum / (double)(rows * columns));
}

static float
pool_extreme (const float *row, gsize stride, gsize rows, gsize columns)
{
  float most = row[0];

  for (gsize i = 0; i < rows; i++, row += stride)
    for (gsize j = 0; j < columns; j++)
      {
        if (!isfinite (row[j]))
          return row[j];
        if (fabsf (row[j]) > fabsf (most))
          most = row[j];
      }
  return most;
}

static float
pool_greatest (const float *row, gsize stride, gsize rows, gsize columns)
{
  float most = row[0];

  for (gsize i = 0; i < rows; i++, row += stride)
    for (gsize j = 0; j < columns; j++)
      {
        if (!isfinite (row[j]))
          return row[j];
        most = row[j] > most ? row[j] : most;
      }
  return most;
}

static float
pool_block (IscPooling pooling, const float *row, gsize stride, gsize rows, gsize columns)
{
  switch (pooling)
    {
    case ISC_POOL_MEAN:
      return pool_mean (row, stride, rows, columns);
    case ISC_POOL_GREATEST:
      return pool_greatest (row, stride, rows, columns);
    case ISC_POOL_EXTREME:
    default:
      return pool_extreme (row, stride, rows, columns);
    }
}

static void
pool (const IscImage *image, IscRaster *raster)
{
  const float *values = isc_tensor_get_data (image->tensor) + image->offset;

  for (gsize i = 0; i < raster->rows; i++)
    for (gsize j = 0; j < raster->columns; j++)
      {
        gsize row = raster->first_row + i * raster->block_rows;
        gsize column = raster->first_column + j * raster->block_columns;
        const float *from = values + row * image->columns + column;
        gsize rows = MIN (raster->block_rows, image->rows - row);
        gsize columns = MIN (raster->block_columns, image->columns - column);

        raster->cells[i * raster->columns + j]
            = pool_block (image->pooling, from, image->columns, rows, columns);
      }
}

static void
place (const IscMark *mark, IscPane *pane)
{
  const IscImage *image = &mark->picture->image;
  const IscRectangle *area = &pane->frame.area;
  const IscColors *colors = &pane->frame.colors;
  double x0 = edge_at (&pane->frame.x, image->x0, area->x, area->width);
  double x1 = edge_at (&pane->frame.x, image->x1, area->x, area->width);
  double y0 = edge_at (&pane->frame.y, image->y0, area->y + area->height, -area->height);
  double y1 = edge_at (&pane->frame.y, image->y1, area->y + area->height, -area->height);
  gsize first_row, rows, block_rows, first_column, columns, block_columns;
  double dx, dy, right = area->x + area->width, bottom = area->y + area->height;
  IscRaster *raster;
  IscLayoutItem *item;

  /* Nothing of it is seen, or it has no place. */
  if (!(fabs (x1 - x0) > 0.0 && fabs (y1 - y0) > 0.0) || !(MIN (x0, x1) < right)
      || !(MAX (x0, x1) > area->x) || !(MIN (y0, y1) < bottom) || !(MAX (y0, y1) > area->y))
    return;
  choose_cells (image->columns, x0, x1, area->x, right, pane->layout->theme.detail, &first_column,
                &columns, &block_columns);
  choose_cells (image->rows, y0, y1, area->y, bottom, pane->layout->theme.detail, &first_row, &rows,
                &block_rows);
  raster = isc_raster_new ((columns + block_columns - 1) / block_columns,
                           (rows + block_rows - 1) / block_rows);
  dx = (x1 - x0) / (double)image->columns;
  dy = (y1 - y0) / (double)image->rows;
  raster->map = colors->map;
  raster->low = colors->scale.low;
  raster->high = colors->scale.high;
  raster->first_row = first_row;
  raster->first_column = first_column;
  raster->block_rows = block_rows;
  raster->block_columns = block_columns;
  raster->n_rows = image->rows;
  raster->n_columns = image->columns;
  raster->origin = (IscPoint){ x0 + dx * (double)first_column, y0 + dy * (double)first_row };
  raster->dx = dx * (double)block_columns;
  raster->dy = dy * (double)block_rows;
  pool (image, raster);

  item = isc_pane_add (pane, ISC_LAYOUT_ITEM_IMAGE, "image", mark);
  item->raster = raster;
  isc_layout_item_add_point (item, CLAMP (MIN (x0, x1), area->x, right),
                             CLAMP (MIN (y0, y1), area->y, bottom));
  isc_layout_item_add_point (item, CLAMP (MAX (x0, x1), area->x, right),
                             CLAMP (MAX (y0, y1), area->y, bottom));
}

/* Multiplied before it is divided: middles of cells that are whole numbers stay so. */
static double
middle_of (double from, double to, gsize i, gsize n)
{
  return from + (to - from) * ((double)i + 0.5) / (double)n;
}

static void
tabulate (const IscMark *mark, IscMarkRowFunc func, gpointer data)
{
  const IscImage *image = &mark->picture->image;
  const float *values = isc_tensor_get_data (image->tensor) + image->offset;
  IscMarkRow row = { .members = ISC_ROW_X | ISC_ROW_Y | ISC_ROW_CELL };
  gboolean more = TRUE;

  for (row.row = 0; more && row.row < image->rows; row.row++)
    for (row.column = 0; more && row.column < image->columns; row.column++)
      {
        row.x = middle_of (image->x0, image->x1, row.column, image->columns);
        row.y = middle_of (image->y0, image->y1, row.row, image->rows);
        row.value = values[row.row * image->columns + row.column];
        more = func (&row, data);
      }
}

static void
tell (const IscMark *mark, gsize i, double *x, double *y)
{
  const IscImage *image = &mark->picture->image;

  *x = middle_of (image->x0, image->x1, i % image->columns, image->columns);
  *y = middle_of (image->y0, image->y1, i / image->columns, image->rows);
}

const IscMarkKind isc_mark_image = {
  .name = "image",
  .key = ISC_KEY_AREA,
  .level = 0,
  .extend = extend,
  .place = place,
  .tabulate = tabulate,
  .tell = tell,
};
