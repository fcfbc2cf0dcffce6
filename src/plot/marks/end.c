/* SPDX-License-Identifier: GPL-3.0-or-later */
/* End: a cross where a curve stops for a reason, with the reason beside it. */
#include "plot/marks/marks.h"

#include <math.h>

#include "plot/pane.h"

#define DIAMETER 9.0
#define GAP 8.0

static void
extend (const IscMark *mark, IscExtent *x, IscExtent *y)
{
  IscExtent value = isc_extent_empty;

  isc_extent_add (x, mark->x[0]);
  isc_extent_add (&value, mark->y[0]);
  value.pad = 0.05;
  isc_extent_merge (y, &value);
}

/* Whether a text of another end is already there. */
static gboolean
is_taken (const IscPane *pane, double x, double y, double width, double height)
{
  const GArray *items = pane->layout->items;

  for (guint i = 0; i < items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (items, IscLayoutItem, i);
      const IscPoint *at;

      if (item->kind != ISC_LAYOUT_ITEM_TEXT || item->panel != pane->index || !item->halo)
        continue;
      at = &g_array_index (item->points, IscPoint, 0);
      if (fabs (at->y - y) < height && at->x < x + width && x < at->x + item->width)
        return TRUE;
    }
  return FALSE;
}

static void
place_text (const IscMark *mark, IscPane *pane, double px, double py)
{
  const IscRectangle *area = &pane->frame.area;
  IscFont font = { pane->layout->theme.text_size, FALSE };
  double ascent, descent, width, x, y;
  g_autofree char *text = NULL;
  IscLayoutItem *item;

  isc_typesetter_metrics (pane->typesetter, font, &ascent, &descent);
  text = isc_typesetter_shorten (pane->typesetter, font, mark->label, area->width - 2.0 * GAP);
  width = isc_typesetter_width (pane->typesetter, font, text);
  if (*text == '\0' || area->height < 2.0 * (ascent + descent))
    return;
  x = px + GAP;
  if (x + width > area->x + area->width)
    x = px - GAP - width;
  x = CLAMP (x, area->x, area->x + area->width - width);
  y = CLAMP (py + 0.36 * font.size, area->y + ascent, area->y + area->height - descent);
  /* Below the ones that are there, then above them. */
  for (int try = 0; try < 12; try++)
    {
      double step = (try + 1) / 2 * (try % 2 == 1 ? 1.0 : -1.0) * (ascent + descent);

      if (y + step - ascent < area->y || y + step + descent > area->y + area->height
          || is_taken (pane, x, y + step, width, ascent + descent))
        continue;
      y += step;
      break;
    }
  item = isc_layout_add_text (pane->layout, "end", pane->index, font, ISC_INK, text, width, x, y);
  item->halo = TRUE;
}

static void
place (const IscMark *mark, IscPane *pane)
{
  const IscRectangle *area = &pane->frame.area;
  double px = isc_pane_x (pane, mark->x[0]), py = isc_pane_y (pane, mark->y[0]);
  IscLayoutItem *item;

  if (isnan (px) || px < area->x || px > area->x + area->width)
    return;
  if (isnan (py))
    py = mark->y[0] > 0.0 ? area->y : area->y + area->height;
  py = CLAMP (py, area->y, area->y + area->height);

  item = isc_pane_add (pane, ISC_LAYOUT_ITEM_MARKERS, "end", mark);
  item->marker = ISC_MARKER_CROSS;
  item->width = DIAMETER * mark->style.width * pane->layout->theme.line / 1.75;
  item->clip = FALSE;
  isc_layout_item_add_point (item, px, py);
  item->data = g_array_new (FALSE, FALSE, sizeof (IscDatum));
  isc_pane_add_datum (item, mark->x[0], mark->y[0], px, py, 0.0);
  if (mark->label != NULL)
    place_text (mark, pane, px, py);
}

const IscMarkKind isc_mark_end = {
  .name = "end",
  .key = ISC_KEY_NONE,
  .level = 4,
  .extend = extend,
  .place = place,
  .tabulate = isc_mark_tabulate_xy,
  .tell = isc_mark_tell_xy,
};
