/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/histogram.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "support/reference.h"

static IscBinRule
rule_named (const char *text)
{
  IscBinRule rule;
  g_autoptr (GError) error = NULL;

  isc_bin_rule_parse (text, &rule, &error);
  g_assert_no_error (error);
  return rule;
}

static IscHistogram *
histogram_of (const float *x, gsize n, const char *text)
{
  IscBinRule rule = rule_named (text);
  g_autoptr (GError) error = NULL;
  IscHistogram *histogram = isc_histogram_new (x, n, &rule, &error);

  g_assert_no_error (error);
  return histogram;
}

static void
assert_text (const IscHistogram *histogram, const char *expected)
{
  g_autofree char *text = isc_histogram_to_text (histogram);

  g_assert_cmpstr (text, ==, expected);
}

/* Every value is where its bin's own edges say. */
static void
assert_counts (const IscHistogram *histogram, const float *x, gsize n)
{
  guint n_bins = isc_histogram_get_n_bins (histogram);
  const double *edges = isc_histogram_get_edges (histogram);
  g_autofree guint64 *counts = g_new0 (guint64, n_bins);
  guint64 inside = 0;

  for (gsize i = 0; i < n; i++)
    for (guint b = 0; b < n_bins; b++)
      if ((double)x[i] >= edges[b]
          && ((double)x[i] < edges[b + 1] || (b == n_bins - 1 && (double)x[i] == edges[n_bins])))
        {
          counts[b]++;
          inside++;
        }
  g_assert_cmpuint (isc_histogram_get_n (histogram), ==, inside);
  g_assert_true (memcmp (counts, isc_histogram_get_counts (histogram), n_bins * sizeof *counts)
                 == 0);
}

static void
test_reference (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/histograms.json");
  JsonArray *entries = json_object_get_array_member (root, "rules");
  const char *names[] = { "sturges", "sqrt", "rice", "scott", "fd", "doane", "auto", "knuth" };

  g_assert_cmpuint (json_array_get_length (entries), ==, 6);
  for (guint s = 0; s < json_array_get_length (entries); s++)
    {
      JsonObject *entry = json_array_get_object_element (entries, s);
      JsonArray *counts = json_object_get_array_member (entry, "auto_counts");
      gsize n;
      g_autofree double *values
          = reference_numbers (samples, json_object_get_string_member (entry, "sample"), &n);
      g_autofree float *x = g_new (float, n);

      for (gsize i = 0; i < n; i++)
        x[i] = (float)values[i];
      for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
        {
          g_autoptr (IscHistogram) histogram = histogram_of (x, n, names[k]);

          g_assert_cmpuint (isc_histogram_get_n_bins (histogram), ==,
                            json_object_get_int_member (entry, g_str_equal (names[k], "knuth")
                                                                   ? "knuth_M_max100"
                                                                   : names[k]));
          assert_counts (histogram, x, n);
          if (g_str_equal (names[k], "auto"))
            for (guint b = 0; b < json_array_get_length (counts); b++)
              g_assert_cmpuint (isc_histogram_get_counts (histogram)[b], ==,
                                json_array_get_int_element (counts, b));
        }
    }
}

/* The widths themselves, from moments in doubles as the reference has them. */
static void
test_widths (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/histograms.json");
  JsonArray *entries = json_object_get_array_member (root, "rules");
  IscBinRule scott = rule_named ("scott"), fd = rule_named ("fd");

  for (guint s = 0; s < json_array_get_length (entries); s++)
    {
      JsonObject *entry = json_array_get_object_element (entries, s);
      IscMoments moments = {
        .count = (guint64)json_object_get_int_member (entry, "n"),
        .std = reference_number (entry, "std_ddof0"),
        .min = reference_number (entry, "min"),
        .max = reference_number (entry, "max"),
      };
      double iqr = reference_number (entry, "iqr");

      /* Three elementary functions. */
      assert_close (scott.info->width (&moments, iqr, NULL),
                    reference_number (entry, "scott_width"), 1e-14, 0);
      assert_close (fd.info->width (&moments, iqr, NULL), reference_number (entry, "fd_width"),
                    1e-14, 0);
    }
}

