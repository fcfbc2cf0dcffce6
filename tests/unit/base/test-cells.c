/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/cells.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "support/reference.h"

static void
test_rows (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCells) cells = isc_cells_new ("t.csv", 4, 2, 13, &error);

  g_assert_no_error (error);
  isc_cells_append (cells, "forgotten", 9);
  isc_cells_end_row (cells, 1);
  isc_cells_clear (cells);
  isc_cells_append (cells, "width", 5);
  isc_cells_append (cells, "", 0);
  isc_cells_end_row (cells, 3);
  isc_cells_append (cells, "2.5xx", 3);
  isc_cells_append (cells, "7", 1);
  isc_cells_end_row (cells, 7);

  g_assert_cmpstr (isc_cells_get_name (cells), ==, "t.csv");
  g_assert_cmpuint (isc_cells_get_n_rows (cells), ==, 2);
  g_assert_cmpuint (isc_cells_get_n_columns (cells), ==, 2);
  g_assert_cmpuint (isc_cells_get_line (cells, 0), ==, 3);
  g_assert_cmpuint (isc_cells_get_line (cells, 1), ==, 7);
  g_assert_cmpstr (isc_cells_get (cells, 0, 0), ==, "width");
  g_assert_cmpstr (isc_cells_get (cells, 0, 1), ==, "");
  g_assert_cmpstr (isc_cells_get (cells, 1, 0), ==, "2.5");
  g_assert_cmpstr (isc_cells_get (cells, 1, 1), ==, "7");
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    double number;
  } good[] = {
    { "0", 0.0 },
    { "007", 7.0 },
    { "255", 255.0 },
    { "999999999999999", 999999999999999.0 },
    { "9999999999999999", 9999999999999999.0 },
    { "12345678901234567890", 12345678901234567890.0 },
    { "2.385", 2.385 },
    { "-1e-3", -1e-3 },
    { "inf", INFINITY },
    { "nan", NAN },
  };
  static const char *const bad[] = { "", "x", "1x", "1 2", "0x10", "1,5", "--1" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (IscCells) cells = isc_cells_new ("t", 1, 1, 32, NULL);
      double number;

      isc_cells_append (cells, good[i].text, strlen (good[i].text));
      isc_cells_end_row (cells, 1);
      g_assert_true (isc_cells_get_number (cells, 0, 0, &number));
      assert_close (number, good[i].number, 0, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (IscCells) cells = isc_cells_new ("t", 1, 1, 32, NULL);
      double number;

      isc_cells_append (cells, bad[i], strlen (bad[i]));
      isc_cells_end_row (cells, 1);
      g_assert_false (isc_cells_get_number (cells, 0, 0, &number));
    }
}

static void
test_no_memory (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_cells_new ("t.csv", G_MAXSIZE / 4, 1, 1, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_RESOURCE);
  g_assert_true (g_str_has_suffix (error->message, " cells of t.csv"));
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/cells/rows", test_rows);
  g_test_add_func ("/base/cells/numbers", test_numbers);
  g_test_add_func ("/base/cells/no-memory", test_no_memory);
  return g_test_run ();
}
