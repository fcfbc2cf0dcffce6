/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a library does if one does nothing: every tensor from the seed, as in
 * torch.manual_seed(seed); layer = nn.Linear(784, 256). */

#include <math.h>

#include "catalog/catalog.h"
#include "engine/weights-private.h"

/* A largest weight of n is below the bound by a part t with probability exp(-n t): of this many
 * parts in n, one in a billion. */
#define LARGEST_MISSES 20.0

/* A measured standard deviation is off by this many standard errors once in a million. */
#define SIGMA 5.0

/* Sums of float32 rounding; and a bound itself is rounded to float32. */
#define ROUNDING 1e-6

/* The layer's parameter @index, constructed by the layer or filled by @call; NULL with an error. */
static IscTensor *
make_parameter (const IscWeightsMaker *maker,
                const IscLayer *layer,
                const IscArguments *arguments,
                guint index,
                const IscCall *call,
                GError **error)
{
  guint64 seed = isc_experiment_get_weights_seed (maker->experiment);
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_tensor_unref);
  g_autoptr (IscArguments) bound = NULL;
  const IscItem *scheme;
  IscSite site;

  for (guint i = 0; i < layer->count_parameters (arguments); i++)
    {
      IscLayerParameter parameter = { 0 };
      IscTensor *tensor;

      layer->get_parameter (arguments, i, &parameter);
      tensor = isc_tensor_new (parameter.name, &parameter.shape, error);
      if (!tensor)
        return NULL;
      g_ptr_array_add (tensors, tensor);
    }
  if (!call)
    {
      layer->initialize (arguments, generator, (IscTensor *const *)tensors->pdata);
      return isc_tensor_ref (tensors->pdata[index]);
    }
  site = isc_layer_get_site (layer, arguments, index, isc_experiment_get_fans (maker->experiment));
  site.pytorch = isc_experiment_get_pytorch (maker->experiment);
  site.name = isc_tensor_get_name (tensors->pdata[index]);
  site.cancellable = maker->cancellable;
  bound = isc_catalog_bind (ISC_KIND_SCHEME, call, &scheme, error);
  if (!bound
      || !isc_scheme_fill ((const IscScheme *)scheme, bound, &site, generator,
                           tensors->pdata[index], error))
    return NULL;
  return isc_tensor_ref (tensors->pdata[index]);
}

static guint
find_parameter (const IscLayer *layer, const IscArguments *arguments, const char *name)
{
  guint n = layer->count_parameters (arguments);
  IscLayerParameter parameter = { 0 };

  for (guint i = 0; i < n; i++)
    {
      layer->get_parameter (arguments, i, &parameter);
      if (g_str_equal (parameter.name, name))
        return i;
    }
  g_return_val_if_reached (0);
}

static gboolean
make_default (const IscWeightsMaker *maker, const IscDefault *row, GError **error)
{
  g_autoptr (IscCall) module = isc_call_parse (row->module, error);
  g_autoptr (IscCall) call = row->scheme ? isc_call_parse (row->scheme, error) : NULL;
  const IscItem *item;
  g_autoptr (IscArguments) arguments
      = module ? isc_catalog_bind (ISC_KIND_LAYER, module, &item, error) : NULL;
  g_autoptr (IscTensor) tensor = NULL;
  IscWeightOrigin origin = { .call = call, .arguments = arguments };
  IscWeightEntry *entry;

  if (!arguments || (row->scheme && !call))
    return FALSE;
  origin.layer = (const IscLayer *)item;
  origin.parameter = find_parameter (origin.layer, arguments, row->parameter);
  tensor = make_parameter (maker, origin.layer, arguments, origin.parameter, call, error);
  entry = tensor ? isc_weights_add_entry (maker, row->name, tensor,
                                          isc_experiment_get_weights_seed (maker->experiment),
                                          &origin, error)
                 : NULL;
  if (entry)
    entry->documented = row;
  return entry != NULL;
}

gboolean
isc_weights_make_defaults (IscWeightsMaker *maker, const IscDefaultLibrary *library, GError **error)
{
  for (guint i = 0; i < library->n_defaults; i++)
    if (!make_default (maker, &library->defaults[i], error))
      {
        g_prefix_error (error, "%s: ", library->defaults[i].name);
        return FALSE;
      }
  return TRUE;
}

gboolean
isc_weight_entry_agrees (const IscWeightEntry *entry)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  const IscDefault *row = entry->documented;
  double documented = row ? sqrt (row->square) : NAN;
  double n = (double)moments->count;
  double largest = fmax (fabs (moments->min), fabs (moments->max));
  double error = isc_law_excess_kurtosis (&entry->law);

  g_return_val_if_fail (row != NULL, FALSE);

  switch (row->documented)
    {
    case ISC_DOCUMENTED_BOUND:
      return largest <= documented * (1.0 + ROUNDING)
             && largest >= documented * (1.0 - LARGEST_MISSES / n - ROUNDING);
    case ISC_DOCUMENTED_STD:
      error = SIGMA * sqrt ((error + 2.0) / (4.0 * n));
      return fabs (moments->std - documented) <= documented * (error + ROUNDING);
    case ISC_DOCUMENTED_VALUES:
    default:
      return moments->min == row->low && moments->max == row->high;
    }
}
