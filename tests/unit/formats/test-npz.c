/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/npz.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "support/comma-locale.h"
#include "support/reference.h"

static void
assert_shape (const IscTensor *tensor, const char *name, const char *expected)
{
  g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (tensor), "x");

  g_assert_cmpstr (isc_tensor_get_name (tensor), ==, name);
  g_assert_cmpstr (shape, ==, expected);
}

static void
assert_numpy (GPtrArray *tensors)
{
  g_assert_cmpuint (tensors->len, ==, 3);
  assert_shape (tensors->pdata[0], "0.weight", "4x5");
  assert_shape (tensors->pdata[1], "0.bias", "2");
  assert_shape (tensors->pdata[2], "größe", "4x5");
  for (int i = 0; i < 20; i++)
    {
      assert_close (isc_tensor_get_data (tensors->pdata[0])[i], 0.25 * i - 7, 0, 0);
      assert_close (isc_tensor_get_data (tensors->pdata[2])[i], i, 0, 0);
    }
  assert_close (isc_tensor_get_data (tensors->pdata[1])[1], -1.5, 0, 0);
}

static void
test_read (gconstpointer file)
{
  g_autoptr (GBytes) bytes = reference_bytes (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tensors = isc_npz_read (bytes, "w.npz", &error);

  g_assert_no_error (error);
  assert_numpy (tensors);
}

/* Whatever is missing, nothing that was not in the file comes out. */
static void
test_cut_short (gconstpointer file)
{
  g_autoptr (GBytes) whole = reference_bytes (file);
  guint n_refused = 0;

  for (gsize n = 0; n < g_bytes_get_size (whole); n++)
    {
      g_autoptr (GBytes) part = g_bytes_new (g_bytes_get_data (whole, NULL), n);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) tensors = isc_npz_read (part, "w.npz", &error);

      if (tensors)
        assert_numpy (tensors);
      else
        {
          g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
          g_assert_true (g_str_has_prefix (error->message, "w.npz"));
          n_refused++;
        }
    }
  /* Without the directory at its end the arrays are still all there: about 250 bytes. */
  g_assert_cmpuint (n_refused, >, g_bytes_get_size (whole) - 400);
}

static GPtrArray *
make_tensors (void)
{
  GPtrArray *tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  const char *const names[] = { "0.weight", "Wärme/µ", NULL };

  for (int i = 0; i < 3; i++)
    {
      IscShape shape = isc_shape (2, (gint64)i + 1, (gint64)3);
      IscTensor *tensor = isc_tensor_new (names[i], &shape, NULL);

      for (gsize j = 0; j < isc_tensor_get_count (tensor); j++)
        isc_tensor_edit_data (tensor)[j] = 0.1f * (float)j - (float)i;
      g_ptr_array_add (tensors, tensor);
    }
  return tensors;
}

static void
test_round_trip (void)
{
  g_autoptr (GPtrArray) tensors = make_tensors ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = isc_npz_write (tensors, &error);
  g_autoptr (GPtrArray) back = NULL;

  g_assert_no_error (error);
  back = isc_npz_read (bytes, "w.npz", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, 3);
  assert_shape (back->pdata[0], "0.weight", "1x3");
  assert_shape (back->pdata[1], "Wärme/µ", "2x3");
  assert_shape (back->pdata[2], "arr_0", "3x3");
  for (guint i = 0; i < 3; i++)
    for (gsize j = 0; j < isc_tensor_get_count (back->pdata[i]); j++)
      assert_close (isc_tensor_get_data (back->pdata[i])[j],
                    isc_tensor_get_data (tensors->pdata[i])[j], 0, 0);
}

/* The same bytes, at any time, in any time zone and any locale. */
static void
test_same_bytes (void)
{
  const char *const zones[] = { "UTC", "Asia/Tokyo", "America/Los_Angeles", "XST-14" };
  g_autoptr (GPtrArray) tensors = make_tensors ();
  g_autoptr (GBytes) first = isc_npz_write (tensors, NULL);
  g_autoptr (GBytes) in_german = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GBytes) again = NULL;

      g_setenv ("TZ", zones[i], TRUE);
      tzset ();
      again = isc_npz_write (tensors, NULL);
      g_assert_true (g_bytes_equal (again, first));
    }
  g_unsetenv ("TZ");
  tzset ();

  comma_locale_enter ();
  in_german = isc_npz_write (tensors, NULL);
  comma_locale_leave ();
  g_assert_true (g_bytes_equal (in_german, first));
}

