/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/weights.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/ref-count.h"
#include "catalog/catalog.h"
#include "catalog/layers/layers.h"
#include "engine/dataset.h"
#include "engine/loader.h"
#include "engine/network.h"

struct _IscWeights
{
  IscRefCount ref_count;
  IscExperiment *experiment;
  GPtrArray *entries;
};

/* What is being made, handed down instead of six arguments. */
typedef struct
{
  IscExperiment *experiment;
  GPtrArray *entries;
  gboolean with_summary;
  GCancellable *cancellable;
  IscBinRule bins;
  IscBandwidthRule bandwidth;
} Maker;

/* The scheme that set a parameter: a call, or NULL for the layer's default; neither for weights
 * that were given. */
typedef struct
{
  IscCall *call;
  const IscLayer *layer;
  const IscCall *module;
  guint parameter;
} Origin;

static void
entry_free (gpointer data)
{
  IscWeightEntry *entry = data;

  g_free (entry->label);
  g_free (entry->scheme);
  g_free (entry->formula);
  g_clear_pointer (&entry->tensor, isc_tensor_unref);
  g_clear_pointer (&entry->summary, isc_summary_unref);
  g_free (entry);
}

static gboolean
check_cancelled (const Maker *maker, GError **error)
{
  if (!g_cancellable_is_cancelled (maker->cancellable))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_CANCELLED, "the weights were no longer wanted");
  return FALSE;
}

static gboolean
describe_scheme (IscWeightEntry *entry, const Origin *origin, const IscSite *site, GError **error)
{
  g_autoptr (IscArguments) arguments = NULL;
  const IscItem *item;

  if (!origin->call && !origin->layer)
    {
      entry->scheme = g_strdup ("given");
      entry->scheme_label = entry->scheme;
      entry->requested_std = NAN;
      return TRUE;
    }
  if (origin->call)
    {
      const IscScheme *scheme;

      arguments = isc_catalog_bind (ISC_KIND_SCHEME, origin->call, &item, error);
      if (!arguments)
        return FALSE;
      scheme = (const IscScheme *)item;
      entry->scheme = isc_call_to_text (origin->call);
      entry->scheme_label = item->label;
      entry->library = scheme->library;
      entry->own_stream = scheme->own_stream;
      entry->law = scheme->law (arguments, site);
      entry->formula = scheme->describe (arguments, site);
    }
  else
    {
      arguments = isc_arguments_new (&origin->layer->item, origin->module, error);
      if (!arguments)
        return FALSE;
      item = &origin->layer->item;
      entry->scheme = g_strdup ("PyTorch default");
      entry->scheme_label = entry->scheme;
      entry->library = "PyTorch";
      entry->law = origin->layer->law (arguments, origin->parameter);
      entry->formula = origin->layer->describe (arguments, origin->parameter);
    }
  entry->citation = item->citation;
  entry->requested_std
      = entry->law.kind == ISC_LAW_NONE ? NAN : sqrt (isc_law_variance (&entry->law));
  return TRUE;
}

/* Reflection is for hard bounds, and a float32 weight may lie on the bound's rounded side. */
static void
hard_bounds (const IscLaw *law, double *low, double *high)
{
  *low = -INFINITY;
  *high = INFINITY;
  if (!isc_law_has_density (law) || !isc_law_bounds (law, low, high))
    return;
  *low = fmin (*low, (double)(float)*low);
  *high = fmax (*high, (double)(float)*high);
}

/* Where a tensor stands: in its layer, or alone. */
static IscSite
site_of (const Maker *maker, const IscTensor *tensor, const Origin *origin)
{
  IscSite site = isc_site_of_shape (isc_tensor_get_shape (tensor));

  if (origin->layer)
    {
      g_autoptr (IscArguments) arguments
          = isc_arguments_new (&origin->layer->item, origin->module, NULL);

      site = isc_layer_get_site (origin->layer, arguments, origin->parameter,
                                 isc_experiment_get_fans (maker->experiment));
    }
  site.pytorch = isc_experiment_get_pytorch (maker->experiment);
  site.name = isc_tensor_get_name (tensor);
  site.cancellable = maker->cancellable;
  return site;
}

