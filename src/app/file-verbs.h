/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/* What a window does with files: opens and saves experiments, saves weights. */

/** isc_file_verbs_add: gives @window these verbs and their keys; once */
void isc_file_verbs_add (IscWindow *window);

/** isc_file_verbs_save_and_close: saves the experiment, under a name that is asked for if it has
 * none, and destroys @window if that went well */
void isc_file_verbs_save_and_close (IscWindow *window);

G_END_DECLS
