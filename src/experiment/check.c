/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the parts of an experiment fit each other.  Every part is valid by itself when this file
 * sees it, so that binding a call cannot fail here. */

#include "experiment/check.h"

#include "base/text.h"
#include "catalog/catalog.h"
#include "catalog/datasets/datasets.h"
#include "catalog/losses/losses.h"
#include "catalog/optimizers/optimizers.h"
#include "catalog/schedules/schedules.h"
#include "catalog/schemes/schemes.h"
#include "experiment/check-network.h"

/* Whether @call can fill every parameter it would be given. */
static void
check_scheme (IscCall *call,
              const IscCheckedParameter *parameter,
              const char *path,
              GPtrArray *problems)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments = isc_catalog_bind (ISC_KIND_SCHEME, call, &item, NULL);
  g_autoptr (GError) problem = NULL;

  if (isc_scheme_check ((const IscScheme *)item, arguments, &parameter->site, &problem))
    return;
  if (parameter->name)
    isc_problems_add (problems, path, "%s (for %s)", problem->message, parameter->name);
  else
    isc_problems_add (problems, path, "%s", problem->message);
}

static void
check_rule_names (const IscRule *rule,
                  const char *suffix,
                  const char *path,
                  GArray *parameters,
                  GPtrArray *problems)
{
  for (guint i = 0; rule->names && i < rule->names->len; i++)
    {
      const char *name = rule->names->pdata[i];
      const char *nearest = NULL;
      guint least = G_MAXUINT;

      if (g_str_equal (name, "*"))
        continue;
      for (guint j = 0; j < parameters->len && least > 0; j++)
        {
          const IscCheckedParameter *parameter
              = &g_array_index (parameters, IscCheckedParameter, j);
          guint distance = isc_text_distance (name, parameter->name);

          if (!g_str_has_suffix (parameter->name, suffix) || distance >= least)
            continue;
          nearest = parameter->name;
          /* The distance looks past case, and names do not. */
          least = g_str_equal (name, nearest) ? 0 : MAX (distance, 1);
        }
      if (!nearest)
        isc_problems_add (problems, path, "the network has no '%s'", name);
      else if (least > 0)
        isc_problems_add (problems, path, "the network has no '%s' that is a %s: the nearest is %s",
                          name, suffix + 1, nearest);
    }
}

static void
check_rule (const IscExperiment *experiment,
            guint index,
            gboolean bias,
            GArray *parameters,
            GPtrArray *problems)
{
  const IscInit *init = experiment->inits->pdata[index];
  const char *suffix = bias ? ".bias" : ".weight";
  g_autofree char *path = g_strdup_printf ("inits[%u]%s", index, suffix);
  g_autoptr (GHashTable) failed = g_hash_table_new (NULL, NULL);

  check_rule_names (bias ? &init->bias : &init->weight, suffix, path, parameters, problems);
  for (guint i = 0; i < parameters->len; i++)
    {
      const IscCheckedParameter *parameter = &g_array_index (parameters, IscCheckedParameter, i);
      IscCall *call;
      guint before = problems->len;

      if (!g_str_has_suffix (parameter->name, suffix))
        continue;
      call = isc_experiment_get_init (experiment, index, parameter->name);
      /* A scheme that cannot fill one weight says so once, not for each of a hundred layers. */
      if (!call || g_hash_table_contains (failed, call))
        continue;
      check_scheme (call, parameter, path, problems);
      if (problems->len > before)
        g_hash_table_add (failed, call);
    }
}

/* The shape of the last layer's output against what the targets need. */
static void
check_width (
    const IscFlow *flow, gint64 width, const char *what, const char *data, GPtrArray *problems)
{
  g_autofree char *text = NULL;

  if (flow->shape.n_dims == 0 || (flow->shape.n_dims == 1 && flow->shape.dims[0] == width))
    return;
  text = isc_shape_to_text (&flow->shape, "×");
  isc_problems_add (problems, flow->source, "gives %s outputs, and %s has %" G_GINT64_FORMAT " %s",
                    text, data, width, what);
}

static void
check_loss (const IscExperiment *experiment,
            const IscDataInfo *info,
            const IscFlow *flow,
            GPtrArray *problems)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments
      = isc_catalog_bind (ISC_KIND_LOSS, experiment->loss, &item, NULL);
  const char *data = isc_call_get_name (experiment->data);
  gboolean wants_classes = ((const IscLoss *)item)->wants_classes;
  gboolean has_classes = info->n_classes != 0;
  GError *problem = NULL;

  if (flow->shape.n_dims == 1
      && !isc_loss_check ((const IscLoss *)item, arguments, (gsize)flow->shape.dims[0], &problem))
    isc_problems_take (problems, "loss", problem);
  if (!info->known)
    return;
  if (wants_classes != has_classes)
    isc_problems_add (problems, "loss", "%s compares with %s, and %s has %s", item->id,
                      wants_classes ? "classes" : "values", data,
                      has_classes ? "classes" : "values");
  else if (info->n_classes > 0)
    check_width (flow, info->n_classes, "classes", data, problems);
  else if (!has_classes)
    check_width (flow, info->n_targets, "target values", data, problems);
}

