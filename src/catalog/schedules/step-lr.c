/* SPDX-License-Identifier: GPL-3.0-or-later */

/* StepLR as torch.optim.lr_scheduler.StepLR:  lr(t) = lr * gamma^(t div step_size). */

#include <math.h>

#include "catalog/schedules/schedules.h"

static double
rate (const IscArguments *arguments, double base_lr, gsize t, gsize planned)
{
  gsize size = (gsize)isc_arguments_integer (arguments, "step_size");

  return base_lr * pow (isc_arguments_number (arguments, "gamma"), (double)(t / size));
}

static const IscParameter parameters[] = {
  { "step_size", ISC_PARAMETER_INTEGER, NULL, 1, 1e9, .help = N_ ("How long each rate is kept.") },
  { "gamma", ISC_PARAMETER_NUMBER, "0.1", 0, 1e6, .help = N_ ("What the rate is multiplied by.") },
  ISC_SCHEDULE_BY ("'epoch'"),
};

const IscSchedule isc_schedule_step_lr = {
  .item = {
    .id = "StepLR",
    .label = N_ ("Steps"),
    .summary = N_ ("Multiplies the learning rate by gamma every so many epochs."),
    .formula = "lr(t) = lr · gamma^⌊t / step_size⌋",
    .citation = "torch.optim.lr_scheduler.StepLR",
    .caution = N_ ("A gamma of 0.1 all but stops training after a few steps of it."),
    ISC_PARAMETERS (parameters),
  },
  .rate = rate,
};
