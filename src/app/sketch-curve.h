/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/curve-points.h"

/** Points that a sketch is made of: enough for a peak, few enough to be moved one by one. */
#define ISC_SKETCH_KNOTS 33

/**
 * IscSketchCurve:
 * @x: what the axis spans
 * @y: likewise
 * @values: the curve at equal distances from the axis' begin to its end, straight between them
 *
 * A curve that a person draws.  A plain value.
 */
typedef struct
{
  double x[2];
  double y[2];
  double values[ISC_SKETCH_KNOTS];
} IscSketchCurve;

/** isc_sketch_curve_init: begins with a flat line in the middle */
void isc_sketch_curve_init (IscSketchCurve *curve, const double x[2], const double y[2]);

/** isc_sketch_curve_draw: a stroke from one point to another, either way; beyond the axes it goes
 * along their edge */
void isc_sketch_curve_draw (IscSketchCurve *curve, double x0, double y0, double x1, double y1);

/** isc_sketch_curve_move: @by: a share of the axis' height; moves a knot, and its neighbours half
 * of the way */
void isc_sketch_curve_move (IscSketchCurve *curve, guint knot, double by);

/** isc_sketch_curve_get_x: Returns: where @knot is */
double isc_sketch_curve_get_x (const IscSketchCurve *curve, guint knot);

/** isc_sketch_curve_evaluate: Returns: the curve at @x; at its ends beyond them */
double isc_sketch_curve_evaluate (const IscSketchCurve *curve, double x);

/**
 * isc_sketch_curve_miss:
 * @points: (element-type IscCurvePoint): the curve that was to be guessed, in the order of x
 *
 * How far the two are apart: the mean over x of the distance between them, as a share of the axis'
 * height.  What lies beyond the axes counts as at their edge, and x where the data have nothing
 * doesn't count.
 *
 * Returns: 0 for the same curve, at most 1; NaN if the data have fewer than two points there
 */
double isc_sketch_curve_miss (const IscSketchCurve *curve, const GArray *points);
