/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 569 tumours, thirty measurements of cell nuclei each; class 0 is malignant, class 1 benign. */

#include "catalog/datasets/common.h"
#include "catalog/datasets/records.h"

static const IscDatasetSource sources[]
    = { { .resource = "breast_cancer.csv", .format = ISC_DATA_CSV } };

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  info->known = TRUE;
  info->input = isc_shape (1, G_GINT64_CONSTANT (30));
  info->n_classes = 2;
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

const IscDataset isc_dataset_breast_cancer = {
  .item = {
    .id = "BreastCancer",
    .label = N_ ("Breast cancer"),
    .summary = N_ ("569 tumours, thirty measurements each: malignant or benign."),
    .formula = "30 inputs, 2 classes: 0 malignant, 1 benign",
    .citation = "Wolberg, Mangasarian, Street 1995; UCI, CC BY 4.0",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .n_examples = 569,
  .describe = describe,
  .make = make,
};
