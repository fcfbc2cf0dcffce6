/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/code/plan.h"

/**
 * isc_numpy_expression:
 * @parameter: a tensor to be set
 * @needs: (inout): a set of bits, one a function that the expression calls
 *
 * What NumPy makes the tensor by, as float32 in PyTorch's layout, by its scheme's law; JAX and
 * Keras fall back on it for what they have no words for.  It draws from rng.  A scheme without a
 * law is read from a file.
 *
 * Returns: (transfer full): the expression
 */
char *isc_numpy_expression (const IscCodeParameter *parameter, guint *needs);

/** isc_numpy_append_functions: appends the definitions of the functions in @needs */
void isc_numpy_append_functions (GString *text, guint needs);
