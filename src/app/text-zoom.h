/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/** isc_text_zoom: Returns: how much larger than usual the person wants letters, 1 to 3 */
double isc_text_zoom (GtkWidget *widget);

/** isc_text_zoom_follow: calls @changed (@widget) when that changes, as long as @widget lives */
void isc_text_zoom_follow (GtkWidget *widget, void (*changed) (GtkWidget *widget));

/** isc_text_zoom_set: makes all text of the program larger by @zoom than the system's */
void isc_text_zoom_set (double zoom);
