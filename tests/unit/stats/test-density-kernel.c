/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/density-kernel.h"

#include <math.h>

#include "base/error.h"
#include "base/runtime.h"
#include "support/reference.h"

static void
test_ratio (void)
{
  g_autoptr (JsonObject) root = reference_load ("reference/theory/kde.json");

  assert_close (ISC_EPANECHNIKOV_RATIO,
                reference_number (root, "canonical_ratio_epanechnikov_to_gaussian"), 1e-15, 0);
  assert_close (ISC_EPANECHNIKOV_RATIO, pow (15, 0.2) * pow (4 * G_PI, 0.1), 1e-15, 0);
  g_assert_cmpfloat (isc_kernel_get_width (ISC_KERNEL_GAUSSIAN, 0.3), ==, 0.3);
  g_assert_cmpfloat (isc_kernel_get_width (ISC_KERNEL_EPANECHNIKOV, 2), ==,
                     2 * ISC_EPANECHNIKOV_RATIO);
}

static void
test_names (void)
{
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < ISC_N_KERNELS; k++)
    {
      IscKernel kernel = ISC_N_KERNELS;

      g_assert_true (isc_kernel_parse (isc_kernel_to_text ((IscKernel)k), &kernel, NULL));
      g_assert_cmpint (kernel, ==, k);
      g_assert_cmpstr (isc_kernel_get_label (kernel), !=, "");
      g_assert_cmpstr (isc_kernel_get_formula (kernel), !=, "");
    }
  g_assert_false (isc_kernel_parse ("Gaussian", &(IscKernel){ 0 }, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "kernel: 'Gaussian' is neither gaussian nor epanechnikov");
}

int
main (int argc, char *argv[])
{
  isc_runtime_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/density-kernel/ratio", test_ratio);
  g_test_add_func ("/density-kernel/names", test_names);
  return g_test_run ();
}
