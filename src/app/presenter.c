/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/presenter.h"

#include "app/lesson-panel.h"
#include "app/lesson-player.h"
#include "app/sketch.h"

/* Figures and letters, read from the back row; style.css has the letters of everything else. */
#define ENLARGED 1.5

#define CSS_CLASS "presenter"

static void
set_enlarged (IscWindow *window, double factor)
{
  IscTrainingPage *training = isc_window_get_training_page (window);

  isc_plot_view_set_enlarged (isc_weights_page_get_plot (isc_window_get_weights_page (window)),
                              factor);
  for (guint i = 0; i < 2; i++)
    isc_plot_view_set_enlarged (isc_training_figures_get_plot (isc_training_page_get_figures (
                                                                   training),
                                                               i),
                                factor);
  isc_sketch_set_enlarged (ISC_SKETCH (isc_window_find (window, "sketch")), factor);
}

static void
set_on (IscWindow *window, gboolean on)
{
  GtkWidget *widget = GTK_WIDGET (window);

  if (on)
    {
      gtk_widget_add_css_class (widget, CSS_CLASS);
      gtk_window_fullscreen (GTK_WINDOW (window));
    }
  else
    {
      gtk_widget_remove_css_class (widget, CSS_CLASS);
      gtk_window_unfullscreen (GTK_WINDOW (window));
    }
  gtk_widget_set_visible (isc_window_find (window, "header"), !on);
  set_enlarged (window, on ? ENLARGED : 1.0);
  isc_lesson_panel_set_presenting (ISC_LESSON_PANEL (isc_window_find (window, "lesson")), on);
  isc_lesson_player_place (window);
}

/* What the step keeps back comes first: a remote control has no other button. */
static void
go_on (IscWindow *window)
{
  IscLessonPanel *panel = ISC_LESSON_PANEL (isc_window_find (window, "lesson"));
  const char *action = isc_lesson_player_is_asking (window)  ? "win.lesson-reveal"
                       : isc_lesson_panel_has_answer (panel) ? "win.lesson-answer"
                                                             : "win.lesson-next";

  gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
}

static void
present_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  set_on (window, !isc_presenter_is_on (window));
}

static gboolean
key_cb (IscWindow *window, guint key, guint code, GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;
  return isc_presenter_press (window, key) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static const IscVerb verbs[] = {
  { { "present", present_action, NULL, NULL, NULL, { 0 } }, { "F5" } },
};

void
isc_presenter_add (IscWindow *window)
{
  GtkEventController *key = gtk_event_controller_key_new ();

  /* Before a slider or a scrolled text takes the arrows. */
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), key);
  isc_window_add_verbs (window, verbs, G_N_ELEMENTS (verbs));
}

gboolean
isc_presenter_is_on (IscWindow *window)
{
  return gtk_widget_has_css_class (GTK_WIDGET (window), CSS_CLASS);
}

gboolean
isc_presenter_press (IscWindow *window, guint key)
{
  /* The arrows belong to a sketch while it is drawn. */
  gboolean arrows = !isc_lesson_player_is_asking (window);

  if (!isc_presenter_is_on (window))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Escape:
      set_on (window, FALSE);
      return TRUE;
    case GDK_KEY_Page_Down:
      go_on (window);
      return TRUE;
    case GDK_KEY_Page_Up:
      gtk_widget_activate_action (GTK_WIDGET (window), "win.lesson-back", NULL);
      return TRUE;
    case GDK_KEY_Right:
      return arrows && isc_presenter_press (window, GDK_KEY_Page_Down);
    case GDK_KEY_Left:
      return arrows && isc_presenter_press (window, GDK_KEY_Page_Up);
    default:
      return FALSE;
    }
}
