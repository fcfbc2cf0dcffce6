/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kde.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "stats/quantile.h"
#include "stats/smooth.h"
#include "support/reference.h"

static IscBandwidthRule
rule_of (double bandwidth)
{
  return (IscBandwidthRule){ .bandwidth = bandwidth };
}

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

static float *
load_sample (JsonObject *samples, const char *name, gsize *n)
{
  g_autofree double *values = reference_numbers (samples, name, n);
  float *x = g_new (float, *n);

  for (gsize i = 0; i < *n; i++)
    x[i] = (float)values[i];
  return x;
}

/* A few thousand values of two humps, too many to keep whole. */
static float *
large_sample (gsize n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  float *x = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    {
      double sum = -6;

      for (guint k = 0; k < 12; k++)
        sum += g_rand_double (random);
      x[i] = (float)(i % 3 == 0 ? -2 + 0.5 * sum : 1 + 0.3 * sum);
    }
  return x;
}

static double
direct_at (const float *x, gsize n, double h, double at)
{
  g_autofree double *values = g_new (double, n);
  double density;

  for (gsize i = 0; i < n; i++)
    values[i] = (double)x[i];
  isc_kde_direct_sum (ISC_KERNEL_GAUSSIAN, values, n, h, &at, &density, 1);
  return density;
}

/* The definition, on the reference's doubles. */
static void
test_direct_sum (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/kde.json");
  JsonArray *entries = json_object_get_array_member (root, "values");
  guint n_checked = 0;

  for (guint e = 0; e < json_array_get_length (entries); e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      gsize n, n_x;
      g_autofree double *values
          = reference_numbers (samples, json_object_get_string_member (entry, "sample"), &n);
      g_autofree double *x = reference_numbers (entry, "x", &n_x);
      g_autofree double *f = reference_numbers (entry, "f", &n_x);
      IscKernel kernel = g_str_equal (json_object_get_string_member (entry, "kernel"), "gaussian")
                             ? ISC_KERNEL_GAUSSIAN
                             : ISC_KERNEL_EPANECHNIKOV;
      double got[9];

      g_assert_cmpuint (n_x, ==, 9);
      isc_kde_direct_sum (kernel, values, n, reference_number (entry, "h"), x, got, n_x);
      for (gsize i = 0; i < n_x; i++)
        /* Parabolas cancel near their edges, where they are small. */
        assert_close (got[i], f[i], 1e-12, 1e-15);
      n_checked++;
    }
  g_assert_cmpuint (n_checked, ==, 18);
}

/* The estimate of a small sample, in float32: rules, values and reflection. */
static void
test_reference (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/kde.json");
  JsonArray *values = json_object_get_array_member (root, "values");
  JsonArray *reflections = json_object_get_array_member (root, "reflection");
  guint n_checked = 0;

  for (guint e = 0; e < json_array_get_length (values); e++)
    {
      JsonObject *entry = json_array_get_object_element (values, e);
      gsize n, n_x;
      g_autofree float *x
          = load_sample (samples, json_object_get_string_member (entry, "sample"), &n);
      g_autofree double *at = reference_numbers (entry, "x", &n_x);
      g_autofree double *f = reference_numbers (entry, "f", &n_x);
      g_autoptr (IscKde) kde = NULL;
      IscKdeOptions options = isc_kde_options_default ();
      double width;

      /* The reference says "scott*2.21..." where it gives the width of Epanechnikov's kernel. */
      if (!isc_bandwidth_rule_parse (json_object_get_string_member (entry, "bw"),
                                     &options.bandwidth, NULL))
        options.kernel = ISC_KERNEL_EPANECHNIKOV;
      kde = isc_kde_new_with (x, n, &options, NULL);
      g_assert_cmpint (isc_kde_get_kernel (kde), ==, options.kernel);
      width = isc_kernel_get_width (options.kernel, isc_kde_get_bandwidth (kde));
      /* float32 moves a value by 6e-8 of it, a density by as much of its slope. */
      assert_close (width, reference_number (entry, "h"), 6e-8, 0);
      g_assert_cmpfloat (isc_kde_get_error_bound (kde), ==, 0);
      for (gsize i = 0; i < n_x; i++)
        assert_close (density_at (kde, at[i]), f[i], 1e-6, 0);
      n_checked++;
    }
  g_assert_cmpuint (n_checked, ==, 18);

  g_assert_cmpuint (json_array_get_length (reflections), ==, 3);
  for (guint e = 0; e < json_array_get_length (reflections); e++)
    {
      JsonObject *entry = json_array_get_object_element (reflections, e);
      gsize n, n_x;
      g_autofree float *x
          = load_sample (samples, json_object_get_string_member (entry, "sample"), &n);
      g_autofree double *at = reference_numbers (entry, "x", &n_x);
      g_autofree double *reflected = reference_numbers (entry, "f_reflected", &n_x);
      g_autofree double *plain = reference_numbers (entry, "f_plain", &n_x);
      double a = reference_number (entry, "a"), b = reference_number (entry, "b");
      IscBandwidthRule rule = rule_of (reference_number (entry, "h"));
      g_autoptr (IscKde) with = kde_of (x, n, &rule, a, b);
      g_autoptr (IscKde) without = kde_of (x, n, &rule, NAN, NAN);

      for (gsize i = 0; i < n_x; i++)
        {
          assert_close (density_at (with, at[i]), reflected[i], 1e-6, 0);
          assert_close (density_at (without, at[i]), plain[i], 1e-6, 0);
        }
      g_assert_cmpfloat (density_at (with, a - 0.001), ==, 0);
    }
}

