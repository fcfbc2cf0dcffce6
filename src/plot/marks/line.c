/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Line: a curve through points in order of x.  Where there are more points than the screen has
 * columns, the first, lowest, highest and last of each column are kept (Jugel et al. 2014, "M4"):
 * the picture is that of all points, and no spike is lost.  What is not finite interrupts the line.
 */
#include "plot/marks/marks.h"

#include <math.h>

#include "plot/clip.h"
#include "plot/pane.h"
#include "plot/series.h"

#define NONE G_MAXSIZE

/* Diameter of a point that has no neighbour to be joined to. */
#define LONELY 4.0

/* Distance of two markers on a curve in type sizes, and their diameter in widths of the line. */
#define CUES_APART 12.0
#define CUE 3.4

/* Room between two data in type sizes from which on each has a dot, and its diameter. */
#define DOTS_APART 1.5
#define DOT 2.4

typedef struct
{
  const IscMark *mark;
  IscPane *pane;
  gboolean thin;
  GArray *points;
  GArray *data;
  GArray *lonely;
  GArray *rug;
  double dots;
  double column_scale;
  double column_start;
  gsize n_in_piece;
  double column;
  gsize first;
  gsize lowest;
  gsize highest;
  gsize last;
  gboolean in_gap;
  int outside;
  gsize most_outside;
} Tracer;

static void
extend (const IscMark *mark, IscExtent *x, IscExtent *y)
{
  IscExtent values = isc_extent_empty;

  for (gsize i = 0; i < mark->n; i++)
    {
      isc_extent_add (x, mark->x[i]);
      isc_extent_add (&values, mark->y[i]);
    }
  values.near_zero = TRUE;
  values.pad = 0.05;
  isc_extent_merge (y, &values);
}

static void
end_excursion (Tracer *tracer)
{
  if (tracer->outside != 0)
    isc_pane_flag (tracer->pane, tracer->mark,
                   (tracer->outside > 0) != tracer->pane->frame.y.reversed ? ISC_EDGE_TOP
                                                                           : ISC_EDGE_BOTTOM,
                   isc_pane_x (tracer->pane, tracer->mark->x[tracer->most_outside]),
                   tracer->mark->y[tracer->most_outside]);
  tracer->outside = 0;
}

/* Remembers the farthest point of each stretch beyond a fixed range. */
static void
watch_range (Tracer *tracer, gsize i)
{
  const IscScale *scale = &tracer->pane->frame.y;
  double y = tracer->mark->y[i];
  int outside = y > scale->high ? 1 : y < scale->low ? -1 : 0;

  if (!scale->fixed)
    return;
  if (outside != tracer->outside)
    end_excursion (tracer);
  if (outside != 0
      && (tracer->outside == 0 || outside * y > outside * tracer->mark->y[tracer->most_outside]))
    tracer->most_outside = i;
  tracer->outside = outside;
}

static void
add (Tracer *tracer, gsize i)
{
  IscPoint point = isc_pane_point (tracer->pane, tracer->mark->x[i], tracer->mark->y[i]);
  IscDatum datum = { tracer->mark->x[i], tracer->mark->y[i], point.x, point.y, 0.0 };

  watch_range (tracer, i);
  g_array_append_val (tracer->points, point);
  g_array_append_val (tracer->data, datum);
  tracer->n_in_piece++;
}

/* Adds what is kept of a column, in the order of the data. */
static void
end_column (Tracer *tracer)
{
  gsize kept[4] = { tracer->first, MIN (tracer->lowest, tracer->highest),
                    MAX (tracer->lowest, tracer->highest), tracer->last };

  if (tracer->first == NONE)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (i == 0 || kept[i] != kept[i - 1])
      add (tracer, kept[i]);
  tracer->first = NONE;
}

static void
end_piece (Tracer *tracer)
{
  IscPoint gap = { NAN, NAN };

  end_column (tracer);
  end_excursion (tracer);
  if (tracer->n_in_piece == 1)
    {
      IscRectangle reach = isc_pane_reach (tracer->pane);
      IscPoint point = g_array_index (tracer->points, IscPoint, tracer->points->len - 1);

      point.x = CLAMP (point.x, reach.x, reach.x + reach.width);
      point.y = CLAMP (point.y, reach.y, reach.y + reach.height);
      g_array_append_val (tracer->lonely, point);
    }
  if (tracer->n_in_piece > 0)
    g_array_append_val (tracer->points, gap);
  tracer->n_in_piece = 0;
}

