/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** Numbers inverted in one go: what is between stays in the first cache. */
#define ISC_INVERSE_ERF_TILE 1024

/** The inner loops over at most %ISC_INVERSE_ERF_TILE 1024numbers, compiled once for each vector
 * unit.
 */
void isc_inverse_erf_tile_baseline (float *y, guint n);
#ifdef ISC_HAVE_X86_64_LEVELS
void isc_inverse_erf_tile_v3 (float *y, guint n);
void isc_inverse_erf_tile_v4 (float *y, guint n);
#endif
