/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The weights that the runs of an experiment start with. */

#include "base/error.h"
#include "engine/dataset.h"
#include "engine/loader.h"
#include "engine/start.h"
#include "engine/weights-private.h"

/* The network's first weight under entry @init, as a run of the experiment would start with it. */
static gboolean
make_init (IscWeightsMaker *maker,
           guint init,
           const IscData *data,
           const IscLoader *loader,
           IscGenerator *generator,
           GError **error)
{
  IscExperiment *experiment = maker->experiment;
  gboolean measures = isc_start_measures (experiment, init);
  gsize batch = measures ? isc_loader_get_max_batch (loader) : 0;
  g_autoptr (IscNetwork) network = isc_start_new (experiment, init, measures ? data : NULL, batch,
                                                  batch, generator, maker->cancellable, error);
  IscWeightEntry *entry;
  IscWeightOrigin origin;

  if (!network)
    return FALSE;
  if (isc_network_get_n_parameters (network) == 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "network: it has no layer with weights");
      return FALSE;
    }
  origin = isc_weights_origin (network, 0);
  entry = isc_weights_add_entry (maker, isc_experiment_get_init_label (experiment, init),
                                 isc_network_get_parameter (network, 0),
                                 isc_experiment_get_seed (experiment, 0), &origin, error);
  if (entry)
    entry->color = init;
  return entry != NULL;
}

static IscLoader *
make_loader (const IscExperiment *experiment, const IscData *data, GError **error)
{
  IscLoader *loader
      = isc_loader_new (data->train.n, (gsize)isc_experiment_get_batch_size (experiment),
                        isc_experiment_get_shuffle (experiment));

  if (!loader)
    g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                 "data: there is no memory for the order of %" G_GSIZE_FORMAT " examples",
                 data->train.n);
  return loader;
}

/* Draws what training draws between one run of a chain and the next. */
static void
skip_training (const IscExperiment *experiment, const IscLoader *loader, IscGenerator *generator)
{
  gsize steps = (gsize)isc_experiment_get_steps (experiment);

  if (steps == 0)
    steps = (gsize)isc_experiment_get_epochs (experiment) * isc_loader_get_n_batches (loader);
  isc_loader_skip (loader, generator, steps);
}

/* Whether the data matter even if they leave the generator where it was. */
static gboolean
wants_data (const IscExperiment *experiment)
{
  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    if (isc_start_measures (experiment, i))
      return TRUE;
  return !isc_experiment_get_reseed (experiment);
}

gboolean
isc_weights_make_inits (IscWeightsMaker *maker, GError **error)
{
  IscExperiment *experiment = maker->experiment;
  gboolean own_data = isc_dataset_draws_from_run (experiment);
  gboolean wanted = own_data || wants_data (experiment);
  gboolean reseed = isc_experiment_get_reseed (experiment);
  guint64 seed = isc_experiment_get_seed (experiment, 0);
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  g_autoptr (IscData) data = NULL;
  g_autoptr (IscLoader) loader = NULL;

  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      if (reseed)
        isc_generator_seed (generator, seed);
      if (wanted && (i == 0 || (own_data && reseed)))
        {
          /* The data are drawn before the network. */
          g_clear_pointer (&data, isc_data_unref);
          g_clear_pointer (&loader, isc_loader_free);
          data = isc_dataset_load (experiment, generator, error);
          loader = data ? make_loader (experiment, data, error) : NULL;
          if (!loader)
            return FALSE;
        }
      if (!make_init (maker, i, data, loader, generator, error))
        return FALSE;
      if (!reseed)
        skip_training (experiment, loader, generator);
    }
  return TRUE;
}
