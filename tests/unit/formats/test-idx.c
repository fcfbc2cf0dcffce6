/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/idx.h"

#include <string.h>

#include "base/error.h"
#include "support/reference.h"

static void
test_read (gconstpointer file)
{
  g_autoptr (GBytes) bytes = reference_bytes (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscTensor) tensor = isc_idx_read (bytes, "images", &error);
  IscShape shape = isc_shape (3, (gint64)2, (gint64)3, (gint64)4);

  g_assert_no_error (error);
  g_assert_true (isc_shape_equal (isc_tensor_get_shape (tensor), &shape));
  for (int i = 0; i < 24; i++)
    assert_close (isc_tensor_get_data (tensor)[i], i * 11 % 256, 0, 0);
}

static void
assert_refused (const void *data, gsize size, const char *expected)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_idx_read (bytes, "images", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  if (!strstr (error->message, expected))
    g_error ("'%s' does not say '%s'", error->message, expected);
}

static void
test_cut_short (void)
{
  g_autoptr (GBytes) whole = reference_bytes ("formats/images.idx");
  gsize size;
  const guint8 *data = g_bytes_get_data (whole, &size);

  for (gsize n = 0; n < 4; n++)
    assert_refused (data, n, "images is not an IDX file of bytes");
  for (gsize n = 4; n < 16; n++)
    assert_refused (data, n, "images is cut short: it ends within its header of 3 dimensions");
  for (gsize n = 16; n < size; n++)
    assert_refused (data, n, "images is cut short: its header names 24 values and it holds ");
}

static void
test_cut_short_gzip (void)
{
  g_autoptr (GBytes) whole = reference_bytes ("formats/images.idx.gz");

  for (gsize n = 0; n < g_bytes_get_size (whole); n++)
    assert_refused (g_bytes_get_data (whole, NULL), n, "images is ");
}

static void
test_bad_headers (void)
{
  const guint8 floats[] = { 0, 0, 0x0d, 1, 0, 0, 0, 1, 0, 0, 0, 0 };
  const guint8 none[] = { 0, 0, 8, 0 };
  const guint8 many[] = { 0, 0, 8, 9, 0, 0, 0, 1, 0, 0, 0, 1 };
  const guint8 other[] = { 1, 0, 8, 1, 0, 0, 0, 1, 7 };
  const guint8 absurd[] = { 0, 0, 8, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 7 };
  const guint8 large[] = { 0, 0, 8, 1, 0x7f, 0xff, 0xff, 0xff, 7 };

  assert_refused (floats, sizeof floats, "images is not an IDX file of bytes");
  assert_refused (none, sizeof none, "images is not an IDX file of bytes");
  assert_refused (many, sizeof many, "images is not an IDX file of bytes");
  assert_refused (other, sizeof other, "images is not an IDX file of bytes");
  assert_refused (absurd, sizeof absurd, "images: 4294967295×4294967295 is 1.84e+19 weights");
  assert_refused (large, sizeof large, "its header names 2147483647 values and it holds 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/formats/idx/read", "formats/images.idx", test_read);
  g_test_add_data_func ("/formats/idx/read-gzip", "formats/images.idx.gz", test_read);
  g_test_add_func ("/formats/idx/cut-short", test_cut_short);
  g_test_add_func ("/formats/idx/cut-short-gzip", test_cut_short_gzip);
  g_test_add_func ("/formats/idx/bad-headers", test_bad_headers);
  return g_test_run ();
}
