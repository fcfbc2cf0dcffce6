/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/loader.h"

struct _IscLoader
{
  gsize n;
  gsize batch_size;
  gboolean full_batch;
  gboolean shuffle;
  IscLoaderPlace place;
  gint64 *order;
};

IscLoader *
isc_loader_new (gsize n, gsize batch_size, gboolean shuffle)
{
  gint64 *order = g_try_new (gint64, MAX (n, 1));
  IscLoader *loader;

  if (!order)
    return NULL;
  loader = g_new0 (IscLoader, 1);
  loader->n = n;
  loader->full_batch = batch_size == 0;
  loader->batch_size = loader->full_batch ? MAX (n, 1) : MIN (batch_size, MAX (n, 1));
  loader->shuffle = shuffle && !loader->full_batch;
  loader->order = order;
  for (gsize i = 0; i < n; i++)
    loader->order[i] = (gint64)i;
  return loader;
}

void
isc_loader_free (IscLoader *loader)
{
  g_free (loader->order);
  g_free (loader);
}

gsize
isc_loader_get_n_batches (const IscLoader *loader)
{
  return (loader->n + loader->batch_size - 1) / loader->batch_size;
}

gsize
isc_loader_get_max_batch (const IscLoader *loader)
{
  return loader->batch_size;
}

static void
draw_order (IscLoader *loader)
{
  g_autoptr (IscGenerator) own = isc_generator_new (loader->place.seed);

  isc_generator_permutation (own, loader->order, loader->n);
}

static void
start_epoch (IscLoader *loader, IscGenerator *generator)
{
  /* The workers' base seed: drawn by iter() whether or not there are workers. */
  isc_generator_seed_draw (generator);
  if (loader->shuffle)
    {
      loader->place.seed = (guint64)isc_generator_seed_draw (generator);
      draw_order (loader);
    }
}

const gint64 *
isc_loader_next (IscLoader *loader, IscGenerator *generator, gsize *n)
{
  const gint64 *batch;

  if (loader->place.position == 0 && !loader->full_batch)
    start_epoch (loader, generator);
  batch = loader->order + loader->place.position;
  *n = MIN (loader->batch_size, loader->n - loader->place.position);
  loader->place.position += *n;
  if (loader->place.position >= loader->n)
    loader->place.position = 0;
  return batch;
}

gboolean
isc_loader_is_at_start (const IscLoader *loader)
{
  return loader->place.position == 0;
}

IscLoaderPlace
isc_loader_get_place (const IscLoader *loader)
{
  return loader->place;
}

void
isc_loader_set_place (IscLoader *loader, IscLoaderPlace place)
{
  g_return_if_fail (place.position < MAX (loader->n, 1));

  loader->place = place;
  /* At the start of an epoch an order is about to be drawn anyway. */
  if (loader->shuffle && place.position > 0)
    draw_order (loader);
}

void
isc_loader_skip (const IscLoader *loader, IscGenerator *generator, gsize steps)
{
  gsize n_batches = isc_loader_get_n_batches (loader);
  gsize epochs = (steps + n_batches - 1) / n_batches;

  if (loader->full_batch)
    return;
  for (gsize i = 0; i < epochs * (loader->shuffle ? 2 : 1); i++)
    isc_generator_seed_draw (generator);
}
