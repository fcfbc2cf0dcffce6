/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/law.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>

#include "base/number-text.h"

#define SQRT_2_PI 2.5066282746310005
#define LOG_SQRT_2_PI 0.91893853320467274

/* Whether all mass is at one place, @value. */
static gboolean
is_point (const IscLaw *law, double *value)
{
  *value = law->kind == ISC_LAW_NORMAL ? law->mean : law->a;
  switch (law->kind)
    {
    case ISC_LAW_POINT:
      return TRUE;
    case ISC_LAW_UNIFORM:
      return law->a == law->b;
    case ISC_LAW_NORMAL:
      return law->std == 0;
    case ISC_LAW_TRUNCATED_NORMAL:
      if (law->std == 0)
        *value = CLAMP (law->mean, law->a, law->b);
      return law->std == 0 || law->a == law->b;
    case ISC_LAW_SPHERE:
      *value = 0;
      return law->std == 0;
    case ISC_LAW_NONE:
    default:
      return FALSE;
    }
}

/* ---- The standard normal ---- */

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

/* ---- The truncated normal, in units of its std about its mean ----
 *
 * A cut that contains 0 is handled with erf; one that lies to a side is turned to the right and
 * handled as a conditional law of the upper tail Q, whose ratios are taken as differences of
 * logarithms: Q(40) is 0 in double, and yet Q(41)/Q(40) is not.
 */

typedef struct
{
  double a;
  double b;
  gboolean mirrored; /* x stands for -x */
  gboolean tail;     /* 0 <= a */
  double log_upper_a;
  double fraction; /* tail: P(Z < b | Z > a) */
  double mass;     /* not tail: P(a < Z < b) */
} Cut;

/* Tail: P(Z < z | Z > a). */
static double
tail_fraction (const Cut *cut, double z)
{
  return isinf (z) ? 1 : -expm1 (log_upper_tail (z) - cut->log_upper_a);
}

