/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/npz.h"

#include <locale.h>
#include <string.h>

#include "base/error.h"
#include "formats/libarchive.h"
#include "formats/name.h"
#include "formats/npy.h"

#define CHUNK 65536

/* All members together may not unpack to more. */
#define MAX_UNPACKED ((gsize)1 << 31)

/* libarchive spells names in the thread's locale, and a program of numbers has none: both
 * directions are done in UTF-8, whatever the locale.  Returns what end_utf8() takes. */
static locale_t
begin_utf8 (locale_t *utf8)
{
  *utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  return uselocale (*utf8);
}

static void
end_utf8 (locale_t utf8, locale_t before)
{
  uselocale (before);
  if (utf8 != (locale_t)0)
    freelocale (utf8);
}

static GPtrArray *
fail (struct archive *archive, const char *name, GError **error)
{
  const char *reason = isc_archive (NULL)->error_string (archive);
  g_autofree char *line = g_strdup (reason ? reason : "it is no zip archive");

  /* Some of libarchive's reasons end in a newline. */
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is not a readable .npz file: %s", name,
               g_strchomp (line));
  return NULL;
}

static GBytes *
read_member (struct archive *archive, gsize max_bytes, const char *name, GError **error)
{
  const IscArchive *la = isc_archive (NULL);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK);

  for (;;)
    {
      la_ssize_t n = la->read_data (archive, chunk, CHUNK);

      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&content));
      if (n < 0)
        {
          fail (archive, name, error);
          return NULL;
        }
      if ((gsize)n > max_bytes - content->len)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s unpacks to more than it says",
                       name);
          return NULL;
        }
      g_byte_array_append (content, chunk, (guint)n);
    }
}

/* A member that says how large it is may not be larger, and all together may not be above
 * MAX_UNPACKED. */
static IscTensor *
read_array (struct archive *archive,
            struct archive_entry *entry,
            const char *key,
            const char *name,
            gsize *left,
            GError **error)
{
  const IscArchive *la = isc_archive (NULL);
  gsize size = la->entry_size_is_set (entry) ? (gsize)la->entry_size (entry) : *left;
  g_autoptr (GBytes) member = NULL;
  IscTensor *tensor;

  if (size > *left)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s unpacks to more than the 2 GiB that are read", name);
      return NULL;
    }
  member = read_member (archive, size, name, error);
  if (!member)
    return NULL;
  *left -= g_bytes_get_size (member);
  tensor = isc_npy_read (member, key, error);
  if (!tensor)
    g_prefix_error (error, "%s: ", name);
  return tensor;
}

static gboolean
read_members (struct archive *archive, const char *name, GPtrArray *tensors, GError **error)
{
  const IscArchive *la = isc_archive (NULL);
  struct archive_entry *entry;
  gsize left = MAX_UNPACKED;
  int status;

  /* Warnings are about times and owners, which nobody asks for. */
  while ((status = la->read_next_header (archive, &entry)) == ARCHIVE_OK || status == ARCHIVE_WARN)
    {
      const char *path = la->entry_pathname (entry);
      g_autofree char *key = NULL;
      IscTensor *tensor;

      if (!isc_name_is_readable (path))
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "%s holds an array whose name is not a line of text", name);
          return FALSE;
        }
      if (!g_str_has_suffix (path, ".npy"))
        continue;
      key = g_strndup (path, strlen (path) - strlen (".npy"));
      tensor = read_array (archive, entry, key, name, &left, error);
      if (!tensor)
        return FALSE;
      g_ptr_array_add (tensors, tensor);
    }
  if (status != ARCHIVE_EOF)
    fail (archive, name, error);
  return status == ARCHIVE_EOF;
}

GPtrArray *
isc_npz_read (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  const IscArchive *la = isc_archive (error);
  struct archive *archive;
  gboolean ok = FALSE;
  locale_t utf8, before;

  if (!la)
    return NULL;
  before = begin_utf8 (&utf8);
  archive = la->read_new ();
  la->read_support_format_zip (archive);
  if (la->read_open_memory (archive, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes))
      == ARCHIVE_OK)
    ok = read_members (archive, name, tensors, error);
  else
    fail (archive, name, error);
  la->read_free (archive);
  end_utf8 (utf8, before);
  return ok ? g_steal_pointer (&tensors) : NULL;
}

/* libarchive hands out the archive in pieces. */
static la_ssize_t
append_piece (struct archive *archive, void *data, const void *piece, size_t n)
{
  g_byte_array_append (data, piece, (guint)n);
  return (la_ssize_t)n;
}

static gboolean
write_member (struct archive *archive, const IscTensor *tensor)
{
  const IscArchive *la = isc_archive (NULL);
  g_autoptr (GBytes) npy = isc_npy_write (tensor);
  const char *name = isc_tensor_get_name (tensor);
  g_autofree char *path = g_strconcat (name ? name : "arr_0", ".npy", NULL);
  struct archive_entry *entry = la->entry_new ();
  gboolean ok;

  la->entry_set_pathname (entry, path);
  la->entry_set_size (entry, (la_int64_t)g_bytes_get_size (npy));
  la->entry_set_filetype (entry, AE_IFREG);
  la->entry_set_perm (entry, 0644);
  /* No time: zip then says 1980-01-01, in every time zone. */
  ok = la->write_header (archive, entry) == ARCHIVE_OK
       && la->write_data (archive, g_bytes_get_data (npy, NULL), g_bytes_get_size (npy))
              == (la_ssize_t)g_bytes_get_size (npy);
  la->entry_free (entry);
  return ok;
}

GBytes *
isc_npz_write (GPtrArray *tensors, GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  const IscArchive *la = isc_archive (error);
  struct archive *archive;
  gboolean ok;
  locale_t utf8, before;

  if (!la)
    return NULL;
  before = begin_utf8 (&utf8);
  archive = la->write_new ();
  la->write_set_format_zip (archive);
  la->write_zip_set_compression_store (archive);
  la->write_set_bytes_in_last_block (archive, 1);
  ok = la->write_open (archive, file, NULL, append_piece, NULL) == ARCHIVE_OK;
  for (guint i = 0; ok && i < tensors->len; i++)
    ok = write_member (archive, tensors->pdata[i]);
  ok = la->write_close (archive) == ARCHIVE_OK && ok;
  if (!ok)
    g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE, "the .npz archive could not be made: %s",
                 la->error_string (archive));
  la->write_free (archive);
  end_utf8 (utf8, before);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&file)) : NULL;
}
