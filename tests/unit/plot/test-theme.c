/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/theme.h"

#include <math.h>

#include "base/error.h"
#include "plot/figure.h"
#include "support/reference.h"

static double
linear (double component)
{
  return component <= 0.04045 ? component / 12.92 : pow ((component + 0.055) / 1.055, 2.4);
}

/* Relative luminance and contrast: WCAG 2.2. */
static double
luminance (const double rgb[3])
{
  return 0.2126 * linear (rgb[0]) + 0.7152 * linear (rgb[1]) + 0.0722 * linear (rgb[2]);
}

static double
contrast (const double a[3], const double b[3])
{
  double x = luminance (a) + 0.05, y = luminance (b) + 0.05;

  return MAX (x, y) / MIN (x, y);
}

static gboolean
is_strong (IscThemeId id)
{
  return id == ISC_THEME_HIGH_CONTRAST || id == ISC_THEME_HIGH_CONTRAST_DARK;
}

static void
test_contrast (void)
{
  for (IscThemeId id = ISC_THEME_LIGHT; id < ISC_N_THEMES; id++)
    {
      const IscTheme *theme = isc_theme_get (id);

      for (int color = ISC_INK; color < ISC_N_SERIES_COLORS; color++)
        {
          double rgb[3];

          isc_theme_series_color (theme, color, rgb);
          g_assert_cmpfloat (contrast (rgb, theme->ground), >=, is_strong (id) ? 4.5 : 3.06);
        }
      g_assert_cmpfloat (contrast (theme->ink, theme->ground), >=, 7.0);
      g_assert_cmpfloat (contrast (theme->soft_ink, theme->ground), >=, is_strong (id) ? 7.0 : 4.5);
    }
}

static void
to_lab (const double rgb[3], double lab[3])
{
  static const double matrix[3][3] = { { 0.4124564, 0.3575761, 0.1804375 },
                                       { 0.2126729, 0.7151522, 0.0721750 },
                                       { 0.0193339, 0.1191920, 0.9503041 } };
  static const double white[3] = { 0.95047, 1.0, 1.08883 };
  double f[3];

  for (int i = 0; i < 3; i++)
    {
      double t = (matrix[i][0] * linear (rgb[0]) + matrix[i][1] * linear (rgb[1])
                  + matrix[i][2] * linear (rgb[2]))
                 / white[i];

      f[i] = t > 216.0 / 24389.0 ? cbrt (t) : t * 24389.0 / 27.0 / 116.0 + 16.0 / 116.0;
    }
  lab[0] = 116.0 * f[1] - 16.0;
  lab[1] = 500.0 * (f[0] - f[1]);
  lab[2] = 200.0 * (f[1] - f[2]);
}

/* No two series colours are alike, under normal vision and under the three deficiencies (Machado,
 * Oliveira and Fernandes 2009, severity 1, applied to linear components). */
static void
test_distances (void)
{
  static const double visions[4][3][3] = {
    { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
    { { 0.152286, 1.052583, -0.204868 },
      { 0.114503, 0.786281, 0.099216 },
      { -0.003882, -0.048116, 1.051998 } },
    { { 0.367322, 0.860646, -0.227968 },
      { 0.280085, 0.672501, 0.047413 },
      { -0.011820, 0.042940, 0.968881 } },
    { { 1.255528, -0.076749, -0.178779 },
      { -0.078411, 0.930809, 0.147602 },
      { 0.004733, 0.691367, 0.303900 } },
  };

  for (IscThemeId id = ISC_THEME_LIGHT; id < ISC_N_THEMES; id++)
    for (int v = 0; v < 4; v++)
      {
        double lab[ISC_N_SERIES_COLORS][3];

        for (int i = 0; i < ISC_N_SERIES_COLORS; i++)
          {
            double rgb[3], seen[3];

            isc_theme_series_color (isc_theme_get (id), i, rgb);
            for (int k = 0; k < 3; k++)
              {
                double c = visions[v][k][0] * linear (rgb[0]) + visions[v][k][1] * linear (rgb[1])
                           + visions[v][k][2] * linear (rgb[2]);

                c = CLAMP (c, 0.0, 1.0);
                seen[k] = c <= 0.0031308 ? 12.92 * c : 1.055 * pow (c, 1.0 / 2.4) - 0.055;
              }
            to_lab (seen, lab[i]);
            /* 16.9 and 26: the smallest that were found when the colours were chosen; 10 is told
             * apart at a glance in thin lines. */
            for (int j = 0; j < i; j++)
              g_assert_cmpfloat (sqrt (pow (lab[i][0] - lab[j][0], 2)
                                       + pow (lab[i][1] - lab[j][1], 2)
                                       + pow (lab[i][2] - lab[j][2], 2)),
                                 >=, is_strong (id) ? 26.0 : 16.9);
          }
      }
}

static void
test_sizes (void)
{
  for (IscThemeId id = ISC_THEME_LIGHT; id < ISC_N_THEMES; id++)
    {
      const IscTheme *theme = isc_theme_get (id);

      /* Never under 7 points, in px. */
      g_assert_cmpfloat (theme->caption_size, >=, 7.0 * 4.0 / 3.0);
      g_assert_cmpfloat (theme->text_size, >=, theme->caption_size);
      g_assert_cmpfloat (theme->title_size, >, theme->text_size);
    }
}

static void
test_find (void)
{
  guint n;
  const IscTheme *themes = isc_themes_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (isc_theme_get ((IscThemeId)i) == &themes[i]);
      g_assert_cmpint (themes[i].id, ==, (IscThemeId)i);
      g_assert_true (isc_theme_find (themes[i].name, &error) == &themes[i]);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (isc_theme_find (i ? "Light" : "", &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "light, dark, print"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/theme/contrast", test_contrast);
  g_test_add_func ("/plot/theme/distances", test_distances);
  g_test_add_func ("/plot/theme/sizes", test_sizes);
  g_test_add_func ("/plot/theme/find", test_find);
  return g_test_run ();
}
