/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "script/script.h"
#include "support/comma-locale.h"

#define ROWS 3
#define COLUMNS 4

static IscScriptTarget
matrix (void)
{
  return (IscScriptTarget){
    .shape = isc_shape (2, (gint64)ROWS, (gint64)COLUMNS),
    .fan_in = COLUMNS,
    .fan_out = ROWS,
  };
}

static float *
fill (const char *text, const IscScriptTarget *target, guint64 seed, gsize *n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script = isc_script_new_expression (text, &error);
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  gint64 count;
  float *data;

  g_assert_no_error (error);
  isc_shape_count (&target->shape, &count, &error);
  g_assert_no_error (error);
  *n = (gsize)count;
  data = g_new (float, *n + 1);
  isc_script_fill (script, target, generator, data, *n, &error);
  g_assert_no_error (error);
  return data;
}

/* @last is the value of the last weight of a matrix of 3 by 4. */
static void
assert_last (const char *text, double last)
{
  IscScriptTarget target = matrix ();
  gsize n;
  g_autofree float *data = fill (text, &target, 0, &n);
  float expected = (float)last;

  g_assert_cmpuint (n, ==, ROWS * COLUMNS);
  g_assert_cmpmem (&data[n - 1], sizeof (float), &expected, sizeof (float));
}

static void
test_values (void)
{
  assert_last ("0.1", 0.1);
  assert_last ("7", 7);
  assert_last ("row", 2);
  assert_last ("col", 3);
  assert_last ("index", 11);
  assert_last ("row * 4 + col - index", 0);
  assert_last ("fan_in + 10 * fan_out", 34);
  assert_last ("shape[1] * 10 + shape[2] + 100 * #shape", 234);
  assert_last ("sqrt(2 / fan_in)", sqrt (0.5));
  assert_last ("pi * abs(-2)", 2 * G_PI);
  assert_last ("exp(1) + log(2) + sin(3) + cos(4)", exp (1) + log (2) + sin (3) + cos (4));
  assert_last ("tanh(0.5) + math.tanh(0.25)", tanh (0.5) + tanh (0.25));
  assert_last ("floor(2.7) + min(1, 2, 3) + max(1, 2, 3)", 6);
  assert_last ("math.ceil(0.5) + math.atan(1, 2)", 1 + atan2 (1, 2));
  assert_last ("row == col and 1 or 0", 0);
  assert_last ("-- the last\nindex == 11 -- one\nand 1\nor 0", 1);
  assert_last ("(function (a, b) local c = a + b return c * 2 end)(row, col)", 10);
  assert_last ("(function () local s = 0 for i = 1, 10 do s = s + i end return s end)()", 55);
  assert_last ("tonumber('0x10') + #'abc' + #string.rep('ab', 3)", 25);
  assert_last ("({ x = 3 }).x", 3);
  assert_last ("string.byte('abc', -1) + #string.format('%5.2f', 1)", 104);
  assert_last ("#tostring({}) + #tostring(sqrt) + #tostring(nil) + #tostring(1.5)", 5 + 8 + 3 + 3);
  assert_last ("tonumber(string.rep('1', 201)) == nil and tonumber('11') or 0", 11);
  assert_last ("1 / 0", INFINITY);
  assert_last ("-1 / 0", -INFINITY);
  assert_last ("1e300", INFINITY);
}

static void
test_nan_stays (void)
{
  IscScriptTarget target = matrix ();
  gsize n;
  g_autofree float *data = fill ("index == 5 and 0 / 0 or index", &target, 0, &n);

  for (gsize i = 0; i < n; i++)
    g_assert_true (i == 5 ? isnan (data[i]) : data[i] == (float)i);
}

