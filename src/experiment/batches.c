/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/batches.h"

/* A usual size, for when nothing is known. */
#define USUAL 32

/* The size above @size, and not too far, that leaves no example of @n alone. */
static gsize
better_size (gsize size, gsize n)
{
  if (n == 0)
    return USUAL;
  for (gsize better = size + 1; better < n; better++)
    if (n % better != 1)
      return better;
  return n;
}

/* Whether a run gets as far as the last batch of an epoch. */
static gboolean
reaches_last (const IscExperiment *experiment, gsize size, gsize n)
{
  gsize steps = (gsize)isc_experiment_get_steps (experiment);

  return steps == 0 || steps >= (n + size - 1) / size;
}

char *
isc_batches_explain_single (const IscExperiment *experiment, const IscModule *module, gsize n)
{
  gsize size = (gsize)isc_experiment_get_batch_size (experiment);
  const char *id = module->item->id;

  if (n == 1)
    return g_strdup_printf ("%s normalizes over the batch, and there is only 1 example to train on",
                            id);
  if (size == 1)
    return g_strdup_printf ("%s normalizes over the batch, and a batch of 1 example has no "
                            "variance: "
                            "make batch_size larger, such as %" G_GSIZE_FORMAT,
                            id, n > 0 ? MIN (n, USUAL) : USUAL);
  if (size == 0 || n <= size || n % size != 1 || !reaches_last (experiment, size, n))
    return NULL;
  return g_strdup_printf ("%s normalizes over the batch, and the last batch of %" G_GSIZE_FORMAT
                          " examples has only 1, which has no variance: take another batch_size "
                          "than %" G_GSIZE_FORMAT ", such as %" G_GSIZE_FORMAT,
                          id, n, size, better_size (size, n));
}