static void
add_rug (Tracer *tracer, gsize i, double px)
{
  IscPoint tick = { px, tracer->pane->frame.area.y + tracer->pane->frame.area.height };
  IscDatum datum = { tracer->mark->x[i], tracer->mark->y[i], px, tick.y, 0.0 };

  if (tracer->rug->len > 0
      && px - g_array_index (tracer->rug, IscPoint, tracer->rug->len - 1).x < 1.0)
    return;
  g_array_append_val (tracer->rug, tick);
  g_array_append_val (tracer->data, datum);
}

/* The position of most points is asked for only to know their column. */
static double
column_of (const Tracer *tracer, double x)
{
  if (tracer->column_scale > 0.0 && isfinite (x))
    return tracer->column_start + tracer->column_scale * x;
  return isc_pane_x (tracer->pane, x);
}

static void
take (Tracer *tracer, gsize i)
{
  const IscMark *mark = tracer->mark;
  double px = column_of (tracer, mark->x[i]);

  if (isnan (px))
    {
      end_piece (tracer);
      return;
    }
  if (!isfinite (mark->y[i]))
    {
      end_piece (tracer);
      if (!tracer->in_gap)
        isc_pane_flag (tracer->pane, mark, mark->y[i] > 0.0 ? ISC_EDGE_TOP : ISC_EDGE_BOTTOM, px,
                       mark->y[i]);
      tracer->in_gap = TRUE;
      return;
    }
  tracer->in_gap = FALSE;
  if (!tracer->pane->frame.y.type->can_show (mark->y[i]))
    {
      /* Among many points in a column some without a place do not interrupt the others. */
      if (!tracer->thin || floor (px * tracer->dots) > tracer->column + 1.0)
        end_piece (tracer);
      add_rug (tracer, i, px);
      return;
    }
  if (!tracer->thin)
    {
      add (tracer, i);
      return;
    }
  if (tracer->first == NONE || floor (px * tracer->dots) != tracer->column)
    {
      end_column (tracer);
      tracer->first = tracer->lowest = tracer->highest = i;
      tracer->column = floor (px * tracer->dots);
    }
  tracer->last = i;
  if (mark->y[i] < mark->y[tracer->lowest])
    tracer->lowest = i;
  if (mark->y[i] > mark->y[tracer->highest])
    tracer->highest = i;
}

static void
place_rug (Tracer *tracer)
{
  double height = isc_pane_rug (tracer->pane, ISC_AXIS_Y);
  IscLayoutItem *item;

  if (tracer->rug->len == 0)
    return;
  item = isc_pane_add (tracer->pane, ISC_LAYOUT_ITEM_STROKE, "rug", tracer->mark);
  item->dash = ISC_DASH_SOLID;
  for (guint i = 0; i < tracer->rug->len; i++)
    {
      const IscPoint *tick = &g_array_index (tracer->rug, IscPoint, i);

      isc_layout_item_add_point (item, tick->x, tick->y);
      isc_layout_item_add_point (item, tick->x, tick->y - 0.6 * height);
      isc_layout_item_add_point (item, NAN, NAN);
    }
}

static gboolean
is_seen (const IscDatum *datum, const IscRectangle *area)
{
  return datum->px >= area->x && datum->px <= area->x + area->width && datum->py >= area->y
         && datum->py <= area->y + area->height;
}

/* Who has come so near that steps have room between them sees each.  Points of a curve that is
 * calculated mean nothing, and its axis has no whole numbers. */
static void
place_dots (const Tracer *tracer)
{
  const IscRectangle *area = &tracer->pane->frame.area;
  const IscTheme *theme = &tracer->pane->layout->theme;
  IscLayoutItem *item;

  if (!tracer->pane->frame.x.chosen || !tracer->pane->frame.x.integer
      || tracer->data->len * DOTS_APART * theme->text_size > area->width)
    return;
  item = isc_pane_add (tracer->pane, ISC_LAYOUT_ITEM_MARKERS, "dots", tracer->mark);
  item->marker = ISC_MARKER_CIRCLE;
  item->width = DOT * item->width;
  for (guint i = 0; i < tracer->data->len; i++)
    {
      const IscDatum *datum = &g_array_index (tracer->data, IscDatum, i);

      if (is_seen (datum, area))
        isc_layout_item_add_point (item, datum->px, datum->py);
    }
}

