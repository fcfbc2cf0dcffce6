/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/law.h"
#include "stats/sorted-sample.h"

/** Up to so many values every one is a point of a Q-Q plot. */
#define ISC_QQ_MAX_WHOLE 2000

/** The share of samples that stay in the band at any one point. */
#define ISC_QQ_BAND 0.95

/**
 * IscQqPositions:
 * @ISC_QQ_FILLIBEN: medians of the order statistics, as scipy.stats.probplot()
 * @ISC_QQ_HAZEN: (i - 1/2) / n
 *
 * Which probability the i-th of n values stands for.
 */
typedef enum
{
  ISC_QQ_FILLIBEN,
  ISC_QQ_HAZEN,
} IscQqPositions;

/**
 * isc_qq_position:
 * @positions: how
 * @i: a rank, 1 <= @i <= @n
 * @n: number of values
 *
 * Returns: the probability of the @i-th smallest of @n values.  Source: [Filliben75], [Hazen14]
 */
double isc_qq_position (IscQqPositions positions, gsize i, gsize n);

/**
 * IscQqPoint:
 * @rank: the value's rank, from 1
 * @p: its probability
 * @theory: the law's quantile at @p
 * @value: the value
 * @low: 95 % of samples of the law have their value of this rank above
 * @high: and below; each point by itself, not all at once
 *
 * A point of a Q-Q plot, in the unit of the values.
 */
typedef struct
{
  gsize rank;
  double p;
  double theory;
  double value;
  double low;
  double high;
} IscQqPoint;

/**
 * IscQq:
 *
 * A sample's values beside the quantiles of a law.  Immutable and reference-counted.
 */
typedef struct _IscQq IscQq;

/**
 * isc_qq_new:
 * @sample: a sample
 * @law: a law with a density
 * @positions: which probabilities
 * @error: return location
 *
 * Up to %ISC_QQ_MAX_WHOLE values make a point each; of more, 1000 evenly spaced in probability and
 * the 50 extremes at each end.  The band is @law's quantiles at those of Beta (i, n + 1 - i), the
 * law of the i-th of n uniform numbers; beyond rank 100 from either end by an approximation that is
 * off by up to 1e-6 in probability.
 *
 * Cost some 1 us a point and three quantiles of @law.  Source: [PeizerPratt68].
 *
 * Returns: (transfer full): the points, or %NULL with ISC_ERROR_INVALID if @law has no density, or
 *   no value is finite
 */
IscQq *isc_qq_new (const IscSortedSample *sample,
                   const IscLaw *law,
                   IscQqPositions positions,
                   GError **error);

IscQq *isc_qq_ref (IscQq *qq);
void isc_qq_unref (IscQq *qq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscQq, isc_qq_unref)

/**
 * isc_qq_get_points:
 * @n_points: (out): how many
 *
 * Returns: (array length=n_points) (transfer none): the points, increasing
 */
const IscQqPoint *isc_qq_get_points (const IscQq *qq, gsize *n_points);

/** isc_qq_get_n: Returns: the number of values, of which the points are some or all */
gsize isc_qq_get_n (const IscQq *qq);

/**
 * isc_qq_get_line:
 * @slope: (out) (optional): the sample's scale in units of the law's
 * @intercept: (out) (optional): its shift
 * @correlation: (out) (optional): 1 for a straight line
 *
 * The straight line nearest to the points by least squares of the values, as
 * scipy.stats.probplot(). All three are NaN for a single point; the correlation also where all
 * values are equal.
 */
void isc_qq_get_line (const IscQq *qq, double *slope, double *intercept, double *correlation);
