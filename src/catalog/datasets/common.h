/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/item.h"

/* The parameters that data sets share, one row each: a set lists those that make sense for it, and
 * isc_data_new_common() obeys those that it lists. */

#define ISC_DATA_SAMPLES(least, most)                                                              \
  {                                                                                                \
    "samples", ISC_PARAMETER_INTEGER, "1000", least, most,                                         \
        .help = N_ ("How many examples, test included.")                                           \
  }

/** @initial is the text of a number, @words are its help. */
#define ISC_DATA_NOISE(initial, words)                                                             \
  {                                                                                                \
    "noise", ISC_PARAMETER_NUMBER, initial, 0, 1e6, .help = words                                  \
  }

#define ISC_DATA_TEST_FRACTION(initial)                                                            \
  {                                                                                                \
    "test_fraction", ISC_PARAMETER_NUMBER, initial, 0, 0.9,                                        \
        .help = N_ ("Share put aside for the test.")                                               \
  }

#define ISC_DATA_SEED(words)                                                                       \
  {                                                                                                \
    "seed", ISC_PARAMETER_INTEGER, "0", -9e18, 9e18, .help = words                                 \
  }

#define ISC_DATA_SPLIT_SEED                                                                        \
  {                                                                                                \
    "split_seed", ISC_PARAMETER_SEED, "None",                                                      \
        .help = N_ ("Seed of the split alone; None takes seed, or 0 where there is none.")         \
  }

#define ISC_DATA_STANDARDIZE(initial)                                                              \
  {                                                                                                \
    "standardize", ISC_PARAMETER_BOOLEAN, initial,                                                 \
        .help = N_ ("Shift and scale each feature to mean 0 and std 1.")                           \
  }

#define ISC_DATA_FLATTEN                                                                           \
  {                                                                                                \
    "flatten", ISC_PARAMETER_BOOLEAN, "True",                                                      \
        .help = N_ ("One row of pixels instead of (channels, height, width), which Conv2d takes.") \
  }

/** Two rows. */
#define ISC_DATA_LABEL_NOISE                                                                       \
  { "label_noise",                                                                                 \
    ISC_PARAMETER_NUMBER,                                                                          \
    "0",                                                                                           \
    0,                                                                                             \
    1,                                                                                             \
    .help = N_ ("Share of the training labels that are replaced by another class.") },             \
  {                                                                                                \
    "label_noise_seed", ISC_PARAMETER_INTEGER, "0", -9e18, 9e18,                                   \
        .help = N_ ("Seed of which labels those are, and of what they become.")                    \
  }
