/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/layers/layers.h"

extern const IscLayer isc_layer_linear;

/* THE list: a layer is its own file and one line here. */
static const IscItem *const layers[] = {
  &isc_layer_linear.item,
};

const IscItem *const *
isc_layers_get (guint *n)
{
  *n = G_N_ELEMENTS (layers);
  return layers;
}
