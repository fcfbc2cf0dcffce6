/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/law.h"
#include "stats/sorted-sample.h"

/** Up to this Kolmogorov-Smirnov distance a sample cannot be told from its law by eye. */
#define ISC_FIT_BY_EYE 0.01

/** The fewest values that the test for a normal law with estimated parameters takes. */
#define ISC_FIT_MIN_NORMAL 8

/**
 * IscFitState:
 * @ISC_FIT_NO_LAW: not tested: no law is known
 * @ISC_FIT_POINT_MASS: not tested: the law puts all mass on one or two points
 * @ISC_FIT_NO_VALUES: not tested: no value is left to test
 * @ISC_FIT_FEW_VALUES: not tested: fewer than %ISC_FIT_MIN_NORMAL values
 * @ISC_FIT_CONSTANT: not tested: all values are equal
 * @ISC_FIT_LAW: tested against a law given in full
 * @ISC_FIT_NORMAL: tested against the normal law with the sample's own mean and deviation
 */
typedef enum
{
  ISC_FIT_NO_LAW,
  ISC_FIT_POINT_MASS,
  ISC_FIT_NO_VALUES,
  ISC_FIT_FEW_VALUES,
  ISC_FIT_CONSTANT,
  ISC_FIT_LAW,
  ISC_FIT_NORMAL,
} IscFitState;

/**
 * IscFit:
 * @state: whether and how the sample was tested; where it was not, the numbers below are NaN
 * @n: values tested
 * @n_left_out: values equal to 0 that were left out, because the law has an atom there
 * @dependent: the values depend on each other, as the entries of an orthogonal matrix do, so that
 *   both p are only indicative
 * @distance: Kolmogorov and Smirnov's D, the largest distance of the two distribution functions
 * @distance_p: chance of a larger D under the law, asymptotically; NaN for %ISC_FIT_NORMAL, to
 *   whose D (Lilliefors's) it does not apply
 * @anderson: Anderson and Darling's A^2, or A^2* = A^2 (1 + 0.75/n + 2.25/n^2) for
 *   %ISC_FIT_NORMAL; infinite if a value is where the law has none
 * @anderson_p: chance of a larger A^2
 *
 * How well a sample fits a law.  A plain value.
 *
 * In a large sample any harmless difference is significant: show D, n and p together.
 */
typedef struct
{
  IscFitState state;
  guint64 n;
  guint64 n_left_out;
  gboolean dependent;
  double distance;
  double distance_p;
  double anderson;
  double anderson_p;
} IscFit;

/**
 * isc_fit_law:
 * @sample: a sample
 * @law: the law that was promised, with no parameter estimated from @sample
 * @dependent: whether the values depend on each other; only handed on
 *
 * Tests a sample against a law.  If the law has an atom at 0, its non-zero values are tested
 * against the rest of the law.  A value beyond a bound of the law by no more than a float32 step is
 * taken as just inside, because the bound itself was rounded.
 *
 * Cost O(n), some 30 ns a value for a normal law.  Cannot fail.  Safe from any thread.
 * Source: [Kolmogorov33], [AndersonDarling52]; see BIBLIOGRAPHY.md.
 */
IscFit isc_fit_law (const IscSortedSample *sample, const IscLaw *law, gboolean dependent);

/**
 * isc_fit_normal:
 * @sample: a sample of weights whose law nobody has promised
 *
 * Tests for a normal law of whatever mean and deviation: both are estimated (the deviation divides
 * by n - 1), which changes the laws of D and A^2.  Source: [DAgostinoStephens86], table 4.9.
 */
IscFit isc_fit_normal (const IscSortedSample *sample);

/**
 * isc_fit_probabilities:
 * @lower: (array length=n): the law's F at the values in increasing order
 * @upper: (array length=n): 1 - F there, which near F = 1 has digits that F has lost
 * @n: number of values, at least 1
 *
 * isc_fit_law() for any law: its statistics are functions of these alone.
 */
IscFit isc_fit_probabilities (const double *lower, const double *upper, gsize n);

/** isc_fit_is_tested: Returns: whether the numbers of @fit mean something */
gboolean isc_fit_is_tested (const IscFit *fit);

/**
 * isc_fit_get_stephens_p:
 *
 * Returns: as @distance_p, with Stephens's lambda = (sqrt n + 0.12 + 0.11 / sqrt n) D in place of
 *   sqrt n D, which is nearer to the truth below 100 values.  Source: [Stephens70]
 */
double isc_fit_get_stephens_p (const IscFit *fit);

/**
 * isc_fit_to_text:
 *
 * Returns: (transfer full): the Kolmogorov-Smirnov test in a figure's words: "KS D 0.0011, p 0.61",
 *   "KS D 0.013, p 0.2, dependent sample", "KS D 0.02 from the fitted normal", "no test: the law is
 *   a point mass"
 */
char *isc_fit_to_text (const IscFit *fit);

/**
 * isc_fit_anderson_to_text:
 *
 * Returns: (transfer full): the Anderson-Darling test in a figure's words: "AD A² 0.83, p 0.46",
 *   "AD A² ∞, p 0", "normality A²* 0.31, p 0.55"
 */
char *isc_fit_anderson_to_text (const IscFit *fit);

/**
 * isc_kolmogorov_upper:
 * @lambda: at least 0
 *
 * Returns: the chance that sqrt n D exceeds @lambda in the limit of large n
 */
double isc_kolmogorov_upper (double lambda);

/**
 * isc_anderson_darling_upper:
 * @a2: at least 0
 *
 * The chance that A^2 exceeds @a2 in the limit of large n.  A^2 is then a sum of squared normals
 * over j (j + 1), and Smirnov's formula gives its upper tail with relative accuracy, some 1e-13,
 * however small.
 *
 * Source: [AndersonDarling52], equation 4.35 (characteristic function); [Smirnov37].
 */
double isc_anderson_darling_upper (double a2);
