/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/gzip.h"

#include "base/error.h"
#include "formats/libarchive.h"

#define CHUNK 65536

static void
fail (struct archive *archive, const char *name, GError **error)
{
  /* libarchive gives no reason for some damage, and a newline behind others. */
  const char *reason = isc_archive (NULL)->error_string (archive);
  g_autofree char *line = g_strdup (reason ? reason : "it does not unpack");

  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is damaged: %s", name, g_strchomp (line));
}

static GBytes *
read_all (struct archive *archive, const char *name, gsize max_bytes, GError **error)
{
  const IscArchive *la = isc_archive (NULL);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK);

  for (;;)
    {
      la_ssize_t n = la->read_data (archive, chunk, CHUNK);

      if (n == 0)
        break;
      if (n < 0)
        {
          fail (archive, name, error);
          return NULL;
        }
      if ((gsize)n > max_bytes - content->len)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "%s holds more than the %" G_GSIZE_FORMAT " bytes that are read", name,
                       max_bytes);
          return NULL;
        }
      g_byte_array_append (content, chunk, (guint)n);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

GBytes *
isc_gzip_open (GBytes *bytes, const char *name, gsize max_bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const IscArchive *la;
  struct archive *archive;
  struct archive_entry *entry;
  GBytes *content = NULL;

  if (size < 2 || data[0] != 0x1f || data[1] != 0x8b)
    return g_bytes_ref (bytes);

  la = isc_archive (error);
  if (!la)
    return NULL;
  archive = la->read_new ();
  la->read_support_filter_gzip (archive);
  la->read_support_format_raw (archive);
  if (la->read_open_memory (archive, data, size) != ARCHIVE_OK
      || la->read_next_header (archive, &entry) != ARCHIVE_OK)
    fail (archive, name, error);
  else if (la->filter_code (archive, 0) != ARCHIVE_FILTER_GZIP)
    /* Anything is a raw file to libarchive. */
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is damaged: it only begins as gzip does",
                 name);
  else
    content = read_all (archive, name, MIN (max_bytes, G_MAXUINT - CHUNK), error);
  la->read_free (archive);
  return content;
}
