/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"

/**
 * IscExtent:
 * @low: the smallest finite value
 * @high: the largest finite value
 * @smallest: the smallest positive value
 * @least: the smallest magnitude but zero
 * @n_finite: how many finite values
 * @n_not_finite: how many NaNs and infinities
 * @n_not_positive: how many finite values a log axis can't show
 * @n_negative: how many of those are below zero
 * @from_zero: the axis starts at zero (bars)
 * @near_zero: the axis reaches down to zero if the data come close to it
 * @pad: room wanted at each end, as a fraction of the range
 *
 * What the marks on an axis span.
 */
typedef struct
{
  double low;
  double high;
  double smallest;
  double least;
  gsize n_finite;
  gsize n_not_finite;
  gsize n_not_positive;
  gsize n_negative;
  gboolean from_zero;
  gboolean near_zero;
  double pad;
} IscExtent;

extern const IscExtent isc_extent_empty;

/** isc_extent_add: counts @value in */
void isc_extent_add   (IscExtent *extent, double value);

/** isc_extent_merge: counts in everything that @other has */
void isc_extent_merge (IscExtent *extent, const IscExtent *other);

typedef struct _IscScaleType IscScaleType;

/**
 * IscScale:
 * @type: linear, log or symlog
 * @low: value at fraction 0
 * @high: value at fraction 1
 * @near: of a symlog axis, the magnitude up to which it is linear
 * @fixed: the range was given, so values may lie outside it
 * @chosen: a person has chosen the range and knows that there is more beyond it
 * @negative: then, that there are values below zero, in sight or not
 * @shows: there is something that it can show
 * @rug: there are values without a place on it: zeros on a log axis
 * @rug_negative: some of those are below zero
 * @integer: ticks stand at whole numbers alone
 * @reversed: the low end is where the high end would be
 *
 * An axis with its range.  A plain value.
 */
typedef struct
{
  const IscScaleType *type;
  double low;
  double high;
  double near;
  gboolean fixed;
  gboolean chosen;
  gboolean negative;
  gboolean shows;
  gboolean rug;
  gboolean rug_negative;
  gboolean integer;
  gboolean reversed;
} IscScale;

/**
 * IscScaleType:
 * @kind: its name in code
 * @name: its name in dumps
 * @can_show: whether a value has a place on it
 * @map: value to a number in which the axis is even; increasing
 * @unmap: the inverse
 * @fit: sets the range for an extent, always one with low < high; %FALSE if the extent has nothing
 *   that it can show
 *
 * A kind of axis as data.
 */
struct _IscScaleType
{
  IscScaleKind kind;
  const char *name;
  gboolean (*can_show) (double value);
  double (*map) (const IscScale *scale, double value);
  double (*unmap) (const IscScale *scale, double mapped);
  gboolean (*fit) (const IscExtent *extent, IscScale *scale);
};

/** isc_scale_types_get: Returns: (array length=n): the list, in the order of #IscScaleKind */
const IscScaleType *const *isc_scale_types_get (guint *n);

/** isc_scale_fit: Returns: a scale of @kind that shows all of @extent it can; look at its @shows */
IscScale isc_scale_fit      (IscScaleKind kind, const IscExtent *extent);

/** isc_scale_fix: gives @scale the range @low..@high, as far as its kind can have it; Returns: %FALSE if
 *  it can't at all */
gboolean isc_scale_fix      (IscScale *scale, double low, double high);

/** isc_scale_fraction: Returns: 0 at the left or lower end, 1 at the other, beyond them outside; NaN for what
 *  has no place.  Never overflows. */
double   isc_scale_fraction (const IscScale *scale, double value);

/** isc_scale_value: Returns: the value at @fraction: the inverse */
double   isc_scale_value    (const IscScale *scale, double fraction);
