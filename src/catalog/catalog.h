/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/item.h"

typedef enum
{
  ISC_KIND_SCHEME,
  ISC_KIND_LAYER,
  ISC_KIND_ACTIVATION,
  ISC_KIND_LOSS,
  ISC_KIND_OPTIMIZER,
  ISC_KIND_SCHEDULE,
  ISC_KIND_DATASET,
  ISC_N_KINDS,
} IscKind;

/** isc_kind_get_name: Returns: the kind's plural for the command line: "schemes", "layers", ... */
const char *isc_kind_get_name (IscKind kind);

/**
 * isc_catalog_get_items:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the items of a kind, in the order of its list; each
 * may be cast to the kind's descriptor
 */
const IscItem *const *isc_catalog_get_items (IscKind kind, guint *n);

/**
 * isc_catalog_find:
 *
 * Returns: (transfer none): the item with that id; %NULL with ISC_ERROR_INVALID, naming the nearest
 *   id and the command that lists them
 */
const IscItem *isc_catalog_find (IscKind kind, const char *id, GError **error);

/**
 * isc_catalog_bind:
 * @kind: where to look
 * @call: a call
 * @item: (out) (optional): the item found
 *
 * Finds the item that @call names and binds its arguments, and those of modules within it.
 *
 * Returns: (transfer full) (nullable): the arguments, or %NULL with ISC_ERROR_INVALID
 */
IscArguments *
isc_catalog_bind (IscKind kind, const IscCall *call, const IscItem **item, GError **error);

/**
 * isc_catalog_bind_module:
 *
 * The same for a line of a network: a layer or an activation.
 *
 * @kind: (out): which of the two
 */
IscArguments *
isc_catalog_bind_module (const IscCall *call, IscKind *kind, const IscItem **item, GError **error);
