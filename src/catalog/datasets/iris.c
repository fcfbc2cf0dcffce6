/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 150 flowers of three species, four measurements each. */

#include "catalog/datasets/common.h"
#include "catalog/datasets/records.h"

static const IscDatasetSource sources[] = { { .resource = "iris.csv", .format = ISC_DATA_CSV } };

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  info->known = TRUE;
  info->input = isc_shape (1, G_GINT64_CONSTANT (4));
  info->n_classes = 3;
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  return isc_data_new_table (arguments, files[0].cells, 1.0f, NULL, error);
}

static const IscParameter parameters[] = {
  ISC_DATA_STANDARDIZE ("True"),
  ISC_DATA_TEST_FRACTION ("0.2"),
  ISC_DATA_SEED (N_ ("Seed of the split.")),
  ISC_DATA_SPLIT_SEED,
  ISC_DATA_LABEL_NOISE,
};

const IscDataset isc_dataset_iris = {
  .item = {
    .id = "Iris",
    .label = N_ ("Iris"),
    .summary = N_ ("150 flowers of three species, four measurements each."),
    .formula = "4 inputs in cm, 3 classes",
    .citation = "Fisher 1936; UCI, CC BY 4.0",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .n_examples = 150,
  .describe = describe,
  .make = make,
};
