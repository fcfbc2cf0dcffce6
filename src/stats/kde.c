/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kde.h"

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "base/ref-count.h"
#include "stats/kernel-sum.h"
#include "stats/quantile.h"
#include "stats/smooth.h"

#define SQRT_2_PI 2.5066282746310005

/* The curve to draw. */
#define MIN_GRID 512
#define MAX_GRID 4096
#define GRID_CUT 3.0

/* Beyond so many distances of the bounds a folded Gaussian is flat to 1e-19, and a folded
 * Epanechnikov kernel, whose edges leave a ripple of 3 / (pi w)^2, to 3e-7. */
#define FLAT_GAUSSIAN 3.0
#define FLAT_EPANECHNIKOV 450.0

/* The unbounded sum seen in a bound: f (sign (x - offset)). */
typedef struct
{
  double sign;
  double offset;
} Image;

/* @sum is set where there is a density. */
struct _IscKde
{
  IscRefCount ref_count;
  IscBinnedSample *sample;
  IscKernelSum *sum;
  IscBandwidthRule rule;
  IscKernel kernel;
  const IscBandwidthRuleInfo *used; /* whose bandwidth it is, where @rule found none another's */
  double asked;
  double bandwidth;
  double low_bound;
  double high_bound;
  GArray *images;
  gsize n_grid;
  double *grid_x;
  double *grid_density;
};

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

/* Between two bounds a wide kernel fills their whole distance evenly. */
static gboolean
is_flat (const IscKde *kde)
{
  double flat = kde->kernel == ISC_KERNEL_GAUSSIAN ? FLAT_GAUSSIAN : FLAT_EPANECHNIKOV;

  return kde->bandwidth > flat * (kde->high_bound - kde->low_bound);
}

static void
add_image (IscKde *kde, double sign, double offset)
{
  Image image = { sign, offset };

  g_array_append_val (kde->images, image);
}

/* One bound shows one reflection; two facing bounds show reflections of reflections, at distances
 * of twice their own.  Values lie within the bounds, so images further than the kernel's reach, and
 * the distance of the bounds, are out of sight. */
static void
set_images (IscKde *kde)
{
  double a = kde->low_bound, b = kde->high_bound;
  double period = 2 * (b - a);
  int n_pairs;

  add_image (kde, 1, 0);
  if (isfinite (a))
    add_image (kde, -1, 2 * a);
  else if (isfinite (b))
    add_image (kde, -1, 2 * b);
  if (!isfinite (period) || is_flat (kde))
    return;
  n_pairs = (int)ceil (isc_kernel_sum_get_reach (kde->sum) / period) + 1;
  for (int k = 1; k <= n_pairs; k++)
    {
      add_image (kde, 1, -k * period);
      add_image (kde, 1, k * period);
      add_image (kde, -1, 2 * a - k * period);
      add_image (kde, -1, 2 * a + k * period);
    }
}

static double
density_at (const IscKde *kde, double x)
{
  double density = 0;

  if (kde->sum == NULL || isnan (x))
    return NAN;
  if (x < kde->low_bound || x > kde->high_bound)
    return 0;
  if (is_flat (kde))
    return 1 / (kde->high_bound - kde->low_bound);
  for (guint i = 0; i < kde->images->len; i++)
    {
      const Image *image = &g_array_index (kde->images, Image, i);

      density += isc_kernel_sum_at (kde->sum, image->sign * (x - image->offset));
    }
  return density;
}

static void
set_grid (IscKde *kde)
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

  if (is_flat (kde))
    isc_kde_evaluate (kde, kde->grid_x, kde->grid_density, kde->n_grid);
  else
    for (guint i = 0; i < kde->images->len; i++)
      {
        const Image *image = &g_array_index (kde->images, Image, i);

        isc_kernel_sum_add_image (kde->sum, image->sign, image->offset, low, step,
                                  kde->grid_density, kde->n_grid);
      }
}

static gboolean
check_options (const IscKdeOptions *options, GError **error)
{
  if (options->low_bound >= options->high_bound)
    {
      g_autofree char *low = isc_number_to_text (options->low_bound);
      g_autofree char *high = isc_number_to_text (options->high_bound);

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "density bounds: %s is not below %s", low,
                   high);
      return FALSE;
    }
  /* The curve reaches three bandwidths out, in doubles. */
  if (!options->bandwidth.info
      && !(options->bandwidth.bandwidth > 0 && isfinite (100 * options->bandwidth.bandwidth)))
    {
      g_autofree char *text = isc_number_to_text (options->bandwidth.bandwidth);

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "bandwidth: %s is not a finite number above 0", text);
      return FALSE;
    }
  return TRUE;
}

