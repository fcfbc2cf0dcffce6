/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What PyTorch's constructors have in common: weights and biases from U(±1/√n). */

#include "catalog/layers/default.h"

#include <math.h>

#include "base/number-text.h"
#include "catalog/schemes/gain.h"

double
isc_default_weight_bound (gint64 fan_in)
{
  return sqrt (3.0) * (isc_gain ("leaky_relu", sqrt (5.0)) / sqrt ((double)fan_in));
}

double
isc_default_bias_bound (gint64 fan_in)
{
  return 1.0 / sqrt ((double)fan_in);
}

void
isc_default_draw (IscGenerator *generator, IscTensor *tensor, double bound)
{
  isc_generator_uniform (generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor),
                         -bound, bound);
}

void
isc_default_set (IscTensor *tensor, float value)
{
  float *data = isc_tensor_edit_data (tensor);

  for (gsize i = 0; i < isc_tensor_get_count (tensor); i++)
    data[i] = value;
}

char *
isc_default_describe (const char *radicand, double bound)
{
  g_autofree char *value = isc_number_to_label (bound, 4);

  return g_strdup_printf ("bound = 1 / √%s = %s", radicand, value);
}
