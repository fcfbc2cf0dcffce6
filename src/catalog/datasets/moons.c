/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moons: two half circles that a straight line cannot part. */

#include <math.h>

#include "catalog/datasets/planar.h"

static void
place (const IscArguments *arguments, gint64 class, gsize index, gsize n_in_class, double point[2])
{
  double angle = G_PI * ((double)index + 0.5) / (double)n_in_class;

  point[0] = class == 0 ? cos (angle) : 1.0 - cos (angle);
  point[1] = class == 0 ? sin (angle) : 0.5 - sin (angle);
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
  ISC_PLANAR_PARAMETERS ("0.1"),
  ISC_PLANAR_LAST_PARAMETERS,
};

const IscDataset isc_dataset_moons = {
  .item = {
    .id = "Moons",
    .label = N_ ("Moons"),
    .summary = N_ ("Two interleaved half circles."),
    .formula = "(cos t, sin t) and (1 − cos t, 1/2 − sin t), t in 0..π, plus noise",
    .citation = "sklearn.datasets.make_moons",
    ISC_PARAMETERS (parameters),
  },
  .describe = describe,
  .make = make,
};
