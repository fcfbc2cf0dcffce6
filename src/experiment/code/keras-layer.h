/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/code/plan.h"

/**
 * IscKerasLayer:
 * @id: PyTorch's name
 * @name: Keras's name
 * @n_spatial: dimensions a kernel slides along
 * @transposed: whether it is a transposed convolution
 * @in: PyTorch's name for how much goes in
 * @out: and for how much comes out
 *
 * A PyTorch layer as a Keras layer; its parameters are a kernel and a bias.
 */
typedef struct
{
  const char *id;
  const char *name;
  guint n_spatial;
  gboolean transposed;
  const char *in;
  const char *out;
} IscKerasLayer;

/** isc_keras_layer_find: Returns: (nullable): the layer that does in Keras what @module does in
 * PyTorch; %NULL if there is none */
const IscKerasLayer *isc_keras_layer_find (const IscModule *module);

/** isc_keras_layer_append: appends the layer's arguments but its initializers, one a line */
void isc_keras_layer_append (GString *text, const IscModule *module, const char *indent);

/**
 * isc_keras_layer_input:
 * @batch: whether the batch is one of the dimensions
 *
 * Returns: (transfer full): the shape of what goes in: "(None, 784)", "(None, None, 3)"
 */
char *isc_keras_layer_input (const IscModule *module, gboolean batch);

/** isc_keras_activation: Returns: (transfer full) (nullable): an activation in Keras's words; %NULL
 * if it has none */
char *isc_keras_activation (const IscModule *module);
