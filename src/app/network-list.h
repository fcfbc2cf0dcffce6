/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/list-group.h"

/* The network as a list of modules: a row a line of the document, a menu of what can be added, and
 * a whole model pasted in its place. */

/** isc_network_list_new: Returns: (transfer floating): an IscListGroup */
GtkWidget *isc_network_list_new (void);

/** isc_network_list_attach: from now on what is done in @list edits @document */
void isc_network_list_attach (IscListGroup *list, IscDocument *document);

/** isc_network_list_show: shows the network of @experiment */
void isc_network_list_show (IscListGroup *list, IscExperiment *experiment);