static void
test_shapes (void)
{
  IscScriptTarget target = { .shape = isc_shape (1, (gint64)5) };
  gsize n;
  g_autofree float *vector = fill ("row * 100 + col * 10 + #shape", &target, 0, &n);
  g_autofree float *kernels = NULL;
  g_autofree float *scalar = NULL;
  g_autofree float *nothing = NULL;

  g_assert_cmpuint (n, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat (vector[i], ==, (float)(i * 100 + 1));

  target = (IscScriptTarget){ .shape = isc_shape (4, (gint64)2, (gint64)3, (gint64)2, (gint64)2) };
  kernels = fill ("row * 100 + col", &target, 0, &n);
  g_assert_cmpuint (n, ==, 24);
  for (guint i = 0; i < 24; i++)
    g_assert_cmpfloat (kernels[i], ==, (float)(i / 12 * 100 + i % 12));

  target = (IscScriptTarget){ .shape = { 0 } };
  scalar = fill ("index + row + col + #shape + 1", &target, 0, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (scalar[0], ==, 1);

  target = (IscScriptTarget){ .shape = isc_shape (2, (gint64)0, (gint64)3) };
  nothing = fill ("error('never')", &target, 0, &n);
  g_assert_cmpuint (n, ==, 0);
}

/* torch.rand(()) and torch.randn(()) one after the other, and then the arithmetic in double. */
static void
test_draws (void)
{
  IscScriptTarget target = matrix ();
  g_autoptr (IscGenerator) generator = isc_generator_new (42);
  gsize n;
  g_autofree float *data = fill ("randn() * sqrt(2 / fan_in) + rand()", &target, 42, &n);

  for (gsize i = 0; i < n; i++)
    {
      float normal, uniform, expected;

      isc_generator_normal (generator, &normal, 1, 0.0, 1.0);
      isc_generator_uniform (generator, &uniform, 1, 0.0, 1.0);
      expected = (float)((double)normal * sqrt (2.0 / COLUMNS) + (double)uniform);
      g_assert_cmpmem (&data[i], sizeof (float), &expected, sizeof (float));
    }
}

static void
assert_not_read (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_script_new_expression (text, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_not_read (void)
{
  g_autofree char *deep = g_strnfill (300, '(');
  g_autofree char *long_text = g_strnfill (ISC_SCRIPT_MAX_EXPRESSION + 1, '1');

  assert_not_read ("", "custom: an expression is wanted, such as randn() * sqrt(2 / fan_in)");
  assert_not_read (" -- x", "custom: an expression is wanted, such as randn() * sqrt(2 / fan_in)");
  assert_not_read ("1 +", "custom: column 4: unexpected symbol at the end");
  assert_not_read ("1 + * 2", "custom: column 5: unexpected symbol near '*'");
  assert_not_read ("1 2", "custom: column 3: the text should end before '2'");
  assert_not_read ("2 * (1 + (3 - 4)",
                   "custom: column 17: ')' expected (to close '(' at column 5) at the end");
  assert_not_read ("3x", "custom: column 1: malformed number near '3x'");
  assert_not_read ("1 + 'abc", "custom: column 5: the text has no closing quote");
  assert_not_read ("1 +\n + + x", "custom: line 2, column 2: unexpected symbol near '+'");
  assert_not_read (deep, "custom: calls or brackets are nested too deeply");
  assert_not_read (long_text,
                   "custom: the expression has 4097 bytes, and 4096 are allowed: write a script");

  /* What would end the function that the expression is compiled in. */
  assert_not_read ("1) end, os.exit(", "custom: column 2: the text should end before ')'");
  assert_not_read ("1 end", "custom: column 3: the text should end before 'end'");
  assert_not_read ("1; os.exit()", "custom: column 4: the text should end before 'os'");
  assert_not_read ("1, 2",
                   "custom: column 2: one value is wanted, and the expression goes on here");
  assert_not_read ("1;", "custom: column 2: one value is wanted, and the expression goes on here");
  assert_not_read ("x = 1", "custom: column 3: the text should end before '='");
  assert_not_read ("f(...)", "custom: column 3: '...' is not known here: name the parameters");
}

/* Both ways say the same, but for names that the check alone looks up. */
static void
assert_fails (const char *text, const IscScriptTarget *target, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) fill_error = NULL;
  g_autoptr (IscScript) script = isc_script_new_expression (text, &error);
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  float data[ROWS * COLUMNS];

  g_assert_no_error (error);
  g_assert_false (isc_script_check (script, target, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_false (isc_script_fill (script, target, generator, data, 5, &fill_error));
  g_assert_error (fill_error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (fill_error->message, ==, message);
}

#define CONTENTS                                                                                   \
  "an expression has fan_in, fan_out, shape, row, col, index, rand(), randn() and Lua's math"
#define ENDLESS                                                                                    \
  "the expression ran longer than 1,000,000 steps and 2,000 more for every weight without an "     \
  "answer: is there an endless loop?"

static void
test_fails (void)
{
  IscScriptTarget target = matrix ();
  IscScriptTarget bias = { .shape = isc_shape (1, (gint64)5) };

  assert_fails ("'abc'", &target,
                "custom: the expression gives a string ('abc'), and a number is wanted");
  assert_fails ("'12'", &target,
                "custom: the expression gives a string ('12'), and a number is wanted");
  assert_fails ("nil", &target,
                "custom: the expression gives nothing (nil), and a number is wanted");
  assert_fails ("row == col", &target,
                "custom: the expression gives true, and a number is wanted: write '... and 1 or "
                "0'");
  assert_fails ("sqrt", &target, "custom: the expression gives a function, and a number is wanted");
  assert_fails ("os.execute('ls')", &target, "custom: column 1: 'os' is not known here: " CONTENTS);
  assert_fails ("1 + fanin", &target, "custom: column 5: 'fanin' is not known here: " CONTENTS);
  assert_fails ("(function() return f() end)()", &target,
                "custom: column 20: 'f' is not known here: " CONTENTS);
  assert_fails ("randn() * sqrt(2 / fan_in)", &bias,
                "custom: column 20: fan_in needs a weight of at least 2 dimensions, and this one "
                "has 1");
  assert_fails ("2 + nil * 3", &target,
                "custom: column 9: attempt to perform arithmetic on a nil value");
  assert_fails ("1 + sqrt('a')", &target,
                "custom: column 5: bad argument #1 to 'sqrt' (number expected, got string)");
  assert_fails ("1 // 0", &target, "custom: column 3: attempt to divide by zero");
  assert_fails ("'1' + 1", &target,
                "custom: column 5: attempt to perform arithmetic on a string value (constant '1')");
  assert_fails ("error('no')", &target, "custom: column 1: no");
  assert_fails ("error({})", &target, "custom: column 1: the error that was raised is no text");
  assert_fails ("assert(1 > 2, 'no')", &target, "custom: column 1: no");
  assert_fails ("randn(3)", &target,
                "custom: column 1: randn() takes no arguments: it is one number of N(0, 1)");
  assert_fails ("pairs({})", &target,
                "custom: column 1: 'pairs' is not known here: its order is by chance, and ipairs() "
                "counts");
  assert_fails ("1 + math.random()", &target,
                "custom: column 10: 'math.random' is not known here: random numbers are rand() "
                "and randn(), and math has abs, acos, asin, atan, ceil, cos, deg, exp, floor, "
                "fmod, huge, log, max, min, modf, pi, rad, sin, sqrt, tan, tanh...");
  assert_fails ("string.format('%p', 'a')", &target,
                "custom: column 1: bad argument #1 to 'format' ('%p' is not known here)");
}

static void
test_unreached_names (void)
{
  IscScriptTarget target = matrix ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script = isc_script_new_expression ("row < 9 and 1 or foo.bar", &error);

  g_assert_no_error (error);
  g_assert_false (isc_script_check (script, &target, &error));
  g_assert_cmpstr (error->message, ==, "custom: column 18: 'foo' is not known here: " CONTENTS);
}

static void
test_limits (void)
{
  IscScriptTarget target = matrix ();

  assert_fails ("(function() while true do end end)()", &target, "custom: column 24: " ENDLESS);
  assert_fails ("1 + ('x'):rep(1e9)", &target,
                "custom: column 5: the expression asked for more than 64 MiB of memory");
  assert_fails ("1 + #string.rep('x', 1e18)", &target,
                "custom: column 6: the expression asked for more than 64 MiB of memory");
  assert_fails ("(function() local s = 'x' while true do s = s .. s end end)()", &target,
                "custom: column 47: the expression made a text of more than 16 KiB");
}

static void
test_recursion (void)
{
  IscScriptTarget target = matrix ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script = isc_script_new_expression (
      "(function() local function f(a) return 1 + f(a) end return f(1) end)()", &error);

  g_assert_no_error (error);
  g_assert_false (isc_script_check (script, &target, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
}

/* One step of Lua's own string.rep() would take seconds. */
static void
test_long_step (void)
{
  gint64 start = g_get_monotonic_time ();

  assert_last ("#string.rep('', 1e9) + #('').rep('', 3, '-')", 2);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 900000);
}

/* What an expression saves is not saved up for a later weight that never ends. */
static void
test_late_loop (void)
{
  IscScriptTarget target = { .shape = isc_shape (1, (gint64)100000) };
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script
      = isc_script_new_expression ("(function() while index == 99999 do end return 0 end)()",
                                   &error);
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_autofree float *data = g_new (float, 100000);
  gint64 start = g_get_monotonic_time ();

  g_assert_no_error (error);
  g_assert_false (isc_script_fill (script, &target, generator, data, 100000, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  /* All that was saved would be 2e8 steps, a second and more; one allowance is 10 ms. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 900000);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  IscScriptTarget target = matrix ();
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script
      = isc_script_new_expression ("(function() while true do end end)()", &error);
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  float data[ROWS * COLUMNS];

  g_assert_no_error (error);
  target.cancellable = cancellable;
  g_cancellable_cancel (cancellable);
  g_assert_false (isc_script_fill (script, &target, generator, data, ROWS * COLUMNS, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_CANCELLED);
}

static void
test_comma_locale (void)
{
  comma_locale_enter ();
  assert_last ("0.5 + tonumber('0.25') + #tostring(1.5)", 3.75);
  assert_last ("#(1.25 .. '')", 4);
  comma_locale_leave ();
}

static gpointer
fill_in_thread (gpointer script)
{
  IscScriptTarget target = { .shape = isc_shape (2, (gint64)100, (gint64)100), .fan_in = 100 };
  g_autoptr (IscGenerator) generator = isc_generator_new (7);
  float *data = g_new (float, 10000);

  g_assert_true (isc_script_fill (script, &target, generator, data, 10000, NULL));
  return data;
}

static void
test_threads (void)
{
  g_autoptr (IscScript) script
      = isc_script_new_expression ("randn() * sqrt(2 / fan_in) + #tostring({})", NULL);
  GThread *threads[4];
  g_autofree float *expected = fill_in_thread (script);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("fill", fill_in_thread, script);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree float *data = g_thread_join (threads[i]);

      g_assert_cmpmem (data, 10000 * sizeof *data, expected, 10000 * sizeof *expected);
    }
}

int
main (int argc, char **argv)
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/script/expression/values", test_values);
  g_test_add_func ("/script/expression/nan-stays", test_nan_stays);
  g_test_add_func ("/script/expression/shapes", test_shapes);
  g_test_add_func ("/script/expression/draws", test_draws);
  g_test_add_func ("/script/expression/not-read", test_not_read);
  g_test_add_func ("/script/expression/fails", test_fails);
  g_test_add_func ("/script/expression/unreached-names", test_unreached_names);
  g_test_add_func ("/script/expression/limits", test_limits);
  g_test_add_func ("/script/expression/recursion", test_recursion);
  g_test_add_func ("/script/expression/long-step", test_long_step);
  g_test_add_func ("/script/expression/late-loop", test_late_loop);
  g_test_add_func ("/script/expression/cancelled", test_cancelled);
  g_test_add_func ("/script/expression/comma-locale", test_comma_locale);
  g_test_add_func ("/script/expression/threads", test_threads);
  return g_test_run ();
}
