/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/law.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/normal-cut.h"
#include "base/number-text.h"
#include "base/sphere.h"

#define SQRT_2_PI 2.5066282746310005

static IscNormalCut
cut_of (const IscLaw *law)
{
  return isc_normal_cut ((law->a - law->mean) / law->std, (law->b - law->mean) / law->std);
}

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

static double
lower_tail (double z)
{
  return 0.5 * erfc (-z * G_SQRT2 / 2);
}

/* ---- Families: a law without its zeros ---- */

static void
family_bounds (const IscLaw *law, double *low, double *high)
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
}

static double
family_density (const IscLaw *law, double x)
{
  double low, high, z;
  IscNormalCut cut;

  family_bounds (law, &low, &high);
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
      return isc_normal_cut_density (&cut, z) / law->std;
    case ISC_LAW_SPHERE:
      /* At the ends the exponent of n = 3 is 0 times infinity. */
      return law->n == 3 ? 0.5 / law->std : isc_sphere_density (law->n, x / law->std) / law->std;
    case ISC_LAW_POINT:
    case ISC_LAW_NONE:
    default:
      return NAN;
    }
}

static double
family_cumulative (const IscLaw *law, double x)
{
  double low, high, u, z, value;
  IscNormalCut cut;

  if (is_point (law, &value))
    return x >= value ? 1 : 0;
  family_bounds (law, &low, &high);
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
      return isc_normal_cut_cumulative (&cut, z);
    case ISC_LAW_SPHERE:
      if (law->n < 2)
        return 0.5;
      u = x / law->std;
      return u <= 0 ? isc_sphere_lower_half (law->n, u) : 1 - isc_sphere_lower_half (law->n, -u);
    case ISC_LAW_POINT:
    case ISC_LAW_NONE:
    default:
      return NAN;
    }
}

/* P(X < 0). */
static double
family_below_zero (const IscLaw *law)
{
  double value;

  if (is_point (law, &value))
    return value < 0 ? 1 : 0;
  return family_cumulative (law, 0);
}

static double
family_quantile (const IscLaw *law, double p)
{
  double low, high, value;
  IscNormalCut cut;

  if (is_point (law, &value))
    return value;
  family_bounds (law, &low, &high);
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
      return CLAMP (law->mean + law->std * isc_normal_cut_quantile (&cut, p), low, high);
    case ISC_LAW_SPHERE:
      if (law->n < 2)
        return p <= 0.5 ? low : high;
      return law->std
             * (p <= 0.5 ? isc_sphere_lower_quantile (law->n, p)
                         : -isc_sphere_lower_quantile (law->n, 1 - p));
    case ISC_LAW_POINT:
    case ISC_LAW_NONE:
    default:
      return NAN;
    }
}

