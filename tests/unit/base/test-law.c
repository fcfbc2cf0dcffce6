/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/law.h"

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"

/* The tolerance that the reference file is made for: both sides sum a few special functions, each
 * good to some 1e-15. */
#define RELATIVE 1e-10
#define ABSOLUTE 1e-12

static IscLaw
law_from (JsonObject *entry)
{
  const char *name = json_object_get_string_member (entry, "name");
  JsonObject *params = json_object_get_object_member (entry, "params");

  if (g_str_equal (name, "uniform"))
    return isc_law_uniform (reference_number (params, "a"), reference_number (params, "b"));
  if (g_str_equal (name, "normal"))
    return isc_law_normal (reference_number (params, "mean"), reference_number (params, "std"));
  if (g_str_equal (name, "truncated_normal"))
    return isc_law_truncated_normal (reference_number (params, "mean"),
                                     reference_number (params, "std"),
                                     reference_number (params, "a"),
                                     reference_number (params, "b"));
  if (g_str_equal (name, "haar_orthogonal_entry"))
    return isc_law_sphere (reference_number (params, "gain"),
                           json_object_get_int_member (params, "n"));
  /* The arcsine law is that of a coordinate of a point on the circle. */
  g_assert_cmpstr (name, ==, "arcsine");
  return isc_law_sphere (1, 2);
}

static void
test_reference (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/distributions.json");
  JsonArray *entries = json_object_get_array_member (root, "distributions");

  g_assert_cmpuint (json_array_get_length (entries), ==, 18);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      IscLaw law = law_from (entry);
      gsize n_x, n_p;
      g_autofree double *x = reference_numbers (entry, "x", &n_x);
      g_autofree double *pdf = reference_numbers (entry, "pdf", &n_x);
      g_autofree double *cdf = reference_numbers (entry, "cdf", &n_x);
      g_autofree double *p = reference_numbers (entry, "p", &n_p);
      g_autofree double *quantile = reference_numbers (entry, "quantile", &n_p);

      g_assert_true (isc_law_has_density (&law));
      assert_close (isc_law_mean (&law), reference_number (entry, "mean"), RELATIVE, ABSOLUTE);
      assert_close (isc_law_variance (&law), reference_number (entry, "variance"), RELATIVE,
                    ABSOLUTE);
      assert_close (isc_law_skewness (&law), reference_number (entry, "skewness"), RELATIVE,
                    ABSOLUTE);
      assert_close (isc_law_excess_kurtosis (&law), reference_number (entry, "excess_kurtosis"),
                    RELATIVE, ABSOLUTE);
      for (gsize k = 0; k < n_x; k++)
        {
          if (isnan (pdf[k]))
            g_assert_true (isinf (isc_law_density (&law, x[k])));
          else
            assert_close (isc_law_density (&law, x[k]), pdf[k], RELATIVE, ABSOLUTE);
          assert_close (isc_law_cumulative (&law, x[k]), cdf[k], RELATIVE, ABSOLUTE);
        }
      for (gsize k = 0; k < n_p; k++)
        assert_close (isc_law_quantile (&law, p[k]), quantile[k], RELATIVE, ABSOLUTE);
    }
}

/* Tails are right relatively, where the file's absolute tolerance would not see them. */
static void
test_tails (void)
{
  IscLaw normal = isc_law_normal (0, 0.1767766952966369);
  IscLaw narrow = isc_law_truncated_normal (0, 0.02, -2, 2);
  IscLaw sphere = isc_law_sphere (1, 512);

  assert_close (isc_law_cumulative (&normal, -2), 5.612148586491464e-30, 1e-12, 0);
  assert_close (isc_law_density (&narrow, -0.5), 3.8269648682097726e-135, 1e-12, 0);
  assert_close (isc_law_cumulative (&narrow, -0.5), 3.0566967063825324e-138, 1e-10, 0);
  assert_close (isc_law_density (&sphere, -0.5), 1.4387971747990984e-31, 1e-10, 0);
  assert_close (isc_law_cumulative (&sphere, -0.5), 4.199195974613016e-34, 1e-10, 0);

  /* A long side, near the middle and one std out: 40-digit quadrature of the density. */
  sphere = isc_law_sphere (1, 1000000);
  assert_close (isc_law_cumulative (&sphere, -1e-6), 0.49960105808529549, 1e-10, 0);
  assert_close (isc_law_cumulative (&sphere, -1e-3), 0.15865537491691005, 1e-10, 0);
}

