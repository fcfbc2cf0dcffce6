/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include <glib/gi18n.h>

#include "app/window.h"
#include "base/lapack.h"

struct _IscApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (IscApplication, isc_application, ADW_TYPE_APPLICATION)

static void
new_window_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  gtk_window_present (GTK_WINDOW (isc_window_new (application)));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  GList *windows = g_list_copy (gtk_application_get_windows (application));

  /* Each window may ask about its changes. */
  for (GList *window = windows; window; window = window->next)
    gtk_window_close (window->data);
  g_list_free (windows);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  g_autofree char *debug
      = g_strdup_printf ("Initscope %s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\n%s\n", ISC_VERSION,
                         gtk_get_major_version (), gtk_get_minor_version (),
                         gtk_get_micro_version (), adw_get_major_version (),
                         adw_get_minor_version (), adw_get_micro_version (), isc_lapack_name ());
  GtkWidget *about = adw_about_window_new ();

  g_object_set (
      about, "transient-for", gtk_application_get_active_window (application), "application-name",
      "Initscope", "application-icon", ISC_APPLICATION_ID, "version", ISC_VERSION, "license-type",
      GTK_LICENSE_GPL_3_0, "developer-name", _ ("The Initscope developers"), "debug-info", debug,
      "comments",
      _ ("An oscilloscope for weight initialization.\n\nData: MNIST by Y. LeCun, C. "
         "Cortes, C. Burges (CC BY-SA 3.0); Fashion-MNIST by Zalando Research (MIT); "
         "Iris by R. A. Fisher, Wine by M. Forina and others, Breast cancer by W. Wolberg, "
         "O. Mangasarian, W. Street and Digits by E. Alpaydin, C. Kaynak (UCI, CC BY 4.0)."),
      NULL);
  gtk_window_present (GTK_WINDOW (about));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource (ISC_RESOURCE_BASE "/ui/shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, gtk_application_get_active_window (application));
  gtk_window_present (window);
}

/* THE table of the application's verbs. */
static const struct
{
  const char *name;
  void (*activate) (GSimpleAction *action, GVariant *parameter, gpointer application);
  const char *accelerators[3];
} verbs[] = {
  { "new-window", new_window_action, { "<Control>n" } },
  { "quit", quit_action, { "<Control>q" } },
  { "about", about_action, { NULL } },
  { "shortcuts", shortcuts_action, { "<Control>question" } },
};

static void
isc_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (isc_application_parent_class)->startup (application);
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

static void
isc_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (!window)
    window = GTK_WINDOW (isc_window_new (ADW_APPLICATION (application)));
  gtk_window_present (window);
}

static void
isc_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);
      IscWindow *window = isc_window_new (ADW_APPLICATION (application));

      gtk_window_present (GTK_WINDOW (window));
      if (path)
        isc_window_open (window, path);
    }
}

static void
isc_application_class_init (IscApplicationClass *klass)
{
  G_APPLICATION_CLASS (klass)->startup = isc_application_startup;
  G_APPLICATION_CLASS (klass)->activate = isc_application_activate;
  G_APPLICATION_CLASS (klass)->open = isc_application_open;
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
