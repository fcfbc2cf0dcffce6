/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-verbs.h"

#include <glib/gi18n.h>

#include "app/lesson-player.h"
#include "app/pin-list.h"
#include "experiment/examples.h"

/* Pages that have a key. */
#define MAX_PAGES 9

static IscDocument *
document_of (gpointer window)
{
  return isc_window_get_document (window);
}

static AdwViewStack *
stack_of (gpointer window)
{
  return ADW_VIEW_STACK (isc_window_find (window, "stack"));
}

static void
undo_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_document_undo (document_of (window));
}

static void
redo_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_document_redo (document_of (window));
}

static void
pin_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  GtkWidget *pins = isc_weights_page_find (isc_window_get_weights_page (window), "pins");

  isc_pin_list_pin (ISC_PIN_LIST (pins));
}

static void
example_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  IscWindow *self = ISC_WINDOW (window);
  g_autoptr (GError) error = NULL;
  IscExperiment *experiment = isc_example_load (g_variant_get_string (parameter, NULL), &error);

  if (!experiment)
    {
      isc_window_say_error (self, error);
      return;
    }
  isc_lesson_player_close (self);
  isc_document_show (document_of (self), experiment);
  /* The page of examples shows nothing of the experiment. */
  if (g_str_equal (isc_window_get_page (self), "examples"))
    adw_view_stack_set_visible_child_name (stack_of (self), "training");
  isc_window_offer_undo (self, _ ("Opened the example “%s”"),
                         isc_experiment_get_title (
                             isc_document_get_experiment (document_of (self))));
}

/* One field of the experiment, as --set has it, for scripts and tests. */
static void
set_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  IscWindow *self = ISC_WINDOW (window);
  g_autoptr (GError) error = NULL;
  const char *path, *value;

  g_variant_get (parameter, "(&s&s)", &path, &value);
  if (!isc_document_edit (document_of (self), path, value, NULL, &error))
    isc_window_say_error (self, error);
}

static void
copy_outcome_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  const char *status = isc_window_get_status (window);

  if (status)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (window), status);
}

static void
page_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  AdwViewStack *stack = stack_of (window);
  const char *name = g_variant_get_string (parameter, NULL);

  if (adw_view_stack_get_child_by_name (stack, name))
    adw_view_stack_set_visible_child_name (stack, name);
}

/* The page @by places after the one in front, the first after the last. */
static void
turn_page (IscWindow *self, int by)
{
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (stack_of (self));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pages));

  for (guint i = 0; i < n; i++)
    if (gtk_selection_model_is_selected (pages, i))
      {
        gtk_selection_model_select_item (pages, (i + n + (guint)by) % n, TRUE);
        isc_window_focus_page (self);
        return;
      }
}

static void
next_page_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  turn_page (window, 1);
}

static void
previous_page_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  turn_page (window, -1);
}

/* By number from 1, as keys have it. */
static void
page_at_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (stack_of (window));
  guint index = (guint)g_variant_get_int32 (parameter) - 1;

  if (index >= g_list_model_get_n_items (G_LIST_MODEL (pages)))
    return;
  gtk_selection_model_select_item (pages, index, TRUE);
  isc_window_focus_page (window);
}

static void
fullscreen_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

static void
toggle_sidebar_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_window_toggle_sidebar (window);
}

static void
toggle_play_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  IscWindow *self = ISC_WINDOW (window);

  adw_view_stack_set_visible_child_name (stack_of (self), "training");
  isc_training_page_toggle (isc_window_get_training_page (self));
}

/* The window's own verbs; those of files are in file-verbs.c. */
static const IscVerb verbs[] = {
  { { "undo", undo_action, NULL, NULL, NULL, { 0 } }, { "<Control>z" } },
  { { "redo", redo_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>z" } },
  { { "pin", pin_action, NULL, NULL, NULL, { 0 } }, { "<Control>d" } },
  { { "example", example_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "set", set_action, "(ss)", NULL, NULL, { 0 } }, { NULL } },
  { { "copy-outcome", copy_outcome_action, NULL, NULL, NULL, { 0 } }, { NULL } },
  { { "page", page_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "page-at", page_at_action, "i", NULL, NULL, { 0 } }, { NULL } },
  { { "next-page", next_page_action, NULL, NULL, NULL, { 0 } }, { "<Control>Page_Down" } },
  { { "previous-page", previous_page_action, NULL, NULL, NULL, { 0 } }, { "<Control>Page_Up" } },
  { { "fullscreen", fullscreen_action, NULL, NULL, NULL, { 0 } }, { "F11" } },
  { { "toggle-sidebar", toggle_sidebar_action, NULL, NULL, NULL, { 0 } }, { "F9" } },
  { { "toggle-play", toggle_play_action, NULL, NULL, NULL, { 0 } }, { "<Control>Return" } },
};

static void
add_page_keys (GtkApplication *application)
{
  for (int i = 1; i <= MAX_PAGES; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.page-at(%d)", i);
      g_autofree char *key = g_strdup_printf ("<Alt>%d", i);

      gtk_application_set_accels_for_action (application, action,
                                             (const char *const[]){ key, NULL });
    }
}

void
isc_window_verbs_add (IscWindow *window)
{
  isc_window_add_verbs (window, verbs, G_N_ELEMENTS (verbs));
  add_page_keys (gtk_window_get_application (GTK_WINDOW (window)));
}