/* What a rule gave: @info is the rule that did, which may be another than asked for. */
typedef struct
{
  const IscBandwidthRuleInfo *info;
  double value;
} Bandwidth;

static Bandwidth
choose_bandwidth (const IscKdeOptions *options,
                  const IscMoments *moments,
                  double iqr,
                  const IscBinnedSample *sample)
{
  Bandwidth bandwidth;

  bandwidth.value
      = isc_bandwidth_rule_evaluate (&options->bandwidth, moments, iqr, sample, &bandwidth.info);
  return bandwidth;
}

static IscKde *
estimate (IscBinnedSample *sample,
          const IscKdeOptions *options,
          Bandwidth bandwidth,
          GError **error)
{
  const IscMoments *moments = isc_binned_sample_get_moments (sample);
  g_autoptr (IscKde) kde = g_new0 (IscKde, 1);

  isc_ref_count_init (&kde->ref_count);
  kde->sample = isc_binned_sample_ref (sample);
  kde->rule = options->bandwidth;
  kde->used = bandwidth.info;
  kde->kernel = options->kernel;
  kde->asked = kde->bandwidth = NAN;
  kde->low_bound = -INFINITY;
  kde->high_bound = INFINITY;
  if (moments->count == 0 || !(moments->min < moments->max))
    return g_steal_pointer (&kde);

  kde->asked = bandwidth.value;
  kde->sum = isc_kernel_sum_new (sample, kde->kernel, kde->asked, error);
  if (kde->sum == NULL)
    return NULL;
  kde->bandwidth = isc_kernel_sum_get_bandwidth (kde->sum);
  set_bounds (kde, options->low_bound, options->high_bound);
  kde->images = g_array_new (FALSE, FALSE, sizeof (Image));
  set_images (kde);
  set_grid (kde);
  return g_steal_pointer (&kde);
}

IscKdeOptions
isc_kde_options_default (void)
{
  return (IscKdeOptions){ isc_bandwidth_rule_default (), ISC_KERNEL_GAUSSIAN, NAN, NAN };
}

IscKde *
isc_kde_new (const float *x,
             gsize n,
             const IscBandwidthRule *rule,
             double low_bound,
             double high_bound,
             GError **error)
{
  IscKdeOptions options = { *rule, ISC_KERNEL_GAUSSIAN, low_bound, high_bound };

  return isc_kde_new_with (x, n, &options, error);
}

IscKde *
isc_kde_new_with (const float *x, gsize n, const IscKdeOptions *options, GError **error)
{
  static const double quartiles[] = { 0.25, 0.75 };
  const IscBandwidthRuleInfo *info = options->bandwidth.info;
  double quantiles[2] = { NAN, NAN };
  IscMoments moments;

  g_return_val_if_fail (n == 0 || x != NULL, NULL);

  if (!check_options (options, error))
    return NULL;
  isc_moments_compute (x, n, &moments);
  if (info && info->needs_iqr && !isc_quantiles (x, n, quartiles, 2, quantiles, error))
    return NULL;
  return isc_kde_new_measured (x, n, &moments, quantiles[1] - quantiles[0], options, error);
}

IscKde *
isc_kde_new_measured (const float *x,
                      gsize n,
                      const IscMoments *moments,
                      double iqr,
                      const IscKdeOptions *options,
                      GError **error)
{
  double range = moments->max - moments->min;
  const IscBandwidthRuleInfo *info = options->bandwidth.info;
  gboolean needs_sample = info && info->needs_sample;
  g_autoptr (IscBinnedSample) sample = NULL;
  Bandwidth bandwidth = { 0 };
  guint n_cells;

  if (!check_options (options, error))
    return NULL;
  /* A rule that reads the sample gets the coarsest lattice first. */
  if (!needs_sample)
    bandwidth = choose_bandwidth (options, moments, iqr, NULL);
  n_cells = isc_binned_sample_cells_for (range, needs_sample ? range : bandwidth.value);
  sample = isc_binned_sample_new (x, n, moments, n_cells, error);
  if (sample == NULL)
    return NULL;
  if (needs_sample)
    {
      guint n_needed;

      bandwidth = choose_bandwidth (options, moments, iqr, sample);
      n_needed = isc_binned_sample_cells_for (range, bandwidth.value);
      if (n_needed > n_cells && !isc_binned_sample_is_exact (sample))
        {
          isc_binned_sample_unref (sample);
          sample = isc_binned_sample_new (x, n, moments, n_needed, error);
          if (sample == NULL)
            return NULL;
        }
    }
  return estimate (sample, options, bandwidth, error);
}