static void
test_truncation_ratios (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/distributions.json");
  JsonArray *entries = json_object_get_array_member (root, "truncnorm_unit");
  JsonObject *keras = json_object_get_object_member (root, "keras_constant");
  IscLaw at_two = isc_law_truncated_normal (0, 1, -2, 2);

  g_assert_cmpuint (json_array_get_length (entries), ==, 6);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      IscLaw law = isc_law_truncated_normal (0, 1, reference_number (entry, "alpha"),
                                             reference_number (entry, "beta"));

      assert_close (isc_law_variance (&law), reference_number (entry, "var_ratio"), RELATIVE,
                    ABSOLUTE);
      assert_close (sqrt (isc_law_variance (&law)), reference_number (entry, "std_ratio"), RELATIVE,
                    ABSOLUTE);
      assert_close (isc_law_mean (&law), reference_number (entry, "mean_shift"), RELATIVE,
                    ABSOLUTE);
    }
  assert_close (sqrt (isc_law_variance (&at_two)), reference_number (keras, "value"), 1e-14, 0);
}

/* A normal cut where no double holds the mass behind the cut: what remains is nearly an exponential
 * law of rate 100, of mean 100 + 1/100 - 2/100^3 + ... */
static void
test_distant_cut (void)
{
  IscLaw law = isc_law_truncated_normal (0, 1, 100, INFINITY);
  IscLaw left = isc_law_truncated_normal (0, 1, -102, -100);
  const double p[] = { 1e-9, 0.1, 0.5, 0.9, 0.999 };

  /* From the asymptotic series of Mills' ratio to 1/x^9: the hazard at 100 is 100.0099980009990...
   */
  assert_close (isc_law_density (&law, 100), 100.00999800099926, 1e-12, 0);
  assert_close (isc_law_mean (&law), 100.00999800099926, 1e-13, 0);
  /* var = 1 - h (h - x): 1/x^2 - 6/x^4 + 50/x^6 - 518/x^8 */
  assert_close (isc_law_variance (&law), 1e-4 - 6e-8 + 50e-12 - 518e-16, 1e-10, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (p); i++)
    {
      double right = isc_law_quantile (&law, p[i]);

      /* x is rounded to 1e-14, where the density is 100. */
      assert_close (isc_law_cumulative (&law, right), p[i], 1e-9, 2e-12);
      assert_close (isc_law_quantile (&left, 1 - p[i]), -right, 1e-9, 0);
      assert_close (isc_law_density (&left, -right), isc_law_density (&law, right), 1e-9, 0);
    }
  assert_close (isc_law_skewness (&left), -isc_law_skewness (&law), 1e-9, 0);
}

static void
test_narrow_cut (void)
{
  /* Two millionths of a std: uniform to 1e-12, and its closed-form variance would be noise. */
  IscLaw law = isc_law_truncated_normal (0.3, 1, 0.299999, 0.300001);

  /* The bounds themselves are rounded to 1e-16 of 0.3, 3e-11 of the width. */
  assert_close (isc_law_variance (&law), 2e-6 * 2e-6 / 12, 1e-9, 0);
  assert_close (isc_law_excess_kurtosis (&law), -1.2, 1e-9, 0);
  assert_close (isc_law_density (&law, 0.3), 5e5, 1e-9, 0);
}

/* The quantile undoes the distribution function, in the tails and for long sides. */
static void
test_inverse (void)
{
  const IscLaw laws[] = {
    isc_law_uniform (-0.0357, 0.0357),
    isc_law_normal (0.1, 2.385),
    isc_law_truncated_normal (0.5, 1, -1, 2),
    isc_law_truncated_normal (-3, 0.7, -1, 4),
    isc_law_sphere (1.4, 2),
    isc_law_sphere (1.4, 3),
    isc_law_sphere (1.4, 7),
    isc_law_sphere (0.5, 784),
    isc_law_sphere (1, 100000),
  };
  const double p[] = { 1e-12, 1e-5, 0.01, 0.3, 0.5, 0.77, 0.999, 0.9999999 };

  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    {
      double before = -INFINITY;

      for (gsize i = 0; i < G_N_ELEMENTS (p); i++)
        {
          double x = isc_law_quantile (&laws[l], p[i]);
          /* A rounding of x moves p by density times eps |x|. */
          double room = 4e-16 * fabs (x) * isc_law_density (&laws[l], x);

          g_assert_cmpfloat (x, >, before);
          before = x;
          assert_close (isc_law_cumulative (&laws[l], x), p[i], 1e-10, room + 1e-15);
        }
    }
}

