/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscNormalCut:
 *
 * The standard normal kept inside [a, b], a < b, either of which may be infinite: a plain value
 * made by isc_normal_cut(), whose fields are nobody else's business.
 *
 * Every function keeps its digits wherever the cut lies: one that contains 0 is handled with erf;
 * one that lies to a side is turned to the right and handled as a conditional law of the upper tail
 * Q, whose ratios are differences of logarithms: Q(40) is 0 in double, and yet Q(41)/Q(40) is not.
 */
typedef struct
{
  double a;
  double b;
  gboolean mirrored;
  gboolean tail;
  double log_upper_a;
  double fraction;
  double mass;
} IscNormalCut;

IscNormalCut isc_normal_cut (double a, double b);

/**
 * isc_normal_cut_density:
 * @z: a point in [a, b]
 */
double isc_normal_cut_density (const IscNormalCut *cut, double z);

/**
 * isc_normal_cut_cumulative:
 * @z: a point in [a, b]
 *
 * Returns: P(Z <= z)
 */
double isc_normal_cut_cumulative (const IscNormalCut *cut, double z);

/**
 * isc_normal_cut_quantile:
 * @p: a probability, 0 < p < 1
 */
double isc_normal_cut_quantile (const IscNormalCut *cut, double p);

/**
 * isc_normal_cut_moments:
 * @mean: (out): the mean
 * @central: (out) (array fixed-size=3): the central moments 2, 3 and 4
 */
void isc_normal_cut_moments (const IscNormalCut *cut, double *mean, double central[3]);
