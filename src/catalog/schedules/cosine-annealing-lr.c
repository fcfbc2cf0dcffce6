/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CosineAnnealingLR as torch.optim.lr_scheduler.CosineAnnealingLR: half a cosine from the
 * optimizer's rate to eta_min in T_max; past it PyTorch's recursion follows the cosine up again,
 * and so does this. */

#include <math.h>

#include "catalog/schedules/schedules.h"

static double
rate (const IscArguments *arguments, double base_lr, gsize t, gsize planned)
{
  gsize half = (gsize)isc_arguments_integer (arguments, "T_max");
  double least = isc_arguments_number (arguments, "eta_min");
  /* Reduced first, so that late positions lose no digits to a large angle. */
  double angle = G_PI * (double)(t % (2 * half)) / (double)half;

  return least + (base_lr - least) * (1.0 + cos (angle)) / 2.0;
}

static const IscParameter parameters[] = {
  { "T_max", ISC_PARAMETER_INTEGER, NULL, 1, 1e9, .help = N_ ("How long the way down is.") },
  { "eta_min", ISC_PARAMETER_NUMBER, "0", 0, 1e6, .help = N_ ("The least learning rate.") },
  ISC_SCHEDULE_BY ("'epoch'"),
};

const IscSchedule isc_schedule_cosine_annealing_lr = {
  .item = {
    .id = "CosineAnnealingLR",
    .label = N_ ("Cosine"),
    .summary = N_ ("Lets the learning rate fall as half a cosine does."),
    .formula = "lr(t) = eta_min + (lr − eta_min) · (1 + cos(π t / T_max)) / 2",
    .citation = "torch.optim.lr_scheduler.CosineAnnealingLR; Loshchilov, Hutter 2017, SGDR: stochastic gradient "
                "descent with warm restarts, eq. 5",
    .caution = N_ ("Past T_max the rate rises again, as in PyTorch: give it the run's length."),
    ISC_PARAMETERS (parameters),
  },
  .rate = rate,
};
