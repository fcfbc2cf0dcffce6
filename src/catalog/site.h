/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/tensor.h"

/**
 * IscPytorch:
 * @ISC_PYTORCH_2_12: PyTorch 2.12 and later
 * @ISC_PYTORCH_2_11: PyTorch 2.11 and earlier
 *
 * Whose numbers: trunc_normal_ changed between the two.
 */
typedef enum
{
  ISC_PYTORCH_2_12,
  ISC_PYTORCH_2_11,
} IscPytorch;

/**
 * IscFans:
 * @ISC_FANS_PYTORCH: from the shape alone, as torch.nn.init counts them
 * @ISC_FANS_CORRECTED: from what the layer does: per group, per gate, the right way round
 *
 * How fan_in and fan_out are counted.  The two differ for grouped and transposed convolutions and
 * for weights in which several matrices are packed.
 */
typedef enum
{
  ISC_FANS_PYTORCH,
  ISC_FANS_CORRECTED,
} IscFans;

/**
 * IscSite:
 * @shape: of the weight, as PyTorch stores it
 * @fan_in: inputs of one output; 0 if the shape has fewer than two dimensions
 * @fan_out: outputs that one input reaches; likewise
 * @pytorch: whose numbers
 * @layer: (nullable): the layer's kind, "Linear"; %NULL for a bare tensor
 * @name: (nullable): the parameter's full name, "0.weight"
 * @inputs: (nullable) (array length=n_inputs): what arrives at the layer, one example a row of
 *   @input_width numbers, for schemes that measure; %NULL if there are no data
 * @n_inputs: examples
 * @input_width: numbers an example
 * @cancellable: (nullable): asked by schemes that take long
 *
 * Where a weight stands: all that a scheme may know besides its own arguments.  A plain value that
 * owns nothing.
 */
typedef struct
{
  IscShape shape;
  gint64 fan_in;
  gint64 fan_out;
  IscPytorch pytorch;
  const char *layer;
  const char *name;
  const float *inputs;
  gsize n_inputs;
  gsize input_width;
  GCancellable *cancellable;
} IscSite;

/**
 * isc_site_of_shape:
 *
 * Returns: the site of a bare tensor, fans as PyTorch counts them
 */
IscSite isc_site_of_shape (const IscShape *shape);
