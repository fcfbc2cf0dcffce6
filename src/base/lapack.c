/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/lapack.h"

#include <dlfcn.h>

#include "base/error.h"
#include "base/library.h"

/* Its name, the same in all versions of the last ten years. */
#define LIBRARY "libopenblas.so.0"

static const IscLibrarySymbol symbols[] = {
  { "dgeqrf_", G_STRUCT_OFFSET (IscLapack, dgeqrf) },
  { "dgesdd_", G_STRUCT_OFFSET (IscLapack, dgesdd) },
  { "dlatrd_", G_STRUCT_OFFSET (IscLapack, dlatrd) },
  { "dorgqr_", G_STRUCT_OFFSET (IscLapack, dorgqr) },
  { "dpotrf_", G_STRUCT_OFFSET (IscLapack, dpotrf) },
  { "dsterf_", G_STRUCT_OFFSET (IscLapack, dsterf) },
  { "dsyr2k_", G_STRUCT_OFFSET (IscLapack, dsyr2k) },
  { "dsyrk_", G_STRUCT_OFFSET (IscLapack, dsyrk) },
  { "dsytd2_", G_STRUCT_OFFSET (IscLapack, dsytd2) },
  { "sgemm_", G_STRUCT_OFFSET (IscLapack, sgemm) },
  { "sgeqrt3_", G_STRUCT_OFFSET (IscLapack, sgeqrt3) },
  { "ssterf_", G_STRUCT_OFFSET (IscLapack, ssterf) },
  { "ssyrk_", G_STRUCT_OFFSET (IscLapack, ssyrk) },
  { "ssytrd_", G_STRUCT_OFFSET (IscLapack, ssytrd) },
  { "strmm_", G_STRUCT_OFFSET (IscLapack, strmm) },
  { "strsm_", G_STRUCT_OFFSET (IscLapack, strsm) },
};

typedef struct
{
  IscLapack functions;
  char *name;
  /* Why there are no functions; NULL if there are. */
  GError *problem;
} Library;

/* OpenBLAS's own interface: "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...". */
static char *
read_name (void *handle)
{
  char *(*get_config) (void) = (char *(*)(void))dlsym (handle, "openblas_get_config");
  char *(*get_corename) (void) = (char *(*)(void))dlsym (handle, "openblas_get_corename");
  g_auto (GStrv) words = get_config ? g_strsplit (get_config (), " ", 3) : NULL;

  return g_strdup_printf ("%s %s, %s kernels", words && words[0] ? words[0] : "BLAS",
                          words && words[0] && words[1] ? words[1] : "of no version",
                          get_corename ? get_corename () : "unknown");
}

static Library *
load (void)
{
  Library *library = g_new0 (Library, 1);
  void *handle = isc_library_load (LIBRARY, symbols, G_N_ELEMENTS (symbols), &library->functions,
                                   &library->problem);
  void (*set_num_threads) (int)
      = handle ? (void (*) (int))dlsym (handle, "openblas_set_num_threads") : NULL;

  if (set_num_threads)
    set_num_threads (1);
  if (handle)
    library->name = read_name (handle);
  return library;
}

static const Library *
get_library (void)
{
  static gsize library = 0;

  if (g_once_init_enter (&library))
    g_once_init_leave (&library, (gsize)load ());
  return (const Library *)library;
}

const IscLapack *
isc_lapack (GError **error)
{
  const Library *library = get_library ();

  if (!library->problem)
    return &library->functions;
  g_propagate_error (error, g_error_copy (library->problem));
  return NULL;
}

const char *
isc_lapack_name (void)
{
  const Library *library = get_library ();

  return library->problem ? library->problem->message : library->name;
}
