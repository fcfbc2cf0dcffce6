/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"

static gboolean
has_key (GSettings *settings, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (!settings)
    return FALSE;
  g_object_get (settings, "settings-schema", &schema, NULL);
  return g_settings_schema_has_key (schema, key);
}

static gboolean
to_index (GValue *value, GVariant *variant, gpointer values)
{
  const char *const *choices = values;

  for (guint i = 0; choices[i]; i++)
    if (g_str_equal (choices[i], g_variant_get_string (variant, NULL)))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

static GVariant *
from_index (const GValue *value, const GVariantType *type, gpointer values)
{
  const char *const *choices = values;
  guint index = g_value_get_uint (value);

  return index < g_strv_length (values) ? g_variant_new_string (choices[index]) : NULL;
}

GSettings *
isc_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source ? g_settings_schema_source_lookup (source, ISC_APPLICATION_ID, TRUE) : NULL;

  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

gboolean
isc_settings_get (GSettings *settings, const char *key, const char *format, ...)
{
  g_autoptr (GVariant) value
      = has_key (settings, key) ? g_settings_get_value (settings, key) : NULL;
  va_list arguments;

  if (!value || !g_variant_check_format_string (value, format, TRUE))
    return FALSE;
  va_start (arguments, format);
  g_variant_get_va (value, format, NULL, &arguments);
  va_end (arguments);
  return TRUE;
}

void
isc_settings_set (GSettings *settings, const char *key, const char *format, ...)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) described = NULL;
  va_list arguments;

  va_start (arguments, format);
  value = g_variant_ref_sink (g_variant_new_va (format, NULL, &arguments));
  va_end (arguments);
  if (!has_key (settings, key))
    return;
  g_object_get (settings, "settings-schema", &schema, NULL);
  described = g_settings_schema_get_key (schema, key);
  if (g_variant_is_of_type (value, g_settings_schema_key_get_value_type (described))
      && g_settings_schema_key_range_check (described, value))
    g_settings_set_value (settings, key, value);
}

void
isc_settings_bind (GSettings *settings, const char *key, gpointer object, const char *property)
{
  if (has_key (settings, key))
    g_settings_bind (settings, key, object, property, G_SETTINGS_BIND_DEFAULT);
}

void
isc_settings_bind_mapped (GSettings *settings,
                          const char *key,
                          gpointer object,
                          const char *property,
                          GSettingsBindGetMapping get,
                          GSettingsBindSetMapping set)
{
  if (has_key (settings, key))
    g_settings_bind_with_mapping (settings, key, object, property, G_SETTINGS_BIND_DEFAULT, get,
                                  set, NULL, NULL);
}

void
isc_settings_bind_choice (GSettings *settings,
                          const char *key,
                          gpointer object,
                          const char *const *values)
{
  if (has_key (settings, key))
    g_settings_bind_with_mapping (settings, key, object, "selected", G_SETTINGS_BIND_DEFAULT,
                                  to_index, from_index, (gpointer)values, NULL);
}

void
isc_settings_follow (GSettings *settings, const char *key, GCallback changed, gpointer object)
{
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);

  if (!has_key (settings, key))
    return;
  g_signal_connect_object (settings, signal, changed, object, G_CONNECT_SWAPPED);
  /* GSettings says only what was asked for at least once. */
  g_variant_unref (g_settings_get_value (settings, key));
}

GAction *
isc_settings_new_action (GSettings *settings, const char *key)
{
  return has_key (settings, key) ? g_settings_create_action (settings, key) : NULL;
}
