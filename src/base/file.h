/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** No file that this program reads may be larger: 4 GiB. */
#define ISC_FILE_MAX_BYTES (G_GINT64_CONSTANT (4) << 30)

/**
 * isc_file_read:
 * @path: a file's path
 * @max_bytes: the largest size accepted, at most %ISC_FILE_MAX_BYTES
 * @error: return location
 *
 * Reads (maps) a whole regular file.
 *
 * Returns: (transfer full) (nullable): its bytes; %NULL with ISC_ERROR_IO "cannot read PATH: ..."
 * or ISC_ERROR_INVALID if it is larger than @max_bytes
 */
GBytes *isc_file_read (const char *path, gint64 max_bytes, GError **error);

/**
 * isc_file_write:
 * @path: a file's path
 * @bytes: its new content
 * @error: return location
 *
 * Replaces the file whole or leaves it as it was: writes a sibling, flushes it to the disk,
 * renames. A device or pipe such as /dev/stdout or /dev/full is written in place.
 *
 * Returns: %FALSE with ISC_ERROR_IO "cannot write PATH: ..."
 */
gboolean isc_file_write (const char *path, GBytes *bytes, GError **error);
