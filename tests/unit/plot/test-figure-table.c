/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/figure-table.h"

#include <math.h>

#include "base/tensor.h"

static void
assert_cell (
    IscFigureTable *table, gsize row, IscTableColumn column, int digits, const char *expected)
{
  g_autofree char *text = isc_figure_table_dup_cell (table, row, column, digits);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_marks (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const double edges[] = { -2.385, 0.0, 1.5 };
  const double heights[] = { 7.25, 3.0 };
  const double x[] = { 1.0, 2.0, 3.0 };
  const double y[] = { 1.0 / 3.0, NAN, -1e-7 };
  g_autoptr (IscFigureTable) table = NULL;

  isc_panel_set_axis (panel, ISC_AXIS_X, "weight", ISC_SCALE_LINEAR);
  isc_panel_add_bars (panel, &(IscStyle){ 0 }, "histogram", edges, heights, 2);
  isc_panel_add_line (panel, &(IscStyle){ 0 }, NULL, x, y, 3);
  isc_panel_add_rule (panel, &(IscStyle){ 0 }, "mean", ISC_AXIS_X, 0.5);
  table = isc_figure_table_new (figure);

  g_assert_cmpuint (isc_figure_table_get_n_rows (table), ==, 6);
  g_assert_false (isc_figure_table_has_column (table, ISC_COLUMN_PANEL));
  g_assert_true (isc_figure_table_has_column (table, ISC_COLUMN_SERIES));
  g_assert_true (isc_figure_table_has_column (table, ISC_COLUMN_HIGH));
  g_assert_false (isc_figure_table_has_column (table, ISC_COLUMN_VALUE));
  g_assert_cmpstr (isc_figure_table_get_axis_title (table, ISC_AXIS_X), ==, "weight");
  g_assert_null (isc_figure_table_get_axis_title (table, ISC_AXIS_Y));

  assert_cell (table, 0, ISC_COLUMN_SERIES, 0, "histogram");
  assert_cell (table, 0, ISC_COLUMN_LOW, 4, "−2.385");
  assert_cell (table, 1, ISC_COLUMN_Y, 4, "3");
  assert_cell (table, 2, ISC_COLUMN_SERIES, 0, "line");
  assert_cell (table, 2, ISC_COLUMN_Y, 4, "0.3333");
  assert_cell (table, 2, ISC_COLUMN_Y, 0, "0.3333333333333333");
  assert_cell (table, 2, ISC_COLUMN_LOW, 4, "");
  assert_cell (table, 3, ISC_COLUMN_Y, 4, "NaN");
  assert_cell (table, 4, ISC_COLUMN_Y, 0, "-1e-07");
  assert_cell (table, 5, ISC_COLUMN_X, 4, "0.5");
  assert_cell (table, 5, ISC_COLUMN_Y, 4, "");
  /* Backwards as well. */
  assert_cell (table, 0, ISC_COLUMN_HIGH, 4, "0");
}

/* A matrix and names, over several blocks of rows and two panels. */
static void
test_cells (void)
{
  const IscShape shape = { .n_dims = 2, .dims = { 40, 50 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (IscTensor) tensor = isc_tensor_new (NULL, &shape, &error);
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  IscPanel *other = isc_figure_add_panel (figure);
  const IscImage image = { .tensor = tensor, .rows = 40, .columns = 50, .x1 = 50, .y1 = 40 };
  const double at[] = { 1.0, 2.0 };
  const char *const names[] = { "first", "second" };
  const double heights[] = { 4.0, 5.0 };
  g_autoptr (IscFigureTable) table = NULL;
  float *values;

  g_assert_no_error (error);
  values = isc_tensor_edit_data (tensor);
  for (guint i = 0; i < 2000; i++)
    values[i] = (float)i * 0.1f;
  isc_panel_add_image (panel, &image);
  isc_panel_set_title (other, "by layer");
  isc_panel_set_categories (other, ISC_AXIS_X, at, names, 2);
  isc_panel_add_points (other, &(IscStyle){ 0 }, "norm", at, heights, 2);
  table = isc_figure_table_new (figure);

  g_assert_cmpuint (isc_figure_table_get_n_rows (table), ==, 2002);
  assert_cell (table, 0, ISC_COLUMN_PANEL, 4, "1");
  assert_cell (table, 1999, ISC_COLUMN_ROW, 4, "39");
  assert_cell (table, 1999, ISC_COLUMN_COLUMN, 4, "49");
  assert_cell (table, 1999, ISC_COLUMN_VALUE, 0, "199.90001");
  assert_cell (table, 1023, ISC_COLUMN_VALUE, 4, "102.3");
  assert_cell (table, 1024, ISC_COLUMN_VALUE, 4, "102.4");
  assert_cell (table, 2001, ISC_COLUMN_PANEL, 4, "by layer");
  assert_cell (table, 2001, ISC_COLUMN_X, 4, "second");
  assert_cell (table, 2001, ISC_COLUMN_Y, 4, "5");
  assert_cell (table, 3, ISC_COLUMN_VALUE, 4, "0.3");
}

static void
test_empty (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscFigureTable) table = NULL;

  isc_figure_add_panel (figure);
  table = isc_figure_table_new (figure);
  g_assert_cmpuint (isc_figure_table_get_n_rows (table), ==, 0);
  for (IscTableColumn i = 0; i < ISC_N_COLUMNS; i++)
    g_assert_false (isc_figure_table_has_column (table, i));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-table/marks", test_marks);
  g_test_add_func ("/figure-table/cells", test_cells);
  g_test_add_func ("/figure-table/empty", test_empty);
  return g_test_run ();
}
