/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Softmax and LogSoftmax over the outputs of an example, the greatest subtracted first. */

#include <math.h>

#include "base/clones.h"
#include "base/error.h"
#include "catalog/activations/activations.h"
#include "catalog/exponential.h"

/* Of a batch of vectors PyTorch's None means dimension 1, which is also the last. */
static gboolean
check (const IscArguments *arguments, const IscShape *input, GError **error)
{
  const char *id = isc_arguments_get_item (arguments)->id;
  gint64 dim
      = isc_arguments_is_none (arguments, "dim") ? 1 : isc_arguments_integer (arguments, "dim");

  if (input->n_dims != 1)
    {
      g_autofree char *text = isc_shape_to_text (input, "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s takes a vector, and %s come: put Flatten() before it", id, text);
      return FALSE;
    }
  if (dim == 1 || dim == -1)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s: dim=%" G_GINT64_FORMAT " is not the outputs of an example: 1, -1 or None is",
               id, dim);
  return FALSE;
}

static IscReal
greatest_of (const IscReal *x, gsize n)
{
  IscReal greatest = x[0];

  for (gsize i = 1; i < n; i++)
    greatest = x[i] > greatest || isnan (x[i]) ? x[i] : greatest;
  return greatest;
}

ISC_CLONES static void
softmax_forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  IscReal greatest = greatest_of (x, n);
  IscReal sum = 0.0f;

  for (gsize i = 0; i < n; i++)
    {
      y[i] = isc_exp (x[i] - greatest);
      sum += y[i];
    }
  for (gsize i = 0; i < n; i++)
    y[i] /= sum;
}

ISC_CLONES static void
softmax_backward (const IscArguments *arguments,
                  const IscReal *x,
                  const IscReal *y,
                  const IscReal *dy,
                  IscReal *dx,
                  gsize n)
{
  IscReal mean = 0.0f;

  for (gsize i = 0; i < n; i++)
    mean += dy[i] * y[i];
  for (gsize i = 0; i < n; i++)
    dx[i] = (dy[i] - mean) * y[i];
}

ISC_CLONES static void
log_softmax_forward (const IscArguments *arguments, const IscReal *x, IscReal *y, gsize n)
{
  IscReal greatest = greatest_of (x, n);
  IscReal sum = 0.0f;

  for (gsize i = 0; i < n; i++)
    sum += isc_exp (x[i] - greatest);
  sum = isc_real_log (sum);
  for (gsize i = 0; i < n; i++)
    y[i] = x[i] - greatest - sum;
}

ISC_CLONES static void
log_softmax_backward (const IscArguments *arguments,
                      const IscReal *x,
                      const IscReal *y,
                      const IscReal *dy,
                      IscReal *dx,
                      gsize n)
{
  IscReal sum = 0.0f;

  for (gsize i = 0; i < n; i++)
    sum += dy[i];
  for (gsize i = 0; i < n; i++)
    dx[i] = dy[i] - isc_exp (y[i]) * sum;
}

static const IscParameter parameters[] = {
  { "dim", ISC_PARAMETER_INTEGER, "None", -8, 8,
    .help
    = N_ ("Over what it sums to 1: 1 or -1, the outputs of an example, which None means too.") },
};

const IscActivation isc_activation_softmax = {
  .item = {
    .id = "Softmax",
    .label = N_ ("Softmax"),
    .summary = N_ ("Turns the outputs of an example into probabilities."),
    .formula = "y_i = exp(x_i) / Σ_j exp(x_j)",
    .citation = "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
    .caution = N_ ("CrossEntropyLoss takes logits: behind a Softmax it takes the softmax "
                   "of a softmax, and learns slowly."),
    ISC_PARAMETERS (parameters),
  },
  .by_rows = TRUE,
  .check = check,
  .forward = softmax_forward,
  .backward = softmax_backward,
};

const IscActivation isc_activation_log_softmax = {
  .item = {
    .id = "LogSoftmax",
    .label = N_ ("Log-softmax"),
    .summary = N_ ("Turns the outputs of an example into log-probabilities, for NLLLoss."),
    .formula = "y_i = x_i − log Σ_j exp(x_j)",
    .citation = "torch.nn.LogSoftmax",
    ISC_PARAMETERS (parameters),
  },
  .by_rows = TRUE,
  .check = check,
  .forward = log_softmax_forward,
  .backward = log_softmax_backward,
};
