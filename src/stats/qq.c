/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/qq.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/error.h"
#include "base/ref-count.h"

/* Points of a large sample. */
#define N_SPACED 1000
#define N_EXTREMES 50

/* Up to this rank the binomial law's few terms are summed, and none of them is below 1e-300. */
#define MAX_SUMMED 100

struct _IscQq
{
  IscRefCount ref_count;
  gsize n;
  gsize n_points;
  IscQqPoint *points;
};

/* P(U_(i) <= x) of @n uniform numbers, which is that of @i or more of them below x, less @p; @slope
 * is its derivative.  For few terms of the binomial law, which are not so small that none is left.
 */
static double
excess_by_sum (double i, double n, double x, double p, double *slope)
{
  double term = exp (n * log1p (-x));
  double sum = term;

  for (double k = 1; k < i; k++)
    {
      term *= (n - k + 1) / k * x / (1 - x);
      sum += term;
    }
  *slope = term * (n - i + 1) / (1 - x);
  return 1 - sum - p;
}

/* Newton's method inside a bracket that shrinks with every step. */
static double
order_quantile_by_sum (double i, double n, double p)
{
  double low = 0, high = 1;
  double x = i / (n + 1);

  for (int step = 0; step < 100; step++)
    {
      double slope;
      double excess = excess_by_sum (i, n, x, p, &slope);
      double next = x - excess / slope;

      if (excess > 0)
        high = x;
      else
        low = x;
      if (!(next > low && next < high))
        next = 0.5 * (low + high);
      if (fabs (next - x) <= 1e-14 * x)
        return next;
      x = next;
    }
  return x;
}

/* Peizer and Pratt's function. */
static double
peizer_pratt (double ratio)
{
  double d = 1 - ratio;

  /* Its series where the formula would cancel. */
  if (fabs (d) < 0.01)
    return d / 3 + d * d / 6 + d * d * d / 10;
  return (1 - ratio * ratio + 2 * ratio * log (ratio)) / (d * d);
}

/* The standard normal quantile of P(U_(i) <= x), which it gives to 1e-6 from i = 100 on. */
static double
normal_score (double i, double n, double x)
{
  double y = 1 - x;
  double below = i - 0.5, above = n - i + 0.5;
  double d = below + 1.0 / 6 - (n + 1.0 / 3) * x
             + 0.02 * (y / (below + 0.5) - x / (above + 0.5) + (y - 0.5) / (n + 1));

  return -d
         * sqrt ((1 + y * peizer_pratt (below / (n * x)) + x * peizer_pratt (above / (n * y)))
                 / ((n + 1.0 / 6) * x * y));
}

/* By secants: the score is nearly a straight line. */
static double
order_quantile_by_score (double i, double n, double p)
{
  double target = gsl_cdf_ugaussian_Pinv (p);
  double mean = i / (n + 1);
  double x = mean, next = mean + target * sqrt (mean * (1 - mean) / (n + 2));
  double error = normal_score (i, n, x) - target;

  for (int step = 0; step < 20 && next != x; step++)
    {
      double error_next = normal_score (i, n, next) - target;
      double after = next - error_next * (next - x) / (error_next - error);

      x = next;
      error = error_next;
      if (!isfinite (after) || fabs (after - next) <= 1e-15 * next)
        break;
      next = after;
    }
  return x;
}

/* The quantile of the @i-th smallest of @n uniform numbers, which follows Beta (i, n + 1 - i).
 * GSL's function finds none for many n above some ten thousand, and may run forever. */
static double
order_quantile (gsize i, gsize n, double p)
{
  if (i > n / 2 + 1)
    return 1 - order_quantile (n + 1 - i, n, 1 - p);
  if (i <= MAX_SUMMED)
    return order_quantile_by_sum ((double)i, (double)n, p);
  return order_quantile_by_score ((double)i, (double)n, p);
}

