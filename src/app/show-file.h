/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** isc_show_file: shows a file, or what is in a folder, in the person's file manager; where that can
 *  point at no file, it opens the folder */
void isc_show_file (GtkWindow *parent, const char *path);

G_END_DECLS
