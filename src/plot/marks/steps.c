/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps: a histogram's outline without a fill, for several over each other. */
#include "plot/marks/staircase.h"

static void
place (const IscMark *mark, IscPane *pane)
{
  GArray *data = g_array_new (FALSE, FALSE, sizeof (IscDatum));
  g_autoptr (GArray) tops = isc_staircase_new (mark, pane, data);
  double base = isc_pane_base (pane);
  const IscPoint *points = (const IscPoint *)(void *)tops->data;
  IscLayoutItem *item = isc_pane_add (pane, ISC_LAYOUT_ITEM_STROKE, "steps", mark);

  item->data = data;
  if (tops->len == 0)
    return;
  isc_layout_item_add_point (item, points[0].x, base);
  g_array_append_vals (item->points, points, tops->len);
  isc_layout_item_add_point (item, points[tops->len - 1].x, base);
}

const IscMarkKind isc_mark_steps = {
  .name = "steps",
  .key = ISC_KEY_LINE,
  .level = 2,
  .extend = isc_staircase_extend,
  .place = place,
  .tabulate = isc_staircase_tabulate,
  .tell = isc_staircase_tell,
};
