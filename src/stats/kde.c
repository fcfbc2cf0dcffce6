/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kde.h"

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "stats/quantile.h"
#include "stats/smooth.h"

#define SQRT_2_PI 2.5066282746310005

/* The curve to draw. */
#define MIN_GRID 512
#define MAX_GRID 4096
#define GRID_CUT 3.0

/* Lattice points are taken together while they stay this many to a bandwidth: binning then costs at
 * most 1/8192 of a kernel's peak, and the transform is short. */
#define POINTS_PER_BANDWIDTH 32.0

/* Up to so many cells a lattice is summed point by point: the kernel is then wider than the data.
 */
#define FEW_CELLS 64

/* A sum over kernels, at @points (their weights, or 1 each) or smoothed on a lattice.  One of
 * @points and @lattice is set where there is a density. */
struct _IscKde
{
  gatomicrefcount ref_count;
  IscBinnedSample *sample;
  IscBandwidthRule rule;
  double low_bound;
  double high_bound;
  double asked;
  double bandwidth;
  double error_bound;

  gsize n_points;
  const double *points;
  double *own_points;
  double *weights;

  gsize n_lattice;
  double *lattice;
  double lattice_low;
  double spacing;

  gsize n_grid;
  double *grid_x;
  double *grid_density;
};

/* ---- Sums without bounds ---- */