static void
assert_refused (GBytes *bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_npz_read (bytes, "w.npz", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  if (!strstr (error->message, expected))
    g_error ("'%s' does not say '%s'", error->message, expected);
}

static void
test_no_archive (void)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) text = g_bytes_new ("these are not the bytes of a zip archive", 40);

  assert_refused (empty, "w.npz is not a readable .npz file: ");
  assert_refused (text, "w.npz is not a readable .npz file: ");
}

static la_ssize_t
append_piece (struct archive *archive, void *data, const void *piece, size_t n)
{
  g_byte_array_append (data, piece, (guint)n);
  return (la_ssize_t)n;
}

/* An archive of one deflated member: @start, then zeros up to @size. */
static GBytes *
pack (const char *name, const char *start, gsize size)
{
  GByteArray *file = g_byte_array_new ();
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  g_autofree guint8 *chunk = g_malloc0 (1 << 20);

  archive_write_set_format_zip (archive);
  archive_write_zip_set_compression_deflate (archive);
  archive_write_open (archive, file, NULL, append_piece, NULL);
  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_size (entry, (la_int64_t)size);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  memcpy (chunk, start, strlen (start));
  while (size > 0)
    {
      gsize n = MIN (size, (gsize)1 << 20);

      g_assert_cmpint (archive_write_data (archive, chunk, n), ==, n);
      memset (chunk, 0, strlen (start));
      size -= n;
    }
  archive_entry_free (entry);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return g_byte_array_free_to_bytes (file);
}

static void
test_bad_members (void)
{
  g_autoptr (GBytes) no_array = pack ("0.weight.npy", "not an array", 100);
  g_autoptr (GBytes) other = pack ("README", "not an array", 100);
  g_autoptr (GBytes) latin = pack ("gr\xf6\xdf"
                                   "e.npy",
                                   "not an array", 100);
  g_autoptr (GBytes) control = pack ("a\033[2J.npy", "not an array", 100);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (no_array, "w.npz: 0.weight is not a readable .npy file: ");
  assert_refused (latin, "w.npz holds an array whose name is not a line of text");
  assert_refused (control, "w.npz holds an array whose name is not a line of text");
  none = isc_npz_read (other, "w.npz", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Writes @size over the unpacked size in the directory at the end and before the member itself. */
static GBytes *
claim_size (GBytes *archive, guint32 size)
{
  gsize n;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (archive, &n), g_bytes_get_size (archive));
  guint32 word = GUINT32_TO_LE (size);

  for (gsize i = 0; i + 30 < n; i++)
    if (memcmp (bytes + i, "PK\x03\x04", 4) == 0)
      memcpy (bytes + i + 22, &word, sizeof word);
    else if (memcmp (bytes + i, "PK\x01\x02", 4) == 0)
      memcpy (bytes + i + 24, &word, sizeof word);
  return g_bytes_new (bytes, n);
}

static void
test_bombs (void)
{
  g_autoptr (GBytes) packed = pack ("0.weight.npy", "\x93NUMPY", 50 << 20);
  g_autoptr (GBytes) large = claim_size (packed, 0xf0000000);
  g_autoptr (GBytes) liar = claim_size (packed, 100);

  g_assert_cmpuint (g_bytes_get_size (packed), <, 1 << 20);
  assert_refused (large, "w.npz unpacks to more than the 2 GiB that are read");
  assert_refused (liar, "w.npz unpacks to more than it says");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/formats/npz/read-stored", "formats/stored.npz", test_read);
  g_test_add_data_func ("/formats/npz/read-deflated", "formats/deflated.npz", test_read);
  g_test_add_data_func ("/formats/npz/cut-short-stored", "formats/stored.npz", test_cut_short);
  g_test_add_data_func ("/formats/npz/cut-short-deflated", "formats/deflated.npz", test_cut_short);
  g_test_add_func ("/formats/npz/round-trip", test_round_trip);
  g_test_add_func ("/formats/npz/same-bytes", test_same_bytes);
  g_test_add_func ("/formats/npz/no-archive", test_no_archive);
  g_test_add_func ("/formats/npz/bad-members", test_bad_members);
  g_test_add_func ("/formats/npz/bombs", test_bombs);
  return g_test_run ();
}
