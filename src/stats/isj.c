/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/isj.h"

#include <math.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_fft_real.h>
#include <gsl/gsl_roots.h>

#define SQRT_2_PI 2.5066282746310005

/* Stages of the plug-in chain: f_7, f_6 ... f_2. */
#define FIRST_STAGE 7
#define LAST_STAGE 2

/* Where roots are looked for, in squared bandwidths per squared support, and by which steps. */
#define MIN_T 1e-10
#define MAX_T 0.1
#define STEP 1.0533

/* Beyond k^2 pi^2 t = 45 + 4 s the factor of a_k^2 is below 1e-19 of its largest. */
#define MAX_EXPONENT 45.0

/* Terms computed from their neighbours before an exponential is taken anew. */
#define RUN 32

/* Of @n values: @energy[k - 1] is a_k^2. */
typedef struct
{
  double n;
  guint n_terms;
  double *energy;
} Spectrum;

static inline double
power (double x, guint s)
{
  double result = s & 1 ? x : 1;

  for (s >>= 1; s > 0; s >>= 1)
    {
      x *= x;
      if (s & 1)
        result *= x;
    }
  return result;
}

/* 2 pi^(2s) sum_k k^(2s) a_k^2 exp (-k^2 pi^2 t).  The exponents are squares of an arithmetic
 * progression, so that quotients of neighbours are a geometric one. */
static double
functional (const Spectrum *spectrum, guint s, double t)
{
  double c = G_PI * G_PI * t;
  double last = sqrt ((MAX_EXPONENT + 4 * s) / c);
  guint n_terms = last < spectrum->n_terms ? (guint)last : spectrum->n_terms;
  double quotient_step = exp (-2 * c);
  double sum = 0;

  for (guint start = 1; start <= n_terms; start += RUN)
    {
      double term = exp (-c * start * start), quotient = exp (-c * (2 * start + 1));

      for (guint k = start; k < start + RUN && k <= n_terms; k++)
        {
          sum += power ((double)k * k, s) * spectrum->energy[k - 1] * term;
          term *= quotient;
          quotient *= quotient_step;
        }
    }
  return 2 * power (G_PI * G_PI, s) * sum;
}

/* The squared bandwidth that is best if @t is that of the first stage: xi of the paper.  It grows
 * with @t, because every stage does. */
static double
best_given (const Spectrum *spectrum, double t)
{
  double f = functional (spectrum, FIRST_STAGE, t);

  for (guint s = FIRST_STAGE - 1; s >= LAST_STAGE; s--)
    {
      double odd_product = 1, factor = (1 + pow (2, -(s + 0.5))) / 3;

      for (guint k = 3; k < 2 * s; k += 2)
        odd_product *= k;
      f = functional (spectrum, s,
                      pow (2 * factor * odd_product / SQRT_2_PI / (spectrum->n * f),
                           2 / (3 + 2.0 * s)));
    }
  return pow (2 * spectrum->n * sqrt (G_PI) * f, -0.4);
}

static double
excess (double t, void *data)
{
  return t - best_given (data, t);
}

/* Brent's method between @low, where the excess is negative, and @high. */
static double
solve_between (Spectrum *spectrum, double low, double high)
{
  gsl_function function = { excess, spectrum };
  gsl_root_fsolver *solver = gsl_root_fsolver_alloc (gsl_root_fsolver_brent);
  double root = low;

  if (gsl_root_fsolver_set (solver, &function, low, high) == GSL_SUCCESS)
    for (int step = 0; step < 60; step++)
      {
        if (gsl_root_fsolver_iterate (solver) != GSL_SUCCESS)
          break;
        root = gsl_root_fsolver_root (solver);
        if (gsl_root_test_interval (gsl_root_fsolver_x_lower (solver),
                                    gsl_root_fsolver_x_upper (solver), 0, 1e-10)
            == GSL_SUCCESS)
          break;
      }
  gsl_root_fsolver_free (solver);
  return root;
}

/* The smallest t = xi (t) that the excess passes upwards; 0 if there is none.  Where the excess is
 * negative xi (t) is above t and, since xi grows, not above that root: so it is the next place to
 * look, or a small step where that is further. */
