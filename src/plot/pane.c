/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/pane.h"

#include <math.h>

#include "plot/series.h"

/* Nothing is placed farther outside than this many px: cairo's coordinates end at 2^23. */
#define FAR_OUTSIDE 10000.0

/* ... and what is to be cut there no farther than this: with it one can still calculate. */
#define FARTHEST 1e12

/* From so many dots a px on nobody sees whether a line is sharp. */
#define FINE 2.6

/* Curves are worked out for no finer dots than a printer's. */
#define MOST_DOTS 4.0

/* The strip for zeros on a log axis, as a part of the type size. */
#define RUG 1.0

/* ... unless it would take more than this part of the plot area. */
#define LARGEST_RUG 0.2

/* Where an axis begins, and how long it is, without the strip for zeros: up the page a length is
 * negative. */
static void
find_axis (const IscPane *pane, IscAxisSide side, double *from, double *length)
{
  const IscRectangle *area = &pane->frame.area;
  double rug = isc_pane_rug (pane, side);

  *from = side == ISC_AXIS_X ? area->x + rug : area->y + area->height - rug;
  *length = side == ISC_AXIS_X ? area->width - rug : rug - area->height;
}

static double
place_value (const IscPane *pane, IscAxisSide side, double value)
{
  double from, length;

  find_axis (pane, side, &from, &length);
  return from
         + isc_scale_fraction (side == ISC_AXIS_X ? &pane->frame.x : &pane->frame.y, value)
               * length;
}

/* CLAMP() passes a NaN through: what has no place gets none. */
static double
place_near (const IscPane *pane, IscAxisSide side, double value)
{
  double from, length, at = place_value (pane, side, value);

  find_axis (pane, side, &from, &length);
  return CLAMP (at, MIN (from, from + length) - FAR_OUTSIDE,
                MAX (from, from + length) + FAR_OUTSIDE);
}

static double
line_width (const IscPane *pane, const IscMark *mark)
{
  const IscTheme *theme = &pane->layout->theme;

  return (mark->style.color < 0 ? theme->ink_line : theme->line)
         * CLAMP (mark->style.width, 0.1, 10.0);
}

double
isc_pane_rug (const IscPane *pane, IscAxisSide side)
{
  const IscScale *scale = side == ISC_AXIS_X ? &pane->frame.x : &pane->frame.y;
  double extent = side == ISC_AXIS_X ? pane->frame.area.width : pane->frame.area.height;

  return scale->rug ? MIN (RUG * pane->layout->theme.text_size, LARGEST_RUG * extent) : 0.0;
}

double
isc_pane_x (const IscPane *pane, double value)
{
  return place_near (pane, ISC_AXIS_X, value);
}

double
isc_pane_y (const IscPane *pane, double value)
{
  return place_near (pane, ISC_AXIS_Y, value);
}

IscPoint
isc_pane_point (const IscPane *pane, double x, double y)
{
  double px = place_value (pane, ISC_AXIS_X, x), py = place_value (pane, ISC_AXIS_Y, y);

  return (IscPoint){ CLAMP (px, -FARTHEST, FARTHEST), CLAMP (py, -FARTHEST, FARTHEST) };
}

IscRectangle
isc_pane_reach (const IscPane *pane)
{
  const IscRectangle *area = &pane->frame.area;

  return (IscRectangle){ area->x - FAR_OUTSIDE, area->y - FAR_OUTSIDE,
                         area->width + 2.0 * FAR_OUTSIDE, area->height + 2.0 * FAR_OUTSIDE };
}

/* Not by halves: who gives an order that is none gets all of it. */
void
isc_pane_find_seen (const IscPane *pane, const double *x, gsize n, gsize *first, gsize *end)
{
  const IscScale *scale = &pane->frame.x;

  *first = 0;
  *end = n;
  if (!scale->fixed)
    return;
  while (*first + 1 < n && x[*first + 1] < scale->low)
    (*first)++;
  while (*end > *first + 1 && x[*end - 2] > scale->high)
    (*end)--;
}

double
isc_pane_dots (const IscPane *pane)
{
  double detail = pane->layout->theme.detail;

  return detail > 0.0 ? MIN (detail, MOST_DOTS) : 1.0;
}

double
isc_pane_snap (const IscPane *pane, double at, double *width)
{
  double detail = pane->layout->theme.detail, dots;

  /* Dots so fine need no care; a drawing made of paths, which asks for as fine ones, may yet be
   * shown with one a px. */
  if (!(detail > 0.0 && detail < FINE))
    return floor (at) + 0.5;
  dots = MAX (1.0, floor (*width * detail + 0.5));
  *width = dots / detail;
  /* A line of odd width is sharp between two rows of dots. */
  if (fmod (dots, 2.0) == 1.0)
    return (floor (at * detail) + 0.5) / detail;
  return floor (at * detail + 0.5) / detail;
}

double
isc_pane_base (const IscPane *pane)
{
  const IscRectangle *area = &pane->frame.area;
  double base = isc_pane_y (pane, 0.0);

  return isnan (base) ? area->y + area->height : CLAMP (base, area->y, area->y + area->height);
}

IscLayoutItem *
isc_pane_add (IscPane *pane, IscLayoutItemKind kind, const char *part, const IscMark *mark)
{
  IscLayoutItem *item = isc_layout_add_item (pane->layout, kind, part, pane->index);

  item->mark = mark;
  item->series
      = isc_series_find (pane->layout->figure,
                         isc_figure_get_panel (pane->layout->figure, (guint)pane->index), mark);
  item->clip = TRUE;
  item->color = mark->style.color < 0 ? ISC_INK : mark->style.color;
  item->opacity = MIN (mark->style.opacity, 1.0);
  item->dash = mark->style.dash;
  item->marker = mark->style.marker;
  item->width = line_width (pane, mark);
  return item;
}

void
isc_pane_add_datum (
    IscLayoutItem *item, double x, double y, double px, double py, double half_width)
{
  IscDatum datum = { x, y, px, py, half_width };

  g_array_append_val (item->data, datum);
}
