/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "support/comma-locale.h"
#include "support/reference.h"

static IscCells *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  IscCells *cells = isc_csv_read (bytes, "t.csv", &error);

  g_assert_no_error (error);
  return cells;
}

/* The cells of @text, with a bar behind each and a line's end behind each row. */
static void
assert_cells (const char *text, const char *expected)
{
  g_autoptr (IscCells) cells = read_text (text);
  g_autoptr (GString) all = g_string_new (NULL);

  for (gsize row = 0; row < isc_cells_get_n_rows (cells); row++)
    {
      for (guint column = 0; column < isc_cells_get_n_columns (cells); column++)
        g_string_append_printf (all, "%s|", isc_cells_get (cells, row, column));
      g_string_append_c (all, '\n');
    }
  g_assert_cmpstr (all->str, ==, expected);
}

static void
test_numpy (void)
{
  g_autoptr (GBytes) bytes = reference_bytes ("formats/plain.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCells) cells = isc_csv_read (bytes, "plain.csv", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (isc_cells_get_name (cells), ==, "plain.csv");
  g_assert_cmpuint (isc_cells_get_n_rows (cells), ==, 12);
  g_assert_cmpuint (isc_cells_get_n_columns (cells), ==, 5);
  for (guint i = 0; i < 60; i++)
    {
      double number;

      g_assert_true (isc_cells_get_number (cells, i / 5, i % 5, &number));
      assert_close (number, 0.25 * i - 7, 0, 0);
    }
}

static void
test_spellings (void)
{
  const double expected[] = { 1, -2.5e-3, 3, INFINITY, NAN, 0.5 };
  g_autoptr (IscCells) cells = read_text ("1, -2.5e-3 ,+3\r\n\r\n inf,nan,.5\r\n");
  double number;

  g_assert_cmpuint (isc_cells_get_n_rows (cells), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (isc_cells_get_number (cells, i / 3, i % 3, &number));
      assert_close (number, expected[i], 0, 0);
    }
  g_assert_cmpuint (isc_cells_get_line (cells, 0), ==, 1);
  g_assert_cmpuint (isc_cells_get_line (cells, 1), ==, 3);
}

static void
test_words (void)
{
  assert_cells ("width,height\n1,2", "width|height|\n1|2|\n");
  assert_cells ("\xef\xbb\xbf"
                "a,b\n",
                "a|b|\n");
  /* Blanks around a cell go, those within stay; so do empty cells. */
  assert_cells (" a b ,\tc\n,\n", "a b|c|\n||\n");
  assert_cells ("a;b\n1,5;2", "a|b|\n1,5|2|\n");
  assert_cells ("a\tb c\n\t2\n", "a|b c|\n|2|\n");
  assert_cells ("only\n\n1\n", "only|\n1|\n");
}

static void
test_quotes (void)
{
  g_autoptr (IscCells) cells = read_text ("\"a\nb\",c\n1,2\n");

  assert_cells ("\"a, b\",\"say \"\"hi\"\"\"\n \"1\" ,\"\"\r\n", "a, b|say \"hi\"|\n1||\n");
  /* Separators within quotes do not count. */
  assert_cells ("\"a,b,c\";\"d\"\n1;2\n", "a,b,c|d|\n1|2|\n");
  assert_cells ("a\"b,c\n", "a\"b|c|\n");
  g_assert_cmpstr (isc_cells_get (cells, 0, 0), ==, "a\nb");
  g_assert_cmpuint (isc_cells_get_line (cells, 1), ==, 3);
}

/* The counts and the last cell are what tells scikit-learn's first line from a row with its label
 * last. */
static void
test_scikit_learn (void)
{
  assert_cells ("2,2,setosa,virginica\n1,2,0\n3,4,1\n", "1|2|0|\n3|4|1|\n");
  assert_cells ("2,2,setosa\n1,2,0\n3,4,1\n\n", "1|2|0|\n3|4|1|\n");
  assert_cells ("2,2,setosa\n1,2,iris\n3,4,iris\n", "2|2|setosa|\n1|2|iris|\n3|4|iris|\n");
  assert_cells ("3,2,setosa\n1,2,0\n3,4,1\n", "3|2|setosa|\n1|2|0|\n3|4|1|\n");
  assert_cells ("2,5,setosa\n1,2,0\n3,4,1\n", "2|5|setosa|\n1|2|0|\n3|4|1|\n");
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
  assert_refused ("", -1, "t.csv holds no row");
  assert_refused ("\n \n\t\r\n", -1, "t.csv holds no row");
  assert_refused ("1,2\n3,4,5\n", -1, "t.csv, line 2: it has 3 cells, and the lines above have 2");
  assert_refused ("a,b\n\n1,2\n3\n", -1,
                  "t.csv, line 4: it has 1 cell, and the lines above have 2");
  assert_refused ("1,2\n3;4\n", -1, "t.csv, line 2: it has 1 cell, and the lines above have 2");
  assert_refused ("a,b\n1,\"2\n3,4\n", -1, "t.csv, line 2: a quote is never closed");
  assert_refused ("\"a\"b,c\n", -1, "t.csv, line 1: something stands behind a closing quote");
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
  test_spellings ();
  test_write ();
  comma_locale_leave ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/csv/numpy", test_numpy);
  g_test_add_func ("/formats/csv/spellings", test_spellings);
  g_test_add_func ("/formats/csv/words", test_words);
  g_test_add_func ("/formats/csv/quotes", test_quotes);
  g_test_add_func ("/formats/csv/scikit-learn", test_scikit_learn);
  g_test_add_func ("/formats/csv/refused", test_refused);
  g_test_add_func ("/formats/csv/write", test_write);
  g_test_add_func ("/formats/csv/comma-locale", test_comma_locale);
  return g_test_run ();
}