static gsize
first_point_at (const IscKde *kde, double x)
{
  gsize low = 0, high = kde->n_points;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (kde->points[middle] < x)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static double
sum_points (const IscKde *kde, double x)
{
  double h = kde->bandwidth;
  double reach = ISC_GAUSSIAN_REACH * h;
  double sum = 0;

  for (gsize i = first_point_at (kde, x - reach); i < kde->n_points; i++)
    {
      double u = (x - kde->points[i]) / h;

      if (u < -ISC_GAUSSIAN_REACH)
        break;
      sum += (kde->weights ? kde->weights[i] : 1) * exp (-0.5 * u * u);
    }
  return sum / (SQRT_2_PI * h * (double)isc_binned_sample_get_moments (kde->sample)->count);
}

/* Cubic interpolation through four lattice points; see isc_kde_get_error_bound(). */
static double
interpolate_lattice (const IscKde *kde, double x)
{
  double place = (x - kde->lattice_low) / kde->spacing;
  const double *f;
  double t;
  gsize i;

  if (!(place >= 0 && place <= (double)(kde->n_lattice - 1)))
    return 0;
  i = CLAMP ((gsize)place, 1, kde->n_lattice - 3);
  t = place - (double)i;
  f = kde->lattice + i;
  return MAX (0, -t * (t - 1) * (t - 2) / 6 * *(f - 1) + (t + 1) * (t - 1) * (t - 2) / 2 * f[0]
                     - (t + 1) * t * (t - 2) / 2 * f[1] + (t + 1) * t * (t - 1) / 6 * f[2]);
}

static double
density_unbounded (const IscKde *kde, double x)
{
  return kde->lattice ? interpolate_lattice (kde, x) : sum_points (kde, x);
}

/* ---- Bounds ---- */

/* Between two bounds a kernel is folded back again and again, which is a sum over mirror images at
 * distances of twice the width.  Beyond three widths of bandwidth the sum is flat to 1e-19. */
static gboolean
is_flat (const IscKde *kde)
{
  return kde->bandwidth > 3 * (kde->high_bound - kde->low_bound);
}

/* How many pairs of images to either side can matter: the lattice or the points end @reach beyond
 * the data, which lie within the bounds. */
static int
image_pairs (const IscKde *kde)
{
  double width = kde->high_bound - kde->low_bound;

  if (!isfinite (width))
    return 0;
  return (int)ceil (ISC_GAUSSIAN_REACH * kde->bandwidth / (2 * width)) + 1;
}

static double
density_at (const IscKde *kde, double x)
{
  double a = kde->low_bound, b = kde->high_bound;
  double density;

  if (isnan (x))
    return NAN;
  if (x < a || x > b)
    return 0;
  if (is_flat (kde))
    return 1 / (b - a);
  density = density_unbounded (kde, x);
  if (isfinite (a) && isfinite (b))
    {
      double period = 2 * (b - a);

      density += density_unbounded (kde, 2 * a - x);
      for (int k = 1; k <= image_pairs (kde); k++)
        density += density_unbounded (kde, x + k * period) + density_unbounded (kde, x - k * period)
                   + density_unbounded (kde, 2 * a - x + k * period)
                   + density_unbounded (kde, 2 * a - x - k * period);
    }
  else if (isfinite (a))
    density += density_unbounded (kde, 2 * a - x);
  else if (isfinite (b))
    density += density_unbounded (kde, 2 * b - x);
  return density;
}

/* A bound that the values cross by more than a rounding is none. */
static double
checked_bound (double bound, double beyond, double range)
{
  return beyond > 1e-6 * MAX (fabs (bound), range) ? NAN : bound;
}

static void
set_bounds (IscKde *kde, double low, double high)
{
  const IscMoments *moments = isc_binned_sample_get_moments (kde->sample);
  double range = moments->max - moments->min;

  low = checked_bound (low, low - moments->min, range);
  high = checked_bound (high, moments->max - high, range);
  kde->low_bound = isnan (low) ? -INFINITY : low;
  kde->high_bound = isnan (high) ? INFINITY : high;
}

/* ---- Construction ---- */

/* Linear binning on every second point: the hat functions of the wider lattice are sums of those of
 * the narrower, so this is exactly what binning the values there would give. */
static void
halve_lattice (double *weights, guint *n_cells)
{
  guint n = *n_cells / 2;

  for (guint c = 0; c <= n; c++)
    {
      double weight = weights[2 * c];

      if (c > 0)
        weight += 0.5 * weights[2 * c - 1];
      if (c < n)
        weight += 0.5 * weights[2 * c + 1];
      /* The odd point before was read and is not needed again. */
      weights[c] = weight;
    }
  *n_cells = n;
}

static gboolean
prepare_lattice (IscKde *kde)
{
  const IscMoments *moments = isc_binned_sample_get_moments (kde->sample);
  g_autofree double *weights = NULL;
  const double *source;
  double spacing;
  guint n_cells;
  gsize first;

  source = isc_binned_sample_get_weights (kde->sample, &n_cells, &spacing);
  kde->bandwidth = MAX (kde->bandwidth, 2 * spacing);
  weights = g_try_new (double, n_cells + 1);
  if (weights == NULL)
    return FALSE;
  for (guint c = 0; c <= n_cells; c++)
    weights[c] = source[c];
  while (n_cells > 1 && 2 * spacing * POINTS_PER_BANDWIDTH <= kde->bandwidth)
    {
      halve_lattice (weights, &n_cells);
      spacing *= 2;
    }
  kde->spacing = spacing;
  kde->error_bound = isc_kde_linear_binning_bound (spacing, kde->bandwidth);

  if (n_cells <= FEW_CELLS)
    {
      kde->own_points = g_new (double, n_cells + 1);
      for (guint c = 0; c <= n_cells; c++)
        kde->own_points[c] = moments->min + c * spacing;
      kde->points = kde->own_points;
      kde->n_points = n_cells + 1;
      kde->weights = g_steal_pointer (&weights);
      return TRUE;
    }

  kde->lattice = isc_smooth_lattice (weights, n_cells + 1, kde->bandwidth / spacing,
                                     &kde->n_lattice, &first);
  if (kde->lattice == NULL)
    return FALSE;
  for (gsize i = 0; i < kde->n_lattice; i++)
    kde->lattice[i] /= (double)moments->count * spacing;
  kde->lattice_low = moments->min - (double)first * spacing;
  /* Interpolation of a sum of kernels through four points: d^4 max|f''''| 9/384, max|f''''| = 3 /
   * h^4 of a kernel's peak. */
  kde->error_bound += 9.0 / 128 * pow (spacing / kde->bandwidth, 4) / (SQRT_2_PI * kde->bandwidth);
  return TRUE;
}

/* Adds a kernel around @centre to the grid.  The exponents at evenly spaced points are squares of
 * an arithmetic progression,  exp (-(a + j e)^2 / 2) = exp (-a^2 / 2) exp (-a e)^j exp (-(j e)^2 /
 * 2), so two exponentials serve all points; @tail holds the last factor. */
static void
add_kernel (IscKde *kde, double centre, double weight, double step, const double *tail, int n_tail)
{
  double e = step / kde->bandwidth;
  double place = round ((centre - kde->grid_x[0]) / step);
  int n = (int)kde->n_grid;
  int at, up, down;
  double a, peak, ratio, power;

  if (!(place > -n_tail && place < n + n_tail))
    return;
  at = (int)place;
  a = (kde->grid_x[0] + place * step - centre) / kde->bandwidth;
  peak = weight * exp (-0.5 * a * a);
  ratio = exp (-a * e);
  if (at >= 0 && at < n)
    kde->grid_density[at] += peak;

  up = MAX (1, -at);
  power = pow (ratio, up);
  for (int j = up; j < n_tail && at + j < n; j++, power *= ratio)
    kde->grid_density[at + j] += peak * power * tail[j];
  down = MAX (1, at - (n - 1));
  power = pow (ratio, -down);
  ratio = 1 / ratio;
  for (int j = down; j < n_tail && at - j >= 0; j++, power *= ratio)
    kde->grid_density[at - j] += peak * power * tail[j];
}

static void
sum_points_on_grid (IscKde *kde, double step)
{
  double e = step / kde->bandwidth;
  /* A centre is up to half a step from its grid point. */
  int n_tail = (int)(ISC_GAUSSIAN_REACH / e + 0.5) + 1;
  g_autofree double *tail = g_new (double, n_tail);
  double a = kde->low_bound, b = kde->high_bound;
  double scale
      = 1
        / (SQRT_2_PI * kde->bandwidth * (double)isc_binned_sample_get_moments (kde->sample)->count);

  for (int j = 0; j < n_tail; j++)
    tail[j] = exp (-0.5 * (j * e) * (j * e));
  for (gsize i = 0; i < kde->n_points; i++)
    {
      double point = kde->points[i];
      double weight = scale * (kde->weights ? kde->weights[i] : 1);

      add_kernel (kde, point, weight, step, tail, n_tail);
      if (isfinite (a))
        add_kernel (kde, 2 * a - point, weight, step, tail, n_tail);
      else if (isfinite (b))
        add_kernel (kde, 2 * b - point, weight, step, tail, n_tail);
      for (int k = 1; isfinite (b - a) && k <= image_pairs (kde); k++)
        {
          double period = 2 * k * (b - a);

          add_kernel (kde, point + period, weight, step, tail, n_tail);
          add_kernel (kde, point - period, weight, step, tail, n_tail);
          add_kernel (kde, 2 * a - point + period, weight, step, tail, n_tail);
          add_kernel (kde, 2 * a - point - period, weight, step, tail, n_tail);
        }
    }
}

static void
prepare_grid (IscKde *kde)
{
  const IscMoments *moments = isc_binned_sample_get_moments (kde->sample);
  double low = MAX (kde->low_bound, moments->min - GRID_CUT * kde->bandwidth);
  double high = MIN (kde->high_bound, moments->max + GRID_CUT * kde->bandwidth);
  double wanted = ceil (4 * (high - low) / kde->bandwidth) + 1;
  double step;

  kde->n_grid = (gsize)CLAMP (wanted, MIN_GRID, MAX_GRID);
  kde->grid_x = g_new (double, kde->n_grid);
  kde->grid_density = g_new0 (double, kde->n_grid);
  step = (high - low) / (double)(kde->n_grid - 1);
  for (gsize i = 0; i < kde->n_grid; i++)
    kde->grid_x[i] = low + (double)i * step;
  kde->grid_x[kde->n_grid - 1] = high;

  if (kde->lattice || is_flat (kde))
    isc_kde_evaluate (kde, kde->grid_x, kde->grid_density, kde->n_grid);
  else
    sum_points_on_grid (kde, step);
}

static gboolean
check_request (const IscBandwidthRule *rule, double low_bound, double high_bound, GError **error)
{
  if (low_bound >= high_bound)
    {
      g_autofree char *low = isc_number_to_text (low_bound);
      g_autofree char *high = isc_number_to_text (high_bound);

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "density bounds: %s is not below %s", low,
                   high);
      return FALSE;
    }
  /* The curve reaches three bandwidths out, in doubles. */
  if (!rule->info && !(rule->bandwidth > 0 && isfinite (100 * rule->bandwidth)))
    {
      g_autofree char *text = isc_number_to_text (rule->bandwidth);

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "bandwidth: %s is not a finite number above 0", text);
      return FALSE;
    }
  return TRUE;
}

