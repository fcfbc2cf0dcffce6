/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/layers/layers.h"
#include "catalog/modules.h"
#include "experiment/code.h"

/* What the languages of this folder write, and nobody else reads. */

/**
 * IscCodeParameter:
 * @name: as in a state_dict: "0.weight"; "weight" of a layer or a tensor
 * @module: which module of the network it belongs to
 * @is_bias: whether it is a bias
 * @owner: (nullable): the PyTorch class that network.apply(f) finds it in, "Linear"; %NULL if a
 *   network's init leaves it as constructed
 * @site: where it stands
 * @scheme: (nullable): what sets it; %NULL if it is left as constructed
 * @call: (nullable): the scheme's call
 * @arguments: (nullable): the call's arguments
 * @law: the law of one of its weights; kind none if there is none
 * @is_drawn: whether its weights are independent draws of @law, which then tells all
 * @formula: (nullable): that law's formula with its numbers filled in
 *
 * One tensor to be set.
 */
typedef struct
{
  char *name;
  guint module;
  gboolean is_bias;
  const char *owner;
  IscSite site;
  const IscScheme *scheme;
  IscCall *call;
  IscArguments *arguments;
  IscLaw law;
  gboolean is_drawn;
  char *formula;
} IscCodeParameter;

/**
 * IscCodeEntry:
 * @label: (nullable): the init's label
 * @parameters: (element-type IscCodeParameter): in the order they are set
 *
 * The same tensors under one init.
 */
typedef struct
{
  char *label;
  GPtrArray *parameters;
} IscCodeEntry;

/**
 * IscCodePlan:
 * @target: a tensor, a layer, a network, or the network under every entry of inits
 * @seed: what the generator is seeded with
 * @reseed: whether each entry begins with the seed
 * @data_first: whether a run draws its data before its network
 * @pytorch: whose numbers
 * @lines: (element-type IscCall): the lines of the network; one for a layer, none for a tensor
 * @modules: (element-type IscModule): the modules they stand for, blocks laid out flat
 * @entries: (element-type IscCodeEntry): at least one
 *
 * All that an experiment says of its weights, bound to the catalog and checked.
 */
struct _IscCodePlan
{
  IscWeightsTarget target;
  guint64 seed;
  gboolean reseed;
  gboolean data_first;
  IscPytorch pytorch;
  GPtrArray *lines;
  GPtrArray *modules;
  GPtrArray *entries;
};

/** isc_code_is_native: Returns: whether torch.nn.init has the scheme */
gboolean isc_code_is_native (const IscScheme *scheme);

/** isc_code_plan_new: Returns: (transfer full) (nullable): the plan, or %NULL as isc_code_new() */
IscCodePlan *isc_code_plan_new (const IscExperiment *experiment, GError **error);
void isc_code_plan_free (IscCodePlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscCodePlan, isc_code_plan_free)
