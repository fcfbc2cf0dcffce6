/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/datasets/datasets.h"

/** The files of image sets, in this order; the last two may be missing. */
enum
{
  ISC_IMAGES_TRAIN,
  ISC_IMAGES_TRAIN_LABELS,
  ISC_IMAGES_TEST,
  ISC_IMAGES_TEST_LABELS,
  ISC_N_IMAGE_FILES,
};

/**
 * isc_data_new_images:
 * @files: (array fixed-size=4): images, (n, height, width) or (n, channels, height, width) of
 *   0..255, which are taken, and labels, (n,)
 * @n_classes: how many classes; 0 counts them
 * @scale: (nullable) (array fixed-size=2): the mean and standard deviation by which standardize
 *   goes; %NULL for those of all training pixels
 *
 * Makes a data set of images, divided by 255 as torchvision's ToTensor does, by the parameters
 * "flatten", "standardize" and "label_noise"; without test images, also by those of
 * isc_data_new_split().
 *
 * Returns: (transfer full) (nullable): the data; %NULL with ISC_ERROR_INVALID if the files do not
 *   belong together, or ISC_ERROR_RESOURCE
 */
IscData *isc_data_new_images (const IscArguments *arguments,
                              IscDataFile *files,
                              gint64 n_classes,
                              const float *scale,
                              GError **error);

/**
 * isc_data_describe_images:
 * @height: of an image with one channel
 * @n_classes: how many classes
 *
 * What is known of shipped images.
 */
void isc_data_describe_images (const IscArguments *arguments,
                               gint64 height,
                               gint64 width,
                               gint64 n_classes,
                               IscDataInfo *info);