IscKde *
isc_kde_new (const float *x,
             gsize n,
             const IscBandwidthRule *rule,
             double low_bound,
             double high_bound,
             GError **error)
{
  static const double quartiles[] = { 0.25, 0.75 };
  g_autoptr (IscBinnedSample) sample = NULL;
  double quantiles[2] = { NAN, NAN };
  double iqr, bandwidth;
  IscMoments moments;

  g_return_val_if_fail (n == 0 || x != NULL, NULL);
  g_return_val_if_fail (rule != NULL, NULL);

  if (!check_request (rule, low_bound, high_bound, error))
    return NULL;
  isc_moments_compute (x, n, &moments);
  if (rule->info && rule->info->needs_iqr && !isc_quantiles (x, n, quartiles, 2, quantiles, error))
    return NULL;
  iqr = quantiles[1] - quantiles[0];
  bandwidth = isc_bandwidth_rule_evaluate (rule, &moments, iqr);
  sample
      = isc_binned_sample_new (x, n, &moments,
                               isc_binned_sample_cells_for (moments.max - moments.min, bandwidth),
                               error);
  if (sample == NULL)
    return NULL;
  return isc_kde_new_binned (sample, rule, iqr, low_bound, high_bound, error);
}

IscKde *
isc_kde_new_binned (IscBinnedSample *sample,
                    const IscBandwidthRule *rule,
                    double iqr,
                    double low_bound,
                    double high_bound,
                    GError **error)
{
  const IscMoments *moments;
  g_autoptr (IscKde) kde = NULL;

  g_return_val_if_fail (sample != NULL && rule != NULL, NULL);

  if (!check_request (rule, low_bound, high_bound, error))
    return NULL;
  moments = isc_binned_sample_get_moments (sample);
  kde = g_new0 (IscKde, 1);
  g_atomic_ref_count_init (&kde->ref_count);
  kde->sample = isc_binned_sample_ref (sample);
  kde->rule = *rule;
  kde->asked = kde->bandwidth = NAN;
  kde->low_bound = -INFINITY;
  kde->high_bound = INFINITY;
  if (moments->count == 0 || !(moments->min < moments->max))
    return g_steal_pointer (&kde);

  set_bounds (kde, low_bound, high_bound);
  kde->asked = kde->bandwidth = isc_bandwidth_rule_evaluate (rule, moments, iqr);
  if (isc_binned_sample_is_exact (sample))
    {
      kde->points = isc_binned_sample_get_values (sample, &kde->n_points);
      /* Narrower kernels are spikes that no picture and no double can tell apart. */
      kde->bandwidth = MAX (kde->bandwidth, 1e-12 * (moments->max - moments->min));
    }
  else if (!prepare_lattice (kde))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "not enough memory for a density estimate");
      return NULL;
    }
  prepare_grid (kde);
  return g_steal_pointer (&kde);
}

