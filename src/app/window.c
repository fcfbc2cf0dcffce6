/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/application.h"
#include "app/ask-to-save.h"
#include "app/autosave.h"
#include "app/examples-page.h"
#include "app/figure-verbs.h"
#include "app/file-verbs.h"
#include "app/lesson-panel.h"
#include "app/lesson-player.h"
#include "app/opening.h"
#include "app/pause-hidden.h"
#include "app/presenter.h"
#include "app/recent.h"
#include "app/sketch.h"
#include "app/spotlight.h"
#include "app/text-zoom.h"
#include "app/window-state.h"
#include "app/window-verbs.h"
#include "experiment/examples.h"

/* Below this width the header bar keeps only what it must; above the other it has room for the
 * document's name. */
#define NARROW 640
#define WIDE 1000

struct _IscWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *toasts;
  GtkWidget *stack;
  GtkWidget *title;
  GtkWidget *name;
  GtkWidget *outcome;
  GtkWidget *bar;
  GMenu *recent;
  GtkWidget *sidebar_button;
  GtkWidget *redo_button;
  GtkWidget *export_button;
  GtkWidget *weights;
  GtkWidget *training_place;
  /* NULL until somebody asks for it. */
  IscTrainingPage *training;

  IscDocument *document;
  /* NULL where nothing can be kept for recovery. */
  IscAutosave *autosave;
  /* While there is unsaved work the session is not ended without asking. */
  guint inhibitor;
  /* What was offered with the last toast, until the document is another one. */
  AdwToast *offer;
  char *status;
};

G_DEFINE_FINAL_TYPE (IscWindow, isc_window, ADW_TYPE_APPLICATION_WINDOW)

/* The pages have a sidebar each, and a person has one. */
static void
show_sidebar (IscWindow *self, gboolean shown)
{
  adw_flap_set_reveal_flap (isc_weights_page_get_flap (ISC_WEIGHTS_PAGE (self->weights)), shown);
  if (self->training)
    adw_flap_set_reveal_flap (isc_training_page_get_flap (self->training), shown);
}

/* A page takes as long to build as the rest of the window, which starts with another one. */
static IscTrainingPage *
get_training (IscWindow *self)
{
  if (!self->training)
    {
      self->training = g_object_new (ISC_TYPE_TRAINING_PAGE, NULL);
      adw_bin_set_child (ADW_BIN (self->training_place), GTK_WIDGET (self->training));
      isc_training_page_set_document (self->training, self->document);
      isc_window_state_restore_training (self->training);
      show_sidebar (self, adw_flap_get_reveal_flap (
                              isc_weights_page_get_flap (ISC_WEIGHTS_PAGE (self->weights))));
      isc_pause_hidden (GTK_WINDOW (self), self->training);
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
update_inhibitor (IscWindow *self, gboolean modified)
{
  /* A window that goes away has left its application already. */
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());

  if (modified == (self->inhibitor != 0))
    return;
  if (modified)
    self->inhibitor
        = gtk_application_inhibit (application, GTK_WINDOW (self), GTK_APPLICATION_INHIBIT_LOGOUT,
                                   _ ("An experiment has unsaved changes"));
  else
    {
      gtk_application_uninhibit (application, self->inhibitor);
      self->inhibitor = 0;
    }
}

/* The folder as a person writes it; of an experiment without a file there is none. */
static char *
dup_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (folder);
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  return g_str_has_prefix (folder, home) && (folder[length] == '\0' || folder[length] == '/')
             ? g_strconcat ("~", shown + length, NULL)
             : g_steal_pointer (&shown);
}

static void
update_state (IscWindow *self)
{
  const char *path = isc_document_get_path (self->document);
  gboolean modified = isc_document_is_modified (self->document);
  g_autofree char *name = isc_window_dup_name (self);
  g_autofree char *title = g_strdup_printf ("%s%s", modified ? "• " : "", name);
  g_autofree char *folder = path ? dup_folder (path) : NULL;

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->name), title);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->name), folder ? folder : "");
  adw_view_switcher_title_set_title (ADW_VIEW_SWITCHER_TITLE (self->title), title);
  adw_view_switcher_title_set_subtitle (ADW_VIEW_SWITCHER_TITLE (self->title), folder);
  enable (self, "undo", isc_document_can_undo (self->document));
  enable (self, "redo", isc_document_can_redo (self->document));
  update_inhibitor (self, modified);
  /* Undo is another step's by now. */
  if (self->offer)
    adw_toast_dismiss (self->offer);
}