static void
check_optimizer (const IscExperiment *experiment, GPtrArray *problems)
{
  const IscItem *item;
  g_autoptr (IscArguments) arguments
      = isc_catalog_bind (ISC_KIND_OPTIMIZER, experiment->optimizer, &item, NULL);
  const IscOptimizer *optimizer = (const IscOptimizer *)item;
  GError *problem = NULL;

  if (optimizer->check && !optimizer->check (arguments, &problem))
    isc_problems_take (problems, "optimizer", problem);
}

/* How many positions of a schedule a run on @n_examples has; 0 if that is not known. */
static gsize
count_positions (const IscExperiment *experiment, gsize n_examples, gboolean by_step)
{
  gsize batch = (gsize)experiment->batch_size;
  gsize epochs = (gsize)experiment->epochs;
  gsize steps = (gsize)experiment->steps;
  /* Without batches an epoch is a step. */
  gsize stride = batch == 0 ? 1 : (n_examples + batch - 1) / batch;

  if (by_step)
    return steps > 0 ? steps : epochs * stride;
  if (epochs > 0)
    return epochs;
  return stride > 0 ? (steps + stride - 1) / stride : 0;
}

static void
check_schedule (const IscExperiment *experiment, gsize n_examples, GPtrArray *problems)
{
  const IscItem *item, *optimizer;
  g_autoptr (IscArguments) arguments = NULL;
  gsize planned;
  GError *problem = NULL;

  if (!experiment->schedule)
    return;
  arguments = isc_catalog_bind (ISC_KIND_SCHEDULE, experiment->schedule, &item, NULL);
  optimizer
      = isc_catalog_find (ISC_KIND_OPTIMIZER, isc_call_get_name (experiment->optimizer), NULL);
  planned = count_positions (experiment, n_examples, isc_schedule_is_by_step (arguments));
  if (!isc_schedule_check ((const IscSchedule *)item, arguments, (const IscOptimizer *)optimizer,
                           planned, &problem))
    isc_problems_take (problems, "schedule", problem);
}

static void
check_training (const IscExperiment *experiment, GPtrArray *problems)
{
  g_auto (IscFlow) flow = { 0 };
  g_autoptr (GArray) parameters = isc_checked_parameters_new ();
  const IscItem *item;
  g_autoptr (IscArguments) arguments
      = isc_catalog_bind (ISC_KIND_DATASET, experiment->data, &item, NULL);
  IscDataInfo info = { 0 };
  GError *problem = NULL;
  gint64 count;

  if (!isc_dataset_check ((const IscDataset *)item, arguments, &problem))
    isc_problems_take (problems, "data", g_steal_pointer (&problem));
  ((const IscDataset *)item)->describe (arguments, &info);
  if (!isc_shape_count (&info.input, &count, &problem))
    isc_problems_take (problems, "data", problem);
  flow.trains = TRUE;
  flow.n_examples = isc_dataset_count_training ((const IscDataset *)item, arguments);
  flow.shape = info.input;
  flow.source = g_strdup (item->id);

  isc_check_modules (experiment, experiment->network, "network", &flow, parameters, problems);
  for (guint i = 0; i < experiment->inits->len; i++)
    {
      check_rule (experiment, i, FALSE, parameters, problems);
      check_rule (experiment, i, TRUE, parameters, problems);
    }
  if (parameters->len > 0)
    check_loss (experiment, &info, &flow, problems);
  check_optimizer (experiment, problems);
  check_schedule (experiment, flow.n_examples, problems);
}

/* Whether @call, a scheme of the weights section, sets @parameter. */
static gboolean
is_set_by (const IscExperiment *experiment,
           const IscCheckedParameter *parameter,
           const IscCall *call)
{
  const IscItem *item = isc_catalog_find (ISC_KIND_SCHEME, isc_call_get_name (call), NULL);

  return !parameter->layer
         || isc_layer_is_set_by (parameter->layer, &parameter->described, (const IscScheme *)item,
                                 experiment->weights_target == ISC_WEIGHTS_OF_LAYER);
}

/* The first weight, and the first bias, that the group's schemes cannot fill. */
static void
check_weights_schemes (const IscExperiment *experiment, GArray *parameters, GPtrArray *problems)
{
  for (guint side = 0; side < 2; side++)
    {
      IscCall *call = side ? experiment->weights_bias : experiment->weights_init;
      const char *path = side ? "weights.bias" : "weights.init";

      guint start = problems->len;

      for (guint i = 0; call && i < parameters->len && problems->len == start; i++)
        {
          const IscCheckedParameter *parameter
              = &g_array_index (parameters, IscCheckedParameter, i);

          if (parameter->described.is_bias == (side == 1)
              && is_set_by (experiment, parameter, call))
            check_scheme (call, parameter, path, problems);
        }
    }
}

