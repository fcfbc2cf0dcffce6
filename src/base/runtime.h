/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_runtime_init:
 *
 * Process set-up, to be called once at the start of main() and of every test: turns off GSL's
 * aborting error handler and pins OpenBLAS to one thread.  Idempotent.
 */
void isc_runtime_init (void);

/**
 * isc_runtime_begin_training_thread:
 *
 * Sets the calling thread's floating-point unit to flush denormals to zero.  Vanishing signals are
 * what this program shows, and products of denormals run ten times slower; results differ from
 * PyTorch's default only below 1.2e-38.
 *
 * Returns: the mode to hand to isc_runtime_end_training_thread()
 */
guint isc_runtime_begin_training_thread (void);
void isc_runtime_end_training_thread (guint mode);

/**
 * isc_runtime_blas:
 *
 * Returns: (transfer none): which library answers cblas calls, such as "OpenBLAS 0.3.21, Haswell"
 */
const char *isc_runtime_blas (void);
