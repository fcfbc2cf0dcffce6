/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_runtime_init:
 *
 * Process set-up, to be called once at the start of main() and of every test: turns off GSL's
 * aborting error handler, tells OpenBLAS which kernels to take, makes a file that may not grow an
 * error instead of a death, and has freed memory kept at hand.  Idempotent.
 */
void isc_runtime_init (void);

/**
 * IscVectorUnit:
 * @ISC_VECTOR_UNIT_BASELINE: what every processor of the kind has
 * @ISC_VECTOR_UNIT_V3: x86-64-v3: eight floats at once and a fused multiply-add
 * @ISC_VECTOR_UNIT_V4: x86-64-v4: sixteen floats at once
 *
 * For what the inner loops are compiled, worst first.
 */
typedef enum
{
  ISC_VECTOR_UNIT_BASELINE,
  ISC_VECTOR_UNIT_V3,
  ISC_VECTOR_UNIT_V4,
} IscVectorUnit;

/** isc_runtime_vector_unit: Returns: the best that the processor at hand and this program have */
IscVectorUnit isc_runtime_vector_unit (void);

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