/* A density integrates to the distribution function: midpoints, 20000 of them, in the middle half.
 */
static void
test_density_integrates (void)
{
  const IscLaw laws[] = {
    isc_law_normal (0.1, 2.385), isc_law_truncated_normal (-3, 0.7, -1, 4),
    isc_law_sphere (1.4, 2),     isc_law_sphere (1.4, 3),
    isc_law_sphere (1.4, 7),     isc_law_sphere (0.5, 784),
  };

  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    {
      double low = isc_law_quantile (&laws[l], 0.25), high = isc_law_quantile (&laws[l], 0.75);
      double step = (high - low) / 20000, sum = 0;

      for (int i = 0; i < 20000; i++)
        sum += step * isc_law_density (&laws[l], low + (i + 0.5) * step);
      /* The midpoint rule is off by step^2 f' / 24. */
      assert_close (sum, 0.5, 1e-8, 0);
    }
}

/* torch.nn.init.sparse_: zeros beside a normal. */
static void
test_sparse (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/distributions.json");
  JsonArray *entries = json_object_get_array_member (root, "sparse");

  g_assert_cmpuint (json_array_get_length (entries), ==, 3);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      double p0 = reference_number (entry, "p0");
      double std = reference_number (entry, "std");
      IscLaw law = isc_law_with_zeros (isc_law_normal (0, std), p0);
      gsize n;
      g_autofree double *x = reference_numbers (entry, "cdf_at", &n);
      g_autofree double *cdf = reference_numbers (entry, "cdf", &n);

      g_assert_true (isc_law_has_density (&law));
      g_assert_cmpfloat (isc_law_mean (&law), ==, 0);
      g_assert_cmpfloat (isc_law_skewness (&law), ==, 0);
      assert_close (isc_law_variance (&law), reference_number (entry, "variance"), RELATIVE, 0);
      assert_close (isc_law_excess_kurtosis (&law), reference_number (entry, "excess_kurtosis"),
                    RELATIVE, ABSOLUTE);
      for (gsize k = 0; k < n; k++)
        assert_close (isc_law_cumulative (&law, x[k]), cdf[k], RELATIVE, ABSOLUTE);
      /* The step at 0, and the smallest x of each level around it. */
      assert_close (isc_law_cumulative (&law, -1e-300), (1 - p0) / 2, RELATIVE, 0);
      g_assert_cmpfloat (isc_law_quantile (&law, 0.5), ==, 0);
      g_assert_cmpfloat (isc_law_quantile (&law, (1 + p0) / 2 - 1e-9), ==, 0);
      assert_close (isc_law_quantile (&law, cdf[0]), x[0], 1e-9, 0);
      assert_close (isc_law_quantile (&law, cdf[2]), x[2], 1e-9, 0);
      assert_close (isc_law_density (&law, std), (1 - p0) * exp (-0.5) / sqrt (2 * G_PI) / std,
                    RELATIVE, 0);
    }
}

/* Moments of zeros beside a law that is not centred: E Wᵏ = (1 - zeros) E Xᵏ, from which the
 * central ones follow by another way than the code's. */
static void
test_zeros_moments (void)
{
  IscLaw law = isc_law_with_zeros (isc_law_uniform (0.2, 1.4), 0.3);
  double raw[5], m;

  for (int k = 1; k <= 4; k++)
    raw[k] = 0.7 * (pow (1.4, k + 1) - pow (0.2, k + 1)) / (k + 1) / 1.2;
  m = raw[1];
  assert_close (isc_law_mean (&law), m, 1e-14, 0);
  assert_close (isc_law_variance (&law), raw[2] - m * m, 1e-13, 0);
  assert_close (isc_law_skewness (&law),
                (raw[3] - 3 * m * raw[2] + 2 * m * m * m) / pow (raw[2] - m * m, 1.5), 1e-12, 0);
  assert_close (isc_law_excess_kurtosis (&law),
                (raw[4] - 4 * m * raw[3] + 6 * m * m * raw[2] - 3 * m * m * m * m)
                        / pow (raw[2] - m * m, 2)
                    - 3,
                1e-12, 0);
}

