/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/density-kernel.h"

#include "base/error.h"

static const struct
{
  const char *name;
  const char *label;
  const char *formula;
  double ratio;
} kernels[ISC_N_KERNELS] = {
  [ISC_KERNEL_GAUSSIAN] = { "gaussian", "Gaussian", "exp (−u²/2) / √(2π)", 1 },
  [ISC_KERNEL_EPANECHNIKOV]
  = { "epanechnikov", "Epanechnikov", "¾ (1 − u²), |u| < 1", ISC_EPANECHNIKOV_RATIO },
};

gboolean
isc_kernel_parse (const char *text, IscKernel *kernel, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (guint k = 0; k < ISC_N_KERNELS; k++)
    if (g_str_equal (text, kernels[k].name))
      {
        *kernel = (IscKernel)k;
        return TRUE;
      }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "kernel: '%s' is neither %s nor %s", text,
               kernels[0].name, kernels[1].name);
  return FALSE;
}

const char *
isc_kernel_to_text (IscKernel kernel)
{
  return kernels[kernel].name;
}

const char *
isc_kernel_get_label (IscKernel kernel)
{
  return kernels[kernel].label;
}

const char *
isc_kernel_get_formula (IscKernel kernel)
{
  return kernels[kernel].formula;
}

double
isc_kernel_get_width (IscKernel kernel, double bandwidth)
{
  return bandwidth * kernels[kernel].ratio;
}
