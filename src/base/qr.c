/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/qr.h"

#include <string.h>

#include "base/error.h"
#include "base/lapack.h"

/* Matrices of up to so many numbers are done in double. */
#define MAX_SMALL 32768

/* Columns that LAPACK works on at once. */
#define LAPACK_BLOCK 64

/* Columns reflected in one go: 64 take 10 % longer, and 256 no less. */
#define BLOCK 128

/* Rows multiplied in float32 at most before the sums go on in double, in equal parts: rounding then
 * stays below that of R. */
#define MAX_CHUNK 128

/* The least R_jj that Cholesky's way is trusted with, in the largest. */
#define MIN_PIVOT (1.0 / 30)

static const float zero = 0, one = 1, minus_one = -1;

static gboolean
fail_for_memory (gsize m, gsize n, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
               "there is no memory to make a %" G_GSIZE_FORMAT "×%" G_GSIZE_FORMAT
               " matrix orthogonal",
               m, n);
  return FALSE;
}

static gboolean
by_lapack (float *a, gsize m, gsize n, GError **error)
{
  const IscLapack *lapack = isc_lapack (NULL);
  int rows = (int)m, columns = (int)n, work_size = columns * LAPACK_BLOCK, info;
  g_autofree double *q = g_try_new (double, m *n);
  g_autofree double *sign = g_try_new (double, n);
  g_autofree double *tau = g_try_new (double, n);
  g_autofree double *work = g_try_new (double, work_size);

  if (!q || !sign || !tau || !work)
    return fail_for_memory (m, n, error);
  for (gsize i = 0; i < m * n; i++)
    q[i] = (double)a[i];
  lapack->dgeqrf (&rows, &columns, q, &rows, tau, work, &work_size, &info);
  for (gsize j = 0; j < n; j++)
    sign[j] = (q[j * m + j] > 0) - (q[j * m + j] < 0);
  lapack->dorgqr (&rows, &columns, &columns, q, &rows, tau, work, &work_size, &info);
  for (gsize j = 0; j < n; j++)
    for (gsize i = 0; i < m; i++)
      a[j * m + i] = (float)(q[j * m + i] * sign[j]);
  return TRUE;
}

/* The lower triangle of A^T A. */
static void
multiply_by_transpose (const float *a, gsize m, gsize n, float *part, double *gram)
{
  gsize n_chunks = (m + MAX_CHUNK - 1) / MAX_CHUNK;
  gsize chunk = (m + n_chunks - 1) / n_chunks;
  const IscLapack *lapack = isc_lapack (NULL);
  int rows = (int)m, columns = (int)n;

  memset (gram, 0, n * n * sizeof *gram);
  for (gsize done = 0; done < m; done += chunk)
    {
      int length = (int)MIN (chunk, m - done);

      lapack->ssyrk ("L", "T", &columns, &length, &one, a + done, &rows, &zero, part, &columns);
      for (gsize j = 0; j < n; j++)
        for (gsize i = j; i < n; i++)
          gram[j * n + i] += (double)part[j * n + i];
    }
}

/* Whether Cholesky's factor, in the lower triangle of @factor, may be divided by. */
static gboolean
is_well_conditioned (const double *factor, gsize n)
{
  double least = factor[0], most = factor[0];

  for (gsize j = 0; j < n; j++)
    {
      least = MIN (least, factor[j * n + j]);
      most = MAX (most, factor[j * n + j]);
    }
  return least > MIN_PIVOT * most;
}

/* @trusted: whether it did anything. */
static gboolean
by_cholesky (float *a, gsize m, gsize n, gboolean *trusted, GError **error)
{
  const IscLapack *lapack = isc_lapack (NULL);
  int rows = (int)m, columns = (int)n, info;
  g_autofree double *gram = g_try_new (double, n *n);
  g_autofree float *factor = g_try_new (float, n *n);

  if (!gram || !factor)
    return fail_for_memory (m, n, error);
  multiply_by_transpose (a, m, n, factor, gram);
  lapack->dpotrf ("L", &columns, gram, &columns, &info);
  *trusted = info == 0 && is_well_conditioned (gram, n);
  if (*trusted)
    {
      for (gsize i = 0; i < n * n; i++)
        factor[i] = (float)gram[i];
      lapack->strsm ("R", "L", "T", "N", &rows, &columns, &one, factor, &columns, a, &rows);
    }
  return TRUE;
}

/* The reflections of a block, I - V T V^T. */
typedef struct
{
  int rows;
  int columns;
  const float *v;
  const float *t;
} Reflections;

/* Applies the reflections, or for @transposed "T" their product the other way round, to @c, which
 * has
 * @n columns at a distance of @ldc. */
