/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/fit.h"

#include <math.h>
#include <stdlib.h>

#include "base/generator.h"
#include "base/runtime.h"
#include "stats/moments.h"
#include "support/reference.h"

static IscSortedSample *
sample_of (const float *x, gsize n)
{
  g_autoptr (GError) error = NULL;
  IscSortedSample *sample = isc_sorted_sample_new (x, n, &error);

  g_assert_no_error (error);
  return sample;
}

static int
compare_doubles (const void *a, const void *b)
{
  double da = *(const double *)a, db = *(const double *)b;

  return (da > db) - (da < db);
}

/* The law of an entry of the reference. */
static IscLaw
law_of (JsonObject *entry)
{
  gsize n;
  g_autofree double *params = reference_numbers (entry, "params", &n);

  g_assert_cmpuint (n, ==, 2);
  if (g_str_equal (json_object_get_string_member (entry, "law"), "normal"))
    return isc_law_normal (params[0], params[1]);
  return isc_law_uniform (params[0], params[1]);
}

static void
test_kolmogorov (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/gof.json");
  JsonArray *entries = json_object_get_array_member (root, "kolmogorov_sf");

  g_assert_cmpuint (json_array_get_length (entries), ==, 10);
  for (guint e = 0; e < 10; e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);

      assert_close (isc_kolmogorov_upper (reference_number (entry, "lam")),
                    reference_number (entry, "sf"), 1e-13, 0);
    }
  /* The two series meet. */
  assert_close (isc_kolmogorov_upper (1), isc_kolmogorov_upper (nextafter (1, 0)), 1e-14, 0);
  g_assert_cmpfloat (isc_kolmogorov_upper (0), ==, 1);
  g_assert_cmpfloat (isc_kolmogorov_upper (INFINITY), ==, 0);
  g_assert_true (isnan (isc_kolmogorov_upper (NAN)));
}

static void
test_anderson_darling (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/gof.json");
  JsonArray *entries = json_object_get_array_member (root, "anderson_darling_limit_cdf");
  double before = 1;

  g_assert_cmpuint (json_array_get_length (entries), ==, 10);
  for (guint e = 0; e < 10; e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);

      /* Quadrature and an alternating sum of a few terms near 1. */
      assert_close (1 - isc_anderson_darling_upper (reference_number (entry, "z")),
                    reference_number (entry, "cdf"), 0, 1e-13);
    }
  /* Far out only the first of the squared normals counts, and the others' factors multiply to
   * sqrt 3; the next term is smaller by 1/z. */
  assert_close (isc_anderson_darling_upper (200) / (sqrt (3) * erfc (sqrt (200))), 1, 0.01, 0);
  for (double z = 0; z < 60; z += 0.01)
    {
      double upper = isc_anderson_darling_upper (z);

      /* Where it is 1 it is so up to rounding. */
      g_assert_cmpfloat (upper, <=, before + 1e-14);
      before = upper;
    }
  g_assert_cmpfloat (isc_anderson_darling_upper (INFINITY), ==, 0);
  g_assert_true (isnan (isc_anderson_darling_upper (NAN)));
}

