/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/* What a window does with its experiment and its pages; with files it is file-verbs.h. */

/** isc_window_verbs_add: gives @window these verbs and their keys; once */
void isc_window_verbs_add (IscWindow *window);

G_END_DECLS
