/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stem: a vertical line from zero with a dot on it: a point mass. */
#include "plot/marks/marks.h"

#include <math.h>

#include "plot/pane.h"

#define DIAMETER 8.0

static void
extend (const IscMark *mark, IscExtent *x, IscExtent *y)
{
  IscExtent height = isc_extent_empty;

  isc_extent_add (x, mark->x[0]);
  x->pad = MAX (x->pad, 0.02);
  isc_extent_add (&height, mark->y[0]);
  height.n_not_positive = height.n_negative;
  height.from_zero = TRUE;
  height.pad = 0.06;
  isc_extent_merge (y, &height);
}

static void
place (const IscMark *mark, IscPane *pane)
{
  const IscRectangle *area = &pane->frame.area;
  double px = isc_pane_x (pane, mark->x[0]), py = isc_pane_y (pane, mark->y[0]);
  double base = isc_pane_base (pane);
  IscLayoutItem *item;

  if (isnan (px))
    return;
  if (px < area->x || px > area->x + area->width)
    {
      isc_pane_flag (pane, mark, px < area->x ? ISC_EDGE_LEFT : ISC_EDGE_RIGHT, base, mark->x[0]);
      return;
    }
  if (!isfinite (mark->y[0]) || py < area->y)
    isc_pane_flag (pane, mark, mark->y[0] > 0.0 ? ISC_EDGE_TOP : ISC_EDGE_BOTTOM, px, mark->y[0]);
  if (isnan (py))
    py = mark->y[0] > 0.0 ? area->y : base;

  item = isc_pane_add (pane, ISC_LAYOUT_ITEM_STROKE, "stem", mark);
  item->width *= 1.5;
  isc_layout_item_add_point (item, px, base);
  isc_layout_item_add_point (item, px, py);
  item = isc_pane_add (pane, ISC_LAYOUT_ITEM_MARKERS, "stem", mark);
  item->marker = mark->style.marker != ISC_MARKER_NONE ? mark->style.marker : ISC_MARKER_CIRCLE;
  item->width = DIAMETER * mark->style.width * pane->layout->theme.line / 1.75;
  item->clip = FALSE;
  isc_layout_item_add_point (item, px, CLAMP (py, area->y, area->y + area->height));
  item->data = g_array_new (FALSE, FALSE, sizeof (IscDatum));
  isc_pane_add_datum (item, mark->x[0], mark->y[0], px, py, 0.0);
}

const IscMarkKind isc_mark_stem = {
  .name = "stem",
  .key = ISC_KEY_STEM,
  .level = 3,
  .extend = extend,
  .place = place,
  .tabulate = isc_mark_tabulate_xy,
  .tell = isc_mark_tell_xy,
};