static double
smallest_root (Spectrum *spectrum)
{
  double t = MIN_T, best = best_given (spectrum, t);

  while (t < MAX_T && best <= t)
    {
      t *= STEP;
      best = best_given (spectrum, t);
    }
  while (t < MAX_T && isfinite (best))
    {
      double next = MAX (best, t * STEP);
      double best_next = best_given (spectrum, next);

      if (best_next <= next)
        return solve_between (spectrum, t, next);
      t = next;
      best = best_next;
    }
  return 0;
}

/* a_k = sum_j p_j cos (pi k (j + 1/2) / M), by the transform of the even places and then,
 * backwards, the odd ones (Makhoul). */
static gboolean
transform (Spectrum *spectrum, const double *counts, guint n_bins)
{
  g_autofree double *data = g_try_new (double, n_bins);
  double *energy = spectrum->energy;

  if (data == NULL)
    return FALSE;
  for (guint j = 0; j < n_bins / 2; j++)
    {
      data[j] = counts[2 * j] / spectrum->n;
      data[n_bins - 1 - j] = counts[2 * j + 1] / spectrum->n;
    }
  gsl_fft_real_radix2_transform (data, 1, n_bins);
  for (guint k = 1; k <= n_bins / 2; k++)
    {
      double angle = G_PI * k / (2.0 * n_bins);
      double re = data[k], im = k < n_bins / 2 ? data[n_bins - k] : 0;
      double c = cos (angle), s = sin (angle);

      energy[k - 1] = (c * re + s * im) * (c * re + s * im);
      energy[n_bins - k - 1] = (s * re - c * im) * (s * re - c * im);
    }
  return TRUE;
}

double
isc_isj_bandwidth_of_bins (const double *counts, guint n_bins, double n, double support)
{
  g_autofree double *energy = g_try_new (double, n_bins);
  Spectrum spectrum = { n, n_bins - 1, energy };

  g_return_val_if_fail (n_bins >= 4 && (n_bins & (n_bins - 1)) == 0, 0);
  g_return_val_if_fail (n > 0 && support > 0, 0);

  if (energy == NULL || !transform (&spectrum, counts, n_bins))
    return 0;
  return sqrt (smallest_root (&spectrum)) * support;
}

/* Shares the weight of a lattice point over the bins that half a spacing to either side touches:
 * bins would hold four and five points by turns, which is a ripple. */
static void
count_lattice (const double *weights, guint n_cells, double first, double spacing, double *counts)
{
  double per_spacing = 1 / spacing;

  for (guint c = 0; c <= n_cells; c++)
    {
      double low = MAX (first + (c - 0.5) * spacing, 0), high = first + (c + 0.5) * spacing;
      guint bin = (guint)low;
      double beyond = MAX (0, (high - (bin + 1)) * per_spacing);

      counts[bin] += weights[c] * (1 - beyond);
      if (beyond > 0)
        counts[bin + 1] += weights[c] * beyond;
    }
}

double
isc_isj_bandwidth (const IscBinnedSample *sample)
{
  const IscMoments *moments = isc_binned_sample_get_moments (sample);
  double range = moments->max - moments->min;
  double low = moments->min - range / 10;
  double scale = ISC_ISJ_BINS / (range * 1.2);
  g_autofree double *counts = g_new0 (double, ISC_ISJ_BINS + 1);

  if (isc_binned_sample_is_exact (sample))
    {
      gsize n;
      const double *values = isc_binned_sample_get_values (sample, &n);

      for (gsize i = 0; i < n; i++)
        counts[(guint)((values[i] - low) * scale)]++;
    }
  else
    {
      guint n_cells;
      double spacing;
      const double *weights = isc_binned_sample_get_weights (sample, &n_cells, &spacing);

      count_lattice (weights, n_cells, (moments->min - low) * scale, spacing * scale, counts);
    }
  return isc_isj_bandwidth_of_bins (counts, ISC_ISJ_BINS, (double)moments->count, range * 1.2);
}
