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

/* Asks for every parameter of @module that entry @init sets by a scheme; stops at the first %TRUE.
 */
static gboolean
ask_schemes (const IscExperiment *experiment,
             guint init,
             const IscModule *module,
             gboolean (*ask) (const IscScheme *scheme, gpointer data),
             gpointer data)
{
  const IscLayer *layer = (const IscLayer *)module->item;

  if (module->kind != ISC_KIND_LAYER || !isc_layer_check (layer, module->arguments, NULL))
    return FALSE;
  for (guint i = 0; i < layer->count_parameters (module->arguments); i++)
    {
      IscLayerParameter parameter = { 0 };
      g_autofree char *name = NULL;
      const IscScheme *scheme;
      IscCall *call;

      layer->get_parameter (module->arguments, i, &parameter);
      name = g_strdup_printf ("%s.%s", module->name, parameter.name);
      call = isc_experiment_get_init (experiment, init, name);
      scheme = call ? (const IscScheme *)isc_catalog_find (ISC_KIND_SCHEME,
                                                           isc_call_get_name (call), NULL)
                    : NULL;
      if (scheme && isc_layer_is_set_by (layer, &parameter, scheme, FALSE) && ask (scheme, data))
        return TRUE;
    }
  return FALSE;
}

static gboolean
measures (const IscScheme *scheme, gpointer data)
{
  return scheme->measures != FALSE;
}

static gboolean
note_library (const IscScheme *scheme, gpointer libraries)
{
  if (scheme->own_stream
      && !g_ptr_array_find_with_equal_func (libraries, scheme->library, g_str_equal, NULL))
    g_ptr_array_add (libraries, (gpointer)scheme->library);
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
    if (ask_schemes (experiment, init, isc_modules_get (modules, i), measures, NULL))
      return TRUE;
  return FALSE;
}

GPtrArray *
isc_start_list_foreign (const IscExperiment *experiment)
{
  g_autoptr (GPtrArray) modules = isc_modules_new (isc_experiment_get_network (experiment), NULL);
  GPtrArray *libraries = g_ptr_array_new ();

  for (guint init = 0; init < isc_experiment_get_n_inits (experiment); init++)
    for (guint i = 0; modules && i < modules->len; i++)
      ask_schemes (experiment, init, isc_modules_get (modules, i), note_library, libraries);
  return libraries;
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