/* Mean and central moments 2, 3 and 4. */
static void
family_moments (const IscLaw *law, double *mean, double central[3])
{
  double width = law->b - law->a;
  double n = (double)law->n;
  double value, variance;
  IscNormalCut cut;

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
      isc_normal_cut_moments (&cut, &value, central);
      *mean = law->mean + law->std * value;
      variance = law->std * law->std;
      central[0] *= variance;
      central[1] *= variance * law->std;
      central[2] *= variance * variance;
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

static char *
family_to_text (const IscLaw *law)
{
  g_autofree char *a = isc_number_to_label (law->a, 3);
  g_autofree char *b = isc_number_to_label (law->b, 3);
  g_autofree char *mean = isc_number_to_label (law->mean, 3);
  g_autofree char *std = isc_number_to_label (law->std, 3);
  /* A power of ten ends in an exponent already. */
  g_autofree char *variance = g_strdup_printf (g_str_is_ascii (std) ? "%s²" : "(%s)²", std);
  g_autofree char *n = isc_count_to_label ((guint64)MAX (law->n, 0));

  switch (law->kind)
    {
    case ISC_LAW_POINT:
      return g_strdup_printf ("point mass at %s", a);
    case ISC_LAW_UNIFORM:
      return g_strdup_printf ("U(%s, %s)", a, b);
    case ISC_LAW_NORMAL:
      return g_strdup_printf ("N(%s, %s)", mean, variance);
    case ISC_LAW_TRUNCATED_NORMAL:
      return g_strdup_printf ("N(%s, %s) cut to [%s, %s]", mean, variance, a, b);
    case ISC_LAW_SPHERE:
      return g_strdup_printf ("a coordinate on a sphere of radius %s in %s dimensions", std, n);
    case ISC_LAW_NONE:
    default:
      return g_strdup ("no known law");
    }
}

/* ---- Laws ---- */

/* Mean and central moments 2, 3 and 4 of the mixture.  Its mean is at a distance from the family's
 * and from 0, and a deviation from it is the deviation from the family's mean plus that distance.
 */
static void
moments_of (const IscLaw *law, double *mean, double central[3])
{
  double share = 1 - law->zeros;
  double family[3], d, e;

  family_moments (law, mean, central);
  if (law->zeros == 0)
    return;
  memcpy (family, central, sizeof family);
  d = law->zeros * *mean;
  *mean *= share;
  e = -*mean;
  central[0] = share * (family[0] + d * d) + law->zeros * e * e;
  central[1] = share * (family[1] + 3 * d * family[0] + d * d * d) + law->zeros * e * e * e;
  central[2] = share * (family[2] + 4 * d * family[1] + 6 * d * d * family[0] + d * d * d * d)
               + law->zeros * e * e * e * e;
}

/* A share with a digit beyond the first that tells it from 0 and from 1: "0.90", "0.9990". */
static char *
share_to_text (double share)
{
  /* The last bit of 1 - 0.999 must not cost a digit. */
  int decimals = 1 + (int)ceil (-log10 (fmin (share, 1 - share)) - 1e-9);
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char format[8];

  g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 2, 17));
  return g_strdup (g_ascii_formatd (text, sizeof text, format, share));
}

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

IscLaw
isc_law_with_zeros (IscLaw law, double share)
{
  g_return_val_if_fail (share >= 0 && share <= 1, law);

  /* What was 0 before stays 0. */
  law.zeros = share + (1 - share) * law.zeros;
  return law;
}

gboolean
isc_law_has_density (const IscLaw *law)
{
  double value;

  return law->kind != ISC_LAW_NONE && law->zeros < 1 && !is_point (law, &value)
         && !(law->kind == ISC_LAW_SPHERE && law->n < 2);
}

double
isc_law_density (const IscLaw *law, double x)
{
  g_return_val_if_fail (isc_law_has_density (law), NAN);

  return (1 - law->zeros) * family_density (law, x);
}

double
isc_law_cumulative (const IscLaw *law, double x)
{
  if (law->kind == ISC_LAW_NONE || isnan (x))
    return NAN;
  return (1 - law->zeros) * family_cumulative (law, x) + (x >= 0 ? law->zeros : 0);
}

double
isc_law_quantile (const IscLaw *law, double p)
{
  double low, high, below, up_to;

  if (law->kind == ISC_LAW_NONE || !(p >= 0 && p <= 1))
    return NAN;
  if (law->zeros == 0)
    return family_quantile (law, p);

  isc_law_bounds (law, &low, &high);
  if (p == 0)
    return low;
  if (p == 1)
    return high;
  below = (1 - law->zeros) * family_below_zero (law);
  up_to = isc_law_cumulative (law, 0);
  if (p > below && p <= up_to)
    return 0;
  /* Rounded, a share of what is not 0 could pass 1. */
  return family_quantile (law, fmin (1, (p <= below ? p : p - law->zeros) / (1 - law->zeros)));
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
  family_bounds (law, low, high);
  if (law->zeros == 1)
    *low = *high = 0;
  else if (law->zeros > 0)
    {
      *low = fmin (*low, 0);
      *high = fmax (*high, 0);
    }
  return isfinite (*low) && isfinite (*high);
}

char *
isc_law_to_text (const IscLaw *law)
{
  g_autofree char *family = family_to_text (law);
  g_autofree char *share = NULL;
  g_autofree char *point = NULL;

  if (law->zeros == 0 || law->kind == ISC_LAW_NONE)
    return g_steal_pointer (&family);
  if (law->zeros == 1)
    return g_strdup ("point mass at 0");
  share = share_to_text (law->zeros);
  if (law->kind == ISC_LAW_POINT)
    point = isc_number_to_label (law->a, 3);
  return g_strdup_printf ("0 with %s, else %s", share, point ? point : family);
}
