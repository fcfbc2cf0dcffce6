/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/npy.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "support/reference.h"

static IscTensor *
load (const char *file)
{
  g_autofree char *path = g_build_filename ("formats", file, NULL);
  g_autoptr (GBytes) bytes = reference_bytes (path);
  g_autoptr (GError) error = NULL;
  IscTensor *tensor = isc_npy_read (bytes, file, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (isc_tensor_get_name (tensor), ==, file);
  return tensor;
}

static void
assert_shape (const IscTensor *tensor, const char *expected)
{
  g_autofree char *shape = isc_shape_to_text (isc_tensor_get_shape (tensor), "x");

  g_assert_cmpstr (shape, ==, expected);
}

/* Every number of the files is exact in every type. */
static void
assert_ramp (const char *file, double step, double start)
{
  g_autoptr (IscTensor) tensor = load (file);

  assert_shape (tensor, "3x4x5");
  for (int i = 0; i < 60; i++)
    assert_close (isc_tensor_get_data (tensor)[i], step * i + start, 0, 0);
}

static void
test_floats (void)
{
  const char *const files[] = { "f2-le.npy", "f2-be.npy", "f4-le.npy",     "f4-be.npy",
                                "f8-le.npy", "f8-be.npy", "version-2.npy", "version-3.npy" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    assert_ramp (files[i], 0.25, -7);
}

static void
test_integers (void)
{
  const char *const with_sign[] = { "i1.npy", "i2.npy", "i4.npy", "i4-be.npy", "i8.npy" };
  const char *const without[] = { "u1.npy", "u2.npy", "u4.npy", "u8.npy" };
  g_autoptr (IscTensor) largest = load ("u8-largest.npy");

  for (gsize i = 0; i < G_N_ELEMENTS (with_sign); i++)
    assert_ramp (with_sign[i], 1, -7);
  for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
    assert_ramp (without[i], 1, 0);
  assert_close (isc_tensor_get_data (largest)[0], 0x1p64, 0, 0);
  assert_close (isc_tensor_get_data (largest)[1], 0x1p63, 0, 0);
}

static void
test_booleans (void)
{
  g_autoptr (IscTensor) tensor = load ("bool.npy");

  for (int i = 0; i < 60; i++)
    assert_close (isc_tensor_get_data (tensor)[i], i % 2, 0, 0);
}

static void
test_fortran_order (void)
{
  assert_ramp ("fortran.npy", 0.25, -7);
}

/* Signed zeros, infinities, NaN, denormals of half precision and its largest number. */
static void
test_ends (void)
{
  const char *const files[] = { "f2-ends.npy", "f4-ends.npy", "f8-ends.npy" };
  const double expected[]
      = { 0.0, -0.0, 1.0, -2.385, INFINITY, -INFINITY, NAN, 6e-8, 6e-5, 65504.0 };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (IscTensor) tensor = load (files[i]);
      const float *values = isc_tensor_get_data (tensor);

      for (gsize j = 0; j < G_N_ELEMENTS (expected); j++)
        /* Half precision keeps 11 bits, and below 6.1e-5 steps of 6e-8; the others are rounded
         * once. */
        assert_close (values[j], i == 0 ? expected[j] : (float)expected[j], i == 0 ? 0x1p-11 : 0,
                      i == 0 ? 0x1p-25 : 0);
      g_assert_true (signbit (values[1]) && !signbit (values[0]));
    }
}

static void
test_shapes (void)
{
  g_autoptr (IscTensor) scalar = load ("scalar.npy");
  g_autoptr (IscTensor) vector = load ("vector.npy");
  g_autoptr (IscTensor) empty = load ("empty.npy");

  assert_shape (scalar, "");
  assert_close (isc_tensor_get_data (scalar)[0], 2.385f, 0, 0);
  assert_shape (vector, "60");
  assert_shape (empty, "0x3");
}

/* What is written has numpy's bytes. */
static void
test_write (void)
{
  const char *const files[]
      = { "f4-le.npy", "f4-ends.npy", "scalar.npy", "vector.npy", "empty.npy" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename ("formats", files[i], NULL);
      g_autoptr (GBytes) numpy = reference_bytes (path);
      g_autoptr (IscTensor) tensor = load (files[i]);
      g_autoptr (GBytes) written = isc_npy_write (tensor);

      g_assert_true (g_bytes_equal (written, numpy));
    }
}

static void
assert_refused (GBytes *bytes, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_npy_read (bytes, "w.npy", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  if (!strstr (error->message, expected))
    g_error ("'%s' does not say '%s'", error->message, expected);
}

static void
test_other_types (void)
{
  const char *const files[] = { "formats/complex.npy", "formats/text.npy", "formats/record.npy" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = reference_bytes (files[i]);

      assert_refused (bytes, "w.npy is not a readable .npy file: its type is none of");
    }
}

/* A file that ends anywhere too early. */
static void
test_cut_short (void)
{
  const char *const files[] = { "formats/f4-le.npy", "formats/version-2.npy", "formats/fortran.npy",
                                "formats/f2-be.npy" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) whole = reference_bytes (files[i]);

      for (gsize n = 0; n < g_bytes_get_size (whole); n++)
        {
          g_autoptr (GBytes) part = g_bytes_new (g_bytes_get_data (whole, NULL), n);

          assert_refused (part, "w.npy is not a readable .npy file: it ");
        }
    }
}

/* A file of version 1 with @header and @n_data bytes of zeros behind it. */
static GBytes *
with_header (const char *header, gsize n_data)
{
  GByteArray *file = g_byte_array_new ();
  guint8 start[10] = "\x93NUMPY\x01";
  gsize length = strlen (header);

  start[8] = (guint8)(length & 0xff);
  start[9] = (guint8)(length >> 8);
  g_byte_array_append (file, start, sizeof start);
  g_byte_array_append (file, (const guint8 *)header, (guint)length);
  for (gsize i = 0; i < n_data; i++)
    g_byte_array_append (file, (const guint8 *)"", 1);
  return g_byte_array_free_to_bytes (file);
}

static void
test_bad_headers (void)
{
  static const struct
  {
    const char *header;
    const char *message;
  } cases[] = {
    { "", "its type is none of" },
    { "not a dictionary", "its type is none of" },
    { "{'descr': '<f", "its type is none of" },
    { "{'descr': '<f16', 'fortran_order': False, 'shape': (2,), }", "its type is none of" },
    { "{'descr': '<f4', 'shape': (2,), }", "no fortran_order" },
    { "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }", "no fortran_order" },
    { "{'descr': '<f4', 'fortran_order': False, }", "no shape" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,", "no shape" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "no shape" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (2.5,), }", "no shape" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "no shape" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 1, 1), }",
      "no shape of at most 8 dimensions" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,), }", "w.npy: " },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "w.npy: " },
    { "{'descr': '<f4', 'fortran_order': True, 'shape': (3037000500, 3037000500, 3), }",
      "w.npy: " },
    { "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483648,), }",
      "it holds 8 of the 2147483648 values its header names" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = with_header (cases[i].header, 64);

      assert_refused (bytes, cases[i].message);
    }
}

