/* SPDX-License-Identifier: GPL-3.0-or-later */

/* L1Loss and SmoothL1Loss, over all elements.
 *
 * The smooth one is a parabola where the difference is below beta and L1 shifted by beta / 2
 * beyond; with beta = 0 it is L1, whose slope at 0 is 0 as in PyTorch. */

#include "catalog/losses/losses.h"

static double
evaluate_with (const IscArguments *arguments,
               IscReal beta,
               const IscReal *outputs,
               const IscTargets *targets,
               gsize n,
               IscReal *gradient)
{
  double divisor = isc_loss_is_mean (arguments) ? (double)n : 1.0;
  IscReal slope = (IscReal)(1.0 / divisor);
  double total = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      IscReal difference = outputs[i] - targets->values[i];
      IscReal size = isc_real_fabs (difference);
      gboolean is_near = size < beta;

      total += (double)(is_near ? 0.5f * size * size / beta : size - 0.5f * beta);
      if (gradient)
        gradient[i] = is_near              ? slope * difference / beta
                      : difference == 0.0f ? 0.0f
                                           : isc_real_copysign (slope, difference);
    }
  return total / divisor;
}

static double
evaluate_l1 (const IscArguments *arguments,
             const IscReal *outputs,
             const IscTargets *targets,
             gsize batch,
             gsize width,
             IscReal *gradient)
{
  return evaluate_with (arguments, 0.0f, outputs, targets, batch * width, gradient);
}

static double
evaluate_smooth_l1 (const IscArguments *arguments,
                    const IscReal *outputs,
                    const IscTargets *targets,
                    gsize batch,
                    gsize width,
                    IscReal *gradient)
{
  return evaluate_with (arguments, (IscReal)isc_arguments_number (arguments, "beta"), outputs,
                        targets, batch * width, gradient);
}

static const IscParameter l1_parameters[] = { ISC_LOSS_REDUCTION };

static const IscParameter smooth_l1_parameters[] = {
  ISC_LOSS_REDUCTION,
  { "beta", ISC_PARAMETER_NUMBER, "1.0", 0, 1e6,
    .help = N_ ("Below this difference it is a parabola; 0 is L1Loss.") },
};

const IscLoss isc_loss_l1 = {
  .item = {
    .id = "L1Loss",
    .label = N_ ("Mean absolute error"),
    .summary = N_ ("The loss of regression that outliers do not govern."),
    .formula = "L = mean of |output − target| over all elements",
    .citation = "torch.nn.L1Loss",
    .caution = N_ ("Its gradient has one size, however small the error: steps do not shrink near the goal."),
    ISC_PARAMETERS (l1_parameters),
  },
  .evaluate = evaluate_l1,
};

const IscLoss isc_loss_smooth_l1 = {
  .item = {
    .id = "SmoothL1Loss",
    .label = N_ ("Smooth L1"),
    .summary = N_ ("Squared error near the target, absolute error far from it."),
    .formula = "L = mean of d²/(2 beta) if |d| < beta, else |d| − beta/2",
    .citation = "Girshick 2015, Fast R-CNN, eq. 3; Huber 1964, Robust estimation of a location parameter",
    ISC_PARAMETERS (smooth_l1_parameters),
  },
  .evaluate = evaluate_smooth_l1,
};
