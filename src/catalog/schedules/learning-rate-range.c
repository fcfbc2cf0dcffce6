/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The learning-rate range test: one run whose rate grows by the same factor every step, from
 * start at the first to end at the last.  The loss against the rate tells which rates train: from
 * where it begins to fall to where it becomes ragged or rises.  Smith let the rate grow linearly;
 * the geometric form, common since, sees all magnitudes alike. */

#include <math.h>

#include "base/error.h"
#include "catalog/schedules/schedules.h"

static gboolean
check (const IscArguments *arguments, gsize planned, GError **error)
{
  if (isc_arguments_number (arguments, "end") > isc_arguments_number (arguments, "start"))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "LearningRateRange: end must be greater than start");
  return FALSE;
}

static double
rate (const IscArguments *arguments, double base_lr, gsize t, gsize planned)
{
  double start = isc_arguments_number (arguments, "start");
  double end = isc_arguments_number (arguments, "end");

  if (planned < 2)
    return start;
  return start * pow (end / start, (double)t / (double)(planned - 1));
}

static const IscParameter parameters[] = {
  { "start", ISC_PARAMETER_NUMBER, "1e-06", 0, 1e6, .above_min = TRUE,
    .help = N_ ("The learning rate of the first step.") },
  { "end", ISC_PARAMETER_NUMBER, "1.0", 0, 1e6, .above_min = TRUE,
    .help = N_ ("The learning rate of the last step.") },
  ISC_SCHEDULE_BY ("'step'"),
};

const IscSchedule isc_schedule_learning_rate_range = {
  .item = {
    .id = "LearningRateRange",
    .label = N_ ("Range test"),
    .summary = N_ ("Raises the learning rate from tiny to huge over the run, to see which rates train."),
    .formula = "lr(t) = start · (end / start)^(t / (n − 1)), n the steps of the run",
    .citation = "Smith 2017, Cyclical learning rates for training neural networks, sec. 3.3",
    .caution = N_ ("The optimizer's own lr is not used, and the run is meant to diverge in the end."),
    ISC_PARAMETERS (parameters),
  },
  .check = check,
  .rate = rate,
};