static gboolean
isc_window_close_request (GtkWindow *window)
{
  IscWindow *self = ISC_WINDOW (window);

  isc_window_state_save (self, self->training);
  if (isc_document_is_modified (self->document))
    {
      isc_ask_to_save (self);
      return GDK_EVENT_STOP;
    }
  return GTK_WINDOW_CLASS (isc_window_parent_class)->close_request (window);
}

/* What was dragged out of this program and let go again over it is not to be opened. */
static gboolean
accept_drop_cb (GtkDropTarget *target, GdkDrop *drop)
{
  return !gdk_drop_get_drag (drop)
         && gdk_content_formats_match (gtk_drop_target_get_formats (target),
                                       gdk_drop_get_formats (drop));
}

static gboolean
drop_cb (IscWindow *self, const GValue *value)
{
  return isc_open_files (self, g_value_get_boxed (value));
}

/* Whatever is dragged, and whoever claims the pointer for it, the window hears of it first. */
static gboolean
event_cb (IscWindow *self, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      isc_document_hold (self->document, TRUE);
      break;
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
    case GDK_GRAB_BROKEN:
      isc_document_hold (self->document, FALSE);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
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
  gtk_widget_set_visible (self->name, width >= WIDE * isc_text_zoom (GTK_WIDGET (self)));
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

  g_clear_pointer (&self->autosave, isc_autosave_free);
  update_inhibitor (self, FALSE);
  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_WINDOW);
  G_OBJECT_CLASS (isc_window_parent_class)->dispose (object);
}

