/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sketch-curve.h"

#include <math.h>

static double
step_of (const IscSketchCurve *curve)
{
  return (curve->x[1] - curve->x[0]) / (ISC_SKETCH_KNOTS - 1);
}

static void
set_value (IscSketchCurve *curve, guint knot, double value)
{
  curve->values[knot] = CLAMP (value, curve->y[0], curve->y[1]);
}

void
isc_sketch_curve_init (IscSketchCurve *curve, const double x[2], const double y[2])
{
  for (guint i = 0; i < 2; i++)
    {
      curve->x[i] = x[i];
      curve->y[i] = y[i];
    }
  for (guint i = 0; i < ISC_SKETCH_KNOTS; i++)
    curve->values[i] = 0.5 * (y[0] + y[1]);
}

void
isc_sketch_curve_draw (IscSketchCurve *curve, double x0, double y0, double x1, double y1)
{
  double step = step_of (curve);
  double low = MIN (x0, x1), high = MAX (x0, x1);
  double nearest = round ((x1 - curve->x[0]) / step);

  for (guint i = 0; i < ISC_SKETCH_KNOTS; i++)
    {
      double x = isc_sketch_curve_get_x (curve, i);

      if (x >= low && x <= high)
        set_value (curve, i, x1 == x0 ? y1 : y0 + (y1 - y0) * (x - x0) / (x1 - x0));
    }
  /* A stroke that passes no knot moves the one it ends at. */
  set_value (curve, (guint)CLAMP (nearest, 0, ISC_SKETCH_KNOTS - 1), y1);
}

void
isc_sketch_curve_move (IscSketchCurve *curve, guint knot, double by)
{
  double dy = by * (curve->y[1] - curve->y[0]);

  g_return_if_fail (knot < ISC_SKETCH_KNOTS);

  set_value (curve, knot, curve->values[knot] + dy);
  if (knot > 0)
    set_value (curve, knot - 1, curve->values[knot - 1] + 0.5 * dy);
  if (knot + 1 < ISC_SKETCH_KNOTS)
    set_value (curve, knot + 1, curve->values[knot + 1] + 0.5 * dy);
}

double
isc_sketch_curve_get_x (const IscSketchCurve *curve, guint knot)
{
  return curve->x[0] + step_of (curve) * knot;
}

double
isc_sketch_curve_evaluate (const IscSketchCurve *curve, double x)
{
  double at = CLAMP ((x - curve->x[0]) / step_of (curve), 0.0, ISC_SKETCH_KNOTS - 1);
  guint knot = MIN ((guint)at, ISC_SKETCH_KNOTS - 2);
  double share = at - knot;

  return (1.0 - share) * curve->values[knot] + share * curve->values[knot + 1];
}

static double
distance (const IscSketchCurve *curve, const IscCurvePoint *point)
{
  double y = CLAMP (point->y, curve->y[0], curve->y[1]);

  return fabs (y - isc_sketch_curve_evaluate (curve, point->x)) / (curve->y[1] - curve->y[0]);
}

double
isc_sketch_curve_miss (const IscSketchCurve *curve, const GArray *points)
{
  const IscCurvePoint *before = NULL;
  double sum = 0.0, length = 0.0;

  for (guint i = 0; i < points->len; i++)
    {
      const IscCurvePoint *point = &g_array_index (points, IscCurvePoint, i);

      if (point->x < curve->x[0] || point->x > curve->x[1] || isnan (point->y))
        continue;
      if (before)
        {
          double dx = point->x - before->x;

          sum += 0.5 * dx * (distance (curve, before) + distance (curve, point));
          length += dx;
        }
      before = point;
    }
  return length > 0.0 ? sum / length : NAN;
}
