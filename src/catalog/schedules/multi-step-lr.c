/* SPDX-License-Identifier: GPL-3.0-or-later */

/* MultiStepLR as torch.optim.lr_scheduler.MultiStepLR:  lr(t) = lr * gamma^(milestones <= t); a
 * milestone that is given twice counts twice. */

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schedules/schedules.h"

static gboolean
check (const IscArguments *arguments, gsize planned, GError **error)
{
  for (guint i = 0; i < isc_arguments_n_items (arguments, "milestones"); i++)
    {
      double milestone = isc_arguments_item (arguments, "milestones", i);
      g_autofree char *text = isc_number_to_text (milestone);

      if (milestone == floor (milestone))
        continue;
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "MultiStepLR: the milestone %s is not a whole number", text);
      return FALSE;
    }
  return TRUE;
}

static double
rate (const IscArguments *arguments, double base_lr, gsize t, gsize planned)
{
  guint passed = 0;

  for (guint i = 0; i < isc_arguments_n_items (arguments, "milestones"); i++)
    passed += isc_arguments_item (arguments, "milestones", i) <= (double)t;
  return base_lr * pow (isc_arguments_number (arguments, "gamma"), passed);
}

static const IscParameter parameters[] = {
  { "milestones", ISC_PARAMETER_NUMBERS, NULL, 1, 1e9,
    .help = N_ ("When the rate changes, as in [30, 80].") },
  { "gamma", ISC_PARAMETER_NUMBER, "0.1", 0, 1e6, .help = N_ ("What the rate is multiplied by.") },
  ISC_SCHEDULE_BY ("'epoch'"),
};

const IscSchedule isc_schedule_multi_step_lr = {
  .item = {
    .id = "MultiStepLR",
    .label = N_ ("Milestones"),
    .summary = N_ ("Multiplies the learning rate by gamma at each milestone."),
    .formula = "lr(t) = lr · gamma^#{milestones ≤ t}",
    .citation = "torch.optim.lr_scheduler.MultiStepLR",
    .caution = N_ ("Milestones past the end of the run are never met."),
    ISC_PARAMETERS (parameters),
  },
  .check = check,
  .rate = rate,
};
