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
#include "catalog/schedules/schedules.h"
#include "catalog/schemes/schemes.h"

/* So many letters of a name tell which is meant. */
#define SHORTEST_BEGINNING 3

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
  [ISC_KIND_SCHEDULE] = { "schedules", "schedule", isc_schedules_get },
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

/* "HeNormal" of "keras.HeNormal". */
static const char *
last_part (const char *id)
{
  const char *dot = strrchr (id, '.');

  return dot ? dot + 1 : id;
}

/* How far @id is from @candidate.  Whose function it is counts little, and so does an end that is
 * missing. */
static guint
distance_from (const char *candidate, const char *id)
{
  const char *part = last_part (candidate), *wanted = last_part (id);
  guint distance = isc_text_distance (wanted, part);

  if (strlen (wanted) >= SHORTEST_BEGINNING
      && g_ascii_strncasecmp (part, wanted, strlen (wanted)) == 0)
    distance = MIN (distance, 1);
  if (part != candidate || wanted != id)
    distance++;
  return MIN (distance, isc_text_distance (id, candidate));
}

/* The id nearest to @id among the kinds that @mask selects.  Returns: (nullable): none if nothing
 * resembles it. */
static const char *
nearest (guint mask, const char *id)
{
  const char *best = NULL;
  /* With more than half of the letters wrong it is another name. */
  guint best_distance = ((guint)strlen (id) + 1) / 2 + 1;

  for (guint kind = 0; kind < ISC_N_KINDS; kind++)
    {
      guint n;
      const IscItem *const *items;

      if (!(mask & (1u << kind)))
        continue;
      items = isc_catalog_get_items ((IscKind)kind, &n);
      for (guint i = 0; i < n; i++)
        {
          guint distance = distance_from (items[i]->id, id);

          if (distance < best_distance)
            {
              best = items[i]->id;
              best_distance = distance;
            }
        }
    }
  return best;
}

/* What to say of @id, which is none of the kinds that @mask selects: ": the nearest is …", ": it is
 * a layer" or nothing.  Returns: (transfer full). */
static char *
hint_of (guint mask, const char *id)
{
  const char *best;

  for (guint kind = 0; kind < ISC_N_KINDS; kind++)
    if (lookup ((IscKind)kind, id))
      return g_strdup_printf (": it is %s %s", strchr ("aeio", kinds[kind].noun[0]) ? "an" : "a",
                              kinds[kind].noun);
  best = nearest (mask, id);
  return best ? g_strdup_printf (": the nearest is %s", best) : g_strdup ("");
}

/* The layer or the activation of that name. */
static const IscItem *
find_module (const char *id, IscKind *kind, GError **error)
{
  const IscItem *found;
  g_autofree char *hint = NULL;

  *kind = lookup (ISC_KIND_ACTIVATION, id) ? ISC_KIND_ACTIVATION : ISC_KIND_LAYER;
  found = lookup (*kind, id);
  if (found)
    return found;
  hint = hint_of (1u << ISC_KIND_LAYER | 1u << ISC_KIND_ACTIVATION, id);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "there is no layer or activation '%s'%s ('initscope list' names them all)", id,
               hint);
  return NULL;
}

/* Binds @call, which names @item, and sees whether the modules it holds could be bound. */
static IscArguments *
bind (const IscItem *item, const IscCall *call, GError **error)
{
  g_autoptr (IscArguments) arguments = isc_arguments_new (item, call, error);
  GPtrArray *modules = arguments ? isc_arguments_modules (arguments) : NULL;

  for (guint i = 0; modules && i < modules->len; i++)
    {
      IscCall *inner = modules->pdata[i];
      IscKind kind;
      const IscItem *found = find_module (isc_call_get_name (inner), &kind, error);
      g_autoptr (IscArguments) bound = found ? bind (found, inner, error) : NULL;

      if (!bound)
        {
          g_prefix_error (error, "%s: ", item->id);
          return NULL;
        }
    }
  return g_steal_pointer (&arguments);
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
  g_autofree char *hint = item ? NULL : hint_of (1u << kind, id);

  if (!item)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "there is no %s '%s'%s ('initscope list %s' names them all)", kinds[kind].noun, id,
                 hint, kinds[kind].name);
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
  return bind (found, call, error);
}

IscArguments *
isc_catalog_bind_module (const IscCall *call, IscKind *kind, const IscItem **item, GError **error)
{
  IscKind where;
  const IscItem *found = find_module (isc_call_get_name (call), &where, error);

  if (!found)
    return NULL;
  if (kind)
    *kind = where;
  if (item)
    *item = found;
  return bind (found, call, error);
}
