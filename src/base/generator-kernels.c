/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compiled with -ffp-contract=off: a product and a sum are rounded separately unless fmaf is
 * written, because that is where PyTorch's AVX2 code rounds.  Source of the polynomials: Cephes
 * (Moshier), as in Pommier's avx_mathfun; see BIBLIOGRAPHY.md. */

#include "base/generator-kernels.h"

#include <math.h>
#include <string.h>

#define SHIFT 397
#define MATRIX 0x9908b0dfu

/* A unit uniform is the low 24 bits of a word, times 2^-24. */
#define UNIT_ONE 0x1000000u
#define UNIT_MASK 0xffffffu

/* Words in each half of a block: the first half gives radii, the second angles. */
#define HALF 8

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
    out[i] = fmaf ((float)(gint32)(words[i] & UNIT_MASK) * 0x1p-24f, width, low);
}

/* -2 log (1 - u), u being the unit uniform of @word.
 *
 * Cephes takes 1 - u apart into m 2^e with m of [0.5, 1), doubles m and lowers e by one where m is
 * below sqrt (1/2), and writes log (1 - u) as a polynomial in t = m - 1.  Here all of it is whole
 * numbers until t, and the factor -2 is in the coefficients: either changes no rounding. */
static inline float
minus_two_log (guint32 word)
{
  const gint32 root_half = 0x3f3504f3;
  const gint32 scale = 24 << 23;
  float complement = (float)(gint32)(UNIT_ONE - (word & UNIT_MASK));
  gint32 bits, exponent;
  float m, t, z, y, e;

  memcpy (&bits, &complement, sizeof bits);
  bits -= scale;
  exponent = (bits - root_half) >> 23;
  bits -= exponent * (1 << 23);
  memcpy (&m, &bits, sizeof m);
  e = (float)exponent;
  t = m - 1.0f;

  z = t * t;
  y = -2.0f * 7.0376836292E-2f;
  y = fmaf (y, t, -2.0f * -1.1514610310E-1f);
  y = fmaf (y, t, -2.0f * 1.1676998740E-1f);
  y = fmaf (y, t, -2.0f * -1.2420140846E-1f);
  y = fmaf (y, t, -2.0f * 1.4249322787E-1f);
  y = fmaf (y, t, -2.0f * -1.6668057665E-1f);
  y = fmaf (y, t, -2.0f * 2.0000714765E-1f);
  y = fmaf (y, t, -2.0f * -2.4999993993E-1f);
  y = fmaf (y, t, -2.0f * 3.3333331174E-1f);
  y = y * t;
  y = fmaf (y, z, e * (-2.0f * -2.12194440e-4f));
  y = y + z;
  y = fmaf (-2.0f, t, y);
  return fmaf (e, -2.0f * 0.693359375f, y);
}

static inline float
turn_sign (float x, guint32 sign)
{
  guint32 bits;

  memcpy (&bits, &x, sizeof bits);
  bits ^= sign & 0x80000000u;
  memcpy (&x, &bits, sizeof x);
  return x;
}

/* Sine and cosine of 2 pi u, u being the unit uniform of @word.
 *
 * Cephes finds the nearest quarter turn from the angle; from the word it is two bits, and the same
 * ones for every word. */
static inline void
sine_and_cosine (guint32 word, float *sine, float *cosine)
{
  guint32 turn = word & UNIT_MASK;
  guint32 quarter = (turn + UNIT_ONE / 8) >> 22;
  float angle = (float)(gint32)turn * (6.28318530717958647693f * 0x1p-24f);
  float y = (float)(gint32)quarter;
  float s, z, c, v;

  s = fmaf (y, 2.0f * -0.78515625f, angle);
  s = fmaf (y, 2.0f * -2.4187564849853515625e-4f, s);
  s = fmaf (y, 2.0f * -3.77489497744594108e-8f, s);
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

  /* Sine is negative in the quarters 2 and 3, cosine in 1 and 2. */
  *sine = turn_sign ((quarter & 1) ? c : v, quarter << 30);
  *cosine = turn_sign ((quarter & 1) ? v : c, (quarter + 1) << 30);
}

/* The halves of blocks are brought together, so that a vector may be longer than a half. Logarithms
 * have a loop of their own: the processor looks ahead over so many instructions and no more, and
 * the shorter a loop is, the more of its turns run beside each other. */
