/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document.h"

G_BEGIN_DECLS

#define ISC_TYPE_EXPERIMENT_PANEL (isc_experiment_panel_get_type ())
G_DECLARE_FINAL_TYPE (IscExperimentPanel, isc_experiment_panel, ISC, EXPERIMENT_PANEL, GtkBox)

/**
 * IscExperimentPanel:
 *
 * What decides a training run, as rows that edit the document: schemes, data, network, optimizer,
 * loss, and how long.  What does not fit shows beside the row at fault.
 */
void isc_experiment_panel_set_document (IscExperimentPanel *self, IscDocument *document);

/** isc_experiment_panel_show_error: @message: (nullable): why the experiment can't be run, shown at
 * the row of the path that it begins with; %NULL when it can */
void isc_experiment_panel_show_error (IscExperimentPanel *self, const char *message);

/** isc_experiment_panel_show_gaps: @gaps: (nullable): what the data lack, a sentence without
 * capital and full stop, shown at their rows until the experiment is another */
void isc_experiment_panel_show_gaps (IscExperimentPanel *self, const char *gaps);

/** isc_experiment_panel_find: Returns: (transfer none) (nullable): the control of a field: a list
 * group for "inits" and "network", a call group for "data", "loss" and "optimizer", else a row */
GtkWidget *isc_experiment_panel_find (IscExperimentPanel *self, const char *path);

G_END_DECLS
