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

gboolean
isc_layer_check (const IscLayer *layer, const IscArguments *arguments, GError **error)
{
  return !layer->check || layer->check (arguments, error);
}

gboolean
isc_layer_can_train (const IscLayer *layer)
{
  return layer->infer_shape && layer->forward && layer->backward;
}

IscSite
isc_layer_get_site (const IscLayer *layer, const IscArguments *arguments, guint index, IscFans fans)
{
  IscLayerParameter parameter = { 0 };
  IscSite site;

  layer->get_parameter (arguments, index, &parameter);
  site = isc_site_of_shape (&parameter.shape);
  site.layer = layer->item.id;
  if (fans == ISC_FANS_CORRECTED && parameter.fan_in > 0)
    site.fan_in = parameter.fan_in;
  if (fans == ISC_FANS_CORRECTED && parameter.fan_out > 0)
    site.fan_out = parameter.fan_out;
  return site;
}