/* numpy ends a header in a newline; a header without one is as clear. */
static void
test_no_newline (void)
{
  g_autoptr (GBytes) bytes
      = with_header ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscTensor) tensor = isc_npy_read (bytes, NULL, &error);

  g_assert_no_error (error);
  assert_shape (tensor, "2");
  g_assert_null (isc_tensor_get_name (tensor));
}

static void
test_bad_start (void)
{
  const guint8 version_4[] = "\x93NUMPY\x04\x00\x02\x00\x00\x00{}";
  const guint8 long_header[] = "\x93NUMPY\x02\x00\xff\xff\xff\xff{}";
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) newer = g_bytes_new (version_4, sizeof version_4);
  g_autoptr (GBytes) longer = g_bytes_new (long_header, sizeof long_header);
  g_autoptr (GBytes) zip = g_bytes_new ("PK\x03\x04 not an array at all", 24);

  assert_refused (empty, "it does not begin as one of version 1, 2 or 3");
  assert_refused (newer, "it does not begin as one of version 1, 2 or 3");
  assert_refused (zip, "it does not begin as one of version 1, 2 or 3");
  assert_refused (longer, "its header is longer than 64 KiB");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/npy/floats", test_floats);
  g_test_add_func ("/formats/npy/integers", test_integers);
  g_test_add_func ("/formats/npy/booleans", test_booleans);
  g_test_add_func ("/formats/npy/fortran-order", test_fortran_order);
  g_test_add_func ("/formats/npy/ends", test_ends);
  g_test_add_func ("/formats/npy/shapes", test_shapes);
  g_test_add_func ("/formats/npy/write", test_write);
  g_test_add_func ("/formats/npy/other-types", test_other_types);
  g_test_add_func ("/formats/npy/cut-short", test_cut_short);
  g_test_add_func ("/formats/npy/bad-headers", test_bad_headers);
  g_test_add_func ("/formats/npy/no-newline", test_no_newline);
  g_test_add_func ("/formats/npy/bad-start", test_bad_start);
  return g_test_run ();
}
