/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/runtime.h"

#include <float.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_log.h>

static void
test_gsl_errors (void)
{
  gsl_sf_result result;

  isc_runtime_init ();
  g_assert_cmpint (gsl_sf_log_e (-1.0, &result), ==, GSL_EDOM);
}

static void
test_denormals (void)
{
  volatile float smallest = FLT_MIN, half = 0.5f;
  guint mode = isc_runtime_begin_training_thread ();

#if defined(__SSE__) || defined(__aarch64__)
  g_assert_cmpfloat (smallest * half, ==, 0.0);
#endif
  g_assert_cmpfloat (smallest, ==, (double)FLT_MIN);
  isc_runtime_end_training_thread (mode);
  g_assert_cmpfloat (smallest * half, ==, (double)FLT_MIN / 2.0);
}

/* The mode is the thread's own: a window beside a running trainer keeps its denormals. */
static gpointer
multiply (gpointer data)
{
  volatile float smallest = FLT_MIN, half = 0.5f;
  guint mode = isc_runtime_begin_training_thread ();
  /* Volatile, so that it is not multiplied after the mode has ended. */
  volatile float product = smallest * half;

  isc_runtime_end_training_thread (mode);
  return GINT_TO_POINTER (product == 0.0f);
}

static void
test_other_thread (void)
{
  volatile float smallest = FLT_MIN, half = 0.5f;
  gpointer flushed = g_thread_join (g_thread_new ("trainer", multiply, NULL));

#if defined(__SSE__) || defined(__aarch64__)
  g_assert_true (GPOINTER_TO_INT (flushed));
#endif
  g_assert_cmpfloat (smallest * half, ==, (double)FLT_MIN / 2.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/runtime/gsl-errors", test_gsl_errors);
  g_test_add_func ("/base/runtime/denormals", test_denormals);
  g_test_add_func ("/base/runtime/other-thread", test_other_thread);
  return g_test_run ();
}
