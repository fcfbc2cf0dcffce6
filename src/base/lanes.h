/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

/* As many floats as a register of the vector unit that a file is compiled for holds, for the few
 * loops that no compiler makes of plain ones: what is wanted are sums that stay in registers, and
 * rows that end within a vector.  Arithmetic is written with the usual operators. */

#if defined(__AVX512F__)

#define ISC_LANES 16

/* The first @n numbers of a vector. */
static inline __mmask16
isc_lanes_first (gsize n)
{
  return (__mmask16)((1u << n) - 1u);
}

#elif defined(__AVX2__)

#define ISC_LANES 8

static inline __m256i
isc_lanes_first (gsize n)
{
  return _mm256_cmpgt_epi32 (_mm256_set1_epi32 ((int)n),
                             _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7));
}

#else

#define ISC_LANES 4

#endif

typedef float IscLanes __attribute__ ((vector_size (4 * ISC_LANES)));

static inline IscLanes
isc_lanes_load (const float *from)
{
  IscLanes lanes;

  memcpy (&lanes, from, sizeof lanes);
  return lanes;
}

static inline void
isc_lanes_store (float *to, IscLanes lanes)
{
  memcpy (to, &lanes, sizeof lanes);
}

/** isc_lanes_load_part: Returns: the first @n numbers at @from, and zeros; reads no others */
static inline IscLanes
isc_lanes_load_part (const float *from, gsize n)
{
#if defined(__AVX512F__)
  return (IscLanes)_mm512_maskz_loadu_ps (isc_lanes_first (n), from);
#elif defined(__AVX2__)
  return (IscLanes)_mm256_maskload_ps (from, isc_lanes_first (n));
#else
  IscLanes lanes = { 0 };

  for (gsize i = 0; i < n; i++)
    lanes[i] = from[i];
  return lanes;
#endif
}

/** isc_lanes_store_part: writes the first @n of @lanes, and touches no other memory */
static inline void
isc_lanes_store_part (float *to, IscLanes lanes, gsize n)
{
#if defined(__AVX512F__)
  _mm512_mask_storeu_ps (to, isc_lanes_first (n), (__m512)lanes);
#elif defined(__AVX2__)
  _mm256_maskstore_ps (to, isc_lanes_first (n), (__m256)lanes);
#else
  for (gsize i = 0; i < n; i++)
    to[i] = lanes[i];
#endif
}
