/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/libarchive.h"

#include "base/library.h"

#define LIBRARY "libarchive.so.13"

static const IscLibrarySymbol symbols[] = {
  { "archive_entry_free", G_STRUCT_OFFSET (IscArchive, entry_free) },
  { "archive_entry_new", G_STRUCT_OFFSET (IscArchive, entry_new) },
  { "archive_entry_pathname", G_STRUCT_OFFSET (IscArchive, entry_pathname) },
  { "archive_entry_set_filetype", G_STRUCT_OFFSET (IscArchive, entry_set_filetype) },
  { "archive_entry_set_pathname", G_STRUCT_OFFSET (IscArchive, entry_set_pathname) },
  { "archive_entry_set_perm", G_STRUCT_OFFSET (IscArchive, entry_set_perm) },
  { "archive_entry_set_size", G_STRUCT_OFFSET (IscArchive, entry_set_size) },
  { "archive_entry_size", G_STRUCT_OFFSET (IscArchive, entry_size) },
  { "archive_entry_size_is_set", G_STRUCT_OFFSET (IscArchive, entry_size_is_set) },
  { "archive_error_string", G_STRUCT_OFFSET (IscArchive, error_string) },
  { "archive_filter_code", G_STRUCT_OFFSET (IscArchive, filter_code) },
  { "archive_read_data", G_STRUCT_OFFSET (IscArchive, read_data) },
  { "archive_read_free", G_STRUCT_OFFSET (IscArchive, read_free) },
  { "archive_read_new", G_STRUCT_OFFSET (IscArchive, read_new) },
  { "archive_read_next_header", G_STRUCT_OFFSET (IscArchive, read_next_header) },
  { "archive_read_open_memory", G_STRUCT_OFFSET (IscArchive, read_open_memory) },
  { "archive_read_support_filter_gzip", G_STRUCT_OFFSET (IscArchive, read_support_filter_gzip) },
  { "archive_read_support_format_raw", G_STRUCT_OFFSET (IscArchive, read_support_format_raw) },
  { "archive_read_support_format_zip", G_STRUCT_OFFSET (IscArchive, read_support_format_zip) },
  { "archive_write_close", G_STRUCT_OFFSET (IscArchive, write_close) },
  { "archive_write_data", G_STRUCT_OFFSET (IscArchive, write_data) },
  { "archive_write_free", G_STRUCT_OFFSET (IscArchive, write_free) },
  { "archive_write_header", G_STRUCT_OFFSET (IscArchive, write_header) },
  { "archive_write_new", G_STRUCT_OFFSET (IscArchive, write_new) },
  { "archive_write_open", G_STRUCT_OFFSET (IscArchive, write_open) },
  { "archive_write_set_bytes_in_last_block",
    G_STRUCT_OFFSET (IscArchive, write_set_bytes_in_last_block) },
  { "archive_write_set_format_zip", G_STRUCT_OFFSET (IscArchive, write_set_format_zip) },
  { "archive_write_zip_set_compression_store",
    G_STRUCT_OFFSET (IscArchive, write_zip_set_compression_store) },
};

typedef struct
{
  IscArchive functions;
  GError *problem;
} Library;

static Library *
load (void)
{
  Library *library = g_new0 (Library, 1);

  isc_library_load (LIBRARY, symbols, G_N_ELEMENTS (symbols), &library->functions,
                    &library->problem);
  return library;
}

const IscArchive *
isc_archive (GError **error)
{
  static gsize once = 0;
  const Library *library;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize)load ());
  library = (const Library *)once;
  if (!library->problem)
    return &library->functions;
  g_propagate_error (error, g_error_copy (library->problem));
  return NULL;
}
