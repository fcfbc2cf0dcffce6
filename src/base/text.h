/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_text_distance:
 * @a: a short text
 * @b: another
 *
 * How many letters have to be put in, taken out or replaced to make @b of @a, whatever their case
 * (Levenshtein), to name the nearest of what is allowed.  Texts are compared up to 200 bytes.
 *
 * Returns: the distance
 */
guint isc_text_distance (const char *a, const char *b);
