/* SPDX-License-Identifier: GPL-3.0-or-later */

/* MSELoss: the mean of the squared differences over all elements, so that the gradient carries 2 /
 * (batch · width). */

#include "catalog/losses/losses.h"

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
  IscReal factor = (IscReal)(2.0 / divisor);
  double total = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      IscReal difference = outputs[i] - targets->values[i];

      total += (double)(difference * difference);
      if (gradient)
        gradient[i] = factor * difference;
    }
  return total / divisor;
}

static const IscParameter parameters[] = { ISC_LOSS_REDUCTION };

const IscLoss isc_loss_mse = {
  .item = {
    .id = "MSELoss",
    .label = N_ ("Mean squared error"),
    .summary = N_ ("The loss of regression."),
    .formula = "L = mean of (output − target)² over all elements",
    .citation = "torch.nn.MSELoss",
    ISC_PARAMETERS (parameters),
  },
  .evaluate = evaluate,
};