/* The series' marker here and there, begun elsewhere for each colour so that they do not meet. */
static void
place_cues (const Tracer *tracer)
{
  const IscRectangle *area = &tracer->pane->frame.area;
  const IscTheme *theme = &tracer->pane->layout->theme;
  const IscMark *mark = tracer->mark;
  double apart = CUES_APART * theme->text_size;
  double next
      = area->x
        + apart * (0.5 + MAX (mark->style.color, 0) % ISC_N_SERIES_COLORS) / ISC_N_SERIES_COLORS;
  IscLayoutItem *item;

  if (!theme->cues || !isc_series_is_named (mark) || mark->style.marker == ISC_MARKER_NONE)
    return;
  item = isc_pane_add (tracer->pane, ISC_LAYOUT_ITEM_MARKERS, "cue", mark);
  item->width = CUE * theme->line;
  for (guint i = 0; i < tracer->data->len; i++)
    {
      const IscDatum *datum = &g_array_index (tracer->data, IscDatum, i);

      if (datum->px < next || !is_seen (datum, area))
        continue;
      isc_layout_item_add_point (item, datum->px, datum->py);
      next = MAX (next + apart, datum->px + 0.5 * apart);
    }
}

static void
place_lonely (Tracer *tracer)
{
  IscLayoutItem *item;

  if (tracer->lonely->len == 0)
    return;
  item = isc_pane_add (tracer->pane, ISC_LAYOUT_ITEM_MARKERS, "lonely", tracer->mark);
  item->marker = ISC_MARKER_CIRCLE;
  item->width = LONELY * tracer->pane->layout->theme.line / 1.75;
  g_array_append_vals (item->points, tracer->lonely->data, tracer->lonely->len);
}

static void
place (const IscMark *mark, IscPane *pane)
{
  g_autoptr (GArray) lonely = g_array_new (FALSE, FALSE, sizeof (IscPoint));
  g_autoptr (GArray) rug = g_array_new (FALSE, FALSE, sizeof (IscPoint));
  Tracer tracer = {
    .mark = mark,
    .pane = pane,
    .points = g_array_new (FALSE, FALSE, sizeof (IscPoint)),
    .data = g_array_new (FALSE, FALSE, sizeof (IscDatum)),
    .lonely = lonely,
    .rug = rug,
    .dots = isc_pane_dots (pane),
    .first = NONE,
  };
  const IscScale *scale = &pane->frame.x;
  IscRectangle reach = isc_pane_reach (pane);
  IscLayoutItem *item;
  gsize first, end;

  isc_pane_find_seen (pane, mark->x, mark->n, &first, &end);
  tracer.thin = (double)(end - first) > 2.0 * tracer.dots * pane->frame.area.width;
  if (tracer.thin && scale->type->kind == ISC_SCALE_LINEAR)
    {
      tracer.column_scale = pane->frame.area.width / (scale->high - scale->low);
      tracer.column_start = pane->frame.area.x - tracer.column_scale * scale->low;
      if (!isfinite (tracer.column_start) || scale->reversed)
        tracer.column_scale = 0.0;
    }
  for (gsize i = first; i < end; i++)
    take (&tracer, i);
  end_piece (&tracer);

  item = isc_pane_add (pane, ISC_LAYOUT_ITEM_STROKE, "line", mark);
  g_array_unref (item->points);
  item->points = tracer.points;
  item->data = tracer.data;
  isc_clip_polyline (item->points, &reach);
  place_rug (&tracer);
  place_lonely (&tracer);
  place_dots (&tracer);
  place_cues (&tracer);
}

const IscMarkKind isc_mark_line = {
  .name = "line",
  .key = ISC_KEY_LINE,
  .level = 3,
  .extend = extend,
  .place = place,
  .tabulate = isc_mark_tabulate_xy,
  .tell = isc_mark_tell_xy,
};