/* A pin is compared by the first weight alone. */
static void
check_pins (const IscExperiment *experiment, GArray *parameters, GPtrArray *problems)
{
  const IscCheckedParameter *first = NULL;

  for (guint i = 0; i < parameters->len && !first; i++)
    if (!g_array_index (parameters, IscCheckedParameter, i).described.is_bias)
      first = &g_array_index (parameters, IscCheckedParameter, i);
  for (guint i = 0; first && i < experiment->pins->len; i++)
    {
      IscCall *init = g_array_index (experiment->pins, IscPin, i).init;
      g_autofree char *path = g_strdup_printf ("weights.pins[%u]", i);

      if (init && is_set_by (experiment, first, init))
        check_scheme (init, first, path, problems);
      else if (!init && experiment->weights_target == ISC_WEIGHTS_OF_TENSOR)
        isc_problems_add (problems, path,
                          "a bare tensor needs a scheme, such as xavier_uniform_()");
    }
}

static void
check_weights_tensor (const IscExperiment *experiment, GPtrArray *problems)
{
  IscCheckedParameter parameter = { .site = isc_site_of_shape (&experiment->weights_shape) };

  if (experiment->weights_init)
    check_scheme (experiment->weights_init, &parameter, "weights.init", problems);
  else
    isc_problems_add (problems, "weights.init",
                      "a bare tensor needs a scheme, such as xavier_uniform_()");
  if (experiment->weights_bias)
    isc_problems_add (problems, "weights.bias", "a bare tensor has no bias");
}

/* Lists the parameters of the weights section's layer or network; of a bare tensor, its only one.
 */
static void
list_weights (const IscExperiment *experiment, GArray *parameters, GPtrArray *problems)
{
  g_auto (IscFlow) flow = { 0 };
  IscCheckedParameter bare = { 0 };
  gint64 total = 0;

  switch (experiment->weights_target)
    {
    case ISC_WEIGHTS_OF_TENSOR:
      bare.site = isc_site_of_shape (&experiment->weights_shape);
      g_array_append_val (parameters, bare);
      break;
    case ISC_WEIGHTS_OF_LAYER:
      {
        guint before = problems->len;
        const IscItem *item;
        g_autoptr (IscArguments) arguments
            = isc_catalog_bind (ISC_KIND_LAYER, experiment->weights_modules->pdata[0], &item, NULL);

        isc_check_layer (experiment, (const IscLayer *)item, arguments, "weights.layer", "",
                         parameters, &total, problems);
        isc_check_total (total, "weights.layer", problems);
        if (parameters->len == 0 && problems->len == before)
          isc_problems_add (problems, "weights.layer", "%s has no parameters %s", item->id,
                            isc_arguments_modules (arguments)->len > 0
                                ? "of its own: weights.network shows those of its modules"
                                : "with these arguments");
        break;
      }
    case ISC_WEIGHTS_OF_NETWORK:
      isc_check_modules (experiment, experiment->weights_modules, "weights.network", &flow,
                         parameters, problems);
      break;
    case ISC_WEIGHTS_OF_INITS:
    default:
      break;
    }
}

static void
check_weights (const IscExperiment *experiment, GPtrArray *problems)
{
  g_autoptr (GArray) parameters = isc_checked_parameters_new ();

  list_weights (experiment, parameters, problems);
  if (experiment->weights_target == ISC_WEIGHTS_OF_TENSOR)
    check_weights_tensor (experiment, problems);
  else if (experiment->weights_target != ISC_WEIGHTS_OF_INITS)
    check_weights_schemes (experiment, parameters, problems);
  check_pins (experiment, parameters, problems);
}

GPtrArray *
isc_experiment_check (const IscExperiment *experiment)
{
  GPtrArray *problems = isc_problems_new ();

  g_return_val_if_fail (experiment != NULL, problems);

  check_training (experiment, problems);
  check_weights (experiment, problems);
  return problems;
}

char *
isc_experiment_explain_idle_init (const IscExperiment *experiment)
{
  g_autoptr (GArray) parameters = isc_checked_parameters_new ();
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  const IscCheckedParameter *first = NULL;
  g_autofree char *shape = NULL;

  g_return_val_if_fail (experiment != NULL, NULL);

  if (!experiment->weights_init)
    return NULL;
  list_weights (experiment, parameters, problems);
  for (guint i = 0; i < parameters->len; i++)
    {
      const IscCheckedParameter *parameter = &g_array_index (parameters, IscCheckedParameter, i);

      if (parameter->described.is_bias)
        continue;
      if (is_set_by (experiment, parameter, experiment->weights_init))
        return NULL;
      if (!first)
        first = parameter;
    }
  if (!first)
    return NULL;
  shape = isc_shape_to_text (&first->described.shape, "×");
  return g_strdup_printf ("%s sets nothing here: it does not apply to %s, of shape %s, in %s",
                          isc_call_get_name (experiment->weights_init), first->name, shape,
                          first->layer->item.id);
}
