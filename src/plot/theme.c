/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/theme.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/error.h"
#include "plot/figure.h"

#define RGB(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex)&0xff) / 255.0                \
  }

/* Type sizes are given in points, 3/4 of a px. */
#define POINTS(size) ((size)*4.0 / 3.0)

#define FAMILY "Inter, Cantarell, Noto Sans, DejaVu Sans"

/* On white: contrast at least 3.06:1 each, smallest Lab distance 17 under normal vision and the
 * three colour deficiencies [Machado09].  Blue, vermilion, green, wine, pink, brown, ink. */
#define SERIES_ON_LIGHT                                                                            \
  {                                                                                                \
    RGB (0x0072b2), RGB (0xd55e00), RGB (0x009e73), RGB (0x882255), RGB (0xcc79a7),                \
        RGB (0x593a0d), RGB (0x1b1b1f)                                                             \
  }

/* The same hues lightened in OKLab for a ground of #1e1e1e: at least 3.7:1 each, smallest distance
 * 19. */
#define SERIES_ON_DARK                                                                             \
  {                                                                                                \
    RGB (0x1092e0), RGB (0xf9813d), RGB (0x3ddca6), RGB (0xb25a80), RGB (0xfa90cb),                \
        RGB (0xb39067), RGB (0xf2f2f2)                                                             \
  }

/* The same hues again with at least 4.5:1 each on white, as is demanded of text; smallest distance 26:
 * stronger colours are farther apart. */
#define SERIES_ON_WHITE                                                                            \
  {                                                                                                \
    RGB (0x004282), RGB (0xb16307), RGB (0x058854), RGB (0x6d254a), RGB (0xd400c9),                \
        RGB (0x443600), RGB (0x000000)                                                             \
  }

/* ... and on black at least 6:1 each; smallest distance 30. */
#define SERIES_ON_BLACK                                                                            \
  {                                                                                                \
    RGB (0x1b8afb), RGB (0xff6214), RGB (0x7cfca1), RGB (0xd16596), RGB (0xffa5f7),                \
        RGB (0x9b8758), RGB (0xffffff)                                                             \
  }