static gboolean
add_entry (const Maker *maker,
           const char *label,
           IscTensor *tensor,
           gboolean is_bias,
           guint64 seed,
           const Origin *origin,
           GError **error)
{
  IscWeightEntry *entry = g_new0 (IscWeightEntry, 1);
  double low, high;
  IscSite site;

  g_ptr_array_add (maker->entries, entry);
  entry->label = g_strdup (label);
  entry->tensor = isc_tensor_ref (tensor);
  entry->is_bias = is_bias;
  entry->seed = seed;
  site = site_of (maker, tensor, origin);
  entry->fan_in = site.fan_in;
  entry->fan_out = site.fan_out;
  if (!describe_scheme (entry, origin, &site, error) || !check_cancelled (maker, error))
    return FALSE;
  if (!maker->with_summary)
    return TRUE;

  hard_bounds (&entry->law, &low, &high);
  entry->summary = isc_summary_new (isc_tensor_get_data (tensor), isc_tensor_get_count (tensor),
                                    &maker->bins, &maker->bandwidth, low, high, error);
  return entry->summary != NULL;
}

static gboolean
make_tensor (const Maker *maker, GError **error)
{
  IscShape shape = isc_experiment_get_weights_shape (maker->experiment);
  IscCall *call = isc_experiment_get_weights_init (maker->experiment);
  guint64 seed = isc_experiment_get_weights_seed (maker->experiment);
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  g_autoptr (IscTensor) tensor = NULL;
  g_autoptr (IscArguments) arguments = NULL;
  const IscItem *item;
  IscSite site = isc_site_of_shape (&shape);

  if (!call)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "weights.init: a bare tensor has no default: name a scheme, such as "
                   "kaiming_normal_()");
      return FALSE;
    }
  site.pytorch = isc_experiment_get_pytorch (maker->experiment);
  site.cancellable = maker->cancellable;
  arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, error);
  tensor = arguments ? isc_tensor_new ("weight", &shape, error) : NULL;
  if (!tensor
      || !isc_scheme_fill ((const IscScheme *)item, arguments, &site, generator, tensor, error))
    {
      g_prefix_error (error, "weights.init: ");
      return FALSE;
    }
  return add_entry (maker, item->label, tensor, FALSE, seed, &(Origin){ .call = call }, error);
}

static IscNetworkInit
network_init (const Maker *maker, IscNetworkFind find, gpointer data)
{
  return (IscNetworkInit){
    .find = find,
    .data = data,
    .fans = isc_experiment_get_fans (maker->experiment),
    .pytorch = isc_experiment_get_pytorch (maker->experiment),
    .cancellable = maker->cancellable,
  };
}

static IscCall *
find_weights_init (const char *parameter, gboolean is_bias, gpointer data)
{
  const Maker *maker = data;

  return is_bias ? isc_experiment_get_weights_bias (maker->experiment)
                 : isc_experiment_get_weights_init (maker->experiment);
}

static void
origin_of (
    GPtrArray *modules, const IscNetwork *network, guint index, IscCall *call, Origin *origin)
{
  guint module = isc_network_get_module (network, index);
  const IscItem *item
      = isc_catalog_find (ISC_KIND_LAYER, isc_call_get_name (modules->pdata[module]), NULL);

  *origin = (Origin){ .layer = (const IscLayer *)item, .module = modules->pdata[module] };
  if (origin->layer->takes_init)
    origin->call = call;
  for (guint i = index; i > 0 && isc_network_get_module (network, i - 1) == module; i--)
    origin->parameter++;
}

