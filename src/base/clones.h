/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * ISC_CLONES:
 *
 * Before a function with a plain loop over numbers: it is compiled once for each of the vector
 * units that the kernels in this folder are compiled for, and the loader chooses.  Contraction is
 * off, so that all of them give the same bits.
 *
 * The thread sanitizer can't be called when the loader chooses, and clang lets the choosers of
 * static functions of one name clash: there only the plain build is made.
 */
#if defined(ISC_HAVE_X86_64_LEVELS) && defined(__GLIBC__) && !defined(__SANITIZE_THREAD__)         \
    && !defined(__clang__)
#define ISC_CLONES __attribute__ ((target_clones ("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define ISC_CLONES
#endif
