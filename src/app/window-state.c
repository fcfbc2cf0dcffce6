/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-state.h"

#include "app/lesson-player.h"
#include "app/settings.h"

/* A size outside these is somebody's mistake. */
#define MIN_SIZE 300
#define MAX_SIZE 16000

/* The figures of the Training page, upper and lower. */
static const char *const figure_keys[] = { "upper-figure", "lower-figure" };

static void
restore_size (IscWindow *window, GSettings *settings)
{
  gboolean maximized = FALSE;
  int width, height;

  if (isc_settings_get (settings, "window-size", "(ii)", &width, &height))
    gtk_window_set_default_size (GTK_WINDOW (window), CLAMP (width, MIN_SIZE, MAX_SIZE),
                                 CLAMP (height, MIN_SIZE, MAX_SIZE));
  isc_settings_get (settings, "maximized", "b", &maximized);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (window));
}

/* A figure that is not known is not chosen. */
void
isc_window_state_restore (IscWindow *window)
{
  g_autoptr (GSettings) settings = isc_settings_new ();
  IscWeightsPage *weights = isc_window_get_weights_page (window);
  g_autofree char *page = NULL;
  g_autofree char *figure = NULL;
  gboolean sidebar = TRUE;

  restore_size (window, settings);
  isc_settings_get (settings, "sidebar", "b", &sidebar);
  adw_flap_set_reveal_flap (isc_weights_page_get_flap (weights), sidebar);
  if (isc_settings_get (settings, "weights-figure", "s", &figure))
    isc_weights_page_choose_view (weights, figure);
  if (isc_settings_get (settings, "page", "s", &page))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", page);
}

void
isc_window_state_restore_training (IscTrainingPage *page)
{
  g_autoptr (GSettings) settings = isc_settings_new ();

  for (guint i = 0; i < G_N_ELEMENTS (figure_keys); i++)
    {
      g_autofree char *id = NULL;
      const IscView *view = isc_settings_get (settings, figure_keys[i], "s", &id)
                                ? isc_views_find (id, NULL)
                                : NULL;

      if (view && view->of_result)
        isc_training_figures_choose (isc_training_page_get_figures (page), i, view, FALSE, FALSE,
                                     0);
    }
}

void
isc_window_state_save (IscWindow *window, IscTrainingPage *training)
{
  g_autoptr (GSettings) settings = isc_settings_new ();
  IscWeightsPage *weights = isc_window_get_weights_page (window);
  AdwFlap *flap = isc_window_shows_training (window) ? isc_training_page_get_flap (training)
                                                     : isc_weights_page_get_flap (weights);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  isc_settings_set (settings, "window-size", "(ii)", width, height);
  isc_settings_set (settings, "maximized", "b", gtk_window_is_maximized (GTK_WINDOW (window)));
  /* A lesson chooses page, sidebar and figures for its own time. */
  if (isc_lesson_player_get_lesson (window))
    return;
  isc_settings_set (settings, "page", "s", isc_window_get_page (window));
  /* A sidebar that lies over the page in a narrow window is closed to see the page. */
  if (!adw_flap_get_folded (flap))
    isc_settings_set (settings, "sidebar", "b", adw_flap_get_reveal_flap (flap));
  isc_settings_set (settings, "weights-figure", "s", isc_weights_page_get_view (weights)->id);
  for (guint i = 0; training && i < G_N_ELEMENTS (figure_keys); i++)
    isc_settings_set (settings, figure_keys[i], "s",
                      isc_training_figures_get_view (isc_training_page_get_figures (training), i)
                          ->id);
}
