/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "experiment/experiment.h"

#include <string.h>

#include "base/ref-count.h"
#include "catalog/layers/layers.h"
#include "catalog/modules.h"
#include "experiment/experiment-private.h"
#include "experiment/fields.h"
#include "experiment/json.h"
#include "experiment/problem.h"

static void
call_free (gpointer call)
{
  if (call)
    isc_call_unref (call);
}

static void
rule_clear (IscRule *rule)
{
  g_clear_pointer (&rule->call, isc_call_unref);
  g_clear_pointer (&rule->names, g_ptr_array_unref);
  g_clear_pointer (&rule->calls, g_ptr_array_unref);
}

static void
init_free (gpointer data)
{
  IscInit *init = data;

  g_free (init->label);
  rule_clear (&init->weight);
  rule_clear (&init->bias);
  g_free (init);
}

/* Whether "network.apply(f)" reaches the parameter: its module is a Linear or a Conv. */
static gboolean
is_reached_by_apply (const IscExperiment *experiment, const char *parameter, const char *dot)
{
  g_autofree char *name = g_strndup (parameter, (gsize)(dot - parameter));
  g_autoptr (IscCall) call = isc_modules_find (experiment->network, name);
  const IscItem *item
      = call ? isc_catalog_find (ISC_KIND_LAYER, isc_call_get_name (call), NULL) : NULL;

  return item && ((const IscLayer *)item)->takes_init;
}

static void
pin_clear (gpointer data)
{
  g_clear_pointer (&((IscPin *)data)->init, isc_call_unref);
}

IscExperiment *
isc_experiment_alloc (void)
{
  IscExperiment *experiment = g_new0 (IscExperiment, 1);

  isc_ref_count_init (&experiment->ref_count);
  experiment->network = isc_calls_new ();
  experiment->inits = g_ptr_array_new_with_free_func (init_free);
  experiment->seeds = g_array_new (FALSE, FALSE, sizeof (guint64));
  experiment->weights_modules = isc_calls_new ();
  experiment->pins = g_array_new (FALSE, FALSE, sizeof (IscPin));
  g_array_set_clear_func (experiment->pins, pin_clear);
  return experiment;
}

gboolean
isc_rule_is_given (const IscRule *rule)
{
  return rule->call || rule->names;
}

GPtrArray *
isc_calls_new (void)
{
  return g_ptr_array_new_with_free_func (call_free);
}

IscInit *
isc_init_new (void)
{
  return g_new0 (IscInit, 1);
}

IscExperiment *
isc_experiment_new (void)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  IscExperiment *experiment = isc_experiment_from_json ("{}", -1, problems);

  /* The table of fields is part of the program: a default that is not valid is a mistake in it. */
  if (!experiment)
    g_error ("fields.c: %s", ((const IscProblem *)problems->pdata[0])->message);
  return experiment;
}

IscExperiment *
isc_experiment_ref (IscExperiment *experiment)
{
  isc_ref_count_inc (&experiment->ref_count);
  return experiment;
}

void
isc_experiment_unref (IscExperiment *experiment)
{
  if (!isc_ref_count_dec (&experiment->ref_count))
    return;
  g_free (experiment->title);
  call_free (experiment->data);
  g_ptr_array_unref (experiment->network);
  g_ptr_array_unref (experiment->inits);
  call_free (experiment->loss);
  call_free (experiment->optimizer);
  call_free (experiment->schedule);
  g_array_unref (experiment->seeds);
  g_ptr_array_unref (experiment->weights_modules);
  call_free (experiment->weights_init);
  call_free (experiment->weights_bias);
  g_free (experiment->bins);
  g_array_unref (experiment->pins);
  g_free (experiment->range);
  g_free (experiment->bandwidth);
  g_free (experiment);
}

gboolean
isc_experiment_equal (const IscExperiment *a, const IscExperiment *b)
{
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  if (a == b)
    return TRUE;
  /* The canonical form says everything and says it in one way. */
  text_a = isc_experiment_to_json (a);
  text_b = isc_experiment_to_json (b);
  return g_str_equal (text_a, text_b);
}

const char *
isc_experiment_get_title (const IscExperiment *experiment)
{
  return experiment->title;
}

IscCall *
isc_experiment_get_data (const IscExperiment *experiment)
{
  return experiment->data;
}

guint
isc_experiment_get_n_modules (const IscExperiment *experiment)
{
  return experiment->network->len;
}

IscCall *
isc_experiment_get_module (const IscExperiment *experiment, guint index)
{
  g_return_val_if_fail (index < experiment->network->len, NULL);
  return experiment->network->pdata[index];
}

GPtrArray *
isc_experiment_get_network (const IscExperiment *experiment)
{
  return experiment->network;
}

guint
isc_experiment_get_n_inits (const IscExperiment *experiment)
{
  return experiment->inits->len;
}

const char *
isc_experiment_get_init_label (const IscExperiment *experiment, guint index)
{
  g_return_val_if_fail (index < experiment->inits->len, NULL);
  return ((const IscInit *)experiment->inits->pdata[index])->label;
}

