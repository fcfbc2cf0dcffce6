/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "catalog/activations/activations.h"
#include "catalog/datasets/datasets.h"
#include "catalog/layers/layers.h"
#include "catalog/losses/losses.h"
#include "catalog/optimizers/optimizers.h"
#include "catalog/schemes/schemes.h"

static const struct
{
  const char *name;
  const char *noun;
  const IscItem *const *(*get_items) (guint *n);
} kinds[ISC_N_KINDS] = {
  [ISC_KIND_SCHEME] = { "schemes", "initialization scheme", isc_schemes_get },
  [ISC_KIND_LAYER] = { "layers", "layer", isc_layers_get },
  [ISC_KIND_ACTIVATION] = { "activations", "activation", isc_activations_get },
  [ISC_KIND_LOSS] = { "losses", "loss", isc_losses_get },
  [ISC_KIND_OPTIMIZER] = { "optimizers", "optimizer", isc_optimizers_get },
  [ISC_KIND_DATASET] = { "datasets", "data set", isc_datasets_get_items },
};

static const IscItem *
lookup (IscKind kind, const char *id)
{
  guint n;
  const IscItem *const *items = isc_catalog_get_items (kind, &n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (items[i]->id, id))
      return items[i];
  return NULL;
}

/* The id nearest to @id among the kinds that @mask selects. */
static const char *
nearest (guint mask, const char *id)
{
  const char *best = NULL;
  guint best_distance = G_MAXUINT;

  for (guint kind = 0; kind < ISC_N_KINDS; kind++)
    {
      guint n;
      const IscItem *const *items;

      if (!(mask & (1u << kind)))
        continue;
      items = isc_catalog_get_items ((IscKind)kind, &n);
      for (guint i = 0; i < n; i++)
        {
          guint distance = isc_text_distance (id, items[i]->id);

          if (distance < best_distance)
            {
              best = items[i]->id;
              best_distance = distance;
            }
        }
    }
  return best;
}

const char *
isc_kind_get_name (IscKind kind)
{
  return kinds[kind].name;
}

const IscItem *const *
isc_catalog_get_items (IscKind kind, guint *n)
{
  return kinds[kind].get_items (n);
}

const IscItem *
isc_catalog_find (IscKind kind, const char *id, GError **error)
{
  const IscItem *item = lookup (kind, id);

  if (!item)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "there is no %s '%s': the nearest is %s ('initscope list %s' names them all)",
                 kinds[kind].noun, id, nearest (1u << kind, id), kinds[kind].name);
  return item;
}

IscArguments *
isc_catalog_bind (IscKind kind, const IscCall *call, const IscItem **item, GError **error)
{
  const IscItem *found = isc_catalog_find (kind, isc_call_get_name (call), error);

  if (!found)
    return NULL;
  if (item)
    *item = found;
  return isc_arguments_new (found, call, error);
}

IscArguments *
isc_catalog_bind_module (const IscCall *call, IscKind *kind, const IscItem **item, GError **error)
{
  const char *id = isc_call_get_name (call);
  IscKind where = lookup (ISC_KIND_ACTIVATION, id) ? ISC_KIND_ACTIVATION : ISC_KIND_LAYER;
  const IscItem *found = lookup (where, id);

  if (!found)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "there is no layer or activation '%s': the nearest is %s ('initscope list' "
                   "names "
                   "them all)",
                   id, nearest (1u << ISC_KIND_LAYER | 1u << ISC_KIND_ACTIVATION, id));
      return NULL;
    }
  if (kind)
    *kind = where;
  if (item)
    *item = found;
  return isc_arguments_new (found, call, error);
}
