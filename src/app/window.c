/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window.h"

#include <glib/gi18n.h>

#include "app/examples-page.h"
#include "app/file-verbs.h"
#include "app/lesson-panel.h"
#include "app/lesson-player.h"
#include "app/pin-list.h"
#include "app/settings.h"
#include "app/text-zoom.h"
#include "experiment/examples.h"
#include "formats/weights-file.h"
#include "lessons/read.h"

/* Below this width the header bar keeps only what it must. */
#define NARROW 640

struct _IscWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *toasts;
  GtkWidget *stack;
  GtkWidget *title;
  GtkWidget *bar;
  GtkWidget *sidebar_button;
  GtkWidget *redo_button;
  GtkWidget *export_button;
  GtkWidget *weights;
  GtkWidget *training_place;
  /* NULL until somebody asks for it. */
  IscTrainingPage *training;

  IscDocument *document;
  GSettings *settings;
  char *status;
};

G_DEFINE_FINAL_TYPE (IscWindow, isc_window, ADW_TYPE_APPLICATION_WINDOW)

/* A page takes as long to build as the rest of the window, which starts with another one. */
static IscTrainingPage *
get_training (IscWindow *self)
{
  if (!self->training)
    {
      self->training = g_object_new (ISC_TYPE_TRAINING_PAGE, NULL);
      adw_bin_set_child (ADW_BIN (self->training_place), GTK_WIDGET (self->training));
      isc_training_page_set_document (self->training, self->document);
    }
  return self->training;
}

/* None where the page has no sidebar. */
static AdwFlap *
visible_flap (IscWindow *self)
{
  const char *page = adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack));

  if (g_strcmp0 (page, "examples") == 0)
    return NULL;
  return isc_window_shows_training (self)
             ? isc_training_page_get_flap (get_training (self))
             : isc_weights_page_get_flap (ISC_WEIGHTS_PAGE (self->weights));
}

static void
enable (IscWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_state (IscWindow *self)
{
  const char *path = isc_document_get_path (self->document);
  g_autofree char *name = path ? g_path_get_basename (path) : g_strdup (_ ("Initscope"));
  g_autofree char *title
      = g_strdup_printf ("%s%s", isc_document_is_modified (self->document) ? "• " : "", name);

  gtk_window_set_title (GTK_WINDOW (self), title);
  enable (self, "undo", isc_document_can_undo (self->document));
  enable (self, "redo", isc_document_can_redo (self->document));
}

static void
undo_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_document_undo (ISC_WINDOW (window)->document);
}

static void
redo_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_document_redo (ISC_WINDOW (window)->document);
}

static void
pin_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  GtkWidget *pins = isc_weights_page_find (ISC_WEIGHTS_PAGE (ISC_WINDOW (window)->weights), "pins");

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
      isc_window_say (self, "%s", error->message);
      return;
    }
  isc_lesson_player_close (self);
  isc_document_take (self->document, experiment, NULL);
  /* The page of examples shows nothing of the experiment. */
  if (!visible_flap (self))
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), "training");
}

static void
page_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (ISC_WINDOW (window)->stack),
                                         g_variant_get_string (parameter, NULL));
}

static void
toggle_sidebar_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  AdwFlap *flap = visible_flap (ISC_WINDOW (window));

  if (flap)
    adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

static void
toggle_play_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  IscWindow *self = ISC_WINDOW (window);

  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), "training");
  isc_training_page_toggle (get_training (self));
}

static void
discard_response_cb (AdwMessageDialog *dialog, const char *response, IscWindow *self)
{
  if (g_str_equal (response, "cancel"))
    return;
  /* The dialog goes away a moment after the window, and would look for it. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "save"))
    isc_file_verbs_save_and_close (self);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
ask_to_save (IscWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Save Changes?"),
                                              _ ("The experiment has changes that are not saved."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (discard_response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
isc_window_close_request (GtkWindow *window)
{
  IscWindow *self = ISC_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  isc_settings_set (self->settings, "window-size", "(ii)", width, height);
  isc_settings_set (self->settings, "page", "s",
                    isc_window_shows_training (self) ? "training" : "weights");
  /* An example that was only looked at is nobody's work. */
  if (isc_document_is_modified (self->document) && isc_document_can_undo (self->document))
    {
      ask_to_save (self);
      return GDK_EVENT_STOP;
    }
  return GTK_WINDOW_CLASS (isc_window_parent_class)->close_request (window);
}

static gboolean
drop_cb (IscWindow *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);
  g_autofree char *path = files ? g_file_get_path (files->data) : NULL;

  if (!path)
    return FALSE;
  isc_window_open (self, path);
  return TRUE;
}

static void
page_changed_cb (IscWindow *self)
{
  AdwFlap *flap = visible_flap (self);

  gtk_widget_set_visible (self->sidebar_button, flap != NULL);
}

/* A phone's width has no room for buttons whose verbs the menu or the keyboard has too, nor for the
 * pages' names in the header bar. */
