/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Flatten, Dropout: layers without parameters that change a shape, or nothing in evaluation.
 *
 * PyTorch draws dropout's mask by bernoulli_(1 − p), a float64 uniform for each number of the
 * input, and scales what is kept by 1/(1 − p).  (Builds with MKL draw it from another generator:
 * their masks differ.)  Without a generator nothing is dropped: a look at a network draws nothing.
 */

#include <string.h>

#include "catalog/layers/layers.h"

static guint
count_parameters (const IscArguments *arguments)
{
  return 0;
}

static gboolean
infer_flat (const IscArguments *arguments, const IscShape *input, IscShape *output, GError **error)
{
  *output = isc_shape (1, (gint64)isc_shape_width (input));
  return TRUE;
}

static void
forward_flat (const IscPass *pass, const IscReal *x, IscReal *y)
{
  memcpy (y, x, pass->batch * isc_shape_width (&pass->input) * sizeof (IscReal));
}

static void
backward_flat (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  if (dx)
    memcpy (dx, dy, pass->batch * isc_shape_width (&pass->input) * sizeof (IscReal));
}

static gboolean
infer_same (const IscArguments *arguments, const IscShape *input, IscShape *output, GError **error)
{
  *output = *input;
  return TRUE;
}

static gsize
measure_mask (const IscArguments *arguments, const IscShape *input, gsize batch)
{
  return batch * isc_shape_width (input);
}

/* The mask holds the factor of each number. */
static void
forward_dropout (const IscPass *pass, const IscReal *x, IscReal *y)
{
  double keep = 1.0 - isc_arguments_number (pass->arguments, "p");
  gsize n = pass->batch * isc_shape_width (&pass->input);
  IscReal scale = (IscReal)(1.0 / keep);

  if (!pass->training || !pass->generator || keep == 1.0)
    for (gsize i = 0; i < n; i++)
      pass->scratch[i] = 1.0f;
  else
    for (gsize i = 0; i < n; i++)
      pass->scratch[i] = isc_generator_uniform_double (pass->generator) < keep ? scale : 0.0f;
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] * pass->scratch[i];
}

static void
backward_dropout (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  gsize n = pass->batch * isc_shape_width (&pass->input);

  for (gsize i = 0; dx && i < n; i++)
    dx[i] = dy[i] * pass->scratch[i];
}

static const IscParameter dropout_table[] = {
  { "p", ISC_PARAMETER_NUMBER, "0.5", 0, 1, .help = N_ ("The chance that a number is dropped.") },
};

const IscLayer isc_layer_flatten = {
  .item = {
    .id = "Flatten",
    .label = N_ ("Flatten"),
    .summary = N_ ("Makes one row of numbers of each example."),
    .formula = "(batch, c, h, w) → (batch, c · h · w)",
    .citation = "torch.nn.Flatten",
  },
  .count_parameters = count_parameters,
  .infer_shape = infer_flat,
  .forward = forward_flat,
  .backward = backward_flat,
};

const IscLayer isc_layer_dropout = {
  .item = {
    .id = "Dropout",
    .label = N_ ("Dropout"),
    .summary = N_ ("Drops numbers at random while training, so that none can rely on another."),
    .formula = "y = x · mask / (1 − p)",
    .citation = "torch.nn.Dropout; Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks from "
                "Overfitting",
    .caution = N_ ("It adds noise of variance p/(1 − p) times the signal's second moment: gains made for plain "
               "layers are too small by √(1/(1 − p))."),
    ISC_PARAMETERS (dropout_table),
  },
  .count_parameters = count_parameters,
  .infer_shape = infer_same,
  .measure_scratch = measure_mask,
  .forward = forward_dropout,
  .backward = backward_dropout,
};
