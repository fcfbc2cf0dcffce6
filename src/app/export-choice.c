/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-choice.h"

#include <glib/gi18n.h>

#include "app/settings.h"
#include "base/error.h"

static const IscLengthUnit units[] = { { "px", 1.0 }, { "mm", 96.0 / 25.4 }, { "in", 96.0 } };

static const IscExportKind kinds[] = {
  { "svg", N_ ("SVG"), N_ ("For the web, and to be edited"), ISC_EXPORT_SVG },
  { "pdf", N_ ("PDF"), N_ ("For papers and printers"), ISC_EXPORT_PDF },
  { "png", N_ ("PNG"), N_ ("A picture of pixels, for anything"), ISC_EXPORT_PNG },
  { "eps", N_ ("EPS"), N_ ("For journals that ask for it"), ISC_EXPORT_EPS },
  { "csv", N_ ("CSV"), N_ ("The data behind the figure"), ISC_EXPORT_CSV },
};

static const char *const texts[] = { "text", "outlines" };

const IscLengthUnit *
isc_length_units_get (guint *n)
{
  *n = G_N_ELEMENTS (units);
  return units;
}

const IscExportKind *
isc_export_kinds_get (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}

static gboolean
read_theme (const char *name, IscExportOptions *look, GError **error)
{
  const IscTheme *theme = isc_theme_find (name, error);

  if (theme)
    look->theme = theme->id;
  return theme != NULL;
}

static gboolean
read_text (const char *name, IscExportOptions *look, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (name, texts[i]))
      {
        look->text = (IscTextForm)i;
        return TRUE;
      }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "text: '%s' is none of text, outlines", name);
  return FALSE;
}

void
isc_export_choice_load (IscExportChoice *choice, GSettings *settings)
{
  IscExportOptions *look = &choice->look;
  g_autofree char *kind = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *theme = NULL;
  g_autofree char *text = NULL;

  *choice = (IscExportChoice){ .look = isc_export_options_default };
  isc_settings_get (settings, "export-format", "s", &kind);
  isc_settings_get (settings, "export-unit", "s", &unit);
  isc_settings_get (settings, "export-theme", "s", &theme);
  isc_settings_get (settings, "export-text", "s", &text);
  isc_settings_get (settings, "export-size", "(dd)", &look->width, &look->height);
  isc_settings_get (settings, "export-dpi", "d", &look->dpi);
  isc_settings_get (settings, "export-transparent", "b", &look->transparent);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i].name) == 0)
      choice->kind = i;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_strcmp0 (unit, units[i].name) == 0)
      choice->unit = i;
  /* One of another version's is the default. */
  if (theme)
    read_theme (theme, look, NULL);
  if (text)
    read_text (text, look, NULL);
  if (!isc_export_options_check (look, NULL))
    {
      look->width = isc_export_options_default.width;
      look->height = isc_export_options_default.height;
      look->dpi = isc_export_options_default.dpi;
    }
}

void
isc_export_choice_save (const IscExportChoice *choice, GSettings *settings)
{
  const IscExportOptions *look = &choice->look;

  isc_settings_set (settings, "export-format", "s", kinds[choice->kind].name);
  isc_settings_set (settings, "export-unit", "s", units[choice->unit].name);
  isc_settings_set (settings, "export-theme", "s", isc_theme_get (look->theme)->name);
  isc_settings_set (settings, "export-text", "s", texts[look->text]);
  isc_settings_set (settings, "export-size", "(dd)", look->width, look->height);
  isc_settings_set (settings, "export-dpi", "d", look->dpi);
  isc_settings_set (settings, "export-transparent", "b", look->transparent);
}

static gboolean
set_option (IscExportOptions *look, const char *key, GVariant *value, GError **error)
{
  const struct
  {
    const char *key;
    const char *type;
    gpointer target;
  } plain[] = {
    { "width", "d", &look->width },
    { "height", "d", &look->height },
    { "dpi", "d", &look->dpi },
    { "transparent", "b", &look->transparent },
  };
  gboolean text = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING);

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (key, plain[i].key)
        && g_str_equal (g_variant_get_type_string (value), plain[i].type))
      {
        g_variant_get (value, plain[i].type, plain[i].target);
        return TRUE;
      }
  if (text && g_str_equal (key, "theme"))
    return read_theme (g_variant_get_string (value, NULL), look, error);
  if (text && g_str_equal (key, "text"))
    return read_text (g_variant_get_string (value, NULL), look, error);
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "'%s' of type %s is none of width, height, dpi (d), transparent (b), theme, text "
               "(s)",
               key, g_variant_get_type_string (value));
  return FALSE;
}

gboolean
isc_export_choice_set (IscExportChoice *choice, GVariant *options, GError **error)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;
  gboolean ok = TRUE;

  g_variant_iter_init (&iter, options);
  while (ok && g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      ok = set_option (&choice->look, key, value, error);
      g_variant_unref (value);
    }
  return ok && isc_export_options_check (&choice->look, error);
}
