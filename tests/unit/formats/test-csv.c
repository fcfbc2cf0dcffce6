/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "support/comma-locale.h"
#include "support/reference.h"

static IscTensor *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  IscTensor *tensor = isc_csv_read (bytes, "t.csv", &error);

  g_assert_no_error (error);
  return tensor;
}

static void
assert_table (const IscTensor *tensor, gint64 rows, gint64 columns)
{
  IscShape shape = isc_shape (2, rows, columns);

  g_assert_true (isc_shape_equal (isc_tensor_get_shape (tensor), &shape));
}

static void
test_numpy (void)
{
  g_autoptr (GBytes) bytes = reference_bytes ("formats/plain.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (IscTensor) tensor = isc_csv_read (bytes, "plain.csv", &error);

  g_assert_no_error (error);
  assert_table (tensor, 12, 5);
  for (int i = 0; i < 60; i++)
    assert_close (isc_tensor_get_data (tensor)[i], 0.25 * i - 7, 0, 0);
}

static void
test_spellings (void)
{
  const double expected[] = { 1, -2.5e-3, 3, INFINITY, NAN, 0.5 };
  g_autoptr (IscTensor) tensor = read_text ("1, -2.5e-3 ,+3\r\n\r\n inf,nan,.5\r\n");

  assert_table (tensor, 2, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_close (isc_tensor_get_data (tensor)[i], (float)expected[i], 0, 0);
}

static void
test_first_line (void)
{
  g_autoptr (IscTensor) with_names = read_text ("width,height\n1,2\n3,4\n");
  g_autoptr (IscTensor) scikit_learn = read_text ("2,3,setosa,virginica\n1,2,0\n3,4,1\n");
  g_autoptr (IscTensor) without = read_text ("1,2\n3,4");

  assert_table (with_names, 2, 2);
  assert_table (scikit_learn, 2, 3);
  assert_table (without, 2, 2);
  assert_close (isc_tensor_get_data (scikit_learn)[5], 1, 0, 0);
}

static void
assert_refused (const char *text, gssize length, const char *expected)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize)length);
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_csv_read (bytes, "t.csv", &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_refused (void)
{
  assert_refused ("", -1, "t.csv holds no row of numbers");
  assert_refused ("\n\n", -1, "t.csv holds no row of numbers");
  assert_refused ("only,names\n", -1, "t.csv holds no row of numbers");
  assert_refused ("1,2\n\n3,x4\n", -1, "t.csv, line 3, cell 2: 'x4' is not a number");
  assert_refused ("1,2\n3,\n", -1, "t.csv, line 2, cell 2: '' is not a number");
  assert_refused ("1,2\n3,0x10\n", -1, "t.csv, line 2, cell 2: '0x10' is not a number");
  assert_refused ("1,2\n3;4\n", -1, "t.csv, line 2, cell 1: '3;4' is not a number");
  assert_refused ("1,2\n3,4,5\n", -1, "t.csv, line 2: it has 3 cells and the lines above have 2");
  assert_refused ("1,2\n3\n", -1, "t.csv, line 2: it has 1 cells and the lines above have 2");
  assert_refused ("1\nabcdefghijklmnopqrstuvwxyz\n", -1,
                  "t.csv, line 2, cell 1: 'abcdefghijklmnopqrst' is not a number");
  assert_refused ("1\n\xff\xfe\n", -1, "t.csv, line 2, cell 1: '\uFFFD\uFFFD' is not a number");
  assert_refused ("1,2\0,3\n", 8, "t.csv is not a text of at most 512 MiB");
  assert_refused ("\x1f\x8b but not compressed", -1,
                  "t.csv is damaged: it only begins as gzip does");
}

static void
test_write (void)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;
  g_autoptr (GBytes) one_expected = g_bytes_new_static ("0.1,-2.5e-09\ninf,16777216\n", 26);
  g_autoptr (GBytes) two_expected = NULL;
  const char *text = "# 0.weight 2x2\n0.1,-2.5e-09\ninf,16777216\n# 0.bias 3\n0\n0\n0.33333334\n";
  IscShape matrix = isc_shape (2, (gint64)2, (gint64)2);
  IscShape vector = isc_shape (1, (gint64)3);
  const float values[] = { 0.1f, -2.5e-9f, INFINITY, 16777216.0f };

  two_expected = g_bytes_new_static (text, strlen (text));
  g_ptr_array_add (tensors, isc_tensor_new ("0.weight", &matrix, NULL));
  memcpy (isc_tensor_edit_data (tensors->pdata[0]), values, sizeof values);
  one = isc_csv_write (tensors);
  g_assert_true (g_bytes_equal (one, one_expected));

  g_ptr_array_add (tensors, isc_tensor_new ("0.bias", &vector, NULL));
  isc_tensor_edit_data (tensors->pdata[1])[2] = 1.0f / 3.0f;
  two = isc_csv_write (tensors);
  g_assert_true (g_bytes_equal (two, two_expected));
}

static void
test_comma_locale (void)
{
  comma_locale_enter ();
  test_numpy ();
  test_first_line ();
  test_write ();
  comma_locale_leave ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/csv/numpy", test_numpy);
  g_test_add_func ("/formats/csv/spellings", test_spellings);
  g_test_add_func ("/formats/csv/first-line", test_first_line);
  g_test_add_func ("/formats/csv/refused", test_refused);
  g_test_add_func ("/formats/csv/write", test_write);
  g_test_add_func ("/formats/csv/comma-locale", test_comma_locale);
  return g_test_run ();
}
