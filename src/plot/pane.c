/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/pane.h"

#include <math.h>

/* Nothing is placed farther outside than this many px: cairo's coordinates end at 2^23. */
#define FAR_OUTSIDE 10000.0

/* The strip for zeros on a log axis, as a part of the type size. */
#define RUG 1.0

/* ... unless it would take more than this part of the plot area. */
#define LARGEST_RUG 0.2

static double
place_value (const IscScale *scale, double value, double from, double length)
{
  double at = from + isc_scale_fraction (scale, value) * length;

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
  double rug = isc_pane_rug (pane, ISC_AXIS_X);

  /* CLAMP() passes a NaN through: what has no place gets none. */
  return place_value (&pane->frame.x, value, pane->frame.area.x + rug,
                      pane->frame.area.width - rug);
}

double
isc_pane_y (const IscPane *pane, double value)
{
  const IscRectangle *area = &pane->frame.area;
  double length = area->height - isc_pane_rug (pane, ISC_AXIS_Y);

  return place_value (&pane->frame.y, value, area->y + length, -length);
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
