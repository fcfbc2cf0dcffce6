/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TwoGaussians: two clouds that a straight line parts as well as anything can, so that what a
 * network gains over a linear one is fitted noise. */

#include "catalog/datasets/planar.h"

static void
place (const IscArguments *arguments, gint64 class, gsize index, gsize n_in_class, double point[2])
{
  point[0] = (class == 0 ? -0.5 : 0.5) * isc_arguments_number (arguments, "distance");
  point[1] = 0.0;
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
  ISC_PLANAR_PARAMETERS ("1"),
  { "distance", ISC_PARAMETER_NUMBER, "4", 0, 1e6,
    .help = N_ ("Between the centres of the clouds.") },
  ISC_PLANAR_LAST_PARAMETERS,
};

const IscDataset isc_dataset_two_gaussians = {
  .item = {
    .id = "TwoGaussians",
    .label = N_ ("Two Gaussians"),
    .summary = N_ ("Two normal clouds, one a class."),
    .formula = "(±distance/2, 0) plus noise; the best accuracy there can be is Φ(distance / (2 noise))",
    .citation = "Fisher 1936, The use of multiple measurements in taxonomic problems",
    ISC_PARAMETERS (parameters),
  },
  .describe = describe,
  .make = make,
};
