/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/look-options.h"

#include "base/error.h"

static gboolean
read_positive (const char *option, const char *text, double *value, GError **error)
{
  char *end = NULL;
  double number = text ? g_ascii_strtod (text, &end) : *value;

  if (text && (end == text || *end != '\0' || !(number > 0.0) || !(number <= 1e5)))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s: '%s' is not a size: a number above 0, at most 100000, is", option, text);
      return FALSE;
    }
  *value = number;
  return TRUE;
}

/* Pixels at 96 an inch, in one unit of each kind. */
static gboolean
read_unit (const char *unit, double *pixels, GError **error)
{
  static const struct
  {
    const char *name;
    double pixels;
  } units[] = { { "px", 1.0 }, { "mm", 96.0 / 25.4 }, { "in", 96.0 } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (unit ? unit : "px", units[i].name))
      {
        *pixels = units[i].pixels;
        return TRUE;
      }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "--unit: '%s' is none of px, mm, in", unit);
  return FALSE;
}

void
isc_look_options_clear (IscLookOptions *look)
{
  g_free (look->width);
  g_free (look->height);
  g_free (look->unit);
  g_free (look->dpi);
  g_free (look->theme);
  g_free (look->text);
}

gboolean
isc_look_options_read (const IscLookOptions *look, IscExportOptions *options, GError **error)
{
  double pixels;

  *options = isc_export_options_default;
  options->transparent = look->transparent;
  if (!read_unit (look->unit, &pixels, error))
    return FALSE;
  options->width /= pixels;
  options->height /= pixels;
  if (!read_positive ("--width", look->width, &options->width, error)
      || !read_positive ("--height", look->height, &options->height, error)
      || !read_positive ("--dpi", look->dpi, &options->dpi, error))
    return FALSE;
  options->width *= pixels;
  options->height *= pixels;
  if (look->theme)
    {
      const IscTheme *theme = isc_theme_find (look->theme, error);

      if (!theme)
        {
          g_prefix_error (error, "--theme: ");
          return FALSE;
        }
      options->theme = theme->id;
    }
  if (look->text && !g_str_equal (look->text, "text") && !g_str_equal (look->text, "outlines"))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "--text: '%s' is none of text, outlines",
                   look->text);
      return FALSE;
    }
  if (g_strcmp0 (look->text, "outlines") == 0)
    options->text = ISC_TEXT_AS_OUTLINES;
  return TRUE;
}
