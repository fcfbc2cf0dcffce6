/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/summary.h"

#include <math.h>

#include "base/error.h"
#include "base/runtime.h"
#include "stats/quantile.h"
#include "support/reference.h"

#define N 50000

static IscSummary *
summary_of (const float *x, gsize n, double low, double high)
{
  IscBinRule bins = isc_bin_rule_default ();
  IscBandwidthRule bandwidth = isc_bandwidth_rule_default ();
  g_autoptr (GError) error = NULL;
  IscSummary *summary = isc_summary_new (x, n, &bins, &bandwidth, low, high, &error);

  g_assert_no_error (error);
  return summary;
}

/* The summary is what its parts give when asked one by one. */
static void
test_parts (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree float *x = g_new (float, N);
  IscBinRule bins = isc_bin_rule_default ();
  IscBandwidthRule bandwidth = isc_bandwidth_rule_default ();
  g_autoptr (IscSummary) summary = NULL;
  g_autoptr (IscHistogram) histogram = NULL;
  g_autoptr (IscKde) kde = NULL;
  const double *p = isc_summary_probabilities ();
  double quantiles[ISC_SUMMARY_N_QUANTILES], at = 0.0123, a, b;
  IscMoments moments;

  for (gsize i = 0; i < N; i++)
    x[i] = (float)g_rand_double_range (random, -0.0357, 0.0357);
  x[17] = NAN;
  summary = summary_of (x, N, -0.0357, 0.0357);
  isc_moments_compute (x, N, &moments);
  g_assert_true (isc_quantiles (x, N, p, ISC_SUMMARY_N_QUANTILES, quantiles, NULL));
  histogram = isc_histogram_new (x, N, &bins, NULL);
  kde = isc_kde_new (x, N, &bandwidth, -0.0357, 0.0357, NULL);

  g_assert_cmpuint (isc_summary_get_moments (summary)->n_nan, ==, 1);
  g_assert_cmpfloat (isc_summary_get_moments (summary)->std, ==, moments.std);
  for (guint k = 0; k < ISC_SUMMARY_N_QUANTILES; k++)
    {
      g_assert_cmpfloat (isc_summary_get_quantiles (summary)[k], ==, quantiles[k]);
      g_assert_true (k == 0 || p[k] > p[k - 1]);
    }
  g_assert_cmpfloat (quantiles[0], ==, moments.min);
  g_assert_cmpfloat (quantiles[ISC_SUMMARY_N_QUANTILES - 1], ==, moments.max);
  g_assert_cmpfloat (isc_summary_get_iqr (summary), ==, quantiles[5] - quantiles[3]);
  g_assert_cmpuint (isc_histogram_get_n_bins (isc_summary_get_histogram (summary)), ==,
                    isc_histogram_get_n_bins (histogram));
  g_assert_cmpuint (isc_histogram_get_n (isc_summary_get_histogram (summary)), ==, N - 1);
  isc_kde_evaluate (kde, &at, &a, 1);
  isc_kde_evaluate (isc_summary_get_kde (summary), &at, &b, 1);
  g_assert_cmpfloat (a, ==, b);
}

