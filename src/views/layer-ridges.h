/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "views/views.h"

/**
 * isc_layer_ridges_make:
 * @gradients: of the loss in front of each layer's activation, instead of what the layer hands on
 *   behind it
 *
 * Returns: (transfer full): how the values spread in every layer at one observation, a ridge a
 *   layer, a panel a run
 */
IscFigure *
isc_layer_ridges_make (IscResult *result, const IscViewOptions *options, gboolean gradients);
