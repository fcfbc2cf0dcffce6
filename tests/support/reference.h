/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

/**
 * reference_load:
 * @name: a path below tests/data, such as "reference/theory/kde.json"
 *
 * Loads a file of reference values; a missing file ends the test.
 *
 * Returns: (transfer full): its root object
 */
JsonObject *reference_load (const char *name);

/**
 * reference_bytes:
 * @name: a path below tests/data, such as "formats/f4-le.npy"
 *
 * Returns: (transfer full): the file's content; a missing file ends the test
 */
GBytes *reference_bytes (const char *name);

/**
 * reference_number:
 *
 * Returns: member @key of @object as a double; NaN for null
 */
double reference_number (JsonObject *object, const char *key);

/**
 * reference_numbers:
 * @n: (out): how many
 *
 * Returns: (transfer full): member @key of @object, an array of numbers (null gives NaN)
 */
double *reference_numbers (JsonObject *object, const char *key, gsize *n);

/**
 * reference_floats:
 * @bits: eight hexadecimal digits a float32, most significant first, separated by blanks
 * @n: (out): how many
 *
 * Returns: (transfer full): the floats
 */
float *reference_floats (const char *bits, gsize *n);

/** assert_close: fails unless |@a - @b| <= @absolute + @relative |@b|; NaN equals NaN */
#define assert_close(a, b, relative, absolute)                                                     \
  reference_assert_close (__FILE__, __LINE__, #a, (a), (b), (relative), (absolute))

void reference_assert_close (const char *file,
                             int line,
                             const char *what,
                             double a,
                             double b,
                             double relative,
                             double absolute);
