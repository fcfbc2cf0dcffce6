/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/qq.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/error.h"
#include "base/runtime.h"
#include "support/reference.h"

static IscSortedSample *
sample_of (const float *x, gsize n)
{
  g_autoptr (GError) error = NULL;
  IscSortedSample *sample = isc_sorted_sample_new (x, n, &error);

  g_assert_no_error (error);
  return sample;
}

static IscQq *
qq_of (const IscSortedSample *sample, const IscLaw *law, IscQqPositions positions)
{
  g_autoptr (GError) error = NULL;
  IscQq *qq = isc_qq_new (sample, law, positions, &error);

  g_assert_no_error (error);
  return qq;
}

static IscSortedSample *
load_sample (const char *name)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  gsize n;
  g_autofree double *values = reference_numbers (samples, name, &n);
  g_autofree float *x = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    x[i] = (float)values[i];
  return sample_of (x, n);
}

/* Positions, quantiles and the band; the law U (0, 1) shows the band's probabilities. */
static void
test_reference (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/gof.json");
  JsonObject *entry = json_object_get_object_member (root, "qq");
  g_autoptr (IscSortedSample) sample
      = load_sample (json_object_get_string_member (entry, "sample"));
  IscLaw normal = isc_law_normal (0, 1), uniform = isc_law_uniform (0, 1);
  g_autoptr (IscQq) filliben = qq_of (sample, &normal, ISC_QQ_FILLIBEN);
  g_autoptr (IscQq) hazen = qq_of (sample, &uniform, ISC_QQ_HAZEN);
  gsize n, n_points, n_hazen;
  g_autofree double *positions = reference_numbers (entry, "filliben_positions", &n);
  g_autofree double *theory = reference_numbers (entry, "theoretical", &n);
  g_autofree double *ordered = reference_numbers (entry, "ordered", &n);
  g_autofree double *half = reference_numbers (entry, "hazen_positions", &n);
  g_autofree double *low = reference_numbers (entry, "band95_low_p", &n);
  g_autofree double *high = reference_numbers (entry, "band95_high_p", &n);
  const IscQqPoint *points = isc_qq_get_points (filliben, &n_points);
  const IscQqPoint *others = isc_qq_get_points (hazen, &n_hazen);

  g_assert_cmpuint (n, ==, 20);
  g_assert_cmpuint (n_points, ==, 20);
  g_assert_cmpuint (n_hazen, ==, 20);
  g_assert_cmpuint (isc_qq_get_n (filliben), ==, 20);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpuint (points[i].rank, ==, i + 1);
      /* The reference went through the quantile and back. */
      assert_close (points[i].p, positions[i], 1e-13, 0);
      assert_close (points[i].theory, theory[i], 1e-13, 1e-14);
      assert_close (points[i].value, ordered[i], 6e-8, 0);
      assert_close (points[i].low, isc_law_quantile (&normal, low[i]), 1e-9, 1e-9);
      assert_close (points[i].high, isc_law_quantile (&normal, high[i]), 1e-9, 1e-9);
      assert_close (others[i].p, half[i], 1e-15, 0);
      assert_close (others[i].low, low[i], 1e-10, 0);
      assert_close (others[i].high, high[i], 1e-10, 0);
    }
}

/* scipy.stats.probplot()'s line. */
static void
test_line (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/gof.json");
  JsonArray *entries = json_object_get_array_member (root, "composite_normal");
  IscLaw normal = isc_law_normal (0, 1);

  g_assert_cmpuint (json_array_get_length (entries), ==, 6);
  for (guint e = 0; e < 6; e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      g_autoptr (IscSortedSample) sample
          = load_sample (json_object_get_string_member (entry, "sample"));
      g_autoptr (IscQq) qq = qq_of (sample, &normal, ISC_QQ_FILLIBEN);
      double slope, intercept, correlation;

      isc_qq_get_line (qq, &slope, &intercept, &correlation);
      /* Float32 moves each value by 6e-8 of it. */
      assert_close (slope, reference_number (entry, "probplot_slope"), 1e-7, 0);
      assert_close (intercept, reference_number (entry, "probplot_intercept"), 0, 1e-7);
      assert_close (correlation, reference_number (entry, "probplot_r"), 1e-7, 0);
    }
}