IscKde *
isc_kde_ref (IscKde *kde)
{
  g_atomic_ref_count_inc (&kde->ref_count);
  return kde;
}

void
isc_kde_unref (IscKde *kde)
{
  if (!g_atomic_ref_count_dec (&kde->ref_count))
    return;
  isc_binned_sample_unref (kde->sample);
  g_free (kde->own_points);
  g_free (kde->weights);
  g_free (kde->lattice);
  g_free (kde->grid_x);
  g_free (kde->grid_density);
  g_free (kde);
}

void
isc_kde_evaluate (const IscKde *kde, const double *x, double *density, gsize n)
{
  for (gsize i = 0; i < n; i++)
    density[i] = isc_kde_has_density (kde) ? density_at (kde, x[i]) : NAN;
}

gboolean
isc_kde_has_density (const IscKde *kde)
{
  return kde->points != NULL || kde->lattice != NULL;
}

gboolean
isc_kde_get_spike (const IscKde *kde, double *value)
{
  const IscMoments *moments = isc_binned_sample_get_moments (kde->sample);

  if (moments->count == 0 || moments->min < moments->max)
    return FALSE;
  if (value)
    *value = moments->min;
  return TRUE;
}

double
isc_kde_get_bandwidth (const IscKde *kde)
{
  return kde->bandwidth;
}

