/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Histograms of the gradients that come back to every layer, layer by layer, at one
 * observation. */

#include "views/layer-ridges.h"

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  return isc_layer_ridges_make (result, options, TRUE);
}

const IscView isc_view_gradients = {
  .id = "gradients",
  .label = N_ ("Gradients"),
  .summary = N_ ("How the gradients that come back to each layer are spread, layer by layer."),
  .traits = ISC_VIEW_OF_RUN | ISC_VIEW_AT_STEP,
  .of_result = make,
};
