/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_number_entry_read:
 * @text: what a person typed: "0,001" where a comma is the decimal point, "2/3", "sqrt(2)",
 * "28*28", "10^-3"
 *
 * Works out what was typed where a number is expected: numbers, + - * / ^, parentheses, sqrt and
 * pi. A minus sign may be the true one.
 *
 * Returns: (transfer full) (nullable): the number as files have it, whole ones without a point;
 *   %NULL if @text is a number already, or anything else that this does not understand
 */
char *isc_number_entry_read (const char *text);
