/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/schemes/gain.h"

#include <math.h>

#include "base/number-text.h"

const char *const isc_gain_nonlinearities[] = {
  "leaky_relu",
  "relu",
  "tanh",
  "sigmoid",
  "selu",
  "linear",
  "conv1d",
  "conv2d",
  "conv3d",
  "conv_transpose1d",
  "conv_transpose2d",
  "conv_transpose3d",
  NULL,
};

double
isc_gain (const char *nonlinearity, double slope)
{
  if (g_str_equal (nonlinearity, "tanh"))
    return 5.0 / 3.0;
  if (g_str_equal (nonlinearity, "relu"))
    return sqrt (2.0);
  if (g_str_equal (nonlinearity, "leaky_relu"))
    return sqrt (2.0 / (1.0 + slope * slope));
  if (g_str_equal (nonlinearity, "selu"))
    return 3.0 / 4.0;
  return 1.0;
}

char *
isc_gain_to_text (const char *nonlinearity, double slope)
{
  if (g_str_equal (nonlinearity, "tanh"))
    return g_strdup ("5/3");
  if (g_str_equal (nonlinearity, "relu")
      || (g_str_equal (nonlinearity, "leaky_relu") && slope == 0.0))
    return g_strdup ("√2");
  return isc_number_to_label (isc_gain (nonlinearity, slope), 4);
}
