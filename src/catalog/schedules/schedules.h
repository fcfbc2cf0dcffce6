/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/optimizers/optimizers.h"

/**
 * IscSchedule:
 * @item: the head
 * @check: (nullable): refuses arguments that do not fit each other or a run of @planned positions,
 *   which is 0 if it is not known, with ISC_ERROR_INVALID
 * @rate: the learning rate at position @t, given the optimizer's own
 * @cycles: (nullable): whether it gives the momentum too
 * @momentum: (nullable): the momentum, or first beta, at position @t; only if it @cycles
 *
 * A learning-rate schedule, in closed form.  PyTorch's go from each rate to the next, which gives
 * the same values up to rounding; here any position may be asked for, so that a run can be rewound.
 *
 * Positions are counted from 0.  Every schedule has the parameter "by", which says whether they are
 * 'epoch's or 'step's: whether a script would call scheduler.step() after every epoch or after
 * every batch.
 */
typedef struct
{
  IscItem item;
  gboolean (*check) (const IscArguments *arguments, gsize planned, GError **error);
  double (*rate) (const IscArguments *arguments, double base_lr, gsize t, gsize planned);
  gboolean (*cycles) (const IscArguments *arguments);
  double (*momentum) (const IscArguments *arguments, gsize t, gsize planned);
} IscSchedule;

/** The values of "by", and its row in a schedule's table of parameters; @initial is 'epoch' or
 * 'step'. */
extern const char *const isc_schedule_units[];

#define ISC_SCHEDULE_BY(initial)                                                                   \
  {                                                                                                \
    "by", ISC_PARAMETER_CHOICE, initial,                                                           \
        .choices = isc_schedule_units,                                                             \
        .help = N_ ("Whether it goes on after every epoch or after every step.")                   \
  }

/** isc_schedules_get: Returns: (array length=n): the list of schedules */
const IscItem *const *isc_schedules_get (guint *n);

/**
 * isc_schedule_check:
 * @optimizer: whose rate it is
 * @planned: how many positions the run has; 0 if it is not known
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if the arguments do not fit each other, the optimizer or
 *   such a run
 */
gboolean isc_schedule_check (const IscSchedule *schedule,
                             const IscArguments *arguments,
                             const IscOptimizer *optimizer,
                             gsize planned,
                             GError **error);

/** isc_schedule_cycles: Returns: whether it gives the momentum, and not only the rate */
gboolean isc_schedule_cycles (const IscSchedule *schedule, const IscArguments *arguments);

/** isc_schedule_is_by_step: Returns: whether positions are steps, and not epochs */
gboolean isc_schedule_is_by_step (const IscArguments *arguments);
