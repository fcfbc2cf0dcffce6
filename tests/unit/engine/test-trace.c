/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Traces across the boundaries of their chunks, and what is left of them when they are thinned. */

#include <math.h>

#include "base/generator.h"
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

/* What a run does: a full trace is thinned and goes on. */
static IscTrace *
append_thinning (IscTrace *trace, const float *row)
{
  if (isc_trace_get_n_rows (trace) == isc_trace_get_capacity (trace))
    {
      IscTrace *thin = isc_trace_thin (trace);

      g_assert_nonnull (thin);
      g_assert_cmpuint (isc_trace_get_n_rows (thin), <=, isc_trace_get_capacity (trace) / 2);
      g_assert_cmpuint (isc_trace_get_n_steps (thin), ==, isc_trace_get_n_steps (trace));
      isc_trace_unref (trace);
      trace = thin;
    }
  g_assert_true (isc_trace_append (trace, row));
  return trace;
}

static gboolean
same (float a, float b)
{
  return a == b || (isnan (a) && isnan (b));
}

/* The least and the greatest of steps @first to @end, a NaN counting as the greatest of all. */
static void
range_of (const float *raw, gsize first, gsize end, guint column, float *low, float *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize step = first; step < end; step++)
    {
      float value = raw[step * N_COLUMNS + column];

      *low = isnan (value) ? *low : MIN (*low, value);
      *high = isnan (value) || isnan (*high) ? NAN : MAX (*high, value);
    }
}

/* Every row of @trace against the steps that were appended. */
static void
check_rows (const IscTrace *trace, const float *raw, gsize n_steps)
{
  gsize n_rows = isc_trace_get_n_rows (trace);
  gsize span = isc_trace_get_span (trace);

  g_assert_cmpuint (isc_trace_get_n_steps (trace), ==, n_steps);
  g_assert_cmpuint (isc_trace_get_step (trace, 0), ==, 0);
  g_assert_cmpuint (isc_trace_get_step (trace, n_rows - 1), ==, n_steps - 1);
  for (gsize row = 0; row < n_rows;)
    {
      gsize step = isc_trace_get_step (trace, row);
      gboolean is_pair = row + 1 < n_rows && isc_trace_get_step (trace, row + 1) == step;
      gsize end
          = row + 1 + is_pair < n_rows ? isc_trace_get_step (trace, row + 1 + is_pair) : n_steps;

      g_assert_cmpuint (end, >, step);
      g_assert_cmpuint (end - step, <=, is_pair ? span : 1);
      for (guint column = 0; column < N_COLUMNS; column++)
        {
          float low, high;

          range_of (raw, step, end, column, &low, &high);
          g_assert_true (same (isc_trace_get (trace, row, column), is_pair ? low : high));
          g_assert_true (same (isc_trace_get (trace, row + is_pair, column), high));
        }
      row += 1 + is_pair;
    }
}

static void
test_thinned (void)
{
  const gsize capacities[] = { 8, 9, 64, 100, 1000 };
  const gsize n = 5000;
  g_autofree float *raw = g_new (float, n *N_COLUMNS);
  g_autoptr (IscGenerator) generator = isc_generator_new (5);

  for (gsize i = 0; i < n * N_COLUMNS; i++)
    raw[i] = (float)isc_generator_uniform_double (generator);
  /* What must not be lost. */
  raw[1234 * N_COLUMNS + 2] = 1e30f;
  raw[1235 * N_COLUMNS + 2] = -1e30f;
  raw[77 * N_COLUMNS + 3] = NAN;
  raw[2600 * N_COLUMNS + 4] = INFINITY;
  raw[2601 * N_COLUMNS + 4] = -INFINITY;

  for (guint i = 0; i < G_N_ELEMENTS (capacities); i++)
    {
      g_autoptr (IscTrace) trace = isc_trace_new (names, G_N_ELEMENTS (names));

      isc_trace_set_capacity (trace, capacities[i]);
      for (gsize step = 0; step < n; step++)
        {
          trace = append_thinning (trace, raw + step * N_COLUMNS);
          g_assert_cmpuint (isc_trace_get_n_rows (trace), <=, capacities[i]);
          if (step % 97 == 0 || step == n - 1)
            check_rows (trace, raw, step + 1);
        }
      g_assert_cmpuint (isc_trace_get_span (trace), >=, 4);
    }
}

static void
test_copy (void)
{
  g_autofree float *raw = g_new (float, 300 * N_COLUMNS);
  g_autoptr (IscTrace) trace = isc_trace_new (names, G_N_ELEMENTS (names));
  g_autoptr (IscTrace) copy = NULL;
  gsize n_rows = 0;

  for (gsize i = 0; i < 300 * N_COLUMNS; i++)
    raw[i] = (float)((i * 2654435761u) % 1000);
  isc_trace_set_capacity (trace, 50);
  for (gsize step = 0; step < 290; step++)
    {
      trace = append_thinning (trace, raw + step * N_COLUMNS);
      if (step == 279)
        n_rows = isc_trace_get_n_rows (trace);
    }
  g_assert_cmpuint (isc_trace_get_n_rows (trace), ==, n_rows + 10);

  /* Goes on as the one it was made of did. */
  copy = isc_trace_copy (trace, n_rows);
  g_assert_cmpuint (isc_trace_get_n_steps (copy), ==, 280);
  g_assert_cmpuint (isc_trace_get_capacity (copy), ==, 50);
  for (gsize step = 280; step < 300; step++)
    copy = append_thinning (copy, raw + step * N_COLUMNS);
  for (gsize step = 290; step < 300; step++)
    trace = append_thinning (trace, raw + step * N_COLUMNS);
  g_assert_cmpuint (isc_trace_get_n_rows (copy), ==, isc_trace_get_n_rows (trace));
  check_rows (copy, raw, 300);
  check_rows (trace, raw, 300);
}

/* The memory of a trace is what it is said to be, and the least a network can have. */
static void
test_capacity (void)
{
  g_autofree const char **many = g_new (const char *, 30000);
  g_autoptr (IscTrace) small = isc_trace_new (NULL, 0);
  g_autoptr (IscTrace) large = NULL;
  gsize bytes = isc_trace_get_capacity (small) * ISC_TRACE_PARAMETERS * sizeof (float);

  g_assert_cmpuint (bytes, <=, 32 << 20);
  g_assert_cmpuint (bytes, >, 16 << 20);
  for (guint i = 0; i < 30000; i++)
    many[i] = "x";
  large = isc_trace_new (many, 30000);
  g_assert_cmpuint (isc_trace_get_capacity (large), ==, 768);
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
  g_test_add_func ("/engine/trace/thinned", test_thinned);
  g_test_add_func ("/engine/trace/copy", test_copy);
  g_test_add_func ("/engine/trace/capacity", test_capacity);
  g_test_add_func ("/engine/trace/step-out-of-range", test_step_out_of_range);
  g_test_add_func ("/engine/trace/copy-out-of-range", test_copy_out_of_range);
  g_test_add_func ("/engine/trace/column-out-of-range", test_column_out_of_range);
  return g_test_run ();
}
