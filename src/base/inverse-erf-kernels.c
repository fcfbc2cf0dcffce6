/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compiled with -ffp-contract=off: a product and a sum are rounded separately unless fmaf is
 * written.
 *
 * The error function is that of Sun's fdlibm (1993), whose coefficients Sun grants freely, and exp
 * that of Arm's optimized routines, both as the GNU C library has them: other good ones would
 * differ from PyTorch in the last bit.  See BIBLIOGRAPHY.md. */

#include "base/inverse-erf-kernels.h"

#include <math.h>
#include <string.h>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

/* Where PyTorch's start changes its formula. */
#define NEAR 0.7f

/* erfinv (0.9) is 1.163: up to here erf is wanted below 1.25 alone, beyond it above 0.84375 alone.
 */
#define MIDDLE 0.9f

/* Numbers are done in vectors of so many, whole ones even at the end: a rest done one by one would
 * take as long as all the others of its kind. */
#define VECTOR 16

/* 2^(i/32), rounded. */
static const double powers[32] = {
  0x1.0000000000000p+0, 0x1.059b0d3158574p+0, 0x1.0b5586cf9890fp+0, 0x1.11301d0125b51p+0,
  0x1.172b83c7d517bp+0, 0x1.1d4873168b9aap+0, 0x1.2387a6e756238p+0, 0x1.29e9df51fdee1p+0,
  0x1.306fe0a31b715p+0, 0x1.371a7373aa9cbp+0, 0x1.3dea64c123422p+0, 0x1.44e086061892dp+0,
  0x1.4bfdad5362a27p+0, 0x1.5342b569d4f82p+0, 0x1.5ab07dd485429p+0, 0x1.6247eb03a5585p+0,
  0x1.6a09e667f3bcdp+0, 0x1.71f75e8ec5f74p+0, 0x1.7a11473eb0187p+0, 0x1.82589994cce13p+0,
  0x1.8ace5422aa0dbp+0, 0x1.93737b0cdc5e5p+0, 0x1.9c49182a3f090p+0, 0x1.a5503b23e255dp+0,
  0x1.ae89f995ad3adp+0, 0x1.b7f76f2fb5e47p+0, 0x1.c199bdd85529cp+0, 0x1.cb720dcef9069p+0,
  0x1.d5818dcfba487p+0, 0x1.dfc97337b9b5fp+0, 0x1.ea4afa2a490dap+0, 0x1.f50765b6e4540p+0,
};

/* power[i] = 2^(k[i]/32).  Compilers take vectors of indices apart, where one instruction looks up
 * eight. */
static void
look_up (const gint32 *k, guint n, double *power)
{
#ifdef __AVX512F__
  const __m512d first = _mm512_loadu_pd (powers), second = _mm512_loadu_pd (powers + 8);
  const __m512d third = _mm512_loadu_pd (powers + 16), fourth = _mm512_loadu_pd (powers + 24);

  for (guint i = 0; i < n; i += 8)
    {
      __m512i index = _mm512_cvtepi32_epi64 (_mm256_loadu_si256 ((const __m256i *)(k + i)));
      __mmask8 upper = _mm512_test_epi64_mask (index, _mm512_set1_epi64 (16));
      __m512d low = _mm512_permutex2var_pd (first, index, second);
      __m512d high = _mm512_permutex2var_pd (third, index, fourth);
      __m512i bits = _mm512_castpd_si512 (_mm512_mask_blend_pd (upper, low, high));
      __m512i exponent = _mm512_slli_epi64 (_mm512_srai_epi64 (index, 5), 52);

      _mm512_storeu_pd (power + i, _mm512_castsi512_pd (_mm512_add_epi64 (bits, exponent)));
    }
#else
  for (guint i = 0; i < n; i++)
    {
      guint64 bits;

      memcpy (&bits, &powers[k[i] & 31], sizeof bits);
      bits += (guint64)(k[i] >> 5) << 52;
      memcpy (&power[i], &bits, sizeof bits);
    }
#endif
}

/* x[i] = e^x[i] for |x| < 80: 2^(k/32) from the table, times a cubic in what is left. */
static void
exponentials (float *x, guint n)
{
  const double steps = 0x1.71547652b82fep5;
  gint32 k[ISC_INVERSE_ERF_TILE];
  double power[ISC_INVERSE_ERF_TILE];

  for (guint i = 0; i < n; i++)
    {
      /* Adding 1.5 2^52 rounds to a whole number, which then stands in the low bits. */
      double rounded = steps * (double)x[i] + 0x1.8p52;
      guint64 bits;

      memcpy (&bits, &rounded, sizeof bits);
      k[i] = (gint32)bits;
    }
  look_up (k, n, power);
  for (guint i = 0; i < n; i++)
    {
      double r = steps * (double)x[i] - (double)k[i];
      double head = 0x1.62e42ff0c52d6p-6 * r + 1.0;
      double tail = 0x1.c6af84b912394p-20 * r + 0x1.ebfce50fac4f3p-13;

      x[i] = (float)((tail * (r * r) + head) * power[i]);
    }
}

