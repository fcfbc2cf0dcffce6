/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscLapack:
 *
 * BLAS's and LAPACK's Fortran interfaces, as far as they are used: their C headers clash with
 * GSL's.  Matrices are column by column.  Documentation: netlib.org/lapack.
 */
typedef struct
{
  void (*dgeqrf) (const int *m,
                  const int *n,
                  double *a,
                  const int *lda,
                  double *tau,
                  double *work,
                  const int *lwork,
                  int *info);
  void (*dgesdd) (const char *jobz,
                  const int *m,
                  const int *n,
                  double *a,
                  const int *lda,
                  double *s,
                  double *u,
                  const int *ldu,
                  double *vt,
                  const int *ldvt,
                  double *work,
                  const int *lwork,
                  int *iwork,
                  int *info);
  void (*dlatrd) (const char *uplo,
                  const int *n,
                  const int *nb,
                  double *a,
                  const int *lda,
                  double *e,
                  double *tau,
                  double *w,
                  const int *ldw);
  void (*dorgqr) (const int *m,
                  const int *n,
                  const int *k,
                  double *a,
                  const int *lda,
                  const double *tau,
                  double *work,
                  const int *lwork,
                  int *info);
  void (*dpotrf) (const char *uplo, const int *n, double *a, const int *lda, int *info);
  void (*dsterf) (const int *n, double *d, double *e, int *info);
  void (*dsyr2k) (const char *uplo,
                  const char *trans,
                  const int *n,
                  const int *k,
                  const double *alpha,
                  const double *a,
                  const int *lda,
                  const double *b,
                  const int *ldb,
                  const double *beta,
                  double *c,
                  const int *ldc);
  void (*dsyrk) (const char *uplo,
                 const char *trans,
                 const int *n,
                 const int *k,
                 const double *alpha,
                 const double *a,
                 const int *lda,
                 const double *beta,
                 double *c,
                 const int *ldc);
  void (*dsytd2) (const char *uplo,
                  const int *n,
                  double *a,
                  const int *lda,
                  double *d,
                  double *e,
                  double *tau,
                  int *info);
  void (*sgemm) (const char *transa,
                 const char *transb,
                 const int *m,
                 const int *n,
                 const int *k,
                 const float *alpha,
                 const float *a,
                 const int *lda,
                 const float *b,
                 const int *ldb,
                 const float *beta,
                 float *c,
                 const int *ldc);
  void (*sgeqrt3) (
      const int *m, const int *n, float *a, const int *lda, float *t, const int *ldt, int *info);
  void (*ssterf) (const int *n, float *d, float *e, int *info);
  void (*ssyrk) (const char *uplo,
                 const char *trans,
                 const int *n,
                 const int *k,
                 const float *alpha,
                 const float *a,
                 const int *lda,
                 const float *beta,
                 float *c,
                 const int *ldc);
  void (*ssytrd) (const char *uplo,
                  const int *n,
                  float *a,
                  const int *lda,
                  float *d,
                  float *e,
                  float *tau,
                  float *work,
                  const int *lwork,
                  int *info);
  void (*strmm) (const char *side,
                 const char *uplo,
                 const char *transa,
                 const char *diag,
                 const int *m,
                 const int *n,
                 const float *alpha,
                 const float *a,
                 const int *lda,
                 float *b,
                 const int *ldb);
  void (*strsm) (const char *side,
                 const char *uplo,
                 const char *transa,
                 const char *diag,
                 const int *m,
                 const int *n,
                 const float *alpha,
                 const float *a,
                 const int *lda,
                 float *b,
                 const int *ldb);
} IscLapack;

/**
 * isc_lapack:
 * @error: return location
 *
 * Loads OpenBLAS, unless it was before, and lets it compute on the caller's thread alone.  It is
 * not linked: loading it and the Fortran run time is a quarter of what a command takes to start,
 * and only spectra, orthogonal_ and LSUV need it.  Safe from any thread.
 *
 * Returns: (nullable) (transfer none): %NULL with ISC_ERROR_RESOURCE "cannot load ...".  Once it
 * has been something else than %NULL, it always is
 */
const IscLapack *isc_lapack (GError **error);

/**
 * isc_lapack_name:
 *
 * Returns: (transfer none): the library's name, version and kernels, such as "OpenBLAS 0.3.21,
 * Haswell kernels", or what the error of isc_lapack() says
 */
const char *isc_lapack_name (void);
