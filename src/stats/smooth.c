/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/smooth.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_fft_halfcomplex.h>
#include <gsl/gsl_fft_real.h>

#include "stats/kernels.h"

#define SQRT_2_PI 2.5066282746310005

/* Nanoseconds (measured) of a product in a vector, of one by itself, and of a transform for each
 * point and power of two. */
#define DENSE_TIME 0.06
#define SPARSE_TIME 0.7
#define TRANSFORM_TIME 1.5

/* From here on the kernel's transform at the highest frequency, exp (-(pi sigma)^2 / 2), is below
 * 1e-19: sampling the transform is the same as sampling the kernel. */
#define SMOOTH_SIGMA 3.0

static double
gaussian (gsize k, double sigma)
{
  double u = (double)k / sigma;

  return exp (-0.5 * u * u) / (SQRT_2_PI * sigma);
}

/* Every point of the result as a sum over the points within reach. */
static gboolean
smooth_densely (const double *weights, gsize n, double sigma, gsize margin, double *smooth)
{
  gsize n_kernel = 2 * margin + 1;
  gsize n_out = n + 2 * margin;
  gsize n_whole = (n_out + ISC_STATS_CONVOLVED - 1) / ISC_STATS_CONVOLVED * ISC_STATS_CONVOLVED;
  g_autofree double *padded = g_try_new0 (double, n_whole + n_kernel);
  g_autofree double *kernel = g_try_new (double, n_kernel);
  g_autofree double *out = g_try_new (double, n_whole);

  if (padded == NULL || kernel == NULL || out == NULL)
    return FALSE;
  for (gsize k = 0; k <= margin; k++)
    kernel[margin - k] = kernel[margin + k] = gaussian (k, sigma);
  memcpy (padded + 2 * margin, weights, n * sizeof *weights);
  isc_stats_kernels ()->convolve (padded, kernel, n_kernel, out, n_whole);
  memcpy (smooth, out, n_out * sizeof *smooth);
  return TRUE;
}

/* Every weight that is not 0 as a kernel. */
static void
smooth_sparsely (const double *weights, gsize n, double sigma, gsize margin, double *smooth)
{
  g_autofree double *kernel = g_new (double, margin + 1);

  for (gsize k = 0; k <= margin; k++)
    kernel[k] = gaussian (k, sigma);
  for (gsize g = 0; g < n; g++)
    {
      double *centre = smooth + margin + g;

      if (weights[g] == 0)
        continue;
      centre[0] += weights[g] * kernel[0];
      for (gsize k = 1; k <= margin; k++)
        {
          centre[k] += weights[g] * kernel[k];
          *(centre - k) += weights[g] * kernel[k];
        }
    }
}

/* Multiplies the transform of real data, as GSL packs it, by that of the kernel; where that is
 * below 1e-19, the product is 0. */
static void
multiply_transform (double *data, gsize length, double sigma)
{
  double step = 2 * G_PI / (double)length * sigma;
  gsize end = MIN (length / 2, (gsize)(9.4 / step)) + 1;

  for (gsize k = 1; k < end; k++)
    {
      double omega = step * (double)k;
      /* Beyond 39 it is 0, which exp takes long to find. */
      double factor = omega < 39 ? exp (-0.5 * omega * omega) : 0;

      data[k] *= factor;
      if (k < length - k)
        data[length - k] *= factor;
    }
  for (gsize k = end; k + end <= length; k++)
    data[k] = 0;
}

double *
isc_smooth_lattice (const double *weights, gsize n, double sigma, gsize *n_smooth, gsize *first)
{
  gsize margin = (gsize)ceil (ISC_GAUSSIAN_REACH * sigma);
  gsize length = 2, n_used = 0;
  g_autofree double *smooth = NULL;
  double dense, sparse, transform;

  g_return_val_if_fail (n >= 1 && sigma > 0, NULL);

  *first = margin;
  *n_smooth = n + 2 * margin;
  while (length < *n_smooth)
    length *= 2;
  smooth = g_try_new0 (double, length);
  if (smooth == NULL)
    return NULL;

  for (gsize g = 0; g < n; g++)
    n_used += weights[g] != 0;
  dense = DENSE_TIME * (double)*n_smooth * (double)(2 * margin + 1);
  sparse = SPARSE_TIME * (double)n_used * (double)(2 * margin + 1);
  transform = 2 * TRANSFORM_TIME * (double)length * log2 ((double)length);
  if (sigma < SMOOTH_SIGMA)
    transform = INFINITY;

  if (sparse <= MIN (dense, transform))
    smooth_sparsely (weights, n, sigma, margin, smooth);
  else if (dense <= transform)
    {
      if (!smooth_densely (weights, n, sigma, margin, smooth))
        return NULL;
    }
  else
    {
      memcpy (smooth + margin, weights, n * sizeof *weights);
      gsl_fft_real_radix2_transform (smooth, 1, length);
      multiply_transform (smooth, length, sigma);
      gsl_fft_halfcomplex_radix2_inverse (smooth, 1, length);
      /* Rounding leaves a few 1e-17 of either sign where nothing is. */
      for (gsize i = 0; i < *n_smooth; i++)
        smooth[i] = MAX (smooth[i], 0);
    }
  return g_steal_pointer (&smooth);
}
