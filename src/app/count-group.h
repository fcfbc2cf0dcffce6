/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "experiment/experiment.h"

G_BEGIN_DECLS

#define ISC_TYPE_COUNT_GROUP (isc_count_group_get_type ())
G_DECLARE_FINAL_TYPE (IscCountGroup, isc_count_group, ISC, COUNT_GROUP, AdwPreferencesGroup)

/**
 * IscCountGroup:
 *
 * How weights are counted and drawn: bars, bins, range, kernel, bandwidth, fans, PyTorch's version,
 * a row each.  Emits "edited" with a field's path and its new value.
 */
GtkWidget *isc_count_group_new (void);

/** isc_count_group_set_experiment: @experiment: whose fields are shown */
void isc_count_group_set_experiment (IscCountGroup *self, IscExperiment *experiment);

/** isc_count_group_set_error: @message: what is wrong, beginning with the field's path
 *
 * Returns: whether the field is one of the group's, whose row then says so */
gboolean isc_count_group_set_error (IscCountGroup *self, const char *message);

/** isc_count_group_find: Returns: (transfer none) (nullable): the row of field @path */
GtkWidget *isc_count_group_find (IscCountGroup *self, const char *path);

G_END_DECLS
