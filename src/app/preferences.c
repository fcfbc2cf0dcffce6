/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/settings.h"
#include "app/wheel.h"
#include "plot/theme.h"

/* What the window is found again by among the application's. */
#define NAME "preferences"

/* In the order of the rows' items. */
static const char *const styles[] = { "system", "light", "dark", NULL };

/* Percent are easier to read than a factor. */
static gboolean
to_percent (GValue *value, GVariant *variant, gpointer data)
{
  g_value_set_double (value, 100.0 * g_variant_get_double (variant));
  return TRUE;
}

static GVariant *
from_percent (const GValue *value, const GVariantType *type, gpointer data)
{
  return g_variant_new_double (g_value_get_double (value) / 100.0);
}

/* All the themes there are; Returns: their names, as long as @row lives. */
static const char *const *
list_themes (AdwComboRow *row)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n;
  const IscTheme *themes = isc_themes_get (&n);
  const char **names = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      names[i] = themes[i].name;
      gtk_string_list_append (labels, _ (themes[i].label));
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
  g_object_set_data_full (G_OBJECT (row), "themes", names, g_free);
  return names;
}

static GtkWindow *
find (GtkApplication *application)
{
  for (GList *at = gtk_application_get_windows (application); at; at = at->next)
    if (g_str_equal (gtk_widget_get_name (at->data), NAME))
      return at->data;
  return NULL;
}

static GtkWindow *
make (void)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource (ISC_RESOURCE_BASE "/ui/preferences.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "preferences"));
  GObject *theme = gtk_builder_get_object (builder, "export_theme");
  const char *const *themes = list_themes (ADW_COMBO_ROW (theme));
  g_autoptr (GSettings) settings = isc_settings_new ();

  gtk_widget_set_name (GTK_WIDGET (window), NAME);
  g_object_set_data (G_OBJECT (window), "export-theme", theme);
  isc_settings_bind_choice (settings, "style", gtk_builder_get_object (builder, "style"), styles);
  isc_settings_bind_choice (settings, "export-theme", theme, themes);
  isc_settings_bind_mapped (settings, "text-scale", gtk_builder_get_object (builder, "text_scale"),
                            "value", to_percent, from_percent);
  isc_settings_bind (settings, "pause-hidden", gtk_builder_get_object (builder, "pause_hidden"),
                     "active");
  isc_settings_bind (settings, "threads", gtk_builder_get_object (builder, "threads"), "value");
  isc_wheel_ignore (GTK_WIDGET (gtk_builder_get_object (builder, "text_scale")));
  isc_wheel_ignore (GTK_WIDGET (gtk_builder_get_object (builder, "threads")));
  /* Nothing would come of a change. */
  if (!settings)
    gtk_widget_set_sensitive (GTK_WIDGET (gtk_builder_get_object (builder, "page")), FALSE);
  return window;
}

GtkWindow *
isc_preferences_present (GtkWindow *parent)
{
  GtkApplication *application = parent ? gtk_window_get_application (parent) : NULL;
  GtkWindow *window = application ? find (application) : NULL;

  if (!window)
    {
      window = make ();
      gtk_window_set_application (window, application);
      gtk_window_set_transient_for (window, parent);
    }
  gtk_window_present (window);
  return window;
}
