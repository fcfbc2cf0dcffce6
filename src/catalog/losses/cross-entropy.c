/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CrossEntropyLoss: the mean over the batch of log Σ exp(z) − z_y, the greatest logit subtracted
 * first.
 *
 * At the start of a good initialization it is near ln(classes): anything much above says that the
 * logits are too large. */

#include <math.h>

#include "catalog/losses/losses.h"

static double
evaluate (const IscArguments *arguments,
          const float *outputs,
          const IscTargets *targets,
          gsize batch,
          gsize width,
          float *gradient)
{
  double total = 0.0;

  for (gsize i = 0; i < batch; i++)
    {
      const float *logits = outputs + i * width;
      gsize target = (gsize)targets->classes[i];
      float greatest = logits[0];
      float sum = 0.0f;

      for (gsize j = 1; j < width; j++)
        greatest = logits[j] > greatest || isnan (logits[j]) ? logits[j] : greatest;
      for (gsize j = 0; j < width; j++)
        sum += expf (logits[j] - greatest);
      total += (double)(logf (sum) - (logits[target] - greatest));

      if (gradient)
        for (gsize j = 0; j < width; j++)
          gradient[i * width + j]
              = (expf (logits[j] - greatest) / sum - (j == target ? 1.0f : 0.0f)) / (float)batch;
    }
  return total / (double)batch;
}

const IscLoss isc_loss_cross_entropy = {
  .item = {
    .id = "CrossEntropyLoss",
    .label = "Cross-entropy",
    .summary = "The loss of classification, from logits.",
    .formula = "L = mean over the batch of log Σ exp(z) − z_y",
    .citation = "torch.nn.CrossEntropyLoss",
  },
  .wants_classes = TRUE,
  .evaluate = evaluate,
};
