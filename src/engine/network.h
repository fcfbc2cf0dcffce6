/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"
#include "base/real.h"
#include "base/tensor.h"
#include "catalog/modules.h"
#include "catalog/losses/losses.h"
#include "catalog/schemes/schemes.h"

/**
 * IscNetwork:
 *
 * A network in memory: its modules, parameters, gradients and the buffers for one batch, all
 * allocated when it is made.
 */
typedef struct _IscNetwork IscNetwork;

/**
 * isc_network_new:
 * @modules: (element-type IscCall): the lines of the network
 * @generator: draws the default initialization, module by module as they are constructed
 * @input: (nullable): the shape of one example; %NULL for a network that only has weights
 * @max_batch: examples in the largest batch; 0 for a network that only has weights
 * @error: return location
 *
 * Constructs a network as nn.Sequential would.
 *
 * Returns: (transfer full) (nullable): the network; %NULL with ISC_ERROR_INVALID ("network[2]:
 * ...") or ISC_ERROR_RESOURCE
 */
IscNetwork *isc_network_new (GPtrArray *modules,
                             IscGenerator *generator,
                             const IscShape *input,
                             gsize max_batch,
                             GError **error);
void isc_network_free (IscNetwork *network);

/**
 * IscNetworkFind:
 * @parameter: a parameter's full name, "0.weight"
 * @is_bias: whether it is a bias
 *
 * Returns: (transfer none) (nullable): the scheme to set it by; %NULL to leave it as constructed
 */
typedef IscCall *(*IscNetworkFind) (const char *parameter, gboolean is_bias, gpointer data);

/**
 * IscNetworkInit:
 * @find: says which scheme sets a parameter
 * @data: handed to @find
 * @every_layer: whether layers are included that a script's usual f leaves alone: see
 *   isc_layer_is_set_by()
 * @fans: how fans are counted
 * @pytorch: whose numbers
 * @inputs: (nullable): examples that schemes which measure may look at, at most the network's
 *   largest batch; the network needs to have been made with an input
 * @n_inputs: how many
 * @cancellable: (nullable): asked by schemes that take long
 *
 * The f of network.apply(f).
 */
typedef struct
{
  IscNetworkFind find;
  gpointer data;
  gboolean every_layer;
  IscFans fans;
  IscPytorch pytorch;
  const float *inputs;
  gsize n_inputs;
  GCancellable *cancellable;
} IscNetworkInit;

/**
 * isc_network_apply:
 *
 * network.apply(f): for each layer that takes an init, in order, sets its parameters in order.
 * Which they are, isc_layer_is_set_by() says.
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, its message beginning with the parameter's name
 */
gboolean isc_network_apply (IscNetwork *network,
                            const IscNetworkInit *init,
                            IscGenerator *generator,
                            GError **error);

guint isc_network_get_n_parameters (const IscNetwork *network);

/** isc_network_get_parameter: Returns: (transfer none): parameter @index, named "0.weight" */
IscTensor *isc_network_get_parameter (const IscNetwork *network, guint index);

/** isc_network_is_bias: Returns: whether parameter @index is a bias, by what its layer says */
gboolean isc_network_is_bias (const IscNetwork *network, guint index);

/** isc_network_get_init: Returns: (transfer none) (nullable): the scheme that set parameter @index,
 * as isc_network_apply() was told; %NULL if it is as constructed */
IscCall *isc_network_get_init (const IscNetwork *network, guint index);

/** isc_network_get_weights: Returns: (transfer none): what is trained of parameter @index: the
 * tensor's own numbers; in double a copy, made after construction and by isc_network_apply() */
IscReal *isc_network_get_weights (const IscNetwork *network, guint index);

/** isc_network_get_gradient: Returns: (transfer none): its gradient after a backward pass */
IscReal *isc_network_get_gradient (const IscNetwork *network, guint index);

/** isc_network_get_buffers: @n: (out): how many; Returns: (transfer none) (array length=n): what
 * its layers keep between batches besides parameters, to be saved and put back; running statistics
 */
IscReal *isc_network_get_buffers (IscNetwork *network, gsize *n);

/** isc_network_get_owner: Returns: which module parameter @index belongs to */
guint isc_network_get_owner (const IscNetwork *network, guint index);

/** isc_network_get_n_modules: Returns: how many modules there are, those within blocks among them:
 * a Residual follows the modules of its block, and its output is the sum */
guint isc_network_get_n_modules (const IscNetwork *network);

/** isc_network_describe_module: Returns: (transfer none): module @index: what it is, and where */
const IscModule *isc_network_describe_module (const IscNetwork *network, guint index);

/** isc_network_get_shape: Returns: (transfer none): the shape of one example's output of module
 * @index */
const IscShape *isc_network_get_shape (const IscNetwork *network, guint index);

/** isc_network_get_bytes: Returns: the memory of its parameters, gradients and batch */
gsize isc_network_get_bytes (const IscNetwork *network);

/** isc_network_get_output_width: Returns: outputs of one example */
gsize isc_network_get_output_width (const IscNetwork *network);

/** isc_network_set_training: @training: whether forward passes are for training, as at first, or
 * for evaluation: network.train() and network.eval() */
void isc_network_set_training (IscNetwork *network, gboolean training);

/** isc_network_set_generator: @generator: (nullable): what dropout draws from; it is to outlive the
 * network */
void isc_network_set_generator (IscNetwork *network, IscGenerator *generator);

/** isc_network_get_generator: Returns: (transfer none) (nullable): what dropout draws from */
IscGenerator *isc_network_get_generator (const IscNetwork *network);

/**
 * IscNetworkProbe:
 * @module: a module
 * @outputs: what it gave for a batch
 * @gradient: dL/d of that
 *
 * Told of every module by a backward pass, the last first.
 */
typedef void (*IscNetworkProbe) (guint module,
                                 const IscReal *outputs,
                                 const IscReal *gradient,
                                 gpointer data);

/** isc_network_set_probe: @probe: (nullable): who is told; costs nothing when there is none */
void isc_network_set_probe (IscNetwork *network, IscNetworkProbe probe, gpointer data);

/**
 * isc_network_forward:
 * @x: (batch, input): examples; kept, not copied, until the backward pass
 *
 * Returns: (transfer none): (batch, output width), valid until the next forward pass
 */
const IscReal *isc_network_forward (IscNetwork *network, const IscReal *x, gsize batch);

/**
 * IscNetworkReady:
 * @parameter: a parameter whose gradient is complete
 *
 * Told of every parameter by a backward pass, when the pass needs neither it nor its gradient any
 * more and both are still at hand for the processor.
 */
typedef void (*IscNetworkReady) (guint parameter, gpointer data);

/**
 * isc_network_backward:
 * @d_outputs: (batch, output width): the loss's gradient by the outputs; overwritten
 * @ready: (nullable): who is told of gradients
 *
 * Fills every parameter's gradient, after a forward pass of the same batch.
 */
void isc_network_backward (
    IscNetwork *network, IscReal *d_outputs, gsize batch, IscNetworkReady ready, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscNetwork, isc_network_free)
