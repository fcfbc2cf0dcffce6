/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars: a histogram as one staircase, so that neighbours share their edge without a seam at any
 * resolution.  Histograms over each other become outlines with a faint fill. */
#include "plot/marks/staircase.h"

#define STEP_FILL 0.25

static void
place (const IscMark *mark, IscPane *pane)
{
  GArray *data = g_array_new (FALSE, FALSE, sizeof (IscDatum));
  g_autoptr (GArray) tops = isc_staircase_new (mark, pane, data);
  double base = isc_pane_base (pane);
  const IscPoint *points = (const IscPoint *)(void *)tops->data;
  IscLayoutItem *item = isc_pane_add (pane, ISC_LAYOUT_ITEM_FILL, "bars", mark);

  item->opacity *= pane->layout->theme.bar_opacity * (pane->bars_as_steps ? STEP_FILL : 1.0);
  item->data = data;
  if (tops->len == 0)
    return;

  isc_layout_item_add_point (item, points[0].x, base);
  g_array_append_vals (item->points, points, tops->len);
  isc_layout_item_add_point (item, points[tops->len - 1].x, base);
  if (!pane->bars_as_steps)
    return;

  item = isc_pane_add (pane, ISC_LAYOUT_ITEM_STROKE, "steps", mark);
  isc_layout_item_add_point (item, points[0].x, base);
  g_array_append_vals (item->points, points, tops->len);
  isc_layout_item_add_point (item, points[tops->len - 1].x, base);
}

const IscMarkKind isc_mark_bars = {
  .name = "bars",
  .key = ISC_KEY_AREA,
  .level = 0,
  .extend = isc_staircase_extend,
  .place = place,
  .tabulate = isc_staircase_tabulate,
  .tell = isc_staircase_tell,
};
