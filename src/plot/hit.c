/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/hit.h"

#include <math.h>

#include "base/number-text.h"
#include "plot/layout-data.h"

/* A pointer this far outside a plot area still belongs to it, so that a readout works at its edge.
 */
#define TOLERANCE 6.0

/* How far a datum is from the pointer, squared; a bar is met by its whole width. */
static double
distance (const IscDatum *datum, double px, double py)
{
  double dx = MAX (fabs (px - datum->px) - datum->half_width, 0.0), dy = py - datum->py;

  return dx * dx + dy * dy;
}

/* What lies beyond the edges is not on the screen; but where the figure itself fixes the range,
 * flags at the top and the bottom say that there is something. */
static gboolean
is_seen (const IscFrame *frame, const IscDatum *datum)
{
  const IscRectangle *area = &frame->area;

  return datum->px >= area->x - 1.0 && datum->px <= area->x + area->width + 1.0
         && (!frame->y.chosen
             || (datum->py >= area->y - 1.0 && datum->py <= area->y + area->height + 1.0));
}

/* The datum of @item that is nearer than @nearest (squared, in-out), or NULL.  The data lie from
 * left to right, so the search begins at the pointer and ends on each side where all are farther.
 */
static const IscDatum *
find_datum (const IscLayoutItem *item, const IscFrame *frame, double px, double py, double *nearest)
{
  const IscDatum *data = (const IscDatum *)(void *)item->data->data, *found = NULL;
  guint low = 0, high = item->data->len, middle;

  while (low < high)
    {
      middle = low + (high - low) / 2;
      if (data[middle].px < px)
        low = middle + 1;
      else
        high = middle;
    }
  middle = low;
  for (int step = -1; step <= 1; step += 2)
    for (guint i = step < 0 ? middle - 1 : middle; i < item->data->len; i += (guint)step)
      {
        double aside = MAX (fabs (px - data[i].px) - item->reach, 0.0), away;

        if (aside * aside >= *nearest)
          break;
        away = distance (&data[i], px, py);
        if (!(away < *nearest) || !is_seen (frame, &data[i]))
          continue;
        *nearest = away;
        found = &data[i];
      }
  return found;
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
  const IscFrame *frame;
  int panel;

  g_return_val_if_fail (layout != NULL, FALSE);
  g_return_val_if_fail (hit != NULL, FALSE);

  panel = isc_layout_find_panel_near (layout, px, py, TOLERANCE);
  if (panel < 0)
    return FALSE;
  frame = &g_array_index (layout->frames, IscFrame, panel);
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);
      const IscDatum *datum;

      if (item->panel != panel)
        continue;
      if (item->raster != NULL && item->mark != NULL)
        {
          /* What is drawn on a picture is met only where it is nearer than a finger's breadth. */
          hit->panel = (guint)panel;
          if (find_dot (item, px, py, hit))
            nearest = TOLERANCE * TOLERANCE;
          continue;
        }
      datum = item->data != NULL ? find_datum (item, frame, px, py, &nearest) : NULL;
      if (datum == NULL)
        continue;
      *hit = (IscHit){
        .panel = (guint)panel,
        .value = NAN,
        .label = item->mark != NULL && item->mark->label != NULL ? item->mark->label : item->series,
        .color = item->color,
        .x = datum->x,
        .y = datum->y,
        .px = datum->px,
        .py = CLAMP (datum->py, frame->area.y, frame->area.y + frame->area.height),
      };
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
