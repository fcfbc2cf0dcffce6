/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/smooth.h"

#include <math.h>

#include "base/runtime.h"
#include "support/reference.h"

/* The definition. */
static void
check (const double *weights, gsize n, double sigma)
{
  gsize n_smooth, first;
  g_autofree double *smooth = isc_smooth_lattice (weights, n, sigma, &n_smooth, &first);
  double total = 0;

  for (gsize g = 0; g < n; g++)
    total += weights[g];
  g_assert_nonnull (smooth);
  g_assert_cmpuint (n_smooth, ==, n + 2 * first);
  g_assert_cmpfloat ((double)first, >=, ISC_GAUSSIAN_REACH * sigma);
  for (gsize j = 0; j < n_smooth; j++)
    {
      double sum = 0;

      for (gsize g = 0; g < n; g++)
        {
          double u = ((double)j - (double)first - (double)g) / sigma;

          sum += weights[g] * exp (-0.5 * u * u);
        }
      /* What lies beyond the reach, and the rounding of a transform. */
      assert_close (smooth[j], sum / (sqrt (2 * G_PI) * sigma), 0, 1e-15 * total / sigma);
      g_assert_cmpfloat (smooth[j], >=, 0);
    }
}

static void
test_definition (void)
{
  const double sigmas[] = { 0.3, 1, 2.385, 2.9999, 3, 5.5, 40, 333 };
  double weights[300] = { 0 };
  const double one = 2.385;

  for (gsize g = 0; g < 300; g++)
    weights[g] = g % 3 == 0 ? 0 : 1 + sin ((double)g);
  for (gsize s = 0; s < G_N_ELEMENTS (sigmas); s++)
    {
      check (weights, 300, sigmas[s]);
      check (&one, 1, sigmas[s]);
    }
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smooth/definition", test_definition);
  return g_test_run ();
}