/* The curve to draw is the estimate at its own points, whichever way it was summed. */
static void
assert_grid (const IscKde *kde)
{
  const double *x, *density;
  gsize n = isc_kde_get_grid (kde, &x, &density);
  g_autofree double *at = g_new (double, n);
  double peak = 0;

  g_assert_cmpuint (n, >=, 512);
  isc_kde_evaluate (kde, x, at, n);
  for (gsize i = 0; i < n; i++)
    peak = MAX (peak, at[i]);
  for (gsize i = 0; i < n; i++)
    {
      /* A product of some hundred factors. */
      assert_close (density[i], at[i], 1e-11, 1e-14 * peak);
      g_assert_true (i == 0 || x[i] > x[i - 1]);
    }
}

static void
test_grid (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  gsize n;
  g_autofree float *x = load_sample (samples, "weyl_tanh200", &n);
  const double bandwidths[] = { 1e-4, 0.003, 0.0450055, 0.255, 1.4, 30 };
  const double bounds[][2]
      = { { NAN, NAN }, { -1, NAN }, { NAN, 1 }, { -1, 1 }, { -INFINITY, 1.5 } };

  for (gsize h = 0; h < G_N_ELEMENTS (bandwidths); h++)
    for (gsize b = 0; b < G_N_ELEMENTS (bounds); b++)
      {
        IscKdeOptions options
            = { rule_of (bandwidths[h]), ISC_KERNEL_GAUSSIAN, bounds[b][0], bounds[b][1] };
        g_autoptr (IscKde) gaussian = isc_kde_new_with (x, n, &options, NULL);
        g_autoptr (IscKde) epanechnikov = NULL;

        assert_grid (gaussian);
        options.kernel = ISC_KERNEL_EPANECHNIKOV;
        epanechnikov = isc_kde_new_with (x, n, &options, NULL);
        assert_grid (epanechnikov);
      }
}

static void
test_seaborn (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/kde.json");
  JsonArray *entries = json_object_get_array_member (root, "seaborn_like");

  g_assert_cmpuint (json_array_get_length (entries), ==, 6);
  for (guint e = 0; e < json_array_get_length (entries); e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      IscBandwidthRule rule = isc_bandwidth_rule_default ();
      gsize n, n_index;
      g_autofree float *x
          = load_sample (samples, json_object_get_string_member (entry, "sample"), &n);
      g_autofree double *index = reference_numbers (entry, "index", &n_index);
      g_autofree double *f = reference_numbers (entry, "f", &n_index);
      g_autoptr (IscKde) kde = kde_of (x, n, &rule, NAN, NAN);
      double first = reference_number (entry, "grid_first"),
             last = reference_number (entry, "grid_last");
      double area = 0, peak = 0;
      guint place = 0;
      const double *grid;
      gsize n_grid = isc_kde_get_grid (kde, &grid, NULL);

      /* The same cut; float32 moved the ends by 6e-8. */
      assert_close (grid[0], first, 2e-7, 0);
      assert_close (grid[n_grid - 1], last, 2e-7, 0);
      for (gsize i = 0; i < n_index; i++)
        assert_close (density_at (kde, first + index[i] * (last - first) / 199), f[i], 1e-5, 0);
      for (guint i = 0; i < 200; i++)
        {
          double density = density_at (kde, first + i * (last - first) / 199);

          area += (i == 0 || i == 199 ? 0.5 : 1) * density * (last - first) / 199;
          if (density > peak)
            {
              peak = density;
              place = i;
            }
        }
      assert_close (peak, reference_number (entry, "max"), 1e-6, 0);
      g_assert_cmpuint (place, ==, json_object_get_int_member (entry, "argmax"));
      assert_close (area, reference_number (entry, "trapz"), 1e-6, 0);
    }
}

