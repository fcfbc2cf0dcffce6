/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The user's habits, which GSettings keeps.  They are a convenience: without their schema, as in a
 * half-installed program, or with one of another version, which lacks a key, everything works and
 * nothing is remembered.  Keys are described in resources/desktop; values outside a key's range are
 * its default.
 */

/** isc_settings_new: Returns: (transfer full) (nullable): the habits; %NULL without their schema */
GSettings *isc_settings_new (void);

/**
 * isc_settings_get:
 * @settings: (nullable): the habits
 * @key: a key of the schema
 * @format: what follows, as g_variant_get() has it
 *
 * Reads a value into variables that hold what is to be used where there is none:
 *
 *     double width = 1200;
 *     isc_settings_get (settings, "export-width", "d", &width);
 *
 * Returns: %FALSE where there is none; the variables are then left alone
 */
gboolean isc_settings_get (GSettings *settings, const char *key, const char *format, ...);

/** isc_settings_set: keeps a value, as g_variant_new() has it; one that can't be kept is dropped */
void isc_settings_set (GSettings *settings, const char *key, const char *format, ...);

/** isc_settings_bind: keeps a property of @object and a key the same while @object lives; the
 * property begins with the key's value */
void
isc_settings_bind (GSettings *settings, const char *key, gpointer object, const char *property);

/** isc_settings_bind_mapped: the same where the key's value is another than the property's */
void isc_settings_bind_mapped (GSettings *settings,
                               const char *key,
                               gpointer object,
                               const char *property,
                               GSettingsBindGetMapping get,
                               GSettingsBindSetMapping set);

/** isc_settings_bind_choice: @values: (array zero-terminated): what a text may be, which lives as
 * long as @object; keeps it and @object's property "selected" the same, a number among them */
void isc_settings_bind_choice (GSettings *settings,
                               const char *key,
                               gpointer object,
                               const char *const *values);

/** isc_settings_follow: calls @changed (@object) whenever a key's value is another one, while
 * @object lives */
void isc_settings_follow (GSettings *settings, const char *key, GCallback changed, gpointer object);

/** isc_settings_new_action: Returns: (transfer full) (nullable): an action that shows and changes a
 * key, for menus */
GAction *isc_settings_new_action (GSettings *settings, const char *key);

G_END_DECLS
