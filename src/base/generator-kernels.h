/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/runtime.h"

/** Words in one block of MT19937. */
#define ISC_MT_WORDS 624

/** Blocks of 16 normals made in one go: what is between words and normals stays in the first cache.
 */
#define ISC_NORMAL_BLOCKS (ISC_MT_WORDS / 16)

/**
 * IscGeneratorKernels:
 * @refill: advances the state by one block and writes its tempered words
 * @uniform: out[i] = fma (unit (words[i]), width, low)
 * @normal: makes blocks of 16 normals, at most %ISC_NORMAL_BLOCKS of them, of as many words
 * @renew: as @normal, but keeps numbers of @out that are in [@low, @high]; returns whether one is
 * still outside
 * @remainders: out[i] = words[i] mod (modulus - i), for moduli of 2..2^31
 *
 * The generator's inner loops, compiled once for each vector unit from one source; every build
 * gives the same bits.
 */
typedef struct
{
  void (*refill) (guint32 *state, guint32 *words);
  void (*uniform) (const guint32 *words, float *out, gsize n, float low, float width);
  void (*normal) (const guint32 *words, float *out, guint n_blocks, float mean, float std);
  gboolean (*renew) (const guint32 *words,
                     float *out,
                     guint n_blocks,
                     float mean,
                     float std,
                     float low,
                     float high);
  void (*remainders) (const guint32 *words, guint32 *out, guint n, guint32 modulus);
} IscGeneratorKernels;

extern const IscGeneratorKernels isc_generator_kernels_baseline;
#ifdef ISC_HAVE_X86_64_LEVELS
extern const IscGeneratorKernels isc_generator_kernels_v3;
extern const IscGeneratorKernels isc_generator_kernels_v4;
#endif
