/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kernel-sum.h"

#include <math.h>

#include "base/error.h"
#include "stats/kde.h"
#include "stats/smooth.h"

#define SQRT_2_PI 2.5066282746310005

/* Lattice points are taken together while they stay this many to a bandwidth: binning then costs at
 * most 1/1800 of a kernel's peak (measured: some 1e-6 of the density's), and a convolution takes
 * from 0.07 to 0.3 ms. */
#define POINTS_PER_BANDWIDTH 15.0

/* More under the Epanechnikov kernel, whose edges linear binning rounds off. */
#define EPANECHNIKOV_POINTS 64.0

/* Up to so many cells a lattice is summed point by point: the kernel is then wider than the data.
 */
#define FEW_CELLS 64

/* Windows of up to so many points are summed point by point. */
#define FEW_POINTS 16

/* How many windows wide a sample may be for sums of powers. */
#define MAX_WINDOWS 2000.0

/* One of @points and @lattice is set; @weights of the points are 1 each where %NULL. */
struct _IscKernelSum
{
  IscKernel kernel;
  double bandwidth;
  double width; /* the kernel's own, less what binning has spread already */
  double reach; /* in widths */
  double error_bound;
  double scale; /* of a sum of kernels whose peak is 1 */

  gsize n_points;
  const double *points;
  double *own_points;
  double *weights;
  double *
      powers; /* of the points before each, in @width from @origin: 0, 1 and 2, one after another */
  double origin;

  gsize n_lattice;
  double *lattice;
  double lattice_low;
  double spacing;
};

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
      /* In place: what is behind 2 c - 1 has been read. */
      weights[c] = weight;
    }
  *n_cells = n;
}

/* A lattice of @n_cells cells, point by point. */
static void
use_points (IscKernelSum *sum, const IscMoments *moments, const double *weights, guint n_cells)
{
  sum->own_points = g_new (double, n_cells + 1);
  for (guint c = 0; c <= n_cells; c++)
    sum->own_points[c] = moments->min + c * sum->spacing;
  sum->points = sum->own_points;
  sum->n_points = n_cells + 1;
  sum->weights = g_memdup2 (weights, (n_cells + 1) * sizeof *weights);
}

static gboolean
use_gaussian (IscKernelSum *sum, const IscMoments *moments, const double *weights, guint n_cells)
{
  double d = sum->spacing, h = sum->bandwidth;
  gsize first;

  sum->error_bound = isc_kde_linear_binning_bound (d, h);
  sum->width = sqrt (h * h - d * d / 6);
  if (n_cells <= FEW_CELLS)
    {
      use_points (sum, moments, weights, n_cells);
      return TRUE;
    }

  sum->lattice = isc_smooth_lattice (weights, n_cells + 1, sum->width / d, &sum->n_lattice, &first);
  if (sum->lattice == NULL)
    return FALSE;
  for (gsize i = 0; i < sum->n_lattice; i++)
    sum->lattice[i] /= (double)moments->count * d;
  sum->lattice_low = moments->min - (double)first * d;
  /* Interpolation through four points is off by at most 9/384 d^4 max|f''''|, and a Gaussian's
   * fourth derivative is at most 3/h^4 of its peak. */
  sum->error_bound += 9.0 / 128 * pow (d / h, 4) / (SQRT_2_PI * h);
  return TRUE;
}

/* Between lattice points the kernel is replaced by a straight line, which is off by d^2/8 of its
 * second derivative 3/(2 w^3), and by d/4 of the jump 3/(2 w^2) of its slope at an edge; narrowing
 * it moves its edges by 5/12 d^2/w, and so itself by at most 5/8 d^2/w^3. */
static void
use_epanechnikov (IscKernelSum *sum,
                  const IscMoments *moments,
                  const double *weights,
                  guint n_cells)
{
  double d = sum->spacing, w = isc_kernel_get_width (sum->kernel, sum->bandwidth);

  use_points (sum, moments, weights, n_cells);
  /* The kernel's variance is w^2/5. */
  sum->width = sqrt (w * w - d * d * 5 / 6);
  sum->error_bound = 3.0 / 8 * d / (w * w) + d * d / (w * w * w);
}

