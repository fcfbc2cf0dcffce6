/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Spiral: arms around the origin; a network has to bend its boundary, which bad scales prevent. */

#include <math.h>

#include "catalog/datasets/planar.h"

static void
place (const IscArguments *arguments, gint64 class, gsize index, gsize n_in_class, double point[2])
{
  double radius = ((double)index + 0.5) / (double)n_in_class;
  double turn = 2.0 * G_PI
                * ((double)class / (double)isc_arguments_integer (arguments, "classes")
                   + isc_arguments_number (arguments, "turns") * radius);

  point[0] = radius * cos (turn);
  point[1] = radius * sin (turn);
}

static void
describe (const IscArguments *arguments, IscDataInfo *info)
{
  isc_data_describe_planar (isc_arguments_integer (arguments, "classes"), info);
}

static IscData *
make (const IscArguments *arguments, IscDataFile *files, IscGenerator *run, GError **error)
{
  return isc_data_new_planar (arguments, isc_arguments_integer (arguments, "classes"), place,
                              error);
}

static const IscParameter parameters[] = {
  ISC_PLANAR_PARAMETERS ("0.03"),
  { "classes", ISC_PARAMETER_INTEGER, "3", 2, 100, .help = N_ ("How many arms.") },
  { "turns", ISC_PARAMETER_NUMBER, "0.75", -20, 20,
    .help = N_ ("How often an arm winds around the origin.") },
  ISC_PLANAR_LAST_PARAMETERS,
};

const IscDataset isc_dataset_spiral = {
  .item = {
    .id = "Spiral",
    .label = N_ ("Spiral"),
    .summary = N_ ("Interleaved spiral arms in the plane, one a class."),
    .formula = "r = i/n, θ = 2π class/classes + turns · 2π r, plus noise",
    .citation = "Lang, Witbrock 1988, Learning to tell two spirals apart",
    ISC_PARAMETERS (parameters),
  },
  .describe = describe,
  .make = make,
};
