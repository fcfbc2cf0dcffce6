/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"
#include "base/law.h"
#include "base/real.h"
#include "catalog/item.h"
#include "catalog/schemes/schemes.h"
#include "catalog/site.h"

/** The longest name of a layer's parameter, with its end: "weight_ih_l63_reverse". */
#define ISC_LAYER_MAX_NAME 32

/**
 * IscLayerParameter:
 * @name: as in PyTorch: "weight", "bias", "weight_ih_l0"
 * @shape: as PyTorch stores it
 * @is_bias: whether an init's bias is meant for it, not its weight
 * @in_linear: whether it belongs to a Linear within the layer, which network.apply(f) reaches
 * @fan_in: inputs of one output, by what the layer does: per group, per gate; 0 if PyTorch's count,
 *   from the shape alone, is the same
 * @fan_out: outputs that one input reaches, likewise
 *
 * One parameter of a layer.  A plain value.
 */
typedef struct
{
  char name[ISC_LAYER_MAX_NAME];
  IscShape shape;
  gboolean is_bias;
  gboolean in_linear;
  gint64 fan_in;
  gint64 fan_out;
} IscLayerParameter;

/**
 * IscLayerBuffer:
 * @name: as in PyTorch: "running_mean"
 * @count: how many numbers
 * @initial: what each is at the start
 *
 * Numbers that a layer keeps between steps and no optimizer touches.  A plain value.
 */
typedef struct
{
  char name[ISC_LAYER_MAX_NAME];
  gsize count;
  IscReal initial;
} IscLayerBuffer;

/**
 * IscPass:
 * @arguments: the layer's
 * @input: the shape of one example's input
 * @output: that of its output
 * @parameters: (array length=n_parameters): the layer's parameters
 * @n_parameters: how many there are
 * @gradients: (array): dL/dparameters, overwritten by a backward pass
 * @buffers: (array): its buffers, which a forward pass in training may change
 * @scratch: memory that is the layer's from a forward pass to its backward pass
 * @skip: (nullable): for a Residual, what came to its block
 * @batch: examples
 * @training: whether this is training, or evaluation
 * @generator: (nullable): what a forward pass in training draws from
 *
 * What a layer is given to run over a batch.  All arrays are row-major, one example a row.
 */
typedef struct
{
  const IscArguments *arguments;
  IscShape input;
  IscShape output;
  const IscReal *const *parameters;
  guint n_parameters;
  IscReal *const *gradients;
  IscReal *const *buffers;
  IscReal *scratch;
  const IscReal *skip;
  gsize batch;
  gboolean training;
  IscGenerator *generator;
} IscPass;

/**
 * IscLayer:
 * @item: the head
 * @takes_init: whether a network's init is applied to it: Linear and the convolutions
 * @check: (nullable): refuses arguments that do not fit each other, with ISC_ERROR_INVALID
 * @count_parameters: how many parameters it has
 * @get_parameter: describes parameter @index, in PyTorch's order; this and the three below may be
 *   %NULL for a layer without parameters
 * @initialize: PyTorch's default initialization of all of them, drawing in PyTorch's order, which
 *   need not be theirs; @tensors has one of each, all zeros
 * @law: the law of a weight of parameter @index under @initialize
 * @describe: (transfer full): that law's formula with its numbers filled in
 * @expected_input: (nullable): the shape of one example's input, if its arguments tell it
 * @count_indices: (nullable): of a layer whose inputs are whole numbers from 0, and so the data
 *   themselves: how many there are
 * @infer_shape: (nullable): the shape of one example's output (no batch dimension) from that of its
 *   input; this and the two below are %NULL for a layer that can't be trained
 * @needs_batch: (nullable): whether a batch of a single example leaves it nothing to train with
 * @count_buffers: (nullable): how many buffers it has
 * @get_buffer: (nullable): describes buffer @index
 * @measure_scratch: (nullable): floats of scratch memory for @batch examples
 * @forward: (nullable): y = f(x)
 * @backward: (nullable): after a forward pass of the same batch, from dL/dy to dL/dx (%NULL if not
 *   wanted) and dL/dparameters
 *
 * A layer with parameters.
 */
