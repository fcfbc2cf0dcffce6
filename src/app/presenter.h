/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/*
 * A window for the back row: full screen, large letters and figures, nothing but the page and the
 * lesson.  The keys that a remote control sends go from step to step, Escape leaves.
 */

/** isc_presenter_add: gives @window the verb "present" */
void isc_presenter_add (IscWindow *window);

gboolean isc_presenter_is_on (IscWindow *window);

/** isc_presenter_press: @key: as GDK names it; Returns: whether it is a presenter's key, which has
 * then done what it does */
gboolean isc_presenter_press (IscWindow *window, guint key);

G_END_DECLS
