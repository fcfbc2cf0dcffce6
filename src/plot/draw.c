/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/draw.h"

#include <math.h>

#include "plot/colormap.h"
#include "plot/layout-data.h"
#include "plot/painting.h"

/* Strokes with more points than this are noise at the size of a pixel: the fast antialiasing costs
 * a third and looks the same. */
#define MANY_POINTS 3000

typedef struct
{
  cairo_t *cr;
  const IscLayout *layout;
  IscTypesetter *typesetter;
  IscDrawFlags flags;
  gboolean opaque_only;
} Painter;

const double *
isc_paint_color (const IscTheme *theme, int color)
{
  switch (color)
    {
    case ISC_INK:
      return theme->ink;
    case ISC_SOFT_INK:
      return theme->soft_ink;
    case ISC_GROUND:
      return theme->ground;
    default:
      return theme->series[(guint)color % ISC_N_SERIES_COLORS];
    }
}

static void
set_color (const Painter *painter, int color, double opacity)
{
  const IscTheme *theme = &painter->layout->theme;
  const double *rgb = isc_paint_color (theme, color), *ground = theme->ground;

  /* PostScript has no transparency; cairo would paint a bitmap instead.  Mixed with the ground. */
  if (painter->opaque_only)
    cairo_set_source_rgb (painter->cr, ground[0] + opacity * (rgb[0] - ground[0]),
                          ground[1] + opacity * (rgb[1] - ground[1]),
                          ground[2] + opacity * (rgb[2] - ground[2]));
  else
    cairo_set_source_rgba (painter->cr, rgb[0], rgb[1], rgb[2], opacity);
}

int
isc_paint_dash (IscDash dash, double width, double lengths[4])
{
  static const struct
  {
    double lengths[4];
    int n;
  } patterns[] = {
    [ISC_DASH_SOLID] = { { 0.0 }, 0 },
    [ISC_DASH_DASHED] = { { 4.0, 2.5 }, 2 },
    [ISC_DASH_DOTTED] = { { 1.2, 1.8 }, 2 },
    [ISC_DASH_DASH_DOT] = { { 5.0, 2.0, 1.2, 2.0 }, 4 },
  };

  for (int i = 0; i < patterns[dash].n; i++)
    lengths[i] = patterns[dash].lengths[i] * width;
  return patterns[dash].n;
}

static void
set_dash (cairo_t *cr, IscDash dash, double width)
{
  double lengths[4];

  cairo_set_dash (cr, lengths, isc_paint_dash (dash, width, lengths), 0.0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
}

/* Returns: whether the path has a piece to be filled or stroked. */
static gboolean
trace (cairo_t *cr, const IscPoint *points, guint n)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (isnan (points[i].x) || isnan (points[i].y))
        begun = FALSE;
      else if (begun)
        cairo_line_to (cr, points[i].x, points[i].y);
      else
        cairo_move_to (cr, points[i].x, points[i].y);
      begun = !isnan (points[i].x) && !isnan (points[i].y);
    }
  return n > 0;
}

static void
paint_stroke (const Painter *painter, const IscLayoutItem *item)
{
  cairo_t *cr = painter->cr;

  set_color (painter, item->color, item->opacity);
  set_dash (cr, item->dash, item->width);
  cairo_set_line_width (cr, item->width);
  cairo_set_antialias (cr, item->points->len > MANY_POINTS ? CAIRO_ANTIALIAS_FAST
                                                           : CAIRO_ANTIALIAS_DEFAULT);
  trace (cr, (const IscPoint *)(void *)item->points->data, item->points->len);
  cairo_stroke (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
}

static void
paint_fill (const Painter *painter, const IscLayoutItem *item)
{
  set_color (painter, item->color, item->opacity);
  if (trace (painter->cr, (const IscPoint *)(void *)item->points->data, item->points->len))
    {
      cairo_close_path (painter->cr);
      cairo_fill (painter->cr);
    }
}

double
isc_paint_marker_width (const IscTheme *theme)
{
  return 1.25 * theme->line;
}

gboolean
isc_paint_marker (cairo_t *cr, IscMarker marker, IscPoint at, double radius)
{
  switch (marker)
    {
    case ISC_MARKER_SQUARE:
      cairo_rectangle (cr, at.x - 0.89 * radius, at.y - 0.89 * radius, 1.78 * radius,
                       1.78 * radius);
      break;
    case ISC_MARKER_TRIANGLE:
      cairo_move_to (cr, at.x, at.y - 1.2 * radius);
      cairo_line_to (cr, at.x + 1.1 * radius, at.y + 0.75 * radius);
      cairo_line_to (cr, at.x - 1.1 * radius, at.y + 0.75 * radius);
      cairo_close_path (cr);
      break;
    case ISC_MARKER_DIAMOND:
      cairo_move_to (cr, at.x, at.y - 1.25 * radius);
      cairo_line_to (cr, at.x + 1.25 * radius, at.y);
      cairo_line_to (cr, at.x, at.y + 1.25 * radius);
      cairo_line_to (cr, at.x - 1.25 * radius, at.y);
      cairo_close_path (cr);
      break;
    case ISC_MARKER_CROSS:
      cairo_move_to (cr, at.x - radius, at.y - radius);
      cairo_line_to (cr, at.x + radius, at.y + radius);
      cairo_move_to (cr, at.x - radius, at.y + radius);
      cairo_line_to (cr, at.x + radius, at.y - radius);
      break;
    case ISC_MARKER_NONE:
    case ISC_MARKER_CIRCLE:
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, at.x, at.y, radius, 0.0, 2.0 * G_PI);
      cairo_close_path (cr);
      break;
    }
  return marker != ISC_MARKER_CROSS;
}

