/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/experiment.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ISC_TYPE_DATA_PROBE (isc_data_probe_get_type ())
G_DECLARE_FINAL_TYPE (IscDataProbe, isc_data_probe, ISC, DATA_PROBE, GObject)

/**
 * IscDataProbe:
 *
 * Reads a person's own data in the background, a moment after they were named, so that what is
 * wrong with them is known before anybody presses Play.  Emits "probed" with what is wrong
 * (nullable) and what the data lack (nullable), as isc_run_explain_data() has it.
 */
IscDataProbe *isc_data_probe_new (void);

/** isc_data_probe_request: @experiment: (nullable): what to read the data of, if they are files of
 * the person's; what was asked for before is forgotten */
void isc_data_probe_request (IscDataProbe *self, IscExperiment *experiment);

G_END_DECLS
