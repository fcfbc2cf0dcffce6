/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compiled with -ffp-contract=off: a product and a sum are rounded separately unless fmaf is
 * written, because that is where PyTorch's AVX2 code rounds.  Source of the polynomials: Cephes
 * (Moshier), as in Pommier's avx_mathfun; see BIBLIOGRAPHY.md. */

#include "base/generator-kernels.h"

#include <math.h>
#include <string.h>

#define SHIFT 397
#define MATRIX 0x9908b0dfu
#define LANES 8

static inline guint32
twist (guint32 high, guint32 low)
{
  guint32 mixed = (high & 0x80000000u) | (low & 0x7fffffffu);

  return (mixed >> 1) ^ (-(low & 1u) & MATRIX);
}

/* The three loops read only words that are SHIFT behind or already renewed, so that no iteration of
 * a loop depends on another one closer than a vector. */
static void
refill (guint32 *state, guint32 *words)
{
  for (int i = 0; i < ISC_MT_WORDS - SHIFT; i++)
    state[i] = state[i + SHIFT] ^ twist (state[i], state[i + 1]);
  for (int i = ISC_MT_WORDS - SHIFT; i < ISC_MT_WORDS - 1; i++)
    state[i] = state[i + SHIFT - ISC_MT_WORDS] ^ twist (state[i], state[i + 1]);
  state[ISC_MT_WORDS - 1] = state[SHIFT - 1] ^ twist (state[ISC_MT_WORDS - 1], state[0]);

  for (int i = 0; i < ISC_MT_WORDS; i++)
    {
      guint32 y = state[i];

      y ^= y >> 11;
      y ^= (y << 7) & 0x9d2c5680u;
      y ^= (y << 15) & 0xefc60000u;
      words[i] = y ^ (y >> 18);
    }
}

static void
uniform (const guint32 *words, float *out, gsize n, float low, float width)
{
  for (gsize i = 0; i < n; i++)
    out[i] = fmaf ((float)(int)(words[i] & 0xffffffu) * 0x1p-24f, width, low);
}

/* Natural logarithm of 0 < x <= 1, x a normal number. */
static inline float
polynomial_log (float x)
{
  guint32 bits;
  int e, low;
  float m, t, z, y;

  memcpy (&bits, &x, sizeof bits);
  e = (int)(bits >> 23) - 126;
  bits = (bits & 0x007fffffu) | 0x3f000000u;
  memcpy (&m, &bits, sizeof m);

  /* Written without a branch, which would keep the loop from becoming vectors; adding 0 changes nothing, for
   * m - 1 is never 0. */
  low = m < 0.70710678118654752f;
  e -= low;
  t = (m - 1.0f) + (low ? m : 0.0f);

  z = t * t;
  y = 7.0376836292E-2f;
  y = fmaf (y, t, -1.1514610310E-1f);
  y = fmaf (y, t, 1.1676998740E-1f);
  y = fmaf (y, t, -1.2420140846E-1f);
  y = fmaf (y, t, 1.4249322787E-1f);
  y = fmaf (y, t, -1.6668057665E-1f);
  y = fmaf (y, t, 2.0000714765E-1f);
  y = fmaf (y, t, -2.4999993993E-1f);
  y = fmaf (y, t, 3.3333331174E-1f);
  y = y * t;
  y = fmaf (y, z, (float)e * -2.12194440e-4f);
  y = fmaf (-z, 0.5f, y);
  t = t + y;
  return fmaf ((float)e, 0.693359375f, t);
}

/* Sine and cosine of an angle in [0, 2 pi]. */
static inline void
polynomial_sincos (float angle, float *sine, float *cosine)
{
  int j = (int)(angle * 1.27323954473516f);
  float y, s, z, c, v, a, b;

  j = (j + 1) & ~1;
  y = (float)j;
  s = fmaf (y, -0.78515625f, angle);
  s = fmaf (y, -2.4187564849853515625e-4f, s);
  s = fmaf (y, -3.77489497744594108e-8f, s);
  z = s * s;

  c = fmaf (2.443315711809948e-5f, z, -1.388731625493765e-3f);
  c = fmaf (c, z, 4.166664568298827e-2f);
  c = c * z;
  c = fmaf (c, z, -(0.5f * z));
  c = c + 1.0f;

  v = fmaf (-1.9515295891e-4f, z, 8.3321608736e-3f);
  v = fmaf (v, z, -1.6666654611e-1f);
  v = v * z;
  v = fmaf (v, s, s);

  a = (j & 2) ? c : v;
  b = (j & 2) ? v : c;
  *sine = (j & 4) ? -a : a;
  *cosine = ((j - 2) & 4) ? b : -b;
}

static void
normal (float *blocks, gsize n_blocks, float mean, float std)
{
  for (gsize block = 0; block < n_blocks; block++)
    {
      float *p = blocks + 2 * LANES * block;
      float *q = p + LANES;

      /* Without this the loop of eight is unrolled before it can become vectors. */
#pragma omp simd
      for (int j = 0; j < LANES; j++)
        {
          float radius = sqrtf (-2.0f * polynomial_log (1.0f - p[j]));
          float angle = 6.28318530717958647693f * q[j];
          float sine, cosine;

          polynomial_sincos (angle, &sine, &cosine);
          p[j] = fmaf (radius * cosine, std, mean);
          q[j] = fmaf (radius * sine, std, mean);
        }
    }
}

const IscGeneratorKernels ISC_GENERATOR_KERNELS = {
  .refill = refill,
  .uniform = uniform,
  .normal = normal,
};