typedef struct
{
  IscItem item;
  gboolean takes_init;
  gboolean (*check) (const IscArguments *arguments, GError **error);
  guint (*count_parameters) (const IscArguments *arguments);
  void (*get_parameter) (const IscArguments *arguments, guint index, IscLayerParameter *parameter);
  void (*initialize) (const IscArguments *arguments,
                      IscGenerator *generator,
                      IscTensor *const *tensors);
  IscLaw (*law) (const IscArguments *arguments, guint index);
  char *(*describe) (const IscArguments *arguments, guint index);
  IscShape (*expected_input) (const IscArguments *arguments);
  gint64 (*count_indices) (const IscArguments *arguments);
  gboolean (*infer_shape) (const IscArguments *arguments,
                           const IscShape *input,
                           IscShape *output,
                           GError **error);
  gboolean (*needs_batch) (const IscArguments *arguments, const IscShape *input);
  guint (*count_buffers) (const IscArguments *arguments);
  void (*get_buffer) (const IscArguments *arguments, guint index, IscLayerBuffer *buffer);
  gsize (*measure_scratch) (const IscArguments *arguments, const IscShape *input, gsize batch);
  void (*forward) (const IscPass *pass, const IscReal *x, IscReal *y);
  void (*backward) (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx);
} IscLayer;

/** isc_layers_get: Returns: (array length=n): the list of layers */
const IscItem *const *isc_layers_get (guint *n);

/**
 * isc_layer_check:
 *
 * Checks a layer's arguments against each other: groups that divide the channels.
 *
 * Returns: %FALSE with ISC_ERROR_INVALID
 */
gboolean isc_layer_check (const IscLayer *layer, const IscArguments *arguments, GError **error);

/**
 * isc_layer_can_train:
 *
 * Returns: whether it has a forward and a backward pass
 */
gboolean isc_layer_can_train (const IscLayer *layer);

/**
 * isc_layer_has_weights:
 *
 * Returns: whether it is of a kind that has parameters
 */
gboolean isc_layer_has_weights (const IscLayer *layer);

/**
 * isc_layer_infer_shape:
 * @input: the shape of one example's input
 * @output: (out): that of its output
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if @input does not fit, or if the layer can't be trained:
 * the message then names those that can
 */
gboolean isc_layer_infer_shape (const IscLayer *layer,
                                const IscArguments *arguments,
                                const IscShape *input,
                                IscShape *output,
                                GError **error);

/**
 * isc_layer_is_set_by:
 * @parameter: one of the layer's parameters
 * @scheme: an init's scheme for its weights, or for its biases
 * @alone: whether the init was asked for this layer, and not for the network it stands in
 *
 * An init of a network sets what a script's usual f in network.apply(f) does: Linear and the
 * convolutions.  One for a single layer sets any layer's parameters, but leaves a weight as it was
 * constructed that has not the dimensions the scheme is for: orthogonal_ is for an LSTM's matrices,
 * and has nothing to say of a BatchNorm's vector.
 *
 * Returns: whether @parameter is set
 */
gboolean isc_layer_is_set_by (const IscLayer *layer,
                              const IscLayerParameter *parameter,
                              const IscScheme *scheme,
                              gboolean alone);

/**
 * isc_layer_get_site:
 * @layer: a layer
 * @arguments: its arguments
 * @index: a parameter
 * @fans: how fans are counted
 *
 * Returns: where that parameter stands; the caller adds name, PyTorch's version and data
 */
IscSite isc_layer_get_site (const IscLayer *layer,
                            const IscArguments *arguments,
                            guint index,
                            IscFans fans);
