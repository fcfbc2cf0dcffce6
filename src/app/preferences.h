/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** isc_preferences_present: shows the preferences in front of @parent (nullable); there is one
 * window of them, which is shown again if it is there; Returns: (transfer none): it */
GtkWindow *isc_preferences_present (GtkWindow *parent);

G_END_DECLS
