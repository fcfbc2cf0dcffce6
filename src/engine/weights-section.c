/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The weights that the experiment's weights section asks for: one script for the scheme shown, and
 * one for each pinned scheme, every one from the same seed. */

#include <string.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "engine/weights-private.h"

/* One script: its schemes, %NULL for what is constructed, and their place in the document. */
typedef struct
{
  IscCall *init;
  IscCall *bias;
  const char *path;
} Script;

static IscCall *
find_init (const char *parameter, gboolean is_bias, gpointer data)
{
  const Script *script = data;

  return is_bias ? script->bias : script->init;
}

/* torch.manual_seed(seed); w = torch.empty(shape); scheme(w) */
static IscWeightEntry *
make_tensor (const IscWeightsMaker *maker, const Script *script, GError **error)
{
  IscShape shape = isc_experiment_get_weights_shape (maker->experiment);
  guint64 seed = isc_experiment_get_weights_seed (maker->experiment);
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  g_autoptr (IscTensor) tensor = NULL;
  g_autoptr (IscArguments) arguments = NULL;
  IscSite site = isc_site_of_shape (&shape);
  const IscItem *item;

  if (!script->init)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "weights.init: a bare tensor has no default: name a scheme, such as "
                   "kaiming_normal_()");
      return NULL;
    }
  site.pytorch = isc_experiment_get_pytorch (maker->experiment);
  site.cancellable = maker->cancellable;
  arguments = isc_catalog_bind (ISC_KIND_SCHEME, script->init, &item, error);
  tensor = arguments ? isc_tensor_new ("weight", &shape, error) : NULL;
  if (!tensor
      || !isc_scheme_fill ((const IscScheme *)item, arguments, &site, generator, tensor, error))
    {
      g_prefix_error (error, "%s: ", script->path);
      return NULL;
    }
  return isc_weights_add_entry (maker, item->label, tensor, seed,
                                &(IscWeightOrigin){ .call = script->init }, error);
}

static gboolean
is_lone_layer (const IscWeightsMaker *maker)
{
  return isc_experiment_get_weights_target (maker->experiment) == ISC_WEIGHTS_OF_LAYER;
}

/* The freshly constructed layer or network after apply(), the generator seeded before. */
static IscNetwork *
make_network (const IscWeightsMaker *maker, Script *script, GError **error)
{
  IscExperiment *experiment = maker->experiment;
  g_autoptr (IscGenerator) generator
      = isc_generator_new (isc_experiment_get_weights_seed (experiment));
  g_autoptr (GError) problem = NULL;
  g_autoptr (IscNetwork) network = isc_network_new (isc_experiment_get_weights_modules (experiment),
                                                    generator, NULL, 0, &problem);
  IscNetworkInit apply = isc_weights_apply (maker, find_init, script);

  if (!network && is_lone_layer (maker))
    g_set_error (error, problem->domain, problem->code, "weights.layer: %s",
                 strstr (problem->message, ": ") + 2);
  else if (!network)
    g_propagate_prefixed_error (error, g_steal_pointer (&problem), "weights.");
  if (!network)
    return NULL;
  apply.every_layer = is_lone_layer (maker);
  if (!isc_network_apply (network, &apply, generator, error))
    {
      g_prefix_error (error, "%s: ", script->path);
      return NULL;
    }
  return g_steal_pointer (&network);
}

/* Adds parameter @index, which has a state_dict name: of a lone layer, without a number. */
static IscWeightEntry *
add_parameter (const IscWeightsMaker *maker, const IscNetwork *network, guint index, GError **error)
{
  IscExperiment *experiment = maker->experiment;
  IscTensor *tensor = isc_network_get_parameter (network, index);
  g_autoptr (IscTensor) renamed = NULL;
  IscWeightOrigin origin = isc_weights_origin (network, index);

  if (is_lone_layer (maker))
    {
      renamed = isc_tensor_rename (tensor, strchr (isc_tensor_get_name (tensor), '.') + 1);
      tensor = renamed;
    }
  return isc_weights_add_entry (maker, isc_tensor_get_name (tensor), tensor,
                                isc_experiment_get_weights_seed (experiment), &origin, error);
}

/* Runs one script; @only_weight keeps the first weight and nothing else.  Returns that weight. */
static IscWeightEntry *
run_script (const IscWeightsMaker *maker, Script *script, gboolean only_weight, GError **error)
{
  g_autoptr (IscNetwork) network = NULL;
  IscWeightEntry *first = NULL;

  if (isc_experiment_get_weights_target (maker->experiment) == ISC_WEIGHTS_OF_TENSOR)
    return make_tensor (maker, script, error);
  network = make_network (maker, script, error);
  if (!network)
    return NULL;
  for (guint i = 0; i < isc_network_get_n_parameters (network); i++)
    {
      IscWeightEntry *entry;

      if (only_weight && isc_network_is_bias (network, i))
        continue;
      entry = add_parameter (maker, network, i, error);
      if (!entry)
        return NULL;
      if (only_weight)
        return entry;
      if (!first || (first->is_bias && !entry->is_bias))
        first = entry;
    }
  if (!first)
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "weights.network: it has no layer with weights");
  return first;
}

/* Two schemes of one name are told apart by their calls. */
static void
label_comparison (GPtrArray *compared)
{
  for (guint i = 0; i < compared->len; i++)
    {
      IscWeightEntry *entry = compared->pdata[i];
      gboolean unique = TRUE;

      for (guint j = 0; j < compared->len; j++)
        unique = unique
                 && (j == i
                     || !g_str_equal (((IscWeightEntry *)compared->pdata[j])->scheme_label,
                                      entry->scheme_label));
      g_free (entry->label);
      entry->label = g_strdup (unique ? entry->scheme_label : entry->scheme);
    }
}

static gboolean
make_pins (const IscWeightsMaker *maker, IscWeightEntry *shown, GError **error)
{
  guint n = isc_experiment_get_n_pins (maker->experiment);
  g_autoptr (GPtrArray) compared = g_ptr_array_new ();

  if (n == 0)
    return TRUE;
  g_ptr_array_add (compared, shown);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("weights.pins[%u]", i);
      Script script = { isc_experiment_get_pin_init (maker->experiment, i), NULL, path };
      IscWeightEntry *entry = run_script (maker, &script, TRUE, error);

      if (!entry)
        return FALSE;
      entry->is_pin = TRUE;
      entry->color = isc_experiment_get_pin_color (maker->experiment, i);
      g_ptr_array_add (compared, entry);
    }
  label_comparison (compared);
  return TRUE;
}

gboolean
isc_weights_make_section (IscWeightsMaker *maker, GError **error)
{
  Script script = {
    .init = isc_experiment_get_weights_init (maker->experiment),
    .bias = isc_experiment_get_weights_bias (maker->experiment),
    .path = isc_experiment_get_weights_target (maker->experiment) == ISC_WEIGHTS_OF_TENSOR
                ? "weights.init"
                : "weights",
  };
  IscWeightEntry *shown = run_script (maker, &script, FALSE, error);

  if (!shown)
    return FALSE;
  for (guint i = 0; i < maker->entries->len; i++)
    ((IscWeightEntry *)maker->entries->pdata[i])->color
        = isc_experiment_get_weights_color (maker->experiment);
  return make_pins (maker, shown, error);
}
