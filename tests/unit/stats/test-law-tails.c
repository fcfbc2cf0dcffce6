/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/law-tails.h"

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"

/* Both tails at @x are the law's own and sum to 1. */
static void
assert_tails (const IscLaw *law, const float *x, gsize n, gsize n_points, double relative)
{
  g_autoptr (IscLawTails) tails = isc_law_tails_new (law, n_points);
  g_autofree double *lower = g_new (double, n), *upper = g_new (double, n);
  IscLaw family = *law;

  family.zeros = 0;
  isc_law_tails_evaluate (tails, x, n, lower, upper);
  for (gsize i = 0; i < n; i++)
    {
      assert_close (lower[i], isc_law_cumulative (&family, (double)x[i]), relative, 1e-16);
      /* Each is rounded by itself. */
      assert_close (lower[i] + upper[i], 1, 4e-16, 0);
    }
}

static void
test_families (void)
{
  const float x[] = { -1.9f, -1, -0.3f, -1e-4f, 0, 1e-20f, 0.02f, 0.5f, 1.7f };
  const IscLaw laws[] = {
    isc_law_normal (0.1, 0.7),
    isc_law_uniform (-2, 2),
    isc_law_truncated_normal (0.3, 1, -2, 2),
    isc_law_truncated_normal (-4, 1, -2, 3),
    isc_law_truncated_normal (5, 1, -3, 2),
    isc_law_truncated_normal (0, 1, -0.05, 3),
    isc_law_truncated_normal (0, 0.9, -1.9, 1.8),
    isc_law_sphere (2, 3),
    isc_law_sphere (2, 40),
    isc_law_with_zeros (isc_law_normal (0, 1), 0.9),
  };

  /* The cut law's upper tail is another difference of the same functions. */
  for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
    assert_tails (&laws[l], x, G_N_ELEMENTS (x), G_N_ELEMENTS (x), 1e-13);
}

/* Where 1 - F has no digits left. */
static void
test_upper_digits (void)
{
  const float x[] = { 9, -9 };
  IscLaw normal = isc_law_normal (0, 1), cut = isc_law_truncated_normal (0, 1, -10, 10);
  g_autoptr (IscLawTails) a = isc_law_tails_new (&normal, 2);
  g_autoptr (IscLawTails) b = isc_law_tails_new (&cut, 2);
  double lower[2], upper[2];

  isc_law_tails_evaluate (a, x, 2, lower, upper);
  /* A rounding of z counts z^2 = 81 times. */
  assert_close (upper[0], 1.1285884059538407e-19, 1e-13, 0);
  g_assert_cmpfloat (upper[0], ==, lower[1]);
  isc_law_tails_evaluate (b, x, 2, lower, upper);
  /* Less what is beyond the cut, 7.6e-24. */
  assert_close (upper[0], 1.1285122074235991e-19, 1e-13, 0);
}

/* The table of a large orthogonal matrix, from its middle to where it ends and beyond. */
static void
test_sphere_table (void)
{
  const gint64 dimensions[] = { 256, 784, 100000 };

  for (gsize d = 0; d < G_N_ELEMENTS (dimensions); d++)
    {
      IscLaw law = isc_law_sphere (1.5, dimensions[d]);
      double std = 1.5 / sqrt ((double)dimensions[d]);
      float x[1001];

      for (gsize i = 0; i < G_N_ELEMENTS (x); i++)
        x[i] = (float)(std * ((double)i - 500) / 58);
      assert_tails (&law, x, G_N_ELEMENTS (x), 1000000, 1e-10);
    }
}

/* A bound of a law is a double; its float32 may lie outside. */
static void
test_bounds (void)
{
  const double bounds[] = { 0.1, 1 / sqrt (6), 0.05, 1, 3e-5 };

  for (gsize b = 0; b < G_N_ELEMENTS (bounds); b++)
    {
      IscLaw laws[] = { isc_law_uniform (-bounds[b], bounds[b]),
                        isc_law_truncated_normal (0, bounds[b], -bounds[b], bounds[b]),
                        isc_law_sphere (bounds[b], 2) };
      float bound = (float)bounds[b];
      float x[] = { -bound, nextafterf (-bound, -1e9f), -bound * 1.000001f,
                    bound,  nextafterf (bound, 1e9f),   bound * 1.000001f };

      for (gsize l = 0; l < G_N_ELEMENTS (laws); l++)
        {
          g_autoptr (IscLawTails) tails = isc_law_tails_new (&laws[l], 6);
          double lower[6], upper[6];

          isc_law_tails_evaluate (tails, x, 6, lower, upper);
          for (guint i = 0; i < 2; i++)
            {
              /* Half a float32 step of the range, or its root where the density diverges. */
              g_assert_cmpfloat (lower[i], >, 0);
              g_assert_cmpfloat (lower[i], <, 2e-4);
              g_assert_cmpfloat (upper[3 + i], >, 0);
              g_assert_cmpfloat (upper[3 + i], <, 2e-4);
            }
          g_assert_cmpfloat (lower[2], ==, 0);
          g_assert_cmpfloat (upper[2], ==, 1);
          g_assert_cmpfloat (lower[5], ==, 1);
          g_assert_cmpfloat (upper[5], ==, 0);
        }
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/law-tails/families", test_families);
  g_test_add_func ("/law-tails/upper-digits", test_upper_digits);
  g_test_add_func ("/law-tails/sphere-table", test_sphere_table);
  g_test_add_func ("/law-tails/bounds", test_bounds);
  return g_test_run ();
}
