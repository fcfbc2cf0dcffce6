/* SPDX-License-Identifier: GPL-3.0-or-later */

/* BCEWithLogitsLoss: a yes or no for every output, from logits, over all elements.
 *
 * With log(1 + exp(−x)) = log1p(exp(−|x|)) + max(−x, 0) no exp() is infinite, and what x and −x
 * would cancel is left out. */

#include "catalog/exponential.h"
#include "catalog/losses/losses.h"

static gboolean
check (const IscArguments *arguments, gsize width, GError **error)
{
  /* A single number is for all outputs. */
  return isc_arguments_n_items (arguments, "pos_weight") == 1
         || isc_loss_check_weights (arguments, "pos_weight", width, error);
}

static double
evaluate (const IscArguments *arguments,
          const IscReal *outputs,
          const IscTargets *targets,
          gsize batch,
          gsize width,
          IscReal *gradient)
{
  gsize n = batch * width;
  double divisor = isc_loss_is_mean (arguments) ? (double)n : 1.0;
  guint n_weights = isc_arguments_n_items (arguments, "pos_weight");
  double total = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      IscReal x = outputs[i];
      IscReal target = targets->values[i];
      IscReal small = isc_exp (-isc_real_fabs (x));
      IscReal sigmoid = (x < 0.0f ? small : 1.0f) / (1.0f + small);
      IscReal weight = n_weights > 0
                           ? (IscReal)isc_arguments_item (arguments, "pos_weight",
                                                          n_weights == 1 ? 0 : (guint)(i % width))
                           : 1.0f;
      IscReal factor = (1.0f - target) + weight * target;

      total += (double)((x < 0.0f ? -weight * target * x : (1.0f - target) * x)
                        + factor * isc_log1p (small));
      if (gradient)
        gradient[i] = (factor * sigmoid - weight * target) / (IscReal)divisor;
    }
  return total / divisor;
}

static const IscParameter parameters[] = {
  ISC_LOSS_REDUCTION,
  { "pos_weight", ISC_PARAMETER_NUMBERS, "None", 0, 1e6, .above_min = TRUE,
    .help = N_ ("A weight of what is 1, for all outputs or one for each.") },
};

const IscLoss isc_loss_bce_with_logits = {
  .item = {
    .id = "BCEWithLogitsLoss",
    .label = N_ ("Binary cross-entropy"),
    .summary = N_ ("The loss of yes and no, from one logit for each question."),
    .formula = "L = mean of (1 − t) x + log(1 + exp(−x)) over all elements",
    .citation = "torch.nn.BCEWithLogitsLoss",
    .caution = N_ ("Its targets are values between 0 and 1, as many as outputs, not class indices."),
    ISC_PARAMETERS (parameters),
  },
  .check = check,
  .evaluate = evaluate,
};
