/* SPDX-License-Identifier: GPL-3.0-or-later */

/* OneCycleLR as torch.optim.lr_scheduler.OneCycleLR: up from max_lr / div_factor to max_lr, down to
 * a final_div_factor-th of the beginning, and momentum the other way round.  The optimizer's own
 * rate is not used, and neither is its momentum (or first beta) with cycle_momentum.
 *
 * Phases end at positions that need not be whole, as PyTorch counts them: pct_start * total - 1.
 * Beyond PyTorch: without total_steps, or epochs and steps_per_epoch, the cycle spans the run. */

#include <math.h>

#include "base/error.h"
#include "catalog/schedules/schedules.h"

/* Up, down, and with three_phase out. */
#define MAX_PHASES 3

typedef struct
{
  double end;
  double from_lr;
  double to_lr;
  double from_momentum;
  double to_momentum;
} Phase;

static gsize
get_total (const IscArguments *arguments, gsize planned)
{
  if (!isc_arguments_is_none (arguments, "total_steps"))
    return (gsize)isc_arguments_integer (arguments, "total_steps");
  if (!isc_arguments_is_none (arguments, "epochs"))
    return (gsize)isc_arguments_integer (arguments, "epochs")
           * (gsize)isc_arguments_integer (arguments, "steps_per_epoch");
  return planned;
}

static guint
get_phases (const IscArguments *arguments, gsize total, Phase phases[MAX_PHASES])
{
  double pct_start = isc_arguments_number (arguments, "pct_start");
  double most = isc_arguments_number (arguments, "max_lr");
  double first = most / isc_arguments_number (arguments, "div_factor");
  double last = first / isc_arguments_number (arguments, "final_div_factor");
  double low = isc_arguments_number (arguments, "base_momentum");
  double high = isc_arguments_number (arguments, "max_momentum");
  double end = (double)total - 1.0;

  phases[0] = (Phase){ pct_start * (double)total - 1.0, first, most, high, low };
  if (!isc_arguments_boolean (arguments, "three_phase"))
    {
      phases[1] = (Phase){ end, most, last, low, high };
      return 2;
    }
  phases[1] = (Phase){ 2.0 * pct_start * (double)total - 2.0, most, first, low, high };
  phases[2] = (Phase){ end, first, last, high, high };
  return 3;
}

/* The phase that position @t is in, and how far in it, 0 to 1. */
static Phase
find_phase (const IscArguments *arguments, gsize t, gsize planned, double *share)
{
  Phase phases[MAX_PHASES];
  guint n = get_phases (arguments, get_total (arguments, planned), phases);
  double start = 0.0;
  guint i = 0;

  for (; i + 1 < n && (double)t > phases[i].end; i++)
    start = phases[i].end;
  *share = ((double)t - start) / (phases[i].end - start);
  return phases[i];
}

static double
anneal (const IscArguments *arguments, double from, double to, double share)
{
  if (g_str_equal (isc_arguments_text (arguments, "anneal_strategy"), "linear"))
    return from + (to - from) * share;
  return to + (from - to) / 2.0 * (1.0 + cos (G_PI * share));
}

static gboolean
check (const IscArguments *arguments, gsize planned, GError **error)
{
  gboolean has_epochs = !isc_arguments_is_none (arguments, "epochs");
  const char *units = isc_schedule_is_by_step (arguments) ? "steps" : "epochs";
  gsize total;

  if (has_epochs == isc_arguments_is_none (arguments, "steps_per_epoch"))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "OneCycleLR: epochs and steps_per_epoch are given together or not at all");
      return FALSE;
    }
  total = get_total (arguments, planned);
  if (total < planned)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "OneCycleLR: the schedule ends after %" G_GSIZE_FORMAT
                   " %s, and the run has %" G_GSIZE_FORMAT ": give total_steps=%" G_GSIZE_FORMAT
                   " or more, or leave it out",
                   total, units, planned, planned);
      return FALSE;
    }
  if (isc_arguments_number (arguments, "pct_start") * (double)total == 1.0)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "OneCycleLR: pct_start is exactly one of %" G_GSIZE_FORMAT
                   " %s, which leaves no way up: give a little more or less",
                   total, units);
      return FALSE;
    }
  return TRUE;
}

