/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/npz.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "base/error.h"
#include "formats/npy.h"

#define CHUNK 65536

/* A member may not unpack to more: 8 GiB of float32 and its header. */
#define MAX_MEMBER (((gsize) 1 << 33) + CHUNK)

/* Zip's own epoch, in seconds: 1980-01-02, so that no time zone makes it earlier than zip can say. */
#define FIXED_TIME 315619200

static GPtrArray *
fail (struct archive *archive, const char *name, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s is not a readable .npz file: %s", name,
               archive_error_string (archive) ? archive_error_string (archive) : "it is no zip archive");
  return NULL;
}

static GBytes *
read_member (struct archive *archive, const char *name, GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK);

  for (;;)
    {
      la_ssize_t n = archive_read_data (archive, chunk, CHUNK);

      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&content));
      if (n < 0)
        {
          fail (archive, name, error);
          return NULL;
        }
      if ((gsize) content->len + (gsize) n > MIN (MAX_MEMBER, (gsize) G_MAXINT32))
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s holds an array of more than 2 GB", name);
          return NULL;
        }
      g_byte_array_append (content, chunk, (guint) n);
    }
}

static gboolean
read_members (struct archive *archive, const char *name, GPtrArray *tensors, GError **error)
{
  struct archive_entry *entry;
  int status;

  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK)
    {
      const char *path = archive_entry_pathname (entry);
      g_autofree char *key = NULL;
      g_autoptr (GBytes) member = NULL;
      IscTensor *tensor;

      if (!path || !g_str_has_suffix (path, ".npy"))
        continue;
      key = g_strndup (path, strlen (path) - strlen (".npy"));
      member = read_member (archive, name, error);
      tensor = member ? isc_npy_read (member, key, error) : NULL;
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
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) isc_tensor_unref);
  struct archive *archive = archive_read_new ();
  gboolean ok = FALSE;

  archive_read_support_format_zip (archive);
  if (archive_read_open_memory (archive, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) == ARCHIVE_OK)
    ok = read_members (archive, name, tensors, error);
  else
    fail (archive, name, error);
  archive_read_free (archive);
  return ok ? g_steal_pointer (&tensors) : NULL;
}

/* libarchive hands out the archive in pieces. */
static la_ssize_t
append_piece (struct archive *archive, void *data, const void *piece, size_t n)
{
  g_byte_array_append (data, piece, (guint) n);
  return (la_ssize_t) n;
}

static gboolean
write_member (struct archive *archive, const IscTensor *tensor)
{
  g_autoptr (GBytes) npy = isc_npy_write (tensor);
  g_autofree char *path = g_strconcat (isc_tensor_get_name (tensor) ? isc_tensor_get_name (tensor) : "arr_0", ".npy", NULL);
  struct archive_entry *entry = archive_entry_new ();
  gboolean ok;

  archive_entry_set_pathname (entry, path);
  archive_entry_set_size (entry, (la_int64_t) g_bytes_get_size (npy));
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, FIXED_TIME, 0);
  ok = archive_write_header (archive, entry) == ARCHIVE_OK
       && archive_write_data (archive, g_bytes_get_data (npy, NULL), g_bytes_get_size (npy))
              == (la_ssize_t) g_bytes_get_size (npy);
  archive_entry_free (entry);
  return ok;
}

GBytes *
isc_npz_write (GPtrArray *tensors, GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  struct archive *archive = archive_write_new ();
  gboolean ok;

  archive_write_set_format_zip (archive);
  archive_write_zip_set_compression_store (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  ok = archive_write_open (archive, file, NULL, append_piece, NULL) == ARCHIVE_OK;
  for (guint i = 0; ok && i < tensors->len; i++)
    ok = write_member (archive, tensors->pdata[i]);
  ok = archive_write_close (archive) == ARCHIVE_OK && ok;
  if (!ok)
    g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE, "the .npz archive could not be made: %s",
                 archive_error_string (archive));
  archive_write_free (archive);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&file)) : NULL;
}