static void
test_options (void)
{
  g_autofree float *x = g_new (float, N);
  IscSummaryOptions options = isc_summary_options_default ();
  IscKdeOptions kde_options = isc_kde_options_default ();
  g_autoptr (IscSummary) summary = NULL;
  g_autoptr (IscSummary) other = NULL;
  g_autoptr (IscHistogram) histogram = NULL;
  g_autoptr (IscKde) kde = NULL;
  g_autoptr (GError) error = NULL;
  double at = 0.3, a, b;

  for (gsize i = 0; i < N; i++)
    x[i] = sinf ((float)i);
  g_assert_true (isc_bin_rule_parse ("width=0.05", &options.bins, NULL));
  g_assert_true (isc_histogram_range_parse ("clip 0.2", &options.range, NULL));
  g_assert_true (isc_bandwidth_rule_parse ("isj", &options.bandwidth, NULL));
  options.kernel = ISC_KERNEL_EPANECHNIKOV;
  options.low_bound = -1;
  options.high_bound = 1;
  summary = isc_summary_new_with (x, N, &options, &error);
  g_assert_no_error (error);
  histogram = isc_histogram_new_with (x, N, &options.bins, &options.range, NULL);
  kde_options = (IscKdeOptions){ options.bandwidth, options.kernel, -1, 1 };
  kde = isc_kde_new_with (x, N, &kde_options, NULL);

  g_assert_cmpuint (isc_histogram_get_n_below (isc_summary_get_histogram (summary)), ==,
                    isc_histogram_get_n_below (histogram));
  g_assert_cmpuint (isc_histogram_get_n_below (histogram), >, N / 6);
  g_assert_cmpuint (isc_histogram_get_n_bins (isc_summary_get_histogram (summary)), ==,
                    isc_histogram_get_n_bins (histogram));
  isc_kde_evaluate (kde, &at, &a, 1);
  isc_kde_evaluate (isc_summary_get_kde (summary), &at, &b, 1);
  g_assert_cmpfloat (a, ==, b);

  /* Another bandwidth keeps the kernel. */
  other = isc_summary_rebandwidth (summary, &(IscBandwidthRule){ .bandwidth = 0.1 }, -1, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (isc_kde_get_kernel (isc_summary_get_kde (other)), ==, ISC_KERNEL_EPANECHNIKOV);

  options.range = (IscHistogramRange){ ISC_HISTOGRAM_RANGE_FIXED, 0, 0, 0 };
  g_assert_null (isc_summary_new_with (x, N, &options, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
}

static void
test_degenerate (void)
{
  const float zeros[] = { 0, 0, 0 };
  g_autoptr (IscSummary) empty = summary_of (NULL, 0, NAN, NAN);
  g_autoptr (IscSummary) flat = summary_of (zeros, 3, NAN, NAN);
  double spike = NAN;

  g_assert_cmpuint (isc_summary_get_moments (empty)->count, ==, 0);
  g_assert_true (isnan (isc_summary_get_quantiles (empty)[4]));
  g_assert_false (isc_kde_has_density (isc_summary_get_kde (empty)));
  g_assert_cmpuint (isc_summary_get_moments (flat)->n_zero, ==, 3);
  g_assert_true (isc_kde_get_spike (isc_summary_get_kde (flat), &spike));
  g_assert_cmpfloat (spike, ==, 0);
  g_assert_cmpuint (isc_histogram_get_n_bins (isc_summary_get_histogram (flat)), ==, 1);
}

static void
test_rebandwidth (void)
{
  g_autofree float *x = g_new (float, N);
  g_autoptr (IscSummary) summary = NULL;
  g_autoptr (IscSummary) other = NULL;
  g_autoptr (GError) error = NULL;
  IscBandwidthRule rule;

  for (gsize i = 0; i < N; i++)
    x[i] = sinf ((float)i);
  summary = summary_of (x, N, NAN, NAN);
  g_assert_true (isc_bandwidth_rule_parse ("nrd0", &rule, NULL));
  other = isc_summary_rebandwidth (summary, &rule, -1, 1, &error);
  g_assert_no_error (error);
  g_assert_true (isc_summary_get_histogram (other) == isc_summary_get_histogram (summary));
  g_assert_cmpfloat (isc_kde_get_bandwidth (isc_summary_get_kde (other)), <,
                     isc_kde_get_bandwidth (isc_summary_get_kde (summary)));
  g_assert_cmpfloat (isc_summary_get_iqr (other), ==, isc_summary_get_iqr (summary));

  g_assert_null (isc_summary_rebandwidth (summary, &rule, 2, -2, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
}

static void
test_errors (void)
{
  const float x[] = { 0, 1 };
  IscBinRule bins = isc_bin_rule_default ();
  IscBandwidthRule bandwidth = { .bandwidth = -1 };
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_summary_new (x, 2, &bins, &bandwidth, NAN, NAN, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
}

static gpointer
unref_in_thread (gpointer data)
{
  g_autoptr (IscSummary) summary = data;

  return GINT_TO_POINTER (isc_histogram_get_n (isc_summary_get_histogram (summary)) == 2);
}

static void
test_shared (void)
{
  const float x[] = { 0, 1 };
  g_autoptr (IscSummary) summary = summary_of (x, 2, NAN, NAN);
  GThread *thread = g_thread_new ("reader", unref_in_thread, isc_summary_ref (summary));

  g_assert_true (GPOINTER_TO_INT (g_thread_join (thread)));
  g_assert_cmpuint (isc_summary_get_moments (summary)->count, ==, 2);
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/summary/parts", test_parts);
  g_test_add_func ("/summary/options", test_options);
  g_test_add_func ("/summary/degenerate", test_degenerate);
  g_test_add_func ("/summary/rebandwidth", test_rebandwidth);
  g_test_add_func ("/summary/errors", test_errors);
  g_test_add_func ("/summary/shared", test_shared);
  return g_test_run ();
}