static void
normal (const guint32 *words, float *out, guint n_blocks, float mean, float std)
{
  guint32 first[HALF * ISC_NORMAL_BLOCKS], second[HALF * ISC_NORMAL_BLOCKS];
  float square[HALF * ISC_NORMAL_BLOCKS];
  float sine[HALF * ISC_NORMAL_BLOCKS], cosine[HALF * ISC_NORMAL_BLOCKS];
  guint n = HALF * n_blocks;

  for (guint b = 0; b < n_blocks; b++)
    {
      memcpy (first + HALF * b, words + 2 * HALF * b, HALF * sizeof *words);
      memcpy (second + HALF * b, words + 2 * HALF * b + HALF, HALF * sizeof *words);
    }
  for (guint i = 0; i < n; i++)
    square[i] = minus_two_log (first[i]);
  for (guint i = 0; i < n; i++)
    {
      float radius = sqrtf (square[i]);
      float s, c;

      sine_and_cosine (second[i], &s, &c);
      cosine[i] = fmaf (radius * c, std, mean);
      sine[i] = fmaf (radius * s, std, mean);
    }
  for (guint b = 0; b < n_blocks; b++)
    {
      memcpy (out + 2 * HALF * b, cosine + HALF * b, HALF * sizeof *out);
      memcpy (out + 2 * HALF * b + HALF, sine + HALF * b, HALF * sizeof *out);
    }
}

/* Comparisons that are false for NaN, as PyTorch's: such a number is not drawn again. */
static inline guint8
is_outside (float x, float low, float high)
{
  return (x < low) | (x > high);
}

/* Only blocks in which a number is outside are made into normals, brought together as if they were
 * all. */
static gboolean
renew (
    const guint32 *words, float *out, guint n_blocks, float mean, float std, float low, float high)
{
  guint8 outside[2 * HALF * ISC_NORMAL_BLOCKS];
  guint32 chosen_words[2 * HALF * ISC_NORMAL_BLOCKS];
  float kept[2 * HALF * ISC_NORMAL_BLOCKS], fresh[2 * HALF * ISC_NORMAL_BLOCKS];
  guint chosen[ISC_NORMAL_BLOCKS];
  guint n_chosen = 0;
  guint32 any = 0;

  for (guint i = 0; i < 2 * HALF * n_blocks; i++)
    outside[i] = is_outside (out[i], low, high);
  for (guint b = 0; b < n_blocks; b++)
    {
      guint64 halves[2];

      memcpy (halves, outside + 2 * HALF * b, sizeof halves);
      memcpy (chosen_words + 2 * HALF * n_chosen, words + 2 * HALF * b, 2 * HALF * sizeof *words);
      memcpy (kept + 2 * HALF * n_chosen, out + 2 * HALF * b, 2 * HALF * sizeof *out);
      chosen[n_chosen] = b;
      n_chosen += (halves[0] | halves[1]) != 0;
    }
  if (n_chosen == 0)
    return FALSE;

  normal (chosen_words, fresh, n_chosen, mean, std);
  for (guint i = 0; i < 2 * HALF * n_chosen; i++)
    kept[i] = is_outside (kept[i], low, high) ? fresh[i] : kept[i];
  for (guint i = 0; i < 2 * HALF * n_chosen; i++)
    any |= (guint32)is_outside (kept[i], low, high);
  for (guint c = 0; c < n_chosen; c++)
    memcpy (out + 2 * HALF * chosen[c], kept + 2 * HALF * c, 2 * HALF * sizeof *out);
  return any != 0;
}

/* By division in double, which vector units have: the quotient of two integers below 2^32 is
 * rounded up to a whole number only if it is one, for the next lower quotient is further away than
 * a rounding. */
static void
remainders (const guint32 *words, guint32 *out, guint n, guint32 modulus)
{
  for (guint i = 0; i < n; i++)
    {
      double word = (double)words[i];
      double divisor = (double)(gint32)(modulus - i);
      double quotient = (double)(gint32)(word / divisor);

      out[i] = (guint32)(gint32)(word - quotient * divisor);
    }
}

const IscGeneratorKernels ISC_GENERATOR_KERNELS = {
  .refill = refill,
  .uniform = uniform,
  .normal = normal,
  .renew = renew,
  .remainders = remainders,
};
