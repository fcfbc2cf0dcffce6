/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/weights.h"

#include "base/ref-count.h"
#include "engine/weights-private.h"
#include "experiment/json.h"

struct _IscWeights
{
  IscRefCount ref_count;
  IscExperiment *experiment;
  GPtrArray *entries;
};

static IscWeights *
weights_alloc (IscExperiment *experiment)
{
  IscWeights *weights = g_new0 (IscWeights, 1);

  isc_ref_count_init (&weights->ref_count);
  weights->experiment = isc_experiment_ref (experiment);
  weights->entries = g_ptr_array_new_with_free_func (isc_weight_entry_free);
  return weights;
}

static gboolean
read_options (IscWeightsMaker *maker, GError **error)
{
  IscExperiment *experiment = maker->experiment;

  maker->summary = isc_summary_options_default ();
  return isc_bin_rule_parse (isc_experiment_get_bins (experiment), &maker->summary.bins, error)
         && isc_histogram_range_parse (isc_experiment_get_range (experiment), &maker->summary.range,
                                       error)
         && isc_bandwidth_rule_parse (isc_experiment_get_bandwidth (experiment),
                                      &maker->summary.bandwidth, error)
         && isc_kernel_parse (isc_experiment_get_kernel (experiment), &maker->summary.kernel,
                              error);
}

IscWeights *
isc_weights_new (IscExperiment *experiment,
                 gboolean with_summary,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (IscWeights) weights = NULL;
  IscWeightsMaker maker
      = { .experiment = experiment, .with_summary = with_summary, .cancellable = cancellable };
  gboolean made;

  g_return_val_if_fail (experiment != NULL, NULL);

  weights = weights_alloc (experiment);
  maker.entries = weights->entries;
  if (!read_options (&maker, error))
    return NULL;

  made = isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_INITS
             ? isc_weights_make_inits (&maker, error)
             : isc_weights_make_section (&maker, error);
  return made ? g_steal_pointer (&weights) : NULL;
}

IscWeights *
isc_weights_new_given (IscExperiment *experiment,
                       GPtrArray *tensors,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (IscWeights) weights = NULL;
  IscWeightsMaker maker
      = { .experiment = experiment, .with_summary = TRUE, .cancellable = cancellable };

  g_return_val_if_fail (experiment != NULL, NULL);

  weights = weights_alloc (experiment);
  maker.entries = weights->entries;
  if (!read_options (&maker, error))
    return NULL;
  for (guint i = 0; i < tensors->len; i++)
    {
      IscTensor *tensor = tensors->pdata[i];
      const char *name = isc_tensor_get_name (tensor) ? isc_tensor_get_name (tensor) : "tensor";
      g_autoptr (IscTensor) named = isc_tensor_rename (tensor, name);

      if (!isc_weights_add_entry (&maker, name, named, 0, &(IscWeightOrigin){ 0 }, error))
        return NULL;
    }
  return g_steal_pointer (&weights);
}

IscWeights *
isc_weights_new_defaults (IscExperiment *experiment,
                          const IscDefaultLibrary *library,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (IscWeights) weights = NULL;
  IscWeightsMaker maker
      = { .experiment = experiment, .with_summary = TRUE, .cancellable = cancellable };

  g_return_val_if_fail (experiment != NULL, NULL);

  weights = weights_alloc (experiment);
  maker.entries = weights->entries;
  if (!read_options (&maker, error) || !isc_weights_make_defaults (&maker, library, error))
    return NULL;
  return g_steal_pointer (&weights);
}

/* What says how weights are counted and shown, and not which they are. */
static const char *const counting[]
    = { "bins", "range", "stat", "bandwidth", "kernel", "title", NULL };

gboolean
isc_weights_are_of (const IscWeights *weights, const IscExperiment *experiment)
{
  g_autofree char *made = NULL;
  g_autofree char *asked = NULL;

  if (weights->experiment == experiment)
    return TRUE;
  made = isc_experiment_to_json_without (weights->experiment, counting);
  asked = isc_experiment_to_json_without (experiment, counting);
  return g_str_equal (made, asked);
}

IscWeights *
isc_weights_recount (IscWeights *weights,
                     IscExperiment *experiment,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (IscWeights) recounted = NULL;
  IscWeightsMaker maker
      = { .experiment = experiment, .with_summary = TRUE, .cancellable = cancellable };

  g_return_val_if_fail (isc_weights_are_of (weights, experiment), NULL);

  if (weights->experiment == experiment)
    return isc_weights_ref (weights);
  recounted = weights_alloc (experiment);
  maker.entries = recounted->entries;
  if (!read_options (&maker, error))
    return NULL;
  for (guint i = 0; i < weights->entries->len; i++)
    if (!isc_weights_recount_entry (&maker, weights->entries->pdata[i], weights->experiment, error))
      return NULL;
  return g_steal_pointer (&recounted);
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
