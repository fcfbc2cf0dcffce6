/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_typed_number:
 * @text: what a person typed: "1e-3", "2/3", "sqrt(2)", "−0.5"; where the locale writes a comma for
 * the point, "0,001" too
 * @value: (out): the number, finite
 * @error: one sentence on what is wrong
 *
 * Returns: whether it is a number
 */
gboolean isc_typed_number (const char *text, double *value, GError **error);
