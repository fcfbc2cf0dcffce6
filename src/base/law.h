/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscLawKind:
 * @ISC_LAW_NONE: no law is known
 * @ISC_LAW_POINT: all mass at a
 * @ISC_LAW_UNIFORM: uniform on [a, b]
 * @ISC_LAW_NORMAL: normal with mean @mean and standard deviation @std
 * @ISC_LAW_TRUNCATED_NORMAL: the same, kept inside [a, b]
 * @ISC_LAW_SPHERE: one coordinate of a point uniform on the sphere of radius @std in @n dimensions:
 *   the law of an entry of an orthogonal matrix with gain @std whose longer side is @n
 */
typedef enum
{
  ISC_LAW_NONE,
  ISC_LAW_POINT,
  ISC_LAW_UNIFORM,
  ISC_LAW_NORMAL,
  ISC_LAW_TRUNCATED_NORMAL,
  ISC_LAW_SPHERE,
} IscLawKind;

/**
 * IscLaw:
 * @kind: which family
 * @mean: location (normal families)
 * @std: scale, before truncation (normal families); the radius (sphere)
 * @a: lower bound, or the atom
 * @b: upper bound
 * @n: dimension of the sphere, at least 1
 * @zeros: the share of weights that are exactly 0; the others, 1 - @zeros, follow the family
 * @copies: how many weights share each number that was drawn; 0 and 1: none do
 *
 * The exact probability law that a scheme promises for one weight.  A plain value; fields that the
 * family does not use are 0.  The same value with @zeros = 0 is the law of the other weights alone.
 * Formulas: theory of the weights in BIBLIOGRAPHY.md (Glorot 2010,
 * He 2015, Saxe 2014, Mezzadri 2007).
 */
typedef struct
{
  IscLawKind kind;
  double mean;
  double std;
  double a;
  double b;
  gint64 n;
  double zeros;
  gint64 copies;
} IscLaw;

IscLaw isc_law_point (double value);
IscLaw isc_law_uniform (double a, double b);
IscLaw isc_law_normal (double mean, double std);
IscLaw isc_law_truncated_normal (double mean, double std, double a, double b);
IscLaw isc_law_sphere (double radius, gint64 n);

/**
 * isc_law_with_zeros:
 * @law: the law of the weights that are left alone
 * @share: the share of weights set to 0, in [0, 1]
 *
 * Returns: @law with an atom at 0 beside it: sparse matrices, identities
 */
IscLaw isc_law_with_zeros (IscLaw law, double share);

/**
 * isc_law_has_density:
 *
 * Returns: whether the law can be drawn as a curve, apart from its zeros: not none, not a point
 * mass (a normal with std 0, a uniform with a = b and a sphere of radius 0 or dimension 1 are point
 *   masses too), not zeros alone
 */
gboolean isc_law_has_density (const IscLaw *law);

/**
 * isc_law_density:
 * @law: a law with a density
 * @x: a point
 *
 * Returns: the density at @x in 1/unit of x, which integrates to 1 - zeros; 0 outside the support;
 * +inf where it diverges (sphere with n = 2 at its ends)
 */
double isc_law_density (const IscLaw *law, double x);

/**
 * isc_law_cumulative:
 *
 * Returns: P(X <= x); NaN for %ISC_LAW_NONE
 */
double isc_law_cumulative (const IscLaw *law, double x);

/**
 * isc_law_quantile:
 * @p: a probability in [0, 1]
 *
 * Returns: the smallest x with P(X <= x) >= @p, infinite at the ends of an unbounded law; NaN for
 *   %ISC_LAW_NONE or @p outside [0, 1]
 */
double isc_law_quantile (const IscLaw *law, double p);

double isc_law_mean (const IscLaw *law);
double isc_law_variance (const IscLaw *law);
double isc_law_skewness (const IscLaw *law);
double isc_law_excess_kurtosis (const IscLaw *law);

/**
 * isc_law_bounds:
 * @low: (out): the lower hard bound, or -inf
 * @high: (out): the upper hard bound, or +inf
 *
 * Returns: whether both bounds are finite
 */
gboolean isc_law_bounds (const IscLaw *law, double *low, double *high);

/**
 * isc_law_to_text:
 *
 * Returns: (transfer full): the law in a figure's words, such as "U(−0.0357, 0.0357)",
 *   "N(0, 0.0505²)", "0 with 0.90, else N(0, 0.01²)"
 */
char *isc_law_to_text (const IscLaw *law);
