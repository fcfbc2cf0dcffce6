/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include <glib/gi18n.h>

#include "app/about.h"
#include "app/opening.h"
#include "app/preferences.h"
#include "app/recovery-offer.h"
#include "app/settings.h"
#include "app/text-zoom.h"
#include "app/window.h"

/* By how much of the system's a key makes text larger. */
#define TEXT_STEP 0.125

#define WEBSITE "https://github.com/initscope/initscope"

struct _IscApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  IscRecovery *recovery;
  /* Why there is none, until a window has said it. */
  GError *recovery_error;
  /* What earlier processes left, until it is decided on. */
  GPtrArray *recovered;
  gboolean offered;
  /* The window that was asked about its changes on the way to quitting. */
  gpointer asked;
};

G_DEFINE_FINAL_TYPE (IscApplication, isc_application, ADW_TYPE_APPLICATION)

/* The next window from @at on: dialogs are windows of the application, too. */
static GList *
next_window (GList *at)
{
  while (at && !ISC_IS_WINDOW (at->data))
    at = at->next;
  return at;
}

static GList *
windows_of (IscApplication *self)
{
  return next_window (gtk_application_get_windows (GTK_APPLICATION (self)));
}

/* The window that a person last worked in. */
static IscWindow *
last_window (IscApplication *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  GList *first = windows_of (self);

  while (active && !ISC_IS_WINDOW (active))
    active = gtk_window_get_transient_for (active);
  return active ? ISC_WINDOW (active) : first ? ISC_WINDOW (first->data) : NULL;
}

static IscWindow *
present_new_window (IscApplication *self)
{
  IscWindow *window = isc_window_new (ADW_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (window));
  if (self->recovery_error)
    isc_window_say (window, _ ("Unsaved changes are not kept for recovery: %s"),
                    self->recovery_error->message);
  g_clear_error (&self->recovery_error);
  return window;
}

static void
new_window_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  present_new_window (application);
}

static void
stop_quitting (IscApplication *self)
{
  self->asked = NULL;
}

/* First every window with unsaved work is asked about, one after the other; when none is left, the
 * rest closes.  Whoever keeps one window keeps them all. */
static void
quit (IscApplication *self)
{
  g_autoptr (GList) windows = NULL;
  GList *at;

  for (at = windows_of (self); at; at = next_window (at->next))
    if (isc_document_is_modified (isc_window_get_document (at->data)))
      {
        gtk_window_present (at->data);
        gtk_window_close (at->data);
        self->asked = at->data;
        /* A window that is closed later than this was kept before. */
        g_signal_connect_object (at->data, "close-request", G_CALLBACK (stop_quitting), self,
                                 G_CONNECT_SWAPPED);
        return;
      }
  windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));
  for (at = next_window (windows); at; at = next_window (at->next))
    gtk_window_close (at->data);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  quit (application);
}

static void
isc_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  IscApplication *self = ISC_APPLICATION (application);
  gboolean quitting = self->asked == window;

  GTK_APPLICATION_CLASS (isc_application_parent_class)->window_removed (application, window);
  if (!quitting)
    return;
  self->asked = NULL;
  quit (self);
}

static void
recover_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  IscApplication *self = application;
  IscWindow *window = last_window (self);

  if (window && self->recovered)
    isc_recovery_offer_take (window, self->recovered);
}

static void
discard_recovered_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  IscApplication *self = application;

  if (self->recovered)
    isc_recovery_offer_discard (self->recovered);
}

/* By a step up or down; 0 for the system's own size. */
static void
scale_text (IscApplication *self, int by)
{
  double scale = 1.0;

  isc_settings_get (self->settings, "text-scale", "d", &scale);
  scale = by == 0 ? 1.0 : CLAMP (scale + by * TEXT_STEP, 0.75, 2.0);
  isc_settings_set (self->settings, "text-scale", "d", scale);
}

static void
larger_text_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  scale_text (application, 1);
}

static void
smaller_text_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  scale_text (application, -1);
}

static void
normal_text_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  scale_text (application, 0);
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  IscWindow *window = last_window (application);

  isc_preferences_present (window ? GTK_WINDOW (window) : NULL);
}

