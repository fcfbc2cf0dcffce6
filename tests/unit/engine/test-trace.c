/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Traces across the boundaries of their chunks. */

#include <math.h>

#include "engine/trace.h"
#include "support/reference.h"

static const char *const names[] = { "0.weight", "0.bias" };

#define N_COLUMNS ((guint)ISC_TRACE_PARAMETERS + 4)
#define N_ROWS 100000

/* Exact in float32, and another number for every row and column. */
static float
value_at (gsize step, guint column)
{
  return (float)step + 0.125f * (float)column;
}

static IscTrace *
filled (gsize n)
{
  IscTrace *trace = isc_trace_new (names, G_N_ELEMENTS (names));
  float row[N_COLUMNS];

  for (gsize step = 0; step < n; step++)
    {
      for (guint column = 0; column < N_COLUMNS; column++)
        row[column] = value_at (step, column);
      g_assert_true (isc_trace_append (trace, row));
      g_assert_cmpuint (isc_trace_get_n_steps (trace), ==, step + 1);
    }
  return trace;
}

static void
test_head (void)
{
  g_autoptr (IscTrace) trace = isc_trace_new (names, G_N_ELEMENTS (names));
  g_autoptr (IscTrace) bare = isc_trace_new (NULL, 0);

  g_assert_cmpuint (isc_trace_get_n_steps (trace), ==, 0);
  g_assert_cmpuint (isc_trace_get_n_columns (trace), ==, N_COLUMNS);
  g_assert_cmpuint (isc_trace_get_n_parameters (trace), ==, 2);
  g_assert_cmpstr (isc_trace_get_name (trace, 0), ==, "0.weight");
  g_assert_cmpstr (isc_trace_get_name (trace, 1), ==, "0.bias");
  g_assert_cmpuint (isc_trace_get_n_columns (bare), ==, ISC_TRACE_PARAMETERS);
  g_assert_cmpuint (isc_trace_get_n_parameters (bare), ==, 0);
}

static void
test_rows (void)
{
  g_autoptr (IscTrace) trace = filled (N_ROWS);

  for (gsize step = 0; step < N_ROWS; step++)
    for (guint column = 0; column < N_COLUMNS; column++)
      g_assert_cmpfloat (isc_trace_get (trace, step, column), ==, value_at (step, column));
}

static void
test_columns (void)
{
  g_autoptr (IscTrace) trace = filled (N_ROWS);
  g_autofree double *out = g_new (double, N_ROWS + 1);

  out[N_ROWS] = -1.0;
  isc_trace_copy_column (trace, 3, 0, N_ROWS, out);
  for (gsize step = 0; step < N_ROWS; step++)
    g_assert_cmpfloat (out[step], ==, (double)value_at (step, 3));
  g_assert_cmpfloat (out[N_ROWS], ==, -1.0);

  /* Around the first boundaries: chunk k begins at row 256 (2^k - 1). */
  for (gsize k = 1; k < 9; k++)
    {
      gsize boundary = 256 * (((gsize)1 << k) - 1);

      isc_trace_copy_column (trace, 4, boundary - 2, 5, out);
      for (gsize i = 0; i < 5; i++)
        g_assert_cmpfloat (out[i], ==, (double)value_at (boundary - 2 + i, 4));
    }

  out[0] = 42.0;
  isc_trace_copy_column (trace, 0, N_ROWS, 0, out);
  g_assert_cmpfloat (out[0], ==, 42.0);
}

static void
test_rows_stay (void)
{
  /* A reader that has a row keeps it while the trace grows beyond it. */
  g_autoptr (IscTrace) trace = filled (300);
  g_autoptr (IscTrace) reader = isc_trace_ref (trace);
  float row[N_COLUMNS] = { 0 };
  const float nan_row[N_COLUMNS] = { NAN, INFINITY, -INFINITY, 0.0f, -0.0f };

  for (int i = 0; i < 5000; i++)
    g_assert_true (isc_trace_append (trace, row));
  g_assert_true (isc_trace_append (trace, nan_row));
  for (gsize step = 0; step < 300; step++)
    g_assert_cmpfloat (isc_trace_get (reader, step, 4), ==, value_at (step, 4));
  g_assert_true (isnan (isc_trace_get (reader, 5300, 0)));
  g_assert_true (isc_trace_get (reader, 5300, 1) == INFINITY
                 && isc_trace_get (reader, 5300, 2) == -INFINITY);
}

static void
assert_critical (void)
{
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*CRITICAL*");
}

/* A programmer's error, which g_return_if_fail() tells of instead of reading beyond the end. */
static void
test_step_out_of_range (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (IscTrace) trace = filled (3);

      isc_trace_get (trace, 3, 0);
      return;
    }
  assert_critical ();
}

static void
test_copy_out_of_range (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (IscTrace) trace = filled (3);
      double out[8];

      /* The sum wraps around to 1. */
      isc_trace_copy_column (trace, 0, G_MAXSIZE, 2, out);
      return;
    }
  assert_critical ();
}

static void
test_column_out_of_range (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (IscTrace) trace = filled (3);
      double out[3];

      isc_trace_copy_column (trace, N_COLUMNS, 0, 3, out);
      return;
    }
  assert_critical ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/trace/head", test_head);
  g_test_add_func ("/engine/trace/rows", test_rows);
  g_test_add_func ("/engine/trace/columns", test_columns);
  g_test_add_func ("/engine/trace/rows-stay", test_rows_stay);
  g_test_add_func ("/engine/trace/step-out-of-range", test_step_out_of_range);
  g_test_add_func ("/engine/trace/copy-out-of-range", test_copy_out_of_range);
  g_test_add_func ("/engine/trace/column-out-of-range", test_column_out_of_range);
  return g_test_run ();
}
