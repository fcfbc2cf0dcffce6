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
