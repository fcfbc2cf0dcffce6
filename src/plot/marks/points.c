/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points: a marker at each datum.  Of those that fall into one px, one is drawn. */
#include "plot/marks/marks.h"

#include <math.h>

#include "plot/pane.h"

#define DIAMETER 5.0
#define OPACITY 0.85

static void
extend (const IscMark *mark, IscExtent *x, IscExtent *y)
{
  IscExtent values = isc_extent_empty;

  for (gsize i = 0; i < mark->n; i++)
    {
      isc_extent_add (x, mark->x[i]);
      isc_extent_add (&values, mark->y[i]);
    }
  x->pad = MAX (x->pad, 0.03);
  values.pad = 0.05;
  isc_extent_merge (y, &values);
}

static void
flag_outside (const IscMark *mark, IscPane *pane, gsize i, double px, double py)
{
  const IscRectangle *area = &pane->frame.area;

  if (!isnan (px) && !isfinite (mark->y[i]))
    isc_pane_flag (pane, mark, mark->y[i] > 0.0 ? ISC_EDGE_TOP : ISC_EDGE_BOTTOM, px, mark->y[i]);
  else if (isnan (px) || isnan (py))
    return;
  else if (px < area->x)
    isc_pane_flag (pane, mark, ISC_EDGE_LEFT, py, mark->x[i]);
  else if (px > area->x + area->width)
    isc_pane_flag (pane, mark, ISC_EDGE_RIGHT, py, mark->x[i]);
  else if (py < area->y)
    isc_pane_flag (pane, mark, ISC_EDGE_TOP, px, mark->y[i]);
  else if (py > area->y + area->height)
    isc_pane_flag (pane, mark, ISC_EDGE_BOTTOM, px, mark->y[i]);
}

static void
place (const IscMark *mark, IscPane *pane)
{
  const IscRectangle *area = &pane->frame.area;
  gsize columns = (gsize)ceil (area->width) + 1, rows = (gsize)ceil (area->height) + 1;
  g_autofree guint8 *taken = g_malloc0 (columns * rows / 8 + 1);
  IscLayoutItem *item = isc_pane_add (pane, ISC_LAYOUT_ITEM_MARKERS, "points", mark);

  item->marker = mark->style.marker != ISC_MARKER_NONE ? mark->style.marker : ISC_MARKER_CIRCLE;
  item->width = DIAMETER * mark->style.width * pane->layout->theme.line / 1.75;
  item->opacity *= OPACITY;
  item->data = g_array_new (FALSE, FALSE, sizeof (IscDatum));
  for (gsize i = 0; i < mark->n; i++)
    {
      double px = isc_pane_x (pane, mark->x[i]), py = isc_pane_y (pane, mark->y[i]);
      gsize cell;

      /* A zero on a log axis stands on the bottom line. */
      if (isnan (py) && isfinite (mark->y[i]))
        py = area->y + area->height - 0.5 * isc_pane_rug (pane, ISC_AXIS_Y);
      if (!(px >= area->x && px <= area->x + area->width && py >= area->y
            && py <= area->y + area->height))
        {
          flag_outside (mark, pane, i, px, py);
          continue;
        }
      cell = (gsize)(py - area->y) * columns + (gsize)(px - area->x);
      if (taken[cell / 8] & 1u << cell % 8)
        continue;
      taken[cell / 8] |= (guint8)(1u << cell % 8);
      isc_layout_item_add_point (item, px, py);
      isc_pane_add_datum (item, mark->x[i], mark->y[i], px, py, 0.0);
    }
}

const IscMarkKind isc_mark_points = {
  .name = "points",
  .key = ISC_KEY_MARKER,
  .level = 4,
  .extend = extend,
  .place = place,
  .tabulate = isc_mark_tabulate_xy,
  .tell = isc_mark_tell_xy,
};
