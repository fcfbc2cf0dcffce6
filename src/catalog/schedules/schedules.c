/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/schedules/schedules.h"

#include "base/error.h"

extern const IscSchedule isc_schedule_step_lr;
extern const IscSchedule isc_schedule_multi_step_lr;
extern const IscSchedule isc_schedule_exponential_lr;
extern const IscSchedule isc_schedule_linear_lr;
extern const IscSchedule isc_schedule_cosine_annealing_lr;
extern const IscSchedule isc_schedule_one_cycle_lr;
extern const IscSchedule isc_schedule_learning_rate_range;

/* THE list: a schedule is its own file and one line here. */
static const IscItem *const schedules[] = {
  &isc_schedule_step_lr.item,
  &isc_schedule_multi_step_lr.item,
  &isc_schedule_exponential_lr.item,
  &isc_schedule_linear_lr.item,
  &isc_schedule_cosine_annealing_lr.item,
  &isc_schedule_one_cycle_lr.item,
  &isc_schedule_learning_rate_range.item,
};

const char *const isc_schedule_units[] = { "epoch", "step", NULL };

const IscItem *const *
isc_schedules_get (guint *n)
{
  *n = G_N_ELEMENTS (schedules);
  return schedules;
}

gboolean
isc_schedule_check (const IscSchedule *schedule,
                    const IscArguments *arguments,
                    const IscOptimizer *optimizer,
                    gsize planned,
                    GError **error)
{
  if (isc_schedule_cycles (schedule, arguments) && !isc_optimizer_has_momentum (optimizer))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s: %s has no momentum and no betas to cycle: give cycle_momentum=False",
                   schedule->item.id, optimizer->item.id);
      return FALSE;
    }
  return !schedule->check || schedule->check (arguments, planned, error);
}

gboolean
isc_schedule_cycles (const IscSchedule *schedule, const IscArguments *arguments)
{
  return schedule->cycles && schedule->cycles (arguments);
}

gboolean
isc_schedule_is_by_step (const IscArguments *arguments)
{
  return g_str_equal (isc_arguments_text (arguments, "by"), "step");
}
