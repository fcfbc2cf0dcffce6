/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/gram.h"

#include "base/error.h"
#include "base/lapack.h"
#include "stats/kernels.h"

/* Vectors of the longer side that are multiplied in one go, at most: in equal parts, because BLAS
 * is slow on small rests. */
#define MAX_CHUNK 512

/* Columns made tridiagonal in one go, and up to how many are left for the plain method. */
#define BLOCK 32
#define MAX_PLAIN 32

static gboolean
fail_for_memory (gsize k, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
               "there is no memory for the spectrum of a matrix with %" G_GSIZE_FORMAT
               " on the shorter side",
               k);
  return FALSE;
}

/* Iterations run out only on what is not a number, of which callers see to it that there is none.
 */
static gboolean
check_converged (int info, GError **error)
{
  if (info == 0)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "the spectrum of this matrix does not converge");
  return FALSE;
}

gboolean
isc_gram (const float *w, gsize rows, gsize columns, double *gram, GCancellable *cancellable)
{
  gboolean tall = rows >= columns;
  const IscStatsKernels *kernels = isc_stats_kernels ();
  const IscLapack *lapack = isc_lapack (NULL);
  gsize k = MIN (rows, columns), longer = MAX (rows, columns);
  gsize n_chunks = (longer + MAX_CHUNK - 1) / MAX_CHUNK;
  gsize chunk = (longer + n_chunks - 1) / n_chunks;
  g_autofree double *part = g_new (double, chunk *k);
  const double one = 1;
  int n = (int)k;

  for (gsize done = 0; done < longer; done += chunk)
    {
      int length = (int)MIN (chunk, longer - done);
      const double before = done > 0;

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      /* BLAS reads columns: rows of a tall matrix are its transpose's, a wide one's have to be cut.
       */
      if (tall)
        kernels->widen (w + done * k, (gsize)length * k, part);
      else
        for (gsize row = 0; row < k; row++)
          kernels->widen (w + row * longer + done, (gsize)length, part + row * (gsize)length);
      lapack->dsyrk ("L", tall ? "N" : "T", &n, &length, &one, part, tall ? &n : &length, &before,
                     gram, &n);
    }
  return TRUE;
}

void
isc_gram_single (const float *w, gsize rows, gsize columns, float *gram)
{
  gboolean tall = rows >= columns;
  const IscLapack *lapack = isc_lapack (NULL);
  int k = (int)MIN (rows, columns), longer = (int)MAX (rows, columns);
  const float one = 1, zero = 0;

  lapack->ssyrk ("L", tall ? "N" : "T", &k, &longer, &one, w, tall ? &k : &longer, &zero, gram, &k);
}

/* LAPACK's dsytrd, which can't be stopped: a block of columns is reduced while the products that
 * the rest needs are kept, and then the rest is renewed at once. */
gboolean
isc_gram_eigenvalues (
    double *gram, gsize k, double *values, GCancellable *cancellable, GError **error)
{
  const IscLapack *lapack = isc_lapack (NULL);
  g_autofree double *beside = g_new (double, k);
  g_autofree double *tau = g_new (double, k);
  g_autofree double *work = g_try_new (double, BLOCK *k);
  const double one = 1, minus_one = -1;
  const int block = BLOCK;
  int n = (int)k, info;
  gsize done = 0;

  if (work == NULL)
    return fail_for_memory (k, error);

  for (; k - done > MAX_PLAIN; done += BLOCK)
    {
      double *corner = gram + done + k * done;
      double *next = corner + BLOCK + k * BLOCK;
      int left = (int)(k - done), after = left - BLOCK;

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_CANCELLED, "the spectrum was no longer wanted");
          return FALSE;
        }
      lapack->dlatrd ("L", &left, &block, corner, &n, beside + done, tau + done, work, &n);
      lapack->dsyr2k ("L", "N", &after, &block, &minus_one, corner + BLOCK, &n, work + BLOCK, &n,
                      &one, next, &n);
      for (gsize j = 0; j < BLOCK; j++)
        values[done + j] = corner[j + k * j];
    }
  {
    int left = (int)(k - done);

    lapack->dsytd2 ("L", &left, gram + done + k * done, &n, values + done, beside + done,
                    tau + done, &info);
  }
  lapack->dsterf (&n, values, beside, &info);
  return check_converged (info, error);
}

gboolean
isc_gram_eigenvalues_single (float *gram, gsize k, float *values, GError **error)
{
  const IscLapack *lapack = isc_lapack (NULL);
  int n = (int)k, work_size = (int)MIN (BLOCK * k, G_MAXINT32), info;
  g_autofree float *beside = g_new (float, k);
  g_autofree float *tau = g_new (float, k);
  g_autofree float *work = g_try_new (float, work_size);

  if (work == NULL)
    return fail_for_memory (k, error);
  lapack->ssytrd ("L", &n, gram, &n, values, beside, tau, work, &work_size, &info);
  lapack->ssterf (&n, values, beside, &info);
  return check_converged (info, error);
}