/* A freshly constructed layer or network, its tensors named as in a state_dict. */
static gboolean
make_modules (Maker *maker, GError **error)
{
  gboolean alone = isc_experiment_get_weights_target (maker->experiment) == ISC_WEIGHTS_OF_LAYER;
  GPtrArray *modules = isc_experiment_get_weights_modules (maker->experiment);
  guint64 seed = isc_experiment_get_weights_seed (maker->experiment);
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  g_autoptr (IscNetwork) network = isc_network_new (modules, generator, NULL, 0, error);
  IscNetworkInit apply;

  if (!network)
    {
      g_prefix_error (error, "weights.");
      return FALSE;
    }
  apply = network_init (maker, find_weights_init, maker);
  apply.every_layer = alone;
  if (!isc_network_apply (network, &apply, generator, error))
    {
      g_prefix_error (error, "weights: ");
      return FALSE;
    }

  for (guint i = 0; i < isc_network_get_n_parameters (network); i++)
    {
      IscTensor *tensor = isc_network_get_parameter (network, i);
      const char *name = isc_tensor_get_name (tensor);
      gboolean is_bias = g_str_has_suffix (name, ".bias");
      g_autoptr (IscTensor) renamed = NULL;
      Origin origin;

      origin_of (modules, network, i, find_weights_init (name, is_bias, maker), &origin);
      if (alone)
        {
          renamed = isc_tensor_rename (tensor, strchr (name, '.') + 1);
          tensor = renamed;
        }
      if (!add_entry (maker, isc_tensor_get_name (tensor), tensor, is_bias, seed, &origin, error))
        return FALSE;
    }
  return TRUE;
}

static IscCall *
find_experiment_init (const char *parameter, gboolean is_bias, gpointer data)
{
  const Maker *maker = ((gpointer *)data)[0];

  return isc_experiment_get_init (maker->experiment, GPOINTER_TO_UINT (((gpointer *)data)[1]),
                                  parameter);
}

/* The network's first weight under entry @init, as a run of the experiment would start with it. */
static gboolean
make_init (Maker *maker,
           GPtrArray *modules,
           guint init,
           guint64 seed,
           IscGenerator *generator,
           GError **error)
{
  gpointer data[] = { maker, GUINT_TO_POINTER (init) };
  g_autoptr (IscNetwork) network = isc_network_new (modules, generator, NULL, 0, error);
  IscNetworkInit apply;
  Origin origin;
  IscTensor *tensor;

  if (!network)
    return FALSE;
  apply = network_init (maker, find_experiment_init, data);
  if (!isc_network_apply (network, &apply, generator, error))
    {
      g_prefix_error (error, "inits[%u]: ", init);
      return FALSE;
    }
  if (isc_network_get_n_parameters (network) == 0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "network: it has no layer with weights");
      return FALSE;
    }
  tensor = isc_network_get_parameter (network, 0);
  origin_of (modules, network, 0,
             isc_experiment_get_init (maker->experiment, init, isc_tensor_get_name (tensor)),
             &origin);
  return add_entry (maker, isc_experiment_get_init_label (maker->experiment, init), tensor, FALSE,
                    seed, &origin, error);
}

static gboolean
make_inits (Maker *maker, GError **error)
{
  IscExperiment *experiment = maker->experiment;
  gboolean own_data = isc_dataset_draws_from_run (experiment);
  gboolean reseed = isc_experiment_get_reseed (experiment);
  guint64 seed = isc_experiment_get_seed (experiment, 0);
  g_autoptr (GPtrArray) modules = g_ptr_array_new ();
  g_autoptr (IscGenerator) generator = isc_generator_new (seed);
  g_autoptr (IscData) data = NULL;

  for (guint i = 0; i < isc_experiment_get_n_modules (experiment); i++)
    g_ptr_array_add (modules, isc_experiment_get_module (experiment, i));

  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      if (reseed)
        isc_generator_seed (generator, seed);
      if (reseed ? own_data : i == 0)
        {
          /* The data are drawn before the network; what they are matters here only to the chain,
           * whose training moves the generator by its epochs. */
          g_clear_pointer (&data, isc_data_unref);
          data = isc_dataset_load (experiment, generator, error);
          if (!data)
            return FALSE;
        }
      if (!make_init (maker, modules, i, seed, generator, error))
        return FALSE;
      if (!reseed)
        {
          g_autoptr (IscLoader) loader
              = isc_loader_new (data->train.n, (gsize)isc_experiment_get_batch_size (experiment),
                                isc_experiment_get_shuffle (experiment));
          gsize steps = (gsize)isc_experiment_get_steps (experiment);

          if (!loader)
            {
              g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                           "data: there is no memory for the order of %" G_GSIZE_FORMAT " examples",
                           data->train.n);
              return FALSE;
            }
          if (steps == 0)
            steps
                = (gsize)isc_experiment_get_epochs (experiment) * isc_loader_get_n_batches (loader);
          isc_loader_skip (loader, generator, steps);
        }
    }
  return TRUE;
}

