/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sphere.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>

double
isc_sphere_density (gint64 n, double u)
{
  double power = 0.5 * (double)(n - 3);

  /* 1/B(1/2, (n-1)/2), and not the difference of two lgamma: theirs are large and cancel. */
  return exp (power * log1p (-u * u) - gsl_sf_lnbeta (0.5, 0.5 * (double)(n - 1)));
}

double
isc_sphere_lower_half (gint64 n, double u)
{
  double half;

  if (n == 2)
    return 0.5 + asin (u) / G_PI;
  if (n == 3)
    return 0.5 * (1 + u);
  half = 0.5 * (double)(n - 1);
  /* Near the middle 1 - u^2 would round u away; there the other half is the smaller one. */
  if (u * u * half < 1)
    return 0.5 * (1 - gsl_sf_beta_inc (0.5, half, u * u));
  return 0.5 * gsl_sf_beta_inc (half, 0.5, (1 - u) * (1 + u));
}

double
isc_sphere_lower_quantile (gint64 n, double p)
{
  double low = -1, high = 0;
  double u;

  if (n == 2)
    return -cos (G_PI * p);
  if (n == 3)
    return 2 * p - 1;
  u = CLAMP (gsl_cdf_ugaussian_Pinv (p) / sqrt ((double)n), -0.9, 0);
  for (int step = 0; step < 200 && low < high; step++)
    {
      double error = isc_sphere_lower_half (n, u) - p;
      double next = u - error / isc_sphere_density (n, u);

      if (error > 0)
        high = u;
      else
        low = u;
      if (!(next > low && next < high))
        next = 0.5 * (low + high);
      if (fabs (next - u) <= 1e-16 * fabs (u))
        return next;
      u = next;
    }
  return u;
}