static void
test_binned (void)
{
  gsize n = 20000;
  g_autofree float *x = large_sample (n);
  const double bandwidths[] = { 0.005, 0.05, 0.2, 1, 5, 40 };
  const double at[] = { -4.9, -2.385, -2, -0.7, 0.3333, 1, 1.9, 3.3 };

  for (gsize h = 0; h < G_N_ELEMENTS (bandwidths); h++)
    {
      IscBandwidthRule rule = rule_of (bandwidths[h]);
      g_autoptr (IscKde) kde = kde_of (x, n, &rule, NAN, NAN);
      double bound = isc_kde_get_error_bound (kde);

      g_assert_false (isc_kde_is_limited (kde));
      g_assert_cmpfloat (bound, >, 0);
      /* 1/1800 of a kernel's peak from binning, and interpolation. */
      g_assert_cmpfloat (bound, <, 6e-4 * 0.3989 / bandwidths[h]);
      for (gsize i = 0; i < G_N_ELEMENTS (at); i++)
        assert_close (density_at (kde, at[i]), direct_at (x, n, bandwidths[h], at[i]), 0, bound);
      assert_grid (kde);
    }
}

/* The Epanechnikov kernel on a lattice: within its bound, which one value alone may reach at a
 * kernel's edge, and for a smooth sample as near as the Gaussian is. */
static void
test_binned_epanechnikov (void)
{
  gsize n = 20000;
  g_autofree float *x = large_sample (n);
  g_autofree double *values = g_new (double, n);
  const double bandwidths[] = { 1e-7, 0.005, 0.05, 0.2, 1, 5, 40 };
  const double at[] = { -4.9, -2.385, -2, -0.7, 0.3333, 1, 1.9, 3.3 };

  for (gsize i = 0; i < n; i++)
    values[i] = (double)x[i];
  for (gsize h = 0; h < G_N_ELEMENTS (bandwidths); h++)
    {
      IscKdeOptions options = { rule_of (bandwidths[h]), ISC_KERNEL_EPANECHNIKOV, NAN, NAN };
      g_autoptr (IscKde) kde = isc_kde_new_with (x, n, &options, NULL);
      double width = isc_kernel_get_width (ISC_KERNEL_EPANECHNIKOV, isc_kde_get_bandwidth (kde));
      double bound = isc_kde_get_error_bound (kde);
      double direct[G_N_ELEMENTS (at)], peak = 0;

      g_assert_cmpint (isc_kde_is_limited (kde), ==, bandwidths[h] == 1e-7);
      g_assert_cmpfloat (bound, >, 0);
      isc_kde_direct_sum (ISC_KERNEL_EPANECHNIKOV, values, n, width, at, direct, G_N_ELEMENTS (at));
      for (gsize i = 0; i < G_N_ELEMENTS (at); i++)
        peak = MAX (peak, direct[i]);
      for (gsize i = 0; i < G_N_ELEMENTS (at); i++)
        {
          assert_close (density_at (kde, at[i]), direct[i], 0, bound);
          if (bandwidths[h] >= 0.05)
            assert_close (density_at (kde, at[i]), direct[i], 0, 2e-5 * peak);
        }
      assert_grid (kde);
    }
}

