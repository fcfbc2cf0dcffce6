/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kernels on every vector unit of the processor against PyTorch's arithmetic written out, an
 * operation a line, one number at a time. */

#include "base/generator-kernels.h"

#include <math.h>
#include <string.h>

#include "support/reference.h"

#define UNIT_ONE 0x1000000u

static const IscGeneratorKernels *const kernels[] = {
  &isc_generator_kernels_baseline,
#ifdef ISC_HAVE_X86_64_LEVELS
  &isc_generator_kernels_v3,
  &isc_generator_kernels_v4,
#endif
};

static float
cephes_log (float x)
{
  int e;
  float m = frexpf (x, &e);
  float t, z, y;

  if (m < 0.70710678118654752f)
    {
      e--;
      t = m - 1.0f;
      t = t + m;
    }
  else
    t = m - 1.0f;
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

static void
cephes_sincos (float angle, float *sine, float *cosine)
{
  int j = (int)(angle * 1.27323954473516f);
  float y, s, z, c, v;

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
  *sine = j & 2 ? c : v;
  *cosine = j & 2 ? v : c;
  if (j & 4)
    *sine = -*sine;
  if (((j - 2) & 4) == 0)
    *cosine = -*cosine;
}

static float
unit_of (guint32 word)
{
  return (float)(word & (UNIT_ONE - 1)) * 0x1p-24f;
}

static void
check_block (const guint32 *words, float mean, float std)
{
  float expected[16], got[16];

  for (guint i = 0; i < 8; i++)
    {
      float radius = sqrtf (-2.0f * cephes_log (1.0f - unit_of (words[i])));
      float sine, cosine;

      cephes_sincos (6.28318530717958647693f * unit_of (words[i + 8]), &sine, &cosine);
      expected[i] = fmaf (radius * cosine, std, mean);
      expected[i + 8] = fmaf (radius * sine, std, mean);
    }
  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    {
      kernels[unit]->normal (words, got, 1, mean, std);
      g_assert_cmpmem (got, sizeof got, expected, sizeof expected);
    }
}

/* A sixty-first of the 2^24 uniforms for both halves of blocks, and all around the eighths, where
 * the cosine changes its polynomial and the exponent of 1 - u its value. */
static void
test_normal (void)
{
  guint32 words[16] = { 0 };

  for (guint32 word = 0; word < UNIT_ONE; word += 8 * 61)
    {
      for (guint i = 0; i < 8; i++)
        {
          words[i] = word + 61 * i;
          words[i + 8] = 0xff000000u | (UNIT_ONE - 1 - words[i]);
        }
      check_block (words, 0.0f, 1.0f);
    }
  for (guint32 eighth = 0; eighth <= 8; eighth++)
    {
      for (guint i = 0; i < 8; i++)
        words[i] = words[i + 8] = eighth * (UNIT_ONE / 8) + i - 4;
      check_block (words, -0.17f, 2.385f);
    }
}

static void
test_uniform (void)
{
  guint32 words[ISC_MT_WORDS];
  float got[ISC_MT_WORDS];

  for (guint i = 0; i < ISC_MT_WORDS; i++)
    words[i] = i * 2654435761u;
  words[100] = G_MAXUINT32;
  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    for (guint n = 0; n <= ISC_MT_WORDS; n += 13)
      {
        kernels[unit]->uniform (words, got, n, -0.17f, 0.35f);
        for (guint i = 0; i < n; i++)
          g_assert_cmpfloat (got[i], ==, fmaf (unit_of (words[i]), 0.35f, -0.17f));
      }
}

/* Words next to multiples of the moduli are those that a quotient rounded up would get wrong. */
static void
test_remainders (void)
{
  const guint32 moduli[] = { 626, 65537, 1000003, 214748363, 2147483647, 2147483648u };
  guint32 words[ISC_MT_WORDS], got[ISC_MT_WORDS];

  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    for (guint m = 0; m < G_N_ELEMENTS (moduli); m++)
      for (gint beside = -1; beside <= 1; beside++)
        {
          for (guint32 i = 0; i < ISC_MT_WORDS; i++)
            {
              guint32 multiples = G_MAXUINT32 / (moduli[m] - i);

              words[i] = (multiples - i % 3 % multiples) * (moduli[m] - i) + (guint32)beside;
            }
          kernels[unit]->remainders (words, got, ISC_MT_WORDS, moduli[m]);
          for (guint32 i = 0; i < ISC_MT_WORDS; i++)
            g_assert_cmpuint (got[i], ==, words[i] % (moduli[m] - i));
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/generator-kernels/normal", test_normal);
  g_test_add_func ("/base/generator-kernels/uniform", test_uniform);
  g_test_add_func ("/base/generator-kernels/remainders", test_remainders);
  return g_test_run ();
}
