/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document.h"
#include "engine/weights.h"

G_BEGIN_DECLS

#define ISC_TYPE_WEIGHTS_SIDEBAR (isc_weights_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (IscWeightsSidebar, isc_weights_sidebar, ISC, WEIGHTS_SIDEBAR, GtkBox)

/**
 * IscWeightsSidebar:
 *
 * The controls that edit a document's weights section: scheme, shape, seed, layer, bias, what is
 * compared, and how weights are counted.  Emits "again" when the same weights are wanted anew.
 */

/** isc_weights_sidebar_set_document: @document: what it edits; once */
void isc_weights_sidebar_set_document (IscWeightsSidebar *self, IscDocument *document);

/** isc_weights_sidebar_set_entry: @entry: what was made: its formula and fans are shown */
void isc_weights_sidebar_set_entry (IscWeightsSidebar *self, const IscWeightEntry *entry);

/** isc_weights_sidebar_show_failure: shows why there are no weights beside the row at fault;
 * @message begins with its path */
void isc_weights_sidebar_show_failure (IscWeightsSidebar *self, const char *message);

/** isc_weights_sidebar_find: Returns: (transfer none) (nullable): a control by its name: "shape",
 * "seed", "layer", "scheme", "bias", "pins", or a field's path: "bins", "stat", "fans" */
GtkWidget *isc_weights_sidebar_find (IscWeightsSidebar *self, const char *name);

G_END_DECLS
