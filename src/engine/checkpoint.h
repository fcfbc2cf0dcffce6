/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"
#include "base/real.h"
#include "engine/loader.h"
#include "engine/trace.h"

/**
 * IscCheckpoint:
 * @n_steps: steps that were made
 * @numbers: (array length=n_numbers): the parameters, the layers' buffers and what the optimizer
 *   remembers, one after another
 * @generator: the run's generator
 * @place: where the loader was
 * @trace: a trace whose first rows are those of the steps made
 * @n_rows: how many rows those are
 * @observations: (element-type IscObservation): the looks that had been taken at the network
 * @n_epochs: epochs that were complete
 * @epoch_loss: sum of the losses of the epoch in progress
 * @epoch_batches: how many losses those are
 * @seconds: time spent training
 *
 * All that a trainer is between two steps of a run that is not over: isc_trainer_save() fills it,
 * isc_trainer_restore() goes back to it, and the steps after that are the same to the bit.
 */
typedef struct
{
  gsize n_steps;
  IscReal *numbers;
  gsize n_numbers;
  IscGenerator *generator;
  IscLoaderPlace place;
  IscTrace *trace;
  gsize n_rows;
  GPtrArray *observations;
  guint n_epochs;
  double epoch_loss;
  gsize epoch_batches;
  double seconds;
} IscCheckpoint;

void isc_checkpoint_free (IscCheckpoint *checkpoint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscCheckpoint, isc_checkpoint_free)
