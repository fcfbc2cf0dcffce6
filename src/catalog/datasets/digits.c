/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 1,797 handwritten digits of 8×8 pixels. */

#include "catalog/datasets/common.h"
#include "catalog/datasets/images.h"
#include "catalog/datasets/records.h"

static const IscDatasetSource sources[]
    = { { .resource = "digits.csv.gz", .format = ISC_DATA_CSV } };

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  isc_data_describe_images (arguments, 8, 8, 10, info);
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  IscDataInfo info = { 0 };

  describe (arguments, &info);
  return isc_data_new_table (arguments, files[0].cells, 1.0f / 16.0f, &info.input, error);
}

static const IscParameter parameters[] = {
  ISC_DATA_STANDARDIZE ("False"),
  ISC_DATA_TEST_FRACTION ("0.2"),
  ISC_DATA_SEED (N_ ("Seed of the split.")),
  ISC_DATA_SPLIT_SEED,
  ISC_DATA_FLATTEN,
  ISC_DATA_LABEL_NOISE,
};

const IscDataset isc_dataset_digits = {
  .item = {
    .id = "Digits",
    .label = N_ ("Digits"),
    .summary = N_ ("1,797 handwritten digits of 8×8 pixels."),
    .formula = "64 inputs in 0..1, 10 classes",
    .citation = "Alpaydin, Kaynak 1998; UCI, CC BY 4.0",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .n_examples = 1797,
  .describe = describe,
  .make = make,
};
