/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"

#ifdef ISC_REAL_IS_DOUBLE

/* The tests' double is to be exact, not fast. */
#define isc_exp exp
#define isc_expm1 expm1
#define isc_tanh tanh
#define isc_erf erf
#define isc_log1p log1p

#else

/* exp(), its kin and erf() in float32 without a branch or a call, so that a loop over them becomes
 * a vector's: four times and more as fast as the C library's.  Range reduction and polynomial are
 * Moshier's (Cephes, expf): x = n ln 2 + r, |r| <= ln 2 / 2. */

/* 1.5 · 2²³: a float of this size has no room for a fraction, so that adding it rounds to a whole
 * number and leaves that in the low bits. */
#define ISC_EXP_ROUNDER 12582912.0f

static inline float
isc_float_from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline guint32
isc_float_to_bits (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

/* 2ⁿ for -127 < @n < 128; any bits for other numbers, which only NaN brings. */
static inline float
isc_power_of_two (gint32 n)
{
  return isc_float_from_bits (((guint32)n + 127u) << 23);
}

/* exp(x) = (1 + @rest) 2ⁿ: returns n. */
static inline gint32
isc_exp_reduce (float x, float *rest)
{
  float rounded = x * 1.44269504088896341f + ISC_EXP_ROUNDER;
  float n = rounded - ISC_EXP_ROUNDER;
  float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;

  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  *rest = p * (r * r) + r;
  return (gint32)(isc_float_to_bits (rounded) - isc_float_to_bits (ISC_EXP_ROUNDER));
}

/** isc_exp: Returns: exp(@x) to 2e-7 of it; 0, infinity and NaN as the C library has them */
static inline float
isc_exp (float x)
{
  float rest;
  gint32 n;

  x = x < -104.0f ? -104.0f : x;
  x = x > 89.0f ? 89.0f : x;
  n = isc_exp_reduce (x, &rest);
  /* In two steps, because 2¹²⁸ and 2⁻¹⁵⁰ are no floats. */
  return (1.0f + rest) * isc_power_of_two (n >> 1) * isc_power_of_two (n - (n >> 1));
}

/** isc_expm1: Returns: exp(@x) − 1 to 4e-7 of it, for @x <= 0 */
static inline float
isc_expm1 (float x)
{
  float rest, scale;
  gint32 n;

  x = x < -80.0f ? -80.0f : x;
  n = isc_exp_reduce (x, &rest);
  scale = isc_power_of_two (n);
  return rest * scale + (scale - 1.0f);
}

/** isc_tanh: Returns: tanh(@x) to 4e-7 of it */
static inline float
isc_tanh (float x)
{
  float e = isc_expm1 (-2.0f * fabsf (x));

  return copysignf (e / (2.0f + e), x);
}

/** isc_erf: Returns: erf(@x) to 3e-7 of it: near 0 @x times a polynomial in its square, far from it
 * 1 − exp(−x²) times one in 1 / (1 + |x| / 2); both are least-maximum fits, off by 1e-8 at most */
static inline float
isc_erf (float x)
{
  float square = x * x;
  float size = fabsf (x);
  float t = 1.0f / (1.0f + 0.5f * size);
  float near = -6.1640457715e-4f;
  float far = 1.1955524400e-1f;

  near = near * square + 5.0252894871e-3f;
  near = near * square - 2.6787264273e-2f;
  near = near * square + 1.1282352358e-1f;
  near = near * square - 3.7612542510e-1f;
  near = near * square + 1.1283791065e0f;

  far = far * t - 4.7195672584e-1f;
  far = far * t + 5.6443861173e-1f;
  far = far * t - 1.0459940432e-1f;
  far = far * t + 3.4829414537e-1f;
  far = far * t + 2.5954377036e-1f;
  far = far * t + 2.8493548695e-1f;
  far = far * t - 1.5572332563e-4f;
  far = copysignf (1.0f - isc_exp (-square) * far, x);

  near *= x;
  return size < 0.875f ? near : far;
}

/** isc_log1p: Returns: log(1 + @x) to 3e-7 of it, for 0 <= @x <= 1, by a least-maximum fit */
static inline float
isc_log1p (float x)
{
  float p = -3.2440211196e-3f;

  p = p * x + 1.9851444073e-2f;
  p = p * x - 5.6959499902e-2f;
  p = p * x + 1.0603651402e-1f;
  p = p * x - 1.5305590513e-1f;
  p = p * x + 1.9675938543e-1f;
  p = p * x - 2.4954133516e-1f;
  p = p * x + 3.3329962403e-1f;
  p = p * x - 4.9999902422e-1f;
  p = p * x + 1.0f;
  return p * x;
}

#endif

/** isc_log1p_exp: Returns: log(1 + exp(@x)) */
static inline IscReal
isc_log1p_exp (IscReal x)
{
  return (x > 0.0f ? x : 0.0f) + isc_log1p (isc_exp (-isc_real_fabs (x)));
}