static const IscTheme themes[ISC_N_THEMES] = {
  [ISC_THEME_LIGHT] = {
    .id = ISC_THEME_LIGHT,
    .name = "light",
    .label = N_ ("Light"),
    .summary = N_ ("On white, as in a document."),
    .family = FAMILY,
    .ground = RGB (0xffffff),
    .ink = RGB (0x1b1b1f),
    .soft_ink = RGB (0x5e5c64),
    .series = SERIES_ON_LIGHT,
    .title_size = POINTS (14.0),
    .text_size = POINTS (11.0),
    .caption_size = POINTS (9.0),
    .line = 1.75,
    .ink_line = 1.5,
    .hair = 1.0,
    .grid_opacity = 0.12,
    .bar_opacity = 0.42,
    .band_opacity = 0.18,
    .map_neutral = 0.97,
    .map_end = 0.40,
    .detail = 1.0,
  },
  [ISC_THEME_DARK] = {
    .id = ISC_THEME_DARK,
    .name = "dark",
    .label = N_ ("Dark"),
    .summary = N_ ("On near black, as in a dark window."),
    .family = FAMILY,
    .ground = RGB (0x1e1e1e),
    .ink = RGB (0xf2f2f2),
    .soft_ink = RGB (0xb5b3ba),
    .series = SERIES_ON_DARK,
    .title_size = POINTS (14.0),
    .text_size = POINTS (11.0),
    .caption_size = POINTS (9.0),
    .line = 1.75,
    .ink_line = 1.5,
    .hair = 1.0,
    .grid_opacity = 0.16,
    .bar_opacity = 0.50,
    .band_opacity = 0.24,
    .map_neutral = 0.27,
    .map_end = 0.80,
    .detail = 1.0,
  },
  [ISC_THEME_PRINT] = {
    .id = ISC_THEME_PRINT,
    .name = "print",
    .label = N_ ("Print"),
    .summary = N_ ("Small type and thin lines, for a page of paper."),
    .family = FAMILY,
    .ground = RGB (0xffffff),
    .ink = RGB (0x000000),
    .soft_ink = RGB (0x3d3d3d),
    .series = SERIES_ON_LIGHT,
    .title_size = POINTS (10.0),
    .text_size = POINTS (8.0),
    .caption_size = POINTS (7.0),
    .line = 1.5,
    .ink_line = 1.25,
    .hair = 0.75,
    .grid_opacity = 0.14,
    .bar_opacity = 0.42,
    .band_opacity = 0.18,
    .map_neutral = 0.97,
    .map_end = 0.40,
    .cues = TRUE,
    .detail = 1.0,
  },
  [ISC_THEME_PRESENTATION] = {
    .id = ISC_THEME_PRESENTATION,
    .name = "presentation",
    .label = N_ ("Presentation"),
    .summary = N_ ("Large type and thick lines, legible from the back row."),
    .family = FAMILY,
    .ground = RGB (0xffffff),
    .ink = RGB (0x000000),
    .soft_ink = RGB (0x3d3d3d),
    .series = SERIES_ON_LIGHT,
    .title_size = POINTS (28.0),
    .text_size = POINTS (20.0),
    .caption_size = POINTS (15.0),
    .line = 4.0,
    .ink_line = 3.0,
    .hair = 2.0,
    .grid_opacity = 0.16,
    .bar_opacity = 0.50,
    .band_opacity = 0.22,
    .map_neutral = 0.97,
    .map_end = 0.40,
    .detail = 1.0,
  },
  [ISC_THEME_HIGH_CONTRAST] = {
    .id = ISC_THEME_HIGH_CONTRAST,
    .name = "high-contrast",
    .label = N_ ("High Contrast"),
    .summary = N_ ("Black on white with strong colours and thicker lines."),
    .family = FAMILY,
    .ground = RGB (0xffffff),
    .ink = RGB (0x000000),
    .soft_ink = RGB (0x000000),
    .series = SERIES_ON_WHITE,
    .title_size = POINTS (15.0),
    .text_size = POINTS (12.0),
    .caption_size = POINTS (10.0),
    .line = 2.75,
    .ink_line = 2.25,
    .hair = 1.5,
    .grid_opacity = 0.32,
    .bar_opacity = 0.55,
    .band_opacity = 0.30,
    .map_neutral = 0.97,
    .map_end = 0.40,
    .cues = TRUE,
    .detail = 1.0,
  },
  [ISC_THEME_HIGH_CONTRAST_DARK] = {
    .id = ISC_THEME_HIGH_CONTRAST_DARK,
    .name = "high-contrast-dark",
    .label = N_ ("High Contrast, Dark"),
    .summary = N_ ("White on black with strong colours and thicker lines."),
    .family = FAMILY,
    .ground = RGB (0x000000),
    .ink = RGB (0xffffff),
    .soft_ink = RGB (0xffffff),
    .series = SERIES_ON_BLACK,
    .title_size = POINTS (15.0),
    .text_size = POINTS (12.0),
    .caption_size = POINTS (10.0),
    .line = 2.75,
    .ink_line = 2.25,
    .hair = 1.5,
    .grid_opacity = 0.40,
    .bar_opacity = 0.60,
    .band_opacity = 0.36,
    .map_neutral = 0.20,
    .map_end = 0.80,
    .cues = TRUE,
    .detail = 1.0,
  },
};

const IscTheme *
isc_themes_get (guint *n)
{
  *n = G_N_ELEMENTS (themes);
  return themes;
}

const IscTheme *
isc_theme_get (IscThemeId id)
{
  g_return_val_if_fail (id < G_N_ELEMENTS (themes), &themes[ISC_THEME_LIGHT]);

  return &themes[id];
}

const IscTheme *
isc_theme_find (const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      if (g_str_equal (themes[i].name, name))
        return &themes[i];
      g_string_append_printf (names, "%s%s", i ? ", " : "", themes[i].name);
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "there is no theme '%s': there are %s", name,
               names->str);
  return NULL;
}

IscTheme
isc_theme_with_font (const IscTheme *theme, const char *family)
{
  IscTheme copy = *theme;

  copy.family = family;
  return copy;
}

void
isc_theme_series_color (const IscTheme *theme, int color, double rgb[3])
{
  const double *from = color < 0 ? theme->ink : theme->series[color % ISC_N_SERIES_COLORS];

  memcpy (rgb, from, 3 * sizeof *rgb);
}
