/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/law.h"
#include "base/runtime.h"
#include "stats/kde.h"
#include "stats/quantile.h"
#include "support/reference.h"

/* What holds for every density estimate, over seeded samples of several shapes and sizes, every
 * bandwidth rule, and bounds. */

#define N_SHAPES 6

typedef struct
{
  const char *name;
  double low;
  double high;
} Shape;

/* The hard bounds of each shape, NaN for none. */
static const Shape shapes[N_SHAPES] = {
  { "normal", NAN, NAN },    { "uniform", -0.0357, 0.0357 }, { "exponential", 0, NAN },
  { "two humps", NAN, NAN }, { "arcsine", -1, 1 },           { "half sparse", NAN, NAN },
};

static float
draw (GRand *random, guint shape)
{
  IscLaw normal = isc_law_normal (0, 0.0505);
  double u = g_rand_double_range (random, 1e-9, 1 - 1e-9);
  double v = g_rand_double (random);

  switch (shape)
    {
    case 0:
      return (float)isc_law_quantile (&normal, u);
    case 1:
      return (float)((2 * u - 1) * 0.0357);
    case 2:
      return (float)-log (u);
    case 3:
      return (float)(isc_law_quantile (&normal, u) + (v < 0.3 ? -1 : 0.4));
    case 4:
      return (float)sin (2 * G_PI * u);
    default:
      return v < 0.5 ? 0.0f : (float)isc_law_quantile (&normal, u);
    }
}

static float *
sample (guint shape, gsize n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1000 * shape + 17);
  float *x = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    x[i] = draw (random, shape);
  return x;
}

/* Exact sums, and bins: one size on either side. */
static const gsize sizes[] = { 50, 1000, 30000 };

static IscKde *
kde_of (const float *x, gsize n, const IscBandwidthRule *rule, double low, double high)
{
  g_autoptr (GError) error = NULL;
  IscKde *kde = isc_kde_new (x, n, rule, low, high, &error);

  g_assert_no_error (error);
  return kde;
}

static double
density_at (const IscKde *kde, double x)
{
  double density;

  isc_kde_evaluate (kde, &x, &density, 1);
  return density;
}

/* The trapezium rule is off by step^2/12 times the difference of the slopes at the ends, which are
 * 0 at a reflecting bound and where the density has died away. */
static double
integral (const IscKde *kde, double low, double high)
{
  int steps = 1 + (int)ceil (8 * (high - low) / isc_kde_get_bandwidth (kde));
  double step = (high - low) / steps;
  double sum = 0.5 * (density_at (kde, low) + density_at (kde, high));

  for (int i = 1; i < steps; i++)
    sum += density_at (kde, low + i * step);
  return sum * step;
}

static void
test_integrates_to_one (void)
{
  gsize n_rules;
  const IscBandwidthRuleInfo *const *rules = isc_bandwidth_rules (&n_rules);

  for (guint s = 0; s < N_SHAPES; s++)
    for (gsize z = 0; z < G_N_ELEMENTS (sizes); z++)
      {
        g_autofree float *x = sample (s, sizes[z]);

        for (gsize r = 0; r < n_rules; r++)
          for (guint bounded = 0; bounded < 2; bounded++)
            {
              IscBandwidthRule rule = { .info = rules[r] };
              double a = bounded ? shapes[s].low : NAN, b = bounded ? shapes[s].high : NAN;
              g_autoptr (IscKde) kde = kde_of (x, sizes[z], &rule, a, b);
              const IscMoments *moments = isc_binned_sample_get_moments (isc_kde_get_sample (kde));
              double reach = 8.5 * isc_kde_get_bandwidth (kde);
              double low = isnan (a) ? moments->min - reach : a;
              double high = isnan (b) ? moments->max + reach : b;

              /* Interpolation of a smooth lattice; sums themselves are good to 1e-13. */
              assert_close (integral (kde, low, high), 1, 1e-7, 0);
            }
      }
}

