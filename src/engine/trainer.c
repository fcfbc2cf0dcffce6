/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/trainer.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "catalog/losses/losses.h"
#include "engine/dataset.h"
#include "engine/loader.h"
#include "engine/observe.h"
#include "engine/start.h"
#include "engine/update.h"

struct _IscTrainer
{
  IscExperiment *experiment;
  IscData *data;
  IscGenerator *generator;
  IscNetwork *network;
  IscLoader *loader;
  IscTrace *trace;

  const IscLoss *loss;
  IscArguments *loss_arguments;
  IscRate *rate;
  IscUpdate *update;
  IscObserver *observer;
  double target_loss;

  /* The batch in hand. */
  gsize input_width;
  gsize value_width;
  IscReal *inputs;
  IscReal *values;
  gint64 *classes;
  IscReal *d_outputs;
  IscReal *row;

  gsize planned_steps;
  gsize n_steps;
  IscRunState state;
  GArray *epochs;
  double epoch_loss;
  gsize epoch_batches;
};

static gsize
example_width (const IscTensor *tensor)
{
  return tensor ? isc_tensor_get_count (tensor) / (gsize)isc_tensor_get_shape (tensor)->dims[0] : 0;
}

static IscTrace *
make_trace (const IscNetwork *network)
{
  guint n = isc_network_get_n_parameters (network);
  g_autofree const char **names = g_new (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = isc_tensor_get_name (isc_network_get_parameter (network, i));
  return isc_trace_new (names, n);
}

static gboolean
make_buffers (IscTrainer *trainer, GError **error)
{
  gsize batch = isc_loader_get_max_batch (trainer->loader);

  trainer->input_width = example_width (trainer->data->train.inputs);
  trainer->value_width = example_width (trainer->data->train.values);
  trainer->inputs = g_try_new (IscReal, batch * trainer->input_width + 1);
  trainer->values = g_try_new (IscReal, batch * trainer->value_width + 1);
  trainer->classes = g_try_new (gint64, batch);
  trainer->d_outputs
      = g_try_new (IscReal, batch * isc_network_get_output_width (trainer->network) + 1);
  trainer->row = g_new0 (IscReal, isc_trace_get_n_columns (trainer->trace));
  if (trainer->inputs && trainer->values && trainer->classes && trainer->d_outputs)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
               "batch_size: there is no memory for batches of %" G_GSIZE_FORMAT " examples", batch);
  return FALSE;
}

/* Copies the examples that @indices name side by side. */
static void
gather (
    IscTrainer *trainer, const IscSplit *split, const gint64 *indices, gsize n, IscTargets *targets)
{
  const float *x = isc_tensor_get_data (split->inputs);
  const float *values = split->values ? isc_tensor_get_data (split->values) : NULL;

  for (gsize i = 0; i < n; i++)
    {
      gsize index = (gsize)indices[i];

      isc_real_copy (trainer->inputs + i * trainer->input_width, x + index * trainer->input_width,
                     trainer->input_width);
      if (values)
        isc_real_copy (trainer->values + i * trainer->value_width,
                       values + index * trainer->value_width, trainer->value_width);
      else
        trainer->classes[i] = split->classes[index];
    }
  *targets = (IscTargets){ .classes = values ? NULL : trainer->classes,
                           .values = values ? trainer->values : NULL };
}

/* A full trace is replaced: others may be reading it. */
static gboolean
record_row (IscTrainer *trainer)
{
  IscTrace *full = trainer->trace;
  IscTrace *thin;

  if (isc_trace_get_n_rows (full) < isc_trace_get_capacity (full))
    return isc_trace_append (full, trainer->row);
  thin = isc_trace_thin (full);
  if (!thin)
    return FALSE;
  trainer->trace = thin;
  isc_trace_unref (full);
  return isc_trace_append (thin, trainer->row);
}

static void
end_epoch (IscTrainer *trainer, double seconds)
{
  IscEpoch epoch = {
    .train_loss = trainer->epoch_loss / (double)trainer->epoch_batches,
    .seconds = seconds,
    .last_step = trainer->n_steps - 1,
  };

  epoch.test_loss = isc_trainer_evaluate (trainer, &trainer->data->test, &epoch.test_accuracy);
  g_array_append_val (trainer->epochs, epoch);
  trainer->epoch_loss = 0.0;
  trainer->epoch_batches = 0;
}

