/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/layers/layers.h"
#include "catalog/modules.h"
#include "engine/network.h"

/**
 * IscNetworkModule:
 * @bound: what the experiment says of it
 * @first_parameter: its first parameter's index in the network
 * @parameters: (array length=n_parameters): what is trained
 * @gradients: (array length=n_parameters): their gradients
 * @buffers: (array length=n_buffers): what it keeps between steps
 * @input: the shape of one example's input
 * @shape: that of its output
 * @width: numbers of one example's output
 * @output: (max_batch, width)
 * @scratch: what the layer keeps from a forward pass to its backward pass
 *
 * A module of a network in memory.
 */
typedef struct
{
  const IscModule *bound;
  guint first_parameter;
  guint n_parameters;
  guint n_buffers;
  IscReal **parameters;
  IscReal **gradients;
  IscReal **buffers;
  IscShape input;
  IscShape shape;
  gsize width;
  IscReal *output;
  IscReal *scratch;
} IscNetworkModule;

struct _IscNetwork
{
  GPtrArray *bound;
  IscNetworkModule *modules;
  guint n_modules;
  GPtrArray *parameters;
  GPtrArray *copies; /* of the parameters, in double; none in float */
  GPtrArray *inits;
  GArray *owners;
  gsize input_width;
  gsize max_width;
  gsize arena_size;
  gsize max_batch;
  const IscReal *input;
  IscGenerator *generator;
  IscNetworkProbe probe;
  gpointer probe_data;
  gboolean training;
  IscReal *arena;
  IscReal *spare[2];
  IscReal *buffers; /* every module's, one after another */
  gsize n_buffers;
};

/** isc_network_module_layer: Returns: (nullable): its layer; %NULL if it is an activation */
const IscLayer *isc_network_module_layer (const IscNetworkModule *module);

/** isc_network_fill_copies: what is trained becomes what the tensors hold, once they are
 * initialized; does nothing where it is the tensors' own numbers */
void isc_network_fill_copies (IscNetwork *network);

/** isc_network_forward_until: runs the first @end modules; Returns: what they give */
const IscReal *
isc_network_forward_until (IscNetwork *network, guint end, const IscReal *x, gsize batch);