static void
resized_cb (IscWindow *self)
{
  int width, height;
  gboolean wide;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  wide = width >= NARROW * isc_text_zoom (GTK_WIDGET (self));
  gtk_widget_set_visible (self->redo_button, wide);
  gtk_widget_set_visible (self->export_button, wide);
  adw_view_switcher_title_set_view_switcher_enabled (ADW_VIEW_SWITCHER_TITLE (self->title), wide);
  adw_view_switcher_bar_set_reveal (ADW_VIEW_SWITCHER_BAR (self->bar), !wide);
  isc_weights_page_set_window_width (ISC_WEIGHTS_PAGE (self->weights), width);
}

static void
zoomed_cb (GtkWidget *widget)
{
  resized_cb (ISC_WINDOW (widget));
}

static void
isc_window_dispose (GObject *object)
{
  IscWindow *self = ISC_WINDOW (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_WINDOW);
  G_OBJECT_CLASS (isc_window_parent_class)->dispose (object);
}

static void
isc_window_finalize (GObject *object)
{
  IscWindow *self = ISC_WINDOW (object);

  g_clear_object (&self->document);
  g_free (self->status);
  G_OBJECT_CLASS (isc_window_parent_class)->finalize (object);
}

static void
isc_window_class_init (IscWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = isc_window_close_request;
  g_type_ensure (ISC_TYPE_EXAMPLES_PAGE);
  g_type_ensure (ISC_TYPE_LESSON_PANEL);
  g_type_ensure (ISC_TYPE_WEIGHTS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, ISC_RESOURCE_BASE "/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, IscWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, title);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, weights);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, training_place);
  /* For those who look them up by name. */
  gtk_widget_class_bind_template_child_full (widget_class, "body", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "overlay", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "lesson", FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, resized_cb);
}

/* The window's own verbs; those of files are in file-verbs.c. */
static const IscVerb verbs[] = {
  { { "undo", undo_action, NULL, NULL, NULL, { 0 } }, { "<Control>z" } },
  { { "redo", redo_action, NULL, NULL, NULL, { 0 } }, { "<Control><Shift>z" } },
  { { "pin", pin_action, NULL, NULL, NULL, { 0 } }, { "<Control>d" } },
  { { "example", example_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "page", page_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "toggle-sidebar", toggle_sidebar_action, NULL, NULL, NULL, { 0 } }, { "F9" } },
  { { "toggle-play", toggle_play_action, NULL, NULL, NULL, { 0 } }, { "<Control>Return" } },
};

static void
isc_window_init (IscWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  isc_text_zoom_follow (GTK_WIDGET (self), zoomed_cb);
}

IscWindow *
isc_window_new (AdwApplication *application)
{
  IscWindow *self = g_object_new (ISC_TYPE_WINDOW, "application", application, NULL);
  guint n;
  g_autoptr (IscExperiment) experiment = isc_example_load (isc_examples_list (&n)[0], NULL);
  g_autofree char *page = NULL;
  int width, height;

  isc_window_add_verbs (self, verbs, G_N_ELEMENTS (verbs));
  isc_file_verbs_add (self);
  isc_lesson_player_add (self);
  self->document = isc_document_new (experiment);
  self->settings = isc_settings_new ();
  if (isc_settings_get (self->settings, "window-size", "(ii)", &width, &height))
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (isc_settings_get (self->settings, "page", "s", &page))
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), page);
  isc_weights_page_set_document (ISC_WEIGHTS_PAGE (self->weights), self->document);
  g_signal_connect_object (self->document, "state-changed", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  update_state (self);
  return self;
}

void
isc_window_open (IscWindow *self, const char *path)
{
  /* Every ending that weights are written with, so that one that is not read says so. */
  gboolean weights = isc_weights_file_check_path (path, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (ISC_IS_WINDOW (self));

  if (isc_lesson_has_ending (path))
    {
      if (!isc_lesson_player_open_file (self, path, &error))
        isc_window_say (self, "%s", error->message);
      return;
    }
  if (!(weights ? isc_weights_page_open (ISC_WEIGHTS_PAGE (self->weights), path, &error)
                : isc_document_open (self->document, path, &error)))
    {
      isc_window_say (self, "%s", error->message);
      return;
    }
  if (weights)
    adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (self->stack), "weights");
  isc_window_say (self, _ ("Opened %s"), name);
}

void
isc_window_add_verbs (IscWindow *self, const IscVerb *list, guint n)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *detailed = g_strconcat ("win.", list[i].entry.name, NULL);

      g_action_map_add_action_entries (G_ACTION_MAP (self), &list[i].entry, 1, self);
      if (list[i].accelerators[0])
        gtk_application_set_accels_for_action (application, detailed, list[i].accelerators);
    }
}

void
isc_window_say (IscWindow *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_free (self->status);
  self->status = g_strdup (text);
  markup = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (markup));
}

GtkWidget *
isc_window_find (IscWindow *self, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self), ISC_TYPE_WINDOW, name));
}

IscDocument *
isc_window_get_document (IscWindow *self)
{
  return self->document;
}

IscWeightsPage *
isc_window_get_weights_page (IscWindow *self)
{
  return ISC_WEIGHTS_PAGE (self->weights);
}

IscTrainingPage *
isc_window_get_training_page (IscWindow *self)
{
  return get_training (self);
}

gboolean
isc_window_shows_training (IscWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack)),
                    "training")
         == 0;
}

const char *
isc_window_get_status (IscWindow *self)
{
  return self->status;
}
