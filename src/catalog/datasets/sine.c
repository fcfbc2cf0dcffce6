/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sine: a curve to fit, and the frequency says how hard: networks learn low ones first. */

#include <math.h>

#include "catalog/datasets/common.h"
#include "catalog/datasets/data.h"

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  info->known = TRUE;
  info->input = isc_shape (1, G_GINT64_CONSTANT (1));
  info->n_targets = 1;
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  gint64 n = isc_arguments_integer (arguments, "samples");
  double frequency = isc_arguments_number (arguments, "frequency");
  IscShape shape = isc_shape (2, n, G_GINT64_CONSTANT (1));
  g_autoptr (IscTensor) inputs = isc_tensor_new (NULL, &shape, error);
  g_autoptr (IscTensor) values = inputs ? isc_tensor_new (NULL, &shape, error) : NULL;
  g_autoptr (IscGenerator) generator = isc_generator_new (isc_arguments_seed (arguments, "seed"));
  float *x, *y;

  if (!values)
    return NULL;
  x = isc_tensor_edit_data (inputs);
  y = isc_tensor_edit_data (values);
  isc_generator_normal (generator, y, (gsize)n, 0.0, isc_arguments_number (arguments, "noise"));
  for (gint64 i = 0; i < n; i++)
    {
      double at = G_PI * (2.0 * ((double)i + 0.5) / (double)n - 1.0);

      x[i] = (float)at;
      y[i] += (float)sin (frequency * at);
    }
  return isc_data_new_common (arguments, inputs, NULL, values, 0, error);
}

static const IscParameter parameters[] = {
  ISC_DATA_SAMPLES (2, 1e7),
  { "frequency", ISC_PARAMETER_NUMBER, "1", -1e6, 1e6, .help = N_ ("The w of sin(w x).") },
  ISC_DATA_NOISE ("0.1", N_ ("Standard deviation of the noise in the target.")),
  ISC_DATA_TEST_FRACTION ("0.2"),
  ISC_DATA_SEED (N_ ("Seed of the noise and of the split.")),
  ISC_DATA_SPLIT_SEED,
  ISC_DATA_STANDARDIZE ("False"),
};

const IscDataset isc_dataset_sine = {
  .item = {
    .id = "Sine",
    .label = N_ ("Sine"),
    .summary = N_ ("A sine to be fitted: one input, one target value."),
    .formula = "x evenly in −π..π, y = sin(frequency · x) plus noise",
    .citation = "Rahaman et al. 2019, On the spectral bias of neural networks",
    ISC_PARAMETERS (parameters),
  },
  .describe = describe,
  .make = make,
};
