/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Circles: the inner class is surrounded, so that no linear network can part it. */

#include <math.h>

#include "catalog/datasets/planar.h"

static void
place (const IscArguments *arguments, gint64 class, gsize index, gsize n_in_class, double point[2])
{
  double angle = 2.0 * G_PI * ((double)index + 0.5) / (double)n_in_class;
  double radius = class == 0 ? 1.0 : isc_arguments_number (arguments, "factor");

  point[0] = radius * cos (angle);
  point[1] = radius * sin (angle);
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
  { "factor", ISC_PARAMETER_NUMBER, "0.5", 0, 1, .help = N_ ("Radius of the inner circle.") },
  ISC_PLANAR_LAST_PARAMETERS,
};

const IscDataset isc_dataset_circles = {
  .item = {
    .id = "Circles",
    .label = N_ ("Circles"),
    .summary = N_ ("One circle inside another."),
    .formula = "radius 1 and factor, plus noise",
    .citation = "sklearn.datasets.make_circles",
    ISC_PARAMETERS (parameters),
  },
  .describe = describe,
  .make = make,
};