static void
test_zeros (void)
{
  IscLaw away = isc_law_with_zeros (isc_law_uniform (0.2, 0.4), 0.5);
  IscLaw left = isc_law_with_zeros (isc_law_uniform (-0.4, -0.2), 0.5);
  IscLaw identity = isc_law_with_zeros (isc_law_point (1), 0.75);
  IscLaw all = isc_law_with_zeros (isc_law_normal (0.3, 1), 1);
  IscLaw twice = isc_law_with_zeros (isc_law_with_zeros (isc_law_normal (0, 1), 0.5), 0.5);
  IscLaw none = isc_law_with_zeros ((IscLaw){ 0 }, 0.5);
  double low, high;

  /* The atom outside the family's support widens the bounds. */
  g_assert_true (isc_law_bounds (&away, &low, &high));
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 0.4);
  g_assert_cmpfloat (isc_law_quantile (&away, 0), ==, 0);
  g_assert_cmpfloat (isc_law_quantile (&away, 0.5), ==, 0);
  assert_close (isc_law_quantile (&away, 0.75), 0.3, 1e-14, 0);
  g_assert_cmpfloat (isc_law_cumulative (&away, 0.1), ==, 0.5);
  g_assert_cmpfloat (isc_law_density (&away, 0.1), ==, 0);
  assert_close (isc_law_density (&away, 0.3), 2.5, 1e-14, 0);
  g_assert_true (isc_law_bounds (&left, &low, &high));
  g_assert_cmpfloat (low, ==, -0.4);
  g_assert_cmpfloat (high, ==, 0);
  g_assert_cmpfloat (isc_law_quantile (&left, 0.9), ==, 0);
  g_assert_cmpfloat (isc_law_quantile (&left, 1), ==, 0);

  /* A quarter of ones: Bernoulli's moments. */
  g_assert_false (isc_law_has_density (&identity));
  g_assert_cmpfloat (isc_law_mean (&identity), ==, 0.25);
  g_assert_cmpfloat (isc_law_variance (&identity), ==, 0.1875);
  assert_close (isc_law_skewness (&identity), 0.5 / sqrt (0.1875), 1e-14, 0);
  assert_close (isc_law_excess_kurtosis (&identity), (1 - 6 * 0.1875) / 0.1875, 1e-13, 0);
  g_assert_cmpfloat (isc_law_cumulative (&identity, -0.1), ==, 0);
  g_assert_cmpfloat (isc_law_cumulative (&identity, 0), ==, 0.75);
  g_assert_cmpfloat (isc_law_cumulative (&identity, 1), ==, 1);
  g_assert_cmpfloat (isc_law_quantile (&identity, 0.75), ==, 0);
  g_assert_cmpfloat (isc_law_quantile (&identity, 0.76), ==, 1);

  g_assert_false (isc_law_has_density (&all));
  g_assert_cmpfloat (isc_law_quantile (&all, 0.01), ==, 0);
  g_assert_cmpfloat (isc_law_variance (&all), ==, 0);
  g_assert_true (isc_law_bounds (&all, &low, &high));
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 0);

  g_assert_cmpfloat (twice.zeros, ==, 0.75);
  g_assert_true (isnan (isc_law_cumulative (&none, 0)));
  g_assert_true (isnan (isc_law_variance (&none)));
}

static void
test_points (void)
{
  const IscLaw laws[] = {
    isc_law_point (0.25),
    isc_law_normal (0.25, 0),
    isc_law_uniform (0.25, 0.25),
    isc_law_truncated_normal (0.7, 0, -1, 0.25),
    isc_law_truncated_normal (0, 1, 0.25, 0.25),
  };
  IscLaw zero = isc_law_sphere (0, 5);
  IscLaw signs = isc_law_sphere (2, 1);
  IscLaw none = { 0 };
  double low, high;

  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    {
      g_assert_false (isc_law_has_density (&laws[l]));
      g_assert_cmpfloat (isc_law_cumulative (&laws[l], 0.2499), ==, 0);
      g_assert_cmpfloat (isc_law_cumulative (&laws[l], 0.25), ==, 1);
      g_assert_cmpfloat (isc_law_quantile (&laws[l], 0.3), ==, 0.25);
      g_assert_cmpfloat (isc_law_mean (&laws[l]), ==, 0.25);
      g_assert_cmpfloat (isc_law_variance (&laws[l]), ==, 0);
      g_assert_true (isnan (isc_law_skewness (&laws[l])));
      g_assert_true (isc_law_bounds (&laws[l], &low, &high));
      g_assert_cmpfloat (low, ==, 0.25);
      g_assert_cmpfloat (high, ==, 0.25);
    }
  g_assert_false (isc_law_has_density (&zero));
  g_assert_cmpfloat (isc_law_quantile (&zero, 0.9), ==, 0);

  /* An orthogonal matrix of one entry: a sign. */
  g_assert_false (isc_law_has_density (&signs));
  g_assert_cmpfloat (isc_law_cumulative (&signs, -2.1), ==, 0);
  g_assert_cmpfloat (isc_law_cumulative (&signs, 1.9), ==, 0.5);
  g_assert_cmpfloat (isc_law_cumulative (&signs, 2), ==, 1);
  g_assert_cmpfloat (isc_law_quantile (&signs, 0.5), ==, -2);
  g_assert_cmpfloat (isc_law_quantile (&signs, 0.51), ==, 2);
  g_assert_cmpfloat (isc_law_variance (&signs), ==, 4);
  g_assert_cmpfloat (isc_law_excess_kurtosis (&signs), ==, -2);

  g_assert_false (isc_law_has_density (&none));
  g_assert_true (isnan (isc_law_cumulative (&none, 0)));
  g_assert_true (isnan (isc_law_quantile (&none, 0.5)));
  g_assert_true (isnan (isc_law_mean (&none)));
  g_assert_false (isc_law_bounds (&none, &low, &high));
}

