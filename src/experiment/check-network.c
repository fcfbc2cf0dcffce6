/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/check-network.h"

#include "catalog/modules.h"
#include "experiment/batches.h"
#include "experiment/problem.h"

static void
parameter_clear (gpointer data)
{
  g_free (((IscCheckedParameter *)data)->name);
}

/* The output of a layer whose input is unknown or does not fit: what its weight, (fan_out, fan_in),
 * says.  Of no dimensions if it says nothing. */
static IscShape
guess_output (const IscModule *module)
{
  const IscLayer *layer = (const IscLayer *)module->item;
  IscLayerParameter first;
  IscShape input;
  IscShape output = { 0 };

  if (module->kind != ISC_KIND_LAYER || !isc_layer_can_train (layer) || layer->count_indices
      || layer->count_parameters (module->arguments) == 0)
    return output;
  layer->get_parameter (module->arguments, 0, &first);
  if (first.shape.n_dims != 2)
    return output;
  input = isc_shape (1, first.shape.dims[1]);
  return layer->infer_shape (module->arguments, &input, &output, NULL) ? output : (IscShape){ 0 };
}

/* Follows the shape through module @index of @modules, which stands at @place.  What comes after a
 * problem is guessed, so that one problem does not hide another. */
static void
flow_through (GPtrArray *modules,
              guint index,
              const char *place,
              IscFlow *flow,
              IscShape *shapes,
              GPtrArray *problems)
{
  const IscModule *module = isc_modules_get (modules, index);
  gboolean is_layer = module->kind == ISC_KIND_LAYER;
  gboolean trains = !is_layer || isc_layer_can_train ((const IscLayer *)module->item);
  gboolean sums = module->begin != index;
  gboolean known = shapes[index].n_dims > 0;
  GError *problem = NULL;

  if ((trains ? known || sums : flow->trains)
      && !isc_modules_infer_shape (modules, index, shapes, &problem))
    {
      /* Only a layer without a sum is told what comes by the one in front of it. */
      if (trains && is_layer && !sums)
        isc_modules_name_source (problem, flow->source);
      isc_problems_take (problems, place, problem);
      known = FALSE;
    }
  if (is_layer && !sums && (!known || !trains))
    shapes[index + 1] = guess_output (module);
  else if (!is_layer)
    shapes[index + 1] = shapes[index];
  if (is_layer)
    {
      g_free (flow->source);
      flow->source = g_strdup (place);
    }
}

/* A batch of one example that will come. */
static void
check_batches (const IscExperiment *experiment,
               GPtrArray *modules,
               const IscShape *shapes,
               const char *path,
               const IscFlow *flow,
               GPtrArray *problems)
{
  guint index = isc_modules_find_batch (modules, shapes);
  const IscModule *module = index < modules->len ? isc_modules_get (modules, index) : NULL;
  g_autofree char *why
      = module ? isc_batches_explain_single (experiment, module, flow->n_examples) : NULL;
  g_autofree char *place = module ? isc_module_get_place (module, path) : NULL;

  if (why)
    isc_problems_add (problems, place, "%s", why);
}

GArray *
isc_checked_parameters_new (void)
{
  GArray *parameters = g_array_new (FALSE, TRUE, sizeof (IscCheckedParameter));

  g_array_set_clear_func (parameters, parameter_clear);
  return parameters;
}

void
isc_flow_clear (IscFlow *flow)
{
  g_free (flow->source);
}

void
isc_check_layer (const IscExperiment *experiment,
                 const IscLayer *layer,
                 const IscArguments *arguments,
                 const char *path,
                 const char *prefix,
                 GArray *parameters,
                 gint64 *total,
                 GPtrArray *problems)
{
  g_autoptr (GError) unfit = NULL;
  guint n;

  if (!isc_layer_check (layer, arguments, &unfit))
    {
      isc_problems_add (problems, path, "%s", unfit->message);
      return;
    }
  n = layer->count_parameters (arguments);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) problem = NULL;
      IscCheckedParameter parameter = { .layer = layer };
      gint64 count;

      layer->get_parameter (arguments, i, &parameter.described);
      parameter.name = g_strconcat (prefix, parameter.described.name, NULL);
      parameter.site = isc_layer_get_site (layer, arguments, i, experiment->fans);
      parameter.site.pytorch = experiment->pytorch;
      parameter.site.name = parameter.name;
      g_array_append_val (parameters, parameter);
      if (isc_shape_count (&parameter.described.shape, &count, &problem))
        *total += count;
      else
        isc_problems_add (problems, path, "%s: %s", parameter.described.name, problem->message);
    }
}

void
isc_check_total (gint64 total, const char *path, GPtrArray *problems)
{
  if (total > ISC_TENSOR_MAX_ELEMENTS)
    isc_problems_add (problems, path,
                      "has %" G_GINT64_FORMAT " parameters in all: at most %" G_GINT64_FORMAT
                      " are allowed",
                      total, ISC_TENSOR_MAX_ELEMENTS);
}

void
isc_check_modules (const IscExperiment *experiment,
                   GPtrArray *lines,
                   const char *path,
                   IscFlow *flow,
                   GArray *parameters,
                   GPtrArray *problems)
{
  /* Every line has been bound when it was read. */
  g_autoptr (GPtrArray) modules = isc_modules_new (lines, NULL);
  g_autofree IscShape *shapes = g_new0 (IscShape, modules->len + 1);
  guint before = problems->len;
  gint64 total = 0;

  shapes[0] = flow->shape;
  for (guint i = 0; i < modules->len; i++)
    {
      const IscModule *module = isc_modules_get (modules, i);
      g_autofree char *place = isc_module_get_place (module, path);
      g_autofree char *prefix = g_strconcat (module->name, ".", NULL);

      flow_through (modules, i, place, flow, shapes, problems);
      if (module->kind == ISC_KIND_LAYER)
        isc_check_layer (experiment, (const IscLayer *)module->item, module->arguments, place,
                         prefix, parameters, &total, problems);
    }
  if (flow->trains)
    check_batches (experiment, modules, shapes, path, flow, problems);
  flow->shape = shapes[modules->len];
  if (parameters->len == 0 && problems->len == before)
    isc_problems_add (problems, path, "has no layer with weights: add one, such as Linear(10, 3)");
  isc_check_total (total, path, problems);
}
