/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/code/plan.h"

#include "base/error.h"
#include "catalog/datasets/datasets.h"

static void
parameter_free (gpointer data)
{
  IscCodeParameter *parameter = data;

  g_free (parameter->name);
  g_free (parameter->formula);
  g_clear_pointer (&parameter->call, isc_call_unref);
  g_clear_pointer (&parameter->arguments, isc_arguments_unref);
  g_free (parameter);
}

static void
entry_free (gpointer data)
{
  IscCodeEntry *entry = data;

  g_free (entry->label);
  g_ptr_array_unref (entry->parameters);
  g_free (entry);
}

static IscCodeEntry *
add_entry (IscCodePlan *plan, const char *label)
{
  IscCodeEntry *entry = g_new0 (IscCodeEntry, 1);

  entry->label = g_strdup (label);
  entry->parameters = g_ptr_array_new_with_free_func (parameter_free);
  g_ptr_array_add (plan->entries, entry);
  return entry;
}

/* Lays the network out flat.  Its place in the document begins with @where. */
static gboolean
bind_modules (IscCodePlan *plan, const char *where, GError **error)
{
  GPtrArray *modules = isc_modules_new (plan->lines, error);

  if (!modules)
    {
      g_prefix_error (error, "%s", where);
      return FALSE;
    }
  g_ptr_array_unref (plan->modules);
  plan->modules = modules;
  for (guint i = 0; i < modules->len; i++)
    {
      const IscModule *module = isc_modules_get (modules, i);

      if (module->kind == ISC_KIND_LAYER
          && !isc_layer_check ((const IscLayer *)module->item, module->arguments, error))
        {
          g_autofree char *place = isc_module_get_place (module, "network");

          g_prefix_error (error, "%s%s: ", where, place);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether @law is one of independent weights. */
static gboolean
is_family (const IscLaw *law)
{
  return law->kind != ISC_LAW_NONE && law->kind != ISC_LAW_SPHERE && law->zeros == 0.0;
}

static gboolean
bind_scheme (IscCodeParameter *parameter, IscCall *call, GError **error)
{
  const IscItem *item;

  parameter->call = isc_call_ref (call);
  parameter->arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, error);
  parameter->scheme = (const IscScheme *)item;
  return parameter->arguments != NULL;
}

/* Leaves @parameter as constructed. */
static void
drop_scheme (IscCodeParameter *parameter)
{
  g_clear_pointer (&parameter->call, isc_call_unref);
  g_clear_pointer (&parameter->arguments, isc_arguments_unref);
  parameter->scheme = NULL;
}

/* What the bound scheme says of @parameter's weights. */
static gboolean
describe_scheme (IscCodeParameter *parameter, GError **error)
{
  if (!isc_scheme_check (parameter->scheme, parameter->arguments, &parameter->site, error))
    {
      g_prefix_error (error, "%s: ", parameter->name);
      return FALSE;
    }
  parameter->law = parameter->scheme->law (parameter->arguments, &parameter->site);
  /* icnr_ copies what it draws: its law is that of one weight only. */
  parameter->is_drawn
      = is_family (&parameter->law) && !g_str_equal (parameter->scheme->item.id, "icnr_");
  parameter->formula = parameter->scheme->describe (parameter->arguments, &parameter->site);
  return TRUE;
}

static gboolean
plan_tensor (IscCodePlan *plan, const IscExperiment *experiment, GError **error)
{
  IscCodeParameter *parameter = g_new0 (IscCodeParameter, 1);
  IscShape shape = isc_experiment_get_weights_shape (experiment);
  IscCall *call = isc_experiment_get_weights_init (experiment);

  g_ptr_array_add (add_entry (plan, NULL)->parameters, parameter);
  parameter->name = g_strdup ("weight");
  parameter->site = isc_site_of_shape (&shape);
  parameter->site.pytorch = plan->pytorch;
  if (!call)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "weights.init: a bare tensor has no default: name a scheme, such as "
                   "kaiming_normal_()");
      return FALSE;
    }
  return bind_scheme (parameter, call, error) && describe_scheme (parameter, error);
}

/* Which scheme sets a parameter, by the weights section or by entry @init of inits. */
static IscCall *
find_call (const IscExperiment *experiment,
           gboolean of_inits,
           guint init,
           const char *name,
           gboolean is_bias)
{
  if (of_inits)
    return isc_experiment_get_init (experiment, init, name);
  return is_bias ? isc_experiment_get_weights_bias (experiment)
                 : isc_experiment_get_weights_init (experiment);
}