IscKde *
isc_kde_new_binned (IscBinnedSample *sample,
                    double iqr,
                    const IscKdeOptions *options,
                    GError **error)
{
  const IscMoments *moments;

  g_return_val_if_fail (sample != NULL && options != NULL, NULL);

  if (!check_options (options, error))
    return NULL;
  moments = isc_binned_sample_get_moments (sample);
  return estimate (sample, options, choose_bandwidth (options, moments, iqr, sample), error);
}

IscKde *
isc_kde_ref (IscKde *kde)
{
  isc_ref_count_inc (&kde->ref_count);
  return kde;
}

void
isc_kde_unref (IscKde *kde)
{
  if (!isc_ref_count_dec (&kde->ref_count))
    return;
  isc_binned_sample_unref (kde->sample);
  g_clear_pointer (&kde->sum, isc_kernel_sum_free);
  g_clear_pointer (&kde->images, g_array_unref);
  g_free (kde->grid_x);
  g_free (kde->grid_density);
  g_free (kde);
}

void
isc_kde_evaluate (const IscKde *kde, const double *x, double *density, gsize n)
{
  for (gsize i = 0; i < n; i++)
    density[i] = density_at (kde, x[i]);
}

gboolean
isc_kde_has_density (const IscKde *kde)
{
  return kde->sum != NULL;
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

IscKernel
isc_kde_get_kernel (const IscKde *kde)
{
  return kde->kernel;
}

gboolean
isc_kde_is_fallback (const IscKde *kde)
{
  return kde->used != kde->rule.info;
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
  return kde->sum ? isc_kernel_sum_get_error_bound (kde->sum) : 0;
}

static void
append_number (GString *text, const char *before, double number, const char *after)
{
  g_autofree char *label = isc_number_to_label (number, 2);

  g_string_append_printf (text, "%s%s%s", before, label, after);
}

char *
isc_kde_to_text (const IscKde *kde)
{
  GString *text;

  if (!isc_kde_has_density (kde))
    return g_strdup (isc_kde_get_spike (kde, NULL) ? "no KDE: all values are equal"
                                                   : "no KDE: no value is finite");
  text = g_string_new ("KDE ");
  if (kde->used)
    g_string_append_printf (text, "%s ",
                            isc_kde_is_fallback (kde) ? kde->used->name : kde->used->caption);
  append_number (text, "h ", kde->bandwidth, "");
  if (isc_kde_is_limited (kde))
    append_number (text, " (asked ", kde->asked, ")");
  if (isc_kde_is_fallback (kde))
    g_string_append_printf (text, " (%s found no root)", kde->rule.info->caption);
  if (kde->kernel != ISC_KERNEL_GAUSSIAN)
    {
      g_string_append_printf (text, ", %s", isc_kernel_get_label (kde->kernel));
      append_number (text, " ±", isc_kernel_get_width (kde->kernel, kde->bandwidth), "");
    }
  if (isfinite (kde->low_bound) || isfinite (kde->high_bound))
    g_string_append (text, ", reflected");
  return g_string_free (text, FALSE);
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
                    double width,
                    const double *x,
                    double *density,
                    gsize n)
{
  gboolean gaussian = kernel == ISC_KERNEL_GAUSSIAN;

  g_return_if_fail (n_values > 0 && width > 0);

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0;

      for (gsize k = 0; k < n_values; k++)
        {
          double u = (x[i] - values[k]) / width;

          sum += gaussian ? exp (-0.5 * u * u) : MAX (0, 1 - u * u);
        }
      density[i] = (gaussian ? 1 / SQRT_2_PI : 0.75) * sum / (width * (double)n_values);
    }
}
