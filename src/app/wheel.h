/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/** isc_wheel_ignore: has the wheel scroll what @widget, a scale or a spin button, is in, whatever
 * the pointer crosses on the way */
void isc_wheel_ignore (GtkWidget *widget);
