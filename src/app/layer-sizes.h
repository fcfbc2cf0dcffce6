/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/call.h"

/**
 * IscLayerSizes:
 * @names: what the layer calls them: "in_features", "out_features"
 * @sizes: how large they are
 *
 * The two sizes that a layer cannot do without: inputs and outputs, or what stands for them.
 */
typedef struct
{
  const char *names[2];
  gint64 sizes[2];
} IscLayerSizes;

/** isc_layer_sizes_get: Returns: %FALSE for a layer with fewer or more of them, as a Bilinear, or
 * where they are no sizes of one matrix, as the heads of an attention */
gboolean isc_layer_sizes_get (const IscCall *layer, IscLayerSizes *sizes);

/** isc_layer_sizes_put: Returns: (transfer full) (nullable): the text of @layer with those sizes;
 * %NULL if it has not two, or they are not allowed */
char *isc_layer_sizes_put (IscCall *layer, const gint64 sizes[2]);
