/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The float32 exp(), expm1(), tanh(), erf() and log1p() of the loops, against the C library's in
 * double. */

#include <math.h>

#include "catalog/exponential.h"
#include "support/reference.h"

/* What the header promises. */
static void
test_exp (void)
{
  for (double d = -87.0; d < 88.7; d += 1.7e-4)
    {
      float x = (float)d;

      assert_close ((double)isc_exp (x), exp ((double)x), 2e-7, 0.0);
    }
}

static void
check_small (float x)
{
  assert_close ((double)isc_expm1 (-x), expm1 (-(double)x), 4e-7, 0.0);
  assert_close ((double)isc_tanh (x), tanh ((double)x), 4e-7, 0.0);
  assert_close ((double)isc_tanh (-x), -tanh ((double)x), 4e-7, 0.0);
  assert_close ((double)isc_erf (x), erf ((double)x), 3e-7, 0.0);
  if (x <= 1.0f)
    assert_close ((double)isc_log1p (x), log1p ((double)x), 3e-7, 0.0);
  assert_close ((double)isc_erf (-x), -erf ((double)x), 3e-7, 0.0);
}

static void
test_odd (void)
{
  for (double d = 1e-30; d < 200.0; d *= 1.00003)
    check_small ((float)d);
}

/* The ends, bit for bit. */
static void
test_ends (void)
{
  static const float ends[] = { INFINITY, -INFINITY, 89.0f, 1e30f, -1e30f, 0.0f, -0.0f, -104.0f };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_assert_cmpfloat (isc_exp (ends[i]), ==, expf (ends[i]));
      g_assert_cmpfloat (isc_tanh (ends[i]), ==, tanhf (ends[i]));
      g_assert_cmpfloat (isc_erf (ends[i]), ==, erff (ends[i]));
      g_assert_true (!signbit (isc_tanh (ends[i])) == !signbit (ends[i]));
      if (ends[i] <= 0.0f)
        g_assert_cmpfloat (isc_expm1 (ends[i]), ==, expm1f (ends[i]));
    }
  g_assert_true (isnan (isc_exp (NAN)) && isnan (isc_expm1 (NAN)) && isnan (isc_tanh (NAN)));
  g_assert_true (isnan (isc_erf (NAN)) && isnan (isc_log1p_exp (NAN)));
  g_assert_cmpfloat (isc_log1p_exp (INFINITY), ==, INFINITY);
  g_assert_cmpfloat (isc_log1p_exp (-INFINITY), ==, 0.0f);
  /* Between the least normal float and 0, as far as there are bits. */
  assert_close ((double)isc_exp (-95.0f), exp (-95.0), 0.0, 3e-45);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/exponential/exp", test_exp);
  g_test_add_func ("/catalog/exponential/expm1-tanh-erf", test_odd);
  g_test_add_func ("/catalog/exponential/ends", test_ends);
  return g_test_run ();
}
