/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/scale.h"

#include <float.h>
#include <math.h>

/* Data narrower than this part of their magnitude are one value for the eye: the labels that would
 * tell them apart would need ten digits. */
#define NARROWEST 1e-9

/* Below this half-width the steps between ticks would be denormal and no longer round. */
#define SMALLEST_HALF_WIDTH 1e-300

/* A low end closer to zero than this part of the high end is moved to zero. */
#define NEAR_ZERO 0.4

/* The axes end here: a decade of room to the ends of a double, so that no sum overflows. */
#define LARGEST 1e307
#define LOG_LOWEST (-323.3)
#define LOG_HIGHEST 308.0

/* Decades that a symlog axis has at most on each side of zero, and where its linear part may begin.
 */
#define MOST_DECADES 5.0
#define LOWEST_NEAR (-300.0)

const IscExtent isc_extent_empty
    = { .low = INFINITY, .high = -INFINITY, .smallest = INFINITY, .least = INFINITY };

/* The range of a single value, or of values that can't be told apart. */
static void
fit_constant (double value, gboolean from_zero, double *low, double *high)
{
  double half = value != 0.0 ? 0.5 * fabs (value) : 1.0;

  half = MAX (half, SMALLEST_HALF_WIDTH);
  *low = value - half;
  *high = value + half;
  if (from_zero)
    {
      *low = value < 0.0 ? *low : 0.0;
      *high = value < 0.0 ? 0.0 : *high;
    }
}

static gboolean
linear_can_show (double value)
{
  return isfinite (value);
}

/* Half the value: then the difference of any two doubles is finite. */
static double
linear_map (const IscScale *scale G_GNUC_UNUSED, double value)
{
  return 0.5 * value;
}

static double
linear_unmap (const IscScale *scale G_GNUC_UNUSED, double mapped)
{
  return 2.0 * mapped;
}

static gboolean
linear_fit (const IscExtent *extent, IscScale *scale)
{
  double from = extent->low, to = extent->high, half_width, magnitude, pad;

  if (extent->n_finite == 0)
    {
      scale->low = 0.0;
      scale->high = 1.0;
      return FALSE;
    }
  if (extent->from_zero)
    {
      from = MIN (from, 0.0);
      to = MAX (to, 0.0);
    }

  half_width = 0.5 * to - 0.5 * from;
  magnitude = MAX (fabs (from), fabs (to));
  if (half_width <= 0.5 * NARROWEST * magnitude || half_width < SMALLEST_HALF_WIDTH)
    {
      fit_constant (0.5 * from + 0.5 * to, extent->from_zero, &scale->low, &scale->high);
    }
  else
    {
      pad = extent->pad * 2.0 * MIN (half_width, LARGEST);
      if (extent->near_zero && from > 0.0 && from < NEAR_ZERO * to)
        from = 0.0;
      if (extent->near_zero && to < 0.0 && to > NEAR_ZERO * from)
        to = 0.0;
      /* Data without a sign get no room on the other side of zero. */
      scale->low = from >= 0.0 && from < pad && extent->near_zero ? 0.0 : from - pad;
      scale->high = to <= 0.0 && -to < pad && extent->near_zero ? 0.0 : to + pad;
      if (extent->from_zero && from == 0.0)
        scale->low = 0.0;
      if (extent->from_zero && to == 0.0)
        scale->high = 0.0;
    }
  scale->low = CLAMP (scale->low, -LARGEST, LARGEST);
  scale->high = CLAMP (scale->high, -LARGEST, LARGEST);
  if (!(scale->low < scale->high))
    {
      /* All data lie beyond LARGEST on one side. */
      scale->low = scale->low > 0.0 ? 0.0 : -LARGEST;
      scale->high = scale->high > 0.0 ? LARGEST : 0.0;
    }
  return TRUE;
}

static gboolean
log_can_show (double value)
{
  return isfinite (value) && value > 0.0;
}

static double
log_map (const IscScale *scale G_GNUC_UNUSED, double value)
{
  return log10 (value);
}

static double
log_unmap (const IscScale *scale G_GNUC_UNUSED, double mapped)
{
  return pow (10.0, mapped);
}

static gboolean
log_fit (const IscExtent *extent, IscScale *scale)
{
  double from, to;

  if (!(extent->smallest <= extent->high))
    {
      scale->low = 0.1;
      scale->high = 1.0;
      return FALSE;
    }
  from = log10 (extent->smallest);
  to = log10 (extent->high);
  /* A factor of three each way around a single value; else the room asked for. */
  if (to - from < NARROWEST)
    {
      from -= 0.5;
      to += 0.5;
    }
  else
    {
      double pad = extent->pad * (to - from);

      from -= pad;
      to += pad;
    }
  scale->low = pow (10.0, CLAMP (from, LOG_LOWEST, LOG_HIGHEST - 1.0));
  scale->high = pow (10.0, CLAMP (to, LOG_LOWEST + 1.0, LOG_HIGHEST));
  return TRUE;
}

static double
symlog_map (const IscScale *scale, double value)
{
  double magnitude = fabs (value);

  return copysign (magnitude > scale->near ? 1.0 + log10 (magnitude) - log10 (scale->near)
                                           : magnitude / scale->near,
                   value);
}