gboolean
isc_kde_is_limited (const IscKde *kde)
{
  return kde->bandwidth > kde->asked;
}

double
isc_kde_get_asked_bandwidth (const IscKde *kde)
{
  return kde->asked;
}

IscBinnedSample *
isc_kde_get_sample (const IscKde *kde)
{
  return kde->sample;
}

gsize
isc_kde_get_grid (const IscKde *kde, const double **x, const double **density)
{
  if (x)
    *x = kde->grid_x;
  if (density)
    *density = kde->grid_density;
  return kde->n_grid;
}

double
isc_kde_get_error_bound (const IscKde *kde)
{
  return kde->error_bound;
}

char *
isc_kde_to_text (const IscKde *kde)
{
  gboolean reflected = isfinite (kde->low_bound) || isfinite (kde->high_bound);
  g_autofree char *asked = NULL;
  g_autofree char *bandwidth = NULL;

  if (!isc_kde_has_density (kde))
    return g_strdup (isc_kde_get_spike (kde, NULL) ? "no KDE: all values are equal"
                                                   : "no KDE: no value is finite");
  bandwidth = isc_number_to_label (kde->bandwidth, 2);
  if (isc_kde_is_limited (kde))
    {
      g_autofree char *number = isc_number_to_label (kde->asked, 2);

      asked = g_strdup_printf (" (asked %s)", number);
    }
  return g_strconcat ("KDE ", kde->rule.info ? kde->rule.info->caption : "",
                      kde->rule.info ? " " : "", "h ", bandwidth, asked ? asked : "",
                      reflected ? ", reflected" : "", NULL);
}

double
isc_kde_linear_binning_bound (double spacing, double bandwidth)
{
  double ratio = spacing / bandwidth;

  return ratio * ratio / (8 * SQRT_2_PI * bandwidth);
}

void
isc_kde_direct_sum (IscKernel kernel,
                    const double *values,
                    gsize n_values,
                    double bandwidth,
                    const double *x,
                    double *density,
                    gsize n)
{
  g_return_if_fail (kernel == ISC_KERNEL_GAUSSIAN);
  g_return_if_fail (n_values > 0 && bandwidth > 0);

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0;

      for (gsize k = 0; k < n_values; k++)
        {
          double u = (x[i] - values[k]) / bandwidth;

          sum += exp (-0.5 * u * u);
        }
      density[i] = sum / (SQRT_2_PI * bandwidth * (double)n_values);
    }
}
