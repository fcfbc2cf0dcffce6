/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 150 flowers of three species, four measurements each. */

#include "catalog/datasets/data.h"

static const IscDatasetSource sources[] = { { .resource = "iris.csv" } };

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  info->known = TRUE;
  info->input = isc_shape (1, G_GINT64_CONSTANT (4));
  info->n_classes = 3;
}

static IscData *
make (const IscArguments *arguments, IscTensor *const *tables, IscGenerator *run, GError **error)
{
  IscData *data
      = isc_data_from_table (tables[0], 1.0f, 3, isc_arguments_number (arguments, "test_fraction"),
                             (guint64)isc_arguments_integer (arguments, "seed"), error);

  if (data && isc_arguments_boolean (arguments, "standardize"))
    isc_data_standardize (data);
  return data;
}

static const IscParameter parameters[] = {
  { "standardize", ISC_PARAMETER_BOOLEAN, "True",
    .help = "Shift and scale each feature to mean 0 and std 1." },
  { "test_fraction", ISC_PARAMETER_NUMBER, "0.2", 0, 0.9, .help = "Share put aside for the test." },
  { "seed", ISC_PARAMETER_INTEGER, "0", -9e18, 9e18, .help = "Seed of the split." },
};

const IscDataset isc_dataset_iris = {
  .item = {
    .id = "Iris",
    .label = "Iris",
    .summary = "150 flowers of three species, four measurements each.",
    .formula = "4 inputs in cm, 3 classes",
    .citation = "Fisher 1936; UCI, CC BY 4.0",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .describe = describe,
  .make = make,
};
