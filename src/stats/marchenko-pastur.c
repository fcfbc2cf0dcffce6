/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/marchenko-pastur.h"

#include <math.h>

#include <gsl/gsl_integration.h>

/* Points of Gauss's rule: the mean to 12 digits, for square matrices too. */
#define N_NODES 128

static double
ratio (const IscMarchenkoPastur *law)
{
  return law->k / law->K;
}

/* Rounding may lead out of [-1, 1] at the edges. */
static double
arcsine (double x)
{
  return asin (CLAMP (x, -1, 1));
}

IscMarchenkoPastur
isc_marchenko_pastur (gsize rows, gsize columns, double variance)
{
  double k = (double)MIN (rows, columns), K = (double)MAX (rows, columns);

  return (IscMarchenkoPastur){
    .k = k,
    .K = K,
    .variance = variance,
    .s_min = sqrt (variance) * (sqrt (K) - sqrt (k)),
    .s_max = sqrt (variance) * (sqrt (K) + sqrt (k)),
  };
}

double
isc_marchenko_pastur_density (const IscMarchenkoPastur *law, double s)
{
  if (!(s >= law->s_min && s <= law->s_max))
    return 0;
  /* The limit at 0, where a square matrix's law has its highest point. */
  if (s == 0)
    return law->s_max / (G_PI * law->variance * law->k);
  return sqrt ((law->s_max - s) * (law->s_max + s) * (s - law->s_min) * (s + law->s_min))
         / (G_PI * law->variance * law->k * s);
}

double
isc_marchenko_pastur_cumulative (const IscMarchenkoPastur *law, double s)
{
  double y = ratio (law);
  double root = sqrt (y);
  double a = (1 - root) * (1 - root), b = (1 + root) * (1 + root);
  double x = s * s / (law->variance * law->K);
  double sum;

  if (isnan (s))
    return NAN;
  if (s <= law->s_min)
    return 0;
  if (s >= law->s_max)
    return 1;
  sum = sqrt (MAX (0, (b - x) * (x - a))) + (1 + y) * arcsine ((2 * x - a - b) / (b - a))
        - (1 - y) * arcsine (((a + b) * x - 2 * a * b) / (x * (b - a)));
  return CLAMP (0.5 + sum / (2 * G_PI * y), 0, 1);
}

double
isc_marchenko_pastur_quantile (const IscMarchenkoPastur *law, double p)
{
  double low = law->s_min, high = law->s_max;

  if (!(p >= 0 && p <= 1))
    return NAN;
  if (p == 0 || p == 1)
    return p == 0 ? low : high;
  for (guint step = 0; step < 60; step++)
    {
      double middle = (low + high) / 2;

      if (isc_marchenko_pastur_cumulative (law, middle) < p)
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2;
}

double
isc_marchenko_pastur_mean (const IscMarchenkoPastur *law)
{
  gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (N_NODES);
  double y = ratio (law);
  double sum = 0;

  /* By x = 1 + y - 2 sqrt (y) cos (t), which takes the roots away from the edges. */
  for (gsize i = 0; i < N_NODES; i++)
    {
      double t, weight;

      gsl_integration_glfixed_point (0, G_PI, i, &t, &weight, table);
      sum += weight * sin (t) * sin (t) / sqrt (1 + y - 2 * sqrt (y) * cos (t));
    }
  gsl_integration_glfixed_table_free (table);
  return sqrt (law->variance * law->K) * 2 / G_PI * sum;
}

double
isc_marchenko_pastur_mean_square (const IscMarchenkoPastur *law)
{
  return law->variance * law->K;
}

double
isc_marchenko_pastur_mean_fourth (const IscMarchenkoPastur *law)
{
  double mean_square = isc_marchenko_pastur_mean_square (law);

  return mean_square * mean_square * (1 + ratio (law));
}

double
isc_marchenko_pastur_condition (const IscMarchenkoPastur *law)
{
  return law->s_max / law->s_min;
}

double
isc_square_condition_cumulative (double x)
{
  return x > 0 ? exp (-2 / x - 2 / (x * x)) : 0;
}

double
isc_square_condition_quantile (double p)
{
  double l = -log (p);

  /* The positive root of l x^2 - 2 x - 2 = 0. */
  return (1 + sqrt (1 + 2 * l)) / l;
}
