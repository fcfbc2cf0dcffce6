/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is where on a layout: the way back from device units. */
#include "plot/layout.h"

#include <math.h>
#include <string.h>

#include "plot/pane.h"

/* px around a name that belong to it. */
#define REACH 4.0

static const IscFrame *
find_frame (const IscLayout *layout, guint panel)
{
  return &g_array_index (layout->frames, IscFrame, panel);
}

static gboolean
is_in (const IscRectangle *box, double px, double py)
{
  return px >= box->x && px <= box->x + box->width && py >= box->y && py <= box->y + box->height;
}

static void
unite (IscRectangle *box, const IscRectangle *other)
{
  double right = MAX (box->x + box->width, other->x + other->width);
  double bottom = MAX (box->y + box->height, other->y + other->height);

  box->x = MIN (box->x, other->x);
  box->y = MIN (box->y, other->y);
  box->width = right - box->x;
  box->height = bottom - box->y;
}

static IscRectangle
find_box (const IscLayoutItem *item)
{
  const IscPoint *points = (const IscPoint *)(void *)item->points->data;
  IscRectangle box = { points[0].x, points[0].y, 0.0, 0.0 };

  if (item->kind == ISC_LAYOUT_ITEM_TEXT)
    return (IscRectangle){ box.x, box.y - item->font.size, item->width, 1.3 * item->font.size };
  for (guint i = 1; i < item->points->len; i++)
    unite (&box, &(IscRectangle){ points[i].x, points[i].y, 0.0, 0.0 });
  return box;
}

static gboolean
is_of_axis (const IscLayoutItem *item, IscAxisSide side)
{
  return g_str_has_prefix (item->part, side == ISC_AXIS_X ? "x-" : "y-");
}

/* The strip beside a plot area, as far as numbers and titles reach; empty where there are none. */
static IscRectangle
find_strip (const IscLayout *layout, guint panel, IscAxisSide side)
{
  const IscRectangle *area = &find_frame (layout, panel)->area;
  IscRectangle strip = { area->x, area->y + area->height, area->width, 0.0 };
  gboolean found = FALSE;

  if (side == ISC_AXIS_Y)
    strip = (IscRectangle){ area->x, area->y, 0.0, area->height };
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);
      IscRectangle box;

      if (item->panel != (int)panel || item->kind != ISC_LAYOUT_ITEM_TEXT
          || !is_of_axis (item, side) || strcmp (item->part, "y-title") == 0)
        continue;
      box = find_box (item);
      found = TRUE;
      unite (&strip, &box);
    }
  if (!found)
    return (IscRectangle){ NAN, NAN, 0.0, 0.0 };
  /* Labels reach beyond their axis at its ends; beside it begins the area. */
  if (side == ISC_AXIS_X)
    strip.height += strip.y - (area->y + area->height), strip.y = area->y + area->height;
  else
    strip.width = area->x - strip.x;
  return strip;
}

static IscPane
pane_of (const IscLayout *layout, guint panel)
{
  return (IscPane){
    .layout = (IscLayout *)layout,
    .index = (int)panel,
    .frame = *find_frame (layout, panel),
  };
}

int
isc_layout_find_panel_near (const IscLayout *layout, double px, double py, double tolerance)
{
  for (guint i = 0; i < layout->frames->len; i++)
    {
      const IscRectangle *area = &find_frame (layout, i)->area;

      if (px >= area->x - tolerance && px <= area->x + area->width + tolerance
          && py >= area->y - tolerance && py <= area->y + area->height + tolerance)
        return (int)i;
    }
  return -1;
}

IscViewport *
isc_layout_get_viewport (const IscLayout *layout)
{
  g_return_val_if_fail (layout != NULL, NULL);

  return layout->viewport;
}