static gboolean
bin (IscKernelSum *sum, IscBinnedSample *sample)
{
  guint n_cells;
  const double *source = isc_binned_sample_get_weights (sample, &n_cells, &sum->spacing);
  g_autofree double *weights = g_try_new (double, n_cells + 1);
  double enough = sum->kernel == ISC_KERNEL_GAUSSIAN ? POINTS_PER_BANDWIDTH : EPANECHNIKOV_POINTS;

  if (weights == NULL)
    return FALSE;
  for (guint c = 0; c <= n_cells; c++)
    weights[c] = source[c];
  sum->bandwidth = MAX (sum->bandwidth, 2 * sum->spacing);
  while (n_cells > 1 && 2 * sum->spacing * enough <= sum->bandwidth)
    {
      halve_lattice (weights, &n_cells);
      sum->spacing *= 2;
    }
  if (sum->kernel == ISC_KERNEL_GAUSSIAN)
    return use_gaussian (sum, isc_binned_sample_get_moments (sample), weights, n_cells);
  use_epanechnikov (sum, isc_binned_sample_get_moments (sample), weights, n_cells);
  return TRUE;
}

/* Sums of powers, so that a window of parabolas takes no longer than one; unless windows are so
 * narrow that differences of these sums would cost more than seven digits. */
static gboolean
sum_powers (IscKernelSum *sum)
{
  double low = sum->points[0], high = sum->points[sum->n_points - 1];

  if (high - low > MAX_WINDOWS * sum->width)
    return TRUE;
  sum->powers = g_try_new0 (double, 3 * (sum->n_points + 1));
  if (sum->powers == NULL)
    return FALSE;
  sum->origin = low + (high - low) / 2;
  for (gsize i = 0; i < sum->n_points; i++)
    {
      double weight = sum->weights ? sum->weights[i] : 1;
      double q = (sum->points[i] - sum->origin) / sum->width;

      for (guint k = 0; k < 3; k++, weight *= q)
        sum->powers[3 * (i + 1) + k] = sum->powers[3 * i + k] + weight;
    }
  return TRUE;
}