/* The statistics on the reference's doubles. */
static void
test_probabilities (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/gof.json");
  JsonArray *entries = json_object_get_array_member (root, "tests");

  g_assert_cmpuint (json_array_get_length (entries), ==, 7);
  for (guint e = 0; e < 7; e++)
    {
      JsonObject *entry = json_array_get_object_element (entries, e);
      IscLaw law = law_of (entry);
      gsize n;
      g_autofree double *x
          = reference_numbers (samples, json_object_get_string_member (entry, "sample"), &n);
      g_autofree double *upper = g_new (double, n);
      IscFit fit;

      qsort (x, n, sizeof *x, compare_doubles);
      for (gsize i = 0; i < n; i++)
        {
          x[i] = isc_law_cumulative (&law, x[i]);
          upper[i] = 1 - x[i];
        }
      fit = isc_fit_probabilities (x, upper, n);
      g_assert_cmpint (fit.state, ==, ISC_FIT_LAW);
      g_assert_cmpuint (fit.n, ==, n);
      assert_close (fit.distance, reference_number (entry, "D"), 1e-13, 0);
      assert_close (fit.distance_p, reference_number (entry, "p_asymptotic"), 1e-9, 0);
      assert_close (fit.distance_p, reference_number (entry, "p_scipy_asymp"), 1e-9, 0);
      assert_close (isc_fit_get_stephens_p (&fit), reference_number (entry, "p_stephens"), 1e-9, 0);
      /* What is left of numbers near n. */
      assert_close (fit.anderson, reference_number (entry, "A2"), 1e-9, 0);
      /* The reference subtracts from 1, which leaves it no digits below 1e-16. */
      assert_close (fit.anderson_p, reference_number (entry, "A2_p_limit"), 1e-10, 1e-15);
    }
}

/* The whole way, from float32. */
static void
test_reference (void)
{
  g_autoptr (JsonObject) samples = reference_load ("reference/theory/samples.json");
  g_autoptr (JsonObject) root = reference_load ("reference/theory/gof.json");
  JsonArray *tests = json_object_get_array_member (root, "tests");
  JsonArray *composite = json_object_get_array_member (root, "composite_normal");

  for (guint e = 0; e < json_array_get_length (tests) + json_array_get_length (composite); e++)
    {
      gboolean full = e < json_array_get_length (tests);
      JsonObject *entry
          = full ? json_array_get_object_element (tests, e)
                 : json_array_get_object_element (composite, e - json_array_get_length (tests));
      g_autoptr (IscSortedSample) sample = NULL;
      gsize count;
      g_autofree double *values
          = reference_numbers (samples, json_object_get_string_member (entry, "sample"), &count);
      g_autofree float *x = g_new (float, count);
      double n = (double)count;
      IscMoments moments;
      IscFit fit;

      for (gsize i = 0; i < count; i++)
        x[i] = (float)values[i];
      sample = sample_of (x, count);
      /* Float32 moves values by 6e-8 of them, probabilities by less, and sums of 200 logarithms,
       * which leave A^2 after subtraction of 200, by some 1e-6. */
      if (full)
        {
          IscLaw law = law_of (entry);

          fit = isc_fit_law (sample, &law, FALSE);
          assert_close (fit.distance, reference_number (entry, "D"), 0, 1e-7);
          assert_close (fit.anderson, reference_number (entry, "A2"), 1e-5, 1e-6);
          assert_close (fit.anderson_p, reference_number (entry, "A2_p_limit"), 1e-4, 0);
        }
      else
        {
          fit = isc_fit_normal (sample);
          g_assert_cmpint (fit.state, ==, ISC_FIT_NORMAL);
          assert_close (fit.distance, reference_number (entry, "lilliefors_D"), 0, 1e-7);
          g_assert_true (isnan (fit.distance_p));
          g_assert_true (isnan (isc_fit_get_stephens_p (&fit)));
          assert_close (fit.anderson,
                        reference_number (entry, "A2_estimated") * (1 + 0.75 / n + 2.25 / (n * n)),
                        1e-5, 1e-6);
          assert_close (fit.anderson_p, reference_number (entry, "A2_p_dagostino"), 1e-4, 0);
          isc_moments_compute (x, count, &moments);
          assert_close (moments.mean, reference_number (entry, "mean"), 0, 1e-7);
          assert_close (isc_moments_sample_std (&moments), reference_number (entry, "std_ddof1"),
                        1e-7, 0);
          /* Cubes and fourth powers of deviations. */
          assert_close (moments.skewness, reference_number (entry, "skewness"), 0, 1e-6);
          assert_close (moments.excess_kurtosis, reference_number (entry, "excess_kurtosis"), 0,
                        1e-6);
        }
      g_assert_cmpuint (fit.n, ==, count);
    }
}

