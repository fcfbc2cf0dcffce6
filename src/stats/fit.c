/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/fit.h"

#include <math.h>

#include "base/number-text.h"
#include "stats/law-tails.h"

/* Values whose tails are computed together: few enough to stay in cache, and sums of so many terms
 * keep the digits of A^2, which is what n leaves of sums near n. */
#define BLOCK 8192

/* Nodes of Gauss and Chebyshev's rule, which leaves 1e-13 of the smooth factor. */
#define N_NODES 24

/* Running statistics of values in increasing order. */
typedef struct
{
  gsize n;
  gsize rank;
  double distance;
  double log_sum;
} Statistics;

static void
add_block (Statistics *statistics, const double *lower, const double *upper, gsize size)
{
  double n = (double)statistics->n;
  double distance = statistics->distance, log_sum = 0;

  for (gsize i = 0; i < size; i++)
    {
      double before = (double)(statistics->rank + i);

      distance = fmax (distance, fmax ((before + 1) / n - lower[i], lower[i] - before / n));
      log_sum += (2 * before + 1) * log (lower[i]) + (2 * (n - before) - 1) * log (upper[i]);
    }
  statistics->rank += size;
  statistics->distance = distance;
  statistics->log_sum += log_sum;
}

static IscFit
untested (IscFitState state, gsize n)
{
  return (IscFit){
    .state = state,
    .n = n,
    .distance = NAN,
    .distance_p = NAN,
    .anderson = NAN,
    .anderson_p = NAN,
  };
}

static IscFit
conclude (const Statistics *statistics)
{
  double n = (double)statistics->n;
  IscFit fit = {
    .state = ISC_FIT_LAW,
    .n = statistics->n,
    .distance = statistics->distance,
    .anderson = -n - statistics->log_sum / n,
  };

  fit.distance_p = isc_kolmogorov_upper (sqrt (n) * fit.distance);
  fit.anderson_p = isc_anderson_darling_upper (fit.anderson);
  return fit;
}

/* Adds @n values that follow those before. */
static void
add_values (Statistics *statistics, const IscLawTails *tails, const float *x, gsize n)
{
  g_autofree double *lower = g_new (double, BLOCK), *upper = g_new (double, BLOCK);

  for (gsize start = 0; start < n; start += BLOCK)
    {
      gsize size = MIN (n - start, BLOCK);

      isc_law_tails_evaluate (tails, x + start, size, lower, upper);
      add_block (statistics, lower, upper, size);
    }
}

IscFit
isc_fit_law (const IscSortedSample *sample, const IscLaw *law, gboolean dependent)
{
  const float *x = isc_sorted_sample_get_values (sample);
  gsize n = isc_sorted_sample_get_n (sample);
  gsize zeros = n, after_zeros = n;
  Statistics statistics = { 0 };
  IscFit fit;

  if (law->kind == ISC_LAW_NONE)
    return untested (ISC_FIT_NO_LAW, n);
  if (!isc_law_has_density (law))
    return untested (ISC_FIT_POINT_MASS, n);
  if (law->zeros > 0)
    {
      zeros = isc_sorted_sample_count_below (sample, 0);
      after_zeros = isc_sorted_sample_count_to (sample, 0);
    }
  statistics.n = n - (after_zeros - zeros);
  if (statistics.n == 0)
    fit = untested (ISC_FIT_NO_VALUES, 0);
  else
    {
      g_autoptr (IscLawTails) tails = isc_law_tails_new (law, statistics.n);

      add_values (&statistics, tails, x, zeros);
      add_values (&statistics, tails, x + after_zeros, n - after_zeros);
      fit = conclude (&statistics);
    }
  fit.n_left_out = after_zeros - zeros;
  fit.dependent = dependent;
  return fit;
}

/* D'Agostino and Stephens (1986), table 4.9, as far as it was fitted: its last parabola would rise
 * again. */
static double
normal_upper (double a2)
{
  if (a2 < 0.2)
    return 1 - exp (-13.436 + 101.14 * a2 - 223.73 * a2 * a2);
  if (a2 < 0.34)
    return 1 - exp (-8.318 + 42.796 * a2 - 59.938 * a2 * a2);
  if (a2 < 0.6)
    return exp (0.9177 - 4.279 * a2 - 1.38 * a2 * a2);
  if (a2 < 13)
    return exp (1.2937 - 5.709 * a2 + 0.0186 * a2 * a2);
  return 0;
}

IscFit
isc_fit_normal (const IscSortedSample *sample)
{
  const float *x = isc_sorted_sample_get_values (sample);
  gsize count = isc_sorted_sample_get_n (sample);
  double n = (double)count, sum = 0, squares = 0;
  Statistics statistics = { .n = count };
  g_autoptr (IscLawTails) tails = NULL;
  IscLaw law;
  IscFit fit;

  if (count == 0)
    return untested (ISC_FIT_NO_VALUES, 0);
  if (count < ISC_FIT_MIN_NORMAL)
    return untested (ISC_FIT_FEW_VALUES, count);
  if (x[0] == x[count - 1])
    return untested (ISC_FIT_CONSTANT, count);
  for (gsize i = 0; i < count; i++)
    sum += (double)x[i];
  for (gsize i = 0; i < count; i++)
    squares += ((double)x[i] - sum / n) * ((double)x[i] - sum / n);
  law = isc_law_normal (sum / n, sqrt (squares / (n - 1)));
  tails = isc_law_tails_new (&law, count);
  add_values (&statistics, tails, x, count);
  fit = conclude (&statistics);
  fit.state = ISC_FIT_NORMAL;
  fit.distance_p = NAN;
  fit.anderson *= 1 + 0.75 / n + 2.25 / (n * n);
  fit.anderson_p = normal_upper (fit.anderson);
  return fit;
}

