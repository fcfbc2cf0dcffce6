/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/clip.h"

#include <math.h>

static const IscPoint gap = { NAN, NAN };

static gboolean
is_gap (IscPoint point)
{
  return isnan (point.x) || isnan (point.y);
}

static gboolean
is_inside (IscPoint point, const IscRectangle *box)
{
  return point.x >= box->x && point.x <= box->x + box->width && point.y >= box->y
         && point.y <= box->y + box->height;
}

static gboolean
needs_clip (const GArray *points, const IscRectangle *box)
{
  for (guint i = 0; i < points->len; i++)
    {
      IscPoint point = g_array_index (points, IscPoint, i);

      if (!is_gap (point) && !is_inside (point, box))
        return TRUE;
    }
  return FALSE;
}

/* Liang and Barsky: the part of a segment within a box, as fractions. */
static gboolean
clip_segment (IscPoint a, IscPoint b, const IscRectangle *box, double *from, double *to)
{
  double dx = b.x - a.x, dy = b.y - a.y;
  const double p[] = { -dx, dx, -dy, dy };
  const double q[]
      = { a.x - box->x, box->x + box->width - a.x, a.y - box->y, box->y + box->height - a.y };

  *from = 0.0;
  *to = 1.0;
  for (int i = 0; i < 4; i++)
    {
      if (p[i] == 0.0 && q[i] < 0.0)
        return FALSE;
      if (p[i] < 0.0)
        *from = MAX (*from, q[i] / p[i]);
      if (p[i] > 0.0)
        *to = MIN (*to, q[i] / p[i]);
    }
  return *from <= *to;
}

static IscPoint
between (IscPoint a, IscPoint b, double fraction)
{
  if (fraction <= 0.0)
    return a;
  if (fraction >= 1.0)
    return b;
  return (IscPoint){ a.x + fraction * (b.x - a.x), a.y + fraction * (b.y - a.y) };
}

/* How far inside the edge @side a point is. */
static double
depth (IscPoint point, const IscRectangle *box, int side)
{
  const double depths[] = { point.x - box->x, box->x + box->width - point.x, point.y - box->y,
                            box->y + box->height - point.y };

  return depths[side];
}

void
isc_clip_polyline (GArray *points, const IscRectangle *box)
{
  g_autoptr (GArray) whole = NULL;
  gboolean begun = FALSE;

  if (!needs_clip (points, box))
    return;
  whole = g_array_copy (points);
  g_array_set_size (points, 0);
  for (guint i = 0; i + 1 < whole->len; i++)
    {
      IscPoint a = g_array_index (whole, IscPoint, i), b = g_array_index (whole, IscPoint, i + 1);
      IscPoint ends[2];
      double from, to;

      if (is_gap (a) || is_gap (b) || !clip_segment (a, b, box, &from, &to))
        {
          if (begun)
            g_array_append_val (points, gap);
          begun = FALSE;
          continue;
        }
      ends[0] = between (a, b, from);
      ends[1] = between (a, b, to);
      if (!begun)
        g_array_append_val (points, ends[0]);
      g_array_append_val (points, ends[1]);
      begun = to >= 1.0;
      if (!begun)
        g_array_append_val (points, gap);
    }
}

/* Sutherland and Hodgman: one edge of the box after the other. */
void
isc_clip_polygon (GArray *points, const IscRectangle *box)
{
  if (!needs_clip (points, box))
    return;
  for (int side = 0; side < 4; side++)
    {
      g_autoptr (GArray) whole = g_array_copy (points);

      g_array_set_size (points, 0);
      for (guint i = 0; i < whole->len; i++)
        {
          IscPoint a = g_array_index (whole, IscPoint, i);
          IscPoint b = g_array_index (whole, IscPoint, (i + 1) % whole->len);
          double before = depth (a, box, side), after = depth (b, box, side);
          IscPoint crossing = between (a, b, before / (before - after));

          if (before >= 0.0)
            g_array_append_val (points, a);
          if ((before >= 0.0) != (after >= 0.0))
            g_array_append_val (points, crossing);
        }
    }
}