/* The lattice of the reference: as many points over as wide a range, with the same error. */
static void
test_linear_binning (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/kde.json");
  JsonArray *entries = json_object_get_array_member (root, "linear_binning_fft");

  g_assert_cmpuint (json_array_get_length (entries), ==, 24);
  for (guint e = 0; e < 24; e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      guint n_points = (guint)json_object_get_int_member (entry, "G");
      double h = reference_number (entry, "h");
      double d = reference_number (entry, "delta_over_h") * h;
      gsize n, n_smooth, first;
      g_autofree double *x
          = reference_numbers (samples, json_object_get_string_member (entry, "sample"), &n);
      g_autofree double *weights = g_new0 (double, n_points);
      g_autofree double *smooth = NULL;
      double low = INFINITY, worst = 0, peak = 0;

      for (gsize i = 0; i < n; i++)
        low = MIN (low, x[i]);
      low -= 6 * h;
      for (gsize i = 0; i < n; i++)
        {
          double place = (x[i] - low) / d;
          guint cell = (guint)place;

          weights[cell] += 1 - (place - cell);
          weights[cell + 1] += place - cell;
        }
      smooth = isc_smooth_lattice (weights, n_points, h / d, &n_smooth, &first);
      for (guint g = 0; g < n_points; g++)
        {
          double at = low + g * d, direct;

          isc_kde_direct_sum (ISC_KERNEL_GAUSSIAN, x, n, h, &at, &direct, 1);
          peak = MAX (peak, direct);
          worst = MAX (worst, fabs (smooth[first + g] / ((double)n * d) - direct));
        }
      /* The reference cuts the kernel off at 8 h, we at 8.5 h. */
      assert_close (worst, reference_number (entry, "max_abs_error"), 1e-8, 1e-14);
      assert_close (peak, reference_number (entry, "peak"), 1e-12, 0);
      g_assert_cmpfloat (worst, <=, isc_kde_linear_binning_bound (d, h));
    }
}

/* The rule that reads the sample, from values, from bins, and where it finds nothing. */
static void
test_isj (void)
{
  gsize n = 20000;
  g_autofree float *x = large_sample (n);
  const float few[] = { 0, 0.3f, 1 };
  IscKdeOptions options = isc_kde_options_default ();
  g_autoptr (IscKde) exact = NULL;
  g_autoptr (IscKde) binned = NULL;
  g_autoptr (IscKde) again = NULL;
  g_autoptr (IscKde) fallback = NULL;
  g_autofree char *text = NULL;
  g_autofree char *fallback_text = NULL;

  g_assert_true (isc_bandwidth_rule_parse ("isj", &options.bandwidth, NULL));
  exact = isc_kde_new_with (x, ISC_BINNED_SAMPLE_MAX_EXACT, &options, NULL);
  binned = isc_kde_new_with (x, n, &options, NULL);
  again = isc_kde_new_binned (isc_kde_get_sample (binned), NAN, &options, NULL);
  /* Humps of deviations 0.5 and 0.3 three apart: Scott would take 0.2. */
  g_assert_cmpfloat (isc_kde_get_bandwidth (exact), >, 0.03);
  g_assert_cmpfloat (isc_kde_get_bandwidth (exact), <, 0.12);
  g_assert_cmpfloat (isc_kde_get_bandwidth (binned), <, isc_kde_get_bandwidth (exact));
  g_assert_cmpfloat (isc_kde_get_bandwidth (again), ==, isc_kde_get_bandwidth (binned));
  g_assert_false (isc_kde_is_fallback (binned));
  text = isc_kde_to_text (binned);
  g_assert_true (g_str_has_prefix (text, "KDE ISJ h 0.0"));

  options.kernel = ISC_KERNEL_EPANECHNIKOV;
  fallback = isc_kde_new_with (few, 3, &options, NULL);
  fallback_text = isc_kde_to_text (fallback);
  g_assert_true (isc_kde_is_fallback (fallback));
  /* 0.9 times the quartiles' distance of 0.5 over 1.34, times 3^(-1/5); and 2.2138 times that. */
  g_assert_cmpstr (fallback_text, ==, "KDE nrd0 h 0.27 (ISJ found no root), Epanechnikov ±0.6");
}

/* A narrow peak and one value far away: the first lattice is too coarse for the bandwidth found on
 * it. */
static void
test_isj_rebins (void)
{
  gsize n = 20000;
  g_autofree float *x = large_sample (n);
  IscKdeOptions options = isc_kde_options_default ();
  g_autoptr (IscKde) kde = NULL;
  guint n_cells;
  double spacing;

  x[0] = 1000;
  g_assert_true (isc_bandwidth_rule_parse ("isj", &options.bandwidth, NULL));
  kde = isc_kde_new_with (x, n, &options, NULL);
  isc_binned_sample_get_weights (isc_kde_get_sample (kde), &n_cells, &spacing);
  g_assert_cmpuint (n_cells, >, isc_binned_sample_cells_for (1, 1));
  g_assert_false (isc_kde_is_limited (kde));
}

