/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rule: a straight line across the panel at one value of an axis. */
#include "plot/marks/marks.h"

#include <math.h>

#include "plot/pane.h"

static void
extend (const IscMark *mark, IscExtent *x, IscExtent *y)
{
  IscExtent value = isc_extent_empty;

  /* A rule shows where a value would be, so one that has no place on a log axis leaves no rug. */
  isc_extent_add (&value, mark->x[0]);
  value.n_not_positive = 0;
  value.n_negative = 0;
  value.n_not_finite = 0;
  value.pad = 0.05;
  isc_extent_merge (mark->side == ISC_AXIS_X ? x : y, &value);
}

static void
place (const IscMark *mark, IscPane *pane)
{
  const IscRectangle *area = &pane->frame.area;
  const IscScale *scale = mark->side == ISC_AXIS_X ? &pane->frame.x : &pane->frame.y;
  double at
      = mark->side == ISC_AXIS_X ? isc_pane_x (pane, mark->x[0]) : isc_pane_y (pane, mark->x[0]);
  IscLayoutItem *item;

  if (isnan (at) || mark->x[0] < scale->low || mark->x[0] > scale->high)
    return;
  item = isc_pane_add (pane, ISC_LAYOUT_ITEM_STROKE, "rule", mark);
  if (mark->side == ISC_AXIS_X)
    {
      isc_layout_item_add_point (item, at, area->y);
      isc_layout_item_add_point (item, at, area->y + area->height);
    }
  else
    {
      isc_layout_item_add_point (item, area->x, at);
      isc_layout_item_add_point (item, area->x + area->width, at);
    }
}

static void
tabulate (const IscMark *mark, IscMarkRowFunc func, gpointer data)
{
  IscMarkRow row = {
    .members = mark->side == ISC_AXIS_X ? ISC_ROW_X : ISC_ROW_Y,
    .x = mark->x[0],
    .y = mark->x[0],
  };

  func (&row, data);
}

const IscMarkKind isc_mark_rule = {
  .name = "rule",
  .key = ISC_KEY_LINE,
  .level = 2,
  .extend = extend,
  .place = place,
  .tabulate = tabulate,
};