static double
symlog_unmap (const IscScale *scale, double mapped)
{
  double magnitude = fabs (mapped);

  return copysign (scale->near * (magnitude > 1.0 ? pow (10.0, magnitude - 1.0) : magnitude),
                   mapped);
}

/* Linear below the smallest magnitude, but no more decades than a few: the values nearest to zero
 * are there by chance. */
static gboolean
symlog_fit (const IscExtent *extent, IscScale *scale)
{
  double largest = MAX (fabs (extent->low), fabs (extent->high)), from, to, pad;

  if (!linear_fit (extent, scale) || !(extent->least <= largest) || largest > LARGEST)
    return extent->n_finite > 0;
  scale->near = pow (10.0, MAX (floor (log10 (extent->least)), LOWEST_NEAR));
  scale->near = MAX (scale->near, pow (10.0, floor (log10 (largest)) - MOST_DECADES));
  from = symlog_map (scale, extent->from_zero ? MIN (extent->low, 0.0) : extent->low);
  to = symlog_map (scale, extent->from_zero ? MAX (extent->high, 0.0) : extent->high);
  if (to - from < NARROWEST)
    return TRUE;
  pad = extent->pad * (to - from);
  scale->low = extent->from_zero && from == 0.0 ? 0.0 : symlog_unmap (scale, from - pad);
  scale->high = extent->from_zero && to == 0.0 ? 0.0 : symlog_unmap (scale, to + pad);
  scale->low = MAX (scale->low, -LARGEST);
  scale->high = MIN (scale->high, LARGEST);
  return TRUE;
}

static const IscScaleType linear_type = {
  .kind = ISC_SCALE_LINEAR,
  .name = "linear",
  .can_show = linear_can_show,
  .map = linear_map,
  .unmap = linear_unmap,
  .fit = linear_fit,
};

static const IscScaleType log_type = {
  .kind = ISC_SCALE_LOG,
  .name = "log",
  .can_show = log_can_show,
  .map = log_map,
  .unmap = log_unmap,
  .fit = log_fit,
};

static const IscScaleType symlog_type = {
  .kind = ISC_SCALE_SYMLOG,
  .name = "symlog",
  .can_show = linear_can_show,
  .map = symlog_map,
  .unmap = symlog_unmap,
  .fit = symlog_fit,
};

static const IscScaleType *const scale_types[] = { &linear_type, &log_type, &symlog_type };

void
isc_extent_add (IscExtent *extent, double value)
{
  if (!isfinite (value))
    {
      extent->n_not_finite++;
      return;
    }
  extent->n_finite++;
  extent->low = MIN (extent->low, value);
  extent->high = MAX (extent->high, value);
  if (value != 0.0)
    extent->least = MIN (extent->least, fabs (value));
  if (value > 0.0)
    {
      extent->smallest = MIN (extent->smallest, value);
    }
  else
    {
      extent->n_not_positive++;
      extent->n_negative += value < 0.0;
    }
}

void
isc_extent_merge (IscExtent *extent, const IscExtent *other)
{
  extent->low = MIN (extent->low, other->low);
  extent->high = MAX (extent->high, other->high);
  extent->smallest = MIN (extent->smallest, other->smallest);
  extent->least = MIN (extent->least, other->least);
  extent->n_finite += other->n_finite;
  extent->n_not_finite += other->n_not_finite;
  extent->n_not_positive += other->n_not_positive;
  extent->n_negative += other->n_negative;
  extent->from_zero |= other->from_zero;
  extent->near_zero |= other->near_zero;
  extent->pad = MAX (extent->pad, other->pad);
}

const IscScaleType *const *
isc_scale_types_get (guint *n)
{
  if (n != NULL)
    *n = G_N_ELEMENTS (scale_types);
  return scale_types;
}

IscScale
isc_scale_fit (IscScaleKind kind, const IscExtent *extent)
{
  IscScale scale = { .type = scale_types[kind], .near = 1.0 };

  scale.shows = scale.type->fit (extent, &scale);
  scale.rug = kind == ISC_SCALE_LOG && extent->n_not_positive > 0;
  scale.rug_negative = scale.rug && extent->n_negative > 0;
  return scale;
}

gboolean
isc_scale_fix (IscScale *scale, double low, double high)
{
  IscScale fixed = *scale;

  if (!scale->type->can_show (low))
    low = MIN (scale->low, 0.1 * high);
  if (!scale->type->can_show (high) || !(low < high))
    return FALSE;
  fixed.low = low;
  fixed.high = high;
  fixed.fixed = TRUE;
  if (isc_scale_fraction (&fixed, fixed.reversed ? low : high) != 1.0)
    return FALSE;
  *scale = fixed;
  return TRUE;
}

double
isc_scale_fraction (const IscScale *scale, double value)
{
  double low, width;

  if (!scale->type->can_show (value))
    return NAN;
  low = scale->type->map (scale, scale->reversed ? scale->high : scale->low);
  width = scale->type->map (scale, scale->reversed ? scale->low : scale->high) - low;
  return (scale->type->map (scale, value) - low) / width;
}

double
isc_scale_value (const IscScale *scale, double fraction)
{
  double low = scale->type->map (scale, scale->reversed ? scale->high : scale->low);
  double high = scale->type->map (scale, scale->reversed ? scale->low : scale->high);

  return scale->type->unmap (scale, low + fraction * (high - low));
}
