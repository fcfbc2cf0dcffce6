/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** isc_about_present: shows what this program is, who made it, and a text about the system that a
 * person can copy into a report */
void isc_about_present (GtkWindow *parent);

/** isc_about_dup_system: Returns: (transfer full): that text, a line a fact */
char *isc_about_dup_system (GtkWindow *window);

G_END_DECLS
