/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** Words in one block of MT19937. */
#define ISC_MT_WORDS 624

/**
 * IscGeneratorKernels:
 * @refill: advances the state by one block and writes its tempered words
 * @uniform: out[i] = fma (unit (words[i]), width, low)
 * @normal: transforms blocks of 16 float32 uniforms in place into normals
 *
 * The generator's inner loops, compiled once for each vector unit from one source; every build
 * gives the same bits.
 */
typedef struct
{
  void (*refill) (guint32 *state, guint32 *words);
  void (*uniform) (const guint32 *words, float *out, gsize n, float low, float width);
  void (*normal) (float *blocks, gsize n_blocks, float mean, float std);
} IscGeneratorKernels;

extern const IscGeneratorKernels isc_generator_kernels_baseline;
#ifdef ISC_HAVE_X86_64_V3
extern const IscGeneratorKernels isc_generator_kernels_v3;
#endif