static void
test_reuse_of_bins (void)
{
  gsize n = 20000;
  g_autofree float *x = large_sample (n);
  IscBandwidthRule scott = isc_bandwidth_rule_default (), narrow = rule_of (0.03);
  IscKdeOptions options = { narrow, ISC_KERNEL_GAUSSIAN, NAN, NAN };
  g_autoptr (IscKde) first = kde_of (x, n, &scott, NAN, NAN);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscKde) second
      = isc_kde_new_binned (isc_kde_get_sample (first), NAN, &options, &error);
  g_autoptr (IscKde) anew = kde_of (x, n, &narrow, NAN, NAN);

  g_assert_no_error (error);
  g_assert_true (isc_kde_get_sample (first) == isc_kde_get_sample (second));
  g_assert_cmpfloat (density_at (second, 0.9), ==, density_at (anew, 0.9));
}

/* Narrower than the lattice shows: said, not drawn wrongly. */
static void
test_limited (void)
{
  gsize n = 20000;
  g_autofree float *x = large_sample (n);
  IscBandwidthRule rule = rule_of (1e-9);
  g_autoptr (IscKde) kde = kde_of (x, n, &rule, NAN, NAN);
  g_autofree char *text = isc_kde_to_text (kde);

  g_assert_true (isc_kde_is_limited (kde));
  g_assert_cmpfloat (isc_kde_get_asked_bandwidth (kde), ==, 1e-9);
  g_assert_cmpfloat (isc_kde_get_bandwidth (kde), >, 1e-6);
  g_assert_nonnull (strstr (text, "asked"));
  /* A quarter of the spacing squared over eight: 1/32 of a kernel's peak, and interpolation. */
  g_assert_cmpfloat (isc_kde_get_error_bound (kde), <, 0.04 * 0.3989 / isc_kde_get_bandwidth (kde));
}

static void
test_no_density (void)
{
  g_autofree float *constant = g_new (float, 5000);
  const float nothing[] = { NAN, INFINITY };
  const float one = 2.385f;
  IscBandwidthRule rule = isc_bandwidth_rule_default (), number = rule_of (0.1);
  struct
  {
    const float *x;
    gsize n;
    gboolean spike;
    double value;
    const char *text;
  } cases[] = {
    { NULL, 0, FALSE, 0, "no KDE: no value is finite" },
    { nothing, 2, FALSE, 0, "no KDE: no value is finite" },
    { &one, 1, TRUE, (double)2.385f, "no KDE: all values are equal" },
    { constant, 5000, TRUE, (double)0.1f, "no KDE: all values are equal" },
  };

  for (gsize i = 0; i < 5000; i++)
    constant[i] = 0.1f;
  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    for (guint r = 0; r < 2; r++)
      {
        g_autoptr (IscKde) kde = kde_of (cases[c].x, cases[c].n, r ? &number : &rule, -1, 1);
        g_autofree char *text = isc_kde_to_text (kde);
        const double *x, *density;
        double value = 0;

        g_assert_false (isc_kde_has_density (kde));
        g_assert_cmpint (isc_kde_get_spike (kde, &value), ==, cases[c].spike);
        g_assert_cmpfloat (value, ==, cases[c].value);
        g_assert_true (isnan (isc_kde_get_bandwidth (kde)));
        g_assert_true (isnan (density_at (kde, 0.1)));
        g_assert_cmpuint (isc_kde_get_grid (kde, &x, &density), ==, 0);
        g_assert_false (isc_kde_is_limited (kde));
        g_assert_cmpstr (text, ==, cases[c].text);
      }
}

static void
test_bounds (void)
{
  const float x[] = { 0.1f, 0.5f, 0.7f };
  IscBandwidthRule rule = rule_of (0.1), wide = rule_of (4);
  g_autoptr (IscKde) crossed = kde_of (x, 3, &rule, 0.3, 1);
  g_autoptr (IscKde) one_sided = kde_of (x, 3, &rule, NAN, 1);
  g_autoptr (IscKde) plain = kde_of (x, 3, &rule, NAN, NAN);
  g_autoptr (IscKde) flat = kde_of (x, 3, &wide, 0, 1);
  g_autoptr (IscKde) rounded = kde_of (x, 3, &rule, 0.1, 0.7);

  /* 0.3 is crossed by a value and so is no bound. */
  g_assert_cmpfloat (density_at (crossed, 0.2), ==, density_at (one_sided, 0.2));
  g_assert_cmpfloat (density_at (one_sided, 1.01), ==, 0);
  assert_close (density_at (one_sided, 0.95), density_at (plain, 0.95) + density_at (plain, 1.05),
                1e-14, 0);
  /* Four widths of bandwidth: nothing is left but the bounds. */
  assert_close (density_at (flat, 0.123), 1, 1e-14, 0);
  /* 0.1f is above 0.1 and 0.7f below 0.7: bounds. */
  g_assert_cmpfloat (density_at (rounded, 0.05), ==, 0);
  g_assert_true (isnan (density_at (plain, NAN)));
}

