/* SPDX-License-Identifier: GPL-3.0-or-later */

/* XOR: the least problem that no linear network solves. */

#include "catalog/datasets/planar.h"

static void
place (const IscArguments *arguments, gint64 class, gsize index, gsize n_in_class, double point[2])
{
  point[0] = index % 2 == 0 ? 1.0 : -1.0;
  point[1] = class == 0 ? point[0] : -point[0];
}

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  isc_data_describe_planar (2, info);
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  return isc_data_new_planar (arguments, 2, place, error);
}

static const IscParameter parameters[] = {
  ISC_PLANAR_PARAMETERS ("0.2"),
  ISC_PLANAR_LAST_PARAMETERS,
};

const IscDataset isc_dataset_xor = {
  .item = {
    .id = "XOR",
    .label = N_ ("XOR"),
    .summary = N_ ("Four normal clouds in the corners of a square, opposite ones of one class."),
    .formula = "(±1, ±1) plus noise; class 1 where the signs differ",
    .citation = "Minsky, Papert 1969, Perceptrons",
    ISC_PARAMETERS (parameters),
  },
  .describe = describe,
  .make = make,
};
