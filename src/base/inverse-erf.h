/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/runtime.h"

/**
 * isc_inverse_erf:
 * @y: (inout) (array length=n): numbers of [-1, 1]; replaced by their inverse error functions
 * @n: how many
 *
 * torch.erfinv() on float32: a rational start and two steps of Newton's method, whose erf and exp
 * round as those of the GNU C library 2.27 to 2.40, with which the usual builds of PyTorch run;
 * log, needed beyond 0.7, is the C library's own.  -1 and 1 give infinities, numbers outside NaN.
 * Exact to the bit down to magnitudes of 1e-36.
 */
void isc_inverse_erf (float *y, gsize n);

/** isc_inverse_erf_on: @unit: one that the processor has; all give the same bits, tests compare
 * them */
void isc_inverse_erf_on (IscVectorUnit unit, float *y, gsize n);