static gsize
first_point_at (const IscKernelSum *sum, double x)
{
  gsize low = 0, high = sum->n_points;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (sum->points[middle] < x)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static double
sum_gaussians (const IscKernelSum *sum, double x)
{
  double total = 0;

  for (gsize i = first_point_at (sum, x - sum->reach * sum->width); i < sum->n_points; i++)
    {
      double u = (x - sum->points[i]) / sum->width;

      if (u < -sum->reach)
        break;
      total += (sum->weights ? sum->weights[i] : 1) * exp (-0.5 * u * u);
    }
  return total * sum->scale;
}

static double
sum_parabolas (const IscKernelSum *sum, double x)
{
  gsize first = first_point_at (sum, x - sum->width), end = first_point_at (sum, x + sum->width);
  double total = 0;

  if (sum->powers && end - first > FEW_POINTS)
    {
      const double *low = sum->powers + 3 * first, *high = sum->powers + 3 * end;
      double u = (x - sum->origin) / sum->width;

      total = (high[0] - low[0]) * (1 - u * u) + 2 * u * (high[1] - low[1]) - (high[2] - low[2]);
      return MAX (total, 0) * sum->scale;
    }
  for (gsize i = first; i < end; i++)
    {
      double u = (x - sum->points[i]) / sum->width;

      total += (sum->weights ? sum->weights[i] : 1) * (1 - u * u);
    }
  return total * sum->scale;
}

static double
interpolate_lattice (const IscKernelSum *sum, double x)
{
  double place = (x - sum->lattice_low) / sum->spacing;
  const double *f;
  double t;
  gsize i;

  if (!(place >= 0 && place <= (double)(sum->n_lattice - 1)))
    return 0;
  i = CLAMP ((gsize)place, 1, sum->n_lattice - 3);
  t = place - (double)i;
  f = sum->lattice + i;
  return MAX (0, -t * (t - 1) * (t - 2) / 6 * *(f - 1) + (t + 1) * (t - 1) * (t - 2) / 2 * f[0]
                     - (t + 1) * t * (t - 2) / 2 * f[1] + (t + 1) * t * (t - 1) / 6 * f[2]);
}

/* Adds  peak ratio^j tail[j]  to @density[@at + @direction j] for j = 1, 2, ... as far as both go.
 * Four powers at a time, because each product waits for the one before. */
static void
add_side (double *density,
          int n,
          int at,
          int direction,
          double peak,
          double ratio,
          const double *tail,
          int n_tail)
{
  int from = direction > 0 ? MAX (1, -at) : MAX (1, at - (n - 1));
  int to = MIN (n_tail, direction > 0 ? n - at : at + 1);
  double power[4], ratio4;
  int j = from;

  if (from >= to)
    return;
  power[0] = peak * (from == 1 ? ratio : pow (ratio, from));
  for (int l = 1; l < 4; l++)
    power[l] = power[l - 1] * ratio;
  ratio4 = (ratio * ratio) * (ratio * ratio);
  for (; j + 4 <= to; j += 4)
    for (int l = 0; l < 4; l++)
      {
        density[at + direction * (j + l)] += power[l] * tail[j + l];
        power[l] *= ratio4;
      }
  for (int l = 0; j < to; j++, l++)
    density[at + direction * j] += power[l] * tail[j];
}

/* Adds a kernel around @place, counted in steps.  Exponents at evenly spaced points are squares of
 * an arithmetic progression,  exp (-(a + j e)^2 / 2) = exp (-a^2 / 2) exp (-a e)^j exp (-(j e)^2 /
 * 2), so two exponentials serve all points; @tail holds the last factor. */
static void
add_kernel (
    double *density, int n, double place, double weight, double e, const double *tail, int n_tail)
{
  double nearest = round (place);
  double a = (nearest - place) * e;
  double peak, ratio;
  int at;

  if (!(nearest > -n_tail && nearest < n + n_tail))
    return;
  at = (int)nearest;
  peak = weight * exp (-0.5 * a * a);
  ratio = exp (-a * e);
  if (at >= 0 && at < n)
    density[at] += peak;
  add_side (density, n, at, 1, peak, ratio, tail, n_tail);
  add_side (density, n, at, -1, peak, 1 / ratio, tail, n_tail);
}

static void
add_gaussians (const IscKernelSum *sum,
               double sign,
               double offset,
               double low,
               double step,
               double *density,
               gsize n)
{
  double e = step / sum->width;
  /* A centre is up to half a step from its grid point. */
  int n_tail = (int)(sum->reach / e + 0.5) + 1;
  g_autofree double *tail = g_new (double, n_tail);

  for (int j = 0; j < n_tail; j++)
    tail[j] = exp (-0.5 * (j * e) * (j * e));
  for (gsize i = 0; i < sum->n_points; i++)
    add_kernel (density, (int)n, (offset + sign * sum->points[i] - low) / step,
                sum->scale * (sum->weights ? sum->weights[i] : 1), e, tail, n_tail);
}

IscKernelSum *
isc_kernel_sum_new (IscBinnedSample *sample, IscKernel kernel, double bandwidth, GError **error)
{
  const IscMoments *moments = isc_binned_sample_get_moments (sample);
  gboolean gaussian = kernel == ISC_KERNEL_GAUSSIAN, enough_memory = TRUE;
  g_autoptr (IscKernelSum) sum = g_new0 (IscKernelSum, 1);

  g_return_val_if_fail (bandwidth > 0, NULL);
  g_return_val_if_fail (moments->min < moments->max, NULL);

  sum->kernel = kernel;
  sum->bandwidth = bandwidth;
  sum->reach = gaussian ? ISC_GAUSSIAN_REACH : 1;
  if (isc_binned_sample_is_exact (sample))
    {
      sum->points = isc_binned_sample_get_values (sample, &sum->n_points);
      /* Narrower kernels are spikes that no picture and no double can tell apart. */
      sum->bandwidth = MAX (bandwidth, 1e-12 * (moments->max - moments->min));
      sum->width = isc_kernel_get_width (kernel, sum->bandwidth);
    }
  else
    enough_memory = bin (sum, sample);
  if (enough_memory && !gaussian)
    enough_memory = sum_powers (sum);
  if (!enough_memory)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "not enough memory for a density estimate");
      return NULL;
    }
  sum->scale = (gaussian ? 1 / SQRT_2_PI : 0.75) / (sum->width * (double)moments->count);
  return g_steal_pointer (&sum);
}

void
isc_kernel_sum_free (IscKernelSum *sum)
{
  g_free (sum->own_points);
  g_free (sum->weights);
  g_free (sum->powers);
  g_free (sum->lattice);
  g_free (sum);
}

double
isc_kernel_sum_get_bandwidth (const IscKernelSum *sum)
{
  return sum->bandwidth;
}

double
isc_kernel_sum_get_reach (const IscKernelSum *sum)
{
  return sum->reach * sum->width;
}

double
isc_kernel_sum_get_error_bound (const IscKernelSum *sum)
{
  return sum->error_bound;
}

double
isc_kernel_sum_at (const IscKernelSum *sum, double x)
{
  if (sum->kernel == ISC_KERNEL_EPANECHNIKOV)
    return sum_parabolas (sum, x);
  return sum->lattice ? interpolate_lattice (sum, x) : sum_gaussians (sum, x);
}

void
isc_kernel_sum_add_image (const IscKernelSum *sum,
                          double sign,
                          double offset,
                          double low,
                          double step,
                          double *density,
                          gsize n)
{
  if (sum->kernel == ISC_KERNEL_GAUSSIAN && !sum->lattice)
    add_gaussians (sum, sign, offset, low, step, density, n);
  else
    for (gsize i = 0; i < n; i++)
      density[i] += isc_kernel_sum_at (sum, sign * (low + (double)i * step - offset));
}
