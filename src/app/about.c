/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/about.h"

#include <adwaita.h>
#include <cairo.h>
#include <glib/gi18n.h>
#include <gsl/gsl_version.h>
#include <locale.h>

#include "app/settings.h"
#include "base/lapack.h"
#include "base/runtime.h"

#define WEBSITE "https://github.com/initscope/initscope"

static const char *
vector_unit (void)
{
  switch (isc_runtime_vector_unit ())
    {
    case ISC_VECTOR_UNIT_V4:
      return "x86-64-v4";
    case ISC_VECTOR_UNIT_V3:
      return "x86-64-v3";
    default:
      return "baseline";
    }
}

static void
add_session (GString *text, GtkWindow *window)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  GtkNative *native = window ? GTK_NATIVE (window) : NULL;
  GskRenderer *renderer = native ? gtk_native_get_renderer (native) : NULL;
  GdkDisplay *display = gdk_display_get_default ();
  const char *desktop = g_getenv ("XDG_CURRENT_DESKTOP");

  g_string_append_printf (text, "System: %s\n", os ? os : "unknown");
  g_string_append_printf (text, "Desktop: %s\n", desktop ? desktop : "unknown");
  g_string_append_printf (text, "Display: %s\n", display ? G_OBJECT_TYPE_NAME (display) : "none");
  g_string_append_printf (text, "Renderer: %s\n",
                          renderer ? G_OBJECT_TYPE_NAME (renderer) : "none");
  if (window)
    g_string_append_printf (text, "Scale: %d\n", gtk_widget_get_scale_factor (GTK_WIDGET (window)));
  g_string_append_printf (text, "Flatpak: %s\n",
                          g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "yes" : "no");
  g_string_append_printf (text, "Locale: %s\n", setlocale (LC_ALL, NULL));
}

static void
add_settings (GString *text)
{
  g_autoptr (GSettings) settings = isc_settings_new ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  if (!settings)
    {
      g_string_append (text, "Settings: no schema\n");
      return;
    }
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i]; i++)
    {
      g_autoptr (GVariant) value = g_settings_get_value (settings, keys[i]);
      g_autofree char *printed = g_variant_print (value, FALSE);

      g_string_append_printf (text, "%s: %s\n", keys[i], printed);
    }
}

char *
isc_about_dup_system (GtkWindow *window)
{
  GString *text = g_string_new ("Initscope " ISC_VERSION "\n");

  g_string_append_printf (text, "GTK %u.%u.%u\n", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (text, "libadwaita %u.%u.%u\n", adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (text, "GLib %u.%u.%u\n", glib_major_version, glib_minor_version,
                          glib_micro_version);
  g_string_append_printf (text, "cairo %s\nPango %s\n", cairo_version_string (),
                          pango_version_string ());
  g_string_append_printf (text, "%s\nGSL %s\n", isc_lapack_name (), gsl_version);
  g_string_append_printf (text, "Inner loops for: %s\n", vector_unit ());
  g_string_append_printf (text, "Processors: %u\n", g_get_num_processors ());
  add_session (text, window);
  add_settings (text);
  return g_string_free (text, FALSE);
}

void
isc_about_present (GtkWindow *parent)
{
  g_autofree char *system = isc_about_dup_system (parent);
  AdwAboutWindow *about = ADW_ABOUT_WINDOW (adw_about_window_new ());

  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  adw_about_window_set_application_name (about, "Initscope");
  adw_about_window_set_application_icon (about, ISC_APPLICATION_ID);
  adw_about_window_set_version (about, ISC_VERSION);
  adw_about_window_set_developer_name (about, _ ("The Initscope developers"));
  adw_about_window_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_window_set_website (about, WEBSITE);
  adw_about_window_set_issue_url (about, WEBSITE "/issues");
  adw_about_window_set_comments (about, _ ("An oscilloscope for weight initialization."));
  adw_about_window_add_credit_section (
      about, _ ("Data"),
      (const char *[]){ "MNIST: Y. LeCun, C. Cortes, C. Burges (CC BY-SA 3.0)",
                        "Fashion-MNIST: Zalando Research (MIT)",
                        "Iris: R. A. Fisher (UCI, CC BY 4.0)",
                        "Wine: M. Forina and others (UCI, CC BY 4.0)",
                        "Breast cancer: W. Wolberg, O. Mangasarian, W. Street (UCI, CC BY 4.0)",
                        "Digits: E. Alpaydin, C. Kaynak (UCI, CC BY 4.0)", NULL });
  /* Translators: your names, a line each, as they are to be shown */
  adw_about_window_set_translator_credits (about, _ ("translator-credits"));
  adw_about_window_set_debug_info (about, system);
  adw_about_window_set_debug_info_filename (about, "initscope-system.txt");
  gtk_window_present (GTK_WINDOW (about));
}
