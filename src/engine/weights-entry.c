/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All there is to say of one tensor: its scheme, its law, its numbers. */

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "catalog/catalog.h"
#include "engine/weights-private.h"

void
isc_weight_entry_free (gpointer data)
{
  IscWeightEntry *entry = data;

  g_free (entry->label);
  g_free (entry->scheme);
  g_free (entry->formula);
  g_clear_pointer (&entry->tensor, isc_tensor_unref);
  g_clear_pointer (&entry->summary, isc_summary_unref);
  g_free (entry);
}

/* Weights from elsewhere say what they are by their names. */
static gboolean
name_is_bias (const char *name)
{
  return g_str_equal (name, "bias") || g_str_has_suffix (name, ".bias");
}

static gboolean
check_cancelled (const IscWeightsMaker *maker, GError **error)
{
  if (!g_cancellable_is_cancelled (maker->cancellable))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_CANCELLED, "the weights were no longer wanted");
  return FALSE;
}

static gboolean
describe_scheme (IscWeightEntry *entry,
                 const IscWeightOrigin *origin,
                 const IscSite *site,
                 GError **error)
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
      item = &origin->layer->item;
      entry->scheme = g_strdup ("PyTorch default");
      entry->scheme_label = entry->scheme;
      entry->library = "PyTorch";
      entry->law = origin->layer->law (origin->arguments, origin->parameter);
      entry->formula = origin->layer->describe (origin->arguments, origin->parameter);
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

static IscSummary *
summarize (const IscWeightsMaker *maker, const IscWeightEntry *entry, GError **error)
{
  IscSummaryOptions options = maker->summary;

  hard_bounds (&entry->law, &options.low_bound, &options.high_bound);
  return isc_summary_new_with (isc_tensor_get_data (entry->tensor),
                               isc_tensor_get_count (entry->tensor), &options, error);
}

/* Where a tensor stands: in its layer, or alone. */
static IscSite
place (const IscWeightsMaker *maker, const IscWeightOrigin *origin, IscWeightEntry *entry)
{
  IscSite site = isc_site_of_shape (isc_tensor_get_shape (entry->tensor));

  entry->corrected_fan_in = site.fan_in;
  entry->corrected_fan_out = site.fan_out;
  entry->is_bias = name_is_bias (isc_tensor_get_name (entry->tensor));
  if (origin->layer)
    {
      const IscArguments *arguments = origin->arguments;
      IscLayerParameter parameter;

      site = isc_layer_get_site (origin->layer, arguments, origin->parameter, ISC_FANS_CORRECTED);
      entry->corrected_fan_in = site.fan_in;
      entry->corrected_fan_out = site.fan_out;
      site = isc_layer_get_site (origin->layer, arguments, origin->parameter,
                                 isc_experiment_get_fans (maker->experiment));
      origin->layer->get_parameter (arguments, origin->parameter, &parameter);
      entry->is_bias = parameter.is_bias;
    }
  entry->fan_in = site.fan_in;
  entry->fan_out = site.fan_out;
  site.pytorch = isc_experiment_get_pytorch (maker->experiment);
  site.name = isc_tensor_get_name (entry->tensor);
  site.cancellable = maker->cancellable;
  return site;
}

IscWeightEntry *
isc_weights_add_entry (const IscWeightsMaker *maker,
                       const char *label,
                       IscTensor *tensor,
                       guint64 seed,
                       const IscWeightOrigin *origin,
                       GError **error)
{
  IscWeightEntry *entry = g_new0 (IscWeightEntry, 1);
  IscSite site;

  g_ptr_array_add (maker->entries, entry);
  entry->label = g_strdup (label);
  entry->tensor = isc_tensor_ref (tensor);
  entry->seed = seed;
  site = place (maker, origin, entry);
  if (!describe_scheme (entry, origin, &site, error) || !check_cancelled (maker, error))
    return NULL;
  if (!maker->with_summary)
    return entry;

  entry->summary = summarize (maker, entry, error);
  return entry->summary ? entry : NULL;
}

IscWeightOrigin
isc_weights_origin (const IscNetwork *network, guint index)
{
  guint owner = isc_network_get_owner (network, index);
  const IscModule *module = isc_network_describe_module (network, owner);
  IscWeightOrigin origin = {
    .call = isc_network_get_init (network, index),
    .layer = (const IscLayer *)module->item,
    .arguments = module->arguments,
  };

  for (guint i = index; i > 0 && isc_network_get_owner (network, i - 1) == owner; i--)
    origin.parameter++;
  return origin;
}

IscNetworkInit
isc_weights_apply (const IscWeightsMaker *maker, IscNetworkFind find, gpointer data)
{
  return (IscNetworkInit){
    .find = find,
    .data = data,
    .fans = isc_experiment_get_fans (maker->experiment),
    .pytorch = isc_experiment_get_pytorch (maker->experiment),
    .cancellable = maker->cancellable,
  };
}

/* The summary of @entry under the maker's experiment; only what is asked for otherwise than by
 * @before is computed. */
static IscSummary *
resummarize (const IscWeightsMaker *maker,
             const IscWeightEntry *entry,
             const IscExperiment *before,
             GError **error)
{
  const IscExperiment *now = maker->experiment;
  double low, high;

  if (!g_str_equal (isc_experiment_get_bins (before), isc_experiment_get_bins (now))
      || !g_str_equal (isc_experiment_get_range (before), isc_experiment_get_range (now))
      || !g_str_equal (isc_experiment_get_kernel (before), isc_experiment_get_kernel (now)))
    return summarize (maker, entry, error);
  if (g_str_equal (isc_experiment_get_bandwidth (before), isc_experiment_get_bandwidth (now)))
    return isc_summary_ref (entry->summary);
  hard_bounds (&entry->law, &low, &high);
  return isc_summary_rebandwidth (entry->summary, &maker->summary.bandwidth, low, high, error);
}

gboolean
isc_weights_recount_entry (const IscWeightsMaker *maker,
                           const IscWeightEntry *entry,
                           const IscExperiment *experiment,
                           GError **error)
{
  IscWeightEntry *copy = g_memdup2 (entry, sizeof *entry);

  copy->label = g_strdup (entry->label);
  copy->scheme = g_strdup (entry->scheme);
  /* A label of a scheme's own is the catalog's; others are the scheme's text. */
  if (entry->scheme_label == entry->scheme)
    copy->scheme_label = copy->scheme;
  copy->formula = g_strdup (entry->formula);
  copy->tensor = isc_tensor_ref (entry->tensor);
  copy->summary = NULL;
  g_ptr_array_add (maker->entries, copy);
  if (!check_cancelled (maker, error))
    return FALSE;
  copy->summary = resummarize (maker, entry, experiment, error);
  return copy->summary != NULL;
}

gboolean
isc_weight_entry_fit (const IscWeightEntry *entry, IscFit *fit, GError **error)
{
  g_autoptr (IscSortedSample) sample
      = isc_sorted_sample_new_draws (isc_tensor_get_data (entry->tensor),
                                     isc_tensor_get_count (entry->tensor), (gsize)entry->law.copies,
                                     error);

  if (!sample)
    return FALSE;
  /* Rows of an orthogonal matrix have one length: its entries depend on each other. */
  *fit = entry->library ? isc_fit_law (sample, &entry->law, entry->law.kind == ISC_LAW_SPHERE)
                        : isc_fit_normal (sample);
  return TRUE;
}
