/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pause-hidden.h"

#include "app/settings.h"

/* Set on a page that was paused here: only that one is to go on. */
#define PAUSED "isc-paused-hidden"

static gboolean
is_wanted (void)
{
  g_autoptr (GSettings) settings = isc_settings_new ();
  gboolean wanted = FALSE;

  isc_settings_get (settings, "pause-hidden", "b", &wanted);
  return wanted;
}

static void
state_cb (IscTrainingPage *page, GParamSpec *pspec, GdkToplevel *toplevel)
{
  gboolean hidden = (gdk_toplevel_get_state (toplevel) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0;
  gboolean running = isc_training_page_is_running (page);

  if (hidden && running && is_wanted ())
    {
      isc_training_page_toggle (page);
      g_object_set_data (G_OBJECT (page), PAUSED, page);
    }
  else if (!hidden && g_object_steal_data (G_OBJECT (page), PAUSED) && !running)
    isc_training_page_toggle (page);
}

static void
realize_cb (GtkWidget *window, IscTrainingPage *page)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  g_signal_connect_object (surface, "notify::state", G_CALLBACK (state_cb), page,
                           G_CONNECT_SWAPPED);
}

void
isc_pause_hidden (GtkWindow *window, IscTrainingPage *page)
{
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realize_cb (GTK_WIDGET (window), page);
  g_signal_connect_object (window, "realize", G_CALLBACK (realize_cb), page, 0);
}
