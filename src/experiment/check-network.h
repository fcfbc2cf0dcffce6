/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/layers/layers.h"
#include "experiment/experiment-private.h"

/* Whether the modules of a network follow each other, for check.c alone. */

/**
 * IscCheckedParameter:
 * @name: (nullable): its name in the state_dict; %NULL for a bare tensor
 * @site: where it stands
 * @layer: (nullable): its layer; %NULL for a bare tensor
 * @described: what the layer says of it
 *
 * A parameter of a network.
 */
typedef struct
{
  char *name;
  IscSite site;
  const IscLayer *layer;
  IscLayerParameter described;
} IscCheckedParameter;

/**
 * IscFlow:
 * @trains: whether the network is to be trained, or only shows its weights
 * @n_examples: training examples; 0 if that is not known
 * @shape: of one example, where the walk is; of no dimensions if it is unknown
 * @source: the path of what gave it
 *
 * What flows through a network.
 */
typedef struct
{
  gboolean trains;
  gsize n_examples;
  IscShape shape;
  char *source;
} IscFlow;

/** isc_checked_parameters_new: Returns: (transfer full) (element-type IscCheckedParameter): a list
 */
GArray *isc_checked_parameters_new (void);

void isc_flow_clear (IscFlow *flow);

/**
 * isc_check_layer:
 * @path: the layer's place, for problems
 * @prefix: what its parameters' names begin with: "0."
 * @parameters: appended to
 * @total: (inout): the count of all numbers, added to
 * @problems: appended to
 *
 * Lists the parameters of one layer.
 */
void isc_check_layer (const IscExperiment *experiment,
                      const IscLayer *layer,
                      const IscArguments *arguments,
                      const char *path,
                      const char *prefix,
                      GArray *parameters,
                      gint64 *total,
                      GPtrArray *problems);

/** isc_check_total: whether so many numbers can be held */
void isc_check_total (gint64 total, const char *path, GPtrArray *problems);

/**
 * isc_check_modules:
 * @lines: (element-type IscCall): the network
 * @path: the list's place, for problems
 * @flow: (inout): what goes in, and what comes out
 *
 * Walks a network: shapes that follow, parameters that are listed, a size that can be held.
 */
void isc_check_modules (const IscExperiment *experiment,
                        GPtrArray *lines,
                        const char *path,
                        IscFlow *flow,
                        GArray *parameters,
                        GPtrArray *problems);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IscFlow, isc_flow_clear)
