/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>

/** IscArchive: libarchive's functions, as far as they are used, under its names without archive_ */
typedef struct
{
  __typeof__ (archive_entry_free) *entry_free;
  __typeof__ (archive_entry_new) *entry_new;
  __typeof__ (archive_entry_pathname) *entry_pathname;
  __typeof__ (archive_entry_set_filetype) *entry_set_filetype;
  __typeof__ (archive_entry_set_pathname) *entry_set_pathname;
  __typeof__ (archive_entry_set_perm) *entry_set_perm;
  __typeof__ (archive_entry_set_size) *entry_set_size;
  __typeof__ (archive_entry_size) *entry_size;
  __typeof__ (archive_entry_size_is_set) *entry_size_is_set;
  __typeof__ (archive_error_string) *error_string;
  __typeof__ (archive_filter_code) *filter_code;
  __typeof__ (archive_read_data) *read_data;
  __typeof__ (archive_read_free) *read_free;
  __typeof__ (archive_read_new) *read_new;
  __typeof__ (archive_read_next_header) *read_next_header;
  __typeof__ (archive_read_open_memory) *read_open_memory;
  __typeof__ (archive_read_support_filter_gzip) *read_support_filter_gzip;
  __typeof__ (archive_read_support_format_raw) *read_support_format_raw;
  __typeof__ (archive_read_support_format_zip) *read_support_format_zip;
  __typeof__ (archive_write_close) *write_close;
  __typeof__ (archive_write_data) *write_data;
  __typeof__ (archive_write_free) *write_free;
  __typeof__ (archive_write_header) *write_header;
  __typeof__ (archive_write_new) *write_new;
  __typeof__ (archive_write_open) *write_open;
  __typeof__ (archive_write_set_bytes_in_last_block) *write_set_bytes_in_last_block;
  __typeof__ (archive_write_set_format_zip) *write_set_format_zip;
  __typeof__ (archive_write_zip_set_compression_store) *write_zip_set_compression_store;
} IscArchive;

/**
 * isc_archive:
 * @error: return location
 *
 * Loads libarchive, unless it was before.  It is not linked: with all that it is linked to it is
 * half of what a command loads, for files that most never see.  Safe from any thread.
 *
 * Returns: (nullable) (transfer none): %NULL with ISC_ERROR_RESOURCE "cannot load ..."
 */
const IscArchive *isc_archive (GError **error);
