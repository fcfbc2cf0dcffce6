/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"
#include "base/tensor.h"

/**
 * isc_default_weight_bound:
 * @fan_in: as PyTorch counts it
 *
 * The bound of kaiming_uniform_(a=√5), which Linear and the convolutions draw their weights with.
 * It is 1/√fan_in, computed as PyTorch writes it, since the float32 bound may differ in its last
 * digit otherwise.
 */
double isc_default_weight_bound (gint64 fan_in);

/** isc_default_bias_bound: Returns: 1/√fan_in, the bound of their biases */
double isc_default_bias_bound (gint64 fan_in);

/** isc_default_draw: Fills @tensor from U(−@bound, @bound). */
void isc_default_draw (IscGenerator *generator, IscTensor *tensor, double bound);

/** isc_default_set: Fills @tensor with @value. */
void isc_default_set (IscTensor *tensor, float value);

/**
 * isc_default_describe:
 * @radicand: what stands under the root: "784", "(3 · 9)"
 * @bound: the bound
 *
 * Returns: (transfer full): "bound = 1 / √784 = 0.0357"
 */
char *isc_default_describe (const char *radicand, double bound);
