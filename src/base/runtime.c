/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/runtime.h"

#include <gsl/gsl_errno.h>
#include <signal.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef __SSE__
#include <xmmintrin.h>
#endif

/* Memory of up to so much is kept for the next tensor instead of being handed back, and up to twice
 * as much in all: otherwise the system would clear the same pages for every picture of a drag, a
 * tenth of its time. */
#define KEPT_MEMORY (32 << 20)

/* MXCSR: flush to zero (bit 15) and denormals are zero (bit 6). */
#define FLUSH_DENORMALS 0x8040u

/* What OpenBLAS reads when it is loaded, unless somebody has said otherwise.  Releases before a
 * processor's know neither it nor its vector unit, and would take kernels of 2004: five times
 * slower. Set here, where there is no other thread yet. */
static void
advise_openblas (void)
{
  static const char *const cores[] = {
    [ISC_VECTOR_UNIT_V3] = "Haswell",
    [ISC_VECTOR_UNIT_V4] = "SkylakeX",
  };
  const char *core = cores[isc_runtime_vector_unit ()];

  if (core)
    g_setenv ("OPENBLAS_CORETYPE", core, FALSE);
  g_setenv ("OPENBLAS_NUM_THREADS", "1", FALSE);
}

void
isc_runtime_init (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      gsl_set_error_handler_off ();
      advise_openblas ();
#ifdef SIGXFSZ
      /* A file that may not grow is an error of whoever writes it, as on a full disk. */
      signal (SIGXFSZ, SIG_IGN);
#endif
#ifdef __GLIBC__
      mallopt (M_MMAP_THRESHOLD, KEPT_MEMORY);
      mallopt (M_TRIM_THRESHOLD, 2 * KEPT_MEMORY);
#endif
      g_once_init_leave (&done, 1);
    }
}

IscVectorUnit
isc_runtime_vector_unit (void)
{
#ifdef ISC_HAVE_X86_64_LEVELS
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma")
      && __builtin_cpu_supports ("bmi2"))
    {
      if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
          && __builtin_cpu_supports ("avx512cd") && __builtin_cpu_supports ("avx512dq")
          && __builtin_cpu_supports ("avx512vl"))
        return ISC_VECTOR_UNIT_V4;
      return ISC_VECTOR_UNIT_V3;
    }
#endif
  return ISC_VECTOR_UNIT_BASELINE;
}

guint
isc_runtime_begin_training_thread (void)
{
#if defined(__SSE__)
  guint mode = _mm_getcsr ();

  _mm_setcsr (mode | FLUSH_DENORMALS);
  return mode;
#elif defined(__aarch64__)
  guint64 mode;

  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"(mode | (1u << 24)));
  return (guint)mode;
#else
  return 0;
#endif
}

void
isc_runtime_end_training_thread (guint mode)
{
#if defined(__SSE__)
  _mm_setcsr (mode);
#elif defined(__aarch64__)
  __asm__ volatile("msr fpcr, %0" : : "r"((guint64)mode));
#endif
}