static double
rate (const IscArguments *arguments, double base_lr, gsize t, gsize planned)
{
  double share;
  Phase phase = find_phase (arguments, t, planned, &share);

  return anneal (arguments, phase.from_lr, phase.to_lr, share);
}

static gboolean
cycles (const IscArguments *arguments)
{
  return isc_arguments_boolean (arguments, "cycle_momentum");
}

static double
momentum (const IscArguments *arguments, gsize t, gsize planned)
{
  double share;
  Phase phase = find_phase (arguments, t, planned, &share);

  return anneal (arguments, phase.from_momentum, phase.to_momentum, share);
}

static const char *const strategies[] = { "cos", "linear", NULL };

static const IscParameter parameters[] = {
  { "max_lr", ISC_PARAMETER_NUMBER, NULL, 0, 1e6, .help = N_ ("The learning rate at the top.") },
  { "total_steps", ISC_PARAMETER_INTEGER, "None", 1, 1e9,
    .help = N_ ("How long the cycle is; None is as long as the run.") },
  { "epochs", ISC_PARAMETER_INTEGER, "None", 1, 1e9,
    .help = N_ ("With steps_per_epoch, another way to give total_steps.") },
  { "steps_per_epoch", ISC_PARAMETER_INTEGER, "None", 1, 1e9,
    .help = N_ ("With epochs, another way to give total_steps.") },
  { "pct_start", ISC_PARAMETER_NUMBER, "0.3", 0, 1,
    .help = N_ ("The share of the cycle in which the rate rises.") },
  { "anneal_strategy", ISC_PARAMETER_CHOICE, "'cos'", .choices = strategies,
    .help = N_ ("Whether the rate follows a cosine or a line.") },
  { "cycle_momentum", ISC_PARAMETER_BOOLEAN, "True",
    .help = N_ ("Whether momentum, or Adam's first beta, falls as the rate rises.") },
  { "base_momentum", ISC_PARAMETER_NUMBER, "0.85", 0, 0.9999999,
    .help = N_ ("The momentum at the top.") },
  { "max_momentum", ISC_PARAMETER_NUMBER, "0.95", 0, 0.9999999,
    .help = N_ ("The momentum at both ends.") },
  { "div_factor", ISC_PARAMETER_NUMBER, "25.0", 0, 1e12, .above_min = TRUE,
    .help = N_ ("How much lower than at the top the rate begins.") },
  { "final_div_factor", ISC_PARAMETER_NUMBER, "10000.0", 0, 1e12, .above_min = TRUE,
    .help = N_ ("How much lower than it began the rate ends.") },
  { "three_phase", ISC_PARAMETER_BOOLEAN, "False",
    .help = N_ ("Whether the rate comes back to where it began before it falls to its end.") },
  ISC_SCHEDULE_BY ("'step'"),
};

const IscSchedule isc_schedule_one_cycle_lr = {
  .item = {
    .id = "OneCycleLR",
    .label = N_ ("One cycle"),
    .summary = N_ ("Raises the learning rate to a peak and lets it fall far below its "
                   "start; momentum goes the other way."),
    .formula = "max_lr / div_factor → max_lr → max_lr / (div_factor · final_div_factor)",
    .citation = "torch.optim.lr_scheduler.OneCycleLR; Smith, Topin 2018, Super-convergence: very fast training of "
                "neural networks using large learning rates",
    .caution = N_ ("Takes the place of the optimizer's lr and, with cycle_momentum, of its momentum, even one of 0."),
    ISC_PARAMETERS (parameters),
  },
  .check = check,
  .rate = rate,
  .cycles = cycles,
  .momentum = momentum,
};
