/* SPDX-License-Identifier: GPL-3.0-or-later */

/* MNIST: the first 6,000 training and first 1,000 test images, shipped with the program.  Pixels
 * are divided by 255, as torchvision's ToTensor does; standardize=True then subtracts 0.1307 and
 * divides by 0.3081, the usual numbers of the whole set.  IDX reads the whole set. */

#include "catalog/datasets/common.h"
#include "catalog/datasets/images.h"

static const IscDatasetSource sources[ISC_N_IMAGE_FILES] = {
  { .resource = "mnist/train-6000-images-idx3-ubyte.gz", .format = ISC_DATA_IDX },
  { .resource = "mnist/train-6000-labels-idx1-ubyte.gz", .format = ISC_DATA_IDX },
  { .resource = "mnist/t10k-1000-images-idx3-ubyte.gz", .format = ISC_DATA_IDX },
  { .resource = "mnist/t10k-1000-labels-idx1-ubyte.gz", .format = ISC_DATA_IDX },
};

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  isc_data_describe_images (arguments, 28, 28, 10, info);
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  static const float scale[] = { 0.1307f, 0.3081f };

  return isc_data_new_images (arguments, files, 10, scale, error);
}

static const IscParameter parameters[] = {
  { "standardize", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Normalize pixels by mean 0.1307 and std 0.3081.") },
  ISC_DATA_FLATTEN,
  ISC_DATA_LABEL_NOISE,
};

const IscDataset isc_dataset_mnist = {
  .item = {
    .id = "MNIST",
    .label = N_ ("MNIST"),
    .summary = N_ ("Handwritten digits of 28×28 pixels: 6,000 to train on, 1,000 to test."),
    .formula = "784 inputs in 0..1, 10 classes",
    .citation = "LeCun, Cortes, Burges 1998, The MNIST database; CC BY-SA 3.0",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .n_examples = 6000,
  .describe = describe,
  .make = make,
};