/* All parameters of module @index, in PyTorch's order. */
static gboolean
plan_module (IscCodePlan *plan,
             const IscExperiment *experiment,
             guint init,
             guint index,
             IscCodeEntry *entry,
             GError **error)
{
  const IscModule *module = isc_modules_get (plan->modules, index);
  const IscLayer *layer = (const IscLayer *)module->item;
  gboolean alone = plan->target == ISC_WEIGHTS_OF_LAYER;

  if (module->kind != ISC_KIND_LAYER)
    return TRUE;
  for (guint i = 0; i < layer->count_parameters (module->arguments); i++)
    {
      IscCodeParameter *parameter = g_new0 (IscCodeParameter, 1);
      g_autofree char *full = NULL;
      IscLayerParameter described = { 0 };
      IscCall *call;

      g_ptr_array_add (entry->parameters, parameter);
      layer->get_parameter (module->arguments, i, &described);
      full = g_strdup_printf ("%s.%s", module->name, described.name);
      parameter->name = g_strdup (alone ? described.name : full);
      parameter->module = index;
      parameter->is_bias = described.is_bias;
      parameter->owner = described.in_linear ? "Linear" : layer->takes_init ? layer->item.id : NULL;
      parameter->site
          = isc_layer_get_site (layer, module->arguments, i, isc_experiment_get_fans (experiment));
      parameter->site.pytorch = plan->pytorch;
      parameter->site.name = parameter->name;

      call = find_call (experiment, plan->target == ISC_WEIGHTS_OF_INITS, init, full,
                        described.is_bias);
      if (call && !bind_scheme (parameter, call, error))
        return FALSE;
      if (call && !isc_layer_is_set_by (layer, &described, parameter->scheme, alone))
        drop_scheme (parameter);
      if (parameter->scheme)
        {
          if (!describe_scheme (parameter, error))
            return FALSE;
          continue;
        }
      parameter->law = layer->law (module->arguments, i);
      parameter->is_drawn = is_family (&parameter->law);
      parameter->formula = layer->describe (module->arguments, i);
    }
  return TRUE;
}

static gboolean
plan_modules (IscCodePlan *plan, const IscExperiment *experiment, GError **error)
{
  gboolean of_inits = plan->target == ISC_WEIGHTS_OF_INITS;
  guint n_entries = of_inits ? isc_experiment_get_n_inits (experiment) : 1;

  if (!bind_modules (plan, of_inits ? "" : "weights.", error))
    return FALSE;
  for (guint i = 0; i < n_entries; i++)
    {
      IscCodeEntry *entry
          = add_entry (plan, of_inits ? isc_experiment_get_init_label (experiment, i) : NULL);

      for (guint j = 0; j < plan->modules->len; j++)
        if (!plan_module (plan, experiment, i, j, entry, error))
          {
            if (of_inits)
              g_prefix_error (error, "inits[%u]: ", i);
            else
              g_prefix_error (error, "weights: ");
            return FALSE;
          }
    }
  return TRUE;
}

static gboolean
draws_from_run (const IscExperiment *experiment)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments
      = isc_catalog_bind (ISC_KIND_DATASET, isc_experiment_get_data (experiment), &item, NULL);
  const IscDataset *dataset = arguments ? (const IscDataset *)item : NULL;

  return dataset && dataset->draws_from_run && dataset->draws_from_run (arguments);
}

gboolean
isc_code_is_native (const IscScheme *scheme)
{
  static const char *const native[] = { "uniform_",
                                        "normal_",
                                        "trunc_normal_",
                                        "constant_",
                                        "ones_",
                                        "zeros_",
                                        "eye_",
                                        "dirac_",
                                        "xavier_uniform_",
                                        "xavier_normal_",
                                        "kaiming_uniform_",
                                        "kaiming_normal_",
                                        "orthogonal_",
                                        "sparse_",
                                        NULL };

  return g_strv_contains (native, scheme->item.id);
}

IscCodePlan *
isc_code_plan_new (const IscExperiment *experiment, GError **error)
{
  g_autoptr (IscCodePlan) plan = g_new0 (IscCodePlan, 1);
  gboolean of_inits;

  plan->target = isc_experiment_get_weights_target (experiment);
  of_inits = plan->target == ISC_WEIGHTS_OF_INITS;
  plan->seed = of_inits ? isc_experiment_get_seed (experiment, 0)
                        : isc_experiment_get_weights_seed (experiment);
  plan->reseed = isc_experiment_get_reseed (experiment);
  plan->data_first = of_inits && draws_from_run (experiment);
  plan->pytorch = isc_experiment_get_pytorch (experiment);
  plan->lines = g_ptr_array_ref (of_inits ? isc_experiment_get_network (experiment)
                                          : isc_experiment_get_weights_modules (experiment));
  plan->modules = g_ptr_array_new ();
  plan->entries = g_ptr_array_new_with_free_func (entry_free);

  if (plan->target == ISC_WEIGHTS_OF_TENSOR ? !plan_tensor (plan, experiment, error)
                                            : !plan_modules (plan, experiment, error))
    return NULL;
  return g_steal_pointer (&plan);
}

void
isc_code_plan_free (IscCodePlan *plan)
{
  g_clear_pointer (&plan->lines, g_ptr_array_unref);
  g_clear_pointer (&plan->modules, g_ptr_array_unref);
  g_clear_pointer (&plan->entries, g_ptr_array_unref);
  g_free (plan);
}