/* The band of large samples, against scipy.stats.beta.ppf() at 2.5 and 97.5 %. */
static void
test_large_band (void)
{
  static const struct
  {
    gsize n;
    gsize rank;
    double low;
    double high;
  } expected[] = {
    { 1000000, 1, 2.5317807663794178e-08, 3.6888726502064885e-06 },
    { 1000000, 4, 1.089866414522835e-06, 8.7672477880676769e-06 },
    { 1000000, 50, 3.7111184347987021e-05, 6.4780087451298441e-05 },
    { 1000000, 100501, 0.099912361432809044, 0.10109095111018754 },
    { 1000000, 500501, 0.4995205182362305, 0.50148047886656766 },
    { 1000000, 999951, 0.99993521991254875, 0.99996288881565198 },
  };
  g_autofree float *x = g_new (float, 1000000);
  g_autoptr (IscSortedSample) sample = NULL;
  IscLaw uniform = isc_law_uniform (0, 1);
  g_autoptr (IscQq) qq = NULL;
  const IscQqPoint *points;
  gsize n_points, n_found = 0;

  for (gsize i = 0; i < 1000000; i++)
    x[i] = (float)i / 1e6f;
  sample = sample_of (x, 1000000);
  qq = qq_of (sample, &uniform, ISC_QQ_FILLIBEN);
  points = isc_qq_get_points (qq, &n_points);
  g_assert_cmpuint (n_points, ==, 1100);
  for (gsize k = 0; k < n_points; k++)
    {
      if (k > 0)
        {
          g_assert_cmpuint (points[k].rank, >, points[k - 1].rank);
          g_assert_cmpfloat (points[k].low, >, points[k - 1].low);
          g_assert_cmpfloat (points[k].high, >, points[k - 1].high);
        }
      g_assert_cmpfloat (points[k].low, <, points[k].theory);
      g_assert_cmpfloat (points[k].high, >, points[k].theory);
      for (gsize e = 0; e < G_N_ELEMENTS (expected); e++)
        if (points[k].rank == expected[e].rank)
          {
            double width = expected[e].high - expected[e].low;

            /* Peizer and Pratt's approximation. */
            assert_close (points[k].low, expected[e].low, 0, 1e-6 * width);
            assert_close (points[k].high, expected[e].high, 0, 1e-6 * width);
            n_found++;
          }
    }
  g_assert_cmpuint (n_found, ==, G_N_ELEMENTS (expected));
}

/* On both sides of where each method of finding the band begins. */
static void
test_band_inverts (void)
{
  const gsize sizes[] = { 1, 2, 7, 199, 202, 203, 260, 300, 2000, 2001, 5000 };
  IscLaw uniform = isc_law_uniform (0, 1);

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      gsize n = sizes[s], n_points;
      g_autofree float *x = g_new0 (float, n);
      g_autoptr (IscSortedSample) sample = sample_of (x, n);
      g_autoptr (IscQq) qq = qq_of (sample, &uniform, ISC_QQ_HAZEN);
      const IscQqPoint *points = isc_qq_get_points (qq, &n_points);

      for (gsize k = 0; k < n_points; k++)
        {
          double a = (double)points[k].rank, b = (double)(n + 1 - points[k].rank);

          /* GSL's function is good up to here; the approximation used in the middle of more than
           * 200 values is off by up to 1e-6 in probability. */
          assert_close (gsl_cdf_beta_P (points[k].low, a, b), 0.025, 1e-12, n > 200 ? 1e-6 : 0);
          assert_close (gsl_cdf_beta_Q (points[k].high, a, b), 0.025, 1e-12, n > 200 ? 1e-6 : 0);
        }
    }
}

/* An atom is a flat stretch of the law's quantiles, on which the zeros lie. */
static void
test_zeros (void)
{
  const float x[] = { -2, -1, 0, 0, 0, 0, 1, 2 };
  g_autoptr (IscSortedSample) sample = sample_of (x, 8);
  IscLaw law = isc_law_with_zeros (isc_law_normal (0, 1), 0.5);
  g_autoptr (IscQq) qq = qq_of (sample, &law, ISC_QQ_HAZEN);
  gsize n;
  const IscQqPoint *points = isc_qq_get_points (qq, &n);

  for (gsize k = 0; k < n; k++)
    {
      if (k >= 2 && k < 6)
        g_assert_cmpfloat (points[k].theory, ==, 0);
      else
        g_assert_cmpfloat (points[k].theory * points[k].value, >, 0);
      g_assert_cmpfloat (points[k].low, <=, points[k].theory);
      g_assert_cmpfloat (points[k].high, >=, points[k].theory);
    }
}

static void
test_degenerate (void)
{
  const float x[] = { 1, 1, NAN };
  g_autoptr (IscSortedSample) sample = sample_of (x, 3), none = sample_of (x + 2, 1);
  g_autoptr (IscSortedSample) one = sample_of (x, 1);
  const IscLaw normal = isc_law_normal (0, 1);
  const struct
  {
    const IscSortedSample *sample;
    IscLaw law;
    const char *message;
  } cases[] = {
    { none, normal, "no Q–Q plot: no value is finite" },
    { sample, { .kind = ISC_LAW_NONE }, "no Q–Q plot: no law is known" },
    { sample, isc_law_point (1), "no Q–Q plot: the law is a point mass" },
  };
  g_autoptr (IscQq) equal = qq_of (sample, &normal, ISC_QQ_FILLIBEN);
  g_autoptr (IscQq) single = qq_of (one, &normal, ISC_QQ_FILLIBEN);
  IscQq *same = isc_qq_ref (equal);
  double slope, correlation;

  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (isc_qq_new (cases[c].sample, &cases[c].law, ISC_QQ_HAZEN, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[c].message);
    }
  isc_qq_get_line (same, &slope, NULL, &correlation);
  g_assert_cmpfloat (slope, ==, 0);
  g_assert_true (isnan (correlation));
  isc_qq_unref (same);
  isc_qq_get_line (single, &slope, NULL, NULL);
  g_assert_true (isnan (slope));
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qq/reference", test_reference);
  g_test_add_func ("/qq/line", test_line);
  g_test_add_func ("/qq/large-band", test_large_band);
  g_test_add_func ("/qq/band-inverts", test_band_inverts);
  g_test_add_func ("/qq/zeros", test_zeros);
  g_test_add_func ("/qq/degenerate", test_degenerate);
  return g_test_run ();
}
