/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dladdr(). */
#define _GNU_SOURCE
#include "base/lapack.h"

#include <dlfcn.h>

#include "base/runtime.h"

/* Loading it takes time, and drawing a figure has no use for it. */
static void
test_not_linked (void)
{
  isc_runtime_init ();
  g_assert_null (dlopen ("libopenblas.so.0", RTLD_LAZY | RTLD_NOLOAD));
}

static void
test_functions (void)
{
  const IscLapack *lapack = isc_lapack (NULL);
  const float a[] = { 1, 2, 3, 4 }, b[] = { 5, 6, 7, 8 }, one = 1, half = 0.5f;
  const int n = 2;
  float c[] = { 2, 4, 6, 8 };

  g_assert_nonnull (lapack);
  g_assert_true (isc_lapack (NULL) == lapack);
  /* Column by column: C = A B + C / 2. */
  lapack->sgemm ("N", "N", &n, &n, &n, &one, a, &n, b, &n, &half, c, &n);
  g_assert_cmpfloat (c[0], ==, 24);
  g_assert_cmpfloat (c[1], ==, 36);
  g_assert_cmpfloat (c[2], ==, 34);
  g_assert_cmpfloat (c[3], ==, 50);
}

/* Threads of its own would change last digits, and fight with those that train. */
static void
test_one_thread (void)
{
  const IscLapack *lapack = isc_lapack (NULL);
  void *handle = dlopen ("libopenblas.so.0", RTLD_LAZY | RTLD_NOLOAD);
  int (*get_num_threads) (void);
  Dl_info info;

  g_assert_nonnull (handle);
  get_num_threads = (int (*) (void))dlsym (handle, "openblas_get_num_threads");
  g_assert_nonnull (get_num_threads);
  g_assert_cmpint (get_num_threads (), ==, 1);
  g_assert_cmpint (dladdr ((void *)lapack->sgemm, &info), !=, 0);
  g_assert_nonnull (strstr (info.dli_fname, "libopenblas"));
}

static void
test_name (void)
{
  const char *name = isc_lapack_name ();

  g_assert_true (g_str_has_prefix (name, "OpenBLAS "));
  g_assert_true (g_str_has_suffix (name, " kernels"));
  g_assert_true (isc_lapack_name () == name);
  /* A processor that is newer than OpenBLAS would get its oldest kernels. */
  if (isc_runtime_vector_unit () == ISC_VECTOR_UNIT_V4)
    g_assert_nonnull (strstr (name, "SkylakeX"));
  else if (isc_runtime_vector_unit () == ISC_VECTOR_UNIT_V3)
    g_assert_nonnull (strstr (name, "Haswell"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("OPENBLAS_CORETYPE");
  /* First, before anybody has called isc_lapack(). */
  g_test_add_func ("/base/lapack/not-linked", test_not_linked);
  g_test_add_func ("/base/lapack/functions", test_functions);
  g_test_add_func ("/base/lapack/one-thread", test_one_thread);
  g_test_add_func ("/base/lapack/name", test_name);
  return g_test_run ();
}
