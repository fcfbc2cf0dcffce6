/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/gzip.h"

#include <gio/gio.h>
#include <string.h>

#include "base/error.h"
#include "support/reference.h"

#define MEBIBYTE ((gsize)1 << 20)

static GBytes *
compress (GBytes *content)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  gsize size = g_bytes_get_size (content);
  gsize room = size / 100 + 1000;
  g_autofree guint8 *packed = g_malloc (room);
  gsize n_read = 0, n_written = 0;
  GConverterResult result;

  result = g_converter_convert (G_CONVERTER (compressor), g_bytes_get_data (content, NULL), size,
                                packed, room, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
  g_assert_cmpint (result, ==, G_CONVERTER_FINISHED);
  g_assert_cmpuint (n_read, ==, size);
  return g_bytes_new (packed, n_written);
}

static void
assert_refused (GBytes *bytes, gsize max_bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_gzip_open (bytes, "images.gz", max_bytes, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  if (!g_str_has_prefix (error->message, expected))
    g_error ("'%s' does not begin with '%s'", error->message, expected);
}

static void
test_opens (void)
{
  g_autoptr (GBytes) packed = reference_bytes ("formats/images.idx.gz");
  g_autoptr (GBytes) plain = reference_bytes ("formats/images.idx");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = isc_gzip_open (packed, "images.gz", MEBIBYTE, &error);
  g_autoptr (GBytes) passed = isc_gzip_open (plain, "images", MEBIBYTE, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened, plain));
  g_assert_true (g_bytes_equal (passed, plain));
}

/* The content may be as long as is allowed and not a byte longer. */
static void
test_limit (void)
{
  g_autoptr (GBytes) packed = reference_bytes ("formats/images.idx.gz");
  g_autoptr (GBytes) plain = reference_bytes ("formats/images.idx");
  gsize size = g_bytes_get_size (plain);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = isc_gzip_open (packed, "images.gz", size, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (opened), ==, size);
  assert_refused (packed, size - 1, "images.gz holds more than the 39 bytes that are read");
  assert_refused (packed, 0, "images.gz holds more than the 0 bytes that are read");
}

static void
test_bomb (void)
{
  gsize size = 64 * MEBIBYTE;
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (GBytes) packed = compress (zeros);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = isc_gzip_open (packed, "images.gz", size, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened, zeros));
  /* A thousandth of what it becomes. */
  g_assert_cmpuint (g_bytes_get_size (packed), <, 100000);
  assert_refused (packed, MEBIBYTE, "images.gz holds more than the 1048576 bytes that are read");
}

static void
test_cut_short (void)
{
  g_autoptr (GBytes) packed = reference_bytes ("formats/images.idx.gz");

  /* Whatever does not begin as gzip is no business of its. */
  for (gsize n = 2; n < g_bytes_get_size (packed); n++)
    {
      g_autoptr (GBytes) part = g_bytes_new (g_bytes_get_data (packed, NULL), n);

      assert_refused (part, MEBIBYTE, "images.gz is damaged: ");
    }
}

/* Any byte changed: opened or refused in a sentence, and never longer than allowed. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) packed = reference_bytes ("formats/images.idx.gz");
  gsize size;
  const guint8 *data = g_bytes_get_data (packed, &size);
  guint n_refused = 0;

  for (gsize i = 2; i < size; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        guint8 *changed = g_memdup2 (data, size);
        g_autoptr (GBytes) bytes = g_bytes_new_take (changed, size);
        g_autoptr (GBytes) opened = NULL;
        g_autoptr (GError) error = NULL;

        changed[i] ^= (guint8)(1u << bit);
        opened = isc_gzip_open (bytes, "images.gz", 1000, &error);
        if (opened)
          {
            g_assert_no_error (error);
            g_assert_cmpuint (g_bytes_get_size (opened), <=, 1000);
            continue;
          }
        n_refused++;
        g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
        g_assert_true (g_str_has_prefix (error->message, "images.gz "));
        g_assert_null (strstr (error->message, "(null)"));
        g_assert_null (strchr (error->message, '\n'));
      }
  /* The method and the first block's type at least are noticed; libarchive checks no sum. */
  g_assert_cmpuint (n_refused, >, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/gzip/opens", test_opens);
  g_test_add_func ("/formats/gzip/limit", test_limit);
  g_test_add_func ("/formats/gzip/bomb", test_bomb);
  g_test_add_func ("/formats/gzip/cut-short", test_cut_short);
  g_test_add_func ("/formats/gzip/damaged", test_damaged);
  return g_test_run ();
}