/* PyTorch's own numbers of many seeds fit their laws, values on the bounds included, and p is
 * spread evenly: of 40 the smallest is above 1e-4 and about half are below 1/2. */
static void
test_generated (void)
{
  const gsize n = 100000;
  g_autofree float *x = g_new (float, n);
  guint n_low_distance = 0, n_low_anderson = 0;

  for (guint seed = 0; seed < 40; seed++)
    {
      IscGenerator *generator = isc_generator_new (seed);
      IscLaw law = seed % 2 ? isc_law_normal (0.5, 0.1) : isc_law_uniform (-0.1, 0.1);
      g_autoptr (IscSortedSample) sample = NULL;
      IscFit fit;

      if (seed % 2)
        isc_generator_normal (generator, x, n, 0.5, 0.1);
      else
        isc_generator_uniform (generator, x, n, -0.1, 0.1);
      if (seed % 4 == 0)
        {
          x[0] = nextafterf (-0.1f, -1);
          x[1] = -0.1f;
          x[2] = nextafterf (0.1f, 1);
        }
      sample = sample_of (x, n);
      fit = isc_fit_law (sample, &law, FALSE);
      g_assert_cmpfloat (fit.distance, <, ISC_FIT_BY_EYE);
      g_assert_cmpfloat (fit.distance_p, >, 1e-4);
      g_assert_cmpfloat (fit.anderson_p, >, 1e-4);
      n_low_distance += fit.distance_p < 0.5;
      n_low_anderson += fit.anderson_p < 0.5;
      isc_generator_free (generator);
    }
  /* Five deviations of a binomial count are 16. */
  g_assert_cmpuint (n_low_distance, >, 4);
  g_assert_cmpuint (n_low_distance, <, 36);
  g_assert_cmpuint (n_low_anderson, >, 4);
  g_assert_cmpuint (n_low_anderson, <, 36);
}

/* A value where the law has none. */
static void
test_impossible (void)
{
  const float x[] = { -0.5f, 0.1f, 0.3f, 0.99f, 1.01f };
  const float far[] = { -1, 0, 1, 50 };
  g_autoptr (IscSortedSample) outside = sample_of (x, 5), tail = sample_of (far, 4);
  IscLaw uniform = isc_law_uniform (-1, 1), normal = isc_law_normal (0, 1);
  IscFit a = isc_fit_law (outside, &uniform, FALSE), b = isc_fit_law (tail, &normal, FALSE);
  g_autofree char *text = isc_fit_anderson_to_text (&a);

  g_assert_true (isinf (a.anderson) && a.anderson > 0);
  g_assert_cmpfloat (a.anderson_p, ==, 0);
  g_assert_cmpfloat (a.distance, <, 1);
  g_assert_true (isinf (b.anderson) && b.anderson > 0);
  g_assert_cmpstr (text, ==, "AD A² ∞, p 0");
}

/* The zeros of a sparse matrix are the law's, the rest is tested alone. */
static void
test_zeros (void)
{
  const float x[] = { 0.3f, 0, -0.0f, -1.2f, 0, 0.7f };
  const float rest[] = { 0.3f, -1.2f, 0.7f }, nothing[] = { 0, 0, NAN };
  g_autoptr (IscSortedSample) sample = sample_of (x, 6), others = sample_of (rest, 3);
  g_autoptr (IscSortedSample) empty = sample_of (nothing, 3);
  IscLaw normal = isc_law_normal (0, 1);
  IscLaw sparse = isc_law_with_zeros (normal, 0.5);
  IscFit a = isc_fit_law (sample, &sparse, TRUE), b = isc_fit_law (others, &normal, TRUE);
  IscFit c = isc_fit_law (sample, &normal, FALSE), d = isc_fit_law (empty, &sparse, FALSE);

  g_assert_cmpuint (a.n, ==, 3);
  g_assert_cmpuint (a.n_left_out, ==, 3);
  g_assert_true (a.dependent);
  g_assert_cmpfloat (a.distance, ==, b.distance);
  g_assert_cmpfloat (a.anderson, ==, b.anderson);
  g_assert_cmpuint (c.n, ==, 6);
  g_assert_cmpuint (c.n_left_out, ==, 0);
  g_assert_cmpint (d.state, ==, ISC_FIT_NO_VALUES);
  g_assert_cmpuint (d.n_left_out, ==, 2);
}

