/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Residual: y = x + scale · f(x), f a block of modules.
 *
 * torch.nn has no class for it; this is the one that scripts write, with f an nn.Sequential named
 * "f".  The layer here is the sum alone: the block's modules stand in front of it in the network's
 * flat list, see catalog/modules.h.  The network adds dL/dy to what comes back through the block.
 */

#include <string.h>

#include "catalog/layers/layers.h"

static guint
count_parameters (const IscArguments *arguments)
{
  return 0;
}

static gboolean
infer_shape (const IscArguments *arguments, const IscShape *input, IscShape *output, GError **error)
{
  *output = *input;
  return TRUE;
}

/* dL/dy is kept until the block is through. */
static gsize
measure_scratch (const IscArguments *arguments, const IscShape *input, gsize batch)
{
  return batch * isc_shape_width (input);
}

static void
forward (const IscPass *pass, const IscReal *x, IscReal *y)
{
  IscReal scale = (IscReal)isc_arguments_number (pass->arguments, "scale");
  gsize n = pass->batch * isc_shape_width (&pass->input);

  for (gsize i = 0; i < n; i++)
    y[i] = pass->skip[i] + scale * x[i];
}

static void
backward (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  IscReal scale = (IscReal)isc_arguments_number (pass->arguments, "scale");
  gsize n = pass->batch * isc_shape_width (&pass->input);

  memcpy (pass->scratch, dy, n * sizeof *dy);
  for (gsize i = 0; i < n; i++)
    dx[i] = scale * dy[i];
}

static const IscParameter table[] = {
  { "modules", ISC_PARAMETER_MODULES, NULL, .help = N_ ("The block's modules, f.") },
  { "scale", ISC_PARAMETER_NUMBER, "1.0", -1e6, 1e6,
    .help = N_ ("How much of the block is added to its input.") },
};

const IscLayer isc_layer_residual = {
  .item = {
    .id = "Residual",
    .label = N_ ("Residual block"),
    .summary = N_ ("Adds to its input what its modules make of it."),
    .formula = "y = x + scale · f(x), f the modules",
    .citation = "He, Zhang, Ren, Sun 2016, Deep Residual Learning for Image Recognition",
    .caution = N_ ("With scale=1 the variance may double at each block: a deep network wants a smaller "
               "scale, a norm within the block, or a last layer that starts at zero."),
    ISC_PARAMETERS (table),
  },
  .count_parameters = count_parameters,
  .infer_shape = infer_shape,
  .measure_scratch = measure_scratch,
  .forward = forward,
  .backward = backward,
};