void
isc_layout_get_area (
    const IscLayout *layout, guint panel, double *x, double *y, double *width, double *height)
{
  const IscRectangle *area;

  g_return_if_fail (layout != NULL);
  g_return_if_fail (panel < layout->frames->len);

  area = &find_frame (layout, panel)->area;
  *x = area->x;
  *y = area->y;
  *width = area->width;
  *height = area->height;
}

int
isc_layout_find_panel (const IscLayout *layout, double px, double py)
{
  g_return_val_if_fail (layout != NULL, -1);

  return isc_layout_find_panel_near (layout, px, py, 0.0);
}

int
isc_layout_find_axis (const IscLayout *layout, double px, double py, IscAxisSide *side)
{
  g_return_val_if_fail (layout != NULL, -1);
  g_return_val_if_fail (side != NULL, -1);

  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);
      IscRectangle box;

      if (strcmp (item->part, "y-title") != 0)
        continue;
      box = find_box (item);
      if (!is_in (&box, px, py))
        continue;
      *side = ISC_AXIS_Y;
      return item->panel;
    }
  for (guint i = 0; i < layout->frames->len; i++)
    for (*side = ISC_AXIS_X; *side <= ISC_AXIS_Y; (*side)++)
      {
        IscRectangle strip = find_strip (layout, i, *side);

        if (is_in (&strip, px, py))
          return (int)i;
      }
  *side = ISC_AXIS_X;
  return -1;
}

const char *
isc_layout_find_series (const IscLayout *layout, double px, double py)
{
  g_return_val_if_fail (layout != NULL, NULL);

  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);
      IscRectangle box;

      if (item->series == NULL || item->points->len == 0
          || !(strcmp (item->part, "legend") == 0 || strcmp (item->part, "key") == 0
               || strcmp (item->part, "end-label") == 0))
        continue;
      box = find_box (item);
      box = (IscRectangle){ box.x - REACH, box.y - REACH, box.width + 2.0 * REACH,
                            box.height + 2.0 * REACH };
      if (is_in (&box, px, py))
        return item->series;
    }
  return NULL;
}

IscScaleKind
isc_layout_get_limits (
    const IscLayout *layout, guint panel, IscAxisSide side, double *low, double *high)
{
  const IscFrame *frame;
  const IscScale *scale;

  g_return_val_if_fail (layout != NULL, ISC_SCALE_LINEAR);
  g_return_val_if_fail (panel < layout->frames->len, ISC_SCALE_LINEAR);

  frame = find_frame (layout, panel);
  scale = side == ISC_AXIS_X ? &frame->x : &frame->y;
  *low = scale->low;
  *high = scale->high;
  return scale->type->kind;
}

double
isc_layout_to_value (const IscLayout *layout, guint panel, IscAxisSide side, double at)
{
  const IscFrame *frame;

  g_return_val_if_fail (layout != NULL, NAN);
  g_return_val_if_fail (panel < layout->frames->len, NAN);

  frame = find_frame (layout, panel);
  return isc_scale_value (side == ISC_AXIS_X ? &frame->x : &frame->y,
                          isc_layout_to_fraction (layout, panel, side, at));
}

double
isc_layout_to_device (const IscLayout *layout, guint panel, IscAxisSide side, double value)
{
  IscPane pane;

  g_return_val_if_fail (layout != NULL, NAN);
  g_return_val_if_fail (panel < layout->frames->len, NAN);

  pane = pane_of (layout, panel);
  return side == ISC_AXIS_X ? isc_pane_x (&pane, value) : isc_pane_y (&pane, value);
}

double
isc_layout_to_fraction (const IscLayout *layout, guint panel, IscAxisSide side, double at)
{
  IscPane pane = pane_of (layout, panel);
  const IscRectangle *area = &pane.frame.area;
  double rug = isc_pane_rug (&pane, side);

  if (side == ISC_AXIS_X)
    return (at - area->x - rug) / (area->width - rug);
  return (area->y + area->height - rug - at) / (area->height - rug);
}