IscFit
isc_fit_probabilities (const double *lower, const double *upper, gsize n)
{
  Statistics statistics = { .n = n };

  g_return_val_if_fail (n >= 1, untested (ISC_FIT_NO_VALUES, 0));

  for (gsize start = 0; start < n; start += BLOCK)
    add_block (&statistics, lower + start, upper + start, MIN (n - start, BLOCK));
  return conclude (&statistics);
}

gboolean
isc_fit_is_tested (const IscFit *fit)
{
  return fit->state == ISC_FIT_LAW || fit->state == ISC_FIT_NORMAL;
}

double
isc_fit_get_stephens_p (const IscFit *fit)
{
  double root = sqrt ((double)fit->n);

  if (fit->state != ISC_FIT_LAW)
    return NAN;
  return isc_kolmogorov_upper ((root + 0.12 + 0.11 / root) * fit->distance);
}

static const char *
why_untested (IscFitState state)
{
  switch (state)
    {
    case ISC_FIT_NO_LAW:
      return "no test: no law is known";
    case ISC_FIT_POINT_MASS:
      return "no test: the law is a point mass";
    case ISC_FIT_NO_VALUES:
      return "no test: no value is left";
    case ISC_FIT_FEW_VALUES:
      return "no test: fewer than " G_STRINGIFY (ISC_FIT_MIN_NORMAL) " values";
    case ISC_FIT_CONSTANT:
      return "no test: all values are equal";
    case ISC_FIT_LAW:
    case ISC_FIT_NORMAL:
    default:
      return NULL;
    }
}

char *
isc_fit_to_text (const IscFit *fit)
{
  g_autofree char *distance = isc_number_to_label (fit->distance, 2);
  g_autofree char *p = isc_number_to_label (fit->distance_p, 2);

  if (!isc_fit_is_tested (fit))
    return g_strdup (why_untested (fit->state));
  if (fit->state == ISC_FIT_NORMAL)
    return g_strconcat ("KS D ", distance, " from the fitted normal", NULL);
  return g_strconcat ("KS D ", distance, ", p ", p, fit->dependent ? ", dependent sample" : NULL,
                      NULL);
}

char *
isc_fit_anderson_to_text (const IscFit *fit)
{
  g_autofree char *anderson = isc_number_to_label (fit->anderson, 2);
  g_autofree char *p = isc_number_to_label (fit->anderson_p, 2);

  if (!isc_fit_is_tested (fit))
    return g_strdup (why_untested (fit->state));
  return g_strconcat (fit->state == ISC_FIT_NORMAL ? "normality A²* " : "AD A² ", anderson, ", p ",
                      p, fit->dependent ? ", dependent sample" : NULL, NULL);
}

double
isc_kolmogorov_upper (double lambda)
{
  double sum = 0;

  if (isnan (lambda))
    return NAN;
  /* Where one series is slow the other is quick: five terms of either leave less than 1e-17. */
  if (lambda < 1)
    {
      if (lambda < 0.05)
        return 1;
      for (int k = 1; k <= 9; k += 2)
        sum += exp (-k * k * G_PI * G_PI / (8 * lambda * lambda));
      return 1 - sqrt (2 * G_PI) / lambda * sum;
    }
  for (int k = 5; k >= 1; k--)
    sum += (k % 2 ? 2 : -2) * exp (-2 * k * k * lambda * lambda);
  return sum;
}

/* Smirnov's formula for a sum of squared normals over j (j + 1):
 *
 *   P(A^2 > z) = 1/pi sum_k (-1)^(k+1) integral e^(-z u) / (u sqrt |D(u)|) du
 *
 * between the zeros 2k - 1 and 2k of D(u) = prod_j (1 - 2 u / (j (j + 1))), which is
 * -cos (pi/2 v) / (2 pi u) with v = sqrt (1 + 8 u), so that the zeros are at v = 4k -+ 1. */
double
isc_anderson_darling_upper (double a2)
{
  double total = 0;

  if (isnan (a2))
    return NAN;
  /* Smaller ones have a chance below 1e-15, and would take many terms. */
  if (a2 < 0.03)
    return 1;
  for (int k = 1; k < 64; k++)
    {
      double integral = 0;

      /* With s = v - 4k the roots at both ends are those of 1 - s^2, which is Chebyshev's weight.
       */
      for (int i = 0; i < N_NODES; i++)
        {
          double s = cos (G_PI * (i + 0.5) / N_NODES);
          double v = 4 * k + s;
          double u = (v * v - 1) / 8;

          integral += exp (-a2 * u) * sqrt (2 * G_PI / u) * v / 4
                      * sqrt ((1 - s * s) / cos (G_PI / 2 * s));
        }
      integral /= N_NODES;
      total += k % 2 ? integral : -integral;
      if (integral < 1e-17 * total)
        break;
    }
  return MIN (total, 1);
}