/* The reference's own edge cases; ours are tested with their counts below. */
static void
test_reference_edge_cases (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/histograms.json");
  JsonArray *cases = json_object_get_array_member (root, "edge_cases");
  JsonObject *constant = json_array_get_object_element (cases, 0);
  JsonObject *iqr_zero = json_array_get_object_element (cases, 1);
  const float threes[] = { 3, 3, 3, 3 }, mostly_zero[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
  g_autoptr (IscHistogram) a = histogram_of (threes, 4, "auto");
  g_autoptr (IscHistogram) b = histogram_of (mostly_zero, 10, "fd");
  g_autoptr (IscHistogram) c = histogram_of (mostly_zero, 10, "auto");
  gsize n;
  g_autofree double *edges = reference_numbers (constant, "numpy_auto_edges", &n);

  g_assert_cmpuint (json_array_get_length (cases), ==, 2);
  g_assert_cmpuint (n, ==, isc_histogram_get_n_bins (a) + 1);
  for (gsize e = 0; e < n; e++)
    g_assert_cmpfloat (isc_histogram_get_edges (a)[e], ==, edges[e]);
  g_assert_cmpuint (isc_histogram_get_n_bins (b), ==,
                    json_object_get_int_member (iqr_zero, "fd_bins"));
  g_assert_cmpuint (isc_histogram_get_n_bins (c), ==,
                    json_object_get_int_member (iqr_zero, "auto_bins"));
}

static void
test_constant (void)
{
  const float x[] = { 3, 3, 3, 3 };
  const float huge[] = { 1e20f, 1e20f };
  gsize n_rules;
  const IscBinRuleInfo *const *rules = isc_bin_rules (&n_rules);

  g_assert_cmpuint (n_rules, ==, 8);
  for (gsize r = 0; r < n_rules; r++)
    {
      g_autoptr (IscHistogram) histogram = histogram_of (x, 4, rules[r]->name);

      g_assert_cmpuint (isc_histogram_get_n_bins (histogram), ==, 1);
      g_assert_cmpfloat (isc_histogram_get_edges (histogram)[0], ==, 2.5);
      g_assert_cmpfloat (isc_histogram_get_edges (histogram)[1], ==, 3.5);
      g_assert_cmpuint (isc_histogram_get_counts (histogram)[0], ==, 4);
      g_assert_cmpfloat (isc_histogram_get_density (histogram, 0), ==, 1);
    }

  /* numpy gives a count its bins, and fails where half a unit is less than a rounding. */
  {
    g_autoptr (IscHistogram) four = histogram_of (x, 4, "4");
    g_autoptr (IscHistogram) large = histogram_of (huge, 2, "auto");

    g_assert_cmpuint (isc_histogram_get_counts (four)[2], ==, 4);
    g_assert_cmpuint (isc_histogram_get_counts (large)[0], ==, 2);
    g_assert_cmpfloat (isc_histogram_get_edges (large)[0], <, 1e20);
  }
}

static void
test_iqr_zero (void)
{
  const float x[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
  g_autoptr (IscHistogram) fd = histogram_of (x, 10, "fd");
  g_autoptr (IscHistogram) automatic = histogram_of (x, 10, "auto");

  g_assert_cmpuint (isc_histogram_get_n_bins (fd), ==, 1);
  g_assert_cmpuint (isc_histogram_get_n_bins (automatic), ==, 5);
  g_assert_cmpuint (isc_histogram_get_counts (automatic)[0], ==, 9);
  g_assert_cmpuint (isc_histogram_get_counts (automatic)[4], ==, 1);
  assert_text (automatic, "5 bins of 0.2 (auto)");
  assert_text (fd, "1 bin of 1 (fd)");
}

static void
test_empty (void)
{
  const float x[] = { NAN, INFINITY, NAN };
  g_autoptr (IscHistogram) none = histogram_of (NULL, 0, "auto");
  g_autoptr (IscHistogram) nothing_finite = histogram_of (x, 3, "scott");

  g_assert_cmpuint (isc_histogram_get_n_bins (none), ==, 1);
  g_assert_cmpuint (isc_histogram_get_n (none), ==, 0);
  g_assert_cmpfloat (isc_histogram_get_edges (none)[1], ==, 1);
  g_assert_cmpfloat (isc_histogram_get_density (none, 0), ==, 0);
  g_assert_cmpuint (isc_histogram_get_n (nothing_finite), ==, 0);
  g_assert_cmpuint (isc_histogram_get_n_above (nothing_finite), ==, 0);
}

static void
test_non_finite (void)
{
  float x[5000];
  g_autoptr (IscHistogram) histogram = NULL;

  for (gsize i = 0; i < 5000; i++)
    x[i] = i % 7 == 3 ? NAN : i % 11 == 5 ? -INFINITY : cosf ((float)i);
  histogram = histogram_of (x, 5000, "30");
  assert_counts (histogram, x, 5000);
}

/* Values on the edges, where the index that arithmetic gives is often the wrong one: tenths, whose
 * doubles are a little off, in bins of a tenth. */
static void
test_edges_decide (void)
{
  const double starts[] = { 0, -1, 1000, 1e6, 0.3 };
  const char *counts[] = { "1", "10", "49", "100", "512" };

  for (gsize s = 0; s < G_N_ELEMENTS (starts); s++)
    for (gsize c = 0; c < G_N_ELEMENTS (counts); c++)
      {
        float x[3001];
        g_autoptr (IscHistogram) histogram = NULL;

        for (gsize i = 0; i <= 3000; i++)
          x[i] = (float)(starts[s] + (double)(i % 501) / 500);
        histogram = histogram_of (x, 3001, counts[c]);
        assert_counts (histogram, x, 3001);
      }
}

/* Floats on, just below and just above every edge, in ranges near 0 and far from it: a position
 * computed in float32 or in double would put many of them on the wrong side. */
static void
test_floats_beside_edges (void)
{
  const double ranges[][2]
      = { { -1.7, 2.385 }, { 0, 1 }, { 1000, 1000.5 }, { -3e-30, 1e-30 }, { -2e38, 3e38 } };

  for (guint r = 0; r < G_N_ELEMENTS (ranges); r++)
    for (guint n_bins = 1; n_bins <= ISC_HISTOGRAM_MAX_BINS; n_bins += 73)
      {
        g_autoptr (IscHistogram) empty
            = isc_histogram_new_in_range (NULL, 0, n_bins, ranges[r][0], ranges[r][1], NULL);
        const double *edges = isc_histogram_get_edges (empty);
        g_autofree float *x = g_new (float, 3 * n_bins + 3000);
        g_autoptr (IscHistogram) histogram = NULL;
        gsize n = 0;

        for (guint b = 0; b < n_bins; b++)
          for (int beside = -1; beside <= 1; beside++)
            {
              float value = (float)edges[b];

              value = beside == 0 ? value : nextafterf (value, (float)beside * INFINITY);
              if ((double)value >= edges[0] && (double)value <= edges[n_bins])
                x[n++] = value;
            }
        /* Blocks without a value near an edge beside blocks with one. */
        for (guint i = 0; i < 3000; i++)
          x[n++] = (float)(edges[i % n_bins] + 0.4 * (edges[i % n_bins + 1] - edges[i % n_bins]));
        histogram = isc_histogram_new_in_range (x, n, n_bins, ranges[r][0], ranges[r][1], NULL);
        assert_counts (histogram, x, n);
      }
}

static void
test_extreme_ranges (void)
{
  const float wide[] = { -3.4028235e38f, 0, 1, 3.4028235e38f };
  const float narrow[] = { 0, 1e-45f, 3e-45f };
  g_autoptr (IscHistogram) a = histogram_of (wide, 4, "64");
  g_autoptr (IscHistogram) b = histogram_of (narrow, 3, "2");

  assert_counts (a, wide, 4);
  assert_counts (b, narrow, 3);
}

/* A heavy tail makes Freedman and Diaconis ask for thousands. */
static void
test_capped (void)
{
  g_autofree float *x = g_new (float, 20000);
  g_autoptr (IscHistogram) histogram = NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < 20000; i++)
    x[i] = tanf ((float)(G_PI * (((double)i + 0.5) / 20000 - 0.5)));
  histogram = histogram_of (x, 20000, "fd");
  g_assert_true (isc_histogram_is_capped (histogram));
  g_assert_cmpuint (isc_histogram_get_n_bins (histogram), ==, ISC_HISTOGRAM_MAX_BINS);
  /* Range 4 n / pi, width 4 n^(-1/3): n^(4/3) / pi bins, near 172,700. */
  g_assert_cmpuint (isc_histogram_get_asked_bins (histogram), >, 172000);
  g_assert_cmpuint (isc_histogram_get_asked_bins (histogram), <, 173500);
  text = isc_histogram_to_text (histogram);
  g_assert_true (g_str_has_prefix (text, "512 bins of "));
  g_assert_nonnull (strstr (text, " (fd asks for 17"));
  assert_counts (histogram, x, 20000);
}

static void
test_shared_range (void)
{
  const float x[] = { -2, -0.9f, -0.1f, 0, 0.24f, 0.25f, 1, 1.5f, NAN };
  g_autoptr (GError) error = NULL;
  g_autoptr (IscHistogram) histogram = isc_histogram_new_in_range (x, 9, 8, -1, 1, &error);

  g_assert_no_error (error);
  assert_counts (histogram, x, 9);
  g_assert_cmpuint (isc_histogram_get_n (histogram), ==, 6);
  g_assert_cmpuint (isc_histogram_get_n_below (histogram), ==, 1);
  g_assert_cmpuint (isc_histogram_get_n_above (histogram), ==, 1);
  g_assert_false (isc_histogram_is_capped (histogram));
  assert_text (histogram, "8 bins of 0.25, 1 value below, 1 above");
  /* Of the eight finite values two are outside. */
  assert_close (isc_histogram_get_density (histogram, 4), 2.0 / (8 * 0.25), 1e-15, 0);
}

static void
test_heights (void)
{
  const float x[] = { -2, -0.9f, 0, 0.24f, 0.25f, 1, 1.5f, NAN };
  g_autoptr (IscHistogram) histogram = isc_histogram_new_in_range (x, 8, 8, -1, 1, NULL);
  g_autoptr (IscHistogram) empty = histogram_of (NULL, 0, "auto");

  g_assert_cmpfloat (isc_histogram_get_height (histogram, 4, ISC_HISTOGRAM_COUNT), ==, 2);
  assert_close (isc_histogram_get_height (histogram, 4, ISC_HISTOGRAM_PROBABILITY), 2.0 / 7, 1e-15,
                0);
  assert_close (isc_histogram_get_height (histogram, 4, ISC_HISTOGRAM_PERCENT), 200.0 / 7, 1e-15,
                0);
  assert_close (isc_histogram_get_height (histogram, 4, ISC_HISTOGRAM_DENSITY), 8.0 / 7, 1e-15, 0);
  for (guint s = 0; s < ISC_N_HISTOGRAM_STATS; s++)
    {
      g_assert_cmpfloat (isc_histogram_get_height (histogram, 1, (IscHistogramStat)s), ==, 0);
      g_assert_cmpfloat (isc_histogram_get_height (empty, 0, (IscHistogramStat)s), ==, 0);
    }
}

/* Bins of a given width, which begin at the smallest value. */
static void
test_width (void)
{
  const float x[] = { 0.5f, 0.75f, 1, 1.2f, NAN }, same[] = { 3, 3 };
  const float tenths[] = { 0, 0.3f };
  g_autoptr (IscHistogram) histogram = histogram_of (x, 5, "width=0.25");
  g_autoptr (IscHistogram) exact = histogram_of (x, 3, "width=0.25");
  g_autoptr (IscHistogram) rounded = histogram_of (tenths, 2, "width=0.1");
  g_autoptr (IscHistogram) constant = histogram_of (same, 2, "width=0.25");
  g_autoptr (IscHistogram) fine = histogram_of (x, 5, "width=0.0001");
  g_autoptr (IscHistogram) wide = histogram_of (x, 5, "width=20");
  const double *edges = isc_histogram_get_edges (histogram);

  g_assert_cmpuint (isc_histogram_get_n_bins (histogram), ==, 3);
  for (guint e = 0; e < 4; e++)
    g_assert_cmpfloat (edges[e], ==, 0.5 + 0.25 * e);
  assert_counts (histogram, x, 5);
  assert_text (histogram, "3 bins of 0.25");
  /* The largest value is the last edge, and in the last bin. */
  g_assert_cmpuint (isc_histogram_get_n_bins (exact), ==, 2);
  g_assert_cmpuint (isc_histogram_get_counts (exact)[1], ==, 2);
  /* 0.3f is a little above three tenths. */
  g_assert_cmpuint (isc_histogram_get_n_bins (rounded), ==, 3);
  g_assert_cmpuint (isc_histogram_get_n (rounded), ==, 2);
  g_assert_cmpuint (isc_histogram_get_n_bins (constant), ==, 1);
  assert_text (constant, "1 bin of 0.25");
  g_assert_true (isc_histogram_is_capped (fine));
  assert_text (fine, "512 bins of 0.0014 (width=0.0001 asks for 7,001)");
  assert_counts (fine, x, 5);
  assert_text (wide, "1 bin of 20");
  g_assert_cmpuint (isc_histogram_get_n (wide), ==, 4);
}

static IscHistogram *
histogram_on (const float *x, gsize n, const char *bins, const char *range)
{
  IscBinRule rule = rule_named (bins);
  IscHistogramRange parsed;
  g_autoptr (GError) error = NULL;
  IscHistogram *histogram;

  g_assert_true (isc_histogram_range_parse (range, &parsed, NULL));
  histogram = isc_histogram_new_with (x, n, &rule, &parsed, &error);
  g_assert_no_error (error);
  return histogram;
}

/* Counts of numpy.histogram_bin_edges (x, rule, range) for x = cos (i) / (1 + i % 7). */
static void
test_range (void)
{
  static const struct
  {
    const char *rule;
    guint n_bins;
  } expected[] = {
    { "auto", 23 }, { "fd", 23 },   { "scott", 18 }, { "sturges", 13 },
    { "rice", 30 }, { "sqrt", 57 }, { "doane", 17 },
  };
  g_autofree float *x = g_new (float, 5000);

  for (gsize i = 0; i < 5000; i++)
    x[i] = (float)round (4096 * cos ((double)i) / (double)(1 + i % 7)) / 4096;
  for (gsize e = 0; e < G_N_ELEMENTS (expected); e++)
    {
      g_autoptr (IscHistogram) histogram = histogram_on (x, 5000, expected[e].rule, "-0.125, 0.5");
      const double *edges = isc_histogram_get_edges (histogram);
      guint n_bins = isc_histogram_get_n_bins (histogram);

      g_assert_cmpuint (n_bins, ==, expected[e].n_bins);
      g_assert_cmpfloat (edges[0], ==, -0.125);
      g_assert_cmpfloat (edges[n_bins], ==, 0.5);
      assert_counts (histogram, x, 5000);
      g_assert_cmpuint (isc_histogram_get_n (histogram) + isc_histogram_get_n_below (histogram)
                            + isc_histogram_get_n_above (histogram),
                        ==, 5000);
    }
}

static void
test_clip (void)
{
  g_autofree float *x = g_new (float, 1001);
  const float same[] = { 0, 0, 0, 0, 7 }, nothing[] = { NAN };
  g_autoptr (IscHistogram) clipped = NULL;
  g_autoptr (IscHistogram) atom = histogram_on (same, 5, "auto", "clip 0.3");
  g_autoptr (IscHistogram) empty = histogram_on (nothing, 1, "auto", "clip 0.3");
  g_autoptr (IscHistogram) outside = histogram_on (same, 5, "auto", "1, 2");
  g_autoptr (IscHistogram) width = NULL;

  for (gsize i = 0; i <= 1000; i++)
    x[i] = (float)(i * 37 % 1001);
  clipped = histogram_on (x, 1001, "10", "clip 0.1");
  g_assert_cmpfloat (isc_histogram_get_edges (clipped)[0], ==, 100);
  g_assert_cmpfloat (isc_histogram_get_edges (clipped)[10], ==, 900);
  g_assert_cmpuint (isc_histogram_get_n_below (clipped), ==, 100);
  g_assert_cmpuint (isc_histogram_get_n_above (clipped), ==, 100);
  assert_text (clipped, "10 bins of 80, 100 values below, 100 above");
  width = histogram_on (x, 1001, "width=100", "-50, 975");
  assert_text (width, "11 bins of 100");
  assert_text (atom, "1 bin of 1 (auto), 1 value above");
  assert_text (empty, "1 bin of 1 (auto)");
  assert_text (outside, "1 bin of 1 (auto), 4 values below, 1 above");
}

static void
test_given_edges (void)
{
  const float x[] = { 0.5f, 1, 1.5f, 4, 9.99f, 10, 10.1f, -1, INFINITY };
  const double edges[] = { 0.5, 1, 4, 10 };
  g_autoptr (GError) error = NULL;
  g_autoptr (IscHistogram) histogram = isc_histogram_new_with_edges (x, 9, edges, 4, &error);
  IscHistogram *same;

  g_assert_no_error (error);
  assert_counts (histogram, x, 9);
  g_assert_cmpuint (isc_histogram_get_n_below (histogram), ==, 1);
  g_assert_cmpuint (isc_histogram_get_n_above (histogram), ==, 1);
  assert_text (histogram, "3 bins, 1 value below, 1 above");
  same = isc_histogram_ref (histogram);
  g_assert_true (same == histogram);
  isc_histogram_unref (same);
}

static void
assert_invalid (IscHistogram *histogram, GError **error, const char *part)
{
  g_assert_null (histogram);
  g_assert_error (*error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_nonnull (strstr ((*error)->message, part));
  g_clear_error (error);
}

static void
test_errors (void)
{
  const float x[] = { 1, 2 };
  const double falling[] = { 0, 2, 1 }, infinite[] = { 0, INFINITY };
  IscBinRule narrow = rule_named ("512");
  IscHistogramRange range = { ISC_HISTOGRAM_RANGE_FIXED, 1, 1 + 1e-13, 0 };
  GError *error = NULL;

  assert_invalid (isc_histogram_new_in_range (x, 2, 0, 0, 1, &error), &error,
                  "0 is outside 1..512");
  assert_invalid (isc_histogram_new_in_range (x, 2, 513, 0, 1, &error), &error, "513");
  assert_invalid (isc_histogram_new_in_range (x, 2, 5, 1, 1, &error), &error, "1 to 1");
  assert_invalid (isc_histogram_new_in_range (x, 2, 5, NAN, 1, &error), &error, "nan");
  assert_invalid (isc_histogram_new_in_range (x, 2, 5, 0, INFINITY, &error), &error, "inf");
  assert_invalid (isc_histogram_new_in_range (x, 2, 5, 1, 1 + 1e-15, &error), &error, "5 bins");
  assert_invalid (isc_histogram_new_with (x, 2, &narrow, &range, &error), &error, "512 bins");
  assert_invalid (isc_histogram_new_with_edges (x, 2, falling, 3, &error), &error, "edges[2]");
  assert_invalid (isc_histogram_new_with_edges (x, 2, infinite, 2, &error), &error,
                  "edges[1]: inf");
  assert_invalid (isc_histogram_new_with_edges (x, 2, falling, 1, &error), &error, "2..513");
}

static void
test_rules (void)
{
  const char *good[] = { "auto",  "fd", "scott", "sturges", "rice",       "sqrt",       "doane",
                         "knuth", "1",  "50",    "512",     "width=0.01", "width=1e-12" };
  const char *bad[] = { "",      "Auto",   "0",       "513",      "-3",        "5.5",      "50 ",
                        "Knuth", "width=", "width=0", "width=-1", "width=inf", "width=nan" };
  IscBinRule rule = isc_bin_rule_default ();
  IscMoments moments = { .count = 10, .min = 0, .max = 1e300, .std = 1e-300 };

  g_assert_cmpstr (rule.info->name, ==, "auto");
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = NULL;

      rule = rule_named (good[i]);
      text = isc_bin_rule_to_text (&rule);
      g_assert_cmpstr (text, ==, good[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (isc_bin_rule_parse (bad[i], &rule, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_nonnull (
          strstr (error->message, "auto, fd, scott, sturges, rice, sqrt, doane, knuth"));
      g_assert_nonnull (strstr (error->message, "1 to 512, or a width such as width=0.01"));
    }
  /* More bins than a double can count. */
  rule = rule_named ("scott");
  g_assert_cmpuint (isc_bin_rule_count (&rule, &moments, 0, NULL, 1e300), ==,
                    G_GUINT64_CONSTANT (1) << 53);
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram/reference", test_reference);
  g_test_add_func ("/histogram/widths", test_widths);
  g_test_add_func ("/histogram/reference-edge-cases", test_reference_edge_cases);
  g_test_add_func ("/histogram/constant", test_constant);
  g_test_add_func ("/histogram/iqr-zero", test_iqr_zero);
  g_test_add_func ("/histogram/empty", test_empty);
  g_test_add_func ("/histogram/non-finite", test_non_finite);
  g_test_add_func ("/histogram/edges-decide", test_edges_decide);
  g_test_add_func ("/histogram/floats-beside-edges", test_floats_beside_edges);
  g_test_add_func ("/histogram/extreme-ranges", test_extreme_ranges);
  g_test_add_func ("/histogram/capped", test_capped);
  g_test_add_func ("/histogram/shared-range", test_shared_range);
  g_test_add_func ("/histogram/heights", test_heights);
  g_test_add_func ("/histogram/width", test_width);
  g_test_add_func ("/histogram/range", test_range);
  g_test_add_func ("/histogram/clip", test_clip);
  g_test_add_func ("/histogram/given-edges", test_given_edges);
  g_test_add_func ("/histogram/errors", test_errors);
  g_test_add_func ("/histogram/rules", test_rules);
  return g_test_run ();
}
