/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "experiment/experiment.h"

G_BEGIN_DECLS

#define ISC_TYPE_TRAINING_GROUP (isc_training_group_get_type ())
G_DECLARE_FINAL_TYPE (
    IscTrainingGroup, isc_training_group, ISC, TRAINING_GROUP, AdwPreferencesGroup)

/**
 * IscTrainingGroup:
 *
 * How runs are led, what is clipped and when they end: fields of one line each.  Emits "edited"
 * with a field's path and its new value.
 */
GtkWidget *isc_training_group_new (void);

/** isc_training_group_set_experiment: @experiment: whose fields are shown */
void isc_training_group_set_experiment (IscTrainingGroup *self, IscExperiment *experiment);

/** isc_training_group_set_error: @path: a field, perhaps with an index; @message: what is wrong
 * with it.  Nothing happens if the field is not one of the group's */
void isc_training_group_set_error (IscTrainingGroup *self, const char *path, const char *message);

/** isc_training_group_find: Returns: (transfer none) (nullable): the row of field @path */
GtkWidget *isc_training_group_find (IscTrainingGroup *self, const char *path);

G_END_DECLS
