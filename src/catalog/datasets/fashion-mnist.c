/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fashion-MNIST: 600 training and 100 test images of each class, in a fixed shuffled order.
 * standardize=True goes by 0.2860 and 0.3530, the usual numbers of the whole set. */

#include "catalog/datasets/common.h"
#include "catalog/datasets/images.h"

static const IscDatasetSource sources[ISC_N_IMAGE_FILES] = {
  { .resource = "fashion-mnist/train-6000-images-idx3-ubyte.gz", .format = ISC_DATA_IDX },
  { .resource = "fashion-mnist/train-6000-labels-idx1-ubyte.gz", .format = ISC_DATA_IDX },
  { .resource = "fashion-mnist/t10k-1000-images-idx3-ubyte.gz", .format = ISC_DATA_IDX },
  { .resource = "fashion-mnist/t10k-1000-labels-idx1-ubyte.gz", .format = ISC_DATA_IDX },
};

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  isc_data_describe_images (arguments, 28, 28, 10, info);
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  static const float scale[] = { 0.2860f, 0.3530f };

  return isc_data_new_images (arguments, files, 10, scale, error);
}

static const IscParameter parameters[] = {
  { "standardize", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Normalize pixels by mean 0.2860 and std 0.3530.") },
  ISC_DATA_FLATTEN,
  ISC_DATA_LABEL_NOISE,
};

const IscDataset isc_dataset_fashion_mnist = {
  .item = {
    .id = "FashionMNIST",
    .label = N_ ("Fashion-MNIST"),
    .summary = N_ ("Clothes in MNIST's format, and harder: 6,000 images to train on, 1,000 to test."),
    .formula = "784 inputs in 0..1, 10 classes",
    .citation = "Xiao, Rasul, Vollgraf 2017, Fashion-MNIST; MIT",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .n_examples = 6000,
  .describe = describe,
  .make = make,
};
