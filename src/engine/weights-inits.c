/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The weights that the runs of an experiment start with. */

#include "base/error.h"
#include "engine/dataset.h"
#include "engine/loader.h"
#include "engine/weights-private.h"

static IscCall *
find_experiment_init (const char *parameter, gboolean is_bias, gpointer data)
{
  const IscWeightsMaker *maker = ((gpointer *)data)[0];

  return isc_experiment_get_init (maker->experiment, GPOINTER_TO_UINT (((gpointer *)data)[1]),
                                  parameter);
}

/* The network's first weight under entry @init, as a run of the experiment would start with it. */
static gboolean
make_init (IscWeightsMaker *maker,
           GPtrArray *modules,
           guint init,
           guint64 seed,
           IscGenerator *generator,
           GError **error)
{
  gpointer data[] = { maker, GUINT_TO_POINTER (init) };
  g_autoptr (IscNetwork) network = isc_network_new (modules, generator, NULL, 0, error);
  IscNetworkInit apply;
  IscWeightEntry *entry;
  IscWeightOrigin origin;
  IscTensor *tensor;

  if (!network)
    return FALSE;
  apply = isc_weights_apply (maker, find_experiment_init, data);
  if (!isc_network_apply (network, &apply, generator, error))
    {
      g_prefix_error (error, "inits[%u]: ", init);
      return FALSE;
    }
  if (isc_network_get_n_parameters (network) == 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "network: it has no layer with weights");
      return FALSE;
    }
  tensor = isc_network_get_parameter (network, 0);
  origin = isc_weights_origin (modules, network, 0);
  entry = isc_weights_add_entry (maker, isc_experiment_get_init_label (maker->experiment, init),
                                 tensor, seed, &origin, error);
  if (entry)
    entry->color = init;
  return entry != NULL;
}

gboolean
isc_weights_make_inits (IscWeightsMaker *maker, GError **error)
{
  IscExperiment *experiment = maker->experiment;
  gboolean own_data = isc_dataset_draws_from_run (experiment);
  gboolean reseed = isc_experiment_get_reseed (experiment);
  guint64 seed = isc_experiment_get_seed (experiment, 0);
  g_autoptr (GPtrArray) modules = g_ptr_array_new ();
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  g_autoptr (IscData) data = NULL;

  for (guint i = 0; i < isc_experiment_get_n_modules (experiment); i++)
    g_ptr_array_add (modules, isc_experiment_get_module (experiment, i));

  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      if (reseed)
        isc_generator_seed (generator, seed);
      if (reseed ? own_data : i == 0)
        {
          /* The data are drawn before the network; what they are matters here only to the chain,
           * whose training moves the generator by its epochs. */
          g_clear_pointer (&data, isc_data_unref);
          data = isc_dataset_load (experiment, generator, error);
          if (!data)
            return FALSE;
        }
      if (!make_init (maker, modules, i, seed, generator, error))
        return FALSE;
      if (!reseed)
        {
          g_autoptr (IscLoader) loader
              = isc_loader_new (data->train.n, (gsize)isc_experiment_get_batch_size (experiment),
                                isc_experiment_get_shuffle (experiment));
          gsize steps = (gsize)isc_experiment_get_steps (experiment);

          if (!loader)
            {
              g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                           "data: there is no memory for the order of %" G_GSIZE_FORMAT " examples",
                           data->train.n);
              return FALSE;
            }
          if (steps == 0)
            steps
                = (gsize)isc_experiment_get_epochs (experiment) * isc_loader_get_n_batches (loader);
          isc_loader_skip (loader, generator, steps);
        }
    }
  return TRUE;
}
