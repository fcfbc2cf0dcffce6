/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"

/**
 * IscLoader:
 *
 * The order of examples, as a DataLoader draws it from the run's generator: iterating draws a base
 * seed (two words) even without shuffling; with it, a second seed (two words) makes the epoch's
 * permutation on a generator of its own.  The last short batch is kept.
 */
typedef struct _IscLoader IscLoader;

/**
 * isc_loader_new:
 * @n: how many examples
 * @batch_size: examples in a batch; 0 for the full batch without a loader, which draws nothing
 * @shuffle: whether each epoch has its own order
 *
 * Returns: (transfer full) (nullable): the loader; %NULL if there is no memory for the order
 */
IscLoader *isc_loader_new (gsize n, gsize batch_size, gboolean shuffle);
void isc_loader_free (IscLoader *loader);

/** isc_loader_get_n_batches: Returns: steps in an epoch */
gsize isc_loader_get_n_batches (const IscLoader *loader);

/** isc_loader_get_max_batch: Returns: examples in the largest batch */
gsize isc_loader_get_max_batch (const IscLoader *loader);

/**
 * isc_loader_next:
 * @generator: the run's; drawn from at the start of each epoch
 * @n: (out): how many examples the batch has
 *
 * Returns: (transfer none) (array length=n): the indices of the next batch's examples
 */
const gint64 *isc_loader_next (IscLoader *loader, IscGenerator *generator, gsize *n);

/** isc_loader_is_at_start: Returns: whether the next batch begins an epoch */
gboolean isc_loader_is_at_start (const IscLoader *loader);

/**
 * IscLoaderPlace:
 * @seed: what the order of the epoch was drawn from
 * @position: examples of the epoch that were handed out
 *
 * Where a loader is.  A plain value.
 */
typedef struct
{
  guint64 seed;
  gsize position;
} IscLoaderPlace;

IscLoaderPlace isc_loader_get_place (const IscLoader *loader);

/** isc_loader_set_place: @place: of this loader or one like it; draws the order again from its own
 * seed */
void isc_loader_set_place (IscLoader *loader, IscLoaderPlace place);

/** isc_loader_skip: draws from @generator what @steps batches would have drawn */
void isc_loader_skip (const IscLoader *loader, IscGenerator *generator, gsize steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscLoader, isc_loader_free)
