/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/text-zoom.h"

double
isc_text_zoom (GtkWidget *widget)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / (96.0 * PANGO_SCALE), 1.0, 3.0) : 1.0;
}

void
isc_text_zoom_follow (GtkWidget *widget, void (*changed) (GtkWidget *widget))
{
  g_signal_connect_object (gtk_widget_get_settings (widget), "notify::gtk-xft-dpi",
                           G_CALLBACK (changed), widget, G_CONNECT_SWAPPED);
}

void
isc_text_zoom_set (double zoom)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  if (!settings)
    return;
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  if (zoom != 1.0)
    g_object_set (settings, "gtk-xft-dpi", (int)(zoom * (dpi > 0 ? dpi : 96 * PANGO_SCALE) + 0.5),
                  NULL);
}