static Cut
cut_of (const IscLaw *law)
{
  Cut cut = { .a = (law->a - law->mean) / law->std, .b = (law->b - law->mean) / law->std };

  if (cut.b <= 0)
    {
      double a = cut.a;

      cut.a = -cut.b;
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

static double
cut_density (const Cut *cut, double z)
{
  if (cut->tail)
    return exp (-0.5 * z * z - LOG_SQRT_2_PI - cut->log_upper_a) / cut->fraction;
  return exp (-0.5 * z * z) / (SQRT_2_PI * cut->mass);
}

static double
cut_cumulative (const Cut *cut, double z)
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
cut_quantile (const Cut *cut, double p)
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

/* Mean and central moments 2, 3 and 4 by Gauss's rule with 128 points.  The closed forms subtract
 * numbers near 1 from each other and lose all digits of a narrow or distant cut; here every term of
 * the second and fourth moment is positive.  Beyond 12 std no double sees the normal, and in the
 * tail the density falls by e within 1/a. */
static void
cut_moments (const Cut *cut, double *mean, double central[3])
{
  gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (128);
  double low = MAX (cut->a, -12);
  double high = cut->tail ? MIN (cut->b, cut->a + 12 / MAX (1, cut->a / 4)) : MIN (cut->b, 12);
  double mass = 0, first = 0;

  central[0] = central[1] = central[2] = 0;
  for (int round = 0; round < 2; round++)
    for (gsize i = 0; i < 128; i++)
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
  gsl_integration_glfixed_table_free (table);
}

/* ---- One coordinate of the unit sphere, |u| <= 1 ---- */

static double
sphere_density (gint64 n, double u)
{
  double power = 0.5 * (double)(n - 3);

  /* 1/B(1/2, (n-1)/2), and not the difference of two lgamma: theirs are large and cancel. */
  return exp (power * log1p (-u * u) - gsl_sf_lnbeta (0.5, 0.5 * (double)(n - 1)));
}

/* For u <= 0: half of P(w^2 > u^2), w^2 being Beta(1/2, (n-1)/2). */
static double
sphere_lower_half (gint64 n, double u)
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

/* For p <= 1/2: Newton's method inside a bracket that shrinks with every step. */
static double
sphere_lower_quantile (gint64 n, double p)
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
      double error = sphere_lower_half (n, u) - p;
      double next = u - error / sphere_density (n, u);

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

/* ---- Laws ---- */

IscLaw
isc_law_point (double value)
{
  return (IscLaw){ .kind = ISC_LAW_POINT, .a = value };
}

IscLaw
isc_law_uniform (double a, double b)
{
  return (IscLaw){ .kind = ISC_LAW_UNIFORM, .a = a, .b = b };
}

IscLaw
isc_law_normal (double mean, double std)
{
  return (IscLaw){ .kind = ISC_LAW_NORMAL, .mean = mean, .std = std };
}

IscLaw
isc_law_truncated_normal (double mean, double std, double a, double b)
{
  return (IscLaw){ .kind = ISC_LAW_TRUNCATED_NORMAL, .mean = mean, .std = std, .a = a, .b = b };
}

IscLaw
isc_law_sphere (double radius, gint64 n)
{
  return (IscLaw){ .kind = ISC_LAW_SPHERE, .std = radius, .n = n };
}

gboolean
isc_law_has_density (const IscLaw *law)
{
  double value;

  return law->kind != ISC_LAW_NONE && !is_point (law, &value)
         && !(law->kind == ISC_LAW_SPHERE && law->n < 2);
}

double
isc_law_density (const IscLaw *law, double x)
{
  double low, high, z;
  Cut cut;

  g_return_val_if_fail (isc_law_has_density (law), NAN);

  isc_law_bounds (law, &low, &high);
  if (x < low || x > high)
    return 0;
  switch (law->kind)
    {
    case ISC_LAW_UNIFORM:
      return 1 / (law->b - law->a);
    case ISC_LAW_NORMAL:
      z = (x - law->mean) / law->std;
      return exp (-0.5 * z * z) / (SQRT_2_PI * law->std);
    case ISC_LAW_TRUNCATED_NORMAL:
      z = (x - law->mean) / law->std;
      cut = cut_of (law);
      return cut_density (&cut, cut.mirrored ? -z : z) / law->std;
    case ISC_LAW_SPHERE:
      /* At the ends the exponent of n = 3 is 0 times infinity. */
      return law->n == 3 ? 0.5 / law->std : sphere_density (law->n, x / law->std) / law->std;
    case ISC_LAW_POINT:
    case ISC_LAW_NONE:
    default:
      return NAN;
    }
}

double
isc_law_cumulative (const IscLaw *law, double x)
{
  double low, high, u, z, value;
  Cut cut;

  if (law->kind == ISC_LAW_NONE || isnan (x))
    return NAN;
  if (is_point (law, &value))
    return x >= value ? 1 : 0;
  isc_law_bounds (law, &low, &high);
  if (x < low)
    return 0;
  if (x >= high)
    return 1;
  switch (law->kind)
    {
    case ISC_LAW_UNIFORM:
      return (x - law->a) / (law->b - law->a);
    case ISC_LAW_NORMAL:
      return lower_tail ((x - law->mean) / law->std);
    case ISC_LAW_TRUNCATED_NORMAL:
      z = (x - law->mean) / law->std;
      cut = cut_of (law);
      return cut.mirrored ? 1 - cut_cumulative (&cut, -z) : cut_cumulative (&cut, z);
    case ISC_LAW_SPHERE:
      if (law->n < 2)
        return 0.5;
      u = x / law->std;
      return u <= 0 ? sphere_lower_half (law->n, u) : 1 - sphere_lower_half (law->n, -u);
    case ISC_LAW_POINT:
    case ISC_LAW_NONE:
    default:
      return NAN;
    }
}

double
isc_law_quantile (const IscLaw *law, double p)
{
  double low, high, value;
  Cut cut;

  if (law->kind == ISC_LAW_NONE || !(p >= 0 && p <= 1))
    return NAN;
  if (is_point (law, &value))
    return value;
  isc_law_bounds (law, &low, &high);
  if (p == 0)
    return low;
  if (p == 1)
    return high;
  switch (law->kind)
    {
    case ISC_LAW_UNIFORM:
      return law->a + p * (law->b - law->a);
    case ISC_LAW_NORMAL:
      return law->mean + law->std * gsl_cdf_ugaussian_Pinv (p);
    case ISC_LAW_TRUNCATED_NORMAL:
      cut = cut_of (law);
      value = cut.mirrored ? -cut_quantile (&cut, 1 - p) : cut_quantile (&cut, p);
      return CLAMP (law->mean + law->std * value, low, high);
    case ISC_LAW_SPHERE:
      if (law->n < 2)
        return p <= 0.5 ? low : high;
      return law->std
             * (p <= 0.5 ? sphere_lower_quantile (law->n, p)
                         : -sphere_lower_quantile (law->n, 1 - p));
    case ISC_LAW_POINT:
    case ISC_LAW_NONE:
    default:
      return NAN;
    }
}

/* Mean and central moments 2, 3 and 4; NaN for no law. */
static void
moments_of (const IscLaw *law, double *mean, double central[3])
{
  double width = law->b - law->a;
  double n = (double)law->n;
  double value, scale;
  Cut cut;

  central[0] = central[1] = central[2] = 0;
  if (is_point (law, mean))
    return;
  switch (law->kind)
    {
    case ISC_LAW_UNIFORM:
      *mean = 0.5 * (law->a + law->b);
      central[0] = width * width / 12;
      central[2] = width * width * width * width / 80;
      return;
    case ISC_LAW_NORMAL:
      *mean = law->mean;
      central[0] = law->std * law->std;
      central[2] = 3 * central[0] * central[0];
      return;
    case ISC_LAW_TRUNCATED_NORMAL:
      cut = cut_of (law);
      cut_moments (&cut, &value, central);
      scale = cut.mirrored ? -law->std : law->std;
      *mean = law->mean + scale * value;
      central[0] *= scale * scale;
      central[1] *= scale * scale * scale;
      central[2] *= scale * scale * scale * scale;
      return;
    case ISC_LAW_SPHERE:
      *mean = 0;
      central[0] = law->std * law->std / n;
      central[2] = 3 * n / (n + 2) * central[0] * central[0];
      return;
    case ISC_LAW_POINT:
    case ISC_LAW_NONE:
    default:
      *mean = central[0] = central[1] = central[2] = NAN;
    }
}

double
isc_law_mean (const IscLaw *law)
{
  double mean, central[3];

  moments_of (law, &mean, central);
  return mean;
}

double
isc_law_variance (const IscLaw *law)
{
  double mean, central[3];

  moments_of (law, &mean, central);
  return central[0];
}

double
isc_law_skewness (const IscLaw *law)
{
  double mean, central[3];

  moments_of (law, &mean, central);
  return central[1] / (central[0] * sqrt (central[0]));
}

double
isc_law_excess_kurtosis (const IscLaw *law)
{
  double mean, central[3];

  moments_of (law, &mean, central);
  return central[2] / (central[0] * central[0]) - 3;
}

gboolean
isc_law_bounds (const IscLaw *law, double *low, double *high)
{
  double value;

  *low = -INFINITY;
  *high = INFINITY;
  if (is_point (law, &value))
    *low = *high = value;
  else if (law->kind == ISC_LAW_UNIFORM || law->kind == ISC_LAW_TRUNCATED_NORMAL)
    {
      *low = law->a;
      *high = law->b;
    }
  else if (law->kind == ISC_LAW_SPHERE)
    {
      *low = -law->std;
      *high = law->std;
    }
  return isfinite (*low) && isfinite (*high);
}

char *
isc_law_to_text (const IscLaw *law)
{
  g_autofree char *a = isc_number_to_label (law->a, 3);
  g_autofree char *b = isc_number_to_label (law->b, 3);
  g_autofree char *mean = isc_number_to_label (law->mean, 3);
  g_autofree char *std = isc_number_to_label (law->std, 3);
  g_autofree char *n = isc_count_to_label ((guint64)MAX (law->n, 0));

  switch (law->kind)
    {
    case ISC_LAW_POINT:
      return g_strdup_printf ("point mass at %s", a);
    case ISC_LAW_UNIFORM:
      return g_strdup_printf ("U(%s, %s)", a, b);
    case ISC_LAW_NORMAL:
      return g_strdup_printf ("N(%s, %s²)", mean, std);
    case ISC_LAW_TRUNCATED_NORMAL:
      return g_strdup_printf ("N(%s, %s²) cut to [%s, %s]", mean, std, a, b);
    case ISC_LAW_SPHERE:
      return g_strdup_printf ("coordinate on a sphere of radius %s in %s dimensions", std, n);
    case ISC_LAW_NONE:
    default:
      return g_strdup ("no known law");
    }
}
