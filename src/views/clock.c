/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/clock.h"

#include <math.h>

static double
interpolate (double x0, double y0, double x1, double y1, double x)
{
  return x1 > x0 ? y0 + (y1 - y0) * ((x - x0) / (x1 - x0)) : y1;
}

/* Steps and seconds at the end of epoch @index; -1 is the beginning. */
static void
knot (const IscRunResult *run, gint64 index, double *steps, double *seconds)
{
  *steps = index < 0 ? 0.0 : (double)run->epochs[index].last_step + 1.0;
  *seconds = index < 0 ? 0.0 : run->epochs[index].seconds;
}

static double
seconds_at (const IscRunResult *run, double n_steps)
{
  guint low = 0, high = run->n_epochs;
  double x0, y0, x1, y1;

  /* The first epoch that ends no sooner. */
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if ((double)run->epochs[middle].last_step + 1.0 < n_steps)
        low = middle + 1;
      else
        high = middle;
    }
  knot (run, (gint64)low - 1, &x0, &y0);
  if (low < run->n_epochs)
    knot (run, low, &x1, &y1);
  else
    {
      x1 = (double)run->n_steps;
      y1 = fmax (run->seconds, y0);
    }
  return interpolate (x0, y0, x1, y1, n_steps);
}

IscClock
isc_clock_new (const IscResult *result, guint index, const IscViewOptions *options)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  gint64 epochs = isc_experiment_get_epochs (isc_result_get_experiment (result));
  IscClock clock = { .axis = options->time, .run = run, .steps_per_epoch = NAN };

  if (run->n_epochs > 0)
    clock.steps_per_epoch = (double)run->epochs[0].last_step + 1.0;
  else if (epochs > 0 && run->planned_steps > 0)
    clock.steps_per_epoch = (double)run->planned_steps / (double)epochs;
  return clock;
}

double
isc_clock_at (const IscClock *clock, double n_steps)
{
  switch (clock->axis)
    {
    case ISC_TIME_EPOCH:
      return n_steps / clock->steps_per_epoch;
    case ISC_TIME_SECONDS:
      return seconds_at (clock->run, n_steps);
    case ISC_TIME_STEP:
    default:
      return n_steps;
    }
}

void
isc_clock_set_axis (IscPanel *panel, const IscViewOptions *options)
{
  static const char *const labels[]
      = { [ISC_TIME_STEP] = "step", [ISC_TIME_EPOCH] = "epoch", [ISC_TIME_SECONDS] = "seconds" };

  isc_panel_set_axis (panel, ISC_AXIS_X, labels[options->time], ISC_SCALE_LINEAR);
  isc_panel_set_integer (panel, ISC_AXIS_X, options->time == ISC_TIME_STEP);
}

const char *
isc_clock_caption (const IscViewOptions *options)
{
  return options->time == ISC_TIME_SECONDS ? "seconds interpolated between epochs' ends" : NULL;
}

const char *
isc_clock_note (const IscResult *result, const IscViewOptions *options)
{
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      IscClock clock = isc_clock_new (result, i, options);

      if (isfinite (isc_clock_at (&clock, 1.0)))
        return NULL;
    }
  return "How many steps an epoch has is known when the first is complete";
}
