/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_number_to_text:
 * @value: any double
 *
 * The shortest decimal text that reads back as @value, with a point whatever the locale: "0.001",
 * "1e-12", "inf", "-inf", "nan".  For files: exact, and the same everywhere.
 *
 * Returns: (transfer full): the text
 */
char *isc_number_to_text (double value);

/**
 * isc_float_to_text:
 * @value: any float
 *
 * The shortest decimal text that reads back as the same float32.
 *
 * Returns: (transfer full): the text
 */
char *isc_float_to_text (float value);

/**
 * isc_number_to_label:
 * @value: any double
 * @digits: significant digits, 1..17
 *
 * @value for a figure or a card: at most @digits significant digits, trailing zeros dropped, a true
 * minus sign (U+2212), and "×10" with superscript digits outside 1e-4..1e6.  "NaN", "∞", "−∞".
 *
 * Returns: (transfer full): the text
 */
char *isc_number_to_label (double value, int digits);

/**
 * isc_count_to_label:
 * @count: a count
 *
 * @count with a comma between groups of three digits: "200,704".
 *
 * Returns: (transfer full): the text
 */
char *isc_count_to_label (guint64 count);

/**
 * isc_number_from_text:
 * @text: a decimal number with a point: "0.1", "1e-3", "-2", "inf", "nan"
 * @value: (out): the number
 *
 * Reads the whole of @text (no surrounding blanks) as a double, whatever the locale.
 *
 * Returns: %FALSE if @text is not a number, or has something behind it
 */
gboolean isc_number_from_text (const char *text, double *value);

/**
 * isc_integer_from_text:
 * @text: a decimal integer with an optional sign
 * @value: (out): the integer
 *
 * Returns: %FALSE if @text is not an integer of 64 bits
 */
gboolean isc_integer_from_text (const char *text, gint64 *value);

/**
 * isc_seed_from_text:
 * @text: a decimal integer
 * @seed: (out): the seed as 64 bits
 *
 * Reads a seed as torch.manual_seed() takes it: -2^63 .. 2^64-1, a negative one modulo 2^64.
 *
 * Returns: %FALSE if @text is not such an integer
 */
gboolean isc_seed_from_text (const char *text, guint64 *seed);