/* What a step changes of the network and the optimizer: block @index of it, NULL after the last. */
static IscReal *
block_of (const IscTrainer *trainer, guint index, gsize *n)
{
  guint n_parameters = isc_network_get_n_parameters (trainer->network);

  if (index < n_parameters)
    {
      *n = isc_tensor_get_count (isc_network_get_parameter (trainer->network, index));
      return isc_network_get_weights (trainer->network, index);
    }
  if (index == n_parameters)
    return isc_network_get_buffers (trainer->network, n);
  return index == n_parameters + 1 ? isc_update_get_state (trainer->update, n) : NULL;
}

static gsize
count_numbers (const IscTrainer *trainer)
{
  gsize total = 0;
  gsize n;

  for (guint i = 0; block_of (trainer, i, &n); i++)
    total += n;
  return total;
}

IscTrainer *
isc_trainer_new (
    IscExperiment *experiment, guint init, IscData *data, IscGenerator *generator, GError **error)
{
  g_autoptr (IscTrainer) trainer = g_new0 (IscTrainer, 1);
  const IscItem *item;
  gsize batch;

  trainer->experiment = isc_experiment_ref (experiment);
  trainer->generator = generator;
  trainer->epochs = g_array_new (FALSE, FALSE, sizeof (IscEpoch));
  trainer->loss_arguments
      = isc_catalog_bind (ISC_KIND_LOSS, isc_experiment_get_loss (experiment), &item, error);
  if (!trainer->loss_arguments)
    return NULL;
  trainer->loss = (const IscLoss *)item;

  trainer->data = data ? isc_data_ref (data) : isc_dataset_load (experiment, generator, error);
  if (!trainer->data)
    return NULL;
  trainer->loader
      = isc_loader_new (trainer->data->train.n, (gsize)isc_experiment_get_batch_size (experiment),
                        isc_experiment_get_shuffle (experiment));
  if (!trainer->loader)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "data: there is no memory for the order of %" G_GSIZE_FORMAT " examples",
                   trainer->data->train.n);
      return NULL;
    }
  trainer->planned_steps = isc_experiment_get_steps (experiment) > 0
                               ? (gsize)isc_experiment_get_steps (experiment)
                               : (gsize)isc_experiment_get_epochs (experiment)
                                     * isc_loader_get_n_batches (trainer->loader);

  batch = isc_loader_get_max_batch (trainer->loader);
  trainer->network
      = isc_start_new (experiment, init, trainer->data, batch,
                       MAX (batch, isc_observer_measure_batch (experiment, trainer->data->train.n)),
                       generator, NULL, error);
  if (!trainer->network)
    return NULL;
  trainer->rate = isc_rate_new (experiment, trainer->planned_steps,
                                isc_loader_get_n_batches (trainer->loader), error);
  trainer->target_loss = isc_experiment_get_target_loss (experiment);
  trainer->update
      = trainer->rate ? isc_update_new (experiment, trainer->network, trainer->rate, error) : NULL;
  if (!trainer->update)
    return NULL;
  trainer->observer = isc_observer_new (experiment, trainer->network, trainer->data,
                                        trainer->planned_steps, batch, error);
  if (!trainer->observer)
    return NULL;
  isc_network_set_generator (trainer->network, generator);
  trainer->trace = make_trace (trainer->network);
  return make_buffers (trainer, error) ? g_steal_pointer (&trainer) : NULL;
}

void
isc_trainer_free (IscTrainer *trainer)
{
  isc_experiment_unref (trainer->experiment);
  g_clear_pointer (&trainer->data, isc_data_unref);
  g_clear_pointer (&trainer->update, isc_update_free);
  g_clear_pointer (&trainer->observer, isc_observer_free);
  g_clear_pointer (&trainer->rate, isc_rate_free);
  g_clear_pointer (&trainer->network, isc_network_free);
  g_clear_pointer (&trainer->loader, isc_loader_free);
  g_clear_pointer (&trainer->trace, isc_trace_unref);
  g_clear_pointer (&trainer->loss_arguments, isc_arguments_unref);
  g_free (trainer->inputs);
  g_free (trainer->values);
  g_free (trainer->classes);
  g_free (trainer->d_outputs);
  g_free (trainer->row);
  g_array_unref (trainer->epochs);
  g_free (trainer);
}

IscData *
isc_trainer_get_data (const IscTrainer *trainer)
{
  return trainer->data;
}

IscNetwork *
isc_trainer_get_network (const IscTrainer *trainer)
{
  return trainer->network;
}

