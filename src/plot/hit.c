/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/hit.h"

#include <math.h>

#include "plot/layout-data.h"

/* A pointer this far outside a plot area still belongs to it, so that a readout works at its edge.
 */
#define TOLERANCE 6.0

static int
find_panel (const IscLayout *layout, double px, double py)
{
  for (guint i = 0; i < layout->frames->len; i++)
    {
      const IscRectangle *area = &g_array_index (layout->frames, IscFrame, i).area;

      if (px >= area->x - TOLERANCE && px <= area->x + area->width + TOLERANCE
          && py >= area->y - TOLERANCE && py <= area->y + area->height + TOLERANCE)
        return (int)i;
    }
  return -1;
}

/* How far a datum is from the pointer; a bar is met by its whole width. */
static double
distance (const IscDatum *datum, double px, double py)
{
  return hypot (MAX (fabs (px - datum->px) - datum->half_width, 0.0), py - datum->py);
}

gboolean
isc_hit_find (const IscLayout *layout, double px, double py, IscHit *hit)
{
  double nearest = INFINITY;
  int panel;

  g_return_val_if_fail (layout != NULL, FALSE);
  g_return_val_if_fail (hit != NULL, FALSE);

  panel = find_panel (layout, px, py);
  if (panel < 0)
    return FALSE;
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscItem *item = &g_array_index (layout->items, IscItem, i);
      const IscRectangle *area = &g_array_index (layout->frames, IscFrame, panel).area;

      if (item->panel != panel || item->data == NULL)
        continue;
      for (guint j = 0; j < item->data->len; j++)
        {
          const IscDatum *datum = &g_array_index (item->data, IscDatum, j);
          double away = distance (datum, px, py);

          /* What lies beyond a fixed range is not on the screen. */
          if (!(away < nearest) || datum->px < area->x - 1.0
              || datum->px > area->x + area->width + 1.0)
            continue;
          nearest = away;
          *hit = (IscHit){
            .panel = (guint)panel,
            .label = item->mark != NULL ? item->mark->label : NULL,
            .color = item->color,
            .x = datum->x,
            .y = datum->y,
            .px = datum->px,
            .py = CLAMP (datum->py, area->y, area->y + area->height),
          };
        }
    }
  return isfinite (nearest);
}
