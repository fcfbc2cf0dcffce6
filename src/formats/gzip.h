/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_gzip_open:
 * @bytes: a file that may be gzip-compressed
 * @name: what errors call the file
 * @max_bytes: the most that may come out
 *
 * Returns: (transfer full) (nullable): the content, or @bytes itself if it is not compressed; %NULL
 * with ISC_ERROR_INVALID if it is damaged or larger than @max_bytes
 */
GBytes *isc_gzip_open (GBytes *bytes, const char *name, gsize max_bytes, GError **error);