static IscWeights *
weights_alloc (IscExperiment *experiment)
{
  IscWeights *weights = g_new0 (IscWeights, 1);

  isc_ref_count_init (&weights->ref_count);
  weights->experiment = isc_experiment_ref (experiment);
  weights->entries = g_ptr_array_new_with_free_func (entry_free);
  return weights;
}

static gboolean
read_rules (Maker *maker, GError **error)
{
  return isc_bin_rule_parse (isc_experiment_get_bins (maker->experiment), &maker->bins, error)
         && isc_bandwidth_rule_parse (isc_experiment_get_bandwidth (maker->experiment),
                                      &maker->bandwidth, error);
}

IscWeights *
isc_weights_new (IscExperiment *experiment,
                 gboolean with_summary,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (IscWeights) weights = NULL;
  Maker maker
      = { .experiment = experiment, .with_summary = with_summary, .cancellable = cancellable };
  gboolean made;

  g_return_val_if_fail (experiment != NULL, NULL);

  weights = weights_alloc (experiment);
  maker.entries = weights->entries;
  if (!read_rules (&maker, error))
    return NULL;

  switch (isc_experiment_get_weights_target (experiment))
    {
    case ISC_WEIGHTS_OF_TENSOR:
      made = make_tensor (&maker, error);
      break;
    case ISC_WEIGHTS_OF_LAYER:
    case ISC_WEIGHTS_OF_NETWORK:
      made = make_modules (&maker, error);
      break;
    case ISC_WEIGHTS_OF_INITS:
    default:
      made = make_inits (&maker, error);
      break;
    }
  return made ? g_steal_pointer (&weights) : NULL;
}

IscWeights *
isc_weights_new_given (IscExperiment *experiment,
                       GPtrArray *tensors,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (IscWeights) weights = NULL;
  Maker maker = { .experiment = experiment, .with_summary = TRUE, .cancellable = cancellable };

  g_return_val_if_fail (experiment != NULL, NULL);

  weights = weights_alloc (experiment);
  maker.entries = weights->entries;
  if (!read_rules (&maker, error))
    return NULL;
  for (guint i = 0; i < tensors->len; i++)
    {
      IscTensor *tensor = tensors->pdata[i];
      const char *name = isc_tensor_get_name (tensor) ? isc_tensor_get_name (tensor) : "tensor";
      g_autoptr (IscTensor) named = isc_tensor_rename (tensor, name);
      gboolean is_bias = g_str_equal (name, "bias") || g_str_has_suffix (name, ".bias");

      if (!add_entry (&maker, name, named, is_bias, 0, &(Origin){ 0 }, error))
        return NULL;
    }
  return g_steal_pointer (&weights);
}

IscWeights *
isc_weights_ref (IscWeights *weights)
{
  isc_ref_count_inc (&weights->ref_count);
  return weights;
}

void
isc_weights_unref (IscWeights *weights)
{
  if (!isc_ref_count_dec (&weights->ref_count))
    return;
  isc_experiment_unref (weights->experiment);
  g_ptr_array_unref (weights->entries);
  g_free (weights);
}

guint
isc_weights_get_n_entries (const IscWeights *weights)
{
  return weights->entries->len;
}

const IscWeightEntry *
isc_weights_get_entry (const IscWeights *weights, guint index)
{
  g_return_val_if_fail (index < weights->entries->len, NULL);
  return weights->entries->pdata[index];
}

IscExperiment *
isc_weights_get_experiment (const IscWeights *weights)
{
  return weights->experiment;
}