/* For |x| < 0.84375. */
static inline float
erf_small (float x)
{
  float z = x * x;
  float p = -2.3763017452e-05f, q = -3.9602282413e-06f;

  p = -5.7702702470e-03f + z * p;
  p = -2.8481749818e-02f + z * p;
  p = -3.2504209876e-01f + z * p;
  p = 1.2837916613e-01f + z * p;
  q = 1.3249473704e-04f + z * q;
  q = 5.0813062117e-03f + z * q;
  q = 6.5022252500e-02f + z * q;
  q = 3.9791721106e-01f + z * q;
  q = 1.0f + z * q;
  return x + x * (p / q);
}

/* For 0.84375 <= x < 1.25. */
static inline float
erf_middle (float x)
{
  float s = x - 1.0f;
  float p = -2.1663755178e-03f, q = 1.1984500103e-02f;

  p = 3.5478305072e-02f + s * p;
  p = -1.1089469492e-01f + s * p;
  p = 3.1834661961e-01f + s * p;
  p = -3.7220788002e-01f + s * p;
  p = 4.1485610604e-01f + s * p;
  p = -2.3621185683e-03f + s * p;
  q = 1.3637083583e-02f + s * q;
  q = 1.2617121637e-01f + s * q;
  q = 7.1828655899e-02f + s * q;
  q = 5.4039794207e-01f + s * q;
  q = 1.0642088205e-01f + s * q;
  q = 1.0f + s * q;
  return 8.4506291151e-01f + p / q;
}

/* x erfc (x) = e^(@head + @tail) for 1.25 <= x < 6. */
static inline void
erfc_exponents (float x, float *head, float *tail)
{
  float s = 1.0f / (x * x);
  float p = -9.8143291473e+00f, q = -6.0424413532e-02f;
  float far_p = -4.8351919556e+02f, far_q = -2.2440952301e+01f;
  gboolean far = x >= 0x1.6db6dcp+1f;
  guint32 bits;
  float upper;

  p = -8.1287437439e+01f + s * p;
  p = -1.8460508728e+02f + s * p;
  p = -1.6239666748e+02f + s * p;
  p = -6.2375331879e+01f + s * p;
  p = -1.0558626175e+01f + s * p;
  p = -6.9385856390e-01f + s * p;
  p = -9.8649440333e-03f + s * p;
  q = 6.5702495575e+00f + s * q;
  q = 1.0863500214e+02f + s * q;
  q = 4.2900814819e+02f + s * q;
  q = 6.4538726807e+02f + s * q;
  q = 4.3456588745e+02f + s * q;
  q = 1.3765776062e+02f + s * q;
  q = 1.9651271820e+01f + s * q;
  q = 1.0f + s * q;

  far_p = -1.0250950928e+03f + s * far_p;
  far_p = -6.3756646729e+02f + s * far_p;
  far_p = -1.6063638306e+02f + s * far_p;
  far_p = -1.7757955551e+01f + s * far_p;
  far_p = -7.9928326607e-01f + s * far_p;
  far_p = -9.8649431020e-03f + s * far_p;
  far_q = 4.7452853394e+02f + s * far_q;
  far_q = 2.5530502930e+03f + s * far_q;
  far_q = 3.1998581543e+03f + s * far_q;
  far_q = 1.5367296143e+03f + s * far_q;
  far_q = 3.2579251099e+02f + s * far_q;
  far_q = 3.0338060379e+01f + s * far_q;
  far_q = 1.0f + s * far_q;

  /* The upper half of the digits, whose square is exact. */
  memcpy (&bits, &x, sizeof bits);
  bits &= 0xfffff000u;
  memcpy (&upper, &bits, sizeof upper);
  *head = -upper * upper - 0.5625f;
  *tail = (upper - x) * (upper + x) + (far ? far_p : p) / (far ? far_q : q);
}

/* PyTorch's starts. */
static inline float
start_near (float y)
{
  float z = y * y;
  float p = fmaf (fmaf (fmaf (-0.140543331f, z, 0.914624893f), z, -1.645349621f), z, 0.886226899f);
  float q = fmaf (fmaf (fmaf (fmaf (0.012229801f, z, -0.329097515f), z, 1.442710462f), z,
                        -2.118377725f),
                  z, 1.0f);

  return y * p / q;
}

/* @log: log ((1 - y) / 2), y > 0. */
static inline float
start_far (float log)
{
  float z = sqrtf (-log);
  float p = fmaf (fmaf (fmaf (1.641345311f, z, 3.429567803f), z, -1.624906493f), z, -1.970840454f);
  float q = fmaf (fmaf (1.637067800f, z, 3.543889200f), z, 1.0f);

  return p / q;
}

