/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/hit.h"

#include <math.h>

#include "base/number-text.h"
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

/* The dot of a picture under the pointer. */
static gboolean
find_dot (const IscLayoutItem *item, double px, double py, IscHit *hit)
{
  const IscPoint *corners = (const IscPoint *)(void *)item->points->data;
  const IscRaster *raster = item->raster;
  double column, row;

  column = floor ((px - raster->origin.x) / raster->dx);
  row = floor ((py - raster->origin.y) / raster->dy);
  if (!(column >= 0.0 && column < (double)raster->columns && row >= 0.0
        && row < (double)raster->rows && px >= corners[0].x && px <= corners[1].x
        && py >= corners[0].y && py <= corners[1].y))
    return FALSE;
  hit->x = (double)(raster->first_column + (gsize)column * raster->block_columns);
  hit->y = (double)(raster->first_row + (gsize)row * raster->block_rows);
  hit->n_columns = MIN (raster->block_columns, raster->n_columns - (gsize)hit->x);
  hit->n_rows = MIN (raster->block_rows, raster->n_rows - (gsize)hit->y);
  hit->value = (double)raster->cells[(gsize)row * raster->columns + (gsize)column];
  hit->name = item->mark->picture->name;
  hit->label = NULL;
  hit->color = ISC_INK;
  hit->px = px;
  hit->py = py;
  return TRUE;
}

/* "row 3", "rows 8–11" */
static void
append_span (GString *text, const char *one, const char *several, double first, gsize n)
{
  if (n == 1)
    g_string_append_printf (text, "%s %.0f", one, first);
  else
    g_string_append_printf (text, "%s %.0f–%.0f", several, first, first + (double)n - 1.0);
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
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);
      const IscRectangle *area = &g_array_index (layout->frames, IscFrame, panel).area;

      if (item->panel == panel && item->raster != NULL && item->mark != NULL)
        {
          /* What is drawn on a picture is met only where it is nearer than a finger's breadth. */
          hit->panel = (guint)panel;
          if (find_dot (item, px, py, hit))
            nearest = TOLERANCE;
          continue;
        }
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
            .value = NAN,
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

char *
isc_hit_to_text (const IscHit *hit)
{
  GString *text = g_string_new (hit->n_rows > 0 ? hit->name : hit->label);

  g_string_append (text, text->len > 0 ? "\n" : "");
  if (hit->n_rows > 0)
    {
      g_autofree char *value = isc_number_to_label (hit->value, 4);

      append_span (text, "row", "rows", hit->y, hit->n_rows);
      append_span (text, ", column", ", columns", hit->x, hit->n_columns);
      g_string_append_printf (text, ": %s", value);
    }
  else
    {
      g_autofree char *x = isc_number_to_label (hit->x, 4);
      g_autofree char *y = isc_number_to_label (hit->y, 4);

      g_string_append_printf (text, "%s, %s", x, y);
    }
  return g_string_free (text, FALSE);
}
