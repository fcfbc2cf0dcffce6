/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/rate.h"

#include <math.h>

#include "catalog/catalog.h"
#include "catalog/schedules/schedules.h"

struct _IscRate
{
  double base_lr;
  /* NULL if the rate stays as it is. */
  const IscSchedule *schedule;
  IscArguments *arguments;
  gboolean cycles;
  /* Steps from one position of the schedule to the next, and how many positions the run has. */
  gsize stride;
  gsize planned;
};

static gboolean
read_schedule (IscRate *rate,
               const IscCall *call,
               const IscOptimizer *optimizer,
               gsize planned_steps,
               gsize steps_per_epoch,
               GError **error)
{
  const IscItem *item;

  rate->arguments = isc_catalog_bind (ISC_KIND_SCHEDULE, call, &item, error);
  if (!rate->arguments)
    return FALSE;
  rate->schedule = (const IscSchedule *)item;
  rate->cycles = isc_schedule_cycles (rate->schedule, rate->arguments);
  rate->stride = isc_schedule_is_by_step (rate->arguments) ? 1 : steps_per_epoch;
  rate->planned = (planned_steps + rate->stride - 1) / rate->stride;
  return isc_schedule_check (rate->schedule, rate->arguments, optimizer, rate->planned, error);
}

IscRate *
isc_rate_new (IscExperiment *experiment, gsize planned_steps, gsize steps_per_epoch, GError **error)
{
  g_autoptr (IscRate) rate = g_new0 (IscRate, 1);
  const IscCall *call = isc_experiment_get_schedule (experiment);
  const IscItem *item;
  g_autoptr (IscArguments) arguments
      = isc_catalog_bind (ISC_KIND_OPTIMIZER, isc_experiment_get_optimizer (experiment), &item,
                          error);

  g_return_val_if_fail (steps_per_epoch > 0, NULL);

  if (!arguments)
    return NULL;
  rate->base_lr = isc_arguments_number (arguments, "lr");
  if (call
      && !read_schedule (rate, call, (const IscOptimizer *)item, planned_steps, steps_per_epoch,
                         error))
    {
      g_prefix_error (error, "schedule: ");
      return NULL;
    }
  return g_steal_pointer (&rate);
}

void
isc_rate_free (IscRate *rate)
{
  g_clear_pointer (&rate->arguments, isc_arguments_unref);
  g_free (rate);
}

gboolean
isc_rate_cycles (const IscRate *rate)
{
  return rate->cycles;
}

IscStepOptions
isc_rate_at (const IscRate *rate, gsize step)
{
  IscStepOptions options = { .step = step + 1, .lr = rate->base_lr, .momentum = NAN };
  gsize t;

  if (!rate->schedule)
    return options;
  t = step / rate->stride;
  options.lr = rate->schedule->rate (rate->arguments, rate->base_lr, t, rate->planned);
  if (rate->cycles)
    options.momentum = rate->schedule->momentum (rate->arguments, t, rate->planned);
  return options;
}
