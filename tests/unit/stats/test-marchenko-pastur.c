/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/marchenko-pastur.h"

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"

static JsonObject *spectra;

static void
check_law (JsonObject *entry)
{
  IscMarchenkoPastur law = isc_marchenko_pastur ((gsize)json_object_get_int_member (entry, "rows"),
                                                 (gsize)json_object_get_int_member (entry, "cols"),
                                                 reference_number (entry, "variance"));
  double condition = reference_number (entry, "condition_number");
  gsize n;
  g_autofree double *s = reference_numbers (entry, "s", &n);
  g_autofree double *density = reference_numbers (entry, "pdf", &n);
  g_autofree double *cumulative = reference_numbers (entry, "cdf", &n);
  g_autofree double *p = NULL;
  g_autofree double *quantile = NULL;

  /* Closed forms in doubles; the reference has its cumulative law and its mean by quadrature. */
  assert_close (law.s_min, reference_number (entry, "s_min"), 1e-13, 0);
  assert_close (law.s_max, reference_number (entry, "s_max"), 1e-13, 0);
  if (isnan (condition))
    g_assert_cmpfloat (isc_marchenko_pastur_condition (&law), ==, INFINITY);
  else
    assert_close (isc_marchenko_pastur_condition (&law), condition, 1e-13, 0);
  for (gsize i = 0; i < n; i++)
    {
      assert_close (isc_marchenko_pastur_density (&law, s[i]), density[i], 1e-12, 0);
      assert_close (isc_marchenko_pastur_cumulative (&law, s[i]), cumulative[i], 1e-9, 0);
    }
  p = reference_numbers (entry, "quantile_p", &n);
  quantile = reference_numbers (entry, "quantile", &n);
  for (gsize i = 0; i < n; i++)
    assert_close (isc_marchenko_pastur_quantile (&law, p[i]), quantile[i], 1e-8, 0);
  assert_close (isc_marchenko_pastur_mean (&law), reference_number (entry, "mean_s"), 1e-9, 0);
  assert_close (isc_marchenko_pastur_mean_square (&law), reference_number (entry, "mean_s2"), 1e-13,
                0);
  assert_close (isc_marchenko_pastur_mean_fourth (&law), reference_number (entry, "mean_s4"), 1e-13,
                0);
}

static void
test_reference (void)
{
  JsonArray *laws = json_object_get_array_member (spectra, "marchenko_pastur_singular_values");

  g_assert_cmpuint (json_array_get_length (laws), >=, 5);
  for (guint i = 0; i < json_array_get_length (laws); i++)
    check_law (json_array_get_object_element (laws, i));
}

static void
test_edges (void)
{
  const gsize shapes[][2] = { { 1, 1 }, { 1, 1000000 }, { 300, 200 }, { 64, 64 } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      IscMarchenkoPastur law = isc_marchenko_pastur (shapes[i][0], shapes[i][1], 0.31);
      double below = 0.999999 * law.s_min - 1e-9, above = 1.000001 * law.s_max;
      double area = 0;
      const guint n = 20000;

      g_assert_cmpfloat (isc_marchenko_pastur_density (&law, below), ==, 0);
      g_assert_cmpfloat (isc_marchenko_pastur_density (&law, above), ==, 0);
      g_assert_cmpfloat (isc_marchenko_pastur_cumulative (&law, below), ==, 0);
      g_assert_cmpfloat (isc_marchenko_pastur_cumulative (&law, above), ==, 1);
      assert_close (isc_marchenko_pastur_quantile (&law, 0), law.s_min, 1e-9, 1e-12);
      assert_close (isc_marchenko_pastur_quantile (&law, 1), law.s_max, 1e-9, 0);
      for (guint j = 0; j < n; j++)
        area += isc_marchenko_pastur_density (&law,
                                              law.s_min + (j + 0.5) * (law.s_max - law.s_min) / n)
                * (law.s_max - law.s_min) / n;
      /* The midpoint rule at edges that fall like a root. */
      assert_close (area, 1, 1e-5, 0);
      g_assert_true (isnan (isc_marchenko_pastur_cumulative (&law, NAN)));
      g_assert_true (isnan (isc_marchenko_pastur_quantile (&law, 1.5)));
    }
}

static void
test_square_condition (void)
{
  JsonObject *square = json_object_get_object_member (spectra, "condition_number_square_gaussian");
  JsonArray *points = json_object_get_array_member (square, "edelman_cdf");

  for (guint i = 0; i < json_array_get_length (points); i++)
    {
      JsonObject *point = json_array_get_object_element (points, i);
      double x = reference_number (point, "x");
      double p = reference_number (point, "P_kappa_over_n_below_x");

      assert_close (isc_square_condition_cumulative (x), p, 1e-13, 0);
      assert_close (isc_square_condition_quantile (p), x, 1e-12, 0);
    }
  assert_close (isc_square_condition_quantile (0.5),
                reference_number (square, "median_kappa_over_n"), 1e-12, 0);
  g_assert_cmpfloat (isc_square_condition_cumulative (0), ==, 0);
}

int
main (int argc, char *argv[])
{
  int status;

  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  spectra = reference_load ("reference/theory/spectra.json");
  g_test_add_func ("/marchenko-pastur/reference", test_reference);
  g_test_add_func ("/marchenko-pastur/edges", test_edges);
  g_test_add_func ("/marchenko-pastur/square-condition", test_square_condition);
  status = g_test_run ();
  json_object_unref (spectra);
  return status;
}