static void
paint_markers (const Painter *painter, const IscLayoutItem *item)
{
  cairo_t *cr = painter->cr;

  set_color (painter, item->color, item->opacity);
  cairo_set_line_width (cr, isc_paint_marker_width (&painter->layout->theme));
  cairo_set_dash (cr, NULL, 0, 0.0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < item->points->len; i++)
    {
      if (isc_paint_marker (cr, item->marker, g_array_index (item->points, IscPoint, i),
                            0.5 * item->width))
        cairo_fill (cr);
      else
        cairo_stroke (cr);
    }
}

static void
paint_text (const Painter *painter, const IscLayoutItem *item)
{
  cairo_t *cr = painter->cr;
  const IscPoint *at = &g_array_index (item->points, IscPoint, 0);

  if (item->halo && !(painter->flags & ISC_DRAW_TRANSPARENT))
    {
      set_color (painter, ISC_GROUND, 1.0);
      cairo_set_line_width (cr, 2.0 * ISC_PAINT_HALO);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (cr, NULL, 0, 0.0);
      isc_typesetter_outline (painter->typesetter, cr, item->font, item->text, at->x, at->y);
      cairo_stroke (cr);
    }
  set_color (painter, item->color, item->opacity);
  if (painter->flags & ISC_DRAW_OUTLINES)
    {
      isc_typesetter_outline (painter->typesetter, cr, item->font, item->text, at->x, at->y);
      cairo_fill (cr);
    }
  else
    {
      isc_typesetter_draw (painter->typesetter, cr, item->font, item->text, at->x, at->y);
      cairo_new_path (cr);
    }
}

cairo_surface_t *
isc_paint_picture (const IscTheme *theme, const IscRaster *raster)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)raster->columns, (int)raster->rows);
  int stride = cairo_image_surface_get_stride (surface) / (int)sizeof (guint32);
  guint32 *pixels = (guint32 *)(void *)cairo_image_surface_get_data (surface);
  guint32 colors[ISC_COLOR_MAP_STEPS], none = isc_color_pixel (theme->ink);
  double scale = (ISC_COLOR_MAP_STEPS - 1.0) / (raster->high - raster->low);

  if (pixels == NULL)
    return surface;
  isc_color_map_pixels (raster->map, theme, colors);
  for (gsize i = 0; i < raster->rows; i++, pixels += stride)
    for (gsize j = 0; j < raster->columns; j++)
      {
        float value = raster->cells[i * raster->columns + j];
        double step = ((double)value - raster->low) * scale + 0.5;

        pixels[j]
            = isfinite (value) ? colors[(int)CLAMP (step, 0.0, ISC_COLOR_MAP_STEPS - 1.0)] : none;
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* No smoothing between dots: a cell has one colour, whatever its size. */
static void
paint_image (const Painter *painter, const IscLayoutItem *item)
{
  const IscPoint *corners = (const IscPoint *)(void *)item->points->data;
  const IscRaster *raster = item->raster;
  cairo_t *cr = painter->cr;
  cairo_surface_t *surface = isc_paint_picture (&painter->layout->theme, raster);

  cairo_save (cr);
  cairo_rectangle (cr, corners[0].x, corners[0].y, corners[1].x - corners[0].x,
                   corners[1].y - corners[0].y);
  cairo_clip (cr);
  cairo_translate (cr, raster->origin.x, raster->origin.y);
  cairo_scale (cr, raster->dx, raster->dy);
  cairo_set_source_surface (cr, surface, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
paint_item (const Painter *painter, const IscLayoutItem *item)
{
  switch (item->kind)
    {
    case ISC_LAYOUT_ITEM_FILL:
      paint_fill (painter, item);
      break;
    case ISC_LAYOUT_ITEM_STROKE:
      paint_stroke (painter, item);
      break;
    case ISC_LAYOUT_ITEM_MARKERS:
      paint_markers (painter, item);
      break;
    case ISC_LAYOUT_ITEM_IMAGE:
      paint_image (painter, item);
      break;
    case ISC_LAYOUT_ITEM_TEXT:
    default:
      paint_text (painter, item);
      break;
    }
}

IscRectangle
isc_paint_clip (const IscRectangle *area)
{
  /* A line that runs along an edge keeps its whole width. */
  return (IscRectangle){ area->x - 1.0, area->y - 1.0, area->width + 2.0, area->height + 1.5 };
}

void
isc_draw (const IscLayout *layout, cairo_t *cr, IscDrawFlags flags)
{
  g_autoptr (IscTypesetter) typesetter = NULL;
  Painter painter = { .cr = cr, .layout = layout, .flags = flags };
  int clip = -1;

  g_return_if_fail (layout != NULL);
  g_return_if_fail (cr != NULL);

  typesetter = isc_typesetter_new (layout->theme.family);
  painter.typesetter = typesetter;
  painter.opaque_only = cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_PS;

  cairo_save (cr);
  cairo_new_path (cr);
  if (!(flags & ISC_DRAW_TRANSPARENT))
    {
      set_color (&painter, ISC_GROUND, 1.0);
      cairo_rectangle (cr, 0.0, 0.0, layout->width, layout->height);
      cairo_fill (cr);
    }
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);
      int wanted = item->clip ? item->panel : -1;

      if (wanted != clip)
        {
          if (clip >= 0)
            cairo_restore (cr);
          if (wanted >= 0)
            {
              IscRectangle area
                  = isc_paint_clip (&g_array_index (layout->frames, IscFrame, wanted).area);

              cairo_save (cr);
              cairo_rectangle (cr, area.x, area.y, area.width, area.height);
              cairo_clip (cr);
            }
          clip = wanted;
        }
      paint_item (&painter, item);
    }
  if (clip >= 0)
    cairo_restore (cr);
  cairo_restore (cr);
}
