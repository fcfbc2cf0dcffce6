/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/marks/staircase.h"

#include <math.h>

/* Bars narrower than this many dots are joined, the highest of them shown. */
#define NARROWEST 0.5

static void
add_tread (GArray *tops, double left, double right, double top)
{
  IscPoint ends[] = { { left, top }, { right, top } };

  g_array_append_vals (tops, ends, 2);
}

void
isc_staircase_extend (const IscMark *mark, IscExtent *x, IscExtent *y)
{
  IscExtent heights = isc_extent_empty;

  for (gsize i = 0; mark->n > 0 && i <= mark->n; i++)
    isc_extent_add (x, mark->x[i]);
  x->pad = MAX (x->pad, 0.02);
  for (gsize i = 0; i < mark->n; i++)
    isc_extent_add (&heights, mark->y[i]);
  /* An empty bin is no zero that a log axis would have to show. */
  heights.n_not_positive = heights.n_negative;
  heights.from_zero = TRUE;
  heights.pad = 0.06;
  isc_extent_merge (y, &heights);
}

GArray *
isc_staircase_new (const IscMark *mark, IscPane *pane, GArray *data)
{
  GArray *tops
      = g_array_sized_new (FALSE, FALSE, sizeof (IscPoint), (guint)MIN (2 * mark->n, 8192));
  double base = isc_pane_base (pane), narrowest = NARROWEST / isc_pane_dots (pane);
  const IscRectangle *area = &pane->frame.area;
  double left = NAN, top = base, width = 0.0;
  IscDatum datum = { 0 };

  for (gsize i = 0; i < mark->n; i++)
    {
      double from = isc_pane_x (pane, mark->x[i]), to = isc_pane_x (pane, mark->x[i + 1]);
      double height = isc_pane_y (pane, mark->y[i]);

      if (isnan (from) || isnan (to) || !(to >= from))
        continue;
      if (!isfinite (mark->y[i]))
        isc_pane_flag (pane, mark, mark->y[i] > 0.0 ? ISC_EDGE_TOP : ISC_EDGE_BOTTOM,
                       0.5 * (from + to), mark->y[i]);
      else if (height < area->y)
        isc_pane_flag (pane, mark, ISC_EDGE_TOP, 0.5 * (from + to), mark->y[i]);
      if (mark->y[i] != 0.0 && to < area->x)
        isc_pane_flag (pane, mark, ISC_EDGE_LEFT, base, mark->x[i]);
      if (mark->y[i] != 0.0 && from > area->x + area->width)
        isc_pane_flag (pane, mark, ISC_EDGE_RIGHT, base, mark->x[i + 1]);
      if (isnan (height))
        height = base;
      if (isnan (left))
        {
          left = from;
          width = 0.0;
        }
      if (width == 0.0 || height < top)
        {
          top = height;
          datum.x = 0.5 * mark->x[i] + 0.5 * mark->x[i + 1];
          datum.y = mark->y[i];
        }
      width = to - left;
      if (width < narrowest && i + 1 < mark->n)
        continue;
      add_tread (tops, left, to, top);
      datum.px = 0.5 * (left + to);
      datum.py = top;
      datum.half_width = 0.5 * width;
      g_array_append_val (data, datum);
      left = to;
      width = 0.0;
    }
  return tops;
}

void
isc_staircase_tabulate (const IscMark *mark, IscMarkRowFunc func, gpointer data)
{
  IscMarkRow row = { .members = ISC_ROW_X | ISC_ROW_Y | ISC_ROW_ENDS };
  gboolean more = TRUE;

  for (gsize i = 0; more && i < mark->n; i++)
    {
      row.low = mark->x[i];
      row.high = mark->x[i + 1];
      row.x = 0.5 * row.low + 0.5 * row.high;
      row.y = mark->y[i];
      more = func (&row, data);
    }
}

void
isc_staircase_tell (const IscMark *mark, gsize i, double *x, double *y)
{
  *x = 0.5 * mark->x[i] + 0.5 * mark->x[i + 1];
  *y = mark->y[i];
}
