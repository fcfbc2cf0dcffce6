/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/curve-points.h"

#include "plot/cursor.h"

/* A person's eye tells no more of them apart, and neither does the mean over them. */
#define MOST_POINTS 4000

static GArray *
collect (const IscLayout *layout, const IscCursor *start)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (IscCurvePoint));
  IscCursor cursor = *start;
  IscHit hit;

  isc_cursor_move (layout, &cursor, ISC_CURSOR_FIRST);
  do
    {
      IscCurvePoint point;

      if (!isc_cursor_get_hit (layout, &cursor, &hit))
        break;
      point = (IscCurvePoint){ hit.x, hit.y, hit.px, hit.py };
      g_array_append_val (points, point);
    }
  while (points->len < MOST_POINTS && isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT));
  return points;
}

GArray *
isc_curve_points_new (const IscLayout *layout, const char *label)
{
  IscCursor cursor = { 0 }, found = { 0 };
  gboolean any = FALSE;
  IscHit hit;

  do
    if (!(any && !label) && isc_cursor_get_hit (layout, &cursor, &hit) && hit.panel == 0
        && (!label || g_strcmp0 (hit.label, label) == 0))
      {
        found = cursor;
        any = TRUE;
      }
  while (isc_cursor_move (layout, &cursor, ISC_CURSOR_NEXT_SERIES));
  return any ? collect (layout, &found) : g_array_new (FALSE, FALSE, sizeof (IscCurvePoint));
}
