/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"
#include "base/law.h"

/**
 * isc_draw_law:
 * @law: a law of independent weights, without zeros: neither none nor a sphere
 * @generator: where the numbers are from
 * @data: (array length=n) (out caller-allocates): the weights
 *
 * Draws @n independent weights.  Uniform and normal ones are Tensor.uniform_() and
 * Tensor.normal_() of PyTorch; a normal that is cut is drawn again until it is inside, or, where
 * most would fall outside, from candidates made for the tail.  From 2 ns a weight to 50 ns.
 */
void isc_draw_law (const IscLaw *law, IscGenerator *generator, float *data, gsize n);
