/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/inverse-erf.h"

#include <math.h>
#include <string.h>

#include "support/reference.h"

/* torch.erfinv() of PyTorch 1.13 with the GNU C library 2.36, on both sides of every place where a
 * formula changes. */
static const struct
{
  float y;
  float x;
} pytorch[] = {
  { 0x1.ad7f2a0000000p-24f, 0x1.7ca1ae0000000p-24f },
  { -0x1.0624de0000000p-10f, -0x1.d0a3660000000p-11f },
  { 0x1.99999a0000000p-5f, 0x1.6b3c880000000p-5f },
  { -0x1.3333340000000p-2f, -0x1.1700780000000p-2f },
  { 0x1.0000000000000p-1f, 0x1.e861fc0000000p-2f },
  { 0x1.6147ae0000000p-1f, 0x1.6f8cb60000000p-1f },
  { -0x1.6666440000000p-1f, -0x1.773a6a0000000p-1f },
  { 0x1.6666660000000p-1f, 0x1.773a9c0000000p-1f },
  { 0x1.6666680000000p-1f, 0x1.773aa20000000p-1f },
  { -0x1.6b851e0000000p-1f, -0x1.7f14ba0000000p-1f },
  { 0x1.8831260000000p-1f, 0x1.aede640000000p-1f },
  { -0x1.8f5c280000000p-1f, -0x1.bc0cf20000000p-1f },
  { 0x1.ae147a0000000p-1f, 0x1.fcb0b20000000p-1f },
  { 0x1.c7ae140000000p-1f, 0x1.214dc80000000p+0f },
  { 0x1.cccccc0000000p-1f, 0x1.29c0120000000p+0f },
  { -0x1.ccccd00000000p-1f, -0x1.29c0180000000p+0f },
  { 0x1.d70a3e0000000p-1f, 0x1.3ce8760000000p+0f },
  { 0x1.d8865a0000000p-1f, 0x1.3ffffa0000000p+0f },
  { -0x1.dc28f60000000p-1f, -0x1.47fdac0000000p+0f },
  { 0x1.e666660000000p-1f, 0x1.62ca960000000p+0f },
  { -0x1.f0a3d80000000p-1f, -0x1.88d4140000000p+0f },
  { 0x1.fae1480000000p-1f, 0x1.d246660000000p+0f },
  { 0x1.ff7cee0000000p-1f, 0x1.29d32a0000000p+1f },
  { -0x1.fff2e40000000p-1f, -0x1.6021f60000000p+1f },
  { 0x1.fff8220000000p-1f, 0x1.6b30cc0000000p+1f },
  { 0x1.fffac20000000p-1f, 0x1.73c50a0000000p+1f },
  { -0x1.ffffde0000000p-1f, -0x1.ba81de0000000p+1f },
  { 0x1.fffffe0000000p-1f, 0x1.ea90940000000p+1f },
};

static void
test_pytorch (void)
{
  float x[G_N_ELEMENTS (pytorch)];

  for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (pytorch); i++)
        x[i] = pytorch[i].y;
      isc_inverse_erf_on ((IscVectorUnit)unit, x, G_N_ELEMENTS (pytorch));
      for (guint i = 0; i < G_N_ELEMENTS (pytorch); i++)
        g_assert_cmpmem (&x[i], sizeof (float), &pytorch[i].x, sizeof (float));
    }
}

/* A number's inverse does not depend on the unit, nor on how many stand beside it. */
static void
test_units_and_sizes (void)
{
  const gsize sizes[] = { 0, 1, 15, 16, 17, 1023, 1024, 1025, 5000 };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      gsize n = sizes[s];
      g_autofree float *y = g_new (float, n + 1);
      g_autofree float *plain = NULL;

      for (gsize i = 0; i < n; i++)
        y[i] = (float)g_rand_double_range (random, -1, 1);
      plain = g_memdup2 (y, (n + 1) * sizeof *y);
      for (gsize i = 0; i < n; i++)
        isc_inverse_erf_on (ISC_VECTOR_UNIT_BASELINE, plain + i, 1);
      for (guint unit = 0; unit <= isc_runtime_vector_unit (); unit++)
        {
          g_autofree float *x = g_memdup2 (y, (n + 1) * sizeof *y);

          isc_inverse_erf_on ((IscVectorUnit)unit, x, n);
          g_assert_true (memcmp (x, plain, n * sizeof *x) == 0);
        }
      /* The derivative sqrt (pi) / 2 e^(x^2) magnifies the rounding of y, and of erf near it. */
      for (gsize i = 0; i < n; i++)
        {
          double x = (double)plain[i];

          g_assert_cmpfloat (fabs (erf (x) - (double)y[i]), <=,
                             3e-7 * (exp (-x * x) * fabs (x) + fabs ((double)y[i])));
        }
    }
}

static void
test_ends (void)
{
  float y[] = { 1, -1, 1.5f, -INFINITY, NAN, 0, -0.0f };

  isc_inverse_erf (y, G_N_ELEMENTS (y));
  g_assert_cmpfloat (y[0], ==, INFINITY);
  g_assert_cmpfloat (y[1], ==, -INFINITY);
  g_assert_true (isnan (y[2]) && isnan (y[3]) && isnan (y[4]));
  g_assert_cmpfloat (y[5], ==, 0);
  g_assert_cmpfloat (y[6], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/inverse-erf/pytorch", test_pytorch);
  g_test_add_func ("/base/inverse-erf/units-and-sizes", test_units_and_sizes);
  g_test_add_func ("/base/inverse-erf/ends", test_ends);
  return g_test_run ();
}
