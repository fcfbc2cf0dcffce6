/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dladdr() and RTLD_DEFAULT. */
#define _GNU_SOURCE
#include "base/runtime.h"

#include <cblas.h>
#include <dlfcn.h>
#include <float.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_log.h>

static void
test_threads (void)
{
  /* The test environment asks for one already: ask for more, so that somebody has to change it. */
  openblas_set_num_threads (2);
  g_assert_cmpint (openblas_get_num_threads (), ==, 2);

  isc_runtime_init ();
  g_assert_cmpint (openblas_get_num_threads (), ==, 1);
  isc_runtime_init ();
  g_assert_cmpint (openblas_get_num_threads (), ==, 1);
}

/* GSL's own flags bring a slow reference CBLAS; whichever library comes first answers everybody,
 * GSL itself too. */
static void
assert_from_openblas (const char *symbol, void *linked)
{
  void *found = dlsym (RTLD_DEFAULT, symbol);
  g_autofree char *library = NULL;
  Dl_info info;

  g_assert_nonnull (found);
  g_assert_true (found == linked);
  g_assert_cmpint (dladdr (found, &info), !=, 0);
  library = g_path_get_basename (info.dli_fname);
  if (!g_str_has_prefix (library, "libopenblas"))
    g_error ("%s comes from %s", symbol, info.dli_fname);
}

static void
test_openblas (void)
{
  assert_from_openblas ("cblas_sgemm", (void *)cblas_sgemm);
  assert_from_openblas ("cblas_dgemm", (void *)cblas_dgemm);
  assert_from_openblas ("cblas_sgemv", (void *)cblas_sgemv);
}

static void
test_blas_name (void)
{
  const char *name = isc_runtime_blas ();

  g_assert_true (g_str_has_prefix (name, "OpenBLAS "));
  g_assert_true (g_str_has_suffix (name, " kernels"));
  g_assert_true (isc_runtime_blas () == name);
}

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
  /* First, before anybody else has called isc_runtime_init(). */
  g_test_add_func ("/base/runtime/threads", test_threads);
  g_test_add_func ("/base/runtime/openblas", test_openblas);
  g_test_add_func ("/base/runtime/blas-name", test_blas_name);
  g_test_add_func ("/base/runtime/gsl-errors", test_gsl_errors);
  g_test_add_func ("/base/runtime/denormals", test_denormals);
  g_test_add_func ("/base/runtime/other-thread", test_other_thread);
  return g_test_run ();
}