/* However wide the kernel, folding keeps all mass between the bounds. */
static void
test_reflection_keeps_mass (void)
{
  const double bandwidths[] = { 0.01, 0.1, 0.5, 1, 2, 3, 5.9, 6.1, 100, 899, 901 };

  for (gsize z = 0; z < G_N_ELEMENTS (sizes); z++)
    {
      g_autofree float *x = sample (4, sizes[z]);

      for (gsize h = 0; h < G_N_ELEMENTS (bandwidths); h++)
        for (guint k = 0; k < ISC_N_KERNELS; k++)
          {
            IscKdeOptions options = { { .bandwidth = bandwidths[h] }, (IscKernel)k, -1, 1 };
            g_autoptr (IscKde) kde = isc_kde_new_with (x, sizes[z], &options, NULL);
            double step = 2.0 / 2000, sum = 0;

            for (int i = 0; i <= 2000; i++)
              sum += (i == 0 || i == 2000 ? 0.5 : 1) * step * density_at (kde, -1 + i * step);
            /* The slope of Epanechnikov's kernel jumps by 1.5/w^2 at its edges: up to step^2/12 of
             * that, of either sign, a value. */
            assert_close (sum, 1, k == ISC_KERNEL_GAUSSIAN ? 1e-7 : 1e-4, 0);
            g_assert_cmpfloat (density_at (kde, -1.0001), ==, 0);
            g_assert_cmpfloat (density_at (kde, 1.0001), ==, 0);
          }
    }
}

/* Both kernels estimate the same density, because a rule means the same smoothing; and none is
 * negative, not even where sums of powers cancel. */
static void
test_kernels_agree (void)
{
  for (guint s = 0; s < N_SHAPES - 1; s++)
    for (gsize z = 0; z < G_N_ELEMENTS (sizes); z++)
      {
        g_autofree float *x = sample (s, sizes[z]);
        IscKdeOptions options = isc_kde_options_default ();
        g_autoptr (IscKde) gaussian = isc_kde_new_with (x, sizes[z], &options, NULL);
        g_autoptr (IscKde) epanechnikov = NULL;
        const double *grid, *density;
        gsize n_grid = isc_kde_get_grid (gaussian, &grid, &density);
        double distance = 0;

        options.kernel = ISC_KERNEL_EPANECHNIKOV;
        epanechnikov = isc_kde_new_with (x, sizes[z], &options, NULL);
        g_assert_cmpfloat (isc_kde_get_bandwidth (epanechnikov), ==,
                           isc_kde_get_bandwidth (gaussian));
        for (gsize i = 1; i < n_grid; i++)
          {
            double other = density_at (epanechnikov, grid[i]);

            g_assert_cmpfloat (other, >=, 0);
            distance += 0.5 * fabs (other - density[i]) * (grid[i] - grid[i - 1]);
          }
        /* In total variation the kernels differ by 0.0904, and sums of them by no more. */
        g_assert_cmpfloat (distance, <, 0.0904);
      }
}

/* f_R(x) = f(x) + f(2a - x) + f(2b - x) while the kernel is narrower than the bounds; and its slope
 * at a bound is 0. */
static void
test_reflection_is_a_sum (void)
{
  for (guint s = 0; s < N_SHAPES; s++)
    for (gsize z = 0; z < G_N_ELEMENTS (sizes); z++)
      {
        g_autofree float *x = sample (s, sizes[z]);
        double a = shapes[s].low, b = shapes[s].high;
        double span = isnan (b) ? 5 : b - a;
        IscBandwidthRule rule = { .bandwidth = 0.05 * span };
        g_autoptr (IscKde) folded = NULL;
        g_autoptr (IscKde) plain = NULL;

        if (isnan (a))
          continue;
        folded = kde_of (x, sizes[z], &rule, a, b);
        plain = kde_of (x, sizes[z], &rule, NAN, NAN);
        for (int i = 0; i <= 40; i++)
          {
            double at = a + span * i / 40;
            double sum = density_at (plain, at) + density_at (plain, 2 * a - at);

            if (!isnan (b))
              sum += density_at (plain, 2 * b - at);
            assert_close (density_at (folded, at), sum, 1e-12, 1e-14 / span);
          }
        /* The second derivative is at most a kernel's peak over h^2. */
        assert_close (density_at (folded, a + 1e-4 * span), density_at (folded, a), 0,
                      1e-8 * span * span / pow (rule.bandwidth, 3));
      }
}

