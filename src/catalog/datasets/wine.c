/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 178 wines from three growers of one region, thirteen chemical measurements each.  The scales of
 * the measurements differ by a thousand, so that an unscaled network learns from one of them. */

#include "catalog/datasets/common.h"
#include "catalog/datasets/records.h"

static const IscDatasetSource sources[]
    = { { .resource = "wine_data.csv", .format = ISC_DATA_CSV } };

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  info->known = TRUE;
  info->input = isc_shape (1, G_GINT64_CONSTANT (13));
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
  ISC_DATA_SPLIT_SEED,
  ISC_DATA_LABEL_NOISE,
};

const IscDataset isc_dataset_wine = {
  .item = {
    .id = "Wine",
    .label = N_ ("Wine"),
    .summary = N_ ("178 wines of three growers, thirteen measurements each."),
    .formula = "13 inputs, 3 classes",
    .citation = "Forina et al. 1991; UCI, CC BY 4.0",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .n_examples = 178,
  .describe = describe,
  .make = make,
};