double
isc_qq_position (IscQqPositions positions, gsize i, gsize n)
{
  g_return_val_if_fail (i >= 1 && i <= n, NAN);

  if (positions == ISC_QQ_HAZEN)
    return ((double)i - 0.5) / (double)n;
  if (i == 1)
    return n == 1 ? 0.5 : -expm1 (-G_LN2 / (double)n);
  if (i == n)
    return exp2 (-1 / (double)n);
  return ((double)i - 0.3175) / ((double)n + 0.365);
}

static void
add_point (
    IscQq *qq, const IscSortedSample *sample, const IscLaw *law, IscQqPositions positions, gsize i)
{
  IscQqPoint *point = &qq->points[qq->n_points++];
  double p = isc_qq_position (positions, i, qq->n);
  double low = order_quantile (i, qq->n, (1 - ISC_QQ_BAND) / 2);
  double high = order_quantile (i, qq->n, (1 + ISC_QQ_BAND) / 2);

  *point = (IscQqPoint){
    .rank = i,
    .p = p,
    .theory = isc_law_quantile (law, p),
    .value = (double)isc_sorted_sample_get_values (sample)[i - 1],
    .low = isc_law_quantile (law, low),
    .high = isc_law_quantile (law, high),
  };
}

IscQq *
isc_qq_new (const IscSortedSample *sample,
            const IscLaw *law,
            IscQqPositions positions,
            GError **error)
{
  gsize n = isc_sorted_sample_get_n (sample);
  IscQq *qq;

  if (!isc_law_has_density (law) || n == 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "no Q–Q plot: %s",
                   n == 0                      ? "no value is finite"
                   : law->kind == ISC_LAW_NONE ? "no law is known"
                                               : "the law is a point mass");
      return NULL;
    }

  qq = g_new0 (IscQq, 1);
  isc_ref_count_init (&qq->ref_count);
  qq->n = n;
  qq->points = g_new (IscQqPoint, MIN (n, ISC_QQ_MAX_WHOLE));
  if (n <= ISC_QQ_MAX_WHOLE)
    for (gsize i = 1; i <= n; i++)
      add_point (qq, sample, law, positions, i);
  else
    {
      for (gsize i = 1; i <= N_EXTREMES; i++)
        add_point (qq, sample, law, positions, i);
      for (gsize k = 0; k < N_SPACED; k++)
        {
          gsize i = 1 + (2 * k + 1) * n / (2 * N_SPACED);

          if (i > N_EXTREMES && i <= n - N_EXTREMES)
            add_point (qq, sample, law, positions, i);
        }
      for (gsize i = n - N_EXTREMES + 1; i <= n; i++)
        add_point (qq, sample, law, positions, i);
    }
  return qq;
}

IscQq *
isc_qq_ref (IscQq *qq)
{
  isc_ref_count_inc (&qq->ref_count);
  return qq;
}

void
isc_qq_unref (IscQq *qq)
{
  if (!isc_ref_count_dec (&qq->ref_count))
    return;
  g_free (qq->points);
  g_free (qq);
}

const IscQqPoint *
isc_qq_get_points (const IscQq *qq, gsize *n_points)
{
  *n_points = qq->n_points;
  return qq->points;
}

gsize
isc_qq_get_n (const IscQq *qq)
{
  return qq->n;
}

void
isc_qq_get_line (const IscQq *qq, double *slope, double *intercept, double *correlation)
{
  double n = (double)qq->n_points;
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0, yy = 0;

  for (gsize k = 0; k < qq->n_points; k++)
    {
      mean_x += qq->points[k].theory / n;
      mean_y += qq->points[k].value / n;
    }
  for (gsize k = 0; k < qq->n_points; k++)
    {
      double dx = qq->points[k].theory - mean_x, dy = qq->points[k].value - mean_y;

      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
  /* Of one point, or of equal quantiles, 0/0: no line. */
  if (slope)
    *slope = xy / xx;
  if (intercept)
    *intercept = mean_y - xy / xx * mean_x;
  if (correlation)
    *correlation = xy / sqrt (xx * yy);
}
