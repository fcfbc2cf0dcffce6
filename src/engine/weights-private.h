/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/layers/layers.h"
#include "engine/network.h"
#include "engine/weights.h"

/* How weights are made, for the files weights*.c alone. */

/**
 * IscWeightsMaker:
 * @experiment: what is asked for
 * @entries: (element-type IscWeightEntry): what is made so far
 * @with_summary: whether statistics are computed
 * @cancellable: (nullable)
 * @summary: how they are computed
 *
 * What is being made, handed down instead of six arguments.
 */
typedef struct
{
  IscExperiment *experiment;
  GPtrArray *entries;
  gboolean with_summary;
  GCancellable *cancellable;
  IscSummaryOptions summary;
} IscWeightsMaker;

/**
 * IscWeightOrigin:
 * @call: (nullable): the scheme that set it; %NULL for the layer's default
 * @layer: (nullable): its layer; %NULL for a bare tensor
 * @arguments: (nullable): the layer's
 * @parameter: which parameter of the layer
 *
 * Where weights come from: neither a call nor a layer for weights that were given.
 */
typedef struct
{
  IscCall *call;
  const IscLayer *layer;
  const IscArguments *arguments;
  guint parameter;
} IscWeightOrigin;

/** isc_weight_entry_free: frees an entry */
void isc_weight_entry_free (gpointer entry);

/**
 * isc_weights_add_entry:
 * @label: what it is called on a figure
 * @tensor: the weights
 * @seed: what their generator was seeded with
 * @origin: where they come from
 *
 * Describes and measures @tensor and appends it to what is made.
 *
 * Returns: (transfer none) (nullable): the entry, or %NULL with an error
 */
IscWeightEntry *isc_weights_add_entry (const IscWeightsMaker *maker,
                                       const char *label,
                                       IscTensor *tensor,
                                       guint64 seed,
                                       const IscWeightOrigin *origin,
                                       GError **error);

/**
 * isc_weights_recount_entry:
 * @entry: an entry made by @experiment, with a summary
 *
 * Appends @entry, its weights shared, measured as @maker says: again only where it says otherwise.
 *
 * Returns: %FALSE with an error
 */
gboolean isc_weights_recount_entry (const IscWeightsMaker *maker,
                                    const IscWeightEntry *entry,
                                    const IscExperiment *experiment,
                                    GError **error);

/** isc_weights_origin: Returns: where parameter @index of @network comes from, while that lives */
IscWeightOrigin isc_weights_origin (const IscNetwork *network, guint index);

/** isc_weights_apply: Returns: the f of network.apply(f) that asks @find, as the experiment says */
IscNetworkInit isc_weights_apply (const IscWeightsMaker *maker, IscNetworkFind find, gpointer data);

/** isc_weights_make_inits: makes the network's first weight under every entry of inits */
gboolean isc_weights_make_inits (IscWeightsMaker *maker, GError **error);

/** isc_weights_make_section: makes what the weights section asks for, pinned schemes too */
gboolean isc_weights_make_section (IscWeightsMaker *maker, GError **error);

/** isc_weights_make_defaults: makes what @library does if one does nothing */
gboolean isc_weights_make_defaults (IscWeightsMaker *maker,
                                    const IscDefaultLibrary *library,
                                    GError **error);
