/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
 * Makes a data set of points in the plane from the parameters "samples", "noise", "test_fraction"
 * and "seed": normal noise from a generator of the data's own, then a split.
 */
IscData *isc_data_new_planar (const IscArguments *arguments,
                              gint64 n_classes,
                              IscPlanarPoint place,
                              GError **error);

/** The parameters that planar data sets share; @noise_default is the text of a number. */
#define ISC_PLANAR_PARAMETERS(noise_default)                                                       \
  {                                                                                                \
    "samples", ISC_PARAMETER_INTEGER, "1000", 2, 1e7, .help = "How many examples, test included."  \
  },                                                                                               \
      { "noise",       ISC_PARAMETER_NUMBER,                                                       \
        noise_default, 0,                                                                          \
        1e6,           .help = "Standard deviation of the noise in each coordinate." },            \
      { "test_fraction",                                                                           \
        ISC_PARAMETER_NUMBER,                                                                      \
        "0.2",                                                                                     \
        0,                                                                                         \
        0.9,                                                                                       \
        .help = "Share put aside for the test." },                                                 \
  {                                                                                                \
    "seed", ISC_PARAMETER_INTEGER, "0", -9e18, 9e18, .help = "Seed of the noise and of the split." \
  }