/* x - (erf (x) - y) / (2 / sqrt (pi) e^(-x^2)) */
static void
newton_steps (float *x, const float *y, const float *erf, guint n)
{
  const float two_over_root_pi = 2.0f / 1.77245385090551602730f;
  float exponential[ISC_INVERSE_ERF_TILE];

  for (guint i = 0; i < n; i++)
    exponential[i] = -x[i] * x[i];
  exponentials (exponential, n);
  for (guint i = 0; i < n; i++)
    x[i] = x[i] - (erf[i] - y[i]) / (two_over_root_pi * exponential[i]);
}

/* For |y| <= NEAR, where erf is wanted below 0.84375 alone. */
static void
invert_near (const float *y, guint n, float *x)
{
  float erf[ISC_INVERSE_ERF_TILE];

  for (guint i = 0; i < n; i++)
    x[i] = start_near (y[i]);
  for (guint step = 0; step < 2; step++)
    {
      for (guint i = 0; i < n; i++)
        erf[i] = erf_small (x[i]);
      newton_steps (x, y, erf, n);
    }
}

static void
begin_far (const float *y, guint n, float *x)
{
  for (guint i = 0; i < n; i++)
    x[i] = logf ((1.0f - y[i]) / 2.0f);
  for (guint i = 0; i < n; i++)
    x[i] = start_far (x[i]);
}

/* For NEAR < y <= MIDDLE, where erf is wanted below 1.25 alone. */
static void
invert_middle (const float *y, guint n, float *x)
{
  float erf[ISC_INVERSE_ERF_TILE];

  begin_far (y, n, x);
  for (guint step = 0; step < 2; step++)
    {
      for (guint i = 0; i < n; i++)
        {
          float small = erf_small (x[i]);
          float middle = erf_middle (x[i]);

          erf[i] = x[i] < 0.84375f ? small : middle;
        }
      newton_steps (x, y, erf, n);
    }
}

/* For MIDDLE < y < 1, where erf is wanted above 0.84375 alone. */
static void
invert_far (const float *y, guint n, float *x)
{
  float erf[ISC_INVERSE_ERF_TILE], tail[ISC_INVERSE_ERF_TILE];

  begin_far (y, n, x);
  for (guint step = 0; step < 2; step++)
    {
      for (guint i = 0; i < n; i++)
        erfc_exponents (x[i], &erf[i], &tail[i]);
      exponentials (erf, n);
      exponentials (tail, n);
      for (guint i = 0; i < n; i++)
        {
          float middle = erf_middle (x[i]);
          float large = 1.0f - erf[i] * tail[i] / x[i];

          erf[i] = x[i] < 1.25f ? middle : large;
        }
      newton_steps (x, y, erf, n);
    }
}

static guint
padded (guint n)
{
  return (n + VECTOR - 1) / VECTOR * VECTOR;
}

static void
pad (float *x, guint n, float with)
{
  for (guint i = n; i < padded (n); i++)
    x[i] = with;
}

/* Numbers are sorted by the formulas they need, so that each kind is done without a branch.  All
 * are done as near ones first, for they mostly are. */
void
ISC_INVERSE_ERF_NAME (float *y, guint n)
{
  float copy[ISC_INVERSE_ERF_TILE], all[ISC_INVERSE_ERF_TILE], x[ISC_INVERSE_ERF_TILE];
  float middle[ISC_INVERSE_ERF_TILE], far[ISC_INVERSE_ERF_TILE];
  guint16 beyond[ISC_INVERSE_ERF_TILE], middle_at[ISC_INVERSE_ERF_TILE],
      far_at[ISC_INVERSE_ERF_TILE];
  guint n_beyond = 0, n_middle = 0, n_far = 0;

  memcpy (copy, y, n * sizeof *y);
  pad (copy, n, 0.0f);
  invert_near (copy, padded (n), all);

  /* Written whether wanted or not: a branch would be guessed wrong. */
  for (guint i = 0; i < n; i++)
    {
      beyond[n_beyond] = (guint16)i;
      n_beyond += !(fabsf (y[i]) <= NEAR);
    }
  for (guint i = 0; i < n_beyond; i++)
    {
      float magnitude = fabsf (y[beyond[i]]);

      middle[n_middle] = far[n_far] = magnitude;
      middle_at[n_middle] = far_at[n_far] = beyond[i];
      n_middle += magnitude <= MIDDLE;
      n_far += !(magnitude <= MIDDLE);
    }

  pad (middle, n_middle, MIDDLE);
  invert_middle (middle, padded (n_middle), x);
  for (guint i = 0; i < n_middle; i++)
    all[middle_at[i]] = copysignf (x[i], y[middle_at[i]]);
  pad (far, n_far, MIDDLE);
  invert_far (far, padded (n_far), x);
  for (guint i = 0; i < n_far; i++)
    all[far_at[i]] = far[i] == 1.0f  ? copysignf (INFINITY, y[far_at[i]])
                     : far[i] < 1.0f ? copysignf (x[i], y[far_at[i]])
                                     : NAN;
  memcpy (y, all, n * sizeof *y);
}