static void
test_extremes (void)
{
  const float wide[] = { -3.4e38f, 0, 3.4e38f }, narrow[] = { 0, 1e-45f, 7e-45f };
  IscBandwidthRule rule = isc_bandwidth_rule_default ();
  g_autoptr (IscKde) a = kde_of (wide, 3, &rule, NAN, NAN);
  g_autoptr (IscKde) b = kde_of (narrow, 3, &rule, NAN, NAN);
  IscBandwidthRule tiny = rule_of (1e-300);
  g_autoptr (IscKde) c = kde_of (wide, 3, &tiny, NAN, NAN);
  const double *density;
  gsize n = isc_kde_get_grid (c, NULL, &density);

  g_assert_true (isc_kde_is_limited (c));
  for (gsize i = 0; i < n; i++)
    g_assert_true (isfinite (density[i]));
  assert_grid (a);
  assert_grid (b);
}

static void
test_errors (void)
{
  const float x[] = { 0, 1 };
  const double bad[] = { 0, -1, NAN, INFINITY, 1e308 };
  IscBandwidthRule rule = isc_bandwidth_rule_default ();
  GError *error = NULL;

  g_assert_null (isc_kde_new (x, 2, &rule, 1, 1, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "1 is not below 1"));
  g_clear_error (&error);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      IscBandwidthRule number = rule_of (bad[i]);

      g_assert_null (isc_kde_new (x, 2, &number, NAN, NAN, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "bandwidth: "));
      g_clear_error (&error);
    }
}

static void
test_text (void)
{
  const float x[] = { 0, 1 };
  IscBandwidthRule rule = rule_of (0.0123);
  g_autoptr (IscKde) kde = kde_of (x, 2, &rule, NAN, NAN);
  g_autofree char *text = isc_kde_to_text (kde);
  g_autoptr (IscKde) reflected = NULL;
  g_autofree char *reflected_text = NULL;

  g_assert_cmpstr (text, ==, "KDE h 0.012");
  g_assert_true (isc_bandwidth_rule_parse ("silverman", &rule, NULL));
  reflected = kde_of (x, 2, &rule, 0, NAN);
  reflected_text = isc_kde_to_text (reflected);
  /* (3/2)^(-1/5) / sqrt 2 */
  g_assert_cmpstr (reflected_text, ==, "KDE Silverman h 0.65, reflected");
}

/* The lattice of the reference, whose bound and measured error are given. */
static void
test_bound (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/kde.json");
  JsonArray *entries = json_object_get_array_member (root, "linear_binning_fft");

  g_assert_cmpuint (json_array_get_length (entries), ==, 24);
  for (guint e = 0; e < json_array_get_length (entries); e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      double h = reference_number (entry, "h");
      double bound = isc_kde_linear_binning_bound (reference_number (entry, "delta_over_h") * h, h);

      assert_close (bound, reference_number (entry, "bound"), 1e-10, 0);
      g_assert_cmpfloat (reference_number (entry, "max_abs_error"), <=, bound);
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kde/direct-sum", test_direct_sum);
  g_test_add_func ("/kde/reference", test_reference);
  g_test_add_func ("/kde/grid", test_grid);
  g_test_add_func ("/kde/seaborn", test_seaborn);
  g_test_add_func ("/kde/binned", test_binned);
  g_test_add_func ("/kde/binned-epanechnikov", test_binned_epanechnikov);
  g_test_add_func ("/kde/linear-binning", test_linear_binning);
  g_test_add_func ("/kde/isj", test_isj);
  g_test_add_func ("/kde/isj-rebins", test_isj_rebins);
  g_test_add_func ("/kde/reuse-of-bins", test_reuse_of_bins);
  g_test_add_func ("/kde/limited", test_limited);
  g_test_add_func ("/kde/no-density", test_no_density);
  g_test_add_func ("/kde/bounds", test_bounds);
  g_test_add_func ("/kde/extremes", test_extremes);
  g_test_add_func ("/kde/errors", test_errors);
  g_test_add_func ("/kde/text", test_text);
  g_test_add_func ("/kde/bound", test_bound);
  return g_test_run ();
}
