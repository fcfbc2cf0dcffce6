/* SPDX-License-Identifier: GPL-3.0-or-later */

/* IDX: images in MNIST's format, such as the whole MNIST, Fashion-MNIST, KMNIST or EMNIST as their
 * authors publish them. */

#include "base/error.h"
#include "catalog/datasets/common.h"
#include "catalog/datasets/images.h"

static const IscDatasetSource sources[ISC_N_IMAGE_FILES] = {
  { .parameter = "images", .format = ISC_DATA_IDX },
  { .parameter = "labels", .format = ISC_DATA_IDX },
  { .parameter = "test_images", .format = ISC_DATA_IDX },
  { .parameter = "test_labels", .format = ISC_DATA_IDX },
};

static const char *const endings[] = { "-ubyte", "-ubyte.gz", ".idx", ".idx.gz", NULL };

static gboolean
check (const IscArguments *arguments, GError **error)
{
  gboolean has_images = !isc_arguments_is_none (arguments, "test_images");
  gboolean has_labels = !isc_arguments_is_none (arguments, "test_labels");

  if (has_images != has_labels)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "IDX: %s are given without %s: give both or neither",
                 has_images ? "test_images" : "test_labels",
                 has_images ? "test_labels" : "test_images");
  else if (has_images && isc_arguments_number (arguments, "test_fraction") > 0.0)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "IDX: test_fraction puts training images aside, and there are test_images: give "
                 "one of the two");
  else
    return TRUE;
  return FALSE;
}

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  info->known = TRUE;
  info->n_classes = ISC_DATA_COUNTED;
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  return isc_data_new_images (arguments, files, 0, NULL, error);
}

static const IscParameter parameters[] = {
  { "images", ISC_PARAMETER_FILE, NULL, .choices = endings,
    .help = N_ ("Images to train on: an IDX file of bytes, gzip-compressed or not.") },
  { "labels", ISC_PARAMETER_FILE, NULL, .choices = endings, .help = N_ ("Their labels, from 0.") },
  { "test_images", ISC_PARAMETER_FILE, "None", .choices = endings,
    .help = N_ ("Images to test on; None for none.") },
  { "test_labels", ISC_PARAMETER_FILE, "None", .choices = endings, .help = N_ ("Their labels.") },
  { "standardize", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Normalize pixels by the mean and std of all training pixels.") },
  ISC_DATA_FLATTEN,
  ISC_DATA_TEST_FRACTION ("0"),
  ISC_DATA_SPLIT_SEED,
  ISC_DATA_LABEL_NOISE,
};

const IscDataset isc_dataset_idx = {
  .item = {
    .id = "IDX",
    .label = N_ ("Own images (IDX)"),
    .summary = N_ ("Your own images in MNIST's format, such as the whole MNIST."),
    .formula = "pixels / 255, as torchvision.transforms.ToTensor",
    .citation = "LeCun, Cortes, Burges 1998, The MNIST database",
    ISC_PARAMETERS (parameters),
  },
  .sources = sources,
  .n_sources = G_N_ELEMENTS (sources),
  .check = check,
  .describe = describe,
  .make = make,
};
