/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/start.h"

#include "catalog/layers/layers.h"
#include "catalog/modules.h"

/* An entry of an experiment's inits. */
typedef struct
{
  const IscExperiment *experiment;
  guint init;
} Entry;

static IscCall *
find_init (const char *parameter, gboolean is_bias, gpointer data)
{
  const Entry *entry = data;

  return isc_experiment_get_init (entry->experiment, entry->init, parameter);
}

static gboolean
module_measures (const IscExperiment *experiment, guint init, const IscModule *module)
{
  const IscLayer *layer = (const IscLayer *)module->item;

  if (module->kind != ISC_KIND_LAYER || !isc_layer_check (layer, module->arguments, NULL))
    return FALSE;
  for (guint i = 0; i < layer->count_parameters (module->arguments); i++)
    {
      IscLayerParameter parameter = { 0 };
      g_autofree char *name = NULL;
      const IscItem *scheme;
      IscCall *call;

      layer->get_parameter (module->arguments, i, &parameter);
      name = g_strdup_printf ("%s.%s", module->name, parameter.name);
      call = isc_experiment_get_init (experiment, init, name);
      scheme = call ? isc_catalog_find (ISC_KIND_SCHEME, isc_call_get_name (call), NULL) : NULL;
      if (scheme && ((const IscScheme *)scheme)->measures
          && isc_layer_is_set_by (layer, &parameter, (const IscScheme *)scheme, FALSE))
        return TRUE;
    }
  return FALSE;
}

/* The shape of one example. */
static IscShape
example_shape (const IscData *data)
{
  const IscShape *whole = isc_tensor_get_shape (data->train.inputs);
  IscShape shape = { .n_dims = whole->n_dims - 1 };

  for (guint i = 0; i < shape.n_dims; i++)
    shape.dims[i] = whole->dims[i + 1];
  return shape;
}

gboolean
isc_start_measures (const IscExperiment *experiment, guint init)
{
  g_autoptr (GPtrArray) modules = isc_modules_new (isc_experiment_get_network (experiment), NULL);

  for (guint i = 0; modules && i < modules->len; i++)
    if (module_measures (experiment, init, isc_modules_get (modules, i)))
      return TRUE;
  return FALSE;
}

IscNetwork *
isc_start_new (const IscExperiment *experiment,
               guint init,
               const IscData *data,
               gsize batch_size,
               gsize max_batch,
               IscGenerator *generator,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (IscNetwork) network = NULL;
  Entry entry = { experiment, init };
  IscShape input = { 0 };
  IscNetworkInit apply = {
    .find = find_init,
    .data = &entry,
    .fans = isc_experiment_get_fans (experiment),
    .pytorch = isc_experiment_get_pytorch (experiment),
    .cancellable = cancellable,
  };

  if (data)
    {
      input = example_shape (data);
      apply.inputs = isc_tensor_get_data (data->train.inputs);
      apply.n_inputs = MIN (batch_size, data->train.n);
    }
  network = isc_network_new (isc_experiment_get_network (experiment), generator,
                             data ? &input : NULL, data ? max_batch : 0, error);
  if (!network)
    return NULL;
  if (!isc_network_apply (network, &apply, generator, error))
    {
      g_prefix_error (error, "inits[%u]: ", init);
      return NULL;
    }
  return g_steal_pointer (&network);
}
