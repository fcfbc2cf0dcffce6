/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/datasets/common.h"
#include "catalog/datasets/datasets.h"

/**
 * IscPlanarPoint:
 *
 * Places example @index of @n_in_class of class @class at @point, without noise.
 */
typedef void (*IscPlanarPoint) (
    const IscArguments *arguments, gint64 class, gsize index, gsize n_in_class, double point[2]);

/**
 * isc_data_new_planar:
 * @n_classes: how many classes; example i is of class i mod @n_classes
 * @place: the curve of each class
 *
 * Makes a data set of points in the plane from the parameters below: normal noise from a generator
 * of the data's own, then what isc_data_new_common() does.
 */
IscData *isc_data_new_planar (const IscArguments *arguments,
                              gint64 n_classes,
                              IscPlanarPoint place,
                              GError **error);

/** isc_data_describe_planar: what is known of points in the plane */
void isc_data_describe_planar (gint64 n_classes, IscDataInfo *info);

/** The parameters of planar sets that come first, and those that come last; @noise is the text of a
 *  number. */
#define ISC_PLANAR_PARAMETERS(noise)                                                               \
  ISC_DATA_SAMPLES (2, 1e7),                                                                       \
      ISC_DATA_NOISE (noise, N_ ("Standard deviation of the noise in each coordinate.")),          \
      ISC_DATA_TEST_FRACTION ("0.2"), ISC_DATA_SEED (N_ ("Seed of the noise and of the split."))
#define ISC_PLANAR_LAST_PARAMETERS                                                                 \
  ISC_DATA_SPLIT_SEED, ISC_DATA_STANDARDIZE ("False"), ISC_DATA_LABEL_NOISE
