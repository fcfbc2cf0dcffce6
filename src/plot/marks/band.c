/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Band: the area between two curves, such as the 10-90 % range over seeds. */
#include "plot/marks/marks.h"

#include <math.h>

#include "plot/clip.h"
#include "plot/pane.h"

static void
extend (const IscMark *mark, IscExtent *x, IscExtent *y)
{
  IscExtent values = isc_extent_empty;

  for (gsize i = 0; i < mark->n; i++)
    {
      isc_extent_add (x, mark->x[i]);
      isc_extent_add (&values, mark->y[i]);
      isc_extent_add (&values, mark->z[i]);
    }
  /* On a log axis a band that reaches zero reaches the bottom; nothing is missing then. */
  values.n_not_positive = 0;
  values.n_negative = 0;
  values.near_zero = TRUE;
  values.pad = 0.05;
  isc_extent_merge (y, &values);
}

/* The outline of one uninterrupted piece: forth along the top, back along the bottom. */
static void
add_piece (const IscMark *mark, IscPane *pane, GArray *top, GArray *bottom)
{
  IscRectangle reach = isc_pane_reach (pane);

  if (top->len > 1)
    {
      IscLayoutItem *item = isc_pane_add (pane, ISC_LAYOUT_ITEM_FILL, "band", mark);

      item->opacity *= pane->layout->theme.band_opacity;
      g_array_append_vals (item->points, top->data, top->len);
      for (guint i = bottom->len; i-- > 0;)
        g_array_append_val (item->points, g_array_index (bottom, IscPoint, i));
      isc_clip_polygon (item->points, &reach);
    }
  g_array_set_size (top, 0);
  g_array_set_size (bottom, 0);
}

static void
place (const IscMark *mark, IscPane *pane)
{
  g_autoptr (GArray) top = g_array_new (FALSE, FALSE, sizeof (IscPoint));
  g_autoptr (GArray) bottom = g_array_new (FALSE, FALSE, sizeof (IscPoint));
  double floor_y = pane->frame.area.y + pane->frame.area.height;
  double dots = isc_pane_dots (pane);
  gsize first, end;
  gboolean thin;

  isc_pane_find_seen (pane, mark->x, mark->n, &first, &end);
  thin = (double)(end - first) > 4.0 * dots * pane->frame.area.width;
  for (gsize i = first; i < end; i++)
    {
      IscPoint low = isc_pane_point (pane, mark->x[i], mark->y[i]);
      IscPoint high = isc_pane_point (pane, mark->x[i], mark->z[i]);

      if (isfinite (mark->y[i]) && isnan (low.y))
        low.y = floor_y;
      if (isfinite (mark->z[i]) && isnan (high.y))
        high.y = floor_y;
      if (isnan (low.x) || isnan (low.y) || isnan (high.y))
        {
          add_piece (mark, pane, top, bottom);
          continue;
        }
      /* Many points: the widest of each column, at the column's first position. */
      if (thin && top->len > 0
          && floor (g_array_index (top, IscPoint, top->len - 1).x) == floor (low.x) && i + 1 < end)
        {
          IscPoint *last_high = &g_array_index (top, IscPoint, top->len - 1);
          IscPoint *last_low = &g_array_index (bottom, IscPoint, bottom->len - 1);

          last_high->y = MIN (last_high->y, high.y);
          last_low->y = MAX (last_low->y, low.y);
          continue;
        }
      g_array_append_val (top, high);
      g_array_append_val (bottom, low);
    }
  add_piece (mark, pane, top, bottom);
}

static void
tabulate (const IscMark *mark, IscMarkRowFunc func, gpointer data)
{
  IscMarkRow row = { .members = ISC_ROW_X | ISC_ROW_ENDS };
  gboolean more = TRUE;

  for (gsize i = 0; more && i < mark->n; i++)
    {
      row.x = mark->x[i];
      row.low = mark->y[i];
      row.high = mark->z[i];
      more = func (&row, data);
    }
}

const IscMarkKind isc_mark_band = {
  .name = "band",
  .key = ISC_KEY_AREA,
  .level = 1,
  .extend = extend,
  .place = place,
  .tabulate = tabulate,
};
