/* SPDX-License-Identifier: GPL-3.0-or-later */

/* network.apply(f): which scheme sets which parameter, and what it is told of its place. */

#include "base/error.h"
#include "catalog/catalog.h"
#include "engine/network-private.h"

/* What arrives at module @index of the examples that schemes may measure. */
static gboolean
add_inputs (
    IscNetwork *network, const IscNetworkInit *init, guint index, IscSite *site, GError **error)
{
#ifdef ISC_REAL_IS_DOUBLE
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "a network in double can't be measured");
  return FALSE;
#else
  gboolean training = network->training;

  if (!init->inputs)
    return TRUE;
  /* Measuring leaves no trace in running statistics, and drops nothing out. */
  network->training = FALSE;
  site->inputs = isc_network_forward_until (network, index, init->inputs, init->n_inputs);
  network->training = training;
  site->n_inputs = init->n_inputs;
  site->input_width = index > 0 ? network->modules[index - 1].width : network->input_width;
  return TRUE;
#endif
}

static gboolean
apply_to_parameter (IscNetwork *network,
                    guint index,
                    guint parameter,
                    const IscNetworkInit *init,
                    IscGenerator *generator,
                    GError **error)
{
  const IscNetworkModule *module = &network->modules[index];
  const IscLayer *layer = isc_network_module_layer (module);
  IscTensor *tensor = network->parameters->pdata[module->first_parameter + parameter];
  IscLayerParameter described = { 0 };
  g_autoptr (IscArguments) arguments = NULL;
  const IscItem *scheme;
  IscCall *call;
  IscSite site;

  layer->get_parameter (module->bound->arguments, parameter, &described);
  call = init->find (isc_tensor_get_name (tensor), described.is_bias, init->data);
  if (!call)
    return TRUE;
  site = isc_layer_get_site (layer, module->bound->arguments, parameter, init->fans);
  site.pytorch = init->pytorch;
  site.name = isc_tensor_get_name (tensor);
  site.cancellable = init->cancellable;
  arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &scheme, error);
  if (!arguments)
    return FALSE;
  if (!isc_layer_is_set_by (layer, &described, (const IscScheme *)scheme, init->every_layer))
    return TRUE;
  if (((const IscScheme *)scheme)->measures && !add_inputs (network, init, index, &site, error))
    return FALSE;
  if (!isc_scheme_fill ((const IscScheme *)scheme, arguments, &site, generator, tensor, error))
    return FALSE;
  network->inits->pdata[module->first_parameter + parameter] = call;
  return TRUE;
}

gboolean
isc_network_apply (IscNetwork *network,
                   const IscNetworkInit *init,
                   IscGenerator *generator,
                   GError **error)
{
  for (guint i = 0; i < network->n_modules; i++)
    {
      const IscNetworkModule *module = &network->modules[i];

      for (guint j = 0; j < module->n_parameters; j++)
        if (!apply_to_parameter (network, i, j, init, generator, error))
          {
            IscTensor *tensor = network->parameters->pdata[module->first_parameter + j];

            g_prefix_error (error, "%s: ", isc_tensor_get_name (tensor));
            return FALSE;
          }
    }
  isc_network_fill_copies (network);
  return TRUE;
}