static void
test_ends (void)
{
  IscLaw normal = isc_law_normal (1, 2);
  IscLaw uniform = isc_law_uniform (-0.125, 0.125);
  IscLaw half = isc_law_truncated_normal (0, 1, 0, INFINITY);
  double low, high;

  g_assert_cmpfloat (isc_law_quantile (&normal, 0), ==, -INFINITY);
  g_assert_cmpfloat (isc_law_quantile (&normal, 1), ==, INFINITY);
  g_assert_true (isnan (isc_law_quantile (&normal, 1.01)));
  g_assert_true (isnan (isc_law_quantile (&normal, NAN)));
  g_assert_true (isnan (isc_law_cumulative (&normal, NAN)));
  g_assert_cmpfloat (isc_law_density (&uniform, 0.125), ==, 4);
  g_assert_cmpfloat (isc_law_density (&uniform, 0.126), ==, 0);
  g_assert_cmpfloat (isc_law_quantile (&uniform, 1), ==, 0.125);
  g_assert_false (isc_law_bounds (&half, &low, &high));
  g_assert_cmpfloat (low, ==, 0);
  /* The half-normal law: mean sqrt (2/pi). */
  assert_close (isc_law_mean (&half), sqrt (2 / G_PI), 1e-14, 0);
  assert_close (isc_law_variance (&half), 1 - 2 / G_PI, 1e-14, 0);
}

static void
check_text (IscLaw law, const char *expected)
{
  g_autofree char *text = isc_law_to_text (&law);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (void)
{
  check_text (isc_law_uniform (-1.0 / 28, 1.0 / 28), "U(−0.0357, 0.0357)");
  check_text (isc_law_normal (0, 0.050507627), "N(0, 0.0505²)");
  check_text (isc_law_normal (0, 1e28), "N(0, (10²⁸)²)");
  check_text (isc_law_truncated_normal (0, 0.02, -2, 2), "N(0, 0.02²) cut to [−2, 2]");
  check_text (isc_law_sphere (1, 1024), "a coordinate on a sphere of radius 1 in 1,024 dimensions");
  check_text (isc_law_point (0.25), "point mass at 0.25");
  check_text ((IscLaw){ 0 }, "no known law");
  check_text (isc_law_with_zeros (isc_law_normal (0, 0.01), 0.9), "0 with 0.90, else N(0, 0.01²)");
  check_text (isc_law_with_zeros (isc_law_point (1), 1 - 1.0 / 784), "0 with 0.9987, else 1");
  check_text (isc_law_with_zeros (isc_law_point (1), 0.001), "0 with 0.0010, else 1");
  check_text (isc_law_with_zeros (isc_law_normal (0, 0.01), 1), "point mass at 0");
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/law/reference", test_reference);
  g_test_add_func ("/law/tails", test_tails);
  g_test_add_func ("/law/truncation-ratios", test_truncation_ratios);
  g_test_add_func ("/law/distant-cut", test_distant_cut);
  g_test_add_func ("/law/narrow-cut", test_narrow_cut);
  g_test_add_func ("/law/inverse", test_inverse);
  g_test_add_func ("/law/density-integrates", test_density_integrates);
  g_test_add_func ("/law/sparse", test_sparse);
  g_test_add_func ("/law/zeros-moments", test_zeros_moments);
  g_test_add_func ("/law/zeros", test_zeros);
  g_test_add_func ("/law/points", test_points);
  g_test_add_func ("/law/ends", test_ends);
  g_test_add_func ("/law/text", test_text);
  return g_test_run ();
}
