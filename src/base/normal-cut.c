/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/normal-cut.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_sf_erf.h>

#define SQRT_2_PI 2.5066282746310005
#define LOG_SQRT_2_PI 0.91893853320467274

/* Points of Gauss's rule: enough for a normal over 24 std, to the last digit. */
#define N_NODES 128

static double
lower_tail (double z)
{
  return 0.5 * erfc (-z * G_SQRT2 / 2);
}

static double
log_upper_tail (double z)
{
  return gsl_sf_log_erfc (z * G_SQRT2 / 2) - G_LN2;
}

/* P(a < Z < b) for a < 0 < b: neither difference cancels. */
static double
mass_across_zero (double a, double b)
{
  return 0.5 * (erf (b * G_SQRT2 / 2) - erf (a * G_SQRT2 / 2));
}

/* Tail: P(Z < z | Z > a). */
static double
tail_fraction (const IscNormalCut *cut, double z)
{
  return isinf (z) ? 1 : -expm1 (log_upper_tail (z) - cut->log_upper_a);
}

static double
cumulative_turned (const IscNormalCut *cut, double z)
{
  if (cut->tail)
    return tail_fraction (cut, z) / cut->fraction;
  if (z < 0)
    return (lower_tail (z) - lower_tail (cut->a)) / cut->mass;
  return mass_across_zero (cut->a, z) / cut->mass;
}

/* Solves log Q(z) = @target for z >= 0 by Newton's method; log Q is concave and falls like -z^2 /
 * 2, so that the first guess lies to the right of the root and steps stay there. */
static double
invert_log_upper_tail (double target)
{
  double z = sqrt (MAX (0, -2 * target));

  for (int step = 0; step < 60; step++)
    {
      double log_upper = log_upper_tail (z);
      double hazard = exp (-0.5 * z * z - LOG_SQRT_2_PI - log_upper);
      double next = MAX (0, z + (log_upper - target) / hazard);

      if (fabs (next - z) <= 1e-16 * z)
        return next;
      z = next;
    }
  return z;
}

static double
quantile_turned (const IscNormalCut *cut, double p)
{
  double lower, z;

  if (cut->tail)
    z = invert_log_upper_tail (cut->log_upper_a + log1p (-p * cut->fraction));
  else
    {
      lower = lower_tail (cut->a) + p * cut->mass;
      z = lower < 0.5 ? gsl_cdf_ugaussian_Pinv (lower)
                      : gsl_cdf_ugaussian_Qinv (lower_tail (-cut->b) + (1 - p) * cut->mass);
    }
  return CLAMP (z, cut->a, cut->b);
}

IscNormalCut
isc_normal_cut (double a, double b)
{
  IscNormalCut cut = { .a = a, .b = b };

  if (b <= 0)
    {
      cut.a = -b;
      cut.b = -a;
      cut.mirrored = TRUE;
    }
  cut.tail = cut.a >= 0;
  if (cut.tail)
    {
      cut.log_upper_a = log_upper_tail (cut.a);
      cut.fraction = tail_fraction (&cut, cut.b);
    }
  else
    cut.mass = mass_across_zero (cut.a, cut.b);
  return cut;
}

double
isc_normal_cut_density (const IscNormalCut *cut, double z)
{
  if (cut->tail)
    return exp (-0.5 * z * z - LOG_SQRT_2_PI - cut->log_upper_a) / cut->fraction;
  return exp (-0.5 * z * z) / (SQRT_2_PI * cut->mass);
}

double
isc_normal_cut_cumulative (const IscNormalCut *cut, double z)
{
  return cut->mirrored ? 1 - cumulative_turned (cut, -z) : cumulative_turned (cut, z);
}

double
isc_normal_cut_quantile (const IscNormalCut *cut, double p)
{
  return cut->mirrored ? -quantile_turned (cut, 1 - p) : quantile_turned (cut, p);
}

void
isc_normal_cut_moments (const IscNormalCut *cut, double *mean, double central[3])
{
  /* The closed forms subtract numbers near 1 from each other and lose all digits of a narrow or
   * distant cut; in Gauss's rule every term of the moments 2 and 4 is positive.  Beyond 12 std no
   * double sees the normal, and in the tail the density falls by e within 1/a. */
  gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (N_NODES);
  double low = MAX (cut->a, -12);
  double high = cut->tail ? MIN (cut->b, cut->a + 12 / MAX (1, cut->a / 4)) : MIN (cut->b, 12);
  double mass = 0, first = 0;

  central[0] = central[1] = central[2] = 0;
  for (int round = 0; round < 2; round++)
    for (gsize i = 0; i < N_NODES; i++)
      {
        double z, weight, d;

        gsl_integration_glfixed_point (low, high, i, &z, &weight, table);
        /* Relative to the density at the lower end or at 0, which is not 0 in double. */
        weight *= cut->tail ? exp (-0.5 * (z - cut->a) * (z + cut->a)) : exp (-0.5 * z * z);
        if (round == 0)
          {
            mass += weight;
            first += weight * (z - low);
            continue;
          }
        d = z - low - first / mass;
        central[0] += weight * d * d / mass;
        central[1] += weight * d * d * d / mass;
        central[2] += weight * d * d * d * d / mass;
      }
  *mean = low + first / mass;
  if (cut->mirrored)
    {
      *mean = -*mean;
      central[1] = -central[1];
    }
  gsl_integration_glfixed_table_free (table);
}