gsize
isc_trainer_get_bytes (const IscTrainer *trainer)
{
  gsize batch = isc_loader_get_max_batch (trainer->loader);
  gsize width = trainer->input_width + trainer->value_width
                + isc_network_get_output_width (trainer->network);
  gsize rows = MIN (trainer->planned_steps, isc_trace_get_capacity (trainer->trace));
  gsize n_state;

  isc_update_get_state (trainer->update, &n_state);
  return isc_network_get_bytes (trainer->network) + n_state * sizeof (IscReal)
         + isc_observer_get_bytes (trainer->observer)
         + rows * isc_trace_get_n_columns (trainer->trace) * sizeof (IscReal)
         + batch * (width * sizeof (IscReal) + sizeof (gint64))
         + trainer->data->train.n * sizeof (gint64);
}

GPtrArray *
isc_trainer_get_observations (const IscTrainer *trainer)
{
  return isc_observer_get_observations (trainer->observer);
}

IscTrace *
isc_trainer_get_trace (const IscTrainer *trainer)
{
  return trainer->trace;
}

gsize
isc_trainer_get_planned_steps (const IscTrainer *trainer)
{
  return trainer->planned_steps;
}

IscRunState
isc_trainer_get_state (const IscTrainer *trainer)
{
  return trainer->state;
}

const IscEpoch *
isc_trainer_get_epochs (const IscTrainer *trainer, guint *n)
{
  *n = trainer->epochs->len;
  return (const IscEpoch *)(gpointer)trainer->epochs->data;
}

gboolean
isc_trainer_step (IscTrainer *trainer, double seconds, GError **error)
{
  const IscReal *outputs;
  const gint64 *indices;
  IscTargets targets;
  gsize batch;
  gboolean diverged;
  double loss;

  if (isc_run_state_is_over (trainer->state))
    return TRUE;

  isc_observer_look (trainer->observer, trainer->n_steps, FALSE);
  indices = isc_loader_next (trainer->loader, trainer->generator, &batch);
  gather (trainer, &trainer->data->train, indices, batch, &targets);
  outputs = isc_network_forward (trainer->network, trainer->inputs, batch);
  loss = trainer->loss->evaluate (trainer->loss_arguments, outputs, &targets, batch,
                                  isc_network_get_output_width (trainer->network),
                                  trainer->d_outputs);
  trainer->row[ISC_TRACE_LOSS] = (IscReal)loss;
  diverged = !isfinite (trainer->row[ISC_TRACE_LOSS]);

  isc_update_begin (trainer->update, trainer->n_steps, !diverged);
  isc_network_backward (trainer->network, trainer->d_outputs, batch, isc_update_take,
                        trainer->update);
  isc_update_finish (trainer->update, trainer->row);
  if (!record_row (trainer))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "there is no memory to record step %" G_GSIZE_FORMAT, trainer->n_steps);
      return FALSE;
    }
  trainer->n_steps++;
  if (diverged)
    {
      trainer->state = ISC_RUN_DIVERGED;
      isc_observer_look (trainer->observer, trainer->n_steps - 1, TRUE);
      return TRUE;
    }

  trainer->epoch_loss += (double)trainer->row[ISC_TRACE_LOSS];
  trainer->epoch_batches++;
  if ((double)trainer->row[ISC_TRACE_LOSS] <= trainer->target_loss)
    trainer->state = ISC_RUN_REACHED;
  else
    trainer->state = trainer->n_steps >= trainer->planned_steps ? ISC_RUN_DONE : ISC_RUN_RUNNING;
  if (isc_run_state_is_over (trainer->state))
    isc_observer_look (trainer->observer, trainer->n_steps, TRUE);
  if (isc_loader_is_at_start (trainer->loader))
    end_epoch (trainer, seconds);
  return TRUE;
}