static void
assert_text (IscFit fit, const char *expected)
{
  g_autofree char *text = isc_fit_to_text (&fit);

  g_assert_cmpstr (text, ==, expected);
  if (!isc_fit_is_tested (&fit))
    {
      g_autofree char *other = isc_fit_anderson_to_text (&fit);

      g_assert_cmpstr (other, ==, expected);
      g_assert_true (isnan (fit.distance) && isnan (fit.anderson_p));
    }
}

static void
test_untested (void)
{
  const float x[] = { 1, 1, 1, 1, 1, 1, 1, 1, 2 };
  g_autoptr (IscSortedSample) sample = sample_of (x, 9), equal = sample_of (x, 8);
  g_autoptr (IscSortedSample) few = sample_of (x + 2, 7), none = sample_of (x, 0);
  IscLaw no_law = { .kind = ISC_LAW_NONE };
  IscLaw points[] = { isc_law_point (0), isc_law_normal (1, 0), isc_law_sphere (1, 1),
                      isc_law_with_zeros (isc_law_point (1), 0.9) };
  IscLaw normal = isc_law_normal (0, 1);

  assert_text (isc_fit_law (sample, &no_law, FALSE), "no test: no law is known");
  for (gsize p = 0; p < G_N_ELEMENTS (points); p++)
    assert_text (isc_fit_law (sample, &points[p], FALSE), "no test: the law is a point mass");
  assert_text (isc_fit_law (none, &normal, FALSE), "no test: no value is left");
  assert_text (isc_fit_normal (none), "no test: no value is left");
  assert_text (isc_fit_normal (few), "no test: fewer than 8 values");
  assert_text (isc_fit_normal (equal), "no test: all values are equal");
  g_assert_cmpint (isc_fit_normal (sample).state, ==, ISC_FIT_NORMAL);
}

static void
test_text (void)
{
  IscFit fit = {
    .state = ISC_FIT_LAW,
    .n = 1000000,
    .distance = 0.00111,
    .distance_p = 0.607,
    .anderson = 0.834,
    .anderson_p = 6.5e-8,
  };
  g_autofree char *anderson = isc_fit_anderson_to_text (&fit);
  g_autofree char *normality = NULL;

  assert_text (fit, "KS D 0.0011, p 0.61");
  g_assert_cmpstr (anderson, ==, "AD A² 0.83, p 6.5×10⁻⁸");
  fit.dependent = TRUE;
  assert_text (fit, "KS D 0.0011, p 0.61, dependent sample");
  fit.dependent = FALSE;
  fit.state = ISC_FIT_NORMAL;
  assert_text (fit, "KS D 0.0011 from the fitted normal");
  normality = isc_fit_anderson_to_text (&fit);
  g_assert_cmpstr (normality, ==, "normality A²* 0.83, p 6.5×10⁻⁸");
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fit/kolmogorov", test_kolmogorov);
  g_test_add_func ("/fit/anderson-darling", test_anderson_darling);
  g_test_add_func ("/fit/probabilities", test_probabilities);
  g_test_add_func ("/fit/reference", test_reference);
  g_test_add_func ("/fit/generated", test_generated);
  g_test_add_func ("/fit/impossible", test_impossible);
  g_test_add_func ("/fit/zeros", test_zeros);
  g_test_add_func ("/fit/untested", test_untested);
  g_test_add_func ("/fit/text", test_text);
  return g_test_run ();
}
