/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** Fewer runs than this show themselves, without a band. */
#define ISC_QUARTILES_MIN_BAND 5

/** Fewer runs than this have no median worth a line. */
#define ISC_QUARTILES_MIN_MEDIAN 3

/**
 * IscQuartiles:
 * @low: the lower one
 * @median: the middle
 * @high: the upper one
 *
 * Of a few values that may be infinite: a run that was lost is worse than all others.  A plain
 * value.
 */
typedef struct
{
  double low;
  double median;
  double high;
} IscQuartiles;

/**
 * isc_quartiles_new:
 * @values: (array length=n): no NaN; sorted by this
 *
 * Between order statistics at (n - 1) p, as numpy's default.
 * Source: [HyndmanFan96]; see BIBLIOGRAPHY.md.
 *
 * Returns: the quartiles; NaN if there are no values
 */
IscQuartiles isc_quartiles_new (double *values, guint n);
