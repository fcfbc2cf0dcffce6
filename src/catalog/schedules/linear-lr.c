/* SPDX-License-Identifier: GPL-3.0-or-later */

/* LinearLR as torch.optim.lr_scheduler.LinearLR: the factor of the optimizer's rate goes from
 * start_factor to end_factor in total_iters, and stays. */

#include "catalog/schedules/schedules.h"

static double
rate (const IscArguments *arguments, double base_lr, gsize t, gsize planned)
{
  gsize total = (gsize)isc_arguments_integer (arguments, "total_iters");
  double start = isc_arguments_number (arguments, "start_factor");
  double end = isc_arguments_number (arguments, "end_factor");

  return base_lr * (start + (end - start) * (double)MIN (t, total) / (double)total);
}

static const IscParameter parameters[] = {
  { "start_factor", ISC_PARAMETER_NUMBER, "0.3333333333333333", 0, 1, .above_min = TRUE,
    .help = N_ ("The share of the learning rate that is begun with.") },
  { "end_factor", ISC_PARAMETER_NUMBER, "1.0", 0, 1,
    .help = N_ ("The share of the learning rate that is come to.") },
  { "total_iters", ISC_PARAMETER_INTEGER, "5", 1, 1e9, .help = N_ ("How long that takes.") },
  ISC_SCHEDULE_BY ("'epoch'"),
};

const IscSchedule isc_schedule_linear_lr = {
  .item = {
    .id = "LinearLR",
    .label = N_ ("Linear warm-up"),
    .summary = N_ ("Leads the learning rate from one share of itself to another, and keeps it there."),
    .formula = "lr(t) = lr · (start + (end − start) · min(t, total_iters) / total_iters)",
    .citation = "torch.optim.lr_scheduler.LinearLR; Goyal and others 2017, Accurate, large minibatch SGD: training "
                "ImageNet in 1 hour, sec. 2.2",
    .caution = N_ ("Past total_iters the rate no longer changes."),
    ISC_PARAMETERS (parameters),
  },
  .rate = rate,
};