double
isc_trainer_evaluate (IscTrainer *trainer, const IscSplit *split, double *accuracy)
{
  gsize max_batch = isc_loader_get_max_batch (trainer->loader);
  gsize width = isc_network_get_output_width (trainer->network);
  gboolean is_mean = isc_loss_is_mean (trainer->loss_arguments);
  double total = 0.0;
  gsize n_right = 0;

  if (accuracy)
    *accuracy = NAN;
  if (split->n == 0)
    return NAN;

  isc_network_set_training (trainer->network, FALSE);
  for (gsize first = 0; first < split->n; first += max_batch)
    {
      gsize batch = MIN (max_batch, split->n - first);
      const IscReal *inputs
          = isc_real_view (isc_tensor_get_data (split->inputs) + first * trainer->input_width,
                           trainer->inputs, batch * trainer->input_width);
      const IscReal *outputs = isc_network_forward (trainer->network, inputs, batch);
      IscTargets targets = { .classes = split->classes ? split->classes + first : NULL };

      if (split->values)
        targets.values
            = isc_real_view (isc_tensor_get_data (split->values) + first * trainer->value_width,
                             trainer->values, batch * trainer->value_width);
      total += (is_mean ? (double)batch : 1.0)
               * trainer->loss->evaluate (trainer->loss_arguments, outputs, &targets, batch, width,
                                          NULL);
      for (gsize i = 0; targets.classes && i < batch; i++)
        {
          const IscReal *row = outputs + i * width;
          gsize best = 0;

          for (gsize j = 1; j < width; j++)
            if (row[j] > row[best])
              best = j;
          n_right += (gint64)best == targets.classes[i];
        }
    }
  isc_network_set_training (trainer->network, TRUE);
  if (accuracy && split->classes)
    *accuracy = (double)n_right / (double)split->n;
  return is_mean ? total / (double)split->n : total;
}

gsize
isc_trainer_get_n_steps (const IscTrainer *trainer)
{
  return trainer->n_steps;
}

gsize
isc_trainer_get_checkpoint_bytes (const IscTrainer *trainer)
{
  return sizeof (IscCheckpoint) + isc_generator_get_bytes ()
         + count_numbers (trainer) * sizeof (IscReal) + ISC_OBSERVER_MAX_KEPT * sizeof (gpointer);
}

IscCheckpoint *
isc_trainer_save (IscTrainer *trainer)
{
  g_autoptr (IscCheckpoint) checkpoint = g_new0 (IscCheckpoint, 1);
  const IscReal *block;
  gsize used = 0;
  gsize n;

  checkpoint->n_numbers = count_numbers (trainer);
  checkpoint->numbers = g_try_new (IscReal, checkpoint->n_numbers + 1);
  if (!checkpoint->numbers)
    return NULL;
  for (guint i = 0; (block = block_of (trainer, i, &n)); i++)
    {
      memcpy (checkpoint->numbers + used, block, n * sizeof *block);
      used += n;
    }
  checkpoint->n_steps = trainer->n_steps;
  checkpoint->generator = isc_generator_copy (trainer->generator);
  checkpoint->place = isc_loader_get_place (trainer->loader);
  checkpoint->n_rows = isc_trace_get_n_rows (trainer->trace);
  /* A trace that is yet empty is not to be held for the rows that it gets. */
  checkpoint->trace = checkpoint->n_rows > 0 ? isc_trace_ref (trainer->trace)
                                             : isc_trace_copy (trainer->trace, 0);
  checkpoint->observations = isc_observer_copy_observations (trainer->observer);
  checkpoint->n_epochs = trainer->epochs->len;
  checkpoint->epoch_loss = trainer->epoch_loss;
  checkpoint->epoch_batches = trainer->epoch_batches;
  return g_steal_pointer (&checkpoint);
}

gboolean
isc_trainer_restore (IscTrainer *trainer, const IscCheckpoint *checkpoint, GError **error)
{
  IscTrace *trace = isc_trace_copy (checkpoint->trace, checkpoint->n_rows);
  IscReal *block;
  gsize used = 0;
  gsize n;

  if (!trace)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "there is no memory for the steps before step %" G_GSIZE_FORMAT,
                   checkpoint->n_steps);
      return FALSE;
    }
  for (guint i = 0; (block = block_of (trainer, i, &n)); i++)
    {
      memcpy (block, checkpoint->numbers + used, n * sizeof *block);
      used += n;
    }
  isc_generator_assign (trainer->generator, checkpoint->generator);
  isc_loader_set_place (trainer->loader, checkpoint->place);
  isc_trace_unref (trainer->trace);
  trainer->trace = trace;
  isc_observer_set_observations (trainer->observer, checkpoint->observations);
  g_array_set_size (trainer->epochs, checkpoint->n_epochs);
  trainer->n_steps = checkpoint->n_steps;
  trainer->epoch_loss = checkpoint->epoch_loss;
  trainer->epoch_batches = checkpoint->epoch_batches;
  trainer->state = trainer->n_steps > 0 ? ISC_RUN_RUNNING : ISC_RUN_WAITING;
  return TRUE;
}
