/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/check-network.h"

#include "catalog/activations/activations.h"
#include "catalog/catalog.h"
#include "experiment/problem.h"

static void
parameter_clear (gpointer data)
{
  g_free (((IscCheckedParameter *)data)->name);
}

/* The output of a layer whose input does not fit: what its weight, (fan_out, fan_in), says. */
static gboolean
guess_output (const IscLayer *layer, const IscArguments *arguments, IscShape *output)
{
  IscLayerParameter first;
  IscShape input;

  if (layer->count_parameters (arguments) == 0)
    return FALSE;
  layer->get_parameter (arguments, 0, &first);
  if (first.shape.n_dims != 2)
    return FALSE;
  input = isc_shape (1, first.shape.dims[1]);
  return layer->infer_shape (arguments, &input, output, NULL);
}

static void
flow_through (const IscLayer *layer,
              const IscArguments *arguments,
              const char *path,
              IscFlow *flow,
              GPtrArray *problems)
{
  GError *problem = NULL;
  IscShape output;

  if (!isc_layer_can_train (layer))
    {
      if (flow->trains
          && !isc_layer_infer_shape (layer, arguments, &flow->shape, &output, &problem))
        isc_problems_take (problems, path, problem);
      flow->known = FALSE;
    }
  else if (flow->known && isc_layer_infer_shape (layer, arguments, &flow->shape, &output, &problem))
    flow->shape = output;
  else
    {
      if (problem)
        isc_problems_add (problems, path, "%s from %s", problem->message, flow->source);
      g_clear_error (&problem);
      flow->known = guess_output (layer, arguments, &flow->shape);
    }
  g_free (flow->source);
  flow->source = g_strdup (path);
}

static void
check_activation (const IscActivation *activation,
                  const IscArguments *arguments,
                  const char *path,
                  const IscFlow *flow,
                  GPtrArray *problems)
{
  GError *problem = NULL;

  if (flow->known && !isc_activation_check (activation, arguments, &flow->shape, &problem))
    isc_problems_take (problems, path, problem);
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
                   GPtrArray *modules,
                   const char *path,
                   IscFlow *flow,
                   GArray *parameters,
                   GPtrArray *problems)
{
  guint before = problems->len;
  gint64 total = 0;

  for (guint i = 0; i < modules->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%u]", path, i);
      g_autofree char *prefix = g_strdup_printf ("%u.", i);
      const IscItem *item;
      IscKind kind;
      g_autoptr (IscArguments) arguments
          = isc_catalog_bind_module (modules->pdata[i], &kind, &item, NULL);

      if (kind == ISC_KIND_ACTIVATION)
        {
          check_activation ((const IscActivation *)item, arguments, place, flow, problems);
          continue;
        }
      flow_through ((const IscLayer *)item, arguments, place, flow, problems);
      isc_check_layer (experiment, (const IscLayer *)item, arguments, place, prefix, parameters,
                       &total, problems);
    }
  if (parameters->len == 0 && problems->len == before)
    isc_problems_add (problems, path, "has no layer with weights: add one, such as Linear(10, 3)");
  isc_check_total (total, path, problems);
}
