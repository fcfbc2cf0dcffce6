/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/tensor.h"

#include <sys/resource.h>

#include "base/error.h"
#include "support/reference.h"

#define HUGE_EXTENT (G_GINT64_CONSTANT (1) << 62)

/* Under a sanitizer malloc() fails for more than a gigabyte instead of ending the test. */
#define SANITIZER_LIMIT "allocator_may_return_null=1:max_allocation_size_mb=1024"

const char *__asan_default_options (void);
const char *__tsan_default_options (void);
extern void __asan_init (void) __attribute__ ((weak));
extern void __tsan_init (void) __attribute__ ((weak));

const char *
__asan_default_options (void)
{
  return SANITIZER_LIMIT;
}

const char *
__tsan_default_options (void)
{
  return SANITIZER_LIMIT;
}

static void
assert_parsed (const char *text, const char *extents)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *joined = NULL;
  IscShape shape;

  g_assert_true (isc_shape_from_text (text, &shape, &error));
  g_assert_no_error (error);
  joined = isc_shape_to_text (&shape, ", ");
  g_assert_cmpstr (joined, ==, extents);
}

static void
assert_refused (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  IscShape shape;

  g_assert_false (isc_shape_from_text (text, &shape, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_from_text (void)
{
  assert_parsed ("784x256", "784, 256");
  assert_parsed ("784X256", "784, 256");
  assert_parsed ("784, 256", "784, 256");
  assert_parsed ("784,256,", "784, 256");
  assert_parsed ("784×256", "784, 256");
  assert_parsed ("784 × 256", "784, 256");
  assert_parsed ("784*256", "784, 256");
  assert_parsed (" 784\t256 ", "784, 256");
  assert_parsed ("(64, 3, 7, 7)", "64, 3, 7, 7");
  assert_parsed ("[64, 3, 7, 7]", "64, 3, 7, 7");
  assert_parsed ("10", "10");
  assert_parsed ("1x2x3x4x5x6x7x8", "1, 2, 3, 4, 5, 6, 7, 8");
  assert_parsed ("2147483648", "2147483648");
}

static void
test_refused_text (void)
{
  g_autofree char *long_text = g_strnfill (1001, '1');

  assert_refused ("", "'' is not a shape: write extents as in 784x256");
  assert_refused (" , x", "' , x' is not a shape: write extents as in 784x256");
  assert_refused ("784x0", "'0' in the shape '784x0' is not an extent: whole numbers of at least 1 "
                           "are, as in "
                           "784x256");
  assert_refused ("-3x4", "'-3' in the shape '-3x4' is not an extent: whole numbers of at least 1 "
                          "are, as in 784x256");
  assert_refused ("2.5x4", "'2.5' in the shape '2.5x4' is not an extent: whole numbers of at least "
                           "1 are, as in 784x256");
  assert_refused ("9223372036854775808", "'9223372036854775808' in the shape '9223372036854775808' "
                                         "is not an extent: whole "
                                         "numbers of at least 1 are, as in 784x256");
  assert_refused ("1x2x3x4x5x6x7x8x9", "the shape '1x2x3x4x5x6x7x8x9' has more than 8 dimensions");
  assert_refused ("65536x65536",
                  "65536×65536 is 4.29e+09 weights (17.2 GB): at most 2,147,483,648 are allowed");
  assert_refused (long_text, "the shape is not a short line of text");
  assert_refused ("784\xff", "the shape is not a short line of text");
}

static void
test_count (void)
{
  IscShape scalar = isc_shape (0);
  IscShape largest = isc_shape (2, G_GINT64_CONSTANT (65536), G_GINT64_CONSTANT (32768));
  IscShape over = isc_shape (2, G_GINT64_CONSTANT (65536), G_GINT64_CONSTANT (32769));
  IscShape wraps = isc_shape (2, HUGE_EXTENT, G_GINT64_CONSTANT (4));
  IscShape empty = isc_shape (3, HUGE_EXTENT / HUGE_EXTENT, G_GINT64_CONSTANT (0), HUGE_EXTENT);
  IscShape negative = isc_shape (2, G_GINT64_CONSTANT (-3), G_GINT64_CONSTANT (-4));
  g_autoptr (GError) over_error = NULL;
  g_autoptr (GError) wraps_error = NULL;
  g_autoptr (GError) negative_error = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count = -1;

  g_assert_true (isc_shape_count (&scalar, &count, &error));
  g_assert_cmpuint (isc_shape_width (&scalar), ==, 1);
  g_assert_cmpint (count, ==, 1);
  g_assert_true (isc_shape_count (&largest, &count, &error));
  g_assert_cmpuint (isc_shape_width (&largest), ==, (gsize)count);
  g_assert_cmpint (count, ==, ISC_TENSOR_MAX_ELEMENTS);
  g_assert_true (isc_shape_count (&empty, &count, &error));
  g_assert_cmpint (count, ==, 0);
  g_assert_no_error (error);

  g_assert_false (isc_shape_count (&over, &count, &over_error));
  g_assert_error (over_error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (over_error->message, ==,
                   "65536×32769 is 2.15e+09 weights (8.59 GB): at most 2,147,483,648 are allowed");
  g_assert_false (isc_shape_count (&wraps, &count, &wraps_error));
  g_assert_error (wraps_error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (wraps_error->message, ==,
                   "4611686018427387904×4 is 1.84e+19 weights (7.38e+10 GB): at most 2,147,483,648 "
                   "are allowed");
  g_assert_false (isc_shape_count (&negative, &count, &negative_error));
  g_assert_error (negative_error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (negative_error->message, ==, "-3 is not an extent of a shape: at least 0 is");
}

static void
test_equal (void)
{
  IscShape matrix = isc_shape (2, G_GINT64_CONSTANT (3), G_GINT64_CONSTANT (5));
  IscShape same = isc_shape (2, G_GINT64_CONSTANT (3), G_GINT64_CONSTANT (5));
  IscShape turned = isc_shape (2, G_GINT64_CONSTANT (5), G_GINT64_CONSTANT (3));
  IscShape longer
      = isc_shape (3, G_GINT64_CONSTANT (3), G_GINT64_CONSTANT (5), G_GINT64_CONSTANT (1));

  /* What stands behind the last extent is nobody's. */
  same.dims[2] = 7;
  g_assert_true (isc_shape_equal (&matrix, &same));
  g_assert_false (isc_shape_equal (&matrix, &turned));
  g_assert_false (isc_shape_equal (&matrix, &longer));
}

static void
test_fans (void)
{
  g_autoptr (JsonObject) vectors = reference_load ("reference/pytorch/vectors.json");
  JsonArray *fans = json_object_get_array_member (vectors, "fans");
  guint n = json_array_get_length (fans);

  g_assert_cmpuint (n, >, 5);
  for (guint i = 0; i < n; i++)
    {
      JsonArray *row = json_array_get_array_element (fans, i);
      JsonArray *dims = json_array_get_array_element (row, 0);
      IscShape shape = { .n_dims = json_array_get_length (dims) };
      g_autoptr (GError) error = NULL;
      gint64 fan_in, fan_out;

      for (guint j = 0; j < shape.n_dims; j++)
        shape.dims[j] = json_array_get_int_element (dims, j);
      g_assert_true (isc_shape_fans (&shape, &fan_in, &fan_out, &error));
      g_assert_no_error (error);
      g_assert_cmpint (fan_in, ==, json_array_get_int_element (row, 1));
      g_assert_cmpint (fan_out, ==, json_array_get_int_element (row, 2));
      g_assert_true (isc_shape_fans (&shape, NULL, NULL, NULL));
    }
}

static void
test_no_fans (void)
{
  IscShape vector = isc_shape (1, G_GINT64_CONSTANT (10));
  /* Fits, having no elements, though its fan in does not. */
  IscShape empty = isc_shape (3, G_GINT64_CONSTANT (0), HUGE_EXTENT, HUGE_EXTENT);
  g_autoptr (GError) vector_error = NULL;
  g_autoptr (GError) empty_error = NULL;
  gint64 fan_in = -1, fan_out = -1;

  g_assert_false (isc_shape_fans (&vector, &fan_in, &fan_out, &vector_error));
  g_assert_error (vector_error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (vector_error->message, ==,
                   "fan in and fan out need at least 2 dimensions, and the shape 10 has 1");
  g_assert_false (isc_shape_fans (&empty, &fan_in, &fan_out, &empty_error));
  g_assert_error (empty_error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (empty_error->message, ==,
                   "fan in and fan out of the shape 0×4611686018427387904×4611686018427387904 are "
                   "too large to count");
  g_assert_cmpint (fan_in, ==, -1);
  g_assert_cmpint (fan_out, ==, -1);
}

static void
test_new (void)
{
  IscShape shape = isc_shape (2, G_GINT64_CONSTANT (3), G_GINT64_CONSTANT (7));
  IscShape none = isc_shape (2, G_GINT64_CONSTANT (0), G_GINT64_CONSTANT (7));
  g_autoptr (GError) error = NULL;
  g_autoptr (IscTensor) tensor = isc_tensor_new ("0.weight", &shape, &error);
  g_autoptr (IscTensor) empty = isc_tensor_new (NULL, &none, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (isc_tensor_get_name (tensor), ==, "0.weight");
  g_assert_true (isc_shape_equal (isc_tensor_get_shape (tensor), &shape));
  g_assert_cmpuint (isc_tensor_get_count (tensor), ==, 21);
  g_assert_cmpuint ((guintptr)isc_tensor_get_data (tensor) % 64, ==, 0);
  for (gsize i = 0; i < 21; i++)
    g_assert_cmpfloat (isc_tensor_get_data (tensor)[i], ==, 0.0);
  g_assert_null (isc_tensor_get_name (empty));
  g_assert_cmpuint (isc_tensor_get_count (empty), ==, 0);
  g_assert_nonnull (isc_tensor_get_data (empty));
}

static void
test_not_made (void)
{
  IscShape over = isc_shape (1, ISC_TENSOR_MAX_ELEMENTS + 1);
  IscShape largest = isc_shape (1, ISC_TENSOR_MAX_ELEMENTS);
  g_autoptr (GError) invalid = NULL;
  g_autoptr (GError) resource = NULL;
  struct rlimit before, gigabyte;

  g_assert_null (isc_tensor_new (NULL, &over, &invalid));
  g_assert_error (invalid, ISC_ERROR, ISC_ERROR_INVALID);

  /* A sanitizer, whose shadow is terabytes of addresses, has its own limit. */
  g_assert_cmpint (getrlimit (RLIMIT_AS, &before), ==, 0);
  gigabyte = before;
  gigabyte.rlim_cur = (rlim_t)1 << 30;
  if (!__asan_init && !__tsan_init)
    g_assert_cmpint (setrlimit (RLIMIT_AS, &gigabyte), ==, 0);
  g_assert_null (isc_tensor_new (NULL, &largest, &resource));
  g_assert_cmpint (setrlimit (RLIMIT_AS, &before), ==, 0);

  g_assert_error (resource, ISC_ERROR, ISC_ERROR_RESOURCE);
  g_assert_cmpstr (resource->message, ==,
                   "there is no memory for a tensor of shape 2147483648 (8589934592 bytes)");
}

static void
test_rename (void)
{
  IscShape shape = isc_shape (1, G_GINT64_CONSTANT (3));
  IscTensor *tensor = isc_tensor_new ("weight", &shape, NULL);
  g_autoptr (IscTensor) renamed = NULL;
  g_autoptr (IscTensor) again = NULL;
  const float *data = isc_tensor_get_data (tensor);

  isc_tensor_edit_data (tensor)[1] = 2.385f;
  renamed = isc_tensor_rename (tensor, "0.weight");
  g_assert_cmpstr (isc_tensor_get_name (tensor), ==, "weight");
  again = isc_tensor_rename (renamed, NULL);
  isc_tensor_unref (tensor);

  /* The elements live as long as anybody who shares them. */
  g_assert_cmpstr (isc_tensor_get_name (renamed), ==, "0.weight");
  g_assert_null (isc_tensor_get_name (again));
  g_assert_true (isc_tensor_get_data (renamed) == data);
  g_assert_true (isc_tensor_get_data (again) == data);
  g_assert_true (isc_shape_equal (isc_tensor_get_shape (again), &shape));
  g_assert_cmpuint (isc_tensor_get_count (again), ==, 3);
  g_assert_cmpfloat (isc_tensor_get_data (again)[1], ==, (double)2.385f);
}

static void
test_reshape (void)
{
  IscShape shape
      = isc_shape (3, G_GINT64_CONSTANT (2), G_GINT64_CONSTANT (3), G_GINT64_CONSTANT (4));
  IscShape flat = isc_shape (2, G_GINT64_CONSTANT (2), G_GINT64_CONSTANT (12));
  IscTensor *tensor = isc_tensor_new ("images", &shape, NULL);
  const float *data = isc_tensor_get_data (tensor);
  g_autoptr (IscTensor) rows = isc_tensor_reshape (tensor, &flat);

  isc_tensor_unref (tensor);
  g_assert_cmpstr (isc_tensor_get_name (rows), ==, "images");
  g_assert_true (isc_shape_equal (isc_tensor_get_shape (rows), &flat));
  g_assert_cmpuint (isc_tensor_get_count (rows), ==, 24);
  g_assert_true (isc_tensor_get_data (rows) == data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/tensor/from-text", test_from_text);
  g_test_add_func ("/base/tensor/refused-text", test_refused_text);
  g_test_add_func ("/base/tensor/count", test_count);
  g_test_add_func ("/base/tensor/equal", test_equal);
  g_test_add_func ("/base/tensor/fans", test_fans);
  g_test_add_func ("/base/tensor/no-fans", test_no_fans);
  g_test_add_func ("/base/tensor/new", test_new);
  g_test_add_func ("/base/tensor/not-made", test_not_made);
  g_test_add_func ("/base/tensor/rename", test_rename);
  g_test_add_func ("/base/tensor/reshape", test_reshape);
  return g_test_run ();
}