/* The binned estimate is within its proved bound of the sum over the values, anywhere. */
static void
test_binned_error (void)
{
  const double factors[] = { 0.02, 0.3, 1, 4, 50 };
  gsize n = 30000;

  for (guint s = 0; s < N_SHAPES; s++)
    {
      g_autofree float *x = sample (s, n);
      g_autofree double *values = g_new (double, n);
      IscBandwidthRule scott = isc_bandwidth_rule_default ();
      g_autoptr (IscKde) first = kde_of (x, n, &scott, NAN, NAN);
      const IscMoments *moments = isc_binned_sample_get_moments (isc_kde_get_sample (first));
      double range = moments->max - moments->min;

      for (gsize i = 0; i < n; i++)
        values[i] = (double)x[i];
      for (gsize f = 0; f < G_N_ELEMENTS (factors); f++)
        for (guint k = 0; k < ISC_N_KERNELS; k++)
          {
            IscKdeOptions options = {
              { .bandwidth = factors[f] * isc_kde_get_bandwidth (first) },
              (IscKernel)k,
              NAN,
              NAN,
            };
            g_autoptr (GError) error = NULL;
            /* The bins of the first estimate, wherever they are fine enough. */
            g_autoptr (IscKde) kde
                = isc_kde_new_binned (isc_kde_get_sample (first), NAN, &options, &error);
            double bound = isc_kde_get_error_bound (kde);
            double width = isc_kernel_get_width (options.kernel, isc_kde_get_bandwidth (kde));
            double worst = 0;

            g_assert_no_error (error);
            for (int i = 0; i <= 30; i++)
              {
                /* Not lattice points. */
                double at = moments->min - 0.1 * range + 1.2 * range * (i + 0.2385) / 31, direct;

                isc_kde_direct_sum (options.kernel, values, n, width, &at, &direct, 1);
                worst = MAX (worst, fabs (density_at (kde, at) - direct));
              }
            g_assert_cmpfloat (bound, >, 0);
            g_assert_cmpfloat (worst, <=, bound);
          }
    }
}

/* By default the error is a hundredth of that of the usual implementations: 2e-5 of the peak. */
static void
test_binned_error_by_default (void)
{
  gsize n = 30000;

  for (guint s = 0; s < N_SHAPES - 1; s++)
    {
      g_autofree float *x = sample (s, n);
      g_autofree double *values = g_new (double, n);
      IscBandwidthRule rule = isc_bandwidth_rule_default ();
      g_autoptr (IscKde) kde = kde_of (x, n, &rule, NAN, NAN);
      const double *grid, *density;
      gsize n_grid = isc_kde_get_grid (kde, &grid, &density);
      double worst = 0, peak = 0;

      for (gsize i = 0; i < n; i++)
        values[i] = (double)x[i];
      for (gsize i = 0; i < n_grid; i += 16)
        {
          double direct;

          isc_kde_direct_sum (ISC_KERNEL_GAUSSIAN, values, n, isc_kde_get_bandwidth (kde), &grid[i],
                              &direct, 1);
          worst = MAX (worst, fabs (density[i] - direct));
          peak = MAX (peak, direct);
        }
      g_test_message ("%s: error %.2g of the peak", shapes[s].name, worst / peak);
      g_assert_cmpfloat (worst, <=, 2e-5 * peak);
    }
}

/* Moving and stretching the values moves and stretches the density. */
static void
test_equivariant (void)
{
  for (gsize z = 0; z < G_N_ELEMENTS (sizes); z++)
    {
      gsize n = sizes[z];
      g_autofree float *x = sample (3, n);
      g_autofree float *y = g_new (float, n);
      IscBandwidthRule rule = isc_bandwidth_rule_default ();
      g_autoptr (IscKde) a = NULL;
      g_autoptr (IscKde) b = NULL;

      for (gsize i = 0; i < n; i++)
        {
          /* On a coarse grid of binary fractions, so that y is exact. */
          x[i] = roundf (x[i] * 4096) / 4096;
          y[i] = 8 * x[i] + 16;
        }
      a = kde_of (x, n, &rule, NAN, NAN);
      b = kde_of (y, n, &rule, NAN, NAN);
      for (int i = -20; i <= 20; i++)
        assert_close (8 * density_at (b, 8 * (i / 14.0) + 16), density_at (a, i / 14.0), 1e-9,
                      1e-12);
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kde/integrates-to-one", test_integrates_to_one);
  g_test_add_func ("/kde/reflection-keeps-mass", test_reflection_keeps_mass);
  g_test_add_func ("/kde/kernels-agree", test_kernels_agree);
  g_test_add_func ("/kde/reflection-is-a-sum", test_reflection_is_a_sum);
  g_test_add_func ("/kde/binned-error", test_binned_error);
  g_test_add_func ("/kde/binned-error-by-default", test_binned_error_by_default);
  g_test_add_func ("/kde/equivariant", test_equivariant);
  return g_test_run ();
}
