/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/safetensors.h"

#include <string.h>

#include "base/error.h"
#include "support/reference.h"

static void
assert_shape (const IscTensor *tensor, const char *name, const char *expected)
{
  g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (tensor), "x");

  g_assert_cmpstr (isc_tensor_get_name (tensor), ==, name);
  g_assert_cmpstr (shape, ==, expected);
}

static void
test_types (void)
{
  g_autoptr (GBytes) bytes = reference_bytes ("formats/types.safetensors");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tensors = isc_safetensors_read (bytes, "w.safetensors", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tensors->len, ==, 6);
  assert_shape (tensors->pdata[0], "f32", "3x4x5");
  assert_shape (tensors->pdata[1], "f64", "3x20");
  assert_shape (tensors->pdata[2], "f16", "60");
  assert_shape (tensors->pdata[3], "bf16", "60");
  assert_shape (tensors->pdata[4], "scalar", "");
  assert_shape (tensors->pdata[5], "none", "0x3");
  /* 0.25 i - 7 fits into the 8 bits that bfloat16 keeps. */
  for (int j = 0; j < 4; j++)
    for (int i = 0; i < 60; i++)
      assert_close (isc_tensor_get_data (tensors->pdata[j])[i], 0.25 * i - 7, 0, 0);
  assert_close (isc_tensor_get_data (tensors->pdata[4])[0], 2.385f, 0, 0);
}

static void
assert_refused (GBytes *bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_safetensors_read (bytes, "w.safetensors", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  if (!strstr (error->message, expected))
    g_error ("'%s' does not say '%s'", error->message, expected);
}

static void
test_other_type (void)
{
  g_autoptr (GBytes) bytes = reference_bytes ("formats/integers.safetensors");

  assert_refused (bytes, "tensor 'step' is not of type F32, F64, F16 or BF16");
}

static void
test_cut_short (void)
{
  g_autoptr (GBytes) whole = reference_bytes ("formats/types.safetensors");

  for (gsize n = 0; n < g_bytes_get_size (whole); n++)
    {
      g_autoptr (GBytes) part = g_bytes_new (g_bytes_get_data (whole, NULL), n);

      assert_refused (part, "w.safetensors is not a readable .safetensors file: ");
    }
}

static GBytes *
with_header (const char *header, gsize length, gsize n_data)
{
  GByteArray *file = g_byte_array_new ();
  guint64 word = GUINT64_TO_LE ((guint64)length);

  g_byte_array_append (file, (const guint8 *)&word, sizeof word);
  g_byte_array_append (file, (const guint8 *)header, (guint)strlen (header));
  for (gsize i = 0; i < n_data; i++)
    g_byte_array_append (file, (const guint8 *)"", 1);
  return g_byte_array_free_to_bytes (file);
}

static void
test_bad_headers (void)
{
  static const char *const headers[] = {
    "",
    "[]",
    "7",
    "{",
    "{\"w\"}",
    "{\"w\":7}",
    "{\"w\":null}",
    "{\"w\":[]}",
    "{\"w\":{}}",
    "{\"w\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}",
    "{\"w\":{\"dtype\":[\"F32\"],\"shape\":[2],\"data_offsets\":[0,8]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[null],\"data_offsets\":[0,8]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[{}],\"data_offsets\":[0,8]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[60,68]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,7]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9223372036854775807]}}",
    ("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[9223372036854775800,"
     "9223372036854775807]}}"),
    "/* a comment */{}",
    "{\"a\\nb\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
    "{\"a\\u001b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
    "{\"w\":[[[[[]]]]]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GBytes) bytes = with_header (headers[i], strlen (headers[i]), 64);

      assert_refused (bytes, "w.safetensors is not a readable .safetensors file: ");
    }
}

/* Two names for the same bytes, wholly or in part, in either order. */
static void
test_overlaps (void)
{
  static const char *const headers[] = {
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
    "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
    "\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[7,11]}}",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[12,20]},"
    "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
    "\"c\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[4,20]}}",
  };
  static const char apart[] = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[12,20]},"
                              "\"b\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[14,14]},"
                              "\"c\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}";
  g_autoptr (GBytes) sound = with_header (apart, strlen (apart), 20);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tensors = isc_safetensors_read (sound, "w.safetensors", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tensors->len, ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GBytes) bytes = with_header (headers[i], strlen (headers[i]), 64);

      assert_refused (bytes, "two of its tensors share bytes");
    }
}

/* A million levels would end the parser's stack. */
static void
test_nested (void)
{
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autoptr (GBytes) bytes = with_header (deep, strlen (deep), 0);

  assert_refused (bytes, "it does not begin with the length of a header");
}

static void
test_bad_length (void)
{
  const gsize lengths[] = { 3, 100, (gsize)17 << 20, (gsize)1 << 62, G_MAXSIZE };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) bytes = with_header ("{}", lengths[i], 0);

      assert_refused (bytes, "it does not begin with the length of a header");
    }
}

static void
test_write (void)
{
  static const char expected[]
      = "{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
        "\"a \\\"b\\\"\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GError) error = NULL;
  IscShape matrix = isc_shape (2, (gint64)2, (gint64)1);
  IscShape scalar = isc_shape (0);
  const guint8 *data;
  gsize size;

  g_ptr_array_add (tensors, isc_tensor_new ("0.weight", &matrix, NULL));
  g_ptr_array_add (tensors, isc_tensor_new ("a \"b\"", &scalar, NULL));
  isc_tensor_edit_data (tensors->pdata[0])[1] = -2.385f;
  isc_tensor_edit_data (tensors->pdata[1])[0] = 0.1f;
  bytes = isc_safetensors_write (tensors);
  data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (data[0] % 8, ==, 0);
  g_assert_cmpuint (size, ==, 8 + (gsize)data[0] + 12);
  g_assert_cmpint (memcmp (data + 8, expected, strlen (expected)), ==, 0);
  for (gsize i = 8 + strlen (expected); i < 8 + (gsize)data[0]; i++)
    g_assert_cmpuint (data[i], ==, ' ');

  back = isc_safetensors_read (bytes, "w.safetensors", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, 2);
  assert_shape (back->pdata[0], "0.weight", "2x1");
  assert_shape (back->pdata[1], "a \"b\"", "");
  assert_close (isc_tensor_get_data (back->pdata[0])[1], -2.385f, 0, 0);
  assert_close (isc_tensor_get_data (back->pdata[1])[0], 0.1f, 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/safetensors/types", test_types);
  g_test_add_func ("/formats/safetensors/other-type", test_other_type);
  g_test_add_func ("/formats/safetensors/cut-short", test_cut_short);
  g_test_add_func ("/formats/safetensors/bad-headers", test_bad_headers);
  g_test_add_func ("/formats/safetensors/overlaps", test_overlaps);
  g_test_add_func ("/formats/safetensors/nested", test_nested);
  g_test_add_func ("/formats/safetensors/bad-length", test_bad_length);
  g_test_add_func ("/formats/safetensors/write", test_write);
  return g_test_run ();
}
