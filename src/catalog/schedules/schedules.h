/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/item.h"

/**
 * IscSchedule:
 * @item: the head
 * @check: (nullable): refuses arguments that do not fit each other or a run of @planned positions,
 *   which is 0 if it is not known, with ISC_ERROR_INVALID
 * @rate: the learning rate at position @t, given the optimizer's own
 * @momentum: (nullable): the momentum or first beta at position @t; not a number if the optimizer
 *   keeps its own
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
  double (*momentum) (const IscArguments *arguments, gsize t, gsize planned);
} IscSchedule;

/** The values of "by", and its row in a schedule's table of parameters; @initial is 'epoch' or
 * 'step'. */
extern const char *const isc_schedule_units[];

#define ISC_SCHEDULE_BY(initial)                                                                   \
  {                                                                                                \
    "by", ISC_PARAMETER_CHOICE, initial,                                                           \
        .choices = isc_schedule_units,                                                             \
        .help = "Whether it goes on after every epoch or after every step."                        \
  }

/** isc_schedules_get: Returns: (array length=n): the list of schedules */
const IscItem *const *isc_schedules_get (guint *n);

/**
 * isc_schedule_check:
 * @planned: how many positions the run has; 0 if it is not known
 *
 * Returns: %FALSE with ISC_ERROR_INVALID if the arguments do not fit each other or such a run
 */
gboolean isc_schedule_check (const IscSchedule *schedule,
                             const IscArguments *arguments,
                             gsize planned,
                             GError **error);

/** isc_schedule_is_by_step: Returns: whether positions are steps, and not epochs */
gboolean isc_schedule_is_by_step (const IscArguments *arguments);

/** isc_schedule_momentum: Returns: the momentum at position @t; not a number for the optimizer's
 * own */
double isc_schedule_momentum (const IscSchedule *schedule,
                              const IscArguments *arguments,
                              gsize t,
                              gsize planned);
