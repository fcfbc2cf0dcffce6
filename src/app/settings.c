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
isc_settings_follow (GSettings *settings, const char *key, GCallback changed, gpointer object)
{
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);

  if (!has_key (settings, key))
    return;
  g_signal_connect_object (settings, signal, changed, object, G_CONNECT_SWAPPED);
  /* GSettings says only what was asked for at least once. */
  g_variant_unref (g_settings_get_value (settings, key));
}
