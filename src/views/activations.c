/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Histograms of what every layer hands on, layer by layer, at one
 * observation. */

#include "views/layer-ridges.h"

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  return isc_layer_ridges_make (result, options, FALSE);
}

const IscView isc_view_activations = {
  .id = "activations",
  .label = N_ ("Activations"),
  .summary = N_ ("How the values that each layer hands on are spread, layer by layer."),
  .traits = ISC_VIEW_OF_RUN | ISC_VIEW_AT_STEP,
  .of_result = make,
};