static void
isc_window_finalize (GObject *object)
{
  IscWindow *self = ISC_WINDOW (object);

  g_clear_object (&self->document);
  g_clear_weak_pointer (&self->offer);
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
  g_type_ensure (ISC_TYPE_SKETCH);
  g_type_ensure (ISC_TYPE_SPOTLIGHT);
  g_type_ensure (ISC_TYPE_WEIGHTS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, ISC_RESOURCE_BASE "/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, IscWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, title);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, name);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, outcome);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, recent);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, weights);
  gtk_widget_class_bind_template_child (widget_class, IscWindow, training_place);
  /* For those who look them up by name. */
  gtk_widget_class_bind_template_child_full (widget_class, "header", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "body", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "overlay", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "spotlight", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "sketch", FALSE, 0);
  gtk_widget_class_bind_template_child_full (widget_class, "lesson", FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, event_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, resized_cb);
}

static void
isc_window_init (IscWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_autoptr (GMenuModel) recent = isc_recent_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_menu_append_section (self->recent, NULL, recent);
  g_signal_connect (target, "accept", G_CALLBACK (accept_drop_cb), NULL);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  isc_text_zoom_follow (GTK_WIDGET (self), zoomed_cb);
}

static void
autosave_failed_cb (const GError *error, gpointer window)
{
  isc_window_say (window, _ ("Unsaved changes are not kept for recovery: %s"), error->message);
}

IscWindow *
isc_window_new (AdwApplication *application)
{
  IscWindow *self = g_object_new (ISC_TYPE_WINDOW, "application", application, NULL);
  guint n;
  g_autoptr (IscExperiment) experiment = isc_example_load (isc_examples_list (&n)[0], NULL);
  IscRecovery *recovery = isc_application_get_recovery (ISC_APPLICATION (application));

  isc_window_verbs_add (self);
  isc_file_verbs_add (self);
  isc_figure_verbs_add (self);
  isc_lesson_player_add (self);
  isc_presenter_add (self);
  self->document = isc_document_new (experiment);
  if (recovery)
    self->autosave = isc_autosave_new (self->document, recovery, autosave_failed_cb, self);
  isc_window_state_restore (self);
  isc_weights_page_set_document (ISC_WEIGHTS_PAGE (self->weights), self->document);
  g_signal_connect_object (self->document, "state-changed", G_CALLBACK (update_state), self,
                           G_CONNECT_SWAPPED);
  update_state (self);
  isc_window_focus_page (self);
  return self;
}

gboolean
isc_window_recover (IscWindow *self, IscExperiment *experiment, const char *path)
{
  isc_document_recover (self->document, isc_experiment_ref (experiment), path);
  return self->autosave && isc_autosave_flush (self->autosave);
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

/* Of an outcome, which is the window's status then. */
static AdwToast *
new_toast (IscWindow *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  gtk_label_set_text (GTK_LABEL (self->outcome), text);
  g_free (self->status);
  self->status = g_strdup (text);
  return adw_toast_new (markup);
}

static AdwToast *
show_outcome (IscWindow *self, const char *format, va_list arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  return new_toast (self, text);
}

void
isc_window_say (IscWindow *self, const char *format, ...)
{
  AdwToast *toast;
  va_list arguments;

  va_start (arguments, format);
  toast = show_outcome (self, format, arguments);
  va_end (arguments);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

void
isc_window_say_error (IscWindow *self, const GError *error)
{
  AdwToast *toast;

  g_return_if_fail (ISC_IS_WINDOW (self) && error != NULL);

  toast = new_toast (self, error->message);
  adw_toast_set_button_label (toast, _ ("_Copy"));
  adw_toast_set_action_name (toast, "win.copy-outcome");
  /* What went wrong waits behind nothing that went well. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

void
isc_window_offer_undo (IscWindow *self, const char *format, ...)
{
  AdwToast *toast;
  va_list arguments;

  va_start (arguments, format);
  toast = show_outcome (self, format, arguments);
  va_end (arguments);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  g_set_weak_pointer (&self->offer, toast);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

void
isc_window_offer_show (IscWindow *self, const char *path, const char *format, ...)
{
  AdwToast *toast;
  va_list arguments;

  va_start (arguments, format);
  toast = show_outcome (self, format, arguments);
  va_end (arguments);
  adw_toast_set_button_label (toast, _ ("_Show"));
  adw_toast_set_action_name (toast, "win.show-file");
  adw_toast_set_action_target_value (toast, g_variant_new_string (path));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

char *
isc_window_dup_name (IscWindow *self)
{
  const char *path = isc_document_get_path (self->document);
  const char *title = isc_experiment_get_title (isc_document_get_experiment (self->document));

  return path              ? g_filename_display_basename (path)
         : title && *title ? g_strdup (title)
                           : g_strdup (_ ("New Experiment"));
}

gboolean
isc_window_is_fresh (IscWindow *self)
{
  return !isc_document_get_path (self->document) && !isc_document_is_modified (self->document)
         && !isc_document_can_undo (self->document);
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

void
isc_window_focus_page (IscWindow *self)
{
  const char *page = isc_window_get_page (self);

  if (g_strcmp0 (page, "weights") == 0)
    gtk_widget_grab_focus (
        GTK_WIDGET (isc_weights_page_get_plot (ISC_WEIGHTS_PAGE (self->weights))));
  else if (g_strcmp0 (page, "training") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (
        isc_training_figures_get_plot (isc_training_page_get_figures (get_training (self)), 0)));
  else
    gtk_widget_child_focus (adw_view_stack_get_visible_child (ADW_VIEW_STACK (self->stack)),
                            GTK_DIR_TAB_FORWARD);
}

void
isc_window_toggle_sidebar (IscWindow *self)
{
  AdwFlap *flap = visible_flap (self);

  if (flap)
    show_sidebar (self, !adw_flap_get_reveal_flap (flap));
}

const char *
isc_window_get_page (IscWindow *self)
{
  return adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (self->stack));
}

gboolean
isc_window_shows_training (IscWindow *self)
{
  return g_strcmp0 (isc_window_get_page (self), "training") == 0;
}

const char *
isc_window_get_status (IscWindow *self)
{
  return self->status;
}