/* The guide that was installed with the program, or else the one that everybody can read. */
static char *
find_guide (void)
{
  for (const char *const *at = g_get_system_data_dirs (); *at; at++)
    {
      g_autofree char *path = g_build_filename (*at, "doc", "initscope", "README.md", NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_filename_to_uri (path, NULL, NULL);
    }
  return g_strdup (WEBSITE "/tree/main/docs");
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  IscWindow *window = last_window (application);
  g_autofree char *uri = find_guide ();

  gtk_show_uri (window ? GTK_WINDOW (window) : NULL, uri, GDK_CURRENT_TIME);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  IscWindow *window = last_window (application);

  isc_about_present (window ? GTK_WINDOW (window) : NULL);
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource (ISC_RESOURCE_BASE "/ui/shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, GTK_WINDOW (last_window (application)));
  gtk_window_present (window);
}

/* THE table of the application's verbs. */
static const struct
{
  const char *name;
  void (*activate) (GSimpleAction *action, GVariant *parameter, gpointer application);
  const char *accelerators[4];
} verbs[] = {
  { "new-window", new_window_action, { "<Control>n" } },
  { "quit", quit_action, { "<Control>q" } },
  { "preferences", preferences_action, { "<Control>comma" } },
  { "shortcuts", shortcuts_action, { "<Control>question" } },
  { "larger-text", larger_text_action, { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "smaller-text", smaller_text_action, { "<Control>minus", "<Control>KP_Subtract" } },
  { "normal-text", normal_text_action, { NULL } },
  { "help", help_action, { "F1" } },
  { "about", about_action, { NULL } },
  { "recover", recover_action, { NULL } },
  { "discard-recovered", discard_recovered_action, { NULL } },
};

static void
style_cb (IscApplication *self)
{
  static const struct
  {
    const char *name;
    AdwColorScheme scheme;
  } styles[]
      = { { "light", ADW_COLOR_SCHEME_FORCE_LIGHT }, { "dark", ADW_COLOR_SCHEME_FORCE_DARK } };
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;
  g_autofree char *style = NULL;

  isc_settings_get (self->settings, "style", "s", &style);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_strcmp0 (style, styles[i].name) == 0)
      scheme = styles[i].scheme;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
text_scale_cb (IscApplication *self)
{
  double scale = 1.0;

  isc_settings_get (self->settings, "text-scale", "d", &scale);
  isc_text_zoom_set (scale);
}

/* Settings that are actions: menus show and change them. */
static void
add_settings (IscApplication *self)
{
  g_autoptr (GAction) style = NULL;

  self->settings = isc_settings_new ();
  isc_settings_follow (self->settings, "style", G_CALLBACK (style_cb), self);
  style_cb (self);
  isc_settings_follow (self->settings, "text-scale", G_CALLBACK (text_scale_cb), self);
  text_scale_cb (self);
  style = isc_settings_new_action (self->settings, "style");
  if (style)
    g_action_map_add_action (G_ACTION_MAP (self), style);
}

static void
isc_application_startup (GApplication *application)
{
  IscApplication *self = ISC_APPLICATION (application);
  g_autofree char *folder
      = g_build_filename (g_get_user_state_dir (), "initscope", "recovery", NULL);

  G_APPLICATION_CLASS (isc_application_parent_class)->startup (application);
  add_settings (self);
  self->recovery = isc_recovery_new (folder, &self->recovery_error);
  self->recovered = self->recovery ? isc_recovery_find (self->recovery) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (verbs[i].name, NULL);
      g_autofree char *detailed = g_strconcat ("app.", verbs[i].name, NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (verbs[i].activate), application, 0);
      g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
      gtk_application_set_accels_for_action (GTK_APPLICATION (application), detailed,
                                             verbs[i].accelerators);
    }
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "window.close",
                                         (const char *const[]){ "<Control>w", NULL });
}

/* Once, when there is a window to ask in front of. */
static void
offer_recovery (IscApplication *self)
{
  IscWindow *window = last_window (self);

  if (!self->recovered || self->recovered->len == 0 || self->offered || !window)
    return;
  self->offered = TRUE;
  isc_recovery_offer_present (window, self->recovered);
}

static void
isc_application_activate (GApplication *application)
{
  IscApplication *self = ISC_APPLICATION (application);
  IscWindow *window = last_window (self);

  if (window)
    gtk_window_present (GTK_WINDOW (window));
  else
    present_new_window (self);
  offer_recovery (self);
}

static void
isc_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  IscApplication *self = ISC_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);
      IscWindow *window = path ? isc_open_find (GTK_APPLICATION (self), path) : NULL;
      GSList one = { files[i], NULL };

      if (!window)
        window = present_new_window (self);
      isc_open_files (window, &one);
    }
  offer_recovery (self);
}

static void
isc_application_finalize (GObject *object)
{
  IscApplication *self = ISC_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->recovered, g_ptr_array_unref);
  g_clear_pointer (&self->recovery, isc_recovery_free);
  g_clear_error (&self->recovery_error);
  G_OBJECT_CLASS (isc_application_parent_class)->finalize (object);
}

static void
isc_application_class_init (IscApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = isc_application_finalize;
  G_APPLICATION_CLASS (klass)->startup = isc_application_startup;
  G_APPLICATION_CLASS (klass)->activate = isc_application_activate;
  G_APPLICATION_CLASS (klass)->open = isc_application_open;
  GTK_APPLICATION_CLASS (klass)->window_removed = isc_application_window_removed;
}

static void
isc_application_init (IscApplication *self)
{
}

IscApplication *
isc_application_new (GApplicationFlags flags)
{
  return g_object_new (ISC_TYPE_APPLICATION, "application-id", ISC_APPLICATION_ID, "flags", flags,
                       "resource-base-path", ISC_RESOURCE_BASE, NULL);
}

IscRecovery *
isc_application_get_recovery (IscApplication *self)
{
  return self->recovery;
}
