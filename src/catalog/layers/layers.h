/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"
#include "base/law.h"
#include "catalog/item.h"

/** The most parameters that one layer may have. */
#define ISC_LAYER_MAX_PARAMETERS 8

/**
 * IscLayerParameter:
 * @name: "weight", "bias"
 * @shape: as PyTorch stores it
 */
typedef struct
{
  const char *name;
  IscShape shape;
} IscLayerParameter;

/**
 * IscLayer:
 * @item: the head
 * @takes_init: whether an init's weight and bias are applied to it: Linear and Conv
 * @list_parameters: lists its parameters in PyTorch's order and returns how many
 * @initialize: PyTorch's default initialization of @parameter (an index), drawing in PyTorch's
 * order
 * @law: the law of a weight of @parameter under @initialize
 * @describe: (transfer full): that law's formula with its numbers filled in
 * @expected_input: (nullable): the shape of one example's input, if its arguments tell it
 * @infer_shape: the shape of one example's output (no batch dimension) from that of its input
 * @forward: y = f(x) for @batch examples; all arrays row-major, one example a row
 * @backward: from dL/dy to dL/dx (%NULL if not wanted) and dL/dparameters (overwritten)
 *
 * A layer with parameters.
 */
typedef struct
{
  IscItem item;
  gboolean takes_init;
  guint (*list_parameters) (const IscArguments *arguments,
                            IscLayerParameter parameters[ISC_LAYER_MAX_PARAMETERS]);
  void (*initialize) (const IscArguments *arguments,
                      guint parameter,
                      IscGenerator *generator,
                      IscTensor *tensor);
  IscLaw (*law) (const IscArguments *arguments, guint parameter);
  char *(*describe) (const IscArguments *arguments, guint parameter);
  IscShape (*expected_input) (const IscArguments *arguments);
  gboolean (*infer_shape) (const IscArguments *arguments,
                           const IscShape *input,
                           IscShape *output,
                           GError **error);
  void (*forward) (const IscArguments *arguments,
                   const float *const *parameters,
                   const float *x,
                   float *y,
                   gsize batch);
  void (*backward) (const IscArguments *arguments,
                    const float *const *parameters,
                    const float *x,
                    const float *dy,
                    float *dx,
                    float *const *gradients,
                    gsize batch);
} IscLayer;

/** isc_layers_get: Returns: (array length=n): the list of layers */
const IscItem *const *isc_layers_get (guint *n);
