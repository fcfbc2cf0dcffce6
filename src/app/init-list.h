/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/list-group.h"

/* The schemes that are compared, as a list: each with its name and colour in figures, the scheme of
 * its weights and that of its biases. */

/** isc_init_list_new: Returns: (transfer floating): an IscListGroup */
GtkWidget *isc_init_list_new (void);

/** isc_init_list_attach: from now on what is done in @list edits @document */
void isc_init_list_attach (IscListGroup *list, IscDocument *document);

/** isc_init_list_show: shows the inits of @experiment */
void isc_init_list_show (IscListGroup *list, IscExperiment *experiment);