static void
reflect (const Reflections *r, const char *transposed, float *c, int ldc, int n, float *work)
{
  const IscLapack *lapack = isc_lapack (NULL);

  lapack->sgemm ("T", "N", &r->columns, &n, &r->rows, &one, r->v, &r->rows, c, &ldc, &zero, work,
                 &r->columns);
  lapack->strmm ("L", "U", transposed, "N", &r->columns, &n, &one, r->t, &r->columns, work,
                 &r->columns);
  lapack->sgemm ("N", "N", &r->rows, &n, &r->columns, &minus_one, r->v, &r->rows, work, &r->columns,
                 &one, c, &ldc);
}

/* V stands below the diagonal, where ones and zeros are understood: written out it can be a factor
 * of a plain product, which is worth the copy. */
static void
write_out (const float *a, gsize m, int columns, int rows, float *v)
{
  for (int j = 0; j < columns; j++)
    {
      float *column = v + (gsize)j * (gsize)rows;

      memset (column, 0, (gsize)j * sizeof *column);
      column[j] = 1;
      memcpy (column + j + 1, a + (gsize)j * m + j + 1, (gsize)(rows - j - 1) * sizeof *column);
    }
}

/* Reduces A to R, and leaves the reflections below it and in @t. */
static void
factorize (float *a, gsize m, gsize n, float *t, float *v, float *work)
{
  const IscLapack *lapack = isc_lapack (NULL);
  int ld = (int)m;

  for (gsize at = 0; at < n; at += BLOCK)
    {
      float *corner = a + at * m + at;
      float *block_t = t + at * BLOCK;
      Reflections r
          = { .rows = (int)(m - at), .columns = (int)MIN (BLOCK, n - at), .v = v, .t = block_t };
      int after = (int)(n - at) - r.columns, info;

      lapack->sgeqrt3 (&r.rows, &r.columns, corner, &ld, block_t, &r.columns, &info);
      if (after == 0)
        break;
      write_out (corner, m, r.columns, r.rows, v);
      reflect (&r, "T", corner + (gsize)r.columns * m, ld, after, work);
    }
}

/* Turns what factorize() left into Q, from the last block to the first: its columns, whose
 * reflections have been written out, become the unit matrix's, the rows of R beside them 0, and
 * both are reflected. */
static void
unfold (float *a, gsize m, gsize n, const float *t, float *v, float *work)
{
  for (gsize at = (n - 1) / BLOCK * BLOCK;; at -= BLOCK)
    {
      float *corner = a + at * m + at;
      Reflections r = {
        .rows = (int)(m - at), .columns = (int)MIN (BLOCK, n - at), .v = v, .t = t + at * BLOCK
      };

      write_out (corner, m, r.columns, r.rows, v);
      for (gsize j = 0; j < n - at; j++)
        {
          gsize length = j < (gsize)r.columns ? (gsize)r.rows : (gsize)r.columns;

          memset (corner + j * m, 0, length * sizeof *corner);
          if (j < (gsize)r.columns)
            corner[j * m + j] = 1;
        }
      reflect (&r, "N", corner, (int)m, (int)(n - at), work);
      if (at == 0)
        return;
    }
}

static gboolean
by_reflections (float *a, gsize m, gsize n, GError **error)
{
  g_autofree float *v = g_try_new (float, m *BLOCK);
  g_autofree float *t = g_try_new (float, (n + BLOCK) * BLOCK);
  g_autofree float *work = g_try_new (float, n *BLOCK);
  g_autofree float *sign = g_try_new (float, n);

  if (!v || !t || !work || !sign)
    return fail_for_memory (m, n, error);
  factorize (a, m, n, t, v, work);
  for (gsize j = 0; j < n; j++)
    sign[j] = (float)((a[j * m + j] > 0) - (a[j * m + j] < 0));
  unfold (a, m, n, t, v, work);
  for (gsize j = 0; j < n; j++)
    for (gsize i = 0; i < m; i++)
      a[j * m + i] *= sign[j];
  return TRUE;
}

gboolean
isc_qr_orthogonal (float *a, gsize m, gsize n, GError **error)
{
  gboolean done = FALSE;

  g_return_val_if_fail (n >= 1 && m >= n && m <= G_MAXINT32, FALSE);

  if (!isc_lapack (error))
    return FALSE;
  if (m <= MAX_SMALL / n)
    return by_lapack (a, m, n, error);
  if (m / 2 >= n && !by_cholesky (a, m, n, &done, error))
    return FALSE;
  return done || by_reflections (a, m, n, error);
}
