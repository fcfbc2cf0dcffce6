/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** The nonlinearities torch.nn.init.calculate_gain() knows, %NULL at the end. */
extern const char *const isc_gain_nonlinearities[];

/**
 * isc_gain:
 * @nonlinearity: one of %isc_gain_nonlinearities
 * @slope: negative slope, for leaky_relu only
 *
 * torch.nn.init.calculate_gain(): linear, conv, sigmoid 1; tanh 5/3; relu √2; leaky_relu
 * √(2/(1+slope²)); selu 3/4.
 *
 * Returns: the gain, in double as PyTorch computes it
 */
double isc_gain (const char *nonlinearity, double slope);

/** isc_gain_to_text: Returns: (transfer full): the gain as a formula's factor: "√2", "5/3", "1.41"
 */
char *isc_gain_to_text (const char *nonlinearity, double slope);

/** The activations of isc_exact_gain(), %NULL at the end. */
extern const char *const isc_exact_gain_activations[];

/**
 * isc_exact_gain:
 * @activation: one of %isc_exact_gain_activations
 * @backward: whether for gradients
 *
 * What keeps a standard normal pre-activation at variance 1 behind the activation φ: 1/√E[φ(z)²],
 * or, for what flows back, 1/√E[φ'(z)²].  For relu both are PyTorch's √2; for tanh, sigmoid and
 * selu they are not PyTorch's rules of thumb, and for the others PyTorch has none.
 *
 * Returns: the gain, to the last digits of a double
 * Source: Poole et al. 2016, equations 3 and 8; see BIBLIOGRAPHY.md.
 */
double isc_exact_gain (const char *activation, gboolean backward);
