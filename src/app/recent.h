/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The experiments that were opened or saved last, as the desktop remembers them.
 */

/** isc_recent_menu: Returns: (transfer full): a menu of them, latest first, that follows what is
 * opened; each activates win.open-uri */
GMenuModel *isc_recent_menu (void);

/** isc_recent_add: remembers the experiment at @path */
void isc_recent_add (const char *path);

/** isc_recent_remove: forgets it, for a file that is gone; Returns: whether it was there */
gboolean isc_recent_remove (const char *path);

G_END_DECLS