IscCall *
isc_experiment_get_init (const IscExperiment *experiment, guint index, const char *parameter)
{
  const char *dot = strrchr (parameter, '.');
  const IscInit *init;
  const IscRule *rule;
  guint place;

  g_return_val_if_fail (index < experiment->inits->len, NULL);

  init = experiment->inits->pdata[index];
  if (dot && g_str_equal (dot, ".weight"))
    rule = &init->weight;
  else if (dot && g_str_equal (dot, ".bias"))
    rule = &init->bias;
  else
    return NULL;

  if (rule->names && g_ptr_array_find_with_equal_func (rule->names, parameter, g_str_equal, &place))
    return rule->calls->pdata[place];
  if (!isc_rule_is_given (rule) || !is_reached_by_apply (experiment, parameter, dot))
    return NULL;
  if (rule->names && g_ptr_array_find_with_equal_func (rule->names, "*", g_str_equal, &place))
    return rule->calls->pdata[place];
  return rule->call;
}

char *
isc_experiment_get_init_text (const IscExperiment *experiment, guint index, gboolean bias)
{
  const IscInit *init;
  const IscRule *rule;

  g_return_val_if_fail (index < experiment->inits->len, NULL);

  init = experiment->inits->pdata[index];
  rule = bias ? &init->bias : &init->weight;
  if (rule->call)
    return isc_call_to_text (rule->call);
  return rule->names ? isc_rule_to_json (rule) : NULL;
}

IscCall *
isc_experiment_get_loss (const IscExperiment *experiment)
{
  return experiment->loss;
}

IscCall *
isc_experiment_get_optimizer (const IscExperiment *experiment)
{
  return experiment->optimizer;
}

IscCall *
isc_experiment_get_schedule (const IscExperiment *experiment)
{
  return experiment->schedule;
}

gint64
isc_experiment_get_batch_size (const IscExperiment *experiment)
{
  return experiment->batch_size;
}

gboolean
isc_experiment_get_shuffle (const IscExperiment *experiment)
{
  return experiment->shuffle;
}

gint64
isc_experiment_get_epochs (const IscExperiment *experiment)
{
  return experiment->epochs;
}

gint64
isc_experiment_get_steps (const IscExperiment *experiment)
{
  return experiment->steps;
}

double
isc_experiment_get_clip_grad_norm (const IscExperiment *experiment)
{
  return experiment->clip_grad_norm;
}

double
isc_experiment_get_clip_grad_value (const IscExperiment *experiment)
{
  return experiment->clip_grad_value;
}

double
isc_experiment_get_target_loss (const IscExperiment *experiment)
{
  return experiment->target_loss;
}

gint64
isc_experiment_get_observe_every (const IscExperiment *experiment)
{
  return experiment->observe_every;
}

guint
isc_experiment_get_n_seeds (const IscExperiment *experiment)
{
  return experiment->seeds->len;
}

guint64
isc_experiment_get_seed (const IscExperiment *experiment, guint index)
{
  g_return_val_if_fail (index < experiment->seeds->len, 0);
  return g_array_index (experiment->seeds, guint64, index);
}

gboolean
isc_experiment_get_reseed (const IscExperiment *experiment)
{
  return experiment->reseed;
}

IscPytorch
isc_experiment_get_pytorch (const IscExperiment *experiment)
{
  return experiment->pytorch;
}

IscWeightsTarget
isc_experiment_get_weights_target (const IscExperiment *experiment)
{
  return experiment->weights_target;
}

IscShape
isc_experiment_get_weights_shape (const IscExperiment *experiment)
{
  return experiment->weights_shape;
}

GPtrArray *
isc_experiment_get_weights_modules (const IscExperiment *experiment)
{
  return experiment->weights_modules;
}

IscCall *
isc_experiment_get_weights_init (const IscExperiment *experiment)
{
  return experiment->weights_init;
}

IscCall *
isc_experiment_get_weights_bias (const IscExperiment *experiment)
{
  return experiment->weights_bias;
}

guint64
isc_experiment_get_weights_seed (const IscExperiment *experiment)
{
  if (experiment->weights_seed_given)
    return experiment->weights_seed;
  return g_array_index (experiment->seeds, guint64, 0);
}

guint
isc_experiment_get_weights_color (const IscExperiment *experiment)
{
  return experiment->weights_color;
}

guint
isc_experiment_get_n_pins (const IscExperiment *experiment)
{
  return experiment->pins->len;
}

IscCall *
isc_experiment_get_pin_init (const IscExperiment *experiment, guint index)
{
  g_return_val_if_fail (index < experiment->pins->len, NULL);
  return g_array_index (experiment->pins, IscPin, index).init;
}

guint
isc_experiment_get_pin_color (const IscExperiment *experiment, guint index)
{
  g_return_val_if_fail (index < experiment->pins->len, 0);
  return g_array_index (experiment->pins, IscPin, index).color;
}

IscFans
isc_experiment_get_fans (const IscExperiment *experiment)
{
  return experiment->fans;
}

const char *
isc_experiment_get_bins (const IscExperiment *experiment)
{
  return experiment->bins;
}

const char *
isc_experiment_get_bandwidth (const IscExperiment *experiment)
{
  return experiment->bandwidth;
}

const char *
isc_experiment_get_range (const IscExperiment *experiment)
{
  return experiment->range;
}

const char *
isc_experiment_get_stat (const IscExperiment *experiment)
{
  return isc_fields_find ("stat")->choices[experiment->stat];
}

const char *
isc_experiment_get_kernel (const IscExperiment *experiment)
{
  return isc_fields_find ("kernel")->choices[experiment->kernel];
}
