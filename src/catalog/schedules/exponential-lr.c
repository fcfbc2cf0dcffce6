/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ExponentialLR as torch.optim.lr_scheduler.ExponentialLR:  lr(t) = lr * gamma^t. */

#include <math.h>

#include "catalog/schedules/schedules.h"

static double
rate (const IscArguments *arguments, double base_lr, gsize t, gsize planned)
{
  return base_lr * pow (isc_arguments_number (arguments, "gamma"), (double)t);
}

static const IscParameter parameters[] = {
  { "gamma", ISC_PARAMETER_NUMBER, NULL, 0, 1e6,
    .help = N_ ("What the rate is multiplied by each time.") },
  ISC_SCHEDULE_BY ("'epoch'"),
};

const IscSchedule isc_schedule_exponential_lr = {
  .item = {
    .id = "ExponentialLR",
    .label = N_ ("Exponential"),
    .summary = N_ ("Multiplies the learning rate by gamma after every epoch."),
    .formula = "lr(t) = lr · gamma^t",
    .citation = "torch.optim.lr_scheduler.ExponentialLR",
    .caution = N_ ("By 'step' a gamma that suits epochs ends training within a few batches."),
    ISC_PARAMETERS (parameters),
  },
  .rate = rate,
};
